"""The annotation format of ``corpora/``: a report with its marks, written and read in a text editor.

In: the text of an ``.ann`` file. Out: the plain source text and the records of the annotation guide.

A file is a header between two ``---`` lines (``key: value``, ``article`` once per article), then the report. A mention is put in
braces where it stands; below the line, one line that begins with ``| `` describes each mark, in the order of the marks::

    {8月6日},{市市场监管局}向{柳林社区}{捐赠}口罩{3000只}。
    | 8月6日 | date | 2021-08-06 | day
    | 市市场监管局 | org | 临江市市场监管局 | government
    | 柳林社区 | org | 临江市柳林社区 | community
    | 捐赠 | act | donate | done | 临江市市场监管局 | 2021-08-06
    | 3000只 | qty | 3000 | 只 | 口罩 | exact | one | @捐赠

``corpora/README.md`` describes every field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from miner.schema.codes import ACTIONS, GRAINS, MODALITIES, ORGANISATION_TYPES, QUALIFIERS, SCOPES

HEADER_KEYS = ("published", "year", "jurisdiction", "domain", "layout", "article", "traps", "origin")
_SPACE = re.compile(r"[\s\u3000]+")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T\d{2})?$")


class AnnotationError(ValueError):
    """A fault in an annotated report, with the file and line where it stands."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass
class AnnotatedReport:
    """One annotated report: its source text, its header and its records in the form of the guide's section 6."""

    path: str
    text: str
    header: dict[str, Any]
    records: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Mark:
    start: int
    end: int
    text: str
    line: int


@dataclass
class _Line:
    number: int
    cells: list[str]


def read_annotated(path: Path) -> AnnotatedReport:
    """Read one ``.ann`` file.

    Raises
    ------
    AnnotationError
        If the file breaks the format; the message names file, line and reason.
    """
    return parse_annotated(path.read_text("utf-8"), str(path))


def parse_annotated(content: str, path: str = "<text>") -> AnnotatedReport:
    """Parse the content of an ``.ann`` file (see the module's description).

    Raises
    ------
    AnnotationError
        If the content breaks the format.
    """
    lines = content.split("\n")
    header, first = _header(lines, path)
    body: list[tuple[int, str]] = []
    notes: list[_Line] = []
    for number, line in enumerate(lines[first:], first + 1):
        if line.startswith("| "):
            notes.append(_Line(number, [cell.strip() for cell in line[2:].split(" | ")]))
        else:
            body.append((number, line[1:] if line.startswith("||") else line))
    text, marks = _marks(body, path)
    records = _records(marks, notes, path)
    return AnnotatedReport(path, text, header, records)


def _header(lines: list[str], path: str) -> tuple[dict[str, Any], int]:
    if not lines or lines[0].strip() != "---":
        raise AnnotationError(path, 1, "an annotated report begins with a line '---'")
    header: dict[str, Any] = dict.fromkeys(HEADER_KEYS)
    header["article"] = []
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return _checked_header(header, path), number
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or key not in header:
            raise AnnotationError(path, number, f"unknown header line {line!r}; known keys: {', '.join(HEADER_KEYS)}")
        if key == "article":
            header["article"].append(value)
        else:
            header[key] = value or None
    raise AnnotationError(path, len(lines), "the header has no closing '---'")


def _checked_header(header: dict[str, Any], path: str) -> dict[str, Any]:
    if header["published"] and not _ISO.match(header["published"]):
        raise AnnotationError(path, 2, f"published must be an ISO date or empty, not {header['published']!r}")
    if header["year"]:
        header["year"] = int(header["year"])
    for key in ("domain", "layout"):
        if not header[key]:
            raise AnnotationError(path, 2, f"the header needs '{key}:'")
    return header


def _marks(body: list[tuple[int, str]], path: str) -> tuple[str, list[_Mark]]:
    out: list[str] = []
    marks: list[_Mark] = []
    length, opened = 0, -1
    for index, (number, line) in enumerate(body):
        i = 0
        while i < len(line):
            two, one = line[i : i + 2], line[i]
            if two in ("{{", "}}"):
                out.append(one)
                length, i = length + 1, i + 2
                continue
            if one == "{":
                if opened >= 0:
                    raise AnnotationError(path, number, "a mark opens inside a mark")
                opened = length
            elif one == "}":
                if opened < 0:
                    raise AnnotationError(path, number, "a mark closes that was not opened")
                marks.append(_Mark(opened, length, _SPACE.sub("", "".join(out)[opened:length]), number))
                opened = -1
            else:
                out.append(one)
                length += 1
            i += 1
        if index + 1 < len(body):
            out.append("\n")
            length += 1
    if opened >= 0:
        raise AnnotationError(path, body[-1][0], "a mark is not closed")
    return "".join(out), marks


