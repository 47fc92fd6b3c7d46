"""What is asked of a search, and what it gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

FACETS = ("organisation", "action", "item", "region", "month", "modality")


@dataclass(frozen=True)
class Query:
    """A search. All conditions hold at once; the conditions on work (organisation … modality) hold for one and the same record of the sentence.

    Attributes
    ----------
    text
        Words that the sentence holds, see :mod:`miner.search.language`; None or "" for any sentence that meets the other conditions.
    organisation
        An organisation_id, or a name or part of one; the body is an actor of the record (any of joint actors).
    action
        Code of an action.
    item
        What is counted: a record's normalised item or item, equal apart from script, width and case.
    region
        A division by name (``石景山区``) or statistical code (``1101``, which holds all below it): the report's jurisdiction.
    date_from, date_to
        First and last day (included) of the work: the day of a record is its date_to, else its date_from, else the day its report was published; that of a
        sentence without records the day of its report.
    modality
        ``done``, ``ongoing``, ``planned``, ``required`` or ``negated``.
    source
        Name of one report.
    order
        ``date`` (newest report first, by the day it was published, else the last day of work that it tells; sentences of a report in reading order),
        ``oldest`` or ``relevance`` (BM25 over bigrams; of more than `RANKED` hits only the newest `RANKED` are ranked).
    limit, offset
        Which hits are given, counted from 0 in that order. A limit of 0 gives total and facets alone.
    facets
        How many values of each facet are given, most frequent first; 0 for none.
    """

    text: str | None = None
    organisation: str | None = None
    action: str | None = None
    item: str | None = None
    region: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    modality: str | None = None
    source: str | None = None
    order: str = "date"
    limit: int = 20
    offset: int = 0
    facets: int = 0


@dataclass(frozen=True)
class Hit:
    """A sentence that was found.

    Attributes
    ----------
    source, sentence
        The report and the index of the sentence in it.
    start, end
        Its place in the source text, in code points.
    text
        Its words.
    marks
        Start and end of each passage of `text` that the query's words match, ascending, not overlapping.
    title, published, region, heading, kind
        Of the report: title, day, jurisdiction; of the sentence: the heading above it, the kind of its block.
    repeat
        True where the sentence repeats an earlier one of the report or the archive.
    records
        The rows of ``records`` (all columns of the schema and ``organisation_ids``) that rest on the sentence, those that meet the conditions on work first;
        each has ``matches``: whether it meets them.
    """

    source: str
    sentence: int
    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]
    title: str | None
    published: dt.date | None
    region: str | None
    heading: str | None
    kind: str
    repeat: bool
    records: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Facet:
    """A value of a facet: what to put into the query (`value`), what to show (`label`), how many of the hits it would leave (`hits`)."""

    value: str
    label: str
    hits: int


@dataclass(frozen=True)
class Hits:
    """What a search gives.

    Attributes
    ----------
    total
        How many sentences match.
    hits
        Those asked for, in order.
    facets
        By name, most frequent first. The value of ``organisation`` is the organisation_id; that of ``month`` is ``2021-08``, to be
        asked for by its first and last day.
    facets_of
        How many hits the facets were counted over: `total`, or, of more than `COUNTED`, the newest `COUNTED`.
    words
        The words that were looked for, in the form in which text is compared (for a message where nothing is found).
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    facets_of: int = 0
    words: tuple[str, ...] = ()
