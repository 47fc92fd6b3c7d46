"""Which town, village or county a passage is about: the one named last before it, the one with which its heading begins.

In: the divisions that a report names (:class:`~.places.Places`). Out: names of divisions, None where nothing tells.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from miner.components.organisations.levels import TOWNS, ending

if TYPE_CHECKING:
    from miner.components.organisations.places import Places

LOW = frozenset((*TOWNS, "村", "社区"))
NUMBERING = 4  # characters that a heading's number may take
_COUNTY = 6  # digits of a county's code
_OPENING = 2  # blocks that an article opens with: its heading and its first paragraph
_COLONS = (":", "：")
_MANY = 100  # towns of one level that a report may name for their short names to be looked for


class Nearby:
    """Finds the division that a passage is about; keeps what it has looked up, not the divisions themselves, which hold it.

    Parameters
    ----------
    villages
        Where the text names a village by itself, and its name.
    """

    def __init__(self, villages: list[tuple[int, str]]) -> None:
        self._villages = villages
        self._town_spots: list[tuple[int, str]] | None = None
        self._headings: dict[int, list[str]] | None = None  # index of a heading → the divisions that it begins with
        self._low: dict[str, list[tuple[int, str]]] = {}

    def last_low(self, places: Places, word: str, position: int) -> str | None:
        """The town or village of that level named last before a position, be it without its level word (侯家川), else the next; in its article if it can be."""
        spots = self._low_spots(places, word)
        article = places.article(position)
        for near in ([one for one in spots if places.article(one[0]) == article], spots):
            if near:
                at = bisect_right(near, (position, ""))
                return near[at - 1 if at else 0][1]
        return None

    def town_of(self, places: Places, position: int) -> str | None:
        """The town or street named last before a position in its paragraph, else in the headings above it, else the only one of its article."""
        if self._town_spots is None:
            self._town_spots = sorted(spot for word in TOWNS for spot in self._low_spots(places, word))
        spots = self._town_spots
        if not spots:
            return None
        index, end = places.block(position), position
        while index >= 0:
            block = places.layout.blocks[index]
            at = bisect_right(spots, (end, ""))
            if at and spots[at - 1][0] >= block.start:
                return spots[at - 1][1]
            index, end = block.section, places.layout.blocks[block.section].end
        article = places.article(position)
        named = {name for spot, name in spots if places.article(spot) == article}
        return named.pop() if len(named) == 1 else None

    def headed(self, places: Places, words: tuple[str, ...], position: int, code: str | None) -> str | None:
        """The division of one of those levels inside the jurisdiction with which a heading above a position begins (石泉县院:一个孩子,五家人管).

        One that no gazetteer knows is taken to lie inside.
        """
        headings = self._heading_divisions(places)
        index = places.block(position) if headings else -1
        while index >= 0:
            name = next((name for name in headings.get(index, ()) if ending(name) in words), None)
            if name:
                mine = places.code(name)
                inside = mine != code and mine.startswith(code) if code and mine else not mine
                return name if inside else None
            index = places.layout.blocks[index].section
        return None

    def of_article(self, places: Places, words: tuple[str, ...], position: int, code: str | None) -> str | None:
        """The division of one of those levels that one of several articles is about: the only one that it names inside the jurisdiction."""
        if not code or not places.layout.blocks or not places.layout.blocks[-1].article:
            return None
        article = places.article(position)
        named = [name for word in words for name in places.ending_with(word) if places.articles_of(name)[article] and self._inside(places, name, code)]
        if not named and len(code) == _COUNTY:
            named = self._sisters(places, words, article, code)
        return named[0] if len(named) == 1 else None

    @staticmethod
    def _sisters(places: Places, words: tuple[str, ...], article: int, code: str) -> list[str]:
        """The counties beside the report's own that an article names, where its heading or its first paragraph names one of them."""
        blocks = places.layout.blocks
        found = [name for word in words for name in places.ending_with(word) if places.articles_of(name)[article] and not places.named[name].page_only]
        opening = [index for index, block in enumerate(blocks) if block.article == article and block.kind != "byline"][:_OPENING]
        opens = any(places.block(spot) in opening and not places.named[name].elsewhere for name in found for spot in places.named[name].spots)
        beside = all((mine := places.code(name)) and mine != code and len(mine) == _COUNTY and mine[:4] == code[:4] for name in found)
        return found if opens and beside else []

    @staticmethod
    def _inside(places: Places, name: str, code: str) -> bool:
        """Whether a division that the report speaks of lies in the jurisdiction and is not the jurisdiction itself."""
        mine, tally = places.code(name), places.named[name]
        return bool(mine and mine != code and mine.startswith(code)) and not (tally.elsewhere or tally.page_only)

    def _heading_divisions(self, places: Places) -> dict[int, list[str]]:
        """The divisions with which each heading begins, and each paragraph that has one for its heading (霜溪县:2月27日夜,…)."""
        if self._headings is None:
            self._headings = {}
            for name, tally in places.named.items():
                for spot in tally.spots:
                    index = places.block(spot)
                    block, end = places.layout.blocks[index], spot + len(name)
                    if (block.kind == "heading" or places.text[end : end + 1] in _COLONS) and spot - block.start <= NUMBERING:
                        self._headings.setdefault(index, []).append(name)
        return self._headings

    def _low_spots(self, places: Places, word: str) -> list[tuple[int, str]]:
        """Where the towns or villages of a level are named, in full or without their level word; ascending."""
        found = self._low.get(word)
        if found is None:
            found = self._low[word] = []
            names = places.ending_with(word)
            for name in names:
                stem = name[: -len(word)]
                if len(names) > _MANY or len(stem) < 2:
                    found += [(spot, name) for spot in places.named[name].spots]
                    continue
                at = places.text.find(stem) if not places.named[name].page_only else -1
                while at >= 0:
                    found.append((at, name))
                    at = places.text.find(stem, at + len(stem))
            found += [(at, name) for at, name in self._villages if name.endswith(word) and name not in places.named]
            found.sort()
        return found
