"""Evidence for the year of a report: each piece gives every year a score.

In: the text, its expressions, the page's statements. Out: :class:`Evidence`; a score is about the natural logarithm of how much likelier the evidence is if
that year is the year of writing. :mod:`miner.components.dates.year` adds them up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from miner.components.dates import calendar as cal
from miner.components.dates.expressions import APPOSITION, SINCE, Expression, Moment, beside
from miner.components.dates.periods import festival_day
from miner.components.dates.published import CURRENT, UNSURE, Candidate

FIRST_YEAR, LAST_YEAR = 1978, 2049
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
_DOCUMENT = re.compile(r"[〔\[(【]((?:19|20)\d\d)[〕\])】](?:[\u4e00-\u9fff\d]{0,10}?[字初终执再刑民行])?第?\d+号")
_PLAN = re.compile(r"(?:计划|规划|到|力争|拟|将|预计|目标|至)$")
#: 2014年,我局将 …; 2020年工作打算: what follows the year lies ahead. 将 before 作为, 纳入 only marks an object.
_AHEAD_AFTER = re.compile(
    r"[,,]?[^,。;:!?\n]{0,14}?(?:(?:^|[\u4e00-\u9fff,])(?:将(?![^,。;\n]{1,14}(?:作为|纳入|列入|列为|打造成))|拟|计划(?!的|内|外)|力争|打算|准备)"
    r"|(?:重点)?工作(?:打算|计划|思路|安排|设想|展望|要点))"
)
#: 成立于1998年, 2018年7月建起的: when a house began, not when the work was done. 距2020年还有三年: a year that lies ahead.
_FOUNDED_BEFORE = re.compile(r"(?:建|成立|创办|创建|创立|组建|出生|生|落成|投产)于$|[自从]$")
_FOUNDED = re.compile(
    r"[^,。;!?\n]{0,8}?(?:建[厂院校站所成起立]?|成立|创办|创建|出生|落成|组建|投产|投用|开业|启用)[^,。;!?\n]{0,2}?的(?!基础)"
    r"|(?:\d{1,2}月)?(?:出生|建厂|建院|建校|建站|建所)"
    r"|[^,。;!?\n]{0,12}?(?:挂牌|出生|诞生)(?=[,。])"
)
_REVIEWED = re.compile(r"(?P<y>(?:19|20)\d\d)年度?[^,。;\n]{0,14}?(?:工作总结|述职|年报|工作报告|大事记|工作回顾|总结|工作情况)")
#: 中秋国庆假期(9月29日至10月6日): what may stand between a holiday and its days.
_HOLIDAY = re.compile(r"(?:节|、|和|国庆|中秋|双节|小?长假|假期|放假|期间|[(,:为])*")
_VALID = re.compile(r"有效期?[^。\n]{0,24}?[至到]$")
_LEFT_UNTIL = re.compile(r"(?:距离?|离|再过.{1,3}就是)(?:到)?$")
_CALL = re.compile(r"是[^。;\n]{0,24}?(?:之年|[一元]年)[,,]?[^。;\n]{0,14}?(?:必须|务必|将|要|须)")
_MUST = re.compile(r"要|须|完成|建成|实现|力争|全面|达到")
_COMPARED = re.compile(r"[比较]$")
_COMPARISON = re.compile(r"(?:的?同期)?(?:相比|相较|水平)")
_RIGHTS = re.compile(r"(?:©|Copyright|版权)[^。\n]{0,30}$", re.I)
#: What a plain statement of the page's own date weighs more than its place: two week days outvote it, a single slip does not.
_STATED = 2.0
#: By how much a year is less likely for each year between it and the day on which the page was called up.
_FADES = 0.2
#: Reports reach this package from these years; others are possible, but less likely.
_USUAL = range(2003, 2027)


@dataclass(slots=True)
class Evidence:
    """A piece of evidence: what it says, its score for some years, and for all others."""

    reason: str
    scores: dict[int, float]
    other: float = 0.0

    def score(self, year: int) -> float:
        """The score for a year."""
        return self.scores.get(year, self.other)


@cache
def usual_years() -> Evidence:
    """What is known before reading: most archives hold reports of these years."""
    early = {year: -0.15 * (_USUAL[0] - year) for year in range(FIRST_YEAR, _USUAL[0])}
    return Evidence("", dict.fromkeys(_USUAL, 0.0) | early | dict.fromkeys(range(_USUAL[-1] + 1, _USUAL[-1] + 5), -2.5), -7.0)


def paired_days(text: str, expressions: list[Expression], pages: list[Candidate], last_told: tuple[int, int] | None) -> Iterable[Evidence]:
    """A day without a year beside its week day, lunar date or festival; a page of the first months may tell of the whole year before."""
    seen = set()
    reviews = {page.year for page in pages if page.year is not None and page.weight > UNSURE and page.month <= 3}
    for dated, others in [*appositions(text, expressions), *_within_ranges(text, expressions)]:
        moment = dated.first
        if moment.month is None or moment.day is None or moment.year is not None:
            continue
        back = last_told is not None and (moment.month, moment.day) > last_told
        for other in others:
            check, name = witness(other.first)
            if check is None or (moment.month, moment.day, name) in seen:
                continue
            seen.add((moment.month, moment.day, name))
            good = [year + back for year in _fitting_years(moment.month, moment.day, other.first.weekday, other.first.lunar, other.first.festival)]
            good += [year + 1 for year in good if year + 1 in reviews]
            gain, loss = (1.9, -3.0) if name == "week day" else (3.4, -4.5)
            yield Evidence(f"{name} of {moment.month}-{moment.day}", dict.fromkeys(good, gain), loss)


@lru_cache(maxsize=4096)
def _fitting_years(month: int, day: int, weekday: int | None, lunar: tuple[int, int | None, bool] | None, festival: str | None) -> tuple[int, ...]:
    """The years in which a day has the other name that stands beside it; kept, since reports tell the same days again and again."""
    check, _ = witness(Moment(weekday=weekday, lunar=lunar, festival=festival))
    years = range(FIRST_YEAR - 1, LAST_YEAR + 1)
    return tuple([year for year in years if check is not None and (found := cal.make_day(year, month, day)) and check(found)])


def appositions(text: str, expressions: list[Expression]) -> Iterable[tuple[Expression, list[Expression]]]:
    """Each day written by month and day, with the other names of the same day that stand beside it."""
    for index, dated in enumerate(expressions):
        if dated.first.month is None or dated.first.day is None or dated.bound not in ("", "upto") or dated.first.event:
            continue
        whole = dated.last is not None  # a range stands beside a range (1月30日至2月5日,除夕至初六)
        others = []
        if (
            index
            and witness(expressions[index - 1].first)[0]
            and beside(text, expressions[index - 1], dated)
            and (expressions[index - 1].last is not None) == whole
        ):
            others.append(expressions[index - 1])
        end, before = dated.end, dated
        for other in expressions[index + 1 : index + 4]:
            close = beside(text, before, other) or APPOSITION.match(text[end : other.start][:20])
            if not close or (other.last is not None) != whole or witness(other.first)[0] is None:
                break
            others.append(other)
            before = other
            end = other.end + (text[other.end : other.end + 1] == ")")
        if others:
            yield dated, others


def _within_ranges(text: str, expressions: list[Expression]) -> Iterable[tuple[Expression, list[Expression]]]:
    """A day without its month inside a range told just before, with its other name (9月29日至10月6日,其中29日为农历八月十五)."""
    for whole, dated, other in zip(expressions, expressions[1:], expressions[2:], strict=False):
        day, first, last = dated.first.day, whole.first, whole.last
        if day is None or dated.first.month is not None or dated.last is not None or last is None or first.month is None or first.day is None:
            continue
        if dated.start - whole.end > 12 or not APPOSITION.match(text[dated.end : other.start][:20]) or witness(other.first)[0] is None:
            continue
        month = first.month if day >= first.day else last.month or first.month
        yield replace(dated, first=replace(dated.first, month=month)), [other]


def holidays_in_ranges(text: str, expressions: list[Expression]) -> Iterable[Evidence]:
    """A range of days beside the holiday that it spans (9月6日至8日中秋假期)."""
    pairs = [*pairwise(expressions), *((after, before) for before, after in pairwise(expressions) if _HOLIDAY.fullmatch(text, before.end, after.start))]
    for dated, other in pairs:
        first, last, name = dated.first, dated.last, other.first.festival
        if last is None or first.year is not None or first.month is None or first.day is None or last.day is None or name is None:
            continue
        if (dated.start < other.start and not beside(text, dated, other)) or witness(other.first, holiday=True)[0] is None:
            continue
        good = []
        for year in YEARS:
            start, end = cal.make_day(year, first.month, first.day), cal.make_day(year, last.month or first.month, last.day)
            day = festival_day(name, year)
            if start and end and day and start - dt.timedelta(1) <= day <= end + dt.timedelta(1):
                good.append(year)
        yield Evidence(f"{name} within {first.month}-{first.day} to {last.month or first.month}-{last.day}", dict.fromkeys(good, 2.4), -2.0)


def witness(moment: Moment, holiday: bool = False) -> tuple[Callable[[dt.date], bool] | None, str]:
    """A test that a day's week day, lunar date or movable festival is the one written; `holiday`: the days around the festival will do."""
    if moment.weekday is not None and moment.weekday < 7:
        weekday = moment.weekday
        return (lambda day: day.weekday() == weekday), "week day"
    if moment.lunar is not None and moment.lunar[0] and moment.lunar[1] and moment.year is None:
        month, number, leap = moment.lunar
        return (lambda day: any(cal.lunar_days(y, month, number, leap) == (day, day) for y in (day.year, day.year - 1))), "lunar date"
    if moment.festival is not None and (holiday or not moment.festival_part) and moment.year is None:
        name = moment.festival
        days = {(day.month, day.day) for year in (2019, 2020, 2021, 2022) if (day := festival_day(name, year))}
        if len(days) > 1:
            return (lambda day: day in (festival_day(name, day.year), festival_day(name, day.year - 1))), "festival"
    return None, ""


