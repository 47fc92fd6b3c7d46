"""Resolves calendar expressions to days.

In: the moments of an expression and what is known where it stands: the report's own date, the year worked out for it, the date told last, whether the text
plans. Out: a :class:`Resolved`, both ends included, with the reason; unresolved (both None) with the reason why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from miner.components.dates import calendar as cal
from miner.components.dates.expressions import NARRATIVE, REPORT, SINCE, WORK, Expression, Moment
from miner.components.dates.periods import AROUND_WEEKEND, festival_day, festivals, joined, part_of_month, part_of_year, stretch, unit_at
from miner.components.dates.situation import Resolved, Situation, Told

#: A day this close before the report's own date whose week day does not fit is a slip of the pen, not the day of another year.
_SLIP = 45
#: A lunar day (大年初一) that no plan speaks of lies ahead only where it is as near as this, in days.
_BACK = 45  # days: a telling goes no further back without saying so
_LUNAR_NEAR = 12
#: A month or part of one that ended as long ago as this, in days, is a look back.
_LOOK_BACK = 62
#: What began longer ago than this, in days, and goes on (1月20日以来) is no day from which a bare one is counted.
_SINCE_NEAR = 20
#: A range of more days than this is no day that 当日 can mean.
_STRETCH = 10
Place = Callable[[int], "cal.Days | None"]
_LAST_DAY_PARTS = ("last ten", "end of year", "quarter", "half year", "half month", "last days", "early", "late")


def unknown(reason: str, grain: str = "day") -> Resolved:
    """An expression that cannot be resolved, and why."""
    return Resolved(grain=grain, reason=reason, confidence=0.0)


# one moment ----------------------------------------------------------------------------------------------------------------------------


def resolve_moment(moment: Moment, now: Situation) -> Resolved:
    """Resolve one moment. Hours stand apart: 24时 is the day without an hour."""
    if moment.only_hours():
        day, why = _base_day(replace(moment, day_shift=0, base=NARRATIVE), now)
        if day and now.told and now.told.evening and now.told.block == now.block and _small_hours(moment):
            day = cal.shifted(day, 1)
        found = Resolved(day, day, reason=why) if day else unknown(why)
    else:
        found = _calendar_days(moment, now)
    if moment.hour is not None and found.start is not None and found.start == found.end and moment.hour != 24:
        found.hour_from = found.hour_to = moment.hour
        found.grain = "hour"
    return found


def _small_hours(moment: Moment) -> bool:
    """凌晨, 3时 after an evening are the next day's."""
    if moment.hour is None:
        return moment.daypart == (0, 5)
    return moment.hour < 7 and (moment.daypart is None or moment.daypart[1] <= 12)


def _calendar_days(moment: Moment, now: Situation) -> Resolved:
    if moment.known is not None:
        return Resolved(*moment.known, grain="range", reason="named period")
    if moment.span is not None:
        return _counted(moment, now)
    if moment.day_shift is not None:
        day, why = _base_day(moment, now)
        found = cal.shifted(day, moment.day_shift) if day else None
        if found and moment.part is not None:
            return Resolved(found, cal.shifted(found, moment.part[1] - 1), grain="range", reason=why)
        return Resolved(found, found, reason=why) if found else unknown(why)
    if moment.week_shift is not None or moment.weekday is not None:
        return _week(moment, now)
    if moment.lunar is not None or moment.festival is not None:
        return _movable(moment, now)
    if moment.month_shift is not None or moment.quarter_shift is not None:
        return _shifted_month(moment, now)
    if moment.month is not None:
        return _month(moment, now)
    if moment.day is not None:
        return _bare_day(moment.day, now)
    return _year(moment, now)


def _aside(told: Told, plan: str) -> bool:
    """Whether what was told last is no day that 当日, 22时 can mean: a plan, or a stretch of weeks."""
    return (told.planned and not plan) or (told.grain == "range" and (told.end - told.start).days > _STRETCH)


