"""Lays out a report: source text → clean text, blocks, articles, sentences.

In: a source text and its kind. Out: a :class:`~miner.layout.model.Layout`.
"""

from __future__ import annotations

from miner.layout.articles import Articles, find_origin, is_masthead, names_of
from miner.layout.flatten import Marks, flatten_text
from miner.layout.headings import mark_headings, set_levels, style_of
from miner.layout.joining import Group, join_lines
from miner.layout.kinds import kind_of
from miner.layout.lines import cut_lines, latin
from miner.layout.markdown import flatten_markdown
from miner.layout.model import Block, Layout, SourceMap
from miner.layout.page import flatten_page
from miner.layout.repeats import find_repeats
from miner.layout.sentences import cut_sentences
from miner.layout.wording import is_lead

_BODY_NAME = 8  # longer headings tell something


def lay_out(source: str, kind: str = "text") -> Layout:
    """Lay out a source text.

    Parameters
    ----------
    source
        The source text as decoded, markup and line ends as they are.
    kind
        ``text`` (plain text, which may hold stray tags and entities), ``html`` (a whole page: navigation goes), ``markdown``.

    Returns
    -------
    Layout
        The report laid out. Never raises for a string of whatever kind.
    """
    flat, marks = _flatten(source, kind)
    lines = cut_lines(flat, marks)
    for line in lines:
        line.kind = kind_of(line)
        line.lead = is_lead(line.text)
    groups = join_lines(lines)
    mark_headings(groups)
    _mark_mastheads(groups)
    layout = _assemble(source, groups)
    if layout.blocks:
        _find_structure(layout, groups)
    layout.sentences = cut_sentences(layout.text, layout.blocks)
    layout.repeats = find_repeats(layout)
    return layout


def _flatten(source: str, kind: str) -> tuple[str, Marks]:
    if kind == "html":
        return flatten_page(source)
    return flatten_markdown(source) if kind == "markdown" else flatten_text(source)


def _mark_mastheads(groups: list[Group]) -> None:
    """The head of a document's paper, above number and title, is no title."""
    first = next((i for i, group in enumerate(groups) if group.kind == "paragraph"), len(groups))
    headings = [g for g in groups[:first] if _is_bare(g)]
    if len(headings) > 1 and len(headings[-1].lines[0].text) <= _BODY_NAME and any(_is_bare(g) for g in groups[first:]):
        return  # the last one is the first of several sections, named after bodies
    for group in headings[:-1]:
        if is_masthead(group.lines[0].text):
            group.kind = "byline"


def _is_bare(group: Group) -> bool:
    return group.kind == "heading" and style_of(group.lines[0].text) == "bare"


def _assemble(source: str, groups: list[Group]) -> Layout:
    """Clean text, source map and blocks of the groups."""
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    widths: list[int] = []
    blocks: list[Block] = []
    length = last = 0
    for group in groups:
        if pieces:
            starts.append(length)
            sources.append(last)
            widths.append(max(1, group.lines[0].start - last))
            pieces.append("\n")
            length += 1
        start = length
        for position, line in enumerate(group.lines):
            if position and latin(pieces[-1][-1]) and latin(line.text[0]):
                starts.append(length)
                sources.append(last)
                widths.append(line.start - last)
                pieces.append(" ")
                length += 1
            for clean, at, width in line.runs:
                starts.append(length + clean)
                sources.append(at)
                widths.append(width)
            pieces.append(line.text)
            length += len(line.text)
            last = line.end
        blocks.append(Block(start, length, group.kind, joined=len(group.lines) > 1, continues=group.disturbed))
    source_map = SourceMap(starts, sources, widths) if starts else SourceMap.identity()
    return Layout(source, "".join(pieces), source_map, blocks)


def _find_structure(layout: Layout, groups: list[Group]) -> None:
    """Articles, titles, authors, levels."""
    marked = {i: int(mark[1]) for i, g in enumerate(groups) if g.kind == "heading" for mark in g.lines[0].marks if len(mark) == 2 and mark[0] == "h"}
    articles = Articles(layout.blocks, layout.text, [group.lines for group in groups], marked)
    layout.articles = articles.find()
    set_levels(layout.blocks, layout.text, articles.titles, marked)
    for article in layout.articles:
        if article.title_at:
            article.title = layout.source_text(*article.title_at)
        if article.author_at:
            article.author = names_of(layout.source_text(*article.author_at))
    titled = next((a for a in layout.articles if a.title_at), None)
    if titled:
        layout.title, layout.title_at = titled.title, titled.title_at
    written = next((a for a in layout.articles if a.author_at), None)
    if written:
        layout.author, layout.author_at = written.author, written.author_at
    layout.origin_at = find_origin(layout.blocks, layout.text)
    if layout.origin_at:
        layout.origin = layout.source_text(*layout.origin_at)
