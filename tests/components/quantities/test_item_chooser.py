"""The chooser of items: what it may choose among, what it learns, and that the same reports give the same model."""

from __future__ import annotations

import json

import pytest

from miner.components.linear import read_model
from miner.components.quantities.aspects import features
from miner.components.quantities.candidates import Candidate, Surroundings
from miner.components.quantities.chooser import Chooser
from miner.components.quantities.find import Finder
from miner.components.quantities.spans import Measure
from miner.document import Findings
from miner.layout import lay_out
from miner.learning.annotation import AnnotatedReport, parse_annotated
from miner.learning.quantities import examples, same_item, train

pytest.importorskip("sklearn")

SENTENCES = [("送来", "棉被", "床", "before"), ("运来", "大米", "袋", "behind"), ("购置", "水泵", "台", "before"), ("发放", "雨衣", "件", "behind")]


def report(copies: int) -> AnnotatedReport:
    lines = ["---", "domain: test", "layout: news", "---"]
    for number in range(2, 2 + copies):
        for verb, item, unit, side in SENTENCES:
            written = f"{{{number}{unit}}}"
            lines.append(f"昨天{verb}{item}{written}。" if side == "before" else f"昨天{verb}{written}{item}。")
            lines.append(f"| {number}{unit} | qty | {number} | {unit} | {item} | exact | one | -")
    return parse_annotated("\n".join(lines))


def candidate_texts(text: str) -> list[list[tuple[str, str]]]:
    seen: list[list[tuple[str, str]]] = []

    def choose(measure: Measure, around: Surroundings, found: list[Candidate]) -> Candidate:
        seen.append([(c.source, c.item.text if c.item else text[max(c.start, 0) : max(c.end, 0)]) for c in found])
        return found[0]

    Finder(text, [(0, len(text))], choose=choose).quantities()
    return seen


def test_candidates_are_nothing_and_the_nouns_on_both_sides() -> None:
    (found,) = candidate_texts("街道采购帐篷40顶棉被")
    assert found[0] == ("none", "")
    assert {("before", "帐篷"), ("behind", "棉被")} <= set(found)


def test_the_object_of_a_verb_and_an_earlier_clause_are_candidates() -> None:
    (found,) = candidate_texts("棉衣不够,连夜取样14份")
    assert {("object", "样"), ("earlier", "棉衣")} <= set(found)


def test_the_score_of_a_candidate_is_the_sum_of_the_weights_of_its_features() -> None:
    model = read_model("quantities") or {}
    weights = model["items"]["weights"]
    shipped = Chooser(weights)
    told: set[str] = set()

    def choose(measure: Measure, around: Surroundings, found: list[Candidate]) -> Candidate:
        sums = [sum(round(weights.get(name, 0) * 1000) for name in features(around, candidate)) for candidate in found]
        assert shipped.scores(around, found) == sums
        told.update(name[0] for candidate in found for name in features(around, candidate))
        return shipped.best(around, found)

    texts = ("查出隐患30处、火情5起,其中已整改28处仓库。",
             "棉衣不够,连夜取样14份,各街道分别捐款5万元、6万元。",
             "新建校舍3所、桥梁12座,两头猪来自本市,四川省5名群众受伤。")
    for text in texts:
        Finder(text, [(0, len(text))], choose=choose).quantities()
    assert told == {"x", "g", "l", "p", "i"}


def test_it_learns_from_annotated_reports_and_gives_the_same_bytes_again() -> None:
    annotated = report(6)
    pairs = [(annotated, Findings(lay_out(annotated.text)))]
    assert len(examples(*pairs[0])) == 24
    model = train(pairs)
    assert json.dumps(model, sort_keys=True) == json.dumps(train(pairs), sort_keys=True)
    best = Chooser(model["items"]["weights"]).best
    text = "昨天运来9袋面粉。"
    (quantity,) = Finder(text, [(0, len(text))], choose=lambda measure, around, found: best(around, found)).quantities()
    assert quantity.item == "面粉"


def test_the_score_of_a_candidate_does_not_depend_on_what_was_scored_before() -> None:
    model = read_model("quantities") or {}
    used = Chooser(model["items"]["weights"])
    text = "共检查企业90家,查出隐患30处,发放手册200份。"

    def choose(measure: Measure, around: Surroundings, found: list[Candidate]) -> Candidate:
        assert used.scores(around, found) == used.scores(around, found) == Chooser(model["items"]["weights"]).scores(around, found)
        return used.best(around, found)

    assert [q.item for q in Finder(text, [(0, len(text))], choose=choose).quantities()] == ["企业", "隐患", "手册"]


@pytest.mark.parametrize(("annotated", "text", "same"), [
    ("医用口罩", "口罩", True), ("口罩|防护物资", "物资", True), ("", "", True), ("", "口罩", False), ("被", "棉被", False), ("款", "款", True),
])
def test_items_are_the_same_where_one_ends_with_the_other(annotated: str, text: str, same: bool) -> None:
    assert same_item(annotated, text) is same