def written_years(text: str, expressions: list[Expression], pages: list[Candidate], last_told: tuple[int, int] | None) -> Iterable[Evidence]:
    """Years written in the text: a report is written in the latest year it tells of, or the year after; plans may name later ones."""
    since: set[int] = set()
    compared: set[int] = set()
    stated = {page.place for page in pages}
    told: dict[int, bool] = {}
    ahead: dict[int, bool] = {}
    for e in expressions:
        if (e.start, e.end) in stated or _RIGHTS.search(text, max(0, e.start - 40), e.start):
            continue
        for moment in (e.first, e.last):
            if moment is not None and moment.year is not None and FIRST_YEAR <= moment.year <= LAST_YEAR:
                if moment.day is None and (_COMPARED.search(text, max(0, e.start - 2), e.start) or _COMPARISON.match(text, e.end)):
                    compared.add(moment.year)
                    continue
                if _VALID.search(text, max(0, e.start - 30), e.start):
                    ahead[moment.year] = False
                    told.setdefault(moment.year, False)
                    continue
                if _FOUNDED.match(text, e.end) or (moment.day is None and (e.bound in SINCE or _FOUNDED_BEFORE.search(text, max(0, e.start - 4), e.start))):
                    since.add(moment.year)
                    continue
                if moment.month is None and _LEFT_UNTIL.search(text, max(0, e.start - 8), e.start):
                    ahead[moment.year] = False
                    told.setdefault(moment.year, False)
                    continue
                planned = (e.bound == "before" and bool(_MUST.search(text, e.end, e.end + 12))) or (
                    bool(_PLAN.search(text, max(0, e.start - 3), e.start)) and moment.day is None
                )
                told[moment.year] = told.get(moment.year, False) or not planned
                coming = moment.day is None and (_AHEAD_AFTER.match(text, e.end, e.end + 40) or _CALL.match(text, e.end, e.end + 60))
                ahead[moment.year] = ahead.get(moment.year, True) and (planned or bool(coming))
    for year, is_ahead in ahead.items():
        if is_ahead and told.get(year - 1):
            told[year] = False
    sure = [year for year, is_told in told.items() if is_told]
    if sure:
        top = max(sure)
        scores = dict.fromkeys(range(FIRST_YEAR, top), -4.0) | {top: 2.6, top + 1: 1.2, top + 2: -0.6, top + 3: -1.2}
        yield Evidence(f"{top} is the latest year told of", scores, -1.8)
    elif since:
        top = max(since)
        yield Evidence(f"{top} is named as past", dict.fromkeys(range(FIRST_YEAR, top), -4.0) | {top: 0.5, top + 1: 0.4}, 0.0)
    if compared:
        top = max(compared)
        scores = dict.fromkeys(range(FIRST_YEAR, top + 1), -3.0) | {top: 0.0, top + 1: 2.4, top + 2: 0.6}
        yield Evidence(f"{top} is compared with", scores, 0.0)
    for year in sorted(set(told) - set(sure))[:3]:
        yield Evidence(f"{year} lies ahead", {year: 0.2, year - 1: 0.5, year - 2: 0.3}, 0.0)


