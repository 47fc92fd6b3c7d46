"""Dates of a bare text, without a report around it.

In: a text and the day from which its relative expressions count. Out: the dictionaries of the public interface, offsets of the given text.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from miner.components.dates.reading import read_dates
from miner.components.identifiers import find_identifiers
from miner.document.findings import Findings, Hints
from miner.layout.model import Article, Block, Layout, SourceMap

_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_SPACE = re.compile(r"[ \t\r\n\u200b]+")
_SENTENCE = re.compile(r"[^。!?;]*[。!?;]+|[^。!?;]+")


def find_dates(text: str, anchor: str | dt.date | None = None) -> list[dict[str, Any]]:
    """The dates of a bare text.

    Parameters
    ----------
    text
        Any string.
    anchor
        The day from which relative expressions count, ISO 8601 (``2021-08-27``); None if unknown.

    Returns
    -------
    list of dict
        ``start``, ``end`` (code points of `text`), ``text``, ``date_from``, ``date_to`` (ISO or None, both included), ``hour_from``, ``hour_to``, ``grain``,
        ``reason``, ``confidence``.

    Raises
    ------
    ValueError
        If `anchor` is no ISO date. No text raises.
    """
    day = dt.date.fromisoformat(anchor[:10]) if isinstance(anchor, str) else anchor
    clean, places = _squeezed(text)
    sentences = [m.span() for m in _SENTENCE.finditer(clean)]
    layout = Layout(text, clean, SourceMap.identity(), [Block(0, len(clean))], [Article(0, len(clean))], sentences)
    findings = Findings(layout, Hints(published=day))
    findings.identifiers = find_identifiers(clean)
    read_dates(findings, bare=True)
    out = []
    for date in findings.dates:
        start, end = places[date.start], places[date.end - 1] + 1
        out.append(
            {
                "start": start,
                "end": end,
                "text": text[start:end],
                "date_from": date.date_from.isoformat() if date.date_from else None,
                "date_to": date.date_to.isoformat() if date.date_to else None,
                "hour_from": date.hour_from,
                "hour_to": date.hour_to,
                "grain": date.grain,
                "reason": date.reason,
                "confidence": date.confidence,
            }
        )
    return out


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text with full-width forms made narrow and white space dropped, and the place of each character.

    One blank stays between two Latin characters or digits.
    """
    narrow = text.translate(_FORMS)
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for m in _SPACE.finditer(narrow):
        pieces.append(narrow[position : m.start()])
        places.extend(range(position, m.start()))
        position = m.end()
        if m.start() and position < len(narrow) and narrow[m.start() - 1].isascii() and narrow[position].isascii():
            pieces.append(" ")
            places.append(m.start())
    pieces.append(narrow[position:])
    places.extend(range(position, len(narrow)))
    return "".join(pieces), places
