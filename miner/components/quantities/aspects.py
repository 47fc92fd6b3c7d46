"""What the chooser of items learns from: the names of the binary features of a candidate, in groups that the same few values determine.

In: the surroundings of a number and its candidates (:mod:`miner.components.quantities.candidates`). Out: names of features. An aspect occurs again
and again with the same values, so that the chooser keeps the sum of its weights (:class:`~miner.components.linear.Partials`); it reads what has too many
values (words, ends of phrases) from tables.
"""

from __future__ import annotations

from collections.abc import Callable

from miner.components.linear import Key
from miner.components.quantities.candidates import Candidate, Surroundings
from miner.components.quantities.heads import Noun

SOURCES = ("none", "behind", "before", "object", "earlier", "lent")


def features(around: Surroundings, candidate: Candidate) -> list[str]:
    """The names of all features of a candidate of the number that stands in `around`."""
    source, ending = candidate.source, candidate.ending
    found = [f"x{source}|{told}" for key in around.aspects() for told in of_surroundings(key)]
    found += [f"x{source}|bt={around.word_before}", f"x{source}|at={around.word_behind}"]
    found += [name for key in candidate.keys for name in of_candidate(key)]
    if ending:
        found += [f"l|end={ending[-1]}", f"l|end={ending}", f"l|n={around.name}|end={ending[-1]}", f"l|n={around.name}|end={ending}"]
    return found


def of_surroundings(key: Key) -> list[str]:
    """The features of one aspect of what stands on both sides of a number, without the source that they begin with."""
    aspect, first, second, third = (*key, "", "")[:4]
    if aspect == "both":
        return [first, f"b1={second}", f"a0={third}", f"{first}|b1={second}", f"{first}|a0={third}", f"{first}|b1={second}|a0={third}"]
    if aspect == "before":
        return [f"n={first}", f"n={first}|b1={second}", f"b={third}{second}"]
    return [f"n={first}|a0={second}", f"a={second}{third}"]


def of_candidate(key: Key) -> list[str]:
    """The features of one aspect of a candidate; the first field of the key names it."""
    return _ASPECTS[key[0]](*key[1:])


def _gap(source: str, kind: str, gap: str) -> list[str]:
    """What stands between the phrase and the number."""
    inner = gap.replace("s", "")
    told = [f"gap={gap}", f"in={inner}", f"{kind}|in={inner}", f"len={len(inner)}", f"{kind}|len={len(inner)}", f"in={inner[:1]}..{inner[-1:]}"]
    told += [f"has={role}" for role in set(gap)]
    told += [f"{kind}|has={role}" for role in set(inner)]
    return [f"g{source}|{feature}" for feature in told]


def _edge(source: str, kind: str, edge: str, entry: str) -> list[str]:
    """What stands at the phrase's other edge, and whether it is an entry of a list."""
    near, far = edge[0], edge[-1]
    told = [f"e={edge}", f"e1={near}", f"e2={far}", f"{kind}|e1={near}", f"{kind}|e2={far}"]
    if entry:
        told += [f"entry={entry}", f"{kind}|entry={entry}"]
    return [f"g{source}|{feature}" for feature in told]


def _gap_and_edge(source: str, gap: str, near: str, entry: str) -> list[str]:
    inner = gap.replace("s", "")
    return [f"g{source}|in={inner}|e1={near}", *([f"g{source}|entry={entry}|in={inner}"] if entry else [])]


def _noun(source: str, kind: str, name: str, noun: Noun, fit: bool) -> list[str]:
    """What the lexicon says about the phrase, and whether the unit counts such things."""
    known, fitting = noun.known, f"fit={fit}|{not noun.classes}"
    own = (known, fitting, f"{kind}|{fitting}", f"len={noun.length}", f"acts={noun.acts}|{kind}")
    return [*(f"l{source}|{told}" for told in own), f"l|{known}|{kind}", f"l|whole={noun.whole}|{noun.head}", f"l|{known}|n={name}"]


def _words(source: str, kind: str, known: str, roles: str, last: int) -> list[str]:
    """The words of the phrase: their roles, the class of its head, the length of the last one."""
    one, two = roles[-1:], roles[-2:]
    told = (f"roles={roles}", f"r1={one}", f"r2={two}", f"{kind}|r1={one}", f"{known}|r={two}")
    return [*(f"l{source}|{feature}" for feature in told), f"l|last={last}"]


def _flags(source: str, kind: str, verb: str, counted: bool, place: bool) -> list[str]:
    """Rare things: a verb in the same word, a phrase that has been counted, a place."""
    told = [f"v={verb}"] if verb else []
    if counted:
        told += ["counted", f"{kind}|counted"]
    if place:
        told += ["place", f"place|{kind}"]
    return [f"l{source}|{feature}" for feature in told]


def _whole(kind: str, whole: bool, since: str, longer: bool) -> list[str]:
    """Whether a phrase behind the number, a shorter or a longer one is whole."""
    told = (f"longer={longer}|{whole}", f"longer={longer}|{whole}|{kind}", f"longer={longer}|{whole}|{bool(since)}", f"{whole}|{bool(since)}",
            f"{whole}|{since}", f"{kind}|{whole}|{bool(since)}")
    return [f"p|{feature}" for feature in told]


def _rank(related: str, kind: str, same: bool, rank: int, more: bool, source: str, empty: bool) -> list[str]:
    """The relation to the number whose item is lent."""
    told = (str(same), kind, f"{kind}|{same}", f"rank={rank}", f"more={more}", f"{kind}|more={more}|rank={min(rank, 1)}", source, f"empty={empty}|{source}")
    return [*(f"i{related}|{feature}" for feature in told), f"i|{kind}|rank={rank}"]


def _far(related: str, kind: str, same: bool, far: int, other: str) -> list[str]:
    return [f"i{related}|d={far}|{same}", f"i|{other}>{kind}|{same}"]


def _unit(related: str, kind: str, name: str, entry: str) -> list[str]:
    return [f"i{related}|{told}" for told in (f"entry={entry}", f"{kind}|entry={entry}", f"n={name}")]


def _before_lent(related: str, kind: str, other: str, roles: str) -> list[str]:
    """What stands before the number whose item is lent."""
    inner = roles.replace("s", "")
    told = (f"roles={roles}", f"in={inner}", f"{kind}|in={inner}", f"last={roles[-1:]}|{kind}")
    return [*(f"i{related}|{feature}" for feature in told), f"i|{other}>{kind}|{roles}"]


_ASPECTS: dict[str, Callable[..., list[str]]] = {
    "gap": _gap, "edge": _edge, "gap and edge": _gap_and_edge, "noun": _noun, "words": _words, "flags": _flags, "whole": _whole,
    "rank": _rank, "far": _far, "unit": _unit, "before lent": _before_lent,
}
