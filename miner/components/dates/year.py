"""The calendar solver: in which year was the reported work done, and on which day was the report written?

In: the expressions of the report, the page's statements about its own date, the words of the text. Out: a :class:`Verdict` with year, own date, confidence and the
reasons. Every piece of evidence gives each year a score (about the natural logarithm of how much likelier the evidence is if the year is right); the
year with the highest sum wins if its share of the total is large enough, so a crawl date that five week days contradict is outvoted.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from miner.components.dates import calendar as cal
from miner.components.dates.expressions import Expression
from miner.components.dates.published import CURRENT, Candidate
from miner.components.dates.resolution import festival_day

FIRST_YEAR, LAST_YEAR = 1978, 2049
_DOCUMENT = re.compile(r"[〔\[(【]((?:19|20)\d\d)[〕\])】]第?\d+号")
_PLAN = re.compile(r"(?:计划|规划|到|力争|拟|将|预计|目标)$")
_ENOUGH = 0.4


@dataclass(slots=True)
class Evidence:
    """A piece of evidence: what it says, and its score for each year from :data:`FIRST_YEAR` on."""

    reason: str
    scores: dict[int, float]
    other: float = 0.0

    def score(self, year: int) -> float:
        """The score for a year."""
        return self.scores.get(year, self.other)


@dataclass(slots=True)
class Verdict:
    """The year and the own date of a report."""

    year: int | None = None
    confidence: float = 0.0
    reason: str = "the report gives no year"
    published: dt.date | None = None
    published_at: tuple[int, int] | None = None
    published_reason: str = ""
    limit: dt.date | None = None
    rejected: list[Candidate] = field(default_factory=list)


@cache
def _topics() -> list[tuple[re.Pattern[str], dt.date, dt.date | None]]:
    return [(re.compile(words), dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None) for words, start, end in cal.rows("topics.tsv")]


def solve(text: str, expressions: list[Expression], pages: list[Candidate], given: dt.date | None = None) -> Verdict:
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
        The own date as known beforehand (``--date``): decides.
    """
    if given is not None:
        return Verdict(given.year, 1.0, "given", given, None, "given", given)
    last_told = latest_told(expressions)
    evidence = [*_paired(expressions, last_told), *_written_years(text, expressions), *_leap_days(expressions), *_documents(text), *_page_evidence(pages)]
    if not evidence:
        return Verdict()
    topics = _topic_evidence(text)
    totals = {year: sum(e.score(year) for e in evidence) + sum(e.score(year) for e in topics) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    best = max(totals, key=lambda year: (totals[year], year))
    share = 1 / sum(math.exp(min(0.0, totals[year] - totals[best])) for year in totals)
    reasons = sorted((e for e in (*evidence, *topics) if e.score(best) > 0.3), key=lambda e: -e.score(best))
    if share < _ENOUGH or totals[best] <= 0 or not reasons:
        return Verdict(None, round(share, 3), "the evidence does not decide between years")
    reason = "; ".join(dict.fromkeys(e.reason for e in reasons[:3]))
    verdict = Verdict(best, round(share, 3), reason)
    verdict.limit = _limit(best, last_told)
    _choose_page(verdict, pages, last_told)
    return verdict


def latest_told(expressions: list[Expression]) -> tuple[int, int] | None:
    """Month and day told last on a year that turns: the one from which the other year-less days lie back least.

    A report of January that looks back on December ends in January; one that tells of every month ends in December.
    """
    days = sorted({(e.last or e.first).month * 100 + ((e.last or e.first).day or 1) for e in expressions  # type: ignore[operator]
                   if (e.last or e.first).month and (e.last or e.first).year is None and e.bound != "before" and not e.first.event and (e.last or e.first).month_shift is None})
    if not days:
        return None

    def back(day: int) -> int:
        return max((day - other) % 1300 for other in days)

    best = min(days, key=back)
    return best // 100, best % 100


def _limit(year: int, last_told: tuple[int, int] | None) -> dt.date:
    """The latest day of the telling, in its year; the end of the year where no day is told."""
    if last_told is None:
        return dt.date(year, 12, 31)
    days = cal.month_days(year, last_told[0])
    return days[1] if days else dt.date(year, 12, 31)


# evidence ------------------------------------------------------------------------------------------------------------------------------


def _paired(expressions: list[Expression], last_told: tuple[int, int] | None) -> Iterable[Evidence]:
    """A day without a year beside its week day, lunar date or festival."""
    for first, second in zip(expressions, expressions[1:]):
        if second.start - first.end > 3:
            continue
        for dated, other in ((first, second), (second, first)):
            moment, witness = dated.first, other.first
            if moment.month is None or moment.day is None or moment.event or dated.last is not None or other.last is not None or moment.year is not None:
                continue
            back = last_told is not None and (moment.month, moment.day) > last_told
            check = _witness(witness)
            if check is None:
                continue
            good = [year + back for year in range(FIRST_YEAR - 1, LAST_YEAR + 1)
                    if (day := cal.make_day(year, moment.month, moment.day)) and check(day)]
            name, gain, loss = ("week day", 1.9, -3.0) if witness.weekday is not None else ("lunar date", 3.4, -4.5)
            yield Evidence(f"{name} of {moment.month}-{moment.day}", dict.fromkeys(good, gain), loss)


def _witness(moment: object) -> object:
    from miner.components.dates.expressions import Moment

    assert isinstance(moment, Moment)
    if moment.weekday is not None and moment.weekday < 7 and moment.week_shift is None:
        weekday = moment.weekday
        return lambda day: day.weekday() == weekday
    if moment.lunar is not None and moment.lunar[0] and moment.lunar[1] and moment.year is None:
        month, number, leap = moment.lunar
        return lambda day: any(cal.lunar_days(y, month, number, leap) == (day, day) for y in (day.year, day.year - 1))
    if moment.festival is not None and not moment.festival_part and moment.year is None:
        name = moment.festival
        fixed = festival_day(name, 2019) == (festival_day(name, 2020) or dt.date.min).replace(year=2019) if festival_day(name, 2020) else True
        return None if fixed else (lambda day: day in (festival_day(name, day.year), festival_day(name, day.year - 1)))
    return None


def _written_years(text: str, expressions: list[Expression]) -> Iterable[Evidence]:
    """Years written in the text: work is told of in the latest year named, or the year after; plans may name later ones."""
    seen: dict[int, float] = {}
    for e in expressions:
        for moment in (e.first, e.last):
            if moment is None or moment.year is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
                continue
            planned = e.bound == "before" or _PLAN.search(text, max(0, e.start - 3), e.start)
            seen[moment.year] = max(seen.get(moment.year, 0.0), 0.0 if planned else 1.0 if moment.day else 0.9)
    for year, sure in sorted(seen.items()):
        scores = {y: -4.0 * sure for y in range(FIRST_YEAR, year)}
        scores |= {year: 1.6 if sure else 0.4, year + 1: 0.6, year + 2: 0.2}
        yield Evidence(f"{year} is named", scores, 0.0)


def _leap_days(expressions: list[Expression]) -> Iterable[Evidence]:
    for e in expressions:
        if any(m is not None and m.month == 2 and m.day == 29 and m.year is None for m in (e.first, e.last)):
            yield Evidence("29 February", {y: 1.4 for y in range(FIRST_YEAR, LAST_YEAR + 1) if cal.make_day(y, 2, 29)}, -5.0)
            return


def _documents(text: str) -> Iterable[Evidence]:
    for written in sorted({int(m[1]) for m in _DOCUMENT.finditer(text)}):
        scores = {y: -5.0 for y in range(FIRST_YEAR, written)} | {written: 1.8, written + 1: 1.0, written + 2: 0.3}
        yield Evidence(f"document number of {written}", scores, 0.0)


def _page_evidence(pages: list[Candidate]) -> Iterable[Evidence]:
    best: dict[int, Candidate] = {}
    for page in pages:
        if page.day.year not in best or best[page.day.year].weight < page.weight:
            best[page.day.year] = page
    for year, page in best.items():
        scores = {y: -6.0 for y in range(year + 1, LAST_YEAR + 1)}
        if page.weight > CURRENT:
            scores |= {year: page.weight, year - 1: page.weight * (0.55 if page.day.month <= 3 else 0.15)}
        yield Evidence(f"{page.reason} of {page.day.isoformat()}", scores, 0.0)


def _topic_evidence(text: str) -> list[Evidence]:
    found = []
    for words, start, end in _topics():
        if not words.search(text):
            continue
        scores = {y: -5.0 for y in range(FIRST_YEAR, start.year)}
        if end is not None:
            scores |= {y: 0.9 / (end.year - start.year + 1) ** 0.5 for y in range(start.year, end.year + 1)}
            scores |= {y: -0.25 * (y - end.year) for y in range(end.year + 1, LAST_YEAR + 1)}
        found.append(Evidence(f"speaks of what began on {start.isoformat()}", scores, 0.0))
    return found


# the own date --------------------------------------------------------------------------------------------------------------------------


def _choose_page(verdict: Verdict, pages: list[Candidate], last_told: tuple[int, int] | None) -> None:
    """Take the page's best statement that agrees with the year; the work's year is the one before where the telling lies behind a turn of the year."""
    assert verdict.year is not None
    fitting = []
    for page in pages:
        behind = page.day.year == verdict.year + 1 and page.day.month <= 4 and (last_told is None or last_told[0] >= 8)
        if page.weight > CURRENT and (page.day.year == verdict.year or behind):
            fitting.append(page)
        else:
            verdict.rejected.append(page)
    if not fitting:
        return
    chosen = max(fitting, key=lambda page: (page.weight, page.day if page.reason == "signature" else dt.date.min))
    stamps = [page.day for page in fitting if page.place is None]
    day = max(stamps) if chosen.place is None else chosen.day
    verdict.published, verdict.published_at, verdict.published_reason = day, chosen.place, chosen.reason
    verdict.limit = day
