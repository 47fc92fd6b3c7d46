"""The calendars that reports use: Gregorian arithmetic, the lunar calendar, solar terms.

In: years, months, days. Out: ``datetime.date`` or pairs of them (both ends included); None where there is no such day or the tables end.
The tables (``data/lunar_years.tsv``, ``data/solar_terms.tsv``) were computed once with lunar-python, which is too slow to ask for every report.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from importlib.resources import files

Days = tuple[dt.date, dt.date]
ONE_DAY = dt.timedelta(days=1)
TERMS = (
    "小寒",
    "大寒",
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "清明",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
    "小雪",
    "大雪",
    "冬至",
)


def rows(name: str) -> list[list[str]]:
    """The rows of a data file of this package: tab-separated cells, comment lines left out."""
    text = files("miner.components.dates").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _lunar_years() -> dict[int, tuple[dt.date, int, str]]:
    return {int(year): (dt.date.fromisoformat(first), int(leap), lengths) for year, first, leap, lengths in rows("lunar_years.tsv")}


@cache
def _solar_terms() -> dict[int, list[str]]:
    return {int(year): days.split() for year, days in rows("solar_terms.tsv")}


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day, None if there is no such day."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_days(year: int) -> Days | None:
    """First and last day of a year, None outside 1–9999."""
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if 1 <= year <= 9999 else None


def month_days(year: int, month: int) -> Days | None:
    """First and last day of a month; months below 1 and above 12 count on into the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = make_day(year, month, 1)
    if first is None:
        return None
    following = make_day(year + month // 12, month % 12 + 1, 1)
    return first, (following - ONE_DAY if following else dt.date(year, 12, 31))


def week_days(day: dt.date, shift: int = 0) -> Days | None:
    """Monday and Sunday of the week of `day`, `shift` weeks on."""
    try:
        monday = day + dt.timedelta(days=7 * shift - day.weekday())
        return monday, monday + dt.timedelta(days=6)
    except OverflowError:
        return None


def shifted(day: dt.date, days: int) -> dt.date | None:
    """The day that many days on, None outside the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


@lru_cache(maxsize=8192)
def lunar_days(year: int, month: int, day: int | None = None, leap: bool = False) -> Days | None:
    """The Gregorian day of a lunar date, or first and last day of a lunar month.

    Parameters
    ----------
    year, month
        Lunar year and month, 1 = 正月.
    day
        1–30; -1 for the month's last day (除夕); None for the whole month.
    leap
        True for the leap month of this number.
    """
    row = _lunar_years().get(year)
    if row is None or not 1 <= month <= 12:
        return None
    first, leap_month, lengths = row
    if leap and leap_month != month:
        return None
    index = month - 1 + (1 if leap_month and (month > leap_month or leap) else 0)
    start = first + dt.timedelta(days=sum(29 + int(bit) for bit in lengths[:index]))
    length = 29 + int(lengths[index])
    if day is None:
        return start, start + dt.timedelta(days=length - 1)
    day = length if day == -1 else day
    if not 1 <= day <= length:
        return None
    found = start + dt.timedelta(days=day - 1)
    return found, found


def solar_term(name: str, year: int) -> dt.date | None:
    """The day of a solar term (清明, 冬至 …) in a Gregorian year."""
    terms = _solar_terms().get(year)
    if terms is None or name not in TERMS:
        return None
    mmdd = terms[TERMS.index(name)]
    return dt.date(year, int(mmdd[:2]), int(mmdd[2:]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """The `nth` (1–5) `weekday` (0 = Monday) of a month."""
    first = make_day(year, month, 1)
    if first is None:
        return None
    return make_day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))
