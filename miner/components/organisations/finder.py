"""Finds the institutions of one laid-out report, without spaCy.

In: a :class:`~miner.layout.Layout`. Out: :class:`Found`: organisations with names, types, and the jurisdiction.
"""

from __future__ import annotations

from dataclasses import dataclass

from miner.components.organisations.candidates import Candidate, find_candidates
from miner.components.organisations.classifier import Classifier, joined, make_mention, shipped_classifier, without_overlaps
from miner.components.organisations.definitions import defined_names, uses
from miner.components.organisations.features import gather
from miner.components.organisations.jurisdiction import Jurisdiction, Places
from miner.components.organisations.lexicon import Lexicon, lexicon
from miner.components.organisations.local import local_divisions
from miner.components.organisations.mentions import Mention
from miner.components.organisations.names import Namer
from miner.components.organisations.pronouns import find_pronouns
from miner.document import Organisation
from miner.layout.model import Layout


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
    """

    def __init__(self, words: Lexicon | None = None, classifier: Classifier | None = None) -> None:
        self._words, self._classifier = words, classifier

    @property
    def words(self) -> Lexicon:
        """The lexicon, read on first use."""
        if self._words is None:
            self._words = lexicon()
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
        found = [*find_candidates(text, words, local), *find_pronouns(text)]
        furniture = [(b.start, b.end) for b in layout.blocks if b.kind == "furniture"]
        if furniture:
            found = [c for c in found if not any(start <= c.head_start < end for start, end in furniture)]
        found.sort(key=lambda c: c.end)
        return found

    def mentions(self, layout: Layout, candidates: list[Candidate]) -> list[Mention]:
        """The mentions among the candidates, ascending."""
        text = layout.text
        if self.classifier is not None:
            return self.classifier.decide(text, candidates, self.words, gather(candidates))
        gather(candidates)
        found = [(0.0, make_mention(text, c, c.likely, 0.5), c) for c in candidates if c.head.kind != "pronoun" and c.plausible]
        return joined(text, without_overlaps(found))

    def find(self, layout: Layout, hint: str | None = None) -> Found:
        """The organisations of a report and its jurisdiction; `hint`: the jurisdiction if known beforehand."""
        text = layout.text
        candidates = self.candidates(layout)
        chosen = self.mentions(layout, candidates)
        definitions = defined_names(text, chosen)
        if definitions:
            chosen = uses(text, definitions, chosen)
        divisions = [(c.head_start, c.end, text[c.head_start : c.end]) for c in candidates if c.head.kind == "division"]
        title_end = layout.blocks[0].end if layout.blocks else 0
        places = Places(text, chosen, divisions, title_end, self.words)
        jurisdiction = places.find(hint)
        Namer(layout, jurisdiction, places, definitions).resolve(chosen)
        return Found([Organisation(m.start, m.end, m.text, m.name, m.type, m.confidence, m.pronoun, m.heading, m.reason) for m in chosen], jurisdiction)
