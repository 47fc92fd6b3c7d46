"""The annotation format of ``corpora/``: a report with its marks, written and read in a text editor.

In: the text of an ``.ann`` file. Out: the plain source text and the records of the annotation guide; and back.

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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from miner.learning.annotation_fields import FIELDS, MARKS, SPACE, read_cells, read_days, write_cells, write_days

HEADER_KEYS = ("published", "year", "jurisdiction", "domain", "layout", "article", "traps", "origin")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


class AnnotationError(ValueError):
    """A fault in an annotated report, with the file and line where it stands."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass
class AnnotatedReport:
    """One annotated report: its source text, its header and its records in the form of the guide's section 6.

    `path` says where it comes from and does not count in comparisons.
    """

    path: str = field(compare=False)
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
    try:
        return parse_annotated(path.read_text("utf-8"), str(path))
    except UnicodeDecodeError as fault:
        raise AnnotationError(str(path), fault.object[: fault.start].count(b"\n") + 1, "this is no UTF-8 text") from fault


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


def write_annotated(report: AnnotatedReport) -> str:
    """The ``.ann`` text of a report: the inverse of :func:`parse_annotated`.

    Parameters
    ----------
    report
        Its records ascend and do not overlap; quantities name their act by the index under ``event``. The cells that a quantity has from its act
        (``action``, ``org``, ``modality``) are not written.

    Raises
    ------
    ValueError
        If the report holds what the format cannot say: marks that nest, a carriage return, a name with ``/``.
    """
    if "\r" in report.text:
        raise ValueError("a carriage return cannot stand in an annotated report; write line ends as line feeds")
    lines = ["---", *(line for key in HEADER_KEYS for line in _header_lines(key, report.header.get(key))), "---"]
    waiting = list(enumerate(report.records))
    for line, closed in _marked_lines(report.text, report.records):
        lines.append("|" + line if line.startswith("|") else line)
        lines += [_description(report.records, *waiting.pop(0)) for _ in range(closed)]
    return "\n".join(lines)


def _header(lines: list[str], path: str) -> tuple[dict[str, Any], int]:
    if lines[0].strip() != "---":
        raise AnnotationError(path, 1, "an annotated report begins with a line '---'")
    header: dict[str, Any] = dict.fromkeys(HEADER_KEYS)
    header["article"] = []
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            for key in ("domain", "layout"):
                if not header[key]:
                    raise AnnotationError(path, number, f"the header needs '{key}:'")
            return header, number
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or key not in header:
            raise AnnotationError(path, number, f"unknown header line {line!r}; known keys: {', '.join(HEADER_KEYS)}")
        if key == "article":
            header["article"].append(value)
        elif header[key] is not None:
            raise AnnotationError(path, number, f"a second '{key}:'; only 'article' may stand more than once")
        else:
            header[key] = _header_value(key, value, path, number)
    raise AnnotationError(path, len(lines), "the header has no closing '---'")


def _header_value(key: str, value: str, path: str, number: int) -> Any:
    if key == "published" and value:
        try:
            if not _DAY.fullmatch(value):
                raise ValueError
            read_days(value)
        except ValueError:
            raise AnnotationError(path, number, f"published must be an ISO date (2020-02-13) or empty, not {value!r}") from None
    if key == "year" and value:
        if not _YEAR.fullmatch(value):
            raise AnnotationError(path, number, f"year must have four digits or be empty, not {value!r}")
        return int(value)
    return value or None


def _header_lines(key: str, value: Any) -> list[str]:
    values = value or [] if key == "article" else ["" if value is None else str(value)]
    for one in values:
        if one != one.strip() or "\n" in one or "\r" in one:
            raise ValueError(f"the header's {key} cannot be {one!r}: it must be one line without space around it")
    if key == "origin" and value is None:
        return []
    return [f"{key}: {one}".rstrip() for one in values]


_BRACES = re.compile(r"\{+|\}+")


