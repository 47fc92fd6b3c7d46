"""What holds for every text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.components.dates import find_dates, planning
from miner.components.dates.calendar import rows

PIECES = ["2020年", "2月", "13日", "下午", "3点", "至", "、", "截至", "目前", "以来", "前", "元宵节", "农历", "大年初三", "去年", "上周", "三", "每", "月"]
PIECES += ["星期三", "“7·20”", "《", "》", "2020-02-29", "31日", "13月", "24时", "近三年", "“十四五”期间", "年底", "〔2020〕3号", "。", "检查", "９", "0"]
PIECES += ["-", "中", "第", "周", "半", "100000年前", "\n"]
EXPRESSIONS = [
    ("2020年2月13日", "2020-02-13", "2020-02-13"),
    ("去年10月", "2020-10-01", "2020-10-31"),
    ("8月5日至10日", "2021-08-05", "2021-08-10"),
    ("上周三", "2021-08-18", "2021-08-18"),
    ("2021年第一季度", "2021-01-01", "2021-03-31"),
    ("2020年元宵节", "2020-02-08", "2020-02-08"),
    ("9月底前", None, "2021-09-30"),
    ("1月12日以来", "2021-01-12", "2021-08-27"),
]
AROUND = ["街道组织党员", "检查药店", "口罩", "累计", "群众", "防汛", "座谈会", "共青团", "企业", "道路", "。", ",", ";", "(", ")", ":"]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
@settings(max_examples=600, deadline=None)
def test_any_string_returns_spans_of_itself(text):
    last = 0
    for date in find_dates(text, "2021-08-27"):
        assert last <= date["start"] < date["end"] <= len(text)
        assert text[date["start"] : date["end"]] == date["text"]
        last = date["end"]
        if date["date_from"] and date["date_to"]:
            assert date["date_from"] <= date["date_to"]


@given(st.sampled_from(EXPRESSIONS), st.lists(st.sampled_from(AROUND), max_size=4).map("".join), st.lists(st.sampled_from(AROUND), max_size=4).map("".join))
@settings(max_examples=200, deadline=None)
def test_surrounding_text_changes_nothing(expression, before, after):
    written = expression[0]
    text = f"{before}。{written},{after}"
    found = [date for date in find_dates(text, "2021-08-27") if date["start"] == len(before) + 1]
    assert [(date["text"], date["date_from"], date["date_to"]) for date in found] == [expression]


@given(st.sampled_from(EXPRESSIONS))
def test_full_width_digits_change_nothing(expression):
    written, start, end = expression
    wide = written.translate({ord("0") + i: ord("０") + i for i in range(10)})
    assert [(date["date_from"], date["date_to"]) for date in find_dates(wide, "2021-08-27")] == [(start, end)]


@given(st.sampled_from(EXPRESSIONS), st.data())
@settings(max_examples=100, deadline=None)
def test_a_line_break_inside_changes_nothing(expression, data):
    written, start, end = expression
    at = data.draw(st.integers(1, len(written) - 1))
    if written[at - 1].isdigit() and written[at].isdigit():
        return
    broken = written[:at] + "\n" + written[at:]
    assert [(date["date_from"], date["date_to"]) for date in find_dates(broken, "2021-08-27")] == [(start, end)]


@pytest.mark.parametrize(
    "unit", ["1", "1-", "年", "每月", "1月至", "一", "“", "《", "上一", "截至", "2020年", "3月5日、", "农历", "(2月3日)", "1月2日,星期三,"]
)
def test_time_is_linear(unit):
    def seconds(times: int) -> float:
        text = unit * times
        start = time.perf_counter()
        find_dates(text, "2021-08-27")
        return time.perf_counter() - start

    seconds(100)
    short, long = seconds(2_000), seconds(16_000)
    assert long < 40 * short + 0.2


@pytest.mark.parametrize(("words", "cue"), [(words.replace("N", "三十"), cue) for words, _, cue in rows("anniversaries.tsv")])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_counted_occasion_holds_the_word_that_it_is_looked_for_by(words, cue, data):
    assert cue in data.draw(st.from_regex(words, fullmatch=True))


@pytest.mark.parametrize("pattern", [planning._STRONG, planning._WEAK])
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_what_speaks_of_the_future_holds_a_character_by_which_it_is_looked_for(pattern, data):
    plain = re.sub(r"\(\?<?!(?:[^()]|\([^()]*\))*\)", "", pattern.pattern)
    assert planning._HINT.search(data.draw(st.from_regex(plain, fullmatch=True)))