def _base_day(moment: Moment, now: Situation) -> tuple[dt.date | None, str]:
    """The day from which a relative word counts, and the reason."""
    if moment.base == NARRATIVE:
        if now.told is not None and now.single is not None and moment.day_shift is not None and _aside(now.told, now.plan):
            return now.single, "the day told before"
        if now.told is not None and now.told.grain in ("day", "hour", "range"):
            return now.told.end, "the date told before"
        if now.told is not None and now.told.grain in ("part", "month") and now.single is not None and moment.day_shift is not None:
            return now.single, "the day told before"
        if now.told is not None and now.told.grain in ("part", "month") and now.report is None:
            return None, "the date told before is no single day"
        return (now.report, "the report's own date, no date told before") if now.report else (None, "no date told before")
    if now.quoted and now.told is not None and now.told.grain in ("day", "hour"):
        return now.told.end, "spoken on the date told before"
    if now.report is None and now.single is not None and moment.day_shift is None:
        return now.single, "the day told before, the report's own date is unknown"
    return (now.report, "the report's own date") if now.report else (None, "the report's own date is unknown")


def _written_year(moment: Moment, now: Situation) -> tuple[int | None, str]:
    """The year that is written or named by 今年, 去年, 当年."""
    if moment.year is not None:
        return moment.year, "explicit"
    if moment.year_shift is None:
        return None, ""
    work = moment.base == WORK and now.plan != "strong"
    if now.review is not None and (work or (moment.base == NARRATIVE and not (now.told and now.told.year_written))):
        return now.review + moment.year_shift, "the year under review"
    if moment.base == NARRATIVE and now.told is not None:
        return now.told.start.year + moment.year_shift, "the year told before"
    year = now.own_year
    if year is None:
        return None, "the report's own year is unknown"
    return year + moment.year_shift, "the report's own date" if now.report else now.year_reason


def _month(moment: Moment, now: Situation) -> Resolved:
    month, day, part = moment.month or 1, moment.day, moment.part
    year, why = _written_year(moment, now)

    def place(y: int) -> cal.Days | None:
        if day is not None:
            found = cal.make_day(y, month, day)
            return (found, found) if found else None
        return part_of_month(y, month, part) if part else cal.month_days(y, month)

    grain = "day" if day is not None else "part" if part else "month"
    return _placed(place, year, why, grain, now)


def _placed(place: Place, year: int | None, why: str, grain: str, now: Situation, lunar: bool = False) -> Resolved:
    """Place days whose year is written, else in the year that fits."""
    if year is not None:
        days = place(year)
        return Resolved(*days, grain=grain, reason=why) if days else unknown("no such day", grain)
    if why:
        return unknown(why, grain)
    return without_year(place, grain, now, lunar)


def without_year(place: Place, grain: str, now: Situation, lunar: bool = False) -> Resolved:
    """Place a year-less date: in the year that is being told, else the last one before the report's own date, else the next one where the text plans.

    Source: annotation guide, section 2 (past seen from the report's own date, unless the text plans).
    """
    limit = now.report or now.limit
    if now.told is not None and _carries(now):
        days = _nearest(place, now.told, limit)
        if days and (limit is None or days[0] <= limit or now.plan):
            return Resolved(*days, grain=grain, reason="the year told before", confidence=0.9)
    if limit is None:
        return unknown("year unknown", grain)
    options: list[cal.Days] = []
    for reach in (2, 8):
        options = [days for y in range(limit.year - reach, limit.year + reach + 1) if (days := place(y))]
        if any(days[0] <= limit for days in options) and any(days[1] >= limit for days in options):
            break
    nearest = max((days for days in options if days[0] <= limit), default=None)
    if now.witness is not None and not (now.report and nearest and (limit - nearest[0]).days <= _SLIP):
        options = [days for days in options if abs(days[0].year - limit.year) <= 2 and days[0] == days[1] and now.witness(days[0])] or options
    past = max((days for days in options if days[0] <= limit), default=None)
    future = min((days for days in options if days[1] >= limit), default=None)
    chosen = past
    near = min(now.near, _LUNAR_NEAR) if grain == "day" and lunar else now.near
    ahead = 330 if now.plan == "strong" else 150 if now.plan else near if now.report else 0
    if future and (future[0] - limit).days <= ahead and not (past and (limit - past[1]).days < (30 if now.plan == "strong" else 120)):
        chosen = future
    if chosen is None:
        return unknown("no year fits", grain)
    if now.report:
        return Resolved(
            *chosen, grain=grain, reason="year from the report's own date" if chosen == past else "next after the report's own date", confidence=0.97
        )
    return Resolved(*chosen, grain=grain, reason=now.year_reason, confidence=now.year_confidence)


