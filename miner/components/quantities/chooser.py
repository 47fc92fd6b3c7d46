"""Chooses the item of a quantity among its candidates: a linear ranker over what the words around the number say.

In: candidates (:mod:`miner.components.quantities.candidates`). Out: the best one. The weights are trained from annotated reports (``models/quantities.json``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from miner.components.linear import PartialRows, Partials, read_model, thousandths
from miner.components.quantities.aspects import SOURCES, of_candidate, of_surroundings
from miner.components.quantities.candidates import Candidate, Surroundings

_PLACES = {source: place for place, source in enumerate(SOURCES)}
_NONE = (0,) * len(SOURCES)


class Chooser:
    """A linear ranker of candidates.

    Parameters
    ----------
    weights
        Weight of each feature by its name.
    """

    __slots__ = ("_around", "_ends", "_named_ends", "_own", "_word_before", "_word_behind")

    def __init__(self, weights: dict[str, float]) -> None:
        whole = thousandths(weights)
        self._own = Partials(whole, of_candidate)
        self._around = PartialRows(whole, of_surroundings, [f"x{source}|" for source in SOURCES])
        self._word_before = self._table(whole, "bt=")
        self._word_behind = self._table(whole, "at=")
        self._ends = {name[6:]: weight for name, weight in whole.items() if name.startswith("l|end=")}
        self._named_ends: dict[str, dict[str, int]] = {}
        for name, weight in whole.items():
            if name.startswith("l|n="):
                unit, _, ending = name[4:].partition("|end=")
                self._named_ends.setdefault(unit, {})[ending] = weight

    @staticmethod
    def _table(weights: dict[str, int], label: str) -> dict[str, tuple[int, ...]]:
        """Word → its weight for each source."""
        words = {name.partition(f"|{label}")[2] for name in weights if name[0] == "x" and f"|{label}" in name}
        return {word: tuple(weights.get(f"x{source}|{label}{word}", 0) for source in SOURCES) for word in words}

    def scores(self, around: Surroundings, found: Sequence[Candidate]) -> list[int]:
        """The scores of the candidates of one number, in thousandths; only their differences mean something."""
        own, ends, named = self._own, self._ends.get, self._named_ends.get(around.name, {}).get
        rows = [self._around[key] for key in around.aspects()]
        contexts = list(map(sum, zip(*rows, self._word_before.get(around.word_before, _NONE), self._word_behind.get(around.word_behind, _NONE), strict=True)))
        scores = []
        for candidate in found:
            total = contexts[_PLACES[candidate.source]]
            for key in candidate.keys:
                total += own[key]
            ending = candidate.ending
            if ending:
                last = ending[-1]
                total += ends(last, 0) + ends(ending, 0) + named(last, 0) + named(ending, 0)
            scores.append(total)
        return scores

    def best(self, around: Surroundings, found: Sequence[Candidate]) -> Candidate:
        """The candidate with the highest score, the first of equals."""
        scores = self.scores(around, found)
        return found[scores.index(max(scores))]


@cache
def chooser() -> Chooser:
    """The shipped chooser; without a model it names no item."""
    model: dict[str, Any] | None = read_model("quantities")
    return Chooser(model["items"]["weights"] if model else {})
