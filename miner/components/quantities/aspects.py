"""What the chooser of items learns from: the names of the binary features of a candidate, in groups that the same few values determine.

In: the surroundings of a number and its candidates (:mod:`miner.components.quantities.candidates`). Out: names of features. An aspect occurs again
and again with the same values, so that the chooser keeps the sum of its weights (:mod:`miner.components.quantities.chooser`).
"""

from __future__ import annotations

from typing import cast

from miner.components.quantities.candidates import Candidate, Lent, Phrased, Surroundings
from miner.components.quantities.heads import Noun, fits

SOURCES: tuple[str, ...] = ("none", "behind", "before", "object", "earlier", "lent")


def features(around: Surroundings, candidate: Candidate) -> list[str]:
    """The names of all features of a candidate of the number that stands in `around`."""
    kind, name, source, told, ending = around.kind, around.name, candidate.source, candidate.told, candidate.ending
    found = [*both_sides(kind, around.before, around.behind), *side_before(name, around.before, around.farther_before),
             *side_behind(name, around.behind, around.farther_behind), *word_before(around.word_before), *word_behind(around.word_behind)]
    found = [f"x{source}|{feature}" for feature in found]
    if told is not None:
        found += _of_lent(kind, name, cast(Lent, told)) if source == "lent" else _of_phrase(source, kind, name, cast(Phrased, told))
    return found + of_ending(ending) + of_ending(ending, f"n={name}|") if ending else found


def _of_phrase(source: str, kind: str, name: str, told: Phrased) -> list[str]:
    gap, edge, entry, noun, roles, length, flags, whole = told
    found = of_gap(source, kind, gap) + of_edge(source, kind, edge, entry) + of_gap_and_edge(source, gap, edge[0], entry)
    found += of_noun(source, kind, name, noun) + of_noun_and_unit(name, noun) + of_words(source, kind, noun.known, roles, length)
    return found + (of_flags(source, kind, *flags) if flags else []) + (of_whole(kind, *whole) if whole else [])


def _of_lent(kind: str, name: str, told: Lent) -> list[str]:
    related, same, rank, more, source, empty, far, other, entry, roles, noun = told
    found = of_rank(kind, related, same, rank, more, source, empty) + of_far(kind, related, same, far, other) + of_unit(kind, name, related, entry)
    found += before_lent(kind, related, roles) + before_lent_by(kind, other, roles)
    return found + of_noun("lent", kind, name, noun) + of_noun_and_unit(name, noun) + of_words("lent", kind, noun.known, "", 2)


def both_sides(kind: str, before: str, behind: str) -> list[str]:
    """The words on both sides of a number; the features of its surroundings are named without the source that they begin with."""
    return [kind, f"b1={before}", f"a0={behind}", f"{kind}|b1={before}", f"{kind}|a0={behind}", f"{kind}|b1={before}|a0={behind}"]


def side_before(name: str, before: str, farther: str) -> list[str]:
    """The two words before a number."""
    return [f"n={name}", f"n={name}|b1={before}", f"b={farther}{before}"]


def side_behind(name: str, behind: str, farther: str) -> list[str]:
    """The two words behind a number."""
    return [f"n={name}|a0={behind}", f"a={behind}{farther}"]


def word_before(word: str) -> list[str]:
    """The word before a number itself."""
    return [f"bt={word}"]


def word_behind(word: str) -> list[str]:
    """The word behind a number itself."""
    return [f"at={word}"]


def of_ending(ending: str, unit: str = "") -> list[str]:
    """The last characters of a candidate."""
    return [f"l|{unit}end={ending[-1]}", f"l|{unit}end={ending}"]


def of_gap(source: str, kind: str, gap: str) -> list[str]:
    """What stands between the phrase and the number."""
    inner = gap.replace("s", "")
    told = [f"gap={gap}", f"in={inner}", f"{kind}|in={inner}", f"len={len(inner)}", f"{kind}|len={len(inner)}", f"in={inner[:1]}..{inner[-1:]}"]
    told += [f"has={role}" for role in set(gap)]
    told += [f"{kind}|has={role}" for role in set(inner)]
    return [f"g{source}|{feature}" for feature in told]


