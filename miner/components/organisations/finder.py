"""Finds the institutions of one laid-out report, without spaCy.

In: a :class:`~miner.layout.Layout`. Out: :class:`Found`: organisations with names, types, and the jurisdiction.
"""

from __future__ import annotations

from dataclasses import dataclass

from miner.components.organisations.candidates import Candidate, find_candidates
from miner.components.organisations.jurisdiction import Jurisdiction, evidence, find_jurisdiction
from miner.components.organisations.lexicon import Lexicon, lexicon
from miner.components.organisations.mentions import Mention, Piece
from miner.components.organisations.names import Namer
from miner.components.organisations.rules import likely_start, plausible
from miner.document import Organisation
from miner.layout.model import Layout


@dataclass(slots=True)
class Found:
    """What was found in one report."""

    organisations: list[Organisation]
    jurisdiction: Jurisdiction


class OrganisationFinder:
    """Finds institutions; made once, used for many reports."""

    def __init__(self, words: Lexicon | None = None) -> None:
        self._words = words

    @property
    def words(self) -> Lexicon:
        """The lexicon, read on first use."""
        if self._words is None:
            self._words = lexicon()
        return self._words

    def find(self, layout: Layout, hint: str | None = None) -> Found:
        """The organisations of a report and its jurisdiction; `hint`: the jurisdiction if known beforehand."""
        text, words = layout.text, self.words
        mentions: list[Mention] = []
        divisions: list[tuple[int, int, str]] = []
        for candidate in find_candidates(text, words, {}):
            if candidate.head.kind == "division":
                divisions.append((candidate.head_start, candidate.end, text[candidate.head_start : candidate.end]))
            taken = likely_start(candidate)
            if plausible(candidate, taken):
                mentions.append(_mention(text, candidate, taken, 0.8))
        chosen = _longest(mentions)
        title_end = layout.blocks[0].end if layout.blocks else 0
        jurisdiction = find_jurisdiction(*evidence(chosen, divisions, title_end), words.places, hint)
        Namer(jurisdiction).resolve(chosen)
        return Found([Organisation(m.start, m.end, m.text, m.name, m.type, m.confidence, m.pronoun, m.heading, m.reason) for m in chosen], jurisdiction)


def _mention(text: str, candidate: Candidate, taken: int, confidence: float) -> Mention:
    starts = [candidate.head_start, *candidate.starts][: taken + 1]
    pieces = [Piece(candidate.classes[i], text[starts[i + 1] : starts[i]]) for i in range(taken)][::-1]
    return Mention(starts[-1], candidate.end, text[starts[-1] : candidate.end], candidate.head, pieces, confidence)


def _longest(mentions: list[Mention]) -> list[Mention]:
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
        elif mention.end > chosen[-1].end and mention.start > chosen[-1].start:
            continue
    return chosen
