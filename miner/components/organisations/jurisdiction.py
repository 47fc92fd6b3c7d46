"""The report's jurisdiction: the lowest division that covers the bodies that report, and the divisions above it.

In: clean text, the mentions found, hints. Out: a :class:`Jurisdiction` with evidence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from miner.components.organisations.lexicon import Lexicon
from miner.components.organisations.mentions import Mention

LEVEL_OF = {"省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture", "地区": "prefecture",
            "区": "county", "县": "county", "旗": "county", "镇": "town", "乡": "town", "街道": "town", "村": "village", "社区": "village"}
_ENDINGS = ("自治区", "街道", "社区", "地区")
_WEIGHT = {"province": 0.35, "prefecture": 0.9, "county": 1.0, "town": 0.45, "village": 0.25}
_STREETS = frozenset("路街道河江湖山桥")
LEAST, ENOUGH = 0.5, 4
_OWN = re.compile(r"[全我本](省|市|县|区|旗|州|盟|镇|乡|村|街道|社区)(?!场|长|民)")


@dataclass(slots=True)
class Jurisdiction:
    """A division, where the report says it and why it was chosen.

    Attributes
    ----------
    name, code
        The division with its suffix; its code if the gazetteer knows it.
    long
        The name with the division above before it, where the report itself joins the two before a body's name; else `name`.
    at, reason
        A clean span and the ground of the choice.
    levels
        Level word → full name of the division it means in this report.
    """

    name: str | None = None
    code: str | None = None
    long: str | None = None
    at: tuple[int, int] | None = None
    reason: str = "none named"
    levels: dict[str, str] = field(default_factory=dict)


def ending(name: str) -> str:
    """The level word a division's name ends with (街道, 区 …), empty if none."""
    for word in _ENDINGS:
        if name.endswith(word):
            return word
    return name[-1:] if name[-1:] in LEVEL_OF else ""


