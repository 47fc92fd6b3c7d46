"""Annotated reports in the form that other annotation tools exchange: marks with fields, and relations between them.

In: an :class:`AnnotatedReport`. Out: marks whose fields hold what the cells of an ``.ann`` line hold, in the same notation (``a/b``, ``-``, ``?``), so
that an annotator learns one notation; and back. :mod:`~miner.learning.exchange_label_studio` and :mod:`~miner.learning.exchange_doccano` write
and read the files of the two tools.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from miner.components.dates import find_dates
from miner.components.quantities import find_quantities
from miner.learning.annotation import HEADER_KEYS, AnnotatedReport, link_row
from miner.learning.annotation_fields import CODES, FIELDS, FLAGS, MARKS, SPACE, read_cells, read_days, write_cells, write_days

ROW = "amount_of"
"""The relation from a quantity to the act whose amount it is."""
OWN_DAYS = "own_days"
"""Field of a quantity: days that override those of its act."""


class ExchangeError(ValueError):
    """A report of another tool cannot become an annotated report; the message names report and mark."""


@dataclass
class Mark:
    """A mark: source span, kind, fields by name, flags (``opt``, ``pron``), the second right span, and the index of its act among the marks."""

    start: int
    end: int
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    alt: str | None = None
    act: int | None = None


def field_names(kind: str) -> tuple[str, ...]:
    """The fields of a kind of mark; a quantity's row is a relation, its own days a field."""
    return (*FIELDS[kind][:-1], OWN_DAYS) if kind == "qty" else FIELDS[kind]


def flag_names(kind: str) -> tuple[str, ...]:
    """The flags of a kind of mark that take no value."""
    return tuple(flag for flag in FLAGS[kind] if flag != "alt")


def marks_of(report: AnnotatedReport) -> list[Mark]:
    """The marks of a report, in order.

    Raises
    ------
    ValueError
        If a record holds what a field cannot say.
    """
    marks = []
    for record in report.records:
        kind = MARKS[record["k"]]
        fields = dict(zip(FIELDS[kind], write_cells(record), strict=False))
        if kind == "qty":
            del fields["row"]
            event = record.get("event")
            if event is not None and record["when"] != report.records[event]["when"]:
                fields[OWN_DAYS] = write_days(*record["when"])
        flags = [flag for flag in flag_names(kind) if record.get(flag)]
        marks.append(Mark(record["start"], record["end"], kind, fields, flags, record.get("alt"), record.get("event")))
    return marks


def header_of(report: AnnotatedReport) -> dict[str, Any]:
    """The header's entries that say something."""
    return {key: value for key, value in report.header.items() if value not in (None, [])}


def report_of(name: str, text: str, header: dict[str, Any], marks: list[Mark]) -> tuple[AnnotatedReport, list[str]]:
    """An annotated report from marks, and remarks on what was filled in.

    A field that nobody filled in is read from the text of the mark, or gets the plainest value; each such mark is named in a remark.

    Raises
    ------
    ExchangeError
        If marks overlap, hold an unknown code, or point outside the text.
    """
    text, marks = _with_line_feeds(text, marks)
    order = sorted(range(len(marks)), key=lambda i: (marks[i].start, marks[i].end))
    place = {old: new for new, old in enumerate(order)}
    ordered = [marks[i] for i in order]
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise ExchangeError(f"{name}: the marks {text[before.start : before.end]!r} and {text[after.start : after.end]!r} at {after.start} overlap")
    entries = {key: header.get(key) for key in HEADER_KEYS}
    entries |= {"article": list(header.get("article") or []), "domain": header.get("domain") or "unknown", "layout": header.get("layout") or "unknown"}
    remarks: list[str] = []
    records = [_record(name, text, mark, entries["published"], remarks) for mark in ordered]
    for record, mark in zip(records, ordered, strict=True):
        if mark.kind == "qty":
            act = None if mark.act is None else place[mark.act]
            if act is not None and ordered[act].kind != "act":
                raise ExchangeError(f"{name}: the quantity {record['text']!r} at {mark.start} belongs to {records[act]['text']!r}, which is no act")
            own = mark.fields.get(OWN_DAYS)
            link_row(records, record, act, list(_days(name, record, own)) if own and act is not None else None)
    return AnnotatedReport(name, text, entries, records), remarks


