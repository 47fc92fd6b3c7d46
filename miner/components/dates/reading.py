"""Reads the dates of a report: finds, works out the year, resolves, marks frames.

In: findings with layout, hints and identifiers. Out: ``findings.dates`` and the date facts of the report (``published``, ``year`` and their reasons).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from miner.components.dates.evidence import appositions, neighbours, reviewed_years, witness
from miner.components.dates.expressions import REPORT, SINCE, WORK, Expression, Moment, beside
from miner.components.dates.frames import set_governed
from miner.components.dates.grammar import Grammar
from miner.components.dates.outside import outside
from miner.components.dates.planning import planned
from miner.components.dates.published import UNSURE, Candidate, candidates
from miner.components.dates.resolution import resolve
from miner.components.dates.situation import Resolved, Situation, Told
from miner.components.dates.year import Verdict, solve
from miner.document.findings import Findings
from miner.document.mentions import Date
from miner.layout.model import Block, Layout
from miner.layout.positions import holding

_PLAN_HEADING = re.compile(r"打算|下一步|下步|下阶段|工作安排|工作计划|工作思路|今后|努力方向")
_LOOKS_BACK = re.compile(r"总结|回顾|情况|报告|汇报|成效")
_REVIEW = re.compile(r"总结|述职|大事记|回顾|工作报告|工作汇报|年度")
_YEAR_GONE = re.compile(rf"{_REVIEW.pattern}|一年来|今年以来|全年")  # of the year that ends: its January lies behind, not ahead
_REVIEWED = re.compile(r"度?[^,。;!?\n]{0,14}?(?:工作|总结|报告|述职|收支|情况|统计|年报|大事记|回顾|决算|考核|公报|成绩单|一览)")
_COMPARED = re.compile(r"(?:比|较|同比|与|相比|相较|高于|低于|超过|超)$")
#: How far the head of a report reaches.
_HEAD = 400
#: By this day of the next month a month's report is out.
_MONTHLY_REVIEW = 15
_THAT_ONE = re.compile(r"[那这][场次起批份趟回]")
#: 为迎接7月1日建党节, 喜迎国庆, 为确保6月25日庆典顺利举行: what is done for that day is not done on it.
_AIM = re.compile(
    r"(?:(?:迎接|喜迎|备战|为了|为(?:庆祝|纪念|确保|做好|保障|保证|应对|防止|防范|防御|配合|方便|贯彻|落实|推进))[^,。;:!?\n]{0,10})\Z")
_AIMED = re.compile(r"[^,。;:!?\n]{0,16}[,”]")
_LONGEST_AIM = 14
_GIVEN_UP = re.compile(r"(?:取消|放弃|牺牲|推迟|终止|舍弃|缩短|顾不上|没有过?)[^,。;:!?\n]{0,10}$")  # 取消全体干部春节休假: of no day is told
_GIVING_UP = 14
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LINK = re.compile(r"[、和及与,(]?$")
#: How far behind the closing quotation mark the day of the words may begin.
_SPOKEN = 3
#: How many dates ahead it is looked for.
_AHEAD = 5
_OPENING, _CLOSING = "“「『", "”」』"
#: Identifiers that are no dates; ordinals are left to the grammar (第一季度).
_FREE = ("ordinal",)


def read_dates(findings: Findings, bare: bool = False) -> None:
    """Fill ``findings.dates`` and the date facts of ``findings.facts``. Never raises on any text.

    Parameters
    ----------
    findings
        With layout, hints and identifiers.
    bare
        The text is no report: the day given in the hints is an anchor, not the day of writing.
    """
    layout = findings.layout
    blocked = [(start, end) for start, end, kind in findings.identifiers if kind not in _FREE]
    expressions = Grammar(layout.text, blocked).expressions()
    pages = candidates(layout, expressions)
    told, beside = _told(layout, expressions, pages)
    around = outside(findings.hints)
    around.evidence.extend(neighbours(layout.text, beside, pages))
    around.evidence.extend(reviewed_years(layout.text, [(block.start, block.end) for block in layout.blocks if block.kind == "heading" and block.level <= 1]))
    verdict = solve(layout.text, told, pages, findings.hints.published, around, bare, _body(layout))
    _facts(findings, verdict)
    reader = _Reader(findings, verdict, pages, bare)
    reader.situation.review_month = None if bare else _reviewed_month(layout, expressions, verdict.published)
    reader.situation.review = None if bare else _reviewed(layout.text, expressions, verdict)
    findings.dates = reader.read(expressions)
    if reader.situation.review is not None:
        findings.facts.year, findings.facts.year_reason = reader.situation.review, f"the year under review; {verdict.reason}"
    elif not bare:
        _year_of_work(findings)


def _told(layout: Layout, expressions: list[Expression], pages: list[Candidate]) -> tuple[list[Expression], list[Expression]]:
    """The expressions of the report, and those in page furniture: 上一篇:县局召开2021年度会议 tells only of the neighbourhood."""
    furniture = [(block.start, block.end) for block in layout.blocks if block.kind == "furniture"]
    starts = [start for start, _ in furniture]
    trusted = {page.place for page in pages if page.weight > UNSURE}
    told: list[Expression] = []
    beside: list[Expression] = []
    for e in expressions:
        index = holding(starts, e.start)
        within = index >= 0 and e.start < furniture[index][1] and (e.start, e.end) not in trusted
        (beside if within else told).append(e)
    return told, beside


def _body(layout: Layout) -> str | None:
    """The text without page furniture; None where it has none."""
    if not any(block.kind == "furniture" for block in layout.blocks):
        return None
    return "\n".join(layout.text[block.start : block.end] for block in layout.blocks if block.kind != "furniture")


def _facts(findings: Findings, verdict: Verdict) -> None:
    facts = findings.facts
    facts.published, facts.published_at, facts.published_reason = verdict.published, verdict.published_at, verdict.published_reason
    facts.year, facts.year_reason, facts.year_confidence = verdict.year, verdict.reason, verdict.confidence
    if verdict.published is None and verdict.rejected:
        page = max(verdict.rejected, key=lambda page: page.weight)
        facts.published_reason = f"rejected: {page.reason} of {page.year or '?'}-{page.month:02d}-{page.day:02d}"


def _reviewed(text: str, expressions: list[Expression], verdict: Verdict) -> int | None:
    """The year under review: a report of the first months, or of an unknown day, whose head names the year before (2016年工作总结, 报告2016年的工作)."""
    if verdict.year is None or (verdict.published is not None and verdict.published.month > 3):
        return None
    written = verdict.published.year if verdict.published else verdict.year
    last = written - 1
    for e in expressions:
        if e.start > _HEAD:
            break
        m = e.first
        year = m.year if m.year is not None else written + m.year_shift if m.year_shift is not None and m.base == REPORT else None
        alone = e.last is None and not e.bound and m.month is None and m.day is None and m.part is None
        if alone and year == last and _REVIEWED.match(text, e.end) and not _COMPARED.search(text, max(0, e.start - 3), e.start):
            return last
    return None


def _reviewed_month(layout: Layout, expressions: list[Expression], published: dt.date | None) -> dt.date | None:
    """The first day of the month under review: a list put up in the first days of a month whose title names the month before (10月份…清单)."""
    if published is None or published.day > _MONTHLY_REVIEW:
        return None
    last = published.replace(day=1) - dt.timedelta(days=1)
    titles = [(block.start, block.end) for block in layout.blocks if block.kind == "heading" and block.level <= 1][:2]
    for e in expressions:
        m = e.first
        if e.start > _HEAD:
            break
        if m.month == last.month and m.day is None and m.part is None and e.last is None and not e.bound and any(a <= e.start < b for a, b in titles):
            return last.replace(day=1)
    return None


def _year_of_work(findings: Findings) -> None:
    """The year of the work where it is not the year of writing: a report of January tells of the year before.

    Source: annotation guide, section 5 (``year``).
    """
    facts = findings.facts
    if facts.year is None or (facts.published is not None and facts.published.month > 4):
        return
    headings = [(block.start, block.end) for block in findings.layout.blocks if block.kind == "heading" and block.level <= 1][:3]
    votes: Counter[int] = Counter()
    for date in findings.dates:
        if not date.frame or date.date_from is None or date.grain == "hour" or date.confidence < 0.5:
            continue
        if facts.published_at and date.start == facts.published_at[0]:
            continue
        head = any(start <= date.start < end for start, end in headings)
        if date.grain == "year" and not head:
            continue
        votes[date.date_from.year] += 4 if head else 1
    if votes[facts.year - 1] > votes[facts.year]:
        facts.year -= 1
        facts.year_reason = f"most of what is told was done in {facts.year}; written in {facts.year + 1}: {facts.year_reason}"


def _planning(text: str, blocks: list[Block]) -> set[int]:
    """The blocks of sections whose heading announces plans (三、2023年工作打算)."""
    found: set[int] = set()
    level: int | None = None
    for index, block in enumerate(blocks):
        if block.kind == "heading" and (level is None or block.level <= level):
            title = text[block.start : block.end]
            level = block.level if _PLAN_HEADING.search(title) and not _LOOKS_BACK.search(title) else None
        if level is not None:
            found.add(index)
    return found


def _all(checks: list[Callable[[dt.date], bool]]) -> Callable[[dt.date], bool]:
    return lambda day: all(check(day) for check in checks)


class _Reader:
    """Resolves expressions in reading order, with the date told last as state."""

    def __init__(self, findings: Findings, verdict: Verdict, pages: list[Candidate], bare: bool = False) -> None:
        self.layout, self.verdict = findings.layout, verdict
        self.text = findings.layout.text
        self.blocks = findings.layout.blocks or [Block(0, len(self.text))]
        self.block_starts = [block.start for block in self.blocks]
        self.page_places = {page.place for page in pages if page.place and (page.year is not None or page.place == verdict.published_at)}
        self.told: Told | None = None
        self.article = -1
        self.planning = _planning(self.text, self.blocks)
        self.witnesses: dict[int, Callable[[dt.date], bool]] = {}
        self.previous: tuple[Expression, Resolved] | None = None
        given = verdict.reason == "given"
        self.situation = Situation(
            verdict.published, verdict.limit, verdict.year, verdict.reason if not given else "the report's own date", verdict.confidence, closes=not bare
        )
        month = verdict.published.month if verdict.published else 0
        review = (0 < month < 4 and _REVIEW.search(self.text, 0, _HEAD)) or (month > 10 and _YEAR_GONE.search(self.text, 0, _HEAD))
        self.situation.near = 0 if review else 45

    def read(self, expressions: list[Expression]) -> list[Date]:
        """The dates, in order."""
        for dated, others in appositions(self.text, expressions):
            checks = [check for other in others if (check := witness(other.first)[0])]
            self.witnesses[dated.start] = _all(checks)
        counted = [expression for expression in expressions if self._counts(expression)]
        dates = [self._date(expression, counted[index : index + _AHEAD]) for index, expression in enumerate(counted, 1)]
        set_governed(self.text, counted, dates, self.situation.report)
        return dates

    def _counts(self, expression: Expression) -> bool:
        """In bylines and page furniture only dates written out count; a name there (付立冬, 春节值班表) is none."""
        block = self.blocks[max(holding(self.block_starts, expression.start), 0)]
        moment = expression.first
        written = (moment.year, moment.month, moment.weekday, moment.hour, moment.lunar and moment.lunar[1])
        return block.kind not in ("byline", "furniture") or any(value is not None for value in written)

    def _date(self, expression: Expression, following: list[Expression]) -> Date:
        index = holding(self.block_starts, expression.start)
        block = self.blocks[max(index, 0)]
        if block.article != self.article:
            self.article, self.told, self.previous, self.situation.latest, self.situation.single = block.article, None, None, None, None
        now = self.situation
        now.told, now.block, now.section, now.witness = self.told, index, block.section, self.witnesses.get(expression.start)
        now.sentence = bisect_right(self.layout.sentences, (expression.start, len(self.text) + 1)) - 1
        now.counts_up = expression.bound == "upto"
        now.compared = bool(_COMPARED.search(self.text, max(0, expression.start - 3), expression.start))
        now.plan = planned(self.text, expression, block.start, block.end, index in self.planning)
        now.quoted = self._quoted(expression, block)
        if now.quoted:
            now.told = self._spoken_on(expression, following, block) or now.told
        resolved = self._same_day(expression) or self._listed(expression, now) or resolve(expression, now)
        if following and expression.first.day_shift == 0 and expression.first.base == REPORT:
            resolved = self._today(expression, following[0], resolved)
        frame = self._frames(expression, block)
        if frame and block.kind not in ("byline", "furniture"):
            self._tell(expression, resolved, index)
        self.previous = (expression, resolved)
        return Date(
            expression.start,
            expression.end,
            self.text[expression.start : expression.end],
            resolved.start,
            resolved.end,
            resolved.hour_from,
            resolved.hour_to,
            resolved.grain,
            resolved.reason,
            resolved.confidence,
            frame,
            bool(expression.bound in SINCE or expression.bound == "upto" or expression.first.now),
        )

    def _quoted(self, expression: Expression, block: Block) -> bool:
        if expression.first.day_shift is None and expression.first.year_shift is None:
            return False
        stretch = self.text[max(block.start, expression.start - 200) : expression.start]
        return max(map(stretch.rfind, _OPENING)) > max(map(stretch.rfind, _CLOSING))

    def _today(self, expression: Expression, following: Expression, resolved: Resolved) -> Resolved:
        """今天是星期六 in a text of Monday is the Saturday before: told as if on the day itself."""
        weekday = following.first.weekday
        if resolved.start is None or weekday is None or weekday > 6 or following.first.week_shift is not None or not beside(self.text, expression, following):
            return resolved
        day = resolved.start - dt.timedelta(days=(resolved.start.weekday() - weekday) % 7)
        return replace(resolved, start=day, end=day, reason="the week day beside it", confidence=0.8) if day != resolved.start else resolved

    def _spoken_on(self, expression: Expression, following: list[Expression], block: Block) -> Told | None:
        """The day behind the closing quotation mark (“今天钱就到了。”5月20日,财务总监说), on which the words were spoken."""
        closed = next((at for at in range(expression.end, block.end) if self.text[at] in _CLOSING), None)
        if closed is None:
            return None
        said = next((e for e in following if 0 < e.start - closed <= _SPOKEN and e.first.month is not None and e.first.day is not None), None)
        if said is None:
            return None
        day = resolve(replace(said, first=replace(said.first), bound="", last=None), replace(self.situation, quoted=False)).start
        return Told(day, day, "day", True, self.situation.block) if day else None

    def _same_day(self, expression: Expression) -> Resolved | None:
        """A week day, lunar date or festival directly after a day is that day (1月27日,农历大年初三)."""
        if self.previous is None or expression.last is not None or expression.bound:
            return None
        before, found = self.previous
        moment = expression.first
        if found.start is None or found.start != found.end or before.first.event:
            return None
        if not beside(self.text, before, expression):
            return None
        weekday = moment.weekday is not None and moment.weekday < 7 and moment.week_shift is None and before.first.weekday is None
        if weekday or ((moment.lunar is not None or (moment.festival is not None and not moment.festival_part)) and before.first.day is not None):
            if weekday and found.start.weekday() != moment.weekday:
                return Resolved(found.start, found.end, reason="beside its day, whose week day it is not", confidence=0.5)
            return Resolved(found.start, found.end, reason="beside its day")
        return None

    def _listed(self, expression: Expression, now: Situation) -> Resolved | None:
        """In a list the later date takes year and month from the one before (2020年2月、3月)."""
        if self.previous is None or self.previous[1].start is None:
            return None
        before, found = self.previous
        between = self.text[before.end : expression.start]
        moment = expression.first
        if (
            between not in ("、", "和", "及", "与", "以及")
            or moment.dated()
            or found.start is None
            or (before.first.year is None and before.first.year_shift is None)
            or moment.month is None
        ):
            return None
        moment.year = found.start.year
        return resolve(expression, now)

    def _frames(self, expression: Expression, block: Block) -> bool:
        """Whether the date sets the time of what is told around it."""
        if "event" in expression.marks or block.kind == "furniture" or (expression.start, expression.end) in self.page_places:
            return False
        if _AIM.search(self.text, max(0, expression.start - _LONGEST_AIM), expression.start) and _AIMED.match(self.text, expression.end):
            return False
        return not (_COMPARED.search(self.text, max(0, expression.start - 3), expression.start) or self._describes(expression))

    def _describes(self, expression: Expression) -> bool:
        """Whether the date only tells which thing is meant (7月22日那场演出, 今年的“暖冬行动”, 研究春节安保)."""
        text, moment = self.text, expression.first
        if _THAT_ONE.match(text, expression.end):
            return True
        if moment.festival is not None and _GIVEN_UP.search(text, max(0, expression.start - _GIVING_UP), expression.start):
            return True
        if moment.year_shift is not None and moment.month is None and moment.part is None and text.startswith("的", expression.end):
            return True
        if moment.festival is None or moment.festival_part or moment.year_shift is not None or expression.bound or expression.last is not None:
            return False
        inside = expression.start and _HAN.match(text, expression.start - 1) and text[expression.start - 1] not in "在于到至从自是逢值和与、及的了将"
        return bool(inside and _HAN.match(text, expression.end) and text[expression.end] not in "当那这前期里夜晚上一早下中至到后")

    def _tell(self, expression: Expression, resolved: Resolved, index: int) -> None:
        """Remember the date as the one told last."""
        start, end = resolved.start or resolved.end, resolved.end or resolved.start
        moment: Moment = expression.first
        if start is None or end is None or moment.now or expression.bound == "before" or moment.known is not None:
            return
        if moment.span is not None and moment.span[2] in ("recent", "so far"):
            return  # 两年来: a look back from the day of writing, from which the telling does not go on
        past_year = self.situation.own_year is not None and start.year != self.situation.own_year
        if (expression.bound in SINCE or (expression.last is not None and expression.last.now)) and past_year:
            return
        if resolved.grain == "year" and past_year and start.year != self.situation.review and self.text[expression.end : expression.end + 1] not in (",", ":"):
            return
        if expression.bound in SINCE:
            end = start
        if expression.bound == "upto":
            start = end
        written = (
            moment.year is not None
            or (moment.year_shift is not None and (moment.year_shift != 0 or (moment.base == WORK and self.situation.review is not None)))
            or (self.told is not None and self.told.year_written and resolved.reason == "the year told before")
        )
        now_planned = bool(self.situation.plan) or resolved.grain == "year"
        if resolved.grain == "year" and self.told is not None and self.told.block == index and self.told.grain != "year":
            return
        self.told = Told(
            start,
            end,
            resolved.grain if resolved.grain != "range" or expression.last is not None else "day",
            written,
            index,
            resolved.grain == "year",
            self.blocks[max(index, 0)].section,
            (resolved.hour_from or 0) >= 17 or (moment.daypart is not None and moment.daypart[0] >= 17),
            self.situation.sentence,
            expression.bound in SINCE,
            bool(self.situation.plan),
        )
        if not now_planned and start == end and resolved.grain in ("day", "hour") and not expression.bound:
            self.situation.single = end
        if not now_planned and (self.situation.latest is None or end > self.situation.latest):
            self.situation.latest = end
