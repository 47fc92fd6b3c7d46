"""Training: the same reports give the same bytes, and the weights decide."""

from pathlib import Path

from miner.components.organisations.classifier import Classifier
from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out
from miner.learning.training import train

REPORT = """---
published:
year: 2021
jurisdiction: 黄梅县
domain: test
layout: news
---
{{黄梅县水利局}}检查堤防{n}处。有关部门配合,全部整改。
| 黄梅县水利局 | org | 黄梅县水利局 | government
{{县民政局}}转移群众。{{{name}养老院}}接收老人,{{该院}}腾出房间。
| 县民政局 | org | 黄梅县民政局 | government
| {name}养老院 | org | {name}养老院 | facility
| 该院 | org | {name}养老院 | facility | pron
"""


def _corpus(folder: Path) -> Path:
    folder.mkdir()
    for index, name in enumerate(("祥和", "康乐", "安泰", "福寿", "松鹤", "夕阳红")):
        (folder / f"t-{index}.ann").write_text(REPORT.format(n=index + 2, name=name), "utf-8")
    return folder


def test_training_is_reproducible_byte_for_byte(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "train")
    for out in ("one", "two"):
        (tmp_path / out).mkdir()
    files = [next(train(corpus, tmp_path / out, ("organisations",))) for out in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_trained_weights_find_a_body_not_seen_in_training(tmp_path: Path) -> None:
    import json

    (tmp_path / "out").mkdir()
    model = json.loads(next(train(_corpus(tmp_path / "train"), tmp_path / "out", ("organisations",))).read_text("utf-8"))
    finder = OrganisationFinder(classifier=Classifier.from_model(model))
    assert "蕲春县水利局" in [m.text for m in finder.find(lay_out("蕲春县水利局检查堤防3处。")).organisations]
    assert model["trained_on"]["reports"] == 6