def _carries(now: Situation) -> bool:
    """Whether the year told last goes on: always where the report's own date is unknown, else within the next block."""
    told = now.told
    return (
        told is not None
        and told.year_written
        and not (now.counts_up and now.report is not None and told.sentence != now.sentence)
        and (now.report is None or (now.block == told.block and (not told.whole_year or now.sentence == told.sentence or told.start.year == now.review)))
    )


def _nearest(place: Place, told: Told, limit: dt.date | None) -> cal.Days | None:
    """The days of the year told, or of the one beside it where the telling goes on over New Year (去年9月破土,至6月底已填筑路基)."""
    same = place(told.end.year)
    if same is None or told.whole_year or (told.grain in ("range", "part") and told.start.year == told.end.year and told.start.month < 9):
        return same
    if limit is not None and (told.start - same[1]).days > _BACK:
        following = place(told.end.year + 1)
        if following is not None and following[1] <= limit:
            return following
    turned = (
        place(told.end.year + 1)
        if told.end.month >= 9 and same[0].month <= 3
        else place(told.end.year - 1)
        if told.end.month <= 2 and same[0].month >= 10
        else None
    )
    return turned or same


def _year(moment: Moment, now: Situation) -> Resolved:
    """A year, or a part of one; a part without a year is this year's, or last year's where this year's has not begun."""
    year, why = _written_year(moment, now)
    part = moment.part
    if part is None:
        if year is None:
            return unknown(why or "year unknown", "year")
        days = cal.year_days(year)
        return Resolved(*days, grain="year", reason=why) if days else unknown("no such year", "year")
    if part[0] in ("first ten", "middle ten", "last ten", "half month", "half week"):
        return _part_of_now(part, now)
    if part[0] == "same period":
        return _same_period(year, why, now)
    grain = "part" if part[0] in ("start of year", "end of year", "middle of year") else "range"
    if year is None and not why and now.told and now.told.year_written and now.block == now.told.block:
        year, why = now.told.start.year, "the year told before"
    if year is None and not why and now.review is not None and not now.plan:
        year, why = now.review, "the year under review"
    if year is None and not why:
        year, why = now.own_year, "the report's own date" if now.report else now.year_reason
        limit, days = now.report or now.limit, part_of_year(year, part) if year else None
        begun = days is None or limit is None or (days[0] <= limit and (part[0] != "first months" or days[1].replace(day=1) <= limit))
        if year and not begun and not now.plan and limit and (limit.month <= 3 or part[0] == "first months"):
            year -= 1
    if year and part == ("season", 3) and moment.year_shift == 0 and now.report and now.report.month <= 2 and why == "the report's own date":
        year -= 1
    if year is None:
        return unknown(why or "year unknown", grain)
    days = part_of_year(year, part)
    return Resolved(*days, grain=grain, reason=why) if days else unknown("no such part of the year", grain)


def _same_period(year: int | None, why: str, now: Situation) -> Resolved:
    """去年同期: the period that is being told, of that year; else from its first of January to the report's day."""
    if year is None:
        return unknown(why or "year unknown", "range")
    told = now.told
    if told is not None and told.grain in ("range", "part", "month") and told.start.year == told.end.year:
        first, last = told.start, told.end
    elif now.report is not None:
        first, last = now.report.replace(month=1, day=1), now.report
    else:
        return unknown("no period told before", "range")
    start, end = cal.make_day(year, first.month, first.day), cal.make_day(year, last.month, last.day) or cal.make_day(year, 2, 28)
    return Resolved(start, end, grain="range", reason="the period told before, of that year") if start and end else unknown("no such period", "range")


def _part_of_now(part: tuple[str, int], now: Situation) -> Resolved:
    """月底, 上半月, 下半周 of the month or week in which the report is written (月: in which the narrative is)."""
    base = now.told.end if now.told and now.told.grain != "year" and part[0] != "half week" and not now.report else now.report or now.limit
    if base is None:
        return unknown("the report's own date is unknown", "part")
    if part[0] == "half week":
        week = cal.week_days(base)
        days = ((week[0], week[0] + dt.timedelta(days=3)) if part[1] == 1 else (week[0] + dt.timedelta(days=3), week[1])) if week else None
    else:
        days = part_of_month(base.year, base.month, part)
    return Resolved(*days, grain="part", reason="the report's own date" if now.report else "the date told before") if days else unknown("no such part", "part")


