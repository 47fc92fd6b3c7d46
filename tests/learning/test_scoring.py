"""The figures: the same definitions as the yardstick's scorer, told on small cases."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.learning.annotation import parse_annotated
from miner.learning.comparison import pair_up, same_item, same_number
from miner.learning.evaluation import by_report, evaluate, mine_examples, read_examples
from miner.learning.gold import to_gold
from miner.learning.scoring import FOUND_FIGURES, by_facet, figures, score

YARDSTICK = Path(__file__).parents[3] / "shared" / "yardstick"
needs_yardstick = pytest.mark.skipif(not YARDSTICK.is_dir(), reason="the three real reports are not beside this checkout")

REPORT = """---
published: 2021-08-07
year: 2021
jurisdiction: 临江市
domain: charity
layout: news
article: 爱心
---
{8月6日},{市市场监管局}向{柳林社区}{捐赠}口罩{3000只}。
| 8月6日 | date | 2021-08-06 | day
| 市市场监管局 | org | 临江市市场监管局 | government
| 柳林社区 | org | 临江市柳林社区 | community | opt
| 捐赠 | act | donate/distribute | done | 临江市市场监管局 | 2021-08-06
| 3000只 | qty | 3000 | 只 | 口罩 | exact | one | @捐赠
"""


def mined(**changes) -> dict:
    """What a program without fault mines from the report, with changes."""
    return {
        "source": "甲.ann", "published": "2021-08-07", "jurisdiction": "临江市", "articles": [{}],
        "organisations": [{"start": 5, "end": 11, "text": "市市场监管局", "name": "临江市市场监管局", "type": "government"}],
        "dates": [{"start": 0, "end": 4, "text": "8月6日", "date_from": "2021-08-06", "date_to": "2021-08-06"}],
        "quantities": [{"start": 20, "end": 25, "text": "3000只", "value": 3000, "high": None, "unit": "只", "item": "口罩", "qualifier": "exact",
                        "scope": "one"}],
        "events": [{"start": 16, "end": 18, "trigger": "捐赠", "action": "donate", "modality": "done", "organisation": "临江市市场监管局",
                    "organisations": ["临江市市场监管局"], "date_from": "2021-08-06", "date_to": "2021-08-06", "quantities": [0]}],
    } | changes


def figure(name: str, one: dict):
    found = figures(score({"甲": to_gold(parse_annotated(REPORT))}, {"甲": one}).judgements)[name]
    return (found["tp"], found["fp"], found["fn"]) if "tp" in found else (found["right"], found["of"])


def changed(kind: str, **cells) -> dict:
    one = mined()
    one[kind][0] |= cells
    return one


def test_a_program_without_fault_has_full_figures():
    scores = score({"甲": to_gold(parse_annotated(REPORT))}, {"甲": mined()})
    assert scores.mistakes == []
    assert {one.get("F1", one.get("accuracy")) for one in figures(scores.judgements).values()} == {1.0}


def test_nothing_mined_misses_everything():
    found = figures(score({"甲": to_gold(parse_annotated(REPORT))}, {}).judgements)
    assert {name: one["fn"] for name, one in found.items() if "fn" in one} == dict.fromkeys(FOUND_FIGURES, 1)


@pytest.mark.parametrize(("one", "name", "expected"), [
    (changed("organisations", start=6, text="市场监管局"), "org.exact", (0, 1, 1)),
    (changed("organisations", start=6, text="市场监管局"), "org.overlap", (1, 0, 0)),
    (changed("organisations", name="市市场监管局"), "org.name", (0, 1)),
    (changed("organisations", type="party"), "org.type", (0, 1)),
    (changed("dates", date_to=None), "date.resolved", (0, 1, 1)),
    (changed("dates", date_to=None), "date.span", (1, 0, 0)),
    (changed("quantities", value=300), "qty.value_unit", (0, 1, 1)),
    (changed("quantities", unit="件"), "row.exact", (0, 1)),
    (changed("quantities", item="医用口罩"), "qty.item", (1, 1)),  # the same noun, modifiers aside
    (changed("quantities", item="罩"), "qty.item", (0, 1)),
    (changed("events", action="distribute"), "action.sentence", (1, 0, 0)),
    (changed("events", action="inspect"), "action.sentence", (0, 1, 1)),
    (changed("events", modality="planned"), "row.modality", (0, 1)),
    (changed("events", organisations=["甲局", "临江市市场监管局"]), "row.organisation", (1, 1)),  # one of several actors
    (changed("events", organisations=[], organisation="甲局"), "event.organisation", (0, 1)),
    (changed("events", date_from=None), "row.date", (0, 1)),
    (changed("quantities", date_from="2021-08-06", date_to="2021-08-06"), "row.date", (1, 1)),
    (changed("events", quantities=[]), "row.action", (0, 1)),
    (mined(jurisdiction="浙江省临江市"), "report.jurisdiction", (1, 1)),
    (mined(jurisdiction="柳江市"), "report.jurisdiction", (0, 1)),
    (mined(published=None), "report.published", (0, 1)),
    (mined(articles=[{}, {}]), "report.article_count", (0, 1)),
])
def test_what_counts(one, name, expected):
    assert figure(name, one) == expected


def test_what_is_optional_counts_neither_way():
    one = mined()
    one["organisations"].append({"start": 12, "end": 16, "text": "柳林社区", "name": "错", "type": "other"})
    assert figure("org.exact", one) == (1, 0, 0)
    assert figure("org.name", one) == (1, 1)
    one["organisations"].append({"start": 14, "end": 16, "text": "社区", "name": "社区", "type": "other"})  # within the optional one
    assert figure("org.exact", one) == (1, 0, 0)


def test_a_span_that_swallows_the_sentence_is_no_find():
    assert figure("org.overlap", changed("organisations", start=0, end=26)) == (0, 0, 1)  # nor spurious: it touches an optional mention


def test_pairs_are_one_to_one_and_the_closest_come_first():
    gold = [{"start": 0, "end": 4}, {"start": 4, "end": 8}]
    wide, close = {"start": 2, "end": 8}, {"start": 4, "end": 8}
    assert pair_up(gold, [wide, close]) == [(gold[1], close), (gold[0], wide)]


def test_a_range_needs_both_ends():
    assert same_number({"value": 30, "hi": 40}, {"value": 30.0, "high": 40.0})
    assert not same_number({"value": 30, "hi": 40}, {"value": 30, "high": None})
    assert not same_number({"value": 30, "hi": None}, {"value": 30, "high": 40})
    assert not same_number({"value": 30, "hi": None}, {"value": "三十", "high": None})


def test_items_of_one_character_must_be_the_same():
    assert same_item({"item": "牛"}, {"item": "牛"})
    assert not same_item({"item": "牛"}, {"item": "奶牛"})
    assert same_item({"item": "药|"}, {"item": None})


def test_breakdown_by_facet():
    judgements = score({"甲": to_gold(parse_annotated(REPORT))}, {"甲": mined()}).judgements
    assert list(by_facet(judgements, "organisation")) == ["government"]
    assert by_facet(judgements, "action")["donate"]["row.exact"] == {"accuracy": 1.0, "right": 1, "of": 1}
    assert "date.span" in by_facet(judgements, "domain")["charity"]
    assert "date.span" not in by_facet(judgements, "modality")["done"]


def test_mistakes_name_the_place():
    scores = score({"甲": to_gold(parse_annotated(REPORT))}, {"甲": changed("quantities", value=300)})
    assert [(m.kind, m.what, m.position, m.text, m.note) for m in scores.mistakes] == [("qty", "number", 20, "3000只", "3000/None 只 <> 300/None 只")]


def test_a_report_is_known_by_the_file_name_of_its_source():
    one, other = {"source": "reports\\a-1.ann"}, {"source": "x/a-10.txt"}
    assert by_report([one, other, {"source": None}], ["a-1", "a-10", "b"]) == {"a-1": one, "a-10": other}


@needs_yardstick
def test_the_yardsticks_scorer_gives_the_same_figures_to_the_digit(tmp_path):
    examples = read_examples(YARDSTICK)
    found = list(mine_examples(examples))
    (tmp_path / "mined.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found), "utf-8")
    done = subprocess.run([sys.executable, YARDSTICK / "score.py", YARDSTICK / "gold", tmp_path / "mined.jsonl", "--json"],
                          capture_output=True, text=True, encoding="utf-8", check=True)
    theirs = json.loads(done.stdout)
    assert len(examples) == 3
    assert evaluate(examples, found).figures() == theirs


SPANS = st.tuples(st.integers(0, 25), st.integers(1, 8)).map(lambda span: {"start": span[0], "end": span[0] + span[1]})
NAMES = st.sampled_from(["甲局", "乙局", ""])
TYPES = st.sampled_from(["inspect", "donate", "inspect|donate"])
DAY = st.sampled_from(["2021-08-06", "2021-08-07", None])
OPT = st.sampled_from([{}, {"opt": True}])
WHEN = st.one_of(st.none(), st.tuples(DAY, DAY).map(list))


def mention(kind: str, **cells):
    """Gold records of a kind with drawn cells."""
    return st.builds(lambda span, opt, drawn: {"k": kind, **span, **opt, **drawn}, SPANS, OPT, st.fixed_dictionaries(cells))


def found(**cells):
    """Lists of mined mentions with drawn cells."""
    return st.lists(st.builds(lambda span, drawn: {**span, **drawn}, SPANS, st.fixed_dictionaries(cells)), max_size=5)


GOLD = st.one_of(
    mention("qty", text=st.just("3只"), value=st.just(3), hi=st.none(), unit=st.just("只"), item=st.just("口罩|"), qual=st.just("exact"), scope=st.just("one"),
            action=st.one_of(st.just(""), TYPES), org=NAMES, when=WHEN, modality=st.sampled_from(["done", "planned"])),
    mention("event", trigger=st.just("检查"), type=TYPES, org=NAMES, modality=st.just("done")),
    mention("org", text=st.sampled_from(["甲处", "乙处"]), name=NAMES, type=st.just("party")),
    mention("date", **{"text": st.just("6日"), "from": DAY, "to": DAY}),
)
MINED = st.fixed_dictionaries({
    "source": st.just("r"), "published": DAY, "jurisdiction": st.sampled_from(["甲市", "乙省甲市", None]),
    "organisations": found(text=st.sampled_from(["甲处", "乙处"]), name=NAMES, type=st.just("party")),
    "dates": found(text=st.just("6日"), date_from=DAY, date_to=DAY),
    "quantities": found(text=st.just("3只"), value=st.sampled_from([3, 4]), high=st.none(), unit=st.just("只"), item=st.just(""), qualifier=st.just("exact"),
                        scope=st.just("one"), date_from=DAY, date_to=DAY),
    "events": found(trigger=st.just("检查"), action=st.sampled_from(["inspect", "donate", "meet"]), modality=st.just("done"), organisation=NAMES,
                    organisations=st.just([]), date_from=DAY, date_to=DAY, quantities=st.lists(st.integers(0, 5), max_size=3)),
})


@needs_yardstick
@given(st.lists(GOLD, max_size=12), MINED)
@settings(max_examples=300, deadline=None)
def test_the_yardsticks_scorer_agrees_on_anything(records, one):
    spec = importlib.util.spec_from_file_location("yardstick_score", YARDSTICK / "score.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    doc = {"k": "doc", "published": "2021-08-06|null", "jurisdiction": "甲市", "articles": [{}], "sentences": [[0, 10], [10, 20], [21, 40]]}
    gold = {"r": [doc, *records]}
    expected, _ = theirs.score(gold, {"r": one})
    found = figures(score(gold, {"r": one}).judgements)
    zero = [name for name in expected if name not in found]
    assert {name: expected[name] for name in found} == found
    assert all(expected[name].get("tp") == expected[name].get("fp") == expected[name].get("fn") == 0 for name in zero)  # nothing there to judge