def _records(marks: list[_Mark], notes: list[_Line], path: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    for mark, note in zip(marks, notes, strict=False):
        if _SPACE.sub("", note.cells[0]) != mark.text:
            raise AnnotationError(path, note.number, f"this line describes {note.cells[0]!r}, but the next mark (line {mark.line}) is {mark.text!r}")
        if len(note.cells) < 2 or note.cells[1] not in _READERS:
            raise AnnotationError(path, note.number, f"the second field must be one of {', '.join(_READERS)}")
        try:
            record = _READERS[note.cells[1]](note.cells[2:])
        except (ValueError, IndexError) as fault:
            raise AnnotationError(path, note.number, str(fault) or "too few fields") from fault
        records.append({**record, "text": mark.text, "start": mark.start, "end": mark.end, "_line": note.number})
    if len(marks) > len(notes):
        extra = marks[len(notes)]
        raise AnnotationError(path, extra.line, f"the mark {extra.text!r} has no line that describes it")
    if len(notes) > len(marks):
        raise AnnotationError(path, notes[len(marks)].number, f"{notes[len(marks)].cells[0]!r} is described, but no mark is left")
    _link_rows(records, path)
    for record in records:
        del record["_line"]
    return records


def _flags(cells: list[str], allowed: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for cell in cells:
        key, equals, value = cell.partition("=")
        if key not in allowed or bool(equals) != (key == "alt"):
            raise ValueError(f"unknown flag {cell!r}; known here: {', '.join(allowed)}")
        found[key] = value if equals else True
    return found


def _codes(cell: str, allowed: tuple[str, ...] | list[str], what: str) -> str:
    for code in cell.split("/"):
        if code not in allowed:
            raise ValueError(f"unknown {what} {code!r}; known: {', '.join(allowed)}")
    return cell.replace("/", "|")


def _text_or_empty(cell: str) -> str:
    return "|".join("" if part == "-" else part for part in cell.split("/"))


def _days(cell: str) -> tuple[str | None, str | None]:
    """``DAY``, ``FROM..TO``, ``..TO``, ``FROM..`` or ``?`` → (from, to)."""
    if cell == "?":
        return None, None
    start, dots, end = cell.partition("..")
    if not dots:
        end = start
    for day in (start, end):
        if day:
            if not _ISO.match(day):
                raise ValueError(f"{day!r} is no ISO date")
            date.fromisoformat(day[:10])
    if start and end and start > end:
        raise ValueError(f"{cell!r} ends before it begins")
    return start or None, end or None


def _organisation(cells: list[str]) -> dict[str, Any]:
    return {"k": "org", "name": _text_or_empty(cells[0]), "type": _codes(cells[1], list(ORGANISATION_TYPES), "organisation type"),
            **_flags(cells[2:], ("opt", "pron", "alt"))}


def _date(cells: list[str]) -> dict[str, Any]:
    start, end = _days(cells[0])
    return {"k": "date", "from": start, "to": end, "grain": _codes(cells[1], list(GRAINS), "grain"), **_flags(cells[2:], ("opt", "alt"))}


def _number(cell: str) -> float | int:
    value = float(cell)
    return int(value) if value.is_integer() else value


def _quantity(cells: list[str]) -> dict[str, Any]:
    low, _, high = cells[0].partition("..")
    return {"k": "qty", "value": _number(low), "hi": _number(high) if high else None, "unit": "" if cells[1] == "-" else cells[1],
            "item": _text_or_empty(cells[2]), "qual": _codes(cells[3], list(QUALIFIERS), "qualifier"),
            "scope": _codes(cells[4], list(SCOPES), "scope"), "_row": cells[5], **_flags(cells[6:], ("opt", "alt"))}


def _event(cells: list[str]) -> dict[str, Any]:
    when = None if cells[3] == "-" else list(_days(cells[3]))
    return {"k": "event", "type": _codes(cells[0], list(ACTIONS), "action type"), "modality": _codes(cells[1], list(MODALITIES), "modality"),
            "org": _text_or_empty(cells[2]), "when": when, **_flags(cells[4:], ("opt",))}


_READERS = {"org": _organisation, "date": _date, "qty": _quantity, "act": _event}


def _link_rows(records: list[dict[str, Any]], path: str) -> None:
    """Give each quantity the cells of the event that its last field names."""
    for index, record in enumerate(records):
        if record["k"] == "event":
            record["trigger"] = record["text"]
        if record["k"] != "qty":
            continue
        row = record.pop("_row")
        cells: dict[str, Any] = {"action": "", "org": "", "when": None, "modality": "done"}
        if row != "-":
            target, _, override = row.partition(" ")
            event = _named_event(records, index, target)
            if event is None:
                raise AnnotationError(path, record["_line"], f"no act {target!r} stands near (write @TRIGGER, or @TRIGGER#2 for the second one of this name)")
            cells = {"action": event["type"], "org": event["org"], "when": event["when"], "modality": event["modality"]}
            record["event"] = records.index(event)
            if override:
                if not override.startswith("when="):
                    raise AnnotationError(path, record["_line"], f"unknown override {override!r}; only when=FROM..TO may follow the trigger")
                cells["when"] = list(_days(override[5:]))
        record.update(cells)


def _named_event(records: list[dict[str, Any]], index: int, target: str) -> dict[str, Any] | None:
    """The act meant by ``@TRIGGER``: the last one before the quantity, else the first after it; ``#n``: the n-th of the report."""
    if not target.startswith("@"):
        return None
    trigger, _, nth = target[1:].partition("#")
    named = [i for i, r in enumerate(records) if r["k"] == "event" and r["text"] == trigger]
    if nth:
        return records[named[int(nth) - 1]] if nth.isdigit() and 0 < int(nth) <= len(named) else None
    before = [i for i in named if i < index]
    after = [i for i in named if i > index]
    chosen = before[-1] if before else after[0] if after else None
    return None if chosen is None else records[chosen]
