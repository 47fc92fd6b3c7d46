"""A division that no gazetteer knows and that only the names of what lies in it tell: 芦川日报, 芦川供电公司 and 全市 speak of 芦川市.

In: the divisions that a report names in full (:class:`~.places.Places`) and its mentions. Out: the tally of that division.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from miner.components.organisations.levels import COUNTIES
from miner.components.organisations.lexicon import NAMING

if TYPE_CHECKING:
    from miner.components.organisations.mentions import Mention
    from miner.components.organisations.places import Places

_STEM = 2
_SPOKEN = 2
_ENOUGH = 2
_NAMED = 3  # how often the report must write the stem
_HEAD_BLOCKS = 6
_AFTER_PLACE = re.compile("(?:" + "|".join(NAMING["placed"]) + ")")
_MASTHEAD = re.compile("[《—]*([\u4e00-\u9fff]{2})(?:" + "|".join(NAMING["masthead"]) + ")")


def tally_unlisted(places: Places, mentions: list[Mention]) -> None:
    """Tally the division of the level that the report calls its own, where it names none of that level and at least two things tell how it is called."""
    word = _unnamed_level(places)
    if not word:
        return
    signs = _signs(places, mentions, word)
    text = places.text
    likely = {stem: len(found) for stem, found in signs.items() if len(found) >= _ENOUGH and text.count(stem) >= _NAMED}
    stem = max(likely, key=lambda one: (likely[one], text.count(one), one), default=None)
    if stem is None:
        return
    at = text.find(stem)
    while at >= 0:
        if not places.is_furniture(at):
            tally = places.tally(stem + word, at, at + _STEM)
            tally.short += 1
            tally.short_title += at < places.title_end
        at = text.find(stem, at + _STEM)
    if stem + word in places.named:
        places.named[stem + word].media += "media" in signs[stem]


def _unnamed_level(places: Places) -> str:
    """The level word that the report says most often of itself (全市, 市商务局), if it names no division of that level."""
    spoken = {word: places.own[word] + places.used[word] for word in COUNTIES}
    word = max(spoken, key=lambda one: spoken[one])
    return word if spoken[word] >= _SPOKEN and not places.ending_with(word) else ""


def _signs(places: Places, mentions: list[Mention], word: str) -> dict[str, set[str]]:
    """What tells that two characters are a place's name: stem → bodies that are named after places, a zone, a masthead, the title, its people (芦川籍)."""
    signs: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        stem, rest = mention.text[:_STEM], mention.text[_STEM:]
        if mention.pieces and mention.pieces[0].kind in "ue" and any(mention.text[:_STEM] == "".join(p.text for p in mention.pieces[:n]) for n in (1, 2)):
            named_after = _AFTER_PLACE.match(rest)
            if named_after:
                signs[stem].add(named_after.group())
            elif any(piece.kind == "Z" for piece in mention.pieces[1:3]):
                signs[stem].add("zone")
    for block in places.layout.blocks[:_HEAD_BLOCKS]:
        masthead = _MASTHEAD.match(places.text, block.start, block.end)
        if masthead and places.lexicon.classes.get(masthead.group(1), "e") == "e":
            signs[masthead.group(1)].add("media")
    for stem, found in signs.items():
        found.update(after for after in (word, "籍") if stem + after in places.text)
        if places.in_title(stem):
            found.add("title")
    return signs
