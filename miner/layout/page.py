"""A whole HTML page → a flat text of the same length, without the page's furniture (see :mod:`miner.layout.flatten`).

In: the source of a page. Out: its flat text and marks. Navigation, footers, lists of links, hidden and technical parts become filler; the title, the
lines that tell source, date and author, tables, captions and all running text stay.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from miner.layout.bylines import tells_origin
from miner.layout.flatten import BLOCK_TAGS, BREAK, CELL, MARKS, NOTHING, TAG, Marks, entity, fill, fill_entities, fill_unseen, plain_characters
from miner.layout.kinds import SHORT

_UNSEEN = frozenset(
    ["applet", "audio", "button", "canvas", "datalist", "embed", "frameset", "head", "iframe", "map", "noframes", "noscript", "object", "option", "select",
     "svg", "template", "textarea", "video"]
)
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "menu", "dialog"})
_VOID = frozenset(
    ["area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSED_BY = {
    "p": BLOCK_TAGS - {"body", "html", "head"}, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th", "tr", "tbody"},
    "th": {"td", "th", "tr", "tbody"}, "tr": {"tr", "tbody"}, "option": {"option"},
}  # fmt: skip
_STOPS = frozenset({"table", "td", "th", "ul", "ol", "dl", "body", "html"})
_BLOCK_LISTS = frozenset({"div", "ul", "ol", "dl", "table", "section", "p", "li", "td", "header", "form", "center", "tr"})
_NAMES = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|(?:^|\s)hidden(?=[\s/]|$)|aria-hidden\s*=\s*[\"']?true", re.I)
_WORD = re.compile(r"[A-Za-z][a-z]+\d*|[A-Z]+(?![a-z])\d*|[a-z]+\d*")
_ENTITY = re.compile(r"&[A-Za-z#\d]{1,12};")
_SENTENCE_MARK = re.compile("[。,;!?]")
_TITLE_CUT = re.compile(r"\s*[-_|–—]+\s*|\s*>+\s*")
_BLANK = " \n\t\r\x00\u3000\xa0"
_STEMS = ("share", "bdshare", "footer", "sidebar", "related", "recommend", "comment", "breadcrumb", "copyright")  # sharedaddy, commentlist …
_DEPTH = 400  # deeper nesting is no page any more; tags below it count as text


@dataclass(slots=True)
class Element:
    """An element of the page: where its content begins and ends, and how much of it is text, links, sentence marks."""

    name: str
    attributes: str
    start: int
    end: int
    parent: int
    counts: tuple[int, int, int] = (0, 0, 0)
    cells: int = 0
    rows: int = 0
    tables: int = 0


@dataclass(slots=True)
class Page:
    """A page taken apart: tags in order, elements, and the text between tags."""

    text: str
    elements: list[Element] = field(default_factory=list)
    tags: list[tuple[int, int, str, bool, int]] = field(default_factory=list)
    """Start, end, name, whether it closes, index of the element (or of the element around)."""


@cache
def _furniture_words() -> frozenset[str]:
    return frozenset(tomllib.loads((files("miner.layout") / "data" / "page_classes.toml").read_text("utf-8"))["furniture"])


def take_apart(text: str) -> Page:
    """Find the elements of a page; tags that are never closed end with what is around them."""
    page = Page(text, [Element("", "", 0, len(text), -1)])
    elements, stack = page.elements, [0]
    length = links = marks = position = depth = 0

    def close(at: int) -> None:
        nonlocal depth
        element = elements[stack.pop()]
        element.end = at
        element.counts = (length - element.counts[0], links - element.counts[1], marks - element.counts[2])
        depth -= element.name == "a"

    for match in TAG.finditer(text):
        if match.start() > position:
            words = text[position : match.start()].strip(_BLANK)
            if words:
                if "&" in words:
                    words = _ENTITY.sub("", words)
                count = len(words)
                length += count
                if depth > 0:
                    links += count
                else:
                    marks += len(_SENTENCE_MARK.findall(words))
        position = match.end()
        name = (match["name"] or "").lower()
        if not name:
            page.tags.append((match.start(), match.end(), "", False, stack[-1]))
            continue
        if match["close"]:
            inner = next((i for i in range(len(stack) - 1, max(0, len(stack) - 60), -1) if elements[stack[i]].name == name), 0)
            index = stack[inner] if inner else stack[-1]
            if inner:
                while len(stack) > inner:
                    close(match.start())
            page.tags.append((match.start(), match.end(), name, True, index))
            continue
        while len(stack) > 1 and name in _CLOSED_BY.get(elements[stack[-1]].name, ()):
            close(match.start())
        _close_sibling(name, elements, stack, close, match.start())
        elements.append(Element(name, match["attributes"], match.end(), len(text), stack[-1], (length, links, marks)))
        page.tags.append((match.start(), match.end(), name, False, len(elements) - 1))
        if name in _VOID or match["attributes"].endswith("/") or len(stack) > _DEPTH:
            elements[-1].end, elements[-1].counts = match.end(), (0, 0, 0)
        else:
            stack.append(len(elements) - 1)
            depth += name == "a"
    while len(stack) > 1:
        close(len(text))
    elements[0].counts = (length, links, marks)
    _count_tables(elements)
    return page


def _close_sibling(name: str, elements: list[Element], stack: list[int], close, at: int) -> None:  # type: ignore[no-untyped-def]
    """``<li>`` ends the ``<li>`` before it though inline tags stand open in between; so do rows and cells."""
    if name not in ("li", "td", "th", "tr", "dt", "dd"):
        return
    for depth in range(len(stack) - 1, max(0, len(stack) - 12), -1):
        around = elements[stack[depth]].name
        if name in _CLOSED_BY.get(around, ()) and around != "p":
            while len(stack) > depth:
                close(at)
            return
        if around in _STOPS and not (name == "tr" and around in ("td", "th")):
            return


def _count_tables(elements: list[Element]) -> None:
    for element in elements:
        if element.name in ("td", "th", "tr", "table"):
            around = element.parent
            while around > 0 and elements[around].name != "table":
                around = elements[around].parent
            if around > 0:
                elements[around].cells += element.name in ("td", "th")
                elements[around].rows += element.name == "tr"
                elements[around].tables += element.name == "table"


def is_data(table: Element) -> bool:
    """Whether a table holds data: several rows of short cells, no table within (others only lay the page out)."""
    return table.tables == 0 and table.rows >= 2 and table.cells > table.rows and table.counts[0] <= 60 * table.cells


def _class_words(attributes: str) -> set[str]:
    names = [a or b or c for a, b, c in _NAMES.findall(attributes)]
    return {word.lower() for name in names for word in _WORD.findall(name)} | {name.lower() for name in names}


def _has_furniture_class(attributes: str) -> bool:
    names = _class_words(attributes)
    return not names.isdisjoint(_furniture_words()) or any(name.startswith(_STEMS) for name in names)


def furniture(page: Page) -> list[tuple[int, int]]:
    """The stretches of the page that are furniture or unseen, ascending."""
    total = max(1, page.elements[0].counts[2])
    stretches: list[tuple[int, int]] = []
    after = 0
    for element in page.elements[1:]:
        if element.start < after or element.end <= element.start:
            continue
        if element.name in _UNSEEN or _is_furniture(element, total):
            stretches.append((element.start, element.end))
            after = element.end
    return stretches


def _is_furniture(element: Element, total: int) -> bool:
    length, links, marks = element.counts
    if not length:
        return False
    share = marks / total
    if element.name in _FURNITURE_TAGS and share <= 0.5:
        return True
    if element.attributes and share <= 0.3 and element.name not in ("body", "html", "article", "main", "td", "p", "h1"):
        if _HIDDEN.search(element.attributes):
            return True
        if "=" in element.attributes and _has_furniture_class(element.attributes):
            return marks <= 6 or links > 0.3 * length
    return element.name in _BLOCK_LISTS and length >= 4 and links >= 0.6 * length and marks <= length / 60 and share <= 0.2


def _title_of(page: Page) -> tuple[Element | None, str]:
    """The page's ``<title>`` and its first part without white space (标题_网站名 → 标题)."""
    element = next((e for e in page.elements if e.name == "title"), None)
    if element is None:
        return None, ""
    words = _ENTITY.sub(lambda m: entity(m.group()) or "", page.text[element.start : element.end])
    parts = [re.sub(r"\s+", "", part) for part in _TITLE_CUT.split(words)]
    return element, max(parts, key=len, default="")