def of_edge(source: str, kind: str, edge: str, entry: str) -> list[str]:
    """What stands at the phrase's other edge, and whether it is an entry of a list."""
    near, far = edge[0], edge[-1]
    told = [f"e={edge}", f"e1={near}", f"e2={far}", f"{kind}|e1={near}", f"{kind}|e2={far}"]
    if entry:
        told += [f"entry={entry}", f"{kind}|entry={entry}"]
    return [f"g{source}|{feature}" for feature in told]


def of_gap_and_edge(source: str, gap: str, near: str, entry: str) -> list[str]:
    """Both together."""
    inner = gap.replace("s", "")
    return [f"g{source}|in={inner}|e1={near}", *([f"g{source}|entry={entry}|in={inner}"] if entry else [])]


def of_noun(source: str, kind: str, name: str, noun: Noun) -> list[str]:
    """What the lexicon says about the phrase, and whether the unit counts such things."""
    known, fitting = noun.known, f"fit={fits(noun, kind, name)}|{not noun.classes}"
    own = (known, fitting, f"{kind}|{fitting}", f"len={noun.length}", f"acts={noun.acts}|{kind}")
    return [*(f"l{source}|{told}" for told in own), f"l|{known}|{kind}", f"l|whole={noun.whole}|{noun.head}"]


def of_noun_and_unit(name: str, noun: Noun) -> list[str]:
    """The class of the phrase's head beside the unit."""
    return [f"l|{noun.known}|n={name}"]


def of_words(source: str, kind: str, known: str, roles: str, last: int) -> list[str]:
    """The words of the phrase: their roles, the class of its head, the length of the last one."""
    one, two = roles[-1:], roles[-2:]
    told = (f"roles={roles}", f"r1={one}", f"r2={two}", f"{kind}|r1={one}", f"{known}|r={two}")
    return [*(f"l{source}|{feature}" for feature in told), f"l|last={last}"]


def of_flags(source: str, kind: str, verb: str, counted: bool, place: bool) -> list[str]:
    """Rare things: a verb in the same word, a phrase that has been counted, a place."""
    told = [f"v={verb}"] if verb else []
    if counted:
        told += ["counted", f"{kind}|counted"]
    if place:
        told += ["place", f"place|{kind}"]
    return [f"l{source}|{feature}" for feature in told]


def of_whole(kind: str, whole: bool, since: str, longer: bool) -> list[str]:
    """Whether a phrase behind the number, a shorter or a longer one is whole."""
    told = (f"longer={longer}|{whole}", f"longer={longer}|{whole}|{kind}", f"longer={longer}|{whole}|{bool(since)}", f"{whole}|{bool(since)}",
            f"{whole}|{since}", f"{kind}|{whole}|{bool(since)}")
    return [f"p|{feature}" for feature in told]


def of_rank(kind: str, related: str, same: bool, rank: int, more: bool, source: str, empty: bool) -> list[str]:
    """The relation to the number whose item is lent."""
    told = (str(same), kind, f"{kind}|{same}", f"rank={rank}", f"more={more}", f"{kind}|more={more}|rank={min(rank, 1)}", source, f"empty={empty}|{source}")
    return [*(f"i{related}|{feature}" for feature in told), f"i|{kind}|rank={rank}"]


def of_far(kind: str, related: str, same: bool, far: int, other: str) -> list[str]:
    """How far that number is, and its kind."""
    return [f"i{related}|d={far}|{same}", f"i|{other}>{kind}|{same}"]


def of_unit(kind: str, name: str, related: str, entry: str) -> list[str]:
    """The unit, and whether its number is an entry of a list."""
    return [f"i{related}|{told}" for told in (f"entry={entry}", f"{kind}|entry={entry}", f"n={name}")]


def before_lent(kind: str, related: str, roles: str) -> list[str]:
    """What stands before the number whose item is lent."""
    inner = roles.replace("s", "")
    told = (f"roles={roles}", f"in={inner}", f"{kind}|in={inner}", f"last={roles[-1:]}|{kind}")
    return [f"i{related}|{feature}" for feature in told]


def before_lent_by(kind: str, other: str, roles: str) -> list[str]:
    """The same beside the kind of the number that lends it."""
    return [f"i|{other}>{kind}|{roles}"]
