"""The page's own date: what the page says of the day it was published.

In: the layout and the expressions found. Out: candidates, each with its place, its weight and the reason; :mod:`miner.components.dates.year` weighs them
against the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from miner.components.dates import calendar as cal
from miner.components.dates.expressions import Expression
from miner.layout.model import Block, Layout

#: Weights: how far a statement is to be believed before the calendar has been asked.
LABELLED, SIGNED, BYLINE, LINE, NAME, STAMP, CURRENT = 5.0, 5.0, 4.0, 2.5, 2.5, 2.0, 0.0

_LABEL = re.compile(r"(?:发布时间|发布日期|发表时间|发表日期|发文日期|成文日期|生成日期|印发日期|发稿时间|刊发时间|更新时间|更新日期|录入时间|添加时间|公开日期|时间|日期|来源|信息来源|稿源|编辑|作者|发布者|发布机构)[^。\n]{0,40}$|(?:发布|印发)于$")
_CURRENT = re.compile(r"(?:今天是|现在是|当前时间|今天|现在时间|系统时间|抓取|采集|访问时间)[::]?$")
_NOT_PAGE = re.compile(r"(?:备案|版权|有效期|截止|截至|生效|施行|出生|会议|活动|开始|结束|报名|检查|实施|采样|抽样|验收|中标|考试|接种)(?:时间|日期)?[::]?[^。\n]{0,12}$")
_ISSUED = re.compile(r"^(?:印发|发布|公布|印|编发)")
_NAME = re.compile(r"(?P<y>20[0-3]\d)[-_/]?(?P<m>0[1-9]|1[0-2])[-_/]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_STAMP = re.compile(r"(?<![\w.])(?P<s>1[0-9]{9})(?:\d{3})?(?:\(\d+\))?\.(?:png|jpe?g|gif|webp|bmp)", re.I)
_FILE = re.compile(r"[A-Za-z0-9_./:\-]{0,80}?20[0-3]\d[-_/]?(?:0[1-9]|1[0-2])[-_/]?(?:0[1-9]|[12]\d|3[01])[A-Za-z0-9_./\-]{0,40}\.(?:png|jpe?g|gif|webp|s?html?|docx?|pdf)", re.I)


@dataclass(slots=True)
class Candidate:
    """A day that the page may have been published on."""

    day: dt.date
    weight: float
    reason: str
    place: tuple[int, int] | None = None


def written_day(expression: Expression) -> dt.date | None:
    """The day that an expression writes out in full, None for all others."""
    m = expression.first
    if expression.last is not None or expression.bound or m.year is None or m.month is None or m.day is None:
        return None
    return cal.make_day(m.year, m.month, m.day)


def candidates(layout: Layout, expressions: list[Expression]) -> list[Candidate]:
    """Every statement of the page about its own date, in reading order.

    Parameters
    ----------
    layout
        The report laid out; kinds of blocks help but are not needed.
    expressions
        The expressions of the report, ascending.
    """
    text, blocks = layout.text, layout.blocks
    found: list[Candidate] = []
    index, first_long = 0, _first_long(blocks)
    for expression in expressions:
        day = written_day(expression)
        if day is None:
            continue
        while index + 1 < len(blocks) and blocks[index + 1].start <= expression.start:
            index += 1
        block = blocks[index] if blocks else Block(0, len(text))
        candidate = _statement(text, block, expression, day, index <= first_long)
        if candidate:
            found.append(candidate)
    _names(layout.source if len(layout.source) < 400_000 else "", found)
    return found


def _first_long(blocks: list[Block]) -> int:
    """Index of the first block of running text: what stands before it is the head of the page."""
    return next((i for i, block in enumerate(blocks) if block.kind not in ("heading", "byline", "furniture") and block.end - block.start > 60), len(blocks))


def _statement(text: str, block: Block, expression: Expression, day: dt.date, head: bool) -> Candidate | None:
    place = (expression.start, expression.end)
    before = text[max(block.start, expression.start - 60) : expression.start]
    if _CURRENT.search(before):
        return Candidate(day, CURRENT, "the day the page was called up", place)
    if _NOT_PAGE.search(before):
        return None
    rest = text[expression.end : block.end]
    if block.kind != "furniture" and _ISSUED.match(rest):
        return Candidate(day, SIGNED, "issued", place)
    line = block.end - block.start
    if line <= 160 and _LABEL.search(before):
        return Candidate(day, LABELLED, "byline", place)
    if block.kind == "furniture" and not head:
        return None
    outside = line - (expression.end - expression.start)
    if block.kind == "byline":
        return Candidate(day, BYLINE, "byline", place)
    if head and outside <= 40 and not rest.strip(" )]").endswith(("。", "!")):
        weekday = re.search(r"星期|周[一二三四五六日]", rest)
        return Candidate(day, LINE, "line at the head of the page" if not weekday else "dated line with its week day", place)
    if not rest.strip(" )])。"):
        signed = len(before.strip(" (")) <= 40 and not re.search("[,。;!?]", before)
        if signed:
            return Candidate(day, SIGNED, "signature", place)
    return None


def _names(source: str, found: list[Candidate]) -> None:
    """Days in the names of pictures and addresses (t20200218_1.jpg, 1581987015.png)."""
    for m in _STAMP.finditer(source):
        moment = int(m["s"])
        if 946_684_800 <= moment <= 2_000_000_000:
            day = (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=moment + 8 * 3600)).date()
            found.append(Candidate(day, STAMP, "time stamp in the name of a picture"))
    for m in _FILE.finditer(source):
        name = _NAME.search(m[0])
        day_ = cal.make_day(int(name["y"]), int(name["m"]), int(name["d"])) if name else None
        if day_:
            found.append(Candidate(day_, NAME, "day in the name of a file"))
