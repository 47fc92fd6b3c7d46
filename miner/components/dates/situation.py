"""What is known where a date stands, and what was made of it.

In: nothing. Out: the records :class:`Situation`, :class:`Told` and :class:`Resolved`, which reading and resolution hand to each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Resolved:
    """Days of an expression, both ends included; None where open or unknown."""

    start: dt.date | None = None
    end: dt.date | None = None
    hour_from: int | None = None
    hour_to: int | None = None
    grain: str = "day"
    reason: str = "explicit"
    confidence: float = 1.0


@dataclass(slots=True)
class Told:
    """The date told last in an article: the anchor of 当日, 次日, 13日.

    `evening`: the telling had reached the evening or night of that day; `since`: it goes on from there (今年以来); `planned`: it lies ahead.
    """

    start: dt.date
    end: dt.date
    grain: str
    year_written: bool
    block: int
    whole_year: bool = False
    section: int = -1
    evening: bool = False
    sentence: int = -1
    since: bool = False
    planned: bool = False


@dataclass(slots=True)
class Situation:
    """What is known where an expression stands.

    Attributes
    ----------
    report
        The report's own date, None if unknown.
    limit
        The latest day from which the report can have been written; for year-less dates where `report` is unknown.
    year, year_reason, year_confidence
        The year worked out for the report.
    told
        The date told last in the same article.
    block, section, sentence
        Index of the block that holds the expression, of the heading above it, and of its sentence.
    plan
        ``""`` | ``weak`` (将, 要, 前) | ``strong`` (下一步, 预计): the words around speak of the future.
    quoted
        The expression stands in somebody's words.
    closes
        `report` ends what is still going on (起, 以后); False for a bare text, whose anchor is no day of writing.
    near
        A year-less date that lies this many days after `report` is nearer to the reader than the same day a year ago, whatever the words;
        0 in a review of a year.
    witness
        Whether a day is the week day, lunar date or festival written beside the expression.
    latest
        The latest day told so far, for a bare day in a new section.
    review
        The year under review, where a report of January looks back on the year before.
    review_month
        A day of the month under review, where a report of the first days of a month looks back on the one before.
    compared
        What is told is compared with the expression (较上月).
    single
        The single day told last in the same article.
    counts_up
        What is told was counted up to the expression (截至1月30日), which is a day near the report's own.
    """

    report: dt.date | None = None
    limit: dt.date | None = None
    year: int | None = None
    year_reason: str = ""
    year_confidence: float = 0.0
    told: Told | None = None
    block: int = 0
    section: int = -1
    plan: str = ""
    quoted: bool = False
    closes: bool = True
    near: int = 45
    witness: Callable[[dt.date], bool] | None = None
    latest: dt.date | None = None
    review: int | None = None
    review_month: dt.date | None = None
    sentence: int = -1
    compared: bool = False
    single: dt.date | None = None
    counts_up: bool = False

    @property
    def own_year(self) -> int | None:
        """The year that 今年 means."""
        return self.report.year if self.report else self.year