def _shifted_month(moment: Moment, now: Situation) -> Resolved:
    base, why = _base_day(moment, now)
    if now.told and now.told.grain != "year" and moment.base == NARRATIVE:
        base, why = now.told.end, "the date told before"
    back = moment.month_shift == 0 or (moment.month_shift == -1 and now.compared)
    if now.review_month is not None and back and moment.base != NARRATIVE and not now.plan:
        base, why = now.review_month, "the month under review"
    if base is None:
        return unknown(why, "month")
    year, month = base.year + (moment.year_shift or 0), base.month
    if moment.quarter_shift is not None:
        first = 3 * ((month - 1) // 3 + moment.quarter_shift) + 1
        days, grain = joined(cal.month_days(year, first), cal.month_days(year, first + 2)), "range"
    else:
        whole = cal.month_days(year, month + (moment.month_shift or 0))
        if whole and moment.day is not None:
            day = cal.make_day(whole[0].year, whole[0].month, moment.day)
            days, grain = ((day, day) if day else None), "day"
        elif whole and moment.part:
            days, grain = part_of_month(whole[0].year, whole[0].month, moment.part), "part"
        else:
            days, grain = whole, "month"
    return Resolved(*days, grain=grain, reason=why) if days else unknown("no such day", grain)


def _off_the_telling(told: Told, report: dt.date) -> bool:
    """Whether what was told last (1至2月, 去年12月) is a look back from which a bare day is not counted."""
    single = told.start == told.end
    if told.since and (report - told.end).days > _SINCE_NEAR:
        return True
    return abs((report - told.end).days) >= 400 or (not single and ((told.end - told.start).days > 31 or (report - told.end).days > _LOOK_BACK))


def _strangeness(found: dt.date, told: Told, report: dt.date | None) -> float:
    """How strange it would be that a bare day after `told` is this one: telling goes on in time, seldom back, and news are of the last days."""
    if told.grain != "day" and told.start <= found <= told.end:
        return 0.0
    ahead = (found - told.end).days
    return (0.3 * ahead if ahead >= 0 else 5.0 - ahead) - (4.0 if report is not None and 0 <= (report - found).days <= 7 else 0.0)


def _bare_day(day: int, now: Situation) -> Resolved:
    """13日: in the month that is being told, near the day told last; else the last one before the report's own date."""
    told = now.told
    under = told is not None and told.block == now.section  # the heading above tells the month (7月)
    if told is not None and now.latest is not None and now.report is None and not under and (told.section != now.section or told.grain == "year"):
        told = Told(now.latest, now.latest, "day", False, now.block)
    if told is not None and told.grain != "year" and (now.report is None or not _off_the_telling(told, now.report)):
        options = [
            found
            for shift in (-1, 0, 1)
            if (whole := cal.month_days(told.end.year, told.end.month + shift)) and (found := cal.make_day(whole[0].year, whole[0].month, day))
        ]
        limit = now.report or now.limit
        if limit is not None and not now.plan:
            options = [found for found in options if found <= limit] or options
        if options:
            chosen = min(options, key=lambda found: _strangeness(found, told, now.report))
            return Resolved(chosen, chosen, reason="the month told before", confidence=0.9)
    base = now.report
    if base is None:
        return unknown("month unknown")
    options = [
        found
        for shift in range(-3, 3)
        if (whole := cal.month_days(base.year, base.month + shift)) and (found := cal.make_day(whole[0].year, whole[0].month, day))
    ]
    past, future = [f for f in options if f <= base], [f for f in options if f >= base]
    pick = future[0] if now.plan and future and (future[0] - base).days <= 20 else past[-1] if past else None
    return Resolved(pick, pick, reason="the month of the report's own date", confidence=0.9) if pick else unknown("month unknown")


def _week(moment: Moment, now: Situation) -> Resolved:
    if moment.week_shift is None:
        base, why = _base_day(moment, now)
        if base is None and now.told:
            base, why = now.told.end, "the date told before"
        shift = 0
    else:
        (base, why), shift = _base_day(moment, now), moment.week_shift
    if base is None:
        return unknown(why)
    if moment.week_shift == 0 and moment.weekday is None and moment.base == REPORT and base.weekday() == 0 and not now.plan:
        shift = -1  # 本周 of a report of Monday: nothing of this week lies behind it
    days = cal.week_days(base, shift)
    if days is None:
        return unknown("no such week")
    if moment.weekday is None:
        return Resolved(*days, grain="range", reason=why)
    if moment.weekday == 7:
        return Resolved(cal.shifted(days[0], 5), days[1], grain="range", reason=why)
    day = cal.shifted(days[0], moment.weekday)
    if moment.week_shift is None and day and day > base and not now.plan:
        day = cal.shifted(day, -7)
    return Resolved(day, day, reason=why) if day else unknown("no such week")


def _movable(moment: Moment, now: Situation) -> Resolved:
    """A lunar date, a festival, a solar term, with what hangs on it (期间, 前夕)."""

    def place(year: int) -> cal.Days | None:
        if moment.lunar is not None:
            month, day, leap = moment.lunar
            return cal.lunar_days(year, month or 1, day, leap)
        name = moment.festival or ""
        day_of = festival_day(name, year)
        if day_of is None:
            return None
        if moment.festival_part == "holiday":
            first, last = festivals()[name][1] or AROUND_WEEKEND[day_of.weekday()]
        else:
            first = last = {"eve": -1, "next": 1}.get(moment.festival_part, 0)
        start, end = cal.shifted(day_of, first), cal.shifted(day_of, last)
        return (start, end) if start and end else None

    year, why = _written_year(moment, now)
    if year is not None and moment.year is None:
        days = place(year)
        if days and days[0].year > year:
            year -= 1
    grain = "range" if moment.festival_part == "holiday" else "month" if moment.lunar and moment.lunar[1] is None else "day"
    return _placed(place, year, why, grain, now, moment.lunar is not None or (moment.festival or "").startswith(("大年", "年三十", "正月")))


def _counted(moment: Moment, now: Situation) -> Resolved:
    """三天前, 20天后, 近三年, 未来三天: calendar spans counted from the anchor."""
    count, unit, kind = moment.span or (0, "day", "")
    if kind == "so far" and count == 1:
        days = cal.year_days(now.review or now.year) if now.year else None
        if days and now.report and days[0] < now.report < days[1]:
            days = days[0], now.report
        return Resolved(*days, grain="year", reason="the year of the report") if days else unknown("the report's own year is unknown", "year")
    kind = "recent" if kind == "so far" else kind
    base = now.report
    if kind.startswith("ahead") and now.told is not None and now.told.grain in ("day", "hour", "range"):
        base = now.told.end
    if base is None:
        return unknown("the report's own date is unknown", "range")
    direction = 1 if kind.startswith(("ahead", "next")) else -1
    if kind.partition(" ")[0] in ("ago", "ahead"):
        days = unit_at(base, count * direction, unit)
        if days is None:
            return unknown("outside the calendar")
        if kind.endswith("open"):
            return Resolved(None if direction < 0 else days[0], days[1] if direction < 0 else None, grain="range", reason="counted from the report's own date")
        return Resolved(*days, grain=unit if unit in ("year", "month", "day") else "range", reason="counted from the report's own date")
    days = stretch(base, count, unit, kind)
    return Resolved(*days, grain="range", reason="counted from the report's own date") if days else unknown("outside the calendar", "range")


# whole expressions ---------------------------------------------------------------------------------------------------------------------


def resolve(expression: Expression, now: Situation) -> Resolved:
    """Resolve an expression with its range and bound.

    Source: annotation guide, section 2: …以来 / …起 / …以后 end with the report's own date if known; …前 with the day before, of a period's end with its last
    day; 截至X begins nowhere; 截至目前 ends with the report's own date.
    """
    if expression.first.now:
        return Resolved(None, now.report, grain="range", reason="until the report's own date" if now.report else "the report's own date is unknown")
    if expression.last is not None and expression.first.day is not None and expression.first.month is None and expression.last.month is not None:
        turned = expression.last.day is not None and expression.first.day > expression.last.day
        expression.first.month = (expression.last.month - 2) % 12 + 1 if turned else expression.last.month
    _date_by_its_end(expression, now)
    found = resolve_moment(expression.first, now)
    if expression.last is not None:
        return _ranged(expression.last, found, now)
    if expression.bound and found.start is None and found.end is None:
        found.grain = "range"
        return found
    return _bounded(expression, found, now)


def _date_by_its_end(expression: Expression, now: Situation) -> None:
    """1—11月 told in December are of the year in which the eleventh month last ended, not of the next January."""
    first, last = expression.first, expression.last
    if last is None or first.month is None or first.dated() or last.month is None or last.dated() or now.report is None or now.plan:
        return
    if now.told is not None and _carries(now):
        return
    end = resolve_moment(replace(last), now)
    if end.end is not None and end.end <= now.report and end.reason == "year from the report's own date":
        first.year = end.end.year - (1 if first.month > last.month else 0)


def _ranged(last: Moment, first: Resolved, now: Situation) -> Resolved:
    if last.now and first.start and now.report and first.start > now.report:
        return unknown("the range ends before it begins", "range")
    if last.now:
        return Resolved(
            first.start, now.report, first.hour_from, None, "range", first.reason if first.start else "the report's own date is unknown", first.confidence
        )
    if first.start is None:
        return unknown(first.reason, "range")
    if last.only_hours():
        first.hour_to = last.hour if last.hour != 24 else None
        return first
    second = _end_of_range(last, first.start, now)
    if second.end is None:
        return unknown(second.reason, "range")
    if second.end < first.start:
        return unknown("the range ends before it begins", "range")
    return Resolved(first.start, second.end, first.hour_from, second.hour_to, "range", first.reason, min(first.confidence, second.confidence))


def _end_of_range(last: Moment, start: dt.date, now: Situation) -> Resolved:
    """The second end takes year and month from the first; where that lies before it, the next month or year is meant."""
    last = replace(last)
    if last.base == NARRATIVE and (last.year_shift is not None or last.month_shift is not None or last.day_shift is not None):
        now = replace(now, told=Told(start, start, "day", True, now.block))
    if last.part is not None and last.part[0] in ("first ten", "middle ten", "last ten") and last.month is None and last.month_shift is None:
        last.year, last.month = start.year, start.month
        return resolve_moment(last, now)
    if last.month is None and last.day is not None and not last.dated():
        for shift in (0, 1):
            whole = cal.month_days(start.year, start.month + shift)
            last.year, last.month = (whole[0].year, whole[0].month) if whole else (start.year, start.month)
            found = resolve_moment(last, now)
            if found.end is not None and found.end >= start:
                break
        return found
    if last.year is None and last.year_shift is None and (last.month is not None or last.lunar or last.festival or last.part) and last.month_shift is None:
        for year in (start.year - 1, start.year, start.year + 1) if last.lunar or last.festival else (start.year, start.year + 1):
            last.year = year
            found = resolve_moment(last, now)
            if found.end is not None and found.end >= start:
                break
        return found
    if last.weekday is not None and last.week_shift is None:
        day = cal.shifted(start, (min(last.weekday, 6) - start.weekday()) % 7)
        return Resolved(day, day)
    return resolve_moment(last, now)


def _bounded(expression: Expression, found: Resolved, now: Situation) -> Resolved:
    bound = expression.bound
    if not bound:
        return found
    if bound in SINCE:
        begun = now.report is not None and found.start is not None and (found.start < now.report or (bound == "so far" and found.start == now.report))
        open_end = now.report if begun and (now.closes or bound == "so far") else None
        return Resolved(found.start, open_end, found.hour_from, None, "range", found.reason, found.confidence)
    if bound == "upto":
        if found.hour_from is not None:
            return found
        return Resolved(None, found.end, None, None, "range", found.reason, found.confidence)
    period = expression.first.part is not None and expression.first.part[0] in _LAST_DAY_PARTS
    end = found.end if period or found.start is None else cal.shifted(found.start, -1)
    return Resolved(None, end, None, None, "range", found.reason, found.confidence)
