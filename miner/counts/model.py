"""What is asked of a count, and what it gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

BY = ("month", "year", "organisation", "action", "item", "region", "modality")
UNKNOWN = "unknown"
"""The month (or year) of work that has no date at all."""
REASONS: dict[str, str] = {
    "modality": "not asked for: planned, required, negated or ongoing work is not work done",
    "repeated": "the sentence repeats an earlier one of the report or the archive",
    "same_fact": "the same organisation, action, item, unit, value and dates are counted already",
    "running": "a running total that a later one of the same organisation, action, item, unit and start contains",
    "part": "a part of a total that is counted",
    "no_value": "no quantity: nothing to add up",
    "rate": "a rate or share is no amount and is not added up",
    "no_date": "no date at all: it cannot be told whether it lies in the days asked for",
}
"""Why a record is left out, in the order in which the rules are tried."""


@dataclass(frozen=True)
class Selection:
    """Which records are counted, and how.

    Attributes
    ----------
    organisation, action, item, region, date_from, date_to, source
        As in :class:`miner.search.Query`. With `date_from` or `date_to`, of running totals the latest within those days stands.
    modality
        ``done`` (the default), another modality, or ``all``.
    include_parts
        Parts are added as well as their totals.
    running_totals
        ``latest``: of running totals from the same start the one with the latest end stands; ``all``: they are added up.
    duplicates
        ``once``: marked repeats and the same fact count once; ``keep``: all count.
    normalised_units
        Values are added up in the base unit of their dimension where there is one (kg, CNY …); else in units as written.
    """

    organisation: str | None = None
    action: str | None = None
    item: str | None = None
    region: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    source: str | None = None
    modality: str = "done"
    include_parts: bool = False
    running_totals: str = "latest"
    duplicates: str = "once"
    normalised_units: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A record that is not counted.

    Attributes
    ----------
    source, record
        Which one.
    reason
        A key of `REASONS`.
    instead
        (source, record) of the record that stands for it, where there is one.
    cells
        Its organisation, action, item, value, unit, date_from, date_to, evidence.
    """

    source: str
    record: int
    reason: str
    instead: tuple[str, int] | None
    cells: dict[str, Any]


@dataclass(frozen=True)
class NearMatch:
    """Two records that are both counted and may say the same thing: (source, record) of each, and in what they differ."""

    first: tuple[str, int]
    second: tuple[str, int]
    differs: str


@dataclass(frozen=True)
class Counts:
    """What a count gives.

    Attributes
    ----------
    columns
        The names of the columns, in order: those asked for by `by` (organisation also as ``organisation_id``), then ``unit`` (sums only), ``events``
        (different actions), ``records``, and for sums ``value`` (ranges at their lower end), ``high`` (at their upper end, null where equal), ``approximate``
        (records whose number is not exact), then ``reported`` (records placed by the day of publication only) where `by` has month or year.
    rows
        One dict for each cell of the table, sorted by the columns of `by`; month ``unknown`` is always there where `by` has month.
    left_out
        How many records were left out, by reason (keys of `REASONS`).
    explained
        The records left out, where `explain` was asked for.
    near_matches
        Pairs that are both counted and may be one fact, where `explain` was asked for.
    notes
        Codes of what must be known to read the rows, with numbers: see `NOTES`.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    left_out: dict[str, int] = field(default_factory=dict)
    explained: list[LeftOut] = field(default_factory=list)
    near_matches: list[NearMatch] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)


NOTES: dict[str, str] = {
    "joint": "joint actors: each actor's row holds their work, so that rows add up to more than the whole (records: {n})",
    "approximate": "approximate numbers, bounds or ranges (records: {n})",
    "reported": "no date of their own, so in the month of publication (records: {n})",
    "near": "may say the same fact, both are counted; --explain lists them (pairs: {n})",
    "parts": "parts of a total that stands in a row of another action: do not add these rows up (records: {n})",
    "unsettled": "a run is under way: not yet compared with the others, so that repeats may count twice (reports: {n})",
}
"""What each note says; ``{n}`` is its number."""
