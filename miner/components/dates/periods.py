"""Stretches of the calendar: parts of months and years, festivals and their holidays, spans counted from a day.

In: years, months, codes of parts (``("quarter", 2)``), names of festivals. Out: first and last day, None where there is none.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache

from miner.components.dates import calendar as cal
from miner.schema.numbers import Number

#: A three-day holiday by the week day of its festival (see ``festivals.tsv``).
AROUND_WEEKEND = ((-2, 0), (-2, 0), (0, 0), (0, 2), (0, 2), (0, 2), (-1, 1))


@cache
def festivals() -> dict[str, tuple[str, tuple[int, int] | None, int]]:
    """Festivals: form → (rule, first and last day of its holiday counted from it or None where the week day decides, first year)."""
    return {
        form: (rule, None if holiday == "weekday" else (int(holiday.split(" ")[0]), int(holiday.split(" ")[1])), int(since) if since else 0)
        for form, rule, holiday, since, *_ in cal.rows("festivals.tsv")
    }


@lru_cache(maxsize=8192)
def festival_day(name: str, year: int) -> dt.date | None:
    """The day of a festival in a Gregorian year (a lunar festival of the twelfth month: in the lunar year of that number)."""
    rule, _, since = festivals()[name]
    return _by_rule(rule, year) if year >= since else None


def _by_rule(rule: str, year: int) -> dt.date | None:
    kind, _, value = rule.partition(" ")
    if kind == "before":
        day = _by_rule(value, year)
        return cal.shifted(day, -1) if day else None
    if kind == "term":
        return cal.solar_term(value, year)
    month, _, day_text = value.partition("/")
    if kind == "solar":
        return cal.make_day(year, int(month), int(day_text))
    if kind == "lunar":
        days = cal.lunar_days(year, int(month), int(day_text))
        return days[0] if days else None
    weekday, _, nth = day_text.partition("#")
    return cal.nth_weekday(year, int(month), int(weekday) - 1, int(nth))


def part_of_month(year: int, month: int, part: tuple[str, int]) -> cal.Days | None:
    """The days of 上旬, 月底, 前4天, 第一周 … of a month (the guide's convention for tens)."""
    days = cal.month_days(year, month)
    if days is None:
        return None
    first, last = days
    code, number = part
    if code == "nth week":
        monday = first + dt.timedelta(days=-first.weekday() % 7)
        return cal.week_days(monday, number - 1)
    ends = {
        "first ten": (1, 10),
        "middle ten": (11, 20),
        "last ten": (21, last.day),
        "first twenty": (1, 20),
        "last twenty": (11, last.day),
        "first days": (1, number),
        "last days": (last.day - number + 1, last.day),
        "half month": (1, 15) if number == 1 else (16, last.day),
    }.get(code)
    if ends is None or not 1 <= ends[0] <= ends[1] <= last.day:
        return None
    return first.replace(day=ends[0]), first.replace(day=ends[1])


def part_of_year(year: int, part: tuple[str, int]) -> cal.Days | None:
    """The days of 上半年, 一季度, 年初, 前九个月, 冬季, 第52周 … of a year."""
    code, number = part
    if code == "season":
        return joined(cal.month_days(year, 3 + 3 * number), cal.month_days(year, 5 + 3 * number))
    if code == "winter and spring":
        return joined(cal.month_days(year + number, 12), cal.month_days(year + number + 1, 5))
    if code == "nth week":
        return cal.week_days(dt.date(year, 1, 7), number - 1) if number <= 53 else None
    if code == "first weeks":
        return joined(cal.week_days(dt.date(year, 1, 7)), cal.week_days(dt.date(year, 1, 7), number - 1)) if number <= 53 else None
    if code == "years":
        return joined(cal.year_days(year), cal.year_days(year + number - 1))
    months = {
        "half year": (1, 6) if number == 1 else (7, 12),
        "quarter": (3 * number - 2, 3 * number),
        "first months": (1, number),
        "start of year": (1, 3),
        "end of year": (12, 12),
        "middle of year": (6, 7),
        "first month": (1, 1),
        "early": (1, 6),
        "late": (7, 12),
    }.get(code)
    if months is None or not 1 <= months[0] <= months[1] <= 12:
        return None
    return joined(cal.month_days(year, months[0]), cal.month_days(year, months[1]))


def joined(first: cal.Days | None, last: cal.Days | None) -> cal.Days | None:
    """From the beginning of one stretch to the end of another."""
    return (first[0], last[1]) if first and last else None


def unit_at(base: dt.date, distance: Number, unit: str) -> cal.Days | None:
    """The unit of the calendar that lies `distance` units from `base`."""
    if unit in ("day", "week", "workday"):
        days = distance * 7 if unit == "week" else distance
        if unit == "workday":
            days = _workdays(base, int(distance))
        day = cal.shifted(base, int(days)) if abs(days) < 1_000_000 else None
        return (day, day) if day else None
    if unit == "year" and distance == int(distance):
        return cal.year_days(base.year + int(distance))
    months = distance * {"month": 1, "quarter": 3, "year": 12}[unit]
    return cal.month_days(base.year, base.month + int(months)) if abs(months) < 60_000 else None


def _workdays(base: dt.date, count: int) -> int:
    weeks, rest = divmod(abs(count), 5)
    days, step = 7 * weeks, 1 if count > 0 else -1
    weekday = base.weekday()
    while rest:
        days, weekday = days + 1, (weekday + step) % 7
        rest -= weekday < 5
    return days * step


def stretch(base: dt.date, count: Number, unit: str, kind: str) -> cal.Days | None:
    """The units before (``past``), up to (``recent``) or after (``next``) a day: 过去三年, 近三年, 未来三天."""
    if count > 5000:
        return None
    if unit == "week" and count != int(count):
        count, unit = 7 * count, "day"
    whole = max(1, int(count))
    if unit in ("day", "workday"):
        first, last = {"past": (-whole, -1), "recent": (1 - whole, 0), "next": (1, whole)}[kind]
        return _pair(cal.shifted(base, first), cal.shifted(base, last))
    if unit == "week":
        first, last = {"past": (-whole, -1), "recent": (1 - whole, 0), "next": (1, whole)}[kind]
        found = joined(cal.week_days(base, first), cal.week_days(base, last))
    elif unit == "year" and count == whole:
        first, last = {"past": (-whole, -1), "recent": (1 - whole, 0), "next": (1, whole)}[kind]
        found = joined(cal.year_days(base.year + first), cal.year_days(base.year + last))
    else:
        months = max(1, int(count * {"month": 1, "quarter": 3, "year": 12}[unit]))
        first, last = {"past": (-months, -1), "recent": (1 - months, 0), "next": (1, months)}[kind]
        found = joined(cal.month_days(base.year, base.month + first), cal.month_days(base.year, base.month + last))
    return (found[0], base) if found and kind == "recent" else found


def _pair(first: dt.date | None, last: dt.date | None) -> cal.Days | None:
    return (first, last) if first and last else None
