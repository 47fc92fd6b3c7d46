"""The fields that describe a mark: cells of an ``.ann`` line ↔ a record in the form of the guide's section 6.

In: the cells behind a mark's text and kind. Out: the record's keys, and back. Which event a quantity belongs to is settled in
:mod:`miner.learning.annotation`, since it takes the whole report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from miner.schema.codes import ACTIONS, GRAINS, MODALITIES, ORGANISATION_TYPES, QUALIFIERS, SCOPES

FIELDS: dict[str, tuple[str, ...]] = {
    "org": ("name", "type"),
    "date": ("days", "grain"),
    "qty": ("value", "unit", "item", "qualifier", "scope", "row"),
    "act": ("type", "modality", "organisation", "days"),
}
"""The fields of each kind of mark, in the order of their cells."""
FLAGS: dict[str, tuple[str, ...]] = {"org": ("opt", "pron", "alt"), "date": ("opt", "alt"), "qty": ("opt", "alt"), "act": ("opt",)}
"""The flags that may follow; only ``alt`` takes a value (``alt=…``)."""
CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("org", "type"): tuple(ORGANISATION_TYPES),
    ("date", "grain"): tuple(GRAINS),
    ("qty", "qualifier"): tuple(QUALIFIERS),
    ("qty", "scope"): tuple(SCOPES),
    ("act", "type"): tuple(ACTIONS),
    ("act", "modality"): tuple(MODALITIES),
}
"""The closed sets: by kind and field."""
KINDS = {"org": "org", "date": "date", "qty": "qty", "act": "event"}
"""The kind of a mark → ``k`` of its record."""
MARKS = {record: mark for mark, record in KINDS.items()}
"""``k`` of a record → the kind of its mark."""

SPACE = re.compile(r"[\s\u3000]+")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]))?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def read_cells(kind: str, cells: list[str]) -> dict[str, Any]:
    """The record keys that the cells of a mark say; a quantity's row stays under ``_row``.

    Raises
    ------
    ValueError
        If a cell is missing or says what its field cannot hold.
    """
    names = FIELDS[kind]
    if len(cells) < len(names):
        raise ValueError(f"too few fields: {kind} needs {' | '.join(names)}")
    flags = _read_flags(kind, cells[len(names) :])
    return {"k": KINDS[kind], **_READERS[kind](dict(zip(names, cells, strict=False))), **flags}


def write_cells(record: dict[str, Any]) -> list[str]:
    """The cells of a record, flags included; a quantity's row is ``-`` for the caller to put in.

    Raises
    ------
    ValueError
        If a value cannot be written in the format (a name with ``/``, a line break, or the column mark `` | `` in it).
    """
    kind = MARKS[record["k"]]
    flags = [flag for flag in FLAGS[kind] if flag != "alt" and record.get(flag)]
    if "alt" in record:
        flags.append("alt=" + _checked(record["alt"]))
    return [*_WRITERS[kind](record), *flags]


def _read_flags(kind: str, cells: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for cell in cells:
        key, equals, value = cell.partition("=")
        if key not in FLAGS[kind] or bool(equals) != (key == "alt"):
            raise ValueError(f"unknown flag {cell!r}; known here: {', '.join(FLAGS[kind])} (alt=TEXT)")
        if equals and not value:
            raise ValueError("alt= names no span")
        found[key] = value if equals else True
    return found


def _read_codes(kind: str, name: str, cell: str) -> str:
    allowed = CODES[kind, name]
    for code in cell.split("/"):
        if code not in allowed:
            raise ValueError(f"unknown {name} {code!r}; known: {', '.join(allowed)}")
    return cell.replace("/", "|")


def _read_words(cell: str) -> str:
    """``a/b`` → ``a|b``; ``-`` is the empty alternative."""
    return "|".join("" if part == "-" else part for part in cell.split("/"))


def read_days(cell: str) -> tuple[str | None, str | None]:
    """``DAY``, ``FROM..TO``, ``..TO``, ``FROM..`` or ``?`` → (from, to).

    Raises
    ------
    ValueError
        If it is none of these, names a day that no calendar has, or ends before it begins.
    """
    if cell == "?":
        return None, None
    start, dots, end = cell.partition("..")
    end = end if dots else start
    for day in (start, end):
        if day and not _ISO.fullmatch(day):
            raise ValueError(f"{day!r} is no ISO date (2020-02-13, or 2020-02-13T08 with its hour)")
        if day:
            date.fromisoformat(day[:10])
    if not start and not end:
        raise ValueError(f"{cell!r} names no day; write ? where it cannot be known")
    if start and end and (start > end if len(start) == len(end) else start[:10] > end[:10]):
        raise ValueError(f"{cell!r} ends before it begins")
    return start or None, end or None


def write_days(start: str | None, end: str | None) -> str:
    """(from, to) → the cell that :func:`read_days` reads."""
    if start is None and end is None:
        return "?"
    return str(start) if start == end else f"{start or ''}..{end or ''}"


def _read_number(cell: str) -> float | int:
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"{cell!r} is no number (write 80多万 as 800000, 30、40 as 30..40)")
    value = float(cell)
    return int(cell) if "." not in cell else int(value) if value.is_integer() else value


def _write_number(value: float | int) -> str:
    text = str(int(value)) if float(value).is_integer() else format(Decimal(repr(value)), "f")
    if _read_number(text) != value:
        raise ValueError(f"the number {value!r} cannot be written without loss")
    return text


def _read_quantity(cells: dict[str, str]) -> dict[str, Any]:
    low, dots, high = cells["value"].partition("..")
    value, hi = _read_number(low), _read_number(high) if dots else None
    if hi is not None and 0 <= hi < value:
        raise ValueError(f"{cells['value']!r} ends below its beginning")
    return {"value": value, "hi": hi, "unit": "" if cells["unit"] == "-" else cells["unit"], "item": _read_words(cells["item"]),
            "qual": _read_codes("qty", "qualifier", cells["qualifier"]), "scope": _read_codes("qty", "scope", cells["scope"]), "_row": cells["row"]}


def _read_organisation(cells: dict[str, str]) -> dict[str, Any]:
    return {"name": _read_words(cells["name"]), "type": _read_codes("org", "type", cells["type"])}


def _read_date(cells: dict[str, str]) -> dict[str, Any]:
    start, end = read_days(cells["days"])
    return {"from": start, "to": end, "grain": _read_codes("date", "grain", cells["grain"])}


def _read_event(cells: dict[str, str]) -> dict[str, Any]:
    when = None if cells["days"] == "-" else list(read_days(cells["days"]))
    return {"type": _read_codes("act", "type", cells["type"]), "modality": _read_codes("act", "modality", cells["modality"]),
            "org": _read_words(cells["organisation"]), "when": when}


def _checked(cell: str) -> str:
    if not cell or cell != cell.strip() or "\n" in cell or "\r" in cell or " | " in f" {cell} ":
        raise ValueError(f"{cell!r} cannot stand in a field of an annotated report")
    return cell


def _write_words(value: str) -> str:
    parts = (value or "").split("|")
    if "-" in parts or any("/" in part for part in parts):
        raise ValueError(f"{value!r} cannot be written: '/' separates alternatives and '-' is the empty one")
    return _checked("/".join(part or "-" for part in parts))


def _write_unit(unit: str) -> str:
    if unit == "-":
        raise ValueError("the unit '-' cannot be written: it says that there is none")
    return _checked(unit or "-")


def _write_codes(value: str) -> str:
    return value.replace("|", "/")


def _write_organisation(record: dict[str, Any]) -> Iterable[str]:
    return _write_words(record["name"]), _write_codes(record["type"])


def _write_date(record: dict[str, Any]) -> Iterable[str]:
    return write_days(record["from"], record["to"]), _write_codes(record["grain"])


def _write_quantity(record: dict[str, Any]) -> Iterable[str]:
    high = "" if record.get("hi") is None else ".." + _write_number(record["hi"])
    return (_write_number(record["value"]) + high, _write_unit(record["unit"]), _write_words(record["item"]), _write_codes(record["qual"]),
            _write_codes(record["scope"]), "-")


def _write_event(record: dict[str, Any]) -> Iterable[str]:
    when = "-" if record.get("when") is None else write_days(*record["when"])
    return _write_codes(record["type"]), _write_codes(record["modality"]), _write_words(record["org"]), when


_READERS: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "org": _read_organisation, "date": _read_date, "qty": _read_quantity, "act": _read_event}
_WRITERS: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "org": _write_organisation, "date": _write_date, "qty": _write_quantity, "act": _write_event}
