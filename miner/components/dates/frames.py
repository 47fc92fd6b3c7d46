"""The date that governs a place in a report.

In: the findings of a report whose dates are resolved, and a position. Out: the index of the governing date and the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right

from miner.components.dates.expressions import Expression
from miner.document.findings import Findings
from miner.document.mentions import Date
from miner.layout.model import Block
from miner.layout.positions import first_from, holding

_COORDINATED = frozenset(("、", "和", "及", "与", "以及"))
#: 自2月25日行动启动以来, 从3月1日开讲算起: what follows goes on from that day.
_SINCE_EVENT = re.compile(r"[^,。;:!?\n]{1,30}?(?:以来|算起)(?=[,、]|[\u4e00-\u9fff])")
#: 到18时, 共转移42人: the story has come to that hour of the day, it does not sum up all days before as 截至18时 does.
_TELLS_ON = re.compile(r"(?<!截)到\Z")
_DEADLINE = re.compile(r"(?<![目当日])前\Z")
_CLAUSE_END = re.compile(r"[,;。!?:]")
#: How many days a festival named beside a day may be off (前夕).
_EVE = 2
#: A day that begins within so many characters leads its heading, numbering and label aside.
_HEAD = 6
#: How many dates back the search for the last dated sentence goes; beyond that only furniture and habits stand between.
_REACH = 64


def governing_date(findings: Findings, position: int, happened: bool = False) -> tuple[int, str] | None:
    """The date that says when what is told at `position` was done.

    The date in its clause, else in its sentence (before it), else the last date of the last dated sentence before it in the same section
    and article; never a later sentence's, never across a heading.

    Parameters
    ----------
    findings
        Findings with layout and resolved dates (ascending).
    position
        Clean offset of a trigger or quantity.
    happened
        Whether what is told there has happened: then a deadline (8月底前) or a day ahead of the report in an earlier sentence does not say when.

    Returns
    -------
    tuple of int and str, or None
        Index in ``findings.dates`` and the reason: ``own clause`` | ``own sentence`` | ``earlier sentence``. None if no date governs.
        The days are those of the date; where it is a `span_of_time` with an hour, see :func:`governed_days`.

    Notes
    -----
    Source: annotation guide, section 3 (``when``). Logarithmic in the number of dates.
    """
    dates, layout = findings.dates, findings.layout
    if not dates:
        return None
    sentence = bisect_right(layout.sentences, (position, len(layout.text) + 1)) - 1
    first, last = layout.sentences[sentence] if sentence >= 0 else (0, len(layout.text))
    before = first_from([date.start for date in dates], position + 1)
    clause_start = _clause_start(layout.text, first, position)
    clause_end = _clause_end(layout.text, position, last)
    own = _best(dates, before, clause_start)
    if own is not None and not (dates[own].grain == "year" and _describes(layout.text, dates[own])):
        return own, "own clause"
    for index in range(before, min(before + 3, len(dates))):
        if dates[index].start >= clause_end:
            break
        if _governs(dates[index]):
            return index, "own clause"
    own = _best(dates, before, first) if own is None or clause_start > first else own
    if own is not None:
        return own, "own sentence"
    return _earlier(findings, first, position, happened)


def governed_days(date: Date) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that a governing date gives to a row: 13日、14日 gives both days, 截至22日8:00 (None, 22nd), as 截至22日 does."""
    return date.governed or (date.date_from, date.date_to)


def set_governed(text: str, expressions: list[Expression], dates: list[Date], report: dt.date | None) -> None:
    """Note the days of the work around a date where they are others than the date's own: those of a list, of 自…以来, of 截至 or 到 with an hour.

    Parameters
    ----------
    text
        Clean text.
    expressions, dates
        The expressions and their dates, one for one, ascending.
    report
        The report's own date, at which what is still going on ends.
    """
    first = 0
    for index, (expression, date) in enumerate(zip(expressions, dates, strict=True)):
        if expression.bound == "upto" and date.hour_from is not None:
            told = _TELLS_ON.search(text, max(0, date.start - 2), date.start) is not None
            date.governed = date.date_to if told else None, date.date_to
        elif not expression.bound and expression.last is None and date.date_from is not None and _SINCE_EVENT.match(text, date.end):
            date.governed = date.date_from, report
        if index and _same_day(text, dates[index - 1], date, expression):
            date.governed = governed_days(dates[index - 1])
        if index and not (_plain(expressions[index - 1], dates[index - 1]) and text[dates[index - 1].end : date.start] in _COORDINATED):
            _join(dates[first:index])
            first = index
    _join(dates[first:])