def _marks(body: list[tuple[int, str]], path: str) -> tuple[str, list[_Mark]]:
    """The text without its mark-up, and the marks. In an odd row of braces the one next to the mention is the mark's."""
    marks: list[_Mark] = []
    out: list[str] = []
    length, opened = 0, -1
    for index, (number, line) in enumerate(body):
        position = 0
        for braces in _BRACES.finditer(line):
            out.append(line[position : braces.start()])
            length += braces.start() - position
            position, width = braces.end(), len(braces.group())
            brace, odd = braces.group()[0], width % 2
            if odd and brace == "}":
                if opened < 0:
                    raise AnnotationError(path, number, "a mark closes that was not opened")
                marks.append(_mark(opened, length, "".join(out), number, path))
                opened = -1
            out.append(brace * (width // 2))
            length += width // 2
            if odd and brace == "{":
                if opened >= 0:
                    raise AnnotationError(path, number, "a mark opens inside a mark")
                opened = length
        rest = line[position:] + ("\n" if index + 1 < len(body) else "")
        out.append(rest)
        length += len(rest)
    if opened >= 0:
        raise AnnotationError(path, body[-1][0], f"a mark is not closed: {''.join(out)[opened:][:20]!r}")
    return "".join(out), marks


def _mark(start: int, end: int, text: str, line: int, path: str) -> _Mark:
    squeezed = SPACE.sub("", text[start:end])
    if not squeezed:
        raise AnnotationError(path, line, "a mark is empty")
    return _Mark(start, end, squeezed, line)


def _marked_lines(text: str, records: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """The lines of the text with their marks, each with the number of marks that close on it."""
    out: list[str] = []
    position = 0
    for record in records:
        start, end = record["start"], record["end"]
        if not position <= start < end <= len(text):
            raise ValueError(f"the mark {record.get('text')!r} at {start}–{end} does not follow the one before it, or leaves the text")
        mention = text[start:end]
        if not SPACE.sub("", mention) or mention[0] in "{}" or mention[-1] in "{}":
            raise ValueError(f"the mark {mention!r} at {start}–{end} is empty, or begins or ends with a brace")
        out += [_doubled(text[position:start]), "{", _doubled(mention), "}"]
        position = end
    out.append(_doubled(text[position:]))
    lines = "".join(out).split("\n")
    return [(line, sum(len(found.group()) % 2 for found in re.finditer(r"\}+", line))) for line in lines]


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _description(records: list[dict[str, Any]], index: int, record: dict[str, Any]) -> str:
    kind = MARKS[record["k"]]
    cells = write_cells(record)
    if kind == "qty":
        cells[FIELDS["qty"].index("row")] = _written_row(records, index)
    return "| " + " | ".join([SPACE.sub("", record["text"]), kind, *cells])


def _records(marks: list[_Mark], notes: list[_Line], path: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    for mark, note in zip(marks, notes, strict=False):
        if SPACE.sub("", note.cells[0]) != mark.text:
            raise AnnotationError(path, note.number, f"this line describes {note.cells[0]!r}, but the next mark (line {mark.line}) is {mark.text!r}")
        if len(note.cells) < 2 or note.cells[1] not in FIELDS:
            raise AnnotationError(path, note.number, f"the second field must be one of {', '.join(FIELDS)}")
        try:
            record = read_cells(note.cells[1], note.cells[2:])
        except ValueError as fault:
            raise AnnotationError(path, note.number, str(fault)) from fault
        if record["k"] == "event":
            record["trigger"] = mark.text
        records.append({**record, "text": mark.text, "start": mark.start, "end": mark.end})
    if len(marks) > len(notes):
        extra = marks[len(notes)]
        raise AnnotationError(path, extra.line, f"the mark {extra.text!r} has no line that describes it")
    if len(notes) > len(marks):
        raise AnnotationError(path, notes[len(marks)].number, f"{notes[len(marks)].cells[0]!r} is described, but no mark is left")
    for index, (record, note) in enumerate(zip(records, notes, strict=True)):
        if record["k"] == "qty":
            try:
                event, when = _read_row(records, index, record.pop("_row"))
            except ValueError as fault:
                raise AnnotationError(path, note.number, str(fault)) from fault
            link_row(records, record, event, when)
    return records


def overlapping(records: Iterable[dict[str, Any]], start: int, end: int) -> Iterator[dict[str, Any]]:
    """The records that share a character with a span of the source text."""
    return (record for record in records if record["start"] < end and start < record["end"])


def link_row(records: list[dict[str, Any]], quantity: dict[str, Any], event: int | None, when: list[str | None] | None = None) -> None:
    """Give a quantity the cells of its act.

    Parameters
    ----------
    records
        The report's records.
    quantity
        The quantity, one of them; it is changed.
    event
        Index of its act in `records`; None if it only describes.
    when
        Days of its own, which override the act's.
    """
    if event is None:
        quantity.update(action="", org="", when=None, modality="done")
        quantity.pop("event", None)
        return
    act = records[event]
    quantity.update(event=event, action=act["type"], org=act["org"], when=act["when"] if when is None else when, modality=act["modality"])


def _read_row(records: list[dict[str, Any]], index: int, row: str) -> tuple[int | None, list[str | None] | None]:
    """``-``, ``@TRIGGER``, ``@TRIGGER#2``, with or without `` when=DAYS`` → (index of the act, days of its own)."""
    if row == "-":
        return None, None
    target, _, override = row.partition(" ")
    event = _named_event(records, index, target)
    if event is None:
        raise ValueError(f"no act {target!r} stands near (write @TRIGGER, or @TRIGGER#2 for the second one of this name)")
    if not override:
        return event, None
    if not override.startswith("when="):
        raise ValueError(f"unknown override {override!r}; only when=FROM..TO may follow the trigger")
    return event, list(read_days(override[5:]))


def _named_event(records: list[dict[str, Any]], index: int, target: str) -> int | None:
    """The act meant by ``@TRIGGER``: the last one before the quantity, else the first after it; ``#n``: the n-th of the report."""
    if not target.startswith("@"):
        return None
    trigger, hash_sign, nth = target[1:].rpartition("#")
    if hash_sign and nth.isdecimal():
        numbered = _acts(records, trigger)
        if 0 < int(nth) <= len(numbered):
            return numbered[int(nth) - 1]
    named = _acts(records, target[1:])
    before = [i for i in named if i < index]
    return before[-1] if before else named[0] if named else None


def _acts(records: list[dict[str, Any]], trigger: str) -> list[int]:
    return [i for i, record in enumerate(records) if record["k"] == "event" and record["text"] == trigger]


def _written_row(records: list[dict[str, Any]], index: int) -> str:
    quantity = records[index]
    event = quantity.get("event")
    if event is None:
        return "-"
    trigger = records[event]["text"]
    nth = _acts(records, trigger).index(event) + 1
    row = next((row for row in (f"@{trigger}", f"@{trigger}#{nth}") if _named_event(records, index, row) == event), None)
    if row is None:
        raise ValueError(f"the act {trigger!r} of {quantity['text']!r} cannot be named")
    if quantity["when"] == records[event]["when"]:
        return row
    if quantity["when"] is None:
        raise ValueError(f"{quantity['text']!r} has no days, but its act {trigger!r} has: this cannot be written")
    return f"{row} when={write_days(*quantity['when'])}"