def flatten_page(source: str) -> tuple[str, Marks]:
    """Flatten a whole HTML page.

    Parameters
    ----------
    source
        The page's source.

    Returns
    -------
    tuple
        The flat text (as long as `source`) and the marks.
    """
    page = take_apart(fill_unseen(plain_characters(source)))
    dropped = furniture(page)
    title, words = _title_of(page)
    pieces: list[str] = []
    marks: Marks = []
    position = at = 0
    preformatted = 0

    def put(start: int, end: int) -> None:
        """Text between tags: filler where it was dropped, line ends as white space."""
        nonlocal at
        while start < end:
            while at < len(dropped) and dropped[at][1] <= start:
                at += 1
            inside = at < len(dropped) and dropped[at][0] <= start
            stop = min(end, dropped[at][1] if inside else dropped[at][0]) if at < len(dropped) else end
            part = page.text[start:stop]
            pieces.append(NOTHING * (stop - start) if inside else part if preformatted > 0 else part.replace("\n", " "))
            start = stop

    tables = _data_tables(page)
    for start, end, name, closes, index in page.tags:
        put(position, start)
        position = end
        pieces.append(_filler(page, (start, end, name, closes), index, tables, marks))
        preformatted += (name == "pre") * (-1 if closes else 1)
    put(position, len(page.text))
    flat = fill_entities("".join(pieces))
    return _with_title(flat, marks, title, words, page)


