"""Annotated reports ↔ the guide's JSONL (one record a line, the report's facts first)."""

from __future__ import annotations

import json
from typing import Any

from miner.layout import lay_out
from miner.learning.annotation import AnnotatedReport


def to_gold(report: AnnotatedReport) -> list[dict[str, Any]]:
    """The guide's records of one annotated report: ``doc`` first, then the mentions, each with the number of its sentence."""
    layout = lay_out(report.text)
    sentences = [list(layout.source_map.span(start, end)) for start, end in layout.sentences]
    header = report.header
    doc = {"k": "doc", "published": header["published"], "year": header["year"], "jurisdiction": header["jurisdiction"],
           "articles": [{"title": title} for title in header["article"]], "sentences": sentences}
    return [doc, *({**record, "s": _sentence(sentences, record["start"])} for record in report.records)]


def _sentence(sentences: list[list[int]], position: int) -> int:
    for index, (start, end) in enumerate(sentences):
        if start <= position < end:
            return index
    return -1


def gold_lines(report: AnnotatedReport) -> str:
    """The JSONL of one annotated report."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in to_gold(report))
