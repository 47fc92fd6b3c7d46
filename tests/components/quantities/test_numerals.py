"""Numerals: every writing gives its value; a value written in any way is read back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.components.quantities.numerals import RUN, parse_numeral, read_numeral, runs

EXACT = [
    ("109,418", 109418), ("１２３", 123), ("1 234", 1234), ("36.5万", 365000), ("1.5亿", 150000000), ("3千", 3000), ("5万4千6百", 54600),
    ("3万4000", 34000), ("两万五", 25000), ("一千三", 1300), ("一亿二千万", 120000000), ("〇", 0), ("廿七", 27), ("卅", 30), ("壹佰", 100),
    ("肆佰叁拾萬", 4300000), ("壹萬零肆拾", 10040), ("二〇二六", 2026), ("一百零五", 105), ("一万二百五十", 10250), ("四万万", 400000000),
    ("十五点七", 15.7), ("九十八点五", 98.5), ("半", 0.5), ("一半", 0.5), ("三分之二", 2 / 3), ("3又4分之1", 3.25), ("百分之九十八点五", 98.5),
    ("负三十二", -32), ("-2.5", -2.5), ("1.2e3", 1200), ("100K", 100000), ("4.78万億", 4780000000000), ("倆千两百贰拾二", 2222),
]
ROUGH = [
    ("80多万", 800000, None), ("百余", 100, None), ("上百", 100, None), ("十来", 10, None), ("几十", 10, 90), ("数百", 100, 900), ("十几", 11, 19),
    ("三四十", 30, 40), ("十七八", 17, 18), ("一两千", 1000, 2000), ("七八十万", 700000, 800000), ("三五", 3, 5), ("30、40", 30, 40),
]
NONE = ["", "多", "参加", "队伍", "人", "一些人", "第三", "万事", "3.4.5", "十二分之", "几乎", "1:3", "abc", "成百上千"]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_exact_numerals(text: str, value: float) -> None:
    read = parse_numeral(text)
    assert read is not None
    assert read["value"] == pytest.approx(value)
    assert (read["high"], read["qualifier"]) == (None, "exact")


@pytest.mark.parametrize(("text", "low", "high"), ROUGH)
def test_rough_numerals_keep_value_and_upper_end(text: str, low: float, high: float | None) -> None:
    assert parse_numeral(text) == {"value": low, "high": high, "qualifier": "approx"}


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


def test_ranges_share_the_multiplier_of_the_upper_end() -> None:
    assert parse_numeral("3至5万") == {"value": 30000, "high": 50000, "qualifier": "exact"}
    assert parse_numeral("三、四十") == {"value": 30, "high": 40, "qualifier": "approx"}
    assert parse_numeral("3—5") == {"value": 3, "high": 5, "qualifier": "exact"}


def chinese(number: int, digits: str = "零一二三四五六七八九", small: str = "十百千") -> str:
    """Write a number in the full Chinese way, written for the test alone."""
    if number == 0:
        return digits[0]
    sections, texts = [], []
    while number:
        sections.append(number % 10000)
        number //= 10000
    for index, section in enumerate(sections):
        text, gap = "", False
        for power in (3, 2, 1, 0):
            digit = section // 10**power % 10
            if digit:
                text += (digits[0] if gap and text else "") + digits[digit] + (small[power - 1] if power else "")
                gap = False
            else:
                gap = True
        texts.append((text + ("", "万", "亿", "兆")[index], section))
    written = ""
    for text, section in reversed(texts):
        if section:
            written += (digits[0] if written and section < 1000 else "") + text
        elif written and not written.endswith(digits[0]):
            written += digits[0]
    return written.rstrip(digits[0])


@given(st.one_of(st.integers(0, 20000), st.integers(0, 10**16 - 1)))
@settings(max_examples=400, deadline=None)
def test_every_whole_number_is_read_back_from_each_writing(number: int) -> None:
    writings = [str(number), f"{number:,}", chinese(number), chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")]
    if number % 10000 == 0 and number:
        writings.append(f"{number // 10000}万")
    for writing in writings:
        assert parse_numeral(writing) == {"value": number, "high": None, "qualifier": "exact"}, writing


@given(st.integers(0, 10**9), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_decimals_are_read_back(number: int, places: int) -> None:
    value = number / 10**places
    arabic = f"{value:.{places}f}"
    whole, point = arabic.split(".")
    han = chinese(int(whole)) + "点" + "".join("零一二三四五六七八九"[int(d)] for d in point)
    for writing in (arabic, han):
        read = parse_numeral(writing)
        assert read is not None
        assert read["value"] == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(st.text(alphabet="零一二两三十百千万亿几数半多余来0123456789.,，点上成壹拾佰分之又、-—至%", max_size=40))
@settings(max_examples=600, deadline=None)
def test_no_string_of_numeral_characters_raises(text: str) -> None:
    read = parse_numeral(text)
    assert read is None or (read["high"] is None or read["high"] >= read["value"])
    for match in RUN.finditer(text):
        numeral = read_numeral(text, match)
        if numeral is not None:
            assert match.start() <= numeral.start < numeral.end <= match.end()


def test_long_runs_take_linear_time() -> None:
    for piece in ("一", "9", "万", "十多", "1,234", "几"):
        long = piece * 20000
        begin = time.perf_counter()
        for match in RUN.finditer(long):
            read_numeral(long, match)
        assert time.perf_counter() - begin < 2


@given(st.text(alphabet="一二三十百千万亿两半几数多余来上成壹拾佰点个天0123456789.,乎说", max_size=60))
@settings(max_examples=300, deadline=None)
def test_runs_are_the_matches_of_the_pattern(text: str) -> None:
    assert [match.span() for match in runs(text)] == [match.span() for match in RUN.finditer(text)]