def neighbours(text: str, expressions: list[Expression], pages: list[Candidate]) -> Iterable[Evidence]:
    """Years in the headlines of neighbouring pages (上一篇:2016年2月办理情况): the page is of about that time, which decides between years that fit equally."""
    stated = {page.place for page in pages}
    years = {
        e.first.year
        for e in expressions
        if e.first.year is not None and (e.start, e.end) not in stated and not _RIGHTS.search(text, max(0, e.start - 40), e.start) and e.last is None
    }
    if len(years) == 1:
        year = years.pop()
        yield Evidence(f"a neighbouring page speaks of {year}", {year - 1: 0.6, year: 1.6, year + 1: 0.6}, 0.0)


def reviewed_years(text: str, titles: list[tuple[int, int]]) -> Iterable[Evidence]:
    """A title that names the year it looks back on: 驻村工作队2019年工作总结 is written at its end, or in the first months after it."""
    for start, end in titles[:3]:
        if m := _REVIEWED.search(text, start, end):
            year = int(m["y"])
            yield Evidence(m[0], dict.fromkeys(range(FIRST_YEAR, year), -4.0) | {year: 3.0, year + 1: 2.4}, -2.0)
            return


def leap_days(expressions: list[Expression]) -> Iterable[Evidence]:
    """2月29日 without a year."""
    for e in expressions:
        if any(m is not None and m.month == 2 and m.day == 29 and m.year is None for m in (e.first, e.last)):
            yield Evidence(
                "29 February", {y: 1.4 if cal.make_day(y, 2, 29) else -1.0 for y in YEARS if cal.make_day(y, 2, 29) or cal.make_day(y - 1, 2, 29)}, -5.0
            )
            return


