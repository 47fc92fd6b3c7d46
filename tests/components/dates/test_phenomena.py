"""Every supported expression, sentence in, dates out: the table ``phenomena.tsv``, from which docs/dates.md is made."""

from collections import Counter
from pathlib import Path

import pytest

from miner.components.dates import find_dates
from miner.components.dates.document import page

ANCHOR = "2021-08-27"
TABLE = Path(__file__).with_name("phenomena.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def written(date: dict) -> str:
    hour = f" T{date['hour_from']:02d}" if date["hour_from"] is not None else ""
    return f"{date['text']} = {date['date_from'] or ''}..{date['date_to'] or ''}{hour} {date['grain']}"


@pytest.mark.parametrize(("phenomenon", "sentence", "dates"), ROWS, ids=[row[1] for row in ROWS])
def test_expression(phenomenon, sentence, dates):
    assert "; ".join(written(date) for date in find_dates(sentence, ANCHOR)) == dates


def test_each_phenomenon_is_tested_twice():
    assert min(Counter(row[0] for row in ROWS).values()) >= 2


def test_the_documentation_page_is_made_from_this_table():
    document = Path(__file__).parents[3] / "docs" / "dates.md"
    assert document.read_text("utf-8") == page(TABLE)


@pytest.mark.parametrize(
    ("sentence", "anchor", "days"),
    [
        ("12月28日发放口罩。", "2021-01-10", ("2020-12-28", "2020-12-28")),
        ("下一步,计划3月5日开工。", "2021-01-10", ("2021-03-05", "2021-03-05")),
        ("1月20日前完成整改。", "2021-01-10", (None, "2021-01-19")),
        ("三天前发布预警。", "2021-01-01", ("2020-12-29", "2020-12-29")),
        ("上周五抽检。", "2021-01-04", ("2021-01-01", "2021-01-01")),
        ("除夕坚守岗位。", "2020-02-01", ("2020-01-24", "2020-01-24")),
    ],
)
def test_the_anchor_decides_the_year(sentence, anchor, days):
    (date,) = find_dates(sentence, anchor)
    assert (date["date_from"], date["date_to"]) == days


def test_without_an_anchor_the_year_stays_unknown_with_a_reason():
    (date,) = find_dates("3月5日,街道开展巡查。")
    assert (date["date_from"], date["date_to"]) == (None, None)
    assert date["reason"] and date["confidence"] == 0


def test_offsets_are_those_of_the_given_text():
    text = "　２０２１年 ８月\n６日,检查。"
    (date,) = find_dates(text, ANCHOR)
    assert text[date["start"] : date["end"]] == "２０２１年 ８月\n６日"
    assert date["date_from"] == "2021-08-06"


def test_an_anchor_must_be_a_day():
    with pytest.raises(ValueError):
        find_dates("昨日", "yesterday")
