"""Where a mention stands in the text of its sentence.

Rows point into the source text; a sentence's row holds its words without markup and line breaks. Where a sentence lost nothing, one offset is the
other; where it lost characters, a mention begins at most so many characters earlier, and its own words tell where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

Row = dict[str, Any]


@dataclass(slots=True)
class Mark:
    """A stretch of a sentence's text that says something.

    Attributes
    ----------
    kind
        ``organisation``, ``date``, ``quantity`` or ``action``.
    id
        The anchor of the stretch on the page.
    start, end
        Offsets in the sentence's text.
    about
        What it stands for, in a few words.
    target
        Anchor of the event that uses it, None where none does.
    """

    kind: str
    id: str
    start: int
    end: int
    about: str = ""
    target: str | None = None


@dataclass(slots=True)
class Piece:
    """A piece of a sentence under one mark, or none; `ids` are the anchors that begin with it."""

    text: str
    mark: Mark | None = None
    ids: list[str] = field(default_factory=list)
    first: bool = True


def place(sentence: Row, start: int, end: int, words: str, least: int = 0) -> tuple[int, int]:
    """The offsets in the sentence's text of a mention.

    Parameters
    ----------
    sentence
        A row of the table ``sentences``.
    start, end
        The mention's source offsets.
    words
        The mention's words.
    least
        Where the mention before it begins: mentions ascend.
    """
    text: str = sentence["text"]
    lost = (sentence["end"] - sentence["start"]) - len(text)
    at = start - sentence["start"]
    if not lost:
        return max(0, at), min(len(text), end - sentence["start"])
    found = text.find(words, max(least, at - lost, 0)) if words else -1
    if found < 0 or found > at:
        found = text.find(words) if words else -1
    if found < 0:
        return max(0, min(at, len(text))), max(0, min(at, len(text)))
    return found, found + len(words)


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The text cut at the edges of the marks; where marks overlap, the shorter one shows.

    Joined, the pieces' texts are the text.
    """
    wanted = sorted((mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
    edges = sorted({0, len(text), *(mark.start for mark in wanted), *(mark.end for mark in wanted)})
    out: list[Piece] = []
    shown: set[str] = set()
    for start, end in pairwise(edges):
        over = [mark for mark in wanted if mark.start <= start and end <= mark.end]
        chosen = min(over, key=lambda mark: mark.end - mark.start, default=None)
        ids = [mark.id for mark in over if mark.start == start]
        out.append(Piece(text[start:end], chosen, ids, chosen is not None and chosen.id not in shown))
        if chosen is not None:
            shown.add(chosen.id)
    return out