class Places:
    """The divisions that one report names, with the weight of each.

    Parameters
    ----------
    text
        Clean text.
    mentions
        The mentions decided so far.
    divisions
        Every division named by its full name: start, end, name.
    title_end
        Where the first title ends.
    lexicon
        The word lists with the gazetteer.
    """

    def __init__(self, text: str, mentions: list[Mention], divisions: list[tuple[int, int, str]], title_end: int, lexicon: Lexicon) -> None:
        self.gazetteer, self.classes, self.national = lexicon.places, lexicon.classes, lexicon.national
        self.short_begins = lexicon.short_begins
        self.named: Counter[str] = Counter()
        self.own: Counter[str] = Counter()
        self.first: dict[str, tuple[int, int]] = {}
        self.positions: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.text = text
        self._codes: dict[str, str | None] = {}
        for start, end, name in divisions:
            self._add(name, start, end, 2.0 if start < title_end else 0.6)
        for mention in mentions:
            self._add_mention(mention, title_end)
        for match in _OWN.finditer(text):
            self.own[match.group(1)] += 1
        if not self._clear():
            self._add_short_names(text)

    def _clear(self) -> bool:
        """Whether the divisions named in full tell enough: one of them weighs much, and every level word used alone has one that it may mean."""
        words = {ending(name) for name in self.named}
        return max(self.named.values(), default=0) >= ENOUGH and all(word in words for word in self.own if LEVEL_OF.get(word) == "county")

    def _add_short_names(self, text: str) -> None:
        """Divisions named without their suffix (介休新闻网, 大同客运段): weak evidence, taken from the beginning and the end of the text."""
        piece = text[:500] + "\n" + text[-150:] if len(text) > 650 else text
        shorts = self.gazetteer.by_short
        found = set()
        for match in self.short_begins.finditer(piece):
            at = match.start()
            for size in (2, 3):
                if piece[at : at + size] in shorts and piece[at + size : at + size + 1] not in _STREETS:
                    found.add(piece[at : at + size])
        for short in sorted(found):
            name = self.full(short) if self.classes.get(short) == "d" else None
            if name and len(short) < len(name):
                count = piece.count(short) - piece.count(name)
                if count > 0:
                    at = piece.find(short)
                    self.named[name] += (0.8 if at < 60 else 0.4) * min(count, 4)  # type: ignore[assignment]
                    self.first.setdefault(name, (at, at + len(short)))

    def _add(self, name: str, start: int, end: int, weight: float) -> None:
        self.named[name] += weight  # type: ignore[assignment]
        if name not in self.first or start < self.first[name][0]:
            self.first[name] = (start, end)
        word = ending(name)
        if word:
            self.positions[word].append((start, name))

    def _add_mention(self, mention: Mention, title_end: int) -> None:
        prefix = mention.prefix
        if mention.head.kind == "place" and mention.pieces and not prefix:
            self.positions[mention.head.text].append((mention.start, mention.text))
        if not prefix:
            return
        last = prefix[-1]
        weight = 3.0 if mention.start < title_end else 1.5
        length = sum(len(p.text) for p in prefix)
        if last.kind == "D":
            self._add(last.text, mention.start, mention.start + length, weight)
        elif last.kind == "Z" and len(prefix) > 1:
            self._add("".join(p.text for p in prefix), mention.start, mention.start + length, weight)
        elif last.kind == "d":
            full = self.full(last.text)
            if full:
                share = 0.5 if mention.head.type in ("government", "party", "social", "taskforce") else 0.25
                self._add(full, mention.start, mention.start + length, share * weight)
        elif last.kind == "L":
            self.own[last.text] += 1

    def full(self, short: str) -> str | None:
        """The full name of a division given by its short name: the one that the report names in full, else the only or highest one."""
        codes = self.gazetteer.by_short.get(short, [])
        names = [self.gazetteer.divisions[code].common for code in codes]
        own = [name for name in names if self.own.get(ending(name))]
        return next((name for name in names if name in self.named), next(iter(own or names), None))

    def code(self, name: str) -> str | None:
        """The code of a division; of several with one name the one whose parents the report names, None if that tells nothing."""
        if name in self._codes:
            return self._codes[name]
        codes = self.gazetteer.named(name)
        self._codes[name] = found = (codes[0] if codes else None) if len(codes) < 2 else self._nearest(codes)
        return found

    def _nearest(self, codes: list[str]) -> str | None:
        weights = [sum(self.named[d.common] + self.named[d.short] for d in self.gazetteer.ancestors(code)) for code in codes]
        best = max(weights)
        return codes[weights.index(best)] if best > 0 else None

    def _scores(self) -> dict[str, float]:
        """How well each division fits: how often it is named, how many divisions of its are named, whether 区, 县, 市 alone means it."""
        below: dict[str, dict[str, float]] = defaultdict(dict)
        self._codes.clear()
        for name, weight in self.named.items():
            code = self.code(name)
            for above in self.gazetteer.ancestors(code) if code else []:
                below[above.common][name] = min(weight, 3.0)
        base = {}
        for name in sorted(set(self.named) | set(below)):
            children = sorted(below.get(name, {}).values(), reverse=True)
            first = 0.4 if LEVEL_OF.get(ending(name)) == "county" or self._is_county_city(name) else 0.1
            base[name] = self.named[name] + min(0.5 * sum(children[1:]) + first * sum(children[:1]), 3.0)
        meant = self._meant_alone(base)
        scores = {}
        for name, value in base.items():
            own = self.own[ending(name)] if meant.get(ending(name)) == name else 0
            if name in self.named or own:
                scores[name] = (value + min(own, 5)) * _WEIGHT["county" if self._is_county_city(name) else LEVEL_OF.get(ending(name), "county")]
        return scores

    def _is_county_city(self, name: str) -> bool:
        codes = self.gazetteer.by_full.get(name, [])
        return name.endswith("市") and any(len(code) == 6 for code in codes)

    def _meant_alone(self, base: dict[str, float]) -> dict[str, str]:
        """For each level word the division it means alone: the best named one; a county's city before the prefecture's."""
        best: dict[str, tuple[float, str]] = {}
        for name, value in base.items():
            word = ending(name)
            if word and value > 0.25:
                rank = value + (1.5 if self._is_county_city(name) else 0.0)
                if word not in best or rank > best[word][0]:
                    best[word] = (rank, name)
        return {word: name for word, (_, name) in best.items()}

    def find(self, hint: str | None) -> Jurisdiction:
        """The jurisdiction; `hint`, if given, is taken as it is."""
        if hint:
            return self._with_levels(Jurisdiction(hint, self.code(hint), hint, None, "given beforehand"))
        scores = {name: score for name, score in self._scores().items() if name in self.named}
        if not scores:
            return Jurisdiction()
        name = min(scores, key=lambda n: (-scores[n], n))
        if scores[name] < LEAST:
            return Jurisdiction()
        found = Jurisdiction(name, self.code(name), name, self.first.get(name), "most often named with the reporting bodies")
        above = self.gazetteer.parent(found.code) if found.code else None
        if above and above.full + name in self.text:
            found.long = above.full + name
        return self._with_levels(found)

    def _with_levels(self, found: Jurisdiction) -> Jurisdiction:
        """Fill in which division each level word means: the jurisdiction and those above it."""
        levels = found.levels
        if found.name and ending(found.name):
            levels[ending(found.name)] = found.long or found.name
        for division in self.gazetteer.ancestors(found.code) if found.code else []:
            word = ending(division.common)
            if division.level == "province" and word != "市":
                levels.setdefault("省" if word == "省" else "自治区", division.common)
                levels.setdefault("省", division.common)
            elif word:
                levels.setdefault(word, division.common)
        return found

    def meant(self, word: str, position: int, levels: dict[str, str]) -> str | None:
        """The division that a level word means at `position`: the jurisdiction's own, else the last one of that level named before, else the first after."""
        if word in levels:
            return levels[word]
        positions = self.positions.get(word, [])
        before = [(start, name) for start, name in positions if start <= position]
        if before:
            return max(before)[1]
        return min(positions)[1] if positions else None