def _data_tables(page: Page) -> set[int]:
    """Indices of the elements that stand inside a table of data."""
    inside: set[int] = set()
    for index, element in enumerate(page.elements):
        if (element.name == "table" and is_data(element)) or element.parent in inside:
            inside.add(index)
    return inside


def _filler(page: Page, tag: tuple[int, int, str, bool], index: int, tables: set[int], marks: Marks) -> str:
    start, end, name, closes = tag
    length = end - start
    in_table = index in tables
    if name in ("td", "th") and in_table:
        if not closes:
            marks.append((start, "td"))
        return fill(length, "" if closes else CELL)
    if name == "br":
        return fill(length, " " if in_table else "\n")
    if name in BLOCK_TAGS or name in ("td", "th"):
        if in_table and name not in ("tr", "table", "caption", "thead", "tbody", "tfoot"):
            return fill(length, " ")
        if name in MARKS and not closes:
            marks.append((start, MARKS[name]))
        return fill(length, BREAK)
    if name == "img":
        marks.append((start, "img"))
    return fill(length)


def _with_title(flat: str, marks: Marks, title: Element | None, words: str, page: Page) -> tuple[str, Marks]:
    """Mark the line that repeats the page's title as its heading; where none does, let the title itself stand."""
    segments = [(m.start(), re.sub(r"[\s\x00\x01]+", "", m.group())) for m in re.finditer(f"[^\n{BREAK}{CELL}]+", flat)]
    kept = _drop_outside(flat, segments, page, words)
    if words:
        same = next((start for start, text in segments if _says_title(text, words)), None)
        if same is not None:
            marks.append((same, "h1"))
        elif title is not None and len(words) >= 4:
            stretch = page.text[title.start : title.end]
            place = title.start + max(0, next((m.start() for m in re.finditer(re.escape(words[:2]), stretch)), 0))
            stop = min(title.end, place + len(words) + 10)
            cut = _TITLE_CUT.search(page.text, place, stop)
            stop = cut.start() if cut else stop
            kept = kept[:place] + page.text[place:stop].replace("\n", " ").replace("&", " ") + kept[stop:]
            marks.append((place, "h1"))
    marks.sort()
    return kept, marks


def _says_title(text: str, words: str) -> bool:
    """Whether a short line is the page's title, whole or nearly."""
    return 4 <= len(text) <= 2 * SHORT and (text == words or (len(text) >= 8 and (text in words or words in text)))


def _drop_outside(flat: str, segments: list[tuple[int, str]], page: Page, words: str) -> str:
    """Fill short lines that stand outside the part of the page that holds its running text, unless they tell source, date or author."""
    body = [start for start, text in segments if len(text) >= 25 and _SENTENCE_MARK.search(text)]
    if not body:
        return flat
    first, last = body[0], body[-1]
    main = _main(page, first, last)
    pieces, position = [], 0
    headings = {e.start for e in page.elements if e.name in ("h1", "h2", "h3")}
    for match in re.finditer(f"[^\n{BREAK}{CELL}]+", flat):
        text = re.sub(r"[\s\x00\x01]+", "", match.group())
        if not text or main[0] <= _begin(match) < main[1] or (len(text) >= 25 and _SENTENCE_MARK.search(text)):
            continue
        near = match.start() < first
        if near and (tells_origin(text) or any(match.start() - 400 <= h <= match.end() for h in headings)):
            continue
        if near and words and (text in words or words in text):
            continue
        pieces += [flat[position : match.start()], NOTHING * (match.end() - match.start())]
        position = match.end()
    return "".join([*pieces, flat[position:]])


def _begin(segment: re.Match[str]) -> int:
    """Where the words of a segment begin, after the filler of the tags before them."""
    return segment.start() + len(segment.group()) - len(segment.group().lstrip(" \t\r\x00\x01\u3000\xa0"))


def _main(page: Page, first: int, last: int) -> tuple[int, int]:
    """The smallest element around all the running text."""
    best = (0, len(page.text))
    for element in page.elements:
        if element.start <= first and last < element.end and element.end - element.start < best[1] - best[0]:
            best = (element.start, element.end)
    return best
