"""Blocks → which of them are headings, of what level, and what they govern.

In: groups of joined lines. Out: their kinds refined (``heading``, ``caption``, ``byline``, ``furniture``, ``paragraph`` …); later, with articles known,
the levels.
"""

from __future__ import annotations

import re
from itertools import pairwise

from miner.layout.bylines import is_names
from miner.layout.joining import Group
from miner.layout.kinds import SHORT, is_image, is_open, is_place
from miner.layout.model import Block
from miner.layout.wording import words

_STYLES = re.compile(
    r"(?P<part>第[一二三四五六七八九十百\d]{1,3}(?:部分|章|编|篇))|(?P<article>第[一二三四五六七八九十百\d]{1,3}[节条])|(?P<han>[一二三四五六七八九十]{1,3}[、.,:])"
    r"|(?P<han_bracket>[(][一二三四五六七八九十]{1,3}[)])|(?P<figure>\d{1,2}[.、](?!\d))|(?P<figure_bracket>[(]\d{1,2}[)]|\d{1,2}[)]|[①-⑳])"
    r"|(?P<dash>[—-]{2,})|(?P<bracket>【[^】]+】)"
)
_SECTIONS = {"part", "han", "han_bracket"}
_MARKS = re.compile("[。;]")
_TITLE_LENGTH = 60
_HEAD = 20  # groups among which a page's own head may stand
_TAGS = 6  # longest word of a tag cloud
_SALUTATION = re.compile(r".{1,40}:$")


def style_of(text: str) -> str:
    """How a heading is numbered: ``han`` (一、), ``han_bracket`` ((一)), ``figure`` (1.) …, ``bare`` if it is not."""
    match = _STYLES.match(text)
    return match.lastgroup or "bare" if match else "bare"


def mark_headings(groups: list[Group]) -> None:
    """Set the kind of every group: headings, captions beside pictures, names of authors, tag clouds; what is left are paragraphs.

    Parameters
    ----------
    groups
        The joined lines, in order; their kinds are changed.
    """
    _mark_head_of_page(groups)
    _mark_captions(groups)
    _mark_names(groups)
    _mark_tags(groups)
    _mark_lists_and_notices(groups)
    candidates = [_may_be_heading(group) for group in groups]
    _mark_runs(groups, candidates)
    _mark_signature(groups)
    for group in groups:
        if group.kind == "text":
            group.kind = "paragraph"


def _mark_head_of_page(groups: list[Group]) -> None:
    """What stands above the line that leads from the front page to this one belongs to the site."""
    place = -1
    for index, group in enumerate(groups[:_HEAD]):
        if group.kind == "furniture" and is_place(group.lines[0].raw):
            place = index
        elif len(group.lines) > 1 or len(group.lines[0].text) > _TITLE_LENGTH:
            break
    for group in groups[: max(0, place)]:
        if group.kind in ("text", "list_item", "heading"):
            group.kind = "furniture"


def _text(group: Group) -> str:
    return group.lines[0].text if len(group.lines) == 1 else "".join(line.text for line in group.lines)


def _is_short(group: Group, length: int = SHORT) -> bool:
    return group.kind == "text" and len(group.lines) == 1 and len(group.lines[0].text) <= length


def _mark_captions(groups: list[Group]) -> None:
    """A short line without end mark next to a picture is its caption."""
    for index, group in enumerate(groups):
        image = (group.kind == "furniture" and is_image(group.lines[0])) or "img" in group.lines[0].marks
        if not image:
            continue
        following = index if "img" in group.lines[0].marks and group.kind == "text" else index + 1
        if following < len(groups) and _is_short(groups[following]) and is_open(_text(groups[following])) and style_of(_text(groups[following])) == "bare":
            after = groups[following + 1] if following + 1 < len(groups) else None
            if following == index and (after is None or (after.kind == "text" and len(_text(after)) > SHORT and index < 2)):
                continue  # a picture above the title
            groups[following].kind = "caption"


def _mark_names(groups: list[Group]) -> None:
    """A line of names alone is a by-line: it ends an article, or stands under its title."""
    for index, group in enumerate(groups):
        if not _is_short(group, 30) or not is_names(group.lines[0].raw):
            continue
        raw = group.lines[0].raw.strip()
        several = " " in raw or "、" in raw
        before = groups[index - 1] if index else None
        after = groups[index + 1] if index + 1 < len(groups) else None
        closes = before is not None and not _is_title_like(before) and (after is None or after.kind != "text" or len(_text(after)) <= SHORT)
        opens = several and before is not None and _is_short(before, _TITLE_LENGTH)
        among_words = any(g is not None and _is_short(g, _TAGS) for g in (before, after))
        if (closes or opens) and (several or not among_words):
            group.kind = "byline"


def _is_title_like(group: Group) -> bool:
    return _is_short(group) and is_open(_text(group))


def _mark_tags(groups: list[Group]) -> None:
    """Three or more single words in a row at the end of the page are its tags."""
    end = len(groups)
    while end and groups[end - 1].kind in ("furniture", "byline"):
        end -= 1
    first = end
    while first and _is_tag(groups[first - 1]):
        first -= 1
    if end - first >= 3:
        for group in groups[first:end]:
            group.kind = "furniture"


def _is_tag(group: Group) -> bool:
    text = _text(group)
    return (_is_short(group, _TAGS) and is_open(text) and not any(c.isdecimal() for c in text)) or (group.kind == "byline" and len(text) <= 3)


