"""Chooses the item of a quantity among its candidates: a linear ranker over what the words around the number say.

In: candidates (:mod:`miner.components.quantities.candidates`). Out: the best one. The weights are trained from annotated reports (``models/quantities.json``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from miner.components.linear import read_model
from miner.components.quantities.candidates import Candidate, Key
from miner.components.quantities.heads import classes_of, fits, head_of, may_act

_MOST_REMEMBERED = 100_000


def features(key: Key) -> list[str]:
    """The names of the binary features of one aspect of a candidate.

    Aspects: ``x`` what stands on both sides of the number, ``g`` what stands between the phrase and the number and at the phrase's other edge,
    ``l`` the phrase itself, ``p`` whether it, a shorter or a longer phrase is whole, ``i`` the relation to the number whose item is lent.
    """
    return _ASPECTS[str(key[0])](*key[1:])


def _context(source: str, kind: str, name: str, b1: str, b1_text: str, b2: str, b2_text: str, a0: str, a0_text: str, a1: str, a1_text: str) -> list[str]:
    told = (kind, f"n={name}", f"b1={b1}", f"b={b2}{b1}", f"a0={a0}", f"a={a0}{a1}", f"{kind}|b1={b1}", f"{kind}|a0={a0}", f"{kind}|b1={b1}|a0={a0}",
            f"bt={b1_text}", f"at={a0_text}", f"n={name}|b1={b1}", f"n={name}|a0={a0}")
    return [f"x{source}|{feature}" for feature in told]


def _gap(source: str, kind: str, name: str, gap: str, edge: str, entry: str) -> list[str]:
    inner = gap.replace("s", "")
    near, far, length = edge[0], edge[-1], len(inner)
    told = [f"gap={gap}", f"in={inner}", f"{kind}|in={inner}", f"len={length}", f"{kind}|len={length}", f"e={edge}", f"e1={near}", f"e2={far}",
            f"{kind}|e1={near}", f"{kind}|e2={far}", f"in={inner[:1]}..{inner[-1:]}", f"in={inner}|e1={near}"]
    if entry:
        told += [f"entry={entry}", f"{kind}|entry={entry}", f"entry={entry}|in={inner}"]
    told += [f"has={role}" for role in set(gap)]
    told += [f"{kind}|has={role}" for role in set(inner)]
    return [f"g{source}|{feature}" for feature in told]


def _phrase(source: str, kind: str, name: str, phrase: str, last: int, roles: str, verb: str, counted: bool, place: bool) -> list[str]:
    classes, head = classes_of(phrase), head_of(phrase).text
    known = classes[0] if classes else "?"
    fit = f"fit={fits(phrase, kind, name)}|{not classes}"
    one, two = roles[-1:], roles[-2:]
    told = [known, fit, f"{kind}|{fit}", f"roles={roles}", f"r1={one}", f"r2={two}", f"{kind}|r1={one}", f"len={min(len(phrase), 8)}",
            f"acts={may_act(phrase)}|{kind}", f"{known}|r={two}"]
    if counted:
        told += ["counted", f"{kind}|counted"]
    if place:
        told += ["place", f"place|{kind}"]
    if verb:
        told.append(f"v={verb}")
    anywhere = (f"{known}|{kind}", f"{known}|n={name}", f"end={phrase[-1]}", f"end={phrase[-2:]}", f"last={last}", f"n={name}|end={phrase[-1]}",
                f"n={name}|end={phrase[-2:]}", f"whole={head == phrase}|{bool(head)}")
    return [f"l{source}|{feature}" for feature in told] + [f"l|{feature}" for feature in anywhere]


def _whole(kind: str, whole: bool, since: str, longer: bool) -> list[str]:
    told = (f"longer={longer}|{whole}", f"longer={longer}|{whole}|{kind}", f"longer={longer}|{whole}|{bool(since)}", f"{whole}|{bool(since)}",
            f"{whole}|{since}", f"{kind}|{whole}|{bool(since)}")
    return [f"p|{feature}" for feature in told]


def _lent(kind: str, name: str, related: str, rank: int, same: bool, source: str, roles: str, more: bool, far: int, other: str, entry: str) -> list[str]:
    inner = roles.replace("s", "")
    told = (f"entry={entry}", f"{kind}|entry={entry}", str(same), kind, f"{kind}|{same}", f"rank={rank}", source, f"roles={roles}", f"in={inner}",
            f"{kind}|in={inner}", f"more={more}", f"{kind}|more={more}|rank={min(rank, 1)}", f"d={far}|{same}", f"n={name}", f"empty={not roles}|{source}",
            f"last={roles[-1:]}|{kind}")
    return [f"i{related}|{feature}" for feature in told] + [f"i|{kind}|rank={rank}", f"i|{other}>{kind}|{same}", f"i|{other}>{kind}|{roles}"]


_ASPECTS: dict[str, Callable[..., list[str]]] = {"x": _context, "g": _gap, "l": _phrase, "p": _whole, "i": _lent}


class Chooser:
    """A linear ranker of candidates.

    Parameters
    ----------
    weights
        Weight of each feature by its name.
    """

    __slots__ = ("_scores", "weights")

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        self._scores: dict[Key, float] = {}

    def score(self, candidate: Candidate) -> float:
        """The score of a candidate; only differences between the candidates of one quantity mean something."""
        return sum([self._scores[key] if key in self._scores else self._remember(key) for key in candidate.keys])

    def best(self, found: Sequence[Candidate]) -> Candidate:
        """The candidate with the highest score, the first of equals."""
        remembered, remember = self._scores.get, self._remember
        chosen, highest = found[0], float("-inf")
        contexts: dict[str, float] = {}
        for candidate in found:
            context, *others = candidate.keys
            known = contexts.get(candidate.source)
            if known is None:
                known = remembered(context)
                known = contexts[candidate.source] = remember(context) if known is None else known
            total = known
            for key in others:
                score = remembered(key)
                total += remember(key) if score is None else score
            if total > highest:
                chosen, highest = candidate, total
        return chosen

    def _remember(self, key: Key) -> float:
        """The score of one aspect; it is the same wherever the aspect occurs, so it is kept (in bounded memory)."""
        if len(self._scores) >= _MOST_REMEMBERED:
            self._scores.clear()
        weight = self.weights.get
        score = self._scores[key] = sum([weight(feature, 0.0) for feature in features(key)])
        return score


@cache
def chooser() -> Chooser:
    """The shipped chooser; without a model it names no item."""
    model: dict[str, Any] | None = read_model("quantities")
    return Chooser(model["items"]["weights"] if model else {})