def documents(text: str) -> Iterable[Evidence]:
    """Numbers of documents (〔2020〕225号): a report is not older than the papers it cites."""
    written = {int(m[1]) for m in _DOCUMENT.finditer(text)}
    if written:
        top = max(written)
        scores = dict.fromkeys(range(FIRST_YEAR, top), -5.0) | {top: 2.2, top + 1: 1.0, top + 2: 0.0, top + 3: -0.7}
        yield Evidence(f"document number of {top}", scores, -1.2)


def page_statements(pages: list[Candidate], last_told: tuple[int, int] | None) -> Iterable[Evidence]:
    """The page's own date: the work is of that year; a day on which the page was called up is only a latest one, unless the days told end just before it.

    Pages are called up while they are of interest, so of years that fit equally well the nearest is the likeliest.
    Days told that end within three weeks before a day of another year do so by chance in one case of seventeen, and for the day of writing in most.
    """
    best: dict[int, Candidate] = {}
    for page in pages:
        if page.year is not None and (page.year not in best or best[page.year].weight < page.weight):
            best[page.year] = page
    for year, page in best.items():
        scores = {} if page.reason == "given" else dict.fromkeys(range(year + 1, LAST_YEAR + 1), -6.0)
        if page.weight <= CURRENT:
            scores |= {y: -_FADES * (year - y) for y in range(FIRST_YEAR, year)}
        if page.weight > CURRENT:
            scores[year] = min(page.weight, UNSURE) if _far(page, last_told) else page.weight + (_STATED if page.weight > UNSURE else 0.0)
        elif last_told and _just_before(last_told, page, year):
            scores[year] = 3.0
        yield Evidence(f"{page.reason} of {year}-{page.month:02d}-{page.day:02d}", scores, 0.0)


def _far(page: Candidate, told: tuple[int, int] | None) -> bool:
    """A moment to the minute or second that lies more than two months after the last day told may be that of a copy."""
    day = page.in_year(page.year) if page.year is not None and page.timed else None
    last = cal.make_day(day.year, *told) if day and told else None
    if day is None or last is None:
        return False
    return (day - last).days % 365 > 60


def _just_before(told: tuple[int, int], page: Candidate, year: int) -> bool:
    day, last = page.in_year(year), cal.make_day(year, *told)
    return day is not None and last is not None and 0 <= (day - last).days <= 20


@cache
def _topics() -> tuple[AhoCorasick, list[int], list[Evidence]]:
    """The automaton that finds all words, the topic of each word, and the evidence of each topic."""
    topic_of: dict[str, int] = {}
    evidence = []
    for index, (words, *days) in enumerate(cal.rows("topics.tsv")):
        topic_of.update(dict.fromkeys(words.split("|"), index))
        start = dt.date.fromisoformat(days[0])
        scores = dict.fromkeys(range(FIRST_YEAR, start.year), -5.0)
        if len(days) > 1 and days[1]:
            last = int(days[1][:4])
            scores |= dict.fromkeys(range(start.year, last + 1), 0.9 / (last - start.year + 1) ** 0.5)
            scores |= {y: -0.5 * (y - last) for y in range(last + 1, LAST_YEAR + 1)}
        evidence.append(Evidence(f"speaks of what began on {start.isoformat()}", scores, 0.0))
    finder = AhoCorasick(list(topic_of), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
    return finder, list(topic_of.values()), evidence


def topics(text: str) -> list[Evidence]:
    """Words that reports use only from a certain day on."""
    finder, topic_of, evidence = _topics()
    return [evidence[index] for index in sorted({topic_of[word] for word, _, _ in finder.find_matches_as_indexes(text)})]
