"""Annotated reports ↔ the guide's JSONL (one record a line, the report's facts first).

A folder in the guide's form holds ``gold/NAME.gold.jsonl`` and ``reports/NAME.txt``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from miner.layout import lay_out
from miner.learning.annotation import HEADER_KEYS, AnnotatedReport, link_row

_EXTRA = ("domain", "layout", "traps", "origin")


def to_gold(report: AnnotatedReport) -> list[dict[str, Any]]:
    """The guide's records of one annotated report: ``doc`` first, then the mentions, each with the number of its sentence.

    Beyond the guide, ``doc`` also has the header's ``domain``, ``layout``, ``traps``, and a quantity the index of its act (``event``).
    """
    layout = lay_out(report.text)
    sentences = [list(layout.source_map.span(start, end)) for start, end in layout.sentences]
    header = report.header
    doc = {"k": "doc", "published": header["published"], "year": header["year"], "jurisdiction": header["jurisdiction"],
           "articles": [{"title": title} for title in header["article"]], "sentences": sentences}
    doc |= {key: header[key] for key in _EXTRA if header.get(key)}
    return [doc, *({**_day_grain(record), "s": _sentence(sentences, record["start"])} for record in report.records)]


def _day_grain(record: dict[str, Any]) -> dict[str, Any]:
    """A quantity's ``when`` as the guide has it: whole days, null where none can be known."""
    if record["k"] != "qty" or not record["when"]:
        return record
    days = [one and one[:10] for one in record["when"]]
    return {**record, "when": days if any(days) else None}


def _sentence(sentences: list[list[int]], position: int) -> int:
    for index, (start, end) in enumerate(sentences):
        if start <= position < end:
            return index
    return -1


def gold_lines(report: AnnotatedReport) -> str:
    """The JSONL of one annotated report."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in to_gold(report))


def from_gold(records: list[dict[str, Any]], text: str, name: str) -> tuple[AnnotatedReport, list[str]]:
    """An annotated report from the guide's records, and remarks on what the annotation format cannot say.

    A quantity whose act is not named by index gets the nearest act of its sentence that has its type and actor, else the nearest of the report.

    Parameters
    ----------
    records
        ``doc`` first or missing, then mentions.
    text
        The source text that offsets point into.
    name
        Name of the report, for messages.
    """
    doc = next((record for record in records if record["k"] == "doc"), {})
    header: dict[str, Any] = {key: doc.get(key) for key in HEADER_KEYS}
    header["published"] = next((one for one in str(doc.get("published") or "").split("|") if one not in ("", "null")), None)
    header["jurisdiction"] = (doc.get("jurisdiction") or "").split("|")[0] or None
    header |= {"article": [article.get("title") or "" for article in doc.get("articles") or []],
               "domain": doc.get("domain") or "unknown", "layout": doc.get("layout") or "unknown"}
    remarks: list[str] = []
    mentions: list[dict[str, Any]] = []
    for record in sorted((record for record in records if record["k"] != "doc"), key=lambda record: (record["start"], -record["end"])):
        if mentions and record["start"] < mentions[-1]["end"]:
            remarks.append(f"{name}: {_text(record)!r} at {record['start']} overlaps {_text(mentions[-1])!r} and was left out; marks never nest")
        else:
            mentions.append(record)
    order = [record for record in records if record["k"] != "doc"]
    found = [_mention(record) for record in mentions]
    for original, record in zip(mentions, found, strict=True):
        if record["k"] == "qty":
            remarks += _link(original, record, order, mentions, found, name)
    return AnnotatedReport(name, text, header, found), remarks


_KEYS = {"org": ("name", "type"), "date": ("from", "to", "grain"), "qty": ("value", "hi", "unit", "item", "qual", "scope"),
         "event": ("type", "modality", "org", "when")}


def _text(record: dict[str, Any]) -> str:
    return str(record.get("text") or record["trigger"])


def _mention(record: dict[str, Any]) -> dict[str, Any]:
    kept = {key: record.get(key) for key in _KEYS[record["k"]]}
    kept |= {flag: record[flag] for flag in ("opt", "pron", "alt") if record.get(flag)}
    text = _text(record)
    if record["k"] == "event":
        kept["trigger"] = text
    return {"k": record["k"], **kept, "text": text, "start": record["start"], "end": record["end"]}


def _link(original: dict[str, Any], quantity: dict[str, Any], order: list[dict[str, Any]], mentions: list[dict[str, Any]],
          found: list[dict[str, Any]], name: str) -> list[str]:
    action = original.get("action")
    if not action:
        link_row(found, quantity, None)
        return []
    index = original.get("event")
    event = _nearest_act(original, mentions) if index is None else next((i for i, record in enumerate(mentions) if record is order[index]), None)
    if event is None:
        link_row(found, quantity, None)
        return [f"{name}: no act {action} for {quantity['text']!r} at {quantity['start']}; its row was left empty"]
    when = original.get("when")
    link_row(found, quantity, event, None if when is None or when == found[event]["when"] else list(when))
    return []


def _nearest_act(quantity: dict[str, Any], mentions: list[dict[str, Any]]) -> int | None:
    types, actors = set(quantity["action"].split("|")), set((quantity.get("org") or "").split("|"))
    ranked = [(record.get("s") != quantity.get("s"), not actors & set((record.get("org") or "").split("|")), abs(record["start"] - quantity["start"]), i)
              for i, record in enumerate(mentions) if record["k"] == "event" and types & set(record["type"].split("|"))]
    return min(ranked)[3] if ranked else None


def write_gold(reports: list[AnnotatedReport], folder: Path) -> list[Path]:
    """Write reports in the guide's form: ``gold/NAME.gold.jsonl`` and ``reports/NAME.txt`` below `folder`; returns the files."""
    written: list[Path] = []
    for report in reports:
        name = Path(report.path).stem
        for part, content in ((f"gold/{name}.gold.jsonl", gold_lines(report)), (f"reports/{name}.txt", report.text)):
            file = folder / part
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8", newline="")
            written.append(file)
    return written
