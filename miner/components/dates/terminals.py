"""From a matched terminal to the part of the moment that it fills in.

In: a match of one of :mod:`miner.components.dates.patterns` and the moment being read. Out: the moment filled, and the *state* of the grammar after it
(what was read last), None where the numbers are no date (13月, 45日). One small function per terminal, found by the name of its group.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from miner.components.dates.calendar import make_day, rows
from miner.components.dates.expressions import Moment
from miner.components.dates.numerals import DIGITS, small, year_number

Fill = Callable[["re.Match[str]", Moment], str | None]
_WEEKDAYS = {character: index for index, character in enumerate("一二三四五六日")} | {"天": 6}
_SEASONS = "春夏秋冬"
_LUNAR_MONTHS = {"正月": 1, "冬月": 11, "腊月": 12}
_UNITS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季度": "quarter",
    "年": "year",
    "交易日": "workday",
    "工作日": "workday",
}
_EVENING = {"evening": (18, 24), "night": (18, 24), "morning": (4, 10), "noon": (11, 14)}


@cache
def eras() -> dict[str, tuple[dt.date, dt.date | None, str]]:
    """Named stretches: form → (from, to, what must follow)."""
    return {form: (dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None, needs) for form, start, end, needs in rows("eras.tsv")}


def _month(moment: Moment, number: int | None) -> str | None:
    if number is None or not 1 <= number <= 12 or moment.month is not None:
        return None
    moment.month = number
    return "month"


def _day(moment: Moment, number: int | None) -> str | None:
    if number is None or not 1 <= number <= 31 or moment.day is not None:
        return None
    moment.day = number
    return "day"


def _numeric(moment: Moment, year: int, month: int, day: int) -> str | None:
    if make_day(year, month, day) is None:
        return None
    moment.year, moment.month, moment.day = year, month, day
    return "day"


def _iso(m: re.Match[str], moment: Moment) -> str | None:
    return _numeric(moment, int(m["iy"]), int(m["im"]), int(m["id"]))


def _iso_reversed(m: re.Match[str], moment: Moment) -> str | None:
    year, month, day = int(m["ry"]), int(m["rm"]), int(m["rd"])
    return _numeric(moment, year, month, day) or _numeric(moment, year, day, month)


def _event(m: re.Match[str], moment: Moment) -> str | None:
    month, day = int(m["em"]), int(m["ed"])
    if make_day(2000, month, day) is None:
        return None
    moment.month, moment.day, moment.event = month, day, True
    return "event"


def _iso_month(m: re.Match[str], moment: Moment) -> str | None:
    moment.year = int(m["ny"])
    return _month(moment, int(m["nm"] or m["dm"]))


def _school_year(m: re.Match[str], moment: Moment) -> str | None:
    first = int(m["sy1"])
    if int(m["sy2"]) % 100 != (first + 1) % 100:
        return None
    moment.known = (dt.date(first, 9, 1), dt.date(first + 1, 8, 31))
    return "era"


def _year(number: int | None, moment: Moment) -> str | None:
    if number is None or not 1000 <= number <= 2999:
        return None
    moment.year = number
    return "year"


def _century(m: re.Match[str], moment: Moment, name: str, decade: str) -> str | None:
    century = small(m[name])
    if century is None or not 1 <= century <= 29:
        return None
    first = 100 * (century - 1)
    written = m[decade]
    if written:
        first += int(written) if written.isdigit() else 10 * DIGITS[written]
    moment.known = (dt.date(max(first, 1), 1, 1), dt.date(first + (9 if written else 99), 12, 31))
    return "era"


def _decade(tens: int, moment: Moment) -> str | None:
    first = (1900 if tens >= 3 else 2000) + 10 * tens
    moment.known = (dt.date(first, 1, 1), dt.date(first + 9, 12, 31))
    return "era"


def _counted(number: str, halves: bool, unit: str, direction: str, moment: Moment) -> str | None:
    count = 0.5 if number == "半" else small(number)
    if count is None:
        return None
    kind = "recent" if "来" in direction else ("ago" if "前" in direction else "ahead") + ("" if len(direction) == 1 else " open")
    moment.span = (count + (0.5 if halves else 0), _UNITS[unit.removeprefix("个")], kind)
    return "counted"


def _clock(m: re.Match[str], moment: Moment, number: int | None) -> str | None:
    if number is None or not 0 <= number <= 24:
        return None
    if moment.daypart is not None and number <= 12:
        low, _ = moment.daypart
        if (low >= 12 and number < 12) or (low >= 11 and 1 <= number <= 3):
            number += 12
        elif low >= 18 and number == 12:
            number = 24
    moment.hour = number
    return "clock"


def _hour(group: str, numeral: bool = False) -> Fill:
    def fill(m: re.Match[str], moment: Moment) -> str | None:
        return _clock(m, moment, small(m[group]) if numeral else int(m[group]))

    return fill


def _lunar(m: re.Match[str], moment: Moment) -> str | None:
    name, written = m["lm"], m["ld"]
    leap = name[0] == "闰"
    month = _LUNAR_MONTHS.get(name) or small(name.strip("闰月"))
    day = small(written.strip("初日夜")) if written else None
    if month is None or not 1 <= month <= 12 or (written and not (day and day <= 30)):
        return None
    moment.lunar = (month, day, leap)
    return "day" if written else "lunar month"


def _new_year(m: re.Match[str], moment: Moment) -> str | None:
    day = small(m["ny1"])
    if day is None or not 1 <= day <= 30:
        return None
    moment.lunar = (1, day, False)
    return "day"


def _bare_lunar(m: re.Match[str], moment: Moment) -> str | None:
    month, written = small(m["hm"]), m["hd"]
    day = small(written.removeprefix("初"))
    if month is None or day is None or day > 31:
        return None
    if written[0] not in "初廿" and moment.year is not None:
        moment.month, moment.day = month, day
    elif day <= 30:
        moment.lunar = (month, day, False)
    else:
        return None
    return "day"


def _quarter(moment: Moment, number: int | None) -> str | None:
    if number is None:
        return None
    moment.part = ("quarter", number)
    return "part"


def _part(code: str, group: str | None = None, state: str = "part") -> Fill:
    def fill(m: re.Match[str], moment: Moment) -> str | None:
        number = small(m[group]) if group else 0
        if number is None or moment.part is not None:
            return None
        moment.part = (code, number)
        return state

    return fill


def _coded(codes: dict[str, str], group: str) -> Fill:
    def fill(m: re.Match[str], moment: Moment) -> str | None:
        if moment.part is not None:
            return None
        moment.part = (codes[m[group][0]], 0)
        return "part"

    return fill


def _half(m: re.Match[str], moment: Moment) -> str:
    moment.part = (f"half {_UNITS[m['hxu']]}", 1 if m["hx"] == "上" else 2)
    return "part"


def _ordinal(m: re.Match[str], moment: Moment) -> str | None:
    number = small(m["on"])
    if number is None:
        return None
    if m["ou"] == "月":
        return _month(moment, number)
    moment.part = ("nth week", number)
    return "week"


def _relative_span(m: re.Match[str], moment: Moment) -> str | None:
    count = 0.5 if m["rn"] == "半" else small(m["rn"])
    if not count:
        return None
    word = m["rw"]
    kind = "next" if word in ("未来", "今后", "下") else "past" if word in ("上", "前", "此前", "过去", "刚刚过去的") else "recent"
    moment.span = (count, _UNITS[m["ru"] or m["rm"]], kind)
    return "counted"


def _past_year(m: re.Match[str], moment: Moment) -> str | None:
    count = small(m["pn"] or "一")
    moment.span = (count, "year", "so far") if count else None
    return "counted" if count else None


def _seasons(m: re.Match[str], moment: Moment) -> str:
    moment.part = ("winter and spring", 0 if m[0] == "今冬明春" else -1)
    return "part"


def _evening(m: re.Match[str], moment: Moment) -> str:
    moment.daypart = _EVENING["evening"]
    return "daypart"


def _season(m: re.Match[str], moment: Moment) -> str:
    moment.year_shift = "去今明".index(m["sr"]) - 1
    moment.part = ("season", _SEASONS.index(m["sn"]))
    return "part"


def _year_season(m: re.Match[str], moment: Moment) -> str:
    moment.part = ("season", _SEASONS.index(m["yn"]))
    return "part"


def _weekday(m: re.Match[str], moment: Moment) -> str:
    moment.weekday = _WEEKDAYS[m["wd"]]
    return "day"


def _weekend(m: re.Match[str], moment: Moment) -> str:
    moment.weekday = 7
    return "week"


def _era(m: re.Match[str], moment: Moment) -> str:
    moment.known = eras()[m[0]][:2]
    return "named era"


def _first_quarters(m: re.Match[str], moment: Moment) -> str:
    moment.part = ("first months", 3 * (small(m["fq"]) or 1)) if m["fq"] else ("quarter", 1)
    return "part"


_YEAR_PARTS = {
    "初": "start of year",
    "底": "end of year",
    "末": "end of year",
    "终": "end of year",
    "中": "middle of year",
    "伊": "first month",
    "前": "early",
    "后": "late",
}
_MONTH_PARTS = {"初": "first ten", "底": "last ten", "末": "last ten", "中": "middle ten", "月": "last ten"}
_TEN_DAYS = {"上": "first ten", "中": "middle ten", "下": "last ten"}
_TWENTY_DAYS = {"上": "first twenty", "中": "last twenty"}


def _named_month(number_group: str) -> Fill:
    return lambda m, moment: _month(moment, small(m[number_group]))


#: Fills by the name of the pattern's group; a tuple of names reads two numbers (a range within one terminal).
FILLS: dict[str, Fill] = {
    "iso": _iso,
    "isor": _iso_reversed,
    "event": _event,
    "isom": _iso_month,
    "schoolyear": _school_year,
    "bare": lambda m, moment: _year(int(m["by"] or m["by2"] or m["by3"]), moment),
    "year": lambda m, moment: _year(int(m["y4"]), moment),
    "yy": lambda m, moment: _year(year_number(m["y2"]), moment),
    "hyear": lambda m, moment: _year(year_number(m["hy4"] or m["hy2"]), moment),
    "century": lambda m, moment: _century(m, moment, "cent", "cd"),
    "hcentury": lambda m, moment: _century(m, moment, "hcent", "hcd"),
    "decade": lambda m, moment: _decade(int(m["dec"]) // 10, moment),
    "hdecade": lambda m, moment: _decade(DIGITS[m["hdec"]], moment),
    "month": _named_month("mo"),
    "hmonth": _named_month("hmo"),
    "months": _named_month("m1"),
    "hmonths": _named_month("hm1"),
    "day": lambda m, moment: _day(moment, int(m["dd"])),
    "hday": lambda m, moment: _day(moment, small(m["hdd"])),
    "days": lambda m, moment: _day(moment, int(m["d1"])),
    "chu": lambda m, moment: _lunar_day(m, moment),
    "nspan": lambda m, moment: _counted(m["n"], bool(m["nh"] or m["nh2"]), m["nu"], m["nd"], moment),
    "hspan": lambda m, moment: _counted(m["hn"], bool(m["hh"] or m["hh2"]), m["hu"], m["hdir"], moment),
    "clock": _hour("ch"),
    "hclock": _hour("hc", numeral=True),
    "quarter": _part("quarter", "q"),
    "hquarter": _part("quarter", "hq"),
    "ordquarter": _part("quarter", "oq"),
    "quarters": _part("quarter", "q1"),
    "hquarters": _part("quarter", "hq1"),
    "hmd": _bare_lunar,
    "lunar": _lunar,
    "newyear": _new_year,
    "half": _half,
    "firstquarters": _first_quarters,
    "firstmonth": lambda m, moment: _month(moment, 1),
    "pastyear": _past_year,
    "ordinal": _ordinal,
    "relspan": _relative_span,
    "seasons": _seasons,
    "season": _season,
    "evening": _evening,
    "yearseason": _year_season,
    "yearpart": _coded(_YEAR_PARTS, "yp"),
    "monthpart": _coded(_MONTH_PARTS, "mp"),
    "tenday": _coded(_TEN_DAYS, "td"),
    "tendays": _coded(_TWENTY_DAYS, "tds"),
    "weekend": _weekend,
    "weekday": _weekday,
    "era": _era,
    "months_first": _part("first months", "mf"),
    "weeks_first": _part("first weeks", "wf"),
    "nthweek": _part("nth week", "nw", "week"),
    "sameperiod": _part("same period"),
    "wholeyear": lambda m, moment: "whole year",
    "halfmonth": lambda m, moment: _half_month(m, moment),
    "middle": _part("middle ten"),
    "midyear": _part("middle of year"),
    "start": _part("first ten"),
    "days_first": lambda m, moment: _part("last days" if m["dw"] in ("最后", "后") else "first days", "df")(m, moment),
}
#: The second number of terminals that hold a range or a pair.
SECOND = {"months": ("m2", _month), "hmonths": ("hm2", _month), "days": ("d2", _day), "quarters": ("q2", _quarter), "hquarters": ("hq2", _quarter)}


def _lunar_day(m: re.Match[str], moment: Moment) -> str | None:
    written = m.groupdict()
    moment.lunar = (0, small(written.get("ct") or written["cn"]), False)
    return "day"


def _half_month(m: re.Match[str], moment: Moment) -> str:
    moment.part = ("half month", 1 if m["hm"] == "上" else 2)
    return "part"


def fill_word(kind: str, value: str, moment: Moment) -> str | None:
    """Fill in a relative word or a festival; returns the state after it."""
    if kind == "part":
        low, high = value.split(" ")
        moment.daypart = (int(low), int(high))
        return "daypart"
    if kind == "festival":
        moment.festival = value
        return "festival"
    if kind == "now":
        moment.now = True
        return "now"
    if kind == "years":
        first, last = value.split(" ")
        moment.year_shift, moment.part = int(first), ("years", int(last) - int(first) + 1)
        return "part"
    if kind == "days":
        first, last = value.split(" ")
        moment.day_shift, moment.part = int(first), ("days", int(last) - int(first) + 1)
        return "part"
    unit, _, evening = kind.partition("-")
    setattr(moment, f"{unit}_shift", int(value[:-1]))
    moment.base = value[-1]
    if evening:
        moment.daypart = _EVENING[evening]
        return "daypart"
    return {"day": "day", "week": "week", "month": "month", "quarter": "part", "year": "year"}[unit]
