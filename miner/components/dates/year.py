"""The calendar solver: the year in which the reported work was done, and the day on which the report was written.

In: the expressions of the report, the page's statements about its own date, the words of the text. Out: a :class:`Verdict` with year, own date,
confidence and reasons. The year with the highest sum of evidence wins if its share of the total is large enough, so a crawl date that five week days
contradict is outvoted; else the year stays unknown.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field

from miner.components.dates import calendar as cal
from miner.components.dates import evidence as ev
from miner.components.dates import occasions as oc
from miner.components.dates.expressions import Expression
from miner.components.dates.outside import Outside, given_page
from miner.components.dates.periods import festival_day
from miner.components.dates.planning import planned
from miner.components.dates.published import BYLINE, CURRENT, PICTURE, Candidate

_WEEKS = dt.timedelta(days=75)
_YESTERDAY = re.compile(r"(?<![“‘])昨(?!夜今晨|今)")
_WIRE = re.compile(r"[讯電电](?=[\s(]|记者|\d)|[讯電电]$|讯\([^()\n]{0,30}\)$")
#: How far behind the lead's day 昨天 may stand.
_LEAD = 400
#: The winning year must hold this share of all years' weight.
ENOUGH = 0.4


@dataclass(slots=True)
class Verdict:
    """The year in which a report was written, its own date, and the latest day it can speak of as past."""

    year: int | None = None
    confidence: float = 0.0
    reason: str = "the report gives no year"
    published: dt.date | None = None
    published_at: tuple[int, int] | None = None
    published_reason: str = ""
    limit: dt.date | None = None
    rejected: list[Candidate] = field(default_factory=list)


def solve(
    text: str, expressions: list[Expression], pages: list[Candidate], given: dt.date | None = None, around: Outside | None = None, anchored: bool = False,
    body: str | None = None,
) -> Verdict:
    """Work out year and own date of a report.

    Parameters
    ----------
    text
        Clean text.
    expressions
        Its calendar expressions.
    pages
        What the page says of its own date.
    given
        The own date as known beforehand (``--date``): decides unless the page states another day; then it is one statement among others.
    around
        What is said outside the text.
    anchored
        `given` decides whatever the text states.
    body
        The text without page furniture, whose words (上一篇, 热点专题) may be of another year; None where it has none.
    """
    around = around or Outside()
    if given is not None:
        stated = any(page.year is not None and page.weight >= BYLINE and page.in_year(page.year) != given for page in pages)
        if anchored or not stated:
            return Verdict(given.year, 1.0, "given", given, None, "given", given)
        pages = [*pages, given_page(given)]
    pages = [*pages, *around.pages]
    last_told = latest_told(text, expressions)
    words = text if body is None else body
    strong = [
        *ev.paired_days(text, expressions, pages, last_told),
        *ev.written_years(text, expressions, pages, last_told),
        *ev.holidays_in_ranges(text, expressions),
        *ev.leap_days(expressions),
        *ev.documents(text),
        *ev.page_statements(pages, last_told),
        *oc.evidence(text, words, expressions, pages),
        *around.evidence,
    ]
    if not strong:
        return Verdict()
    evidence = [*strong, *ev.topics(words), ev.usual_years()]
    totals = _totals(evidence)
    top = max(totals)
    best = ev.LAST_YEAR - totals[::-1].index(top)
    share = 1 / sum([math.exp(total - top) for total in totals], 0.0)
    reasons = sorted((e for e in evidence if e.score(best) > 0.3), key=lambda e: -e.score(best))
    if share < ENOUGH or top <= -1.0 or not reasons:
        return Verdict(None, round(share, 3), "the evidence does not decide between years", rejected=pages)
    reason = "; ".join(dict.fromkeys(e.reason for e in reasons[:3]))
    verdict = Verdict(best, round(share, 3), reason)
    verdict.limit = _extended(_limit(best, last_told), text, expressions)
    _choose_page(verdict, [*pages, *around.names], last_told)
    if verdict.published is None:
        _day_after(verdict, text, expressions)
    if verdict.published is None and around.latest is not None and around.latest.year == best:
        verdict.limit = min(verdict.limit, around.latest)
    return verdict


def _totals(evidence: list[ev.Evidence]) -> list[float]:
    """The sum of all scores of each year, from the first year on."""
    first, last = ev.FIRST_YEAR, ev.LAST_YEAR
    totals = [sum([e.other for e in evidence], 0.0)] * len(ev.YEARS)
    for e in evidence:
        other = e.other
        for year, score in e.scores.items():
            if first <= year <= last:
                totals[year - first] += score - other
    return totals


def latest_told(text: str, expressions: list[Expression]) -> tuple[int, int] | None:
    """Month and day told last on a year that turns: the one from which the other year-less days lie back least.

    A report of January that looks back on December ends in January; one that tells of every month ends in December.
    """
    days = set()
    for e in expressions:
        moment = e.last if e.last is not None and e.last.month is not None else e.first
        if (
            moment.month is not None
            and moment.year is None
            and moment.year_shift is None
            and e.bound != "before"
            and not moment.event
            and not planned(text, e, 0, len(text))
        ):
            days.add(moment.month * 100 + (moment.day or 1))
    if not days:
        return None

    def back(day: int) -> int:
        return max((day - other) % 1300 for other in days)

    best = min(sorted(days), key=back)
    return best // 100, best % 100


def _limit(year: int, last_told: tuple[int, int] | None) -> dt.date:
    """The latest day of the telling, in its year; the end of the year where no day is told."""
    days = cal.month_days(year, last_told[0]) if last_told else None
    return days[1] if days else dt.date(year, 12, 31)


def _extended(limit: dt.date, text: str, expressions: list[Expression]) -> dt.date:
    """The limit, moved on to the movable festivals and lunar dates told as past within the next weeks (…9月17日… 重阳节那天 …)."""
    for e in expressions:
        m = e.first
        if (m.festival is None and (m.lunar is None or m.lunar[1] is None)) or m.year is not None or e.bound == "before" or m.festival_part == "eve":
            continue
        if planned(text, e, 0, len(text)):
            continue
        if m.festival is not None:
            day = festival_day(m.festival, limit.year)
        elif m.lunar is not None and m.lunar[1] is not None:
            days = cal.lunar_days(limit.year, m.lunar[0] or 1, m.lunar[1], m.lunar[2])
            day = days[0] if days else None
        else:
            continue
        if day is not None and dt.timedelta(0) < day - limit <= _WEEKS:
            limit = day
    return limit


def _day_after(verdict: Verdict, text: str, expressions: list[Expression]) -> None:
    """A newspaper's 昨天: the day before the own date is the day told in the lead that it stands beside (本报讯12月19日 … 昨启动)."""
    lead = None
    for e in expressions:
        m = e.first
        if m.month is not None and m.day is not None and e.last is None and not e.bound and not m.event and lead is None:
            lead = e
    if lead is None or verdict.year is None:
        return
    day = cal.make_day(lead.first.year or verdict.year, lead.first.month or 1, lead.first.day or 1)
    beside = text.find("\n", lead.end, lead.end + _LEAD)
    first, last = lead.start, min(lead.end + _LEAD, beside if beside >= 0 else len(text))
    if wire := _WIRE.search(text, max(0, lead.start - 40), lead.start):
        first, last = max(0, wire.start() - 40), min(lead.end + _LEAD, len(text))
    if day is not None and _YESTERDAY.search(text, first, last):
        verdict.published, verdict.published_reason = cal.shifted(day, 1), "the day after the lead's, which is called yesterday"
        verdict.limit = verdict.published


def _choose_page(verdict: Verdict, pages: list[Candidate], last_told: tuple[int, int] | None) -> None:
    """Take the page's best statement that agrees with the year and does not lie long before what is told."""
    assert verdict.year is not None
    fitting: list[tuple[Candidate, dt.date]] = []
    for page in pages:
        day = page.in_year(verdict.year)
        if day and page.weight > CURRENT and page.reason != PICTURE and day.year == verdict.year and not _precedes(day, page, last_told):
            fitting.append((page, day))
        else:
            verdict.rejected.append(page)
    if not fitting:
        return
    chosen, day = max(fitting, key=lambda pair: (pair[0].weight - (0 if pair[0].year else 1.5), pair[1] if pair[0].reason == "signature" else dt.date.min))
    if chosen.place is None:
        day = max(day for page, day in fitting if page.place is None and page.weight == chosen.weight)
    verdict.published, verdict.published_at, verdict.published_reason, verdict.limit = day, chosen.place, chosen.reason, day


def _precedes(day: dt.date, page: Candidate, last_told: tuple[int, int] | None) -> bool:
    """A year-less date is not the page's if later days are told as past."""
    return page.year is None and last_told is not None and (day.month, day.day) < last_told
