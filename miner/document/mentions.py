"""The typed mentions that components leave on a Doc. `start`, `end` are clean offsets, `end` excluded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from miner.schema.numbers import Number


@dataclass(slots=True)
class Organisation:
    """A mention of an institution.

    `text` is the clean text of the span; `name` the fullest form the report lets a reader write; `type` a code of ``ORGANISATION_TYPES``;
    `pronoun` True for 我局, 该局; `heading` True where it stands in a heading; `reason` says how the name was found;
    `joint` names further bodies that one span names at once (省市疫情防控指挥部).
    """

    start: int
    end: int
    text: str
    name: str
    type: str
    confidence: float = 1.0
    pronoun: bool = False
    heading: bool = False
    reason: str = "written"
    level: str | None = None
    division_code: str | None = None
    joint: tuple[str, ...] = ()


@dataclass(slots=True)
class Date:
    """A calendar expression, resolved. `date_from`, `date_to` include both ends; None where open or unknown.

    `grain` is a code of ``GRAINS``; `reason` says how it was resolved (``explicit``, ``year from week day`` …); `frame` is False for expressions
    that set no date for the work told around them (page furniture, frequencies such as 每天, names of events such as “7·20”);
    `span_of_time` is True for …以来, …起, 截至…. `governed` are the days of the work told around it where they are others than its own
    (13日、14日选派…, 自2月25日启动以来…), else None.
    """

    start: int
    end: int
    text: str
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    hour_from: int | None = None
    hour_to: int | None = None
    grain: str = "day"
    reason: str = "explicit"
    confidence: float = 1.0
    frame: bool = True
    span_of_time: bool = False
    governed: tuple[dt.date | None, dt.date | None] | None = None


@dataclass(slots=True)
class Quantity:
    """A number with what it counts.

    `high` is the upper end of a range. `item` is the guide's item, `items` all items where the number holds for several, `item_phrase` the full
    noun phrase, `item_at` the clean span of the (first) item. `each`: the number holds for each item or organisation named.
    `part_of`: index (in ``Findings.quantities``) of its total. `organisation`: index (in ``Findings.organisations``) of the body whose share of an event it is.
    `sum_check`: for a total with parts, ``equal`` | ``less`` | ``more`` | None. `date_from`, `date_to`: days of its own (其中2020年…条).
    `normalised_value`, `normalised_unit`: SI or CNY value for units that have a dimension. `normalised_item`: the item's head for counting.
    """

    start: int
    end: int
    text: str
    value: Number
    high: Number | None = None
    unit: str = ""
    item: str = ""
    items: list[str] = field(default_factory=list)
    item_phrase: str = ""
    item_at: tuple[int, int] | None = None
    each: bool = False
    qualifier: str = "exact"
    scope: str = "one"
    part_of: int | None = None
    sum_check: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    normalised_value: Number | None = None
    normalised_unit: str | None = None
    normalised_item: str | None = None
    organisation: int | None = None


@dataclass(slots=True)
class Trigger:
    """A verb or verbal noun that may say an action. `actions`: its possible types, likeliest first; `confidence` that it is an action here.

    `settled` is False where only a number that belongs to it could make it one.
    `left_out`: it says a type that the user's profile does not want: it keeps its quantities from others and is no event.
    """

    start: int
    end: int
    text: str
    actions: tuple[str, ...]
    confidence: float = 1.0
    modality: str = "done"
    modality_reason: str = ""
    settled: bool = True
    left_out: bool = False


@dataclass(slots=True)
class Event:
    """An action with its cells. Each ``*_reason`` says where the cell came from (own clause, earlier sentence, heading …).

    `organisations` are indices into ``Findings.organisations`` (first = first named actor), `date` an index into ``Findings.dates`` or None,
    `quantities` indices into ``Findings.quantities``. `organisation_names` are the actors' names, also where no mention stands behind them.
    """

    start: int
    end: int
    trigger: str
    action: str
    modality: str = "done"
    modality_reason: str = ""
    organisations: list[int] = field(default_factory=list)
    organisation_names: list[str] = field(default_factory=list)
    organisation_reason: str = ""
    date: int | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    date_reason: str = ""
    quantities: list[int] = field(default_factory=list)
    confidence: float = 1.0
