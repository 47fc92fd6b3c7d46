"""What annotated reports teach the classifiers of actions."""

from miner.components.actions.lexicon import lexicon
from miner.learning.actions import examples
from miner.learning.annotation import read_annotated
from miner.learning.linear import train_choice
from miner.pipeline import process

REPORT = """---
published: 2021-08-07
year: 2021
jurisdiction: 临江市
domain: charity
layout: news
article: 值守
---
{临江市民政局}{轮流}{值守}小区，{看望}老人{30户}，{走访}养老院。
| 临江市民政局 | org | 临江市民政局 | government
| 轮流 | act | guard | ongoing | 临江市民政局 | - | opt
| 值守 | act | guard | ongoing/done | 临江市民政局 | -
| 看望 | act | serve | done | 临江市民政局 | - | opt
| 30户 | qty | 30 | 户 | 老人 | exact | one | @看望
| 走访 | act | serve/inspect | done | 临江市民政局 | - | opt
"""


def test_an_optional_act_is_wanted_where_a_number_hangs_on_it(tmp_path):
    file = tmp_path / "z-001.ann"
    file.write_text(REPORT, "utf-8")
    report = read_annotated(file)
    found = examples(report, process(report.text)._.findings, lexicon())
    labels = {candidate.word: label for candidate, label in zip(found.candidates, found.labels, strict=True)}
    assert labels["值守"] == 1
    assert labels["看望"] == 1  # optional, but 30户 is its row
    assert labels["走访"] is None


def test_an_example_with_two_right_classes_teaches_both():
    rows = [["a"], ["a"], ["b"], ["b"], ["a"], ["b"]]
    model = train_choice(rows, [["one", "two"], ["one", "two"], ["three"], ["three"], ["two"], ["three"]], 10.0)
    assert sorted(model) == ["one", "three", "two"]
    assert model["one"]["weights"]["a"] > 0 and model["two"]["weights"]["a"] > model["one"]["weights"]["a"]
    assert model["three"]["weights"]["b"] > 0 > model["three"]["weights"]["a"]