def _mark_lists_and_notices(groups: list[Group]) -> None:
    """What belongs to 相关阅读 (short lines) and to 版权声明 (everything after it that is no long paragraph)."""
    listing = notice = False
    for group in groups:
        text = _text(group).strip("【】[]:《》—- ")
        if group.kind in ("furniture", "heading", "text") and len(text) <= 12:
            if text in words("furniture", "notices"):
                notice, group.kind = True, "furniture"
                continue
            if text in words("furniture", "lists"):
                listing, group.kind = True, "furniture"
                continue
        if group.lines[0].lead or len(text) > 120:
            listing = notice = False
        elif notice and group.kind in ("text", "heading", "list_item"):
            group.kind = "furniture"
        elif listing and group.kind in ("text", "heading", "list_item"):
            listing = is_open(_text(group))
            if listing:
                group.kind = "furniture"


def _may_be_heading(group: Group) -> bool:
    if group.kind == "heading":
        return True
    if group.kind != "text" or len(group.lines) > 1:
        return False
    text = group.lines[0].text
    if len(text) > _TITLE_LENGTH or len(text) < 2 or _MARKS.search(text) or text[-1] in ",、:" or group.lines[0].lead:
        return False
    if text.count(",") > (2 if len(text) <= SHORT else 1):
        return False
    if style_of(text) in ("bare", "dash"):
        return (is_open(text) or text.endswith(("…", "?", "!"))) and (len(text) <= SHORT or not text[-1].isdecimal())
    return is_open(text) and len(text) <= SHORT


def _mark_runs(groups: list[Group], candidates: list[bool]) -> None:
    """Runs of candidates are headings if body text follows; longer runs are lists, except for the title group at the top."""
    index = 0
    body = False
    while index < len(groups):
        if not candidates[index]:
            body = body or groups[index].kind in ("text", "list_item", "table_row")
            index += 1
            continue
        end = index
        while end < len(groups) and (candidates[end] or (groups[end].kind == "byline" and not body)):
            end += 1
        run = [g for g in groups[index:end] if g.kind in ("text", "heading")]
        following = next((g for g in groups[end:] if g.kind not in ("furniture", "caption", "byline")), None)
        _decide_run(run, following, body)
        index = end


def _decide_run(run: list[Group], following: Group | None, body: bool) -> None:
    styles = [style_of(_text(group)) for group in run]
    repeated = {style for style in styles if style not in ("bare", "dash") and styles.count(style) > 1}
    over_lists = {style for style in repeated & _SECTIONS if (style, style) not in set(pairwise(styles)) and styles[-1] != style}
    repeated -= over_lists
    top = not body and len(run) >= 3 and styles[0] == "bare"
    for position, (group, style) in enumerate(zip(run, styles, strict=True)):
        if group.kind == "heading":
            continue
        if style in over_lists or (top and position == 0):  # 一、 over lines of a list, the title of a page of lists
            group.kind = "heading"
            continue
        if style in repeated or (style == "bare" and styles.count("bare") > (2 if body else 3) and not (position == 0 and not body)):
            group.kind = "list_item"
        elif not _closes_page(position, len(run), following, body) and not (body and following and _is_remark(group, style, following)):
            group.kind = "heading"


def _closes_page(position: int, length: int, following: Group | None, body: bool) -> bool:
    """Whether nothing follows that the line could be the heading of."""
    return following is None and (body or position > 0 or length > 1)


def _is_remark(group: Group, style: str, following: Group) -> bool:
    """Whether a short question or exclamation is a paragraph of a tale, not a heading: what follows is short as well."""
    return style == "bare" and _text(group).endswith(("?", "!")) and len(_text(following)) < SHORT


def _mark_signature(groups: list[Group]) -> None:
    """The office above the date that closes a document signs it (落款)."""
    end = len(groups)
    while end and groups[end - 1].kind in ("furniture",):
        end -= 1
    index = end - 1
    while index > 0 and groups[index].kind == "byline":
        index -= 1
    if 0 < index < end - 1 and groups[index].kind in ("text", "heading") and _is_short_any(groups[index]) and is_open(_text(groups[index])):
        groups[index].kind = "byline"


def _is_short_any(group: Group) -> bool:
    return len(group.lines) == 1 and len(group.lines[0].text) <= SHORT and style_of(group.lines[0].text) == "bare"


def set_levels(blocks: list[Block], text: str, titles: set[int], marked: dict[int, int]) -> None:
    """Set level and section of every block.

    Parameters
    ----------
    blocks
        The blocks, articles set.
    text
        The clean text.
    titles
        Indices of the blocks that are titles of articles (with kickers and subtitles).
    marked
        Level of the tag of headings that markup made (1 for ``h1`` …).
    """
    stack: list[tuple[str, int]] = []
    article = title = -1
    for index, block in enumerate(blocks):
        if block.article != article:
            article, stack, title = block.article, [], -1
        if block.kind != "heading":
            if stack and (style := style_of(text[block.start : block.start + 12])) != "bare":  # 二、 leading a paragraph ends the section 一、
                while any(style == name for name, _ in stack):
                    stack.pop()
            block.section = stack[-1][1] if stack else title
            continue
        if index in titles:
            block.level, block.section = 1, title if title >= 0 else -1
            if title < 0 or not text.startswith("—", block.start):
                block.section, title, stack = -1, index, []
            continue
        style = f"h{marked[index]}" if index in marked else style_of(text[block.start : block.start + 12])
        while any(style == name for name, _ in stack):
            stack.pop()
        block.level = 2 + len(stack)
        block.section = stack[-1][1] if stack else title
        stack.append((style, index))
