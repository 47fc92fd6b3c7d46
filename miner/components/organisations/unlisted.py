"""A division that no gazetteer knows and that only the names of what lies in it tell: 芦川日报, 芦川供电公司 and 全市 speak of 芦川市.

In: the divisions that a report names in full (:class:`~.places.Places`) and its mentions. Out: the tally of that division.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from miner.components.organisations.levels import COUNTIES
from miner.components.organisations.lexicon import NAMING, data_lines

if TYPE_CHECKING:
    from miner.components.organisations.mentions import Mention
    from miner.components.organisations.places import Places

_STEM = 2
_SPOKEN = 2
_ENOUGH = 2
_NAMED = 2  # how often the report must write the stem
_HEAD_BLOCKS = 6
_AFTER_PLACE = re.compile("(?:" + "|".join(NAMING["placed"]) + ")")
_ZONES = [word for group, words in data_lines("marks.tsv") if group == "zone" for word in words.split() if word[-1] == "区"]
_MASTHEAD = re.compile("[《—]*([\u4e00-\u9fff]{2})(" + "|".join([*NAMING["masthead"], *_ZONES]) + ")")


def tally_unlisted(places: Places, mentions: list[Mention]) -> None:
    """Tally the division of the level that the report calls its own, where it names none of that level and at least two things tell how it is called."""
    word = _unnamed_level(places)
    if not word:
        return
    if word == "区":
        _tally_zones(places)
    zones: dict[str, str] = {}
    signs = _signs(places, mentions, word, zones)
    text = places.text
    likely = {stem: len(found) for stem, found in signs.items() if len(found) >= _ENOUGH and text.count(stem) >= _NAMED}
    stem = max(likely, key=lambda one: (likely[one], text.count(one), one), default=None)
    if stem is None:
        return
    name = stem + word
    if word == "区" and stem in zones and name not in text:
        name = zones[stem]
    at = text.find(stem)
    while at >= 0:
        if not places.is_furniture(at):
            tally = places.tally(name, at, at + _STEM)
            tally.short += 1
            tally.short_title += at < places.title_end
        at = text.find(stem, at + _STEM)


def _tally_zones(places: Places) -> None:
    """Zones by the short name of the city or county that they lie in (银川经济技术开发区), wherever the report names them."""
    text, shorts = places.text, places.lexicon.shorts
    told = {spot for name, tally in places.named.items() if name.endswith(places.lexicon.zones) for spot in tally.spots}
    for word in places.lexicon.zones:
        at = text.find(word)
        while at > 0:
            short = next((text[at - size : at] for size in (3, 2) if text[at - size : at] in shorts), "")
            city = places.full(short, True) if short else None
            name, start, end = short + word, at - len(short), at + len(word)
            if city and places.is_furniture(at):
                places.on_page(name, start, end)
            elif city and start not in told:
                tally = places.tally(name, start, end)
                tally.short += 1
                tally.short_title += at < places.title_end
            if city:
                places.joined.setdefault(name, Counter())[city] += 1
            at = text.find(word, end)


def _unnamed_level(places: Places) -> str:
    """The level word that the report says most often of itself (全市, 市商务局), if it names no division of that level."""
    most, word = max([(places.own[word] + places.used[word], word) for word in COUNTIES])
    return word if most >= _SPOKEN and not places.ending_with(word) else ""


def _signs(places: Places, mentions: list[Mention], word: str, zones: dict[str, str]) -> dict[str, set[str]]:
    """What tells that two characters are a place's name: stem → bodies that are named after places, a zone, a masthead, the title, its people (芦川籍).

    `zones` takes the longest name of a zone of each stem (芦川经济技术开发区).
    """
    text, classes = places.text, places.lexicon.classes
    signs: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if not mention.pieces or mention.pieces[0].kind not in "ue" or len(mention.text) <= _STEM:
            continue
        stem, named_after = mention.text[:_STEM], _AFTER_PLACE.match(mention.text, _STEM)
        if named_after and classes.get(stem, "e") == "e":
            signs[stem].add(named_after.group())
        zone = _zone(mention)
        if zone:
            signs[stem].add("zone")
            zones[stem] = max(zones.get(stem, ""), zone, key=len)
    for block in places.layout.blocks[:_HEAD_BLOCKS]:
        masthead = _MASTHEAD.match(text, block.start, block.end)
        if masthead and classes.get(masthead.group(1), "e") == "e":
            stem, after = masthead.groups()
            signs[stem].add(after)
            zones[stem] = max(zones.get(stem, ""), stem + after if classes.get(after) == "Z" else "", key=len)
    for stem, found in signs.items():
        found.update(after for after in (word, "籍") if stem + after in text)
        if places.in_title(stem):
            found.add("title")
    return {stem: found for stem, found in signs.items() if not places.gazetteer.by_short.get(stem)}


def _zone(mention: Mention) -> str:
    """The zone that a mention begins with behind a place of two characters that no list knows (芦川高新区), empty if none."""
    size = 0
    for piece in mention.pieces[:_STEM + 1]:
        if piece.kind == "Z" and size == _STEM:
            return mention.text[: size + len(piece.text)]
        if piece.kind not in "ue":
            break
        size += len(piece.text)
    return ""
