"""Lines → blocks: the lines of one paragraph, broken by a column or a page width, become one block again.

In: the lines with their kinds. Out: groups of lines. Lines are joined only where the text shows that a sentence goes on: it has no end mark, and the
next line does not begin like a new paragraph, heading or by-line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from miner.layout.kinds import is_open
from miner.layout.lines import Line

_MARK_WITHIN = re.compile(r"[,。;、:!?](?!\d)")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节条部编,、:]|[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、](?!\d)|\d{1,2}[)]|[①-⑳]|[●◆◇■□▪▲★※→➢•○])"
)
_NEW = re.compile(r"摘要[:：]?|【[^】]{1,12}】|——")
_LOOSE_END = tuple(",、的和与及或对将在为从把被向以是了等并而且其各每该不至到由于使让给跟同")
_LOOSE_BEGIN = tuple(",、。;!?)》”’】〉%和的与及")
_LONG = 25  # a line of that length with marks inside is body text, not a heading
_WRAPPED_SHARE = 0.35
_NEAR = 0.3  # lines within that part of the middle width count as of one width …
_NEAR_SHARE = 0.75  # … and so many must be
_MINIMUM = 3
_NARROWEST = 8  # no column is narrower, in Han characters


@dataclass(slots=True)
class Group:
    """Lines that make one block. `disturbed`: index of the group whose broken sentence it carries on although other lines stand between; -1 otherwise."""

    lines: list[Line]
    kind: str
    disturbed: int = -1


def columns(text: str) -> float:
    """Width of a line in Han characters: ASCII counts half."""
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def has_marks(text: str) -> bool:
    """Whether a line has punctuation inside, its number (一、) and figures (12,368) aside."""
    number = _NUMBERED.match(text)
    return _MARK_WITHIN.search(text, number.end() if number else 0) is not None


def wrap_width(lines: list[Line]) -> float:
    """The width at which the text is wrapped, in Han characters; 0 if lines are paragraphs.

    A text counts as wrapped where many body lines end in mid-sentence and those are of about one width.
    """
    text = [line for line in lines if line.kind == "text"]
    following = [*lines[1:], None][: len(lines)]
    widths = sorted(
        columns(line.text)
        for line, after in zip(lines, following, strict=True)
        if line.kind == "text" and len(line.text) <= 120 and after is not None and after.gap == 1 and not after.indented and not after.hard
        and has_marks(line.text) and is_open(line.text)
    )  # fmt: skip
    if len(widths) < _MINIMUM or len(widths) < _WRAPPED_SHARE * len(text):
        return 0.0
    middle = widths[len(widths) // 2]
    if sum(columns(line.text) > (1 + _NEAR) * middle for line in text) > (1 - _NEAR_SHARE) * len(widths):
        return 0.0  # longer lines than those: they are headings, not broken lines
    near = sum(abs(width - middle) <= _NEAR * middle for width in widths)
    return middle if middle >= _NARROWEST and near >= _NEAR_SHARE * len(widths) else 0.0


def begins_anew(line: Line) -> bool:
    """Whether a line begins like a new paragraph, heading or article."""
    return line.hard or line.indented or bool(line.marks) or bool(_NUMBERED.match(line.text) or _NEW.match(line.text)) or line.lead


def _unclosed(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("(") > text.count(")") or text.count("《") > text.count("》")


def _looks_like_heading(line: Line, after: Line | None) -> bool:
    """A short line without marks that stands by itself between blank lines."""
    if len(line.text) > 30 or line.gap == 1 or not is_open(line.text) or has_marks(line.text):
        return False
    return after is None or after.gap > 1 or begins_anew(after)


def goes_on(text: str, last: Line, line: Line, after: Line | None, width: float) -> bool:
    """Whether `line` carries on the sentence of the block so far.

    Parameters
    ----------
    text
        The clean text of the block so far (its end suffices).
    last
        Its last line.
    line
        The line in question.
    after
        The line after that one.
    width
        The text's wrap width, 0 if it has none.
    """
    if begins_anew(line) or not is_open(text):
        return False
    if text.endswith((",", "、")) or line.text.startswith(_LOOSE_BEGIN):
        return True
    if _looks_like_heading(line, after):
        return False
    marks = has_marks(text)
    full = width > 0 and (columns(last.text) >= 0.6 * width or has_marks(last.text))  # a mark inside: a broken sentence, be it short
    if width and line.gap == 1:
        return full and (marks or (after is not None and not _stands_alone(last, line)))
    if len(text) < _LONG or not marks:
        return False
    closes = has_marks(line.text) and not is_open(line.text)
    return full or closes or len(text) >= 2 * _LONG or _unclosed(text) or text.endswith(_LOOSE_END)


def _stands_alone(last: Line, line: Line) -> bool:
    """Whether the line before is cut off from its neighbours by blank lines or much shorter than the next one."""
    return last.gap > 1 and columns(last.text) < 0.8 * columns(line.text)


def _within_column(group: Group, line: Line, width: float) -> bool:
    """Whether a line stands in the middle of a wrapped paragraph, so that its own words (…供图, 第2版) do not make it a caption or by-line."""
    last = group.lines[-1]
    if group.kind != "text" or line.gap != 1 or line.indented or line.hard or not is_open(last.text) or columns(last.text) < 0.85 * width:
        return False
    return len(group.lines) > 1 or has_marks(last.text)


def join_lines(lines: list[Line]) -> list[Group]:
    """Join the lines of each paragraph.

    Parameters
    ----------
    lines
        The lines, kinds set.

    Returns
    -------
    list of Group
        The groups, in order.
    """
    width = wrap_width(lines)
    groups: list[Group] = []
    orphan = leading = -1
    tail = ""
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if width and line.kind != "text" and groups and _within_column(groups[-1], line, width):
            line.kind = "text"
        if line.kind == "text" and groups and groups[-1].kind in ("text", "list_item", "caption") and tail:
            current = len(groups) - 1
            if goes_on(tail, groups[-1].lines[-1], line, after, width) and (groups[-1].kind != "caption" or (line.gap == 1 and width)):
                if leading == current and orphan >= 0 and line.gap > 1:
                    groups[orphan].disturbed = current
                    groups.append(Group([line], "text", orphan))
                    orphan = leading = -1
                else:
                    groups[-1].lines.append(line)
                tail = (tail + line.text)[-300:]
                continue
            if line.lead:
                leading = current + 1
                orphan = current if tail.endswith((",", "、")) and groups[-1].kind == "text" else -1
        elif line.kind == "text" and line.lead:
            leading, orphan = len(groups), -1
        groups.append(Group([line], line.kind))
        tail = line.text
    return groups