def _same_day(text: str, first: Date, second: Date, expression: Expression) -> bool:
    """Whether a date only says again what the one right before it says: 截至2月24日(元宵节), 5月10日,国际护士节前夕."""
    between = text[first.end : second.start]
    if between == "(" and text[second.end : second.end + 1] == ")":
        return True
    if between != "," or expression.first.festival is None or first.grain not in ("day", "hour") or first.date_to is None or second.date_from is None:
        return False
    return abs((second.date_from - first.date_to).days) <= _EVE


def _plain(expression: Expression, date: Date) -> bool:
    return not expression.bound and expression.last is None and date.frame and date.date_from is not None and date.grain not in ("year", "hour")


def _join(listed: list[Date]) -> None:
    """Dates listed side by side (13日、14日) govern together."""
    if len(listed) < 2 or any(date.date_from is None or date.date_to is None or date.grain != listed[0].grain for date in listed):
        return
    days = min(d.date_from for d in listed if d.date_from), max(d.date_to for d in listed if d.date_to)
    for date in listed:
        date.governed = days


def _governs(date: Date) -> bool:
    return date.frame and (date.date_from is not None or date.date_to is not None or date.span_of_time)


def _describes(text: str, date: Date) -> bool:
    """Whether a year only describes the noun after it (2020年岗位大练兵), and does not say when."""
    return "\u4e00" <= text[date.end : date.end + 1] <= "\u9fff"


def _best(dates: list[Date], before: int, start: int) -> int | None:
    """The last governing date in ``[start, position)``; a year that only describes (2020年岗位大练兵) gives way to a day."""
    chosen = None
    for index in range(before - 1, max(-1, before - _REACH), -1):
        if dates[index].start < start:
            break
        if not _governs(dates[index]):
            continue
        if dates[index].grain != "year":
            return index
        chosen = index if chosen is None else chosen
    return chosen


def _ahead(findings: Findings, date: Date) -> bool:
    """Whether a date is a deadline or lies ahead of the report."""
    published = findings.facts.published
    return _DEADLINE.search(date.text) is not None or (published is not None and date.date_from is not None and date.date_from > published)


def _earlier(findings: Findings, first: int, position: int, happened: bool) -> tuple[int, str] | None:
    dates, layout = findings.dates, findings.layout
    here = _block_at(layout.blocks, position)
    heading = layout.blocks[here.section] if here is not None and here.section >= 0 else None
    last = first_from([date.start for date in dates], first) - 1
    for index in range(last, max(-1, last - _REACH), -1):
        there = _block_at(layout.blocks, dates[index].start)
        if (
            here is not None
            and there is not None
            and (there.article != here.article or there.section != here.section or there.kind == "heading")
            and there is not here
            and there is not heading
        ):
            return None
        if there is not None and there is heading:
            return _in_heading(dates, index, heading)
        if _governs(dates[index]) and not (happened and _ahead(findings, dates[index])):
            sentence = bisect_right(layout.sentences, (dates[index].start, len(layout.text) + 1)) - 1
            start = layout.sentences[sentence][0] if sentence >= 0 else 0
            best = _best(dates, index + 1, start)
            return (index if best is None else best), "earlier sentence"
    return None


def _in_heading(dates: list[Date], index: int, heading: Block) -> tuple[int, str] | None:
    """The one date that a heading names for its section: a period (一、11月收结案), or a day at its head, as in diaries and ledgers (5月22日 晴, 时间:6月24日).

    Another day there, or a year, tells of the report and not of each action.
    """
    own = [i for i in range(index, max(-1, index - _REACH), -1) if heading.start <= dates[i].start < heading.end and _governs(dates[i])]
    if not own or (len(own) > 1 and dates[own[-1]].end < dates[own[0]].start - 1):
        return None
    date = dates[own[-1]]
    leads = heading.level > 1 and date.grain == "day" and date.start - heading.start <= _HEAD
    return (own[-1], "heading") if leads or (len(own) == 1 and date.grain in ("month", "range", "part")) else None


def _block_at(blocks: list[Block], position: int) -> Block | None:
    index = holding([block.start for block in blocks], position)
    return blocks[index] if index >= 0 else None


def _clause_start(text: str, first: int, position: int) -> int:
    for mark in range(position - 1, max(first, position - 200) - 1, -1):
        if text[mark] in ",;。!?:":
            return mark + 1
    return max(first, position - 200)


def _clause_end(text: str, position: int, last: int) -> int:
    m = _CLAUSE_END.search(text, position, last)
    return m.start() if m else last
