"""Markdown → a flat text of the same length (see :mod:`miner.layout.flatten`).

In: a Markdown source. Out: its flat text and marks: signs of headings, lists, emphasis, links and tables become filler or marks, the words stay.
"""

from __future__ import annotations

import re

from miner.layout.flatten import CELL, NOTHING, Marks, fill, fill_entities, fill_tags, fill_unseen, plain_characters

_FRONT = re.compile(r"\A---[ \t]*\n(?:[^\n]*\n){0,60}?---[ \t]*(?:\n|\Z)")
_HEADING = re.compile(r"^( {0,3})(#{1,6})([ \t]+)(?=\S)", re.M)
_HEADING_END = re.compile(r"(?<=[^\n#])[ \t]+#+[ \t]*$", re.M)
_UNDERLINE = re.compile(r"^([^\n|#>\s][^\n]*)\n(=+|-+)[ \t]*$", re.M)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.M)
_QUOTE = re.compile(r"^(?: {0,3}>[ \t]?)+", re.M)
_BULLET = re.compile(r"^([ \t]*)([-*+])([ \t]+)(?=\S)", re.M)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$", re.M)
_TABLE_ROW = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.M)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(([^()\n]{0,2000})\)")
_STRONG = re.compile(r"(\*{1,3}|__|~~|`)(?=\S)([^*_~`\n]{1,500})(?<=\S)\1")
_SOFT_END = re.compile(r"(?<=[^\n。!?;:：|\s\x00\x1e\x1f])\n(?=[^\n\s#>|*\-+\d\x00\x1e\x1f(（一二三四五六七八九十])")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|~>-])")


def flatten_markdown(source: str) -> tuple[str, Marks]:
    """Flatten a Markdown text.

    Parameters
    ----------
    source
        The source text.

    Returns
    -------
    tuple
        The flat text (as long as `source`) and the marks.
    """
    text = plain_characters(source)
    marks: Marks = []
    text = _FRONT.sub(lambda m: _blank(m.group()), text, count=1)
    text = _FENCE.sub(lambda m: fill(len(m.group())), text)

    def heading(match: re.Match[str]) -> str:
        marks.append((match.start(), f"h{len(match[2])}"))
        return fill(len(match.group()))

    def underlined(match: re.Match[str]) -> str:
        marks.append((match.start(), "h1" if match[2][0] == "=" else "h2"))
        return match[1] + "\n" + fill(match.end() - match.start(2))

    def bullet(match: re.Match[str]) -> str:
        marks.append((match.start(2), "li"))
        return match[1] + fill(len(match[2]) + len(match[3]))

    def image(match: re.Match[str]) -> str:
        marks.append((match.start(), "img"))
        return fill(len(match.group()))

    text = _QUOTE.sub(lambda m: fill(len(m.group())), text)
    text = _TABLE_RULE.sub(lambda m: fill(len(m.group())), text)
    text = _UNDERLINE.sub(underlined, text)
    text = _HEADING_END.sub(lambda m: fill(len(m.group())), _HEADING.sub(heading, text))
    text = _BULLET.sub(bullet, text)
    text = _TABLE_ROW.sub(_row, text)
    text = _LINK.sub(lambda m: NOTHING + m[1] + fill(len(m[2]) + 3), _IMAGE.sub(image, text))
    text = _STRONG.sub(lambda m: fill(len(m[1])) + m[2] + fill(len(m[1])), text)
    text = _SOFT_END.sub(_soften, _ESCAPE.sub(NOTHING, text))
    if "<" in text:
        text = fill_tags(fill_unseen(text), marks)
    marks.sort()
    return (fill_entities(text) if "&" in text else text), marks


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", NOTHING, text)


def _soften(match: re.Match[str]) -> str:
    """A line end inside a paragraph is white space; short lines without marks before it stay lines (Chinese texts often break by single line ends)."""
    text = match.string
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return " " if len(line) >= 10 and any(mark in line for mark in ",、;") and NOTHING not in line[:4] else "\n"


def _row(match: re.Match[str]) -> str:
    """A table row: outer bars go, inner bars separate cells."""
    row = match.group()
    first, last = row.index("|"), row.rindex("|")
    return row[:first] + NOTHING + row[first + 1 : last].replace("|", CELL) + NOTHING + row[last + 1 :]
