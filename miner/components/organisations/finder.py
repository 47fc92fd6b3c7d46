"""Finds the institutions of one laid-out report, without spaCy.

In: a :class:`~miner.layout.Layout`. Out: :class:`Found`: organisations with names, types, and the jurisdiction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from miner.components.divisions import gazetteer
from miner.components.organisations.candidates import Candidate, find_candidates
from miner.components.organisations.classifier import Classifier, joined, make_mention, shipped_classifier, without_overlaps
from miner.components.organisations.context import Choice
from miner.components.organisations.definitions import defined_names, uses
from miner.components.organisations.distributed import distributed
from miner.components.organisations.features import gather
from miner.components.organisations.jurisdiction import Jurisdiction, find_jurisdiction
from miner.components.organisations.lexicon import Head, Lexicon, lexicon
from miner.components.organisations.local import Local, local_divisions
from miner.components.organisations.mentions import Mention
from miner.components.organisations.names import Namer
from miner.components.organisations.places import Places
from miner.components.organisations.pronouns import find_pronouns
from miner.components.organisations.registry import level_and_code
from miner.components.profile import Profile
from miner.document import Organisation
from miner.layout.model import Layout

FILLED = ("jurisdiction filled in", "the report's own division")
_VILLAGE = 6  # characters that a village's name may have
_VILLAGES = ("村", "社区")
_NO_VILLAGE = frozenset("FHLRZDOQBvwspb0")
_OFFICIAL = frozenset("FHLRZvw")  # classes of words that no village is named after


@dataclass(slots=True)
class Found:
    """What was found in one report."""

    organisations: list[Organisation]
    jurisdiction: Jurisdiction


class OrganisationFinder:
    """Finds institutions; made once, used for many reports.

    Parameters
    ----------
    words
        The lexicon; the shipped one if None.
    classifier
        The decision; the shipped one if None.
    profile
        A user's own bodies, aliases and suffixes.
    """

    def __init__(self, words: Lexicon | None = None, classifier: Classifier | None = None, profile: Profile | None = None) -> None:
        self._words, self._classifier, self.profile = words, classifier, profile or Profile()
        self._known = self.profile.names
        alternatives = "|".join(re.escape(name) for name in sorted(self._known, key=lambda n: (-len(n), n)))
        self._known_pattern = re.compile(alternatives) if alternatives else None

    @property
    def words(self) -> Lexicon:
        """The lexicon, read on first use."""
        if self._words is None:
            self._words = Lexicon(gazetteer(), self.profile.suffixes) if self.profile.suffixes else lexicon()
        return self._words

    @property
    def classifier(self) -> Classifier | None:
        """The classifier, read on first use; None if none was ever trained."""
        if self._classifier is None:
            self._classifier = shipped_classifier()
        return self._classifier

    def candidates(self, layout: Layout) -> list[Candidate]:
        """Every candidate of a report outside page furniture, ascending by its end."""
        text, words = layout.text, self.words
        local = local_divisions(text, words)
        found = [*find_candidates(text, words, local, gaps=layout.gaps()), *find_pronouns(text)]
        furniture = [(b.start, b.end) for b in layout.blocks if b.kind == "furniture"]
        if furniture:
            ends = dict(furniture)
            starts = sorted(ends)
            found = [c for c in found if not (at := bisect_right(starts, c.head_start)) or c.head_start >= ends[starts[at - 1]]]
        found.sort(key=lambda c: c.end)
        return found

    def mentions(self, layout: Layout, candidates: list[Candidate]) -> list[Mention]:
        """The mentions among the candidates, ascending."""
        text = layout.text
        if self.classifier is not None:
            return self.classifier.decide(text, candidates, self.words, gather(text, candidates))
        gather(text, candidates)
        found = [Choice(0.0, c, c.likely, c.starts[c.likely - 1] if c.likely else c.head_start, c.end)
                 for c in candidates if c.head.kind != "pronoun" and c.plausible]
        return [make_mention(text, one.candidate, one.taken, 0.5) for one in joined(without_overlaps(found))]

    def find(self, layout: Layout, hint: str | None = None) -> Found:
        """The organisations of a report and its jurisdiction; `hint`: the jurisdiction if known beforehand."""
        text = layout.text
        candidates = self.candidates(layout)
        chosen = self.mentions(layout, candidates)
        if self._known_pattern:
            chosen = self._with_known(text, chosen)
        chosen = distributed(text, self.words, chosen)
        definitions = defined_names(text, chosen)
        if definitions:
            chosen = uses(text, definitions, chosen)
        places = self.places(layout, candidates, chosen)
        jurisdiction = find_jurisdiction(places, self.classifier.jurisdiction if self.classifier else None, hint)
        Namer(layout, jurisdiction, places, definitions, self._known).resolve(chosen)
        return Found(_organisations(chosen, jurisdiction, self.words, self.classifier.naming if self.classifier else {}), jurisdiction)

    def places(self, layout: Layout, candidates: list[Candidate], chosen: list[Mention]) -> Places:
        """The divisions that a report names."""
        text = layout.text
        divisions = [(c.head_start, c.end, text[c.head_start : c.end]) for c in candidates if c.head.kind == "division"]
        for c in candidates:  # 榜罗镇岔口湾村: right after a town, a village is named
            at = c.classes.find("D")
            name = text[c.starts[at - 1] : c.end] if c.head.kind == "place" and at > 0 else ""
            if 1 < len(name) <= _VILLAGE and not _OFFICIAL.intersection(c.classes[:at]) and self.words.classes.get(name, "D") in "DH":
                divisions.append((c.starts[at - 1], c.end, name))
        divisions.sort()
        return Places(layout, chosen, divisions, self.words, self._on_page(layout), self._villages(text, candidates))

    def _villages(self, text: str, candidates: list[Candidate]) -> list[tuple[int, str]]:
        """Where a clause, or a word of place, begins with a village's name that no town stands before: what 村委会 may mean, no division of its own."""
        found = []
        for c in candidates:
            if c.head.kind == "place" and c.plausible and c.likely and c.head.text in _VILLAGES and not _NO_VILLAGE.intersection(c.classes[: c.likely]):
                start = c.starts[c.likely - 1]
                before = text[start - 1 : start]
                if 2 < c.end - start < _VILLAGE and (not "\u4e00" <= before <= "\u9fff" or self.words.leading.get(before) == "locative"):
                    found.append((start, text[start : c.end]))
        return found

    def _on_page(self, layout: Layout) -> list[tuple[int, int, str]]:
        """The divisions that page furniture names in full: the path of the page, who runs the site."""
        text = layout.text
        return [(c.head_start, c.end, text[c.head_start : c.end]) for block in layout.blocks if block.kind == "furniture"
                for c in find_candidates(text, self.words, Local(), block.start, block.end) if c.head.kind == "division"]

    def _with_known(self, text: str, chosen: list[Mention]) -> list[Mention]:
        """The mentions with those of the user's own bodies; a longer name that holds one of them stays."""
        assert self._known_pattern is not None
        for match in self._known_pattern.finditer(text):
            start, end = match.span()
            over = [m for m in chosen if m.start < end and start < m.end]
            if any(m.start <= start and end <= m.end for m in over if m.end - m.start > end - start):
                continue
            chosen = [m for m in chosen if m not in over]
            chosen.append(Mention(start, end, match.group(), Head(match.group(), self._known[match.group()].type, "known"), [], 1.0))
        return sorted(chosen, key=lambda m: m.start)


def name_weight(reason: str, jurisdiction: Jurisdiction) -> float:
    """How sure a name can be by the jurisdiction that it takes: the jurisdiction's own probability where it fills in the name."""
    return jurisdiction.confidence if reason in FILLED else 1.0


def _organisations(mentions: list[Mention], jurisdiction: Jurisdiction, words: Lexicon, naming: dict[str, float]) -> list[Organisation]:
    """The typed mentions, with level and division code of each body; `naming`: share of right names by the ground of the name."""
    placed: dict[str, tuple[str | None, str | None]] = {}
    found = []
    for m in mentions:
        if m.name not in placed:
            placed[m.name] = level_and_code(m.name, m.type, jurisdiction.code, words.places)
        level, code = placed[m.name]
        confidence = round(m.confidence * naming.get(m.reason, 1.0) * name_weight(m.reason, jurisdiction), 3)
        found.append(Organisation(m.start, m.end, m.text, m.name, m.type, confidence, m.pronoun, m.heading, m.reason, level, code, m.joint))
    return found
