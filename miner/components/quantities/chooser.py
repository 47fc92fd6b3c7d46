"""Chooses the item of a quantity among its candidates: a linear ranker over what the words around the number say.

In: candidates (:mod:`miner.components.quantities.candidates`). Out: the best one. The weights are trained from annotated reports (``models/quantities.json``).

The same few roles and nouns occur again and again. What each of them adds to a score is kept, in small tables by unit and source, so that the names of
features are written and looked up once. What seldom occurs twice (words, ends of phrases, pairs) is read from tables of the weights themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, cast

from miner.components.linear import Packing, PartialRows, Partials, Tables, read_model, thousandths
from miner.components.quantities import aspects
from miner.components.quantities.candidates import Candidate, Lent, Phrased, Surroundings

_PLACES = {source: place for place, source in enumerate(aspects.SOURCES)}
_PREFIXES = [f"x{source}|" for source in aspects.SOURCES]
_PACKING = Packing(len(aspects.SOURCES))
_MOST_SUMS = 8_000
_SPECIAL = frozenset(("名", "位", "员", "所", "个"))
"""Units that count what others of their kind do not (:func:`miner.components.quantities.heads.fits`)."""


def _of_fields(features: Callable[..., list[str]], first: tuple[str, ...]) -> Callable[[Any], list[str]]:
    """Names of features from a key: its fields, if it is a tuple, stand behind the `first` ones."""
    return lambda key: features(*first, *key) if type(key) is tuple else features(*first, key)


class _Gap(NamedTuple):
    """What the roles between a phrase and its number weigh: by themselves, with the role at the phrase's other edge, with the entry of a list that it is."""

    alone: int
    near: dict[str, int] | None
    entry: dict[str, int] | None


class _Gaps(dict[str, _Gap]):
    """The weights of the roles between a phrase and its number."""

    def __init__(self, chooser: Chooser, source: str, kind: str) -> None:
        super().__init__()
        self.alone = chooser.sums(aspects.of_gap, source, kind)
        self.near = chooser.shared[chooser.pairs, f"g{source}|in=", "|e1="]
        self.entry = chooser.shared[chooser.pairs, f"g{source}|entry=", "|in=", True]

    def __missing__(self, gap: str) -> _Gap:
        if len(self) >= _MOST_SUMS:
            self.clear()
        inner = gap.replace("s", "")
        found = self[gap] = _Gap(self.alone[gap], self.near.get(inner), self.entry.get(inner))
        return found


class _Phrases:
    """The sums of the aspects of phrases from one source for one kind of units."""

    __slots__ = ("edge", "flags", "gap", "noun", "words")

    def __init__(self, chooser: Chooser, source: str, kind: str, name: str) -> None:
        self.gap = _Gaps(chooser, source, kind)
        self.edge, self.words = chooser.sums(aspects.of_edge, source, kind), chooser.sums(aspects.of_words, source, kind)
        self.flags, self.noun = chooser.sums(aspects.of_flags, source, kind), chooser.sums(aspects.of_noun, source, kind, name)


class _Unit:
    """The sums of all aspects for one unit; what its name does not decide is shared by the units of its kind."""

    __slots__ = ("before", "behind", "endings", "far", "known", "lent", "others", "phrases", "rank", "roles", "sides", "whole")

    def __init__(self, chooser: Chooser, kind: str, name: str) -> None:
        shared, rows = chooser.shared, chooser.rows
        self.sides, self.before, self.behind = shared[rows, aspects.both_sides, kind], rows(aspects.side_before, name), rows(aspects.side_behind, name)
        special = name if name in _SPECIAL else ""
        self.phrases = {source: shared[_Phrases, chooser, source, kind, special] for source in ("behind", "before", "object", "earlier", "lent")}
        self.whole, self.rank = shared[chooser.sums, aspects.of_whole, kind], shared[chooser.sums, aspects.of_rank, kind]
        self.far, self.roles = shared[chooser.sums, aspects.of_far, kind], shared[chooser.sums, aspects.before_lent, kind]
        self.others = shared[chooser.pairs, "i|", f">{kind}|"]
        self.lent = chooser.sums(aspects.of_unit, kind, name)
        self.known = {known: weights[name] for known, weights in shared[chooser.pairs, "l|", "|n="].items() if name in weights}
        self.endings = shared[chooser.pairs, "l|n=", "|end="].get(name, {}).get