def _days(name: str, record: dict[str, Any], cell: str) -> tuple[str | None, str | None]:
    try:
        return read_days(cell.strip())
    except ValueError as fault:
        raise ExchangeError(f"{name}: {record['text']!r} at {record['start']}: {OWN_DAYS}: {fault}") from fault


def _with_line_feeds(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The text with line feeds as its only line ends, and the marks moved with it."""
    if "\r" not in text:
        return text, marks
    gone = [found.start() for found in re.finditer(r"\r(?=\n)", text)]

    def moved(position: int) -> int:
        return position - sum(1 for place in gone if place < position)

    moved_marks = [Mark(moved(m.start), moved(m.end), m.kind, m.fields, m.flags, m.alt, m.act) for m in marks]
    return text.replace("\r\n", "\n").replace("\r", "\n"), moved_marks


def _record(name: str, text: str, mark: Mark, published: str | None, remarks: list[str]) -> dict[str, Any]:
    mention = SPACE.sub("", text[mark.start : mark.end])
    where = f"{name}: {mention!r} at {mark.start}"
    if mark.kind not in FIELDS:
        raise ExchangeError(f"{where} has the unknown label {mark.kind!r}; known: {', '.join(FIELDS)}")
    if not mention or mark.start < 0 or mark.end > len(text):
        raise ExchangeError(f"{where}–{mark.end} marks no text")
    names = [field for field in FIELDS[mark.kind] if field != "row"]
    fields = {key: value.strip() for key, value in mark.fields.items() if value.strip()}
    absent = [field for field in names if field not in fields]
    if absent:
        proposed = _proposed(mark.kind, mention, published)
        remarks.append(f"{where} has no {', '.join(absent)}; written: {', '.join(proposed[field] for field in absent)}")
        fields |= {field: proposed[field] for field in absent}
    cells = [fields[field] for field in names] + (["-"] if mark.kind == "qty" else []) + mark.flags
    try:
        record = read_cells(mark.kind, [*cells, f"alt={mark.alt}"] if mark.alt else cells)
    except ValueError as fault:
        raise ExchangeError(f"{where}: {fault}") from fault
    record.pop("_row", None)
    if mark.kind == "act":
        record["trigger"] = mention
    return {**record, "text": mention, "start": mark.start, "end": mark.end}


def _proposed(kind: str, mention: str, published: str | None) -> dict[str, str]:
    """What stands in fields that nobody filled in: what the program reads from the mention, else the plainest value."""
    if kind == "org":
        return {"name": mention.replace("/", ""), "type": "other"}
    if kind == "date":
        dates = find_dates(mention, published)
        return {"days": write_days(dates[0]["date_from"], dates[0]["date_to"]), "grain": dates[0]["grain"]} if dates else {"days": "?", "grain": "day"}
    if kind == "act":
        return {"type": "other", "modality": "done", "organisation": "-", "days": "-"}
    found = find_quantities(mention)
    if not found:
        return {"value": "1", "unit": "-", "item": "-", "qualifier": "exact", "scope": "one"}
    one = found[0]
    high = "" if one["high"] is None else f"..{one['high']:f}"
    return {"value": f"{one['value']:f}{high}", "unit": one["unit"] or "-", "item": (one["item"] or "-").replace("/", ""),
            "qualifier": one["qualifier"], "scope": one["scope"]}


def is_coded(kind: str, name: str) -> bool:
    """The field holds codes of a closed set."""
    return (kind, name) in CODES


def file_name(name: str) -> str:
    """The name as that of a file: no folder, no sign that a file system refuses."""
    return re.sub(r"[^\w.-]+", "_", re.split(r"[\\/]", name)[-1].removesuffix(".ann")).strip("._") or "report"
