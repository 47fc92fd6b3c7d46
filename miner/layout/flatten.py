"""Source text with stray tags and entities → a flat text of the same length, so that position i of one is position i of the other.

In: a source text. Out: a string as long as it, in which markup has become filler characters: :data:`NOTHING` (a character that leaves no trace),
:data:`PART` (belongs to the character before it, as ``nbsp;`` to what the entity stands for), :data:`BREAK` (a block ends here), :data:`CELL`
(a table cell ends here); and the marks, the places of tags that say what the text after them is.
"""

from __future__ import annotations

import html
import re
from functools import cache

from miner.layout.characters import normalise

NOTHING, PART, BREAK, CELL = "\x00", "\x01", "\x1e", "\x1f"

Marks = list[tuple[int, str]]
"""Places of telling tags, ascending: source position and what begins there (``h1`` … ``h6``, ``li``, ``img``, ``caption``, ``td``)."""

BLOCK_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main", "menu", "nav",
        "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    }
)
INLINE_TAGS = frozenset(
    {
        "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "big", "br", "button", "canvas", "cite", "code",
        "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font", "frame", "frameset", "i", "iframe", "img", "input", "ins", "kbd",
        "label", "legend", "link", "map", "mark", "meta", "meter", "noframes", "noscript", "object", "optgroup", "output", "param", "picture",
        "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "small", "source", "span", "strike", "strong", "style", "sub", "sup", "svg",
        "td", "template", "textarea", "th", "time", "track", "tt", "u", "var", "video", "wbr",
    }
)
MARKS = {**{f"h{n}": f"h{n}" for n in range(1, 7)}, "li": "li", "img": "img", "figcaption": "caption", "caption": "caption"}
# A tag ends before the next "<", so that a run of unclosed ones costs linear time.
TAG = re.compile(r"""<(?:(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:_-]{0,30})(?P<attributes>(?:[\s/](?:[^<>"']|"[^"<]*"|'[^'<]*')*)?)>|[!?][^<>]*>)""")
_LOOSE_TAG = re.compile(r"""<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:_-]{0,30})(?P<attributes>[\s/][^<>]*)>""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_LINE_ENDS = ("\r", "\x85", "\u2028", "\u2029")  # to look for each is faster than one search for all


def fill(length: int, first: str = "") -> str:
    """`length` characters of filler that begin with `first`."""
    return first + NOTHING * (length - len(first))


def plain_characters(source: str) -> str:
    """The source text in normalised characters, without control characters, all line ends line feeds; same length."""
    text = normalise(source)
    if _CONTROL.search(text):
        text = _CONTROL.sub(NOTHING, text)
    if "\x0c" in text:
        text = text.replace("\x0c", BREAK)
    return _LINE_END.sub("\n", text) if any(mark in text for mark in _LINE_ENDS) else text


@cache
def entity(written: str) -> str | None:
    """The character that an entity stands for, normalised; None if it is no entity of one character."""
    character = html.unescape(written)
    if len(character) != 1 or character == written:
        return None
    return " " if character in "\x00\x01\x1e\x1f" else normalise(character)


def fill_entities(text: str) -> str:
    """Replace each entity by its character and filler of the entity's length."""

    def replace(match: re.Match[str]) -> str:
        character = entity(match.group())
        return match.group() if character is None else character + PART * (len(match.group()) - 1)

    return _ENTITY.sub(replace, text)


def fill_between(text: str, opening: str, closing: str) -> str:
    """Replace every stretch from `opening` to `closing`, both included, by filler; an opening that is never closed stays."""
    if opening not in text:
        return text
    pieces, position = [], 0
    while (start := text.find(opening, position)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
        end += len(closing)
        pieces += [text[position:start], fill(end - start)]
        position = end
    return "".join([*pieces, text[position:]])


_UNSEEN = {name: (re.compile(rf"<{name}\b", re.I), re.compile(rf"</{name}\s*>", re.I)) for name in ("script", "style")}


def fill_unseen(text: str) -> str:
    """Replace comments, scripts and style sheets, which no reader sees, by filler."""
    text = fill_between(text, "<!--", "-->")
    for opening, closing in _UNSEEN.values():
        position = 0
        pieces = []
        while (start := opening.search(text, position)) and (end := closing.search(text, start.end())):
            pieces += [text[position : start.start()], fill(end.end() - start.start())]
            position = end.end()
        text = "".join([*pieces, text[position:]]) if pieces else text
    return text


def fill_tags(text: str, marks: Marks) -> str:
    """Replace every tag by filler; tags of blocks become breaks. What only looks like a tag stays."""

    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        length = match.end() - match.start()
        if name is None:
            return fill(length)
        name = name.lower()
        if name in BLOCK_TAGS or name == "br":
            if name in MARKS and not match["close"]:
                marks.append((match.start(), MARKS[name]))
            return fill(length, "\n" if name == "br" else BREAK)
        if name in ("td", "th"):
            if not match["close"]:
                marks.append((match.start(), "td"))
            return fill(length, "" if match["close"] else CELL)
        if name in INLINE_TAGS or ":" in name:
            if name == "img":
                marks.append((match.start(), "img"))
            return fill(length)
        return match.group()

    text = TAG.sub(replace, text)
    if "<" in text:
        text = _LOOSE_TAG.sub(lambda m: fill(len(m.group())) if m["name"].lower() in BLOCK_TAGS | INLINE_TAGS else m.group(), text)
    marks.sort()
    return text


def flatten_text(source: str) -> tuple[str, Marks]:
    """Flatten plain text, which may hold stray tags and entities: nothing but markup goes.

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
    if "<" in text:
        text = fill_tags(fill_unseen(text), marks)
    return (fill_entities(text) if "&" in text else text), marks
