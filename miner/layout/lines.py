"""Flat text → lines in clean characters, each with its part of the source map.

In: a flat text (:mod:`miner.layout.flatten`). Out: the lines that hold something, white space taken out where Chinese text has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from miner.layout.flatten import BREAK, CELL, NOTHING, PART, Marks

Run = tuple[int, int, int]
"""Clean position in its line, source position, width (0: one to one)."""

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
_SPACES = " \t\r\x0b\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_GAP_CHARACTERS = _SPACES + _INVISIBLE + NOTHING + PART + CELL
_GAP = re.compile(f"[{_GAP_CHARACTERS}]+")
_SPACE = re.compile(f"[{_SPACES}{CELL}]")
_CELL_END = re.compile(f"[{CELL}\t]+")
_LINE = re.compile(f"[^\n{BREAK}]+")
_NO_SOUND = re.compile(f"[{NOTHING}{PART}{_INVISIBLE}]+")


@dataclass(slots=True)
class Line:
    """A line that holds text.

    Attributes
    ----------
    start, end
        Source offsets of its first character and of the end of its last.
    text
        Its clean characters.
    runs
        Its part of the source map; clean positions count from the line's begin.
    indented
        It begins with white space of at least two columns.
    gap
        Line ends between the line before and this one (1: the next line; more: blank lines stand between).
    hard
        A block of markup ended between the line before and this one.
    marks
        The marks between the line before and this one.
    raw
        The line with its inner white space.
    cells
        Table cells in it, 0 if it is no row.
    kind, lead
        What it is (:mod:`miner.layout.kinds`), and whether it begins a newspaper report (本报讯).
    """

    start: int
    end: int
    text: str
    runs: list[Run]
    indented: bool = False
    gap: int = 1
    hard: bool = False
    marks: tuple[str, ...] = ()
    raw: str = ""
    kind: str = ""
    cells: int = 0
    lead: bool = False


def cut_lines(flat: str, marks: Marks) -> list[Line]:
    """Cut a flat text into its lines.

    Parameters
    ----------
    flat
        The flat text.
    marks
        The marks of its markup, ascending.

    Returns
    -------
    list of Line
        The lines that hold text, in order.
    """
    lines: list[Line] = []
    places = [place for place, _ in marks]
    last = marked = 0
    for match in _LINE.finditer(flat):
        written = match.group()
        body = written.lstrip(_GAP_CHARACTERS)
        if not body:
            continue
        start = match.start() + len(written) - len(body)
        body = body.rstrip(_SPACES + _INVISIBLE + NOTHING + CELL)
        if body[-1] == PART:
            body = _without_spaces(body)
        line = _line(body, start)
        between = flat[last:start]
        if start > match.start():
            lead = written[: start - match.start()]
            line.indented = "\u3000" in lead or lead.count(" ") + lead.count("\xa0") + 4 * lead.count("\t") >= 2
        line.gap = between.count("\n") if lines else 0
        line.hard = BREAK in between
        if marked < len(places):
            upto = bisect_left(places, start)
            line.marks = tuple(name for _, name in marks[marked:upto])
            marked = upto
            marked = max(marked, bisect_left(places, line.end))
        if CELL in body or "\t" in body:
            line.cells = 1 + len(_CELL_END.findall(body))
        lines.append(line)
        last = line.end
    return lines


def _without_spaces(body: str) -> str:
    """A line without the entities of white space at its end (``&nbsp;`` as a space and its parts)."""
    while body:
        core = body.rstrip(PART)
        if core[-1:] in _SPACES and core:
            body = core.rstrip(_SPACES + _INVISIBLE + NOTHING + CELL)
            if not body or body[-1] != PART:
                return body
        else:
            return body
    return body


def _line(body: str, start: int) -> Line:
    gap = _GAP.search(body)
    if gap is None:
        return Line(start, start + len(body), body, [(0, start, 0)], raw=body)
    pieces: list[str] = []
    runs: list[Run] = []
    length = position = 0
    while gap:
        first, last = gap.span()
        parts = 0
        if body[first] == PART:  # the character before the gap is an entity
            parts = first
            while parts < last and body[parts] == PART:
                parts += 1
            if first - 1 > position:
                runs.append((length, start + position, 0))
            pieces.append(body[position:first])
            length += first - position
            runs.append((length - 1, start + first - 1, parts - first + 1))
            first = parts
        elif first > position:
            runs.append((length, start + position, 0))
            pieces.append(body[position:first])
            length += first - position
        if first < last < len(body) and _SPACE.search(body, first, last) and pieces and keeps_space(body, first, last):
            runs.append((length, start + first, last - first))
            pieces.append(" ")
            length += 1
        position = last
        gap = _GAP.search(body, last)
    if position < len(body):
        runs.append((length, start + position, 0))
        pieces.append(body[position:])
    text = "".join(pieces)
    return Line(start, start + len(body), text, runs, raw=_NO_SOUND.sub("", body))


def latin(character: str) -> bool:
    """Whether it is a letter of a Latin (or Greek, Cyrillic) word."""
    return character.isalpha() and character < "\u0530"


def keeps_space(body: str, first: int, last: int) -> bool:
    """Whether the white space ``body[first:last]`` separates: two Latin words, two table cells, or two numbers that are not one."""
    if CELL in body[first:last] or "\t" in body[first:last]:
        return True
    before, after = body[first - 1], body[last]
    if before.isdecimal() and after.isdecimal():
        return not _one_number(body, first, last)
    if latin(after):
        return latin(before) or (before in ".,;:!?)'\"" and first >= 2 and latin(body[first - 2]))
    return latin(before) and after == "("


def _one_number(body: str, first: int, last: int) -> bool:
    """Whether the digits on both sides of a gap are one number: spaced out digit by digit, or grouped by thousands."""
    head = first
    while head and first - head < 5 and body[head - 1].isdecimal():
        head -= 1
    tail = last
    while tail < len(body) and tail - last < 5 and body[tail].isdecimal():
        tail += 1
    before, after = first - head, tail - last
    if last - first == 1 and before <= 3 and after == 3 and body[head] != "0" and (head == 0 or body[head - 1] not in ".-:/"):
        return tail >= len(body) or body[tail] not in ".-:/"
    return before == 1 and after == 1 and body[head - 1 : head] not in ("-", "/") and body[tail : tail + 1] != ":"
