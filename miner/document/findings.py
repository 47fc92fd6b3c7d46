"""Everything found in one report, on ``doc._.findings``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from miner.document.mentions import Date, Event, Organisation, Quantity, Trigger
from miner.layout.model import Layout


@dataclass(slots=True)
class Hints:
    """What is said about a report outside its text.

    `published`, `jurisdiction`: the user's ``--date``, ``--jurisdiction``; `name`: path and name of the file; `declared`: the day of publication that the
    head of the page or of the mail declares, as written there; `profile`: the file of the user's own words.
    """

    published: dt.date | None = None
    jurisdiction: str | None = None
    name: str | None = None
    declared: str | None = None
    profile: str | None = None


@dataclass(slots=True)
class ReportFacts:
    """Facts of the whole report, each with the clean span it comes from (None if inferred) and the reason."""

    published: dt.date | None = None
    published_at: tuple[int, int] | None = None
    published_reason: str = ""
    year: int | None = None
    year_reason: str = ""
    year_confidence: float = 0.0
    jurisdiction: str | None = None
    jurisdiction_at: tuple[int, int] | None = None
    jurisdiction_code: str | None = None
    jurisdiction_reason: str = ""
    jurisdiction_confidence: float = 0.0


@dataclass(slots=True)
class Findings:
    """The layout of a report and what each component found in it. Lists ascend by `start`; `scene` is what components share while they work.

    `tagged` are the words and tags of the whole text with organisations, dates and quantities masked by line breaks, `words` their beginnings and tags once
    a scene has been made of them (None where nobody tagged it yet).
    """

    layout: Layout
    hints: Hints = field(default_factory=Hints)
    facts: ReportFacts = field(default_factory=ReportFacts)
    identifiers: list[tuple[int, int, str]] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    scene: Any = None
    tagged: list[tuple[str, str]] | None = None
    words: tuple[list[int], list[str]] | None = None
