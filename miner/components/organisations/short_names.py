"""Divisions that a report names by their short names alone: 介休新闻网, 大通交警, 本报灌阳讯, 恩施 with 全州.

In: the divisions that a report names in full (:class:`~.places.Places`). Out: the tallies of those that short names tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from miner.components.organisations.levels import TOWNS, ending

if TYPE_CHECKING:
    from miner.components.organisations.places import Places

STREETS = frozenset("路街道河江湖山桥港渠岭")
_OF_A_TOWN = re.compile("中队|派出所|司法所|财政所|税务所|供电所|卫生院|小学|中学|敬老院|人民法庭|法庭|[\u4e00-\u9fff]{0,3}(?:广场|公园|大厦|小区|步行街)")
_NEWS = re.compile(r"讯|版|欢迎|新闻|日报|晚报|时报|新报|晨报|早报|周刊|周报|网|发布|融媒|电视|广播|警方|信息|[ 　·:：|>»/)）]|$")
_MEDIA = re.compile("新闻|日报|晚报|时报|新报|晨报|早报|周刊|周报|网|发布|融媒|电视|广播|在线|信息")
_MASTHEAD = re.compile(r"[\u4e00-\u9fff]{2,4}[ \u3000]*(?:第?\d+期|(?:19|20)\d\d[年./-])")
_DATELINE = re.compile("讯(?![问息号速])")
_COLLEGE = re.compile("[\u4e00-\u9fff]{2,6}(?:大学|学院)")  # 松北工程大学 is no body of 松北区
_HEAD_BLOCKS = 6
_HEAD, _TAIL, _OPENING = 300, 120, 100


def tally_short_names(places: Places) -> None:
    """Divisions by their short name (介休新闻网): at the beginning and the end of the text, and where an article begins; none inside a longer one."""
    text, pairs, shorts = places.text, places.lexicon.short_pairs, places.lexicon.shorts
    _title_shorts(places)
    stretches = [(0, len(text))] if len(text) <= _HEAD + _TAIL else [(0, _HEAD), *_openings(places), (len(text) - _TAIL, len(text))]
    past = 0
    found = [at for _, at, _ in pairs.find_matches_as_indexes(text, overlapping=True)]
    for at in [at for low, high in stretches for at in found[bisect_left(found, low) : bisect_left(found, high)]]:
        if at < past:
            continue
        short = _short_at(places, at)
        past = at + len(short) if short in shorts else past
        media = short in shorts and (_MEDIA.match(text, past) is not None or _in_masthead(places, at, past))
        if media or (short in shorts and _stands_alone(places, at, at + len(short))):
            full = places.full(short, media)
            if full and not media and ((places.level(full) == "county" and _COLLEGE.match(text, past)) or _is_shop(places, full, past)):
                continue
            if full and places.is_furniture(at):
                places.on_page(full, at, at + len(short))
            elif full and not text.startswith(full, at) and not places.directed(at):
                tally = places.tally(full, at, at + len(short))
                tally.short += 1
                tally.short_title += at < places.title_end
                tally.media += media
                tally.dateline += _DATELINE.match(text, past) is not None
                tally.line += places.layout.blocks[places.block(at)].kind == "byline"
    _above_several(places)
    _loose_names(places, found)


def _short_at(places: Places, at: int) -> str:
    """The longest short name of a division that may begin at a place, else the two characters there."""
    return next((word for word in (places.text[at : at + 4], places.text[at : at + 3]) if word in places.lexicon.shorts), places.text[at : at + 2])


def _loose_names(places: Places, found: list[int]) -> None:
    """Divisions by their short name alone anywhere (新迪庆), where the report says 我州 and names no 州 in full."""
    words = {word for word, count in places.own.items() if count and word in "州盟旗" and not places.ending_with(word)}
    for at in found if words else ():
        short = _short_at(places, at)
        codes = places.gazetteer.by_short.get(short, ())
        if len(codes) != 1 or short not in places.lexicon.shorts or short in places.lexicon.anywhere:
            continue
        name, after = places.form(places.gazetteer.divisions[codes[0]]), places.text[at + len(short) : at + len(short) + 2]
        if ending(name) in words and after[:1] not in STREETS and after not in TOWNS and after[:1] not in TOWNS and not places.directed(at):
            places.tally(name, at, at + len(short)).loose += 1


def _in_masthead(places: Places, start: int, end: int) -> bool:
    """Whether a short name begins the first line and a date or an issue follows the two to four characters after it (都昌视窗 2020年2月13日)."""
    return places.layout.blocks[:1] != [] and start == places.layout.blocks[0].start and _MASTHEAD.match(places.text, end) is not None


def _title_shorts(places: Places) -> None:
    """A division's short name that is an ordinary word too, where a title begins with it and an office follows (大通交警)."""
    text, classes = places.text, places.lexicon.classes
    for block in places.layout.blocks[:_HEAD_BLOCKS]:
        short = text[block.start : block.start + 2]
        if short in places.lexicon.shorts or short not in places.gazetteer.by_short or short in places.lexicon.anywhere:
            continue
        if any(classes.get(text[block.start + 2 : block.start + 2 + size]) in ("F", "H") for size in (2, 3, 4)):
            full = places.full(short)
            if full and not text.startswith(full, block.start) and not _is_shop(places, full, block.start + 2):
                tally = places.tally(full, block.start, block.start + 2)
                tally.short += 1
                tally.short_title += 1


def _above_several(places: Places) -> None:
    """A division that the report names by its short name alone, of whose level it speaks, and inside which lie several that it names (恩施州)."""
    parts = Counter([above for name in places.named for code in [places.code(name)] if code for above in places.gazetteer.ancestors(code)[:2]])
    for division, count in parts.items():
        name = places.form(division)
        if name not in places.named and places.speaks_of(name):
            at = places.text.find(division.short)
            if at >= 0:
                places.tally(name, at, at + len(division.short)).short += 1
                places.named[name].parts = count


def _openings(places: Places) -> list[tuple[int, int]]:
    """Where the articles after the first one begin, as far as the head of the text does not reach: a dateline stands there (本报灌阳讯)."""
    blocks = places.layout.blocks
    starts = [block.start for before, block in pairwise(blocks) if block.article != before.article and block.start >= _HEAD]
    return [(start, min(start + _OPENING, following)) for start, following in pairwise([*starts, len(places.text) - _TAIL])]


def _stands_alone(places: Places, start: int, end: int) -> bool:
    """Whether a short name is one: no street or river is named so, and a word of office or news follows, or nothing."""
    text, classes = places.text, places.lexicon.classes
    if text[start:end] in places.lexicon.anywhere:
        return False
    if text[end : end + 1] in STREETS or _OF_A_TOWN.match(text, end):
        return False
    if any(classes.get(text[start:to]) in ("D", "H", "F") for to in range(end + 1, end + 4)):
        return False
    if any(classes.get(text[start - 1 : to], "u") in "DdFHnve" for to in range(start + 1, end + 1)) and start:
        return False
    return bool(_NEWS.match(text, end)) or any(classes.get(text[end : end + size]) in ("F", "H") for size in (2, 3, 4))


def _is_shop(places: Places, name: str, end: int) -> bool:
    """Whether a home, shop or market bears a short name as an ordinary word (安康养老院): the report names no such division in full.

    Of 11 divisions that our reports name before facilities, none is the jurisdiction.
    """
    found = (places.lexicon.heads.get(places.text[end : end + size]) for size in (4, 3, 2))
    head = next(filter(None, found), None)
    return head is not None and head.type == "facility" and name not in places.named
