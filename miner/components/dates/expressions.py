"""What the grammar reads: calendar expressions before they are resolved.

A :class:`Moment` holds the parts that are written (year, month, day, week day …) and the distances that relative words state; an
:class:`Expression` is one span of text with one moment or two (a range) and the bound written around it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from miner.schema.numbers import Number

REPORT, NARRATIVE, WORK = "R", "N", "W"
#: Bounds that open a stretch: 起 and 以后, 以来.
SINCE = ("since", "after", "so far")
#: What may stand between two names of one day (2月9日,星期一,又逢农历正月十五).
APPOSITION = re.compile(
    r"[,( ]?(?:这天|当天|当日|这一天)?(?:也?正?是|恰好?是|刚?正?好是|也就是|即|正值|恰逢|正逢|适逢|时值|又逢|又是|为)?(?:农历|公历|阳历)?"
    r"(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|[鼠牛虎兔龙蛇马羊猴鸡狗猪]年)?[( ]?\Z"
)


@dataclass(slots=True)
class Moment:
    """A point or stretch of the calendar as written; None where nothing is written.

    Attributes
    ----------
    year, month, day, hour
        Numbers written. `hour` is on the 24-hour clock; 24 stays 24.
    year_shift, month_shift, quarter_shift, week_shift, day_shift
        Distance of a relative word (去年 = -1) from its base.
    base
        ``R`` the report's own date, ``N`` the date told last, ``W`` the year of the work: of the relative words of this moment.
    weekday
        0 = Monday … 6 = Sunday, 7 = the weekend.
    lunar
        (month, day or None, leap) of the lunar calendar.
    festival
        A name of ``festivals.tsv``; `festival_part` is ``""``, ``holiday`` or ``eve``.
    part
        (code, number): the part of the year or month, e.g. ``("quarter", 2)``, ``("end", 0)``, ``("first days", 4)``.
    span
        (number, unit, kind): a stretch counted from the base (三天前, 近三年).
    known
        Days that a name carries by itself (“十四五”期间).
    daypart
        Hours of 上午, 晚上 …, for reading a 12-hour clock time.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    quarter_shift: int | None = None
    week_shift: int | None = None
    day_shift: int | None = None
    base: str = REPORT
    weekday: int | None = None
    lunar: tuple[int, int | None, bool] | None = None
    festival: str | None = None
    festival_part: str = ""
    part: tuple[str, int] | None = None
    span: tuple[Number, str, str] | None = None
    known: tuple[dt.date | None, dt.date | None] | None = None
    daypart: tuple[int, int] | None = None
    event: bool = False
    now: bool = False

    def only_hours(self) -> bool:
        """True for a clock time or part of a day without a day (19:00, 傍晚)."""
        return self.lone() and (self.hour is not None or self.daypart is not None)

    def lone(self) -> bool:
        """True where nothing of day grain or coarser is written."""
        return not (self.dated() or self.month is not None or self.day is not None)

    def dated(self) -> bool:
        """True where something other than a month or day number is written."""
        return not (
            self.year is None
            and self.year_shift is None
            and self.month_shift is None
            and self.quarter_shift is None
            and self.week_shift is None
            and self.day_shift is None
            and self.weekday is None
            and self.lunar is None
            and self.festival is None
            and self.part is None
            and self.span is None
            and self.known is None
            and not self.now
        )


@dataclass(slots=True)
class Expression:
    """A calendar expression found at ``[start, end)``.

    `bound` is ``""`` | ``since`` (起) | ``so far`` (以来) | ``after`` (以后) | ``before`` (前) | ``upto`` (截至, 或之前).
    `marks` holds what the grammar noticed around it (``as of`` for 截至, ``event`` for the name of an event).
    """

    start: int
    end: int
    first: Moment
    last: Moment | None = None
    bound: str = ""
    marks: set[str] = field(default_factory=set)


def beside(text: str, before: Expression, other: Expression) -> bool:
    """Whether two expressions stand side by side as names of one day (2月9日,星期一; 6月16日、农历五月初七)."""
    between = text[before.end : other.start][:20]
    return bool(APPOSITION.match(between)) or (between == "、" and text[other.start] in "农阴旧")
