"""doccano: JSONL of a sequence labelling project with relations.

In: annotated reports. Out: one object a line with ``text``, ``entities`` (``id``, ``label``, ``start_offset``, ``end_offset``), ``relations``
(``from_id``, ``to_id``, ``type``) and ``meta``, and back. Facts about the format: doccano's import and export code and its documentation.

doccano gives an entity a label and nothing else, and numbers entities anew. So the label also says the main code (``org:government``,
``act:inspect``), which an annotator can change there; the other fields lie in ``meta.marks`` by the entity's span. An entity that was moved
keeps the fields of the mark it overlaps; a new one gets plain values, and a remark says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from miner.learning.annotation import AnnotatedReport
from miner.learning.exchange import ROW, ExchangeError, Mark, header_of, marks_of, report_of

_MAIN = {"org": "type", "date": "grain", "act": "type"}
"""The field whose code the label says."""


def to_rows(reports: Iterable[AnnotatedReport], names: Iterable[str]) -> list[dict[str, Any]]:
    """The objects of reports, one a line; `names` are theirs, in order. Ids are unique over all."""
    rows: list[dict[str, Any]] = []
    first = 1
    for report, name in zip(reports, names, strict=True):
        marks = marks_of(report)
        entities = [{"id": first + index, "label": _label(mark), "start_offset": mark.start, "end_offset": mark.end} for index, mark in enumerate(marks)]
        relations = [{"id": first + index, "from_id": first + index, "to_id": first + mark.act, "type": ROW}
                     for index, mark in enumerate(marks) if mark.act is not None]
        fields = {f"{mark.start}-{mark.end}": _kept(mark) for mark in marks}
        rows.append({"text": report.text, "entities": entities, "relations": relations,
                     "meta": {"name": name, "header": header_of(report), "marks": fields}})
        first += len(marks)
    return rows


def _label(mark: Mark) -> str:
    return f"{mark.kind}:{mark.fields[_MAIN[mark.kind]].split('/')[0]}" if mark.kind in _MAIN else mark.kind


def _kept(mark: Mark) -> dict[str, Any]:
    kept: dict[str, Any] = {"kind": mark.kind, **mark.fields}
    if mark.flags:
        kept["flags"] = mark.flags
    if mark.alt:
        kept["alt"] = mark.alt
    return kept


def from_row(row: dict[str, Any], number: int) -> tuple[AnnotatedReport, list[str]]:
    """The annotated report of one object, and remarks.

    Parameters
    ----------
    row
        An object of the JSONL export; one without relations, with ``label: [[start, end, label], …]``, is read too.
    number
        Its line, from 1: its name if it has none.

    Raises
    ------
    ExchangeError
        If the object is not of this form, or its marks break the annotation format.
    """
    if not isinstance(row.get("text"), str):
        raise ExchangeError(f"line {number} has no text")
    meta = row.get("meta") or {}
    name = str(meta.get("name") or f"line-{row.get('id', number)}")
    remarks: list[str] = []
    try:
        entities = row.get("entities") or [{"id": index, "start_offset": start, "end_offset": end, "label": label}
                                           for index, (start, end, label) in enumerate(row.get("label") or [])]
        marks = _read_marks(entities, meta.get("marks") or {}, name, row["text"], remarks)
        _read_relations(row.get("relations") or [], {entity["id"]: index for index, entity in enumerate(entities)}, marks)
        header = dict(meta.get("header") or {})
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        if isinstance(fault, ExchangeError):
            raise
        raise ExchangeError(f"{name}: line {number} is not of doccano's form ({type(fault).__name__}: {fault})") from fault
    report, more = report_of(name, row["text"], header, marks)
    return report, remarks + more


def _read_marks(entities: list[dict[str, Any]], kept: dict[str, dict[str, Any]], name: str, text: str, remarks: list[str]) -> list[Mark]:
    spans = {f"{entity['start_offset']}-{entity['end_offset']}" for entity in entities}
    free = {key: fields for key, fields in kept.items() if key not in spans}
    marks = []
    for entity in entities:
        start, end = int(entity["start_offset"]), int(entity["end_offset"])
        kind, _, code = entity["label"].partition(":")
        fields = kept.get(f"{start}-{end}")
        if fields is None:
            key = next((key for key, one in free.items() if one["kind"] == kind and _overlap(key, start, end)), None)
            fields = free.pop(key) if key else {}
            if key:
                remarks.append(f"{name}: {text[start:end]!r} at {start} was moved from {key} and keeps the fields it had there")
        marks.append(_mark(start, end, kind, code, fields if fields.get("kind") == kind else {}))
    return marks


def _overlap(key: str, start: int, end: int) -> bool:
    first, last = (int(one) for one in key.split("-"))
    return first < end and start < last


def _mark(start: int, end: int, kind: str, code: str, fields: dict[str, Any]) -> Mark:
    cells = {key: str(value) for key, value in fields.items() if key not in ("kind", "flags", "alt")}
    main = _MAIN.get(kind)
    if main and code and code not in cells.get(main, "").split("/"):
        cells[main] = code  # changed in doccano
    return Mark(start, end, kind, cells, list(fields.get("flags") or []), fields.get("alt"))


def _read_relations(relations: list[dict[str, Any]], order: dict[Any, int], marks: list[Mark]) -> None:
    for relation in relations:
        ends = [order[relation["from_id"]], order[relation["to_id"]]]
        quantity = next((i for i in ends if marks[i].kind == "qty"), None)
        act = next((i for i in reversed(ends) if marks[i].kind == "act"), None)
        if quantity is not None and act is not None:
            marks[quantity].act = act
