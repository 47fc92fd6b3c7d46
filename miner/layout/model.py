"""What a laid-out report is: clean text, its structure, and the map back to the source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from miner.layout.positions import holding

_TAG = re.compile("<[^<>]*>")


class SourceMap:
    """Maps positions of the clean text to positions of the source text.

    The clean text is a row of runs. In a run of width 0 the characters stand one to one in the source; a run of another width is one clean
    character that stands for that many source characters (an entity such as ``&nbsp;``, or an inserted block separator of the width of what it replaces).

    Parameters
    ----------
    clean_starts, source_starts, widths
        One entry per run, ascending: where it begins in the clean text, in the source text, and its width.
    """

    __slots__ = ("clean_starts", "source_starts", "widths")

    def __init__(self, clean_starts: list[int], source_starts: list[int], widths: list[int]) -> None:
        self.clean_starts, self.source_starts, self.widths = clean_starts, source_starts, widths

    @classmethod
    def identity(cls) -> SourceMap:
        """The map of a text that needed no cleaning."""
        return cls([0], [0], [0])

    def start(self, position: int) -> int:
        """The source position at which the clean character at `position` begins."""
        run = holding(self.clean_starts, position)
        return self.source_starts[run] + (0 if self.widths[run] else position - self.clean_starts[run])

    def end(self, position: int) -> int:
        """The source position at which a clean span that ends before `position` ends (the end of its last character)."""
        if position == 0:
            return self.source_starts[0] if self.source_starts else 0
        run = holding(self.clean_starts, position - 1)
        width = self.widths[run]
        return self.source_starts[run] + (width or position - self.clean_starts[run])

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The parts of the source that the clean span ``[start, end)`` is made of: source position, width (0: one to one), length in clean characters."""
        run = holding(self.clean_starts, start)
        while start < end:
            after = self.clean_starts[run + 1] if run + 1 < len(self.clean_starts) else end
            width = self.widths[run]
            upto = min(after, end)
            yield self.source_starts[run] + (0 if width else start - self.clean_starts[run]), width, upto - start
            start = upto
            run += 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the clean span ``[start, end)``."""
        return self.start(start), self.end(end)


def _is_gap(between: str) -> bool:
    """Whether what the clean text leaves out is white space within a line, as characters or as entities (``&nbsp;``), whatever tags stand there."""
    if "&" in between or "<" in between:
        between = html.unescape(_TAG.sub("", between))
    return between.isspace() and "\n" not in between and "\r" not in between


@dataclass(slots=True)
class Block:
    """A stretch of clean text that stands by itself: a heading, a paragraph, a line of page furniture.

    Attributes
    ----------
    start, end
        Clean offsets; blocks ascend, do not overlap, and are separated by one line feed in the clean text.
    kind
        ``heading`` (title of the page, an article or a section) | ``paragraph`` | ``list_item`` | ``table_row`` | ``caption`` |
        ``byline`` (来源, 日期, 作者, 编辑 lines) | ``furniture`` (navigation, footers, counters: kept in the clean text, mined for nothing but page facts).
    level
        Of a heading: 1 = title of an article, 2, 3 … = its sections; 0 for other blocks.
    article
        Index of the article it belongs to.
    section
        Index (in ``Layout.blocks``) of the nearest heading that governs it, -1 if none. A heading's own `section` is its parent heading.
    joined
        True where line breaks inside a sentence were removed to make this block.
    continues
        Index of the block whose broken sentence goes on here, where the source's columns stand in the wrong order; -1 otherwise.
    """

    start: int
    end: int
    kind: str = "paragraph"
    level: int = 0
    article: int = 0
    section: int = -1
    joined: bool = False
    continues: int = -1


@dataclass(slots=True)
class Article:
    """One separate text on a page. Offsets are clean; `title_at`, `author_at`, `date_at` (the day in its by-lines or signature) are clean spans or None."""

    start: int
    end: int
    title: str | None = None
    title_at: tuple[int, int] | None = None
    author: str | None = None
    author_at: tuple[int, int] | None = None
    date_at: tuple[int, int] | None = None


@dataclass(slots=True)
class Repeat:
    """A passage that says again, word for word or nearly, what an earlier passage of the report says.

    Offsets are clean; `share` is the part of its characters that stand in clauses found there.
    """

    start: int
    end: int
    first_start: int
    first_end: int
    share: float = 1.0


@dataclass(slots=True)
class Layout:
    """A report laid out.

    Attributes
    ----------
    source
        The source text (the decoded file, markup and line ends as they are).
    text
        The clean text: markup removed, entities decoded, traditional characters and full-width forms normalised one to one
        (``２`` → ``2``, ``：`` → ``:``, ``，`` → ``,`` except between digits, ``（`` → ``(``, ``檢`` → ``检``), white space kept only between Latin words
        and (one line feed) between blocks. Everything downstream reads this text alone.
    source_map
        Clean offsets → source offsets.
    blocks, articles
        The structure, ascending, covering the whole clean text.
    sentences
        Clean ``(start, end)`` spans, ascending; each lies within one block; a sentence ends with its closing mark (。！？； or the block's end).
    title, title_at
        The page's title as the source writes it, and its clean span.
    author, author_at, origin, origin_at
        Who wrote the report and where it first stood (来源), as the source writes them, with their clean spans.
    repeats
        The passages that repeat an earlier one.
    """

    source: str
    text: str
    source_map: SourceMap
    blocks: list[Block] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    title: str | None = None
    title_at: tuple[int, int] | None = None
    author: str | None = None
    author_at: tuple[int, int] | None = None
    origin: str | None = None
    origin_at: tuple[int, int] | None = None
    repeats: list[Repeat] = field(default_factory=list)

    def place(self, start: int, end: int) -> tuple[int, int, str]:
        """The source span of the clean span ``[start, end)``, and its words as :meth:`source_text` gives them."""
        there = self.source_map
        starts = there.clean_starts
        run = holding(starts, start)
        if start < end and not there.widths[run] and (run + 1 == len(starts) or end <= starts[run + 1]):
            shift = there.source_starts[run] - starts[run]
            return start + shift, end + shift, self.source[start + shift : end + shift]
        first, last = there.span(start, end)
        return first, last, self.source_text(start, end)

    def gaps(self) -> frozenset[int]:
        """Where within a line the source has white space that the clean text has not: between two parts of a title, a table's cells, names in a row.

        Not where text is spaced out character by character.
        """
        there, source, found = self.source_map, self.source, [-1]
        starts = there.clean_starts
        for run in range(1, len(starts)):
            before, at = there.source_starts[run - 1], there.source_starts[run]
            before += there.widths[run - 1] or starts[run] - starts[run - 1]
            if before < at and _is_gap(source[before:at]):
                found.append(starts[run])
        found.append(len(self.text) + 2)
        return frozenset([at for before, at, after in zip(found, found[1:], found[2:], strict=False) if before + 1 < at < after - 1])

    def source_text(self, start: int, end: int) -> str:
        """The words of the clean span as the source writes them: markup and line breaks out, entities decoded, characters not normalised."""
        pieces: list[str] = []
        last, position = -1, start
        for at, width, length in self.source_map.runs(start, end):
            if last >= 0 and last < at:
                between = self.source[last:at]
                if between.isspace() and "\n" not in between and "\r" not in between:
                    pieces.append(between)
            written = self.source[at : at + (width or length)]
            if width and self.text[position] in " \n":  # between words, cells, blocks
                written = " " if self.text[position] == " " and "\n" not in written else ""
            elif width:
                written = html.unescape(written)
            pieces.append(written)
            position += length
            last = at + (width or length)
        return "".join(pieces)