class Chooser:
    """A linear ranker of candidates.

    Parameters
    ----------
    weights
        Weight of each feature by its name.
    """

    __slots__ = ("_endings", "_units", "_weights", "_word_before", "_word_behind", "shared")

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = thousandths(weights)
        self.shared: Tables[Any] = Tables(lambda make, *given: make(*given))
        self._units: Tables[_Unit] = Tables(partial(_Unit, self))
        self._endings = {name[6:]: weight for name, weight in self._weights.items() if name.startswith("l|end=")}
        self._word_before, self._word_behind = self._of_words("bt="), self._of_words("at=")

    def _of_words(self, label: str) -> dict[str, int]:
        """Word → its weight for each source, packed."""
        words = {name.partition(f"|{label}")[2] for name in self._weights if name[0] == "x" and f"|{label}" in name}
        return {word: _PACKING.pack([self._weights.get(f"{prefix}{label}{word}", 0) for prefix in _PREFIXES]) for word in words}

    def pairs(self, opening: str, middle: str, second: bool = False) -> dict[str, dict[str, int]]:
        """The weights whose names are `opening`, a value, `middle`, another value: by the first (by the `second`) and the other value."""
        found: dict[str, dict[str, int]] = {}
        for name, weight in self._weights.items():
            values = name[len(opening) :].rsplit(middle, 1) if name.startswith(opening) else ()
            if len(values) == 2:
                found.setdefault(values[second], {})[values[not second]] = weight
        return found

    def sums(self, features: Any, *first: str) -> Partials:
        """A table of sums of one aspect: whatever else `features` is given beside `first` is its key."""
        return Partials(self._weights, _of_fields(features, first), _MOST_SUMS)

    def rows(self, features: Any, *first: str) -> PartialRows:
        """As :meth:`sums`, with a sum for each source."""
        return PartialRows(self._weights, _of_fields(features, first), _PREFIXES, _MOST_SUMS)

    def scores(self, around: Surroundings, found: Sequence[Candidate]) -> list[int]:
        """The scores of the candidates of one number, in thousandths; only their differences mean something."""
        before, behind = around.before, around.behind
        unit = self._units[around.kind, around.name]
        ends, own_ends, known = self._endings.get, unit.endings, unit.known.get
        contexts = _PACKING.sums(
            unit.sides[before, behind] + unit.before[before, around.farther_before] + unit.behind[behind, around.farther_behind]
            + self._word_before.get(around.word_before, 0) + self._word_behind.get(around.word_behind, 0))
        scores = []
        for candidate in found:
            source, told = candidate.source, candidate.told
            total = contexts[_PLACES[source]]
            if told is None:
                scores.append(total)
                continue
            sums = unit.phrases[source]
            if source == "lent":
                related, same, rank, more, origin, empty, far, other, entry, roles, noun = cast(Lent, told)
                total += unit.rank[related, same, rank, more, origin, empty] + unit.far[related, same, far, other] + unit.lent[related, entry]
                total += unit.roles[related, roles] + sums.words[noun.known, "", 2]
                if other in unit.others:
                    total += unit.others[other].get(roles, 0)
            else:
                gap, edge, entry, noun, roles, length, flags, whole = cast(Phrased, told)
                alone, near, entries = sums.gap[gap]
                total += alone + sums.edge[edge, entry] + sums.words[noun.known, roles, length]
                if near:
                    total += near.get(edge[0], 0)
                if entry and entries:
                    total += entries.get(entry, 0)
                if whole:
                    total += unit.whole[whole]
                if flags:
                    total += sums.flags[flags]
            ending = candidate.ending
            last = ending[-1:]
            scores.append(total + sums.noun[noun] + known(noun.known, 0) + ends(last, 0) + ends(ending, 0) + own_ends(last, 0) + own_ends(ending, 0))
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
