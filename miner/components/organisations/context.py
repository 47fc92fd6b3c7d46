"""What the rest of the report says about a candidate: the same words elsewhere, a longer name that ends with them, the neighbours in a list.

In: the likeliest span of every candidate with its score. Out: what determines the features of each, and their names; the second step of the decision weighs
them (:mod:`.classifier`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from miner.components.linear import Key
from miner.components.organisations.abbreviation import abbreviates_end
from miner.components.organisations.candidates import Candidate
from miner.components.organisations.features import follows_numbering

SURE = 1.0
LENGTH = 0.5
_LINKS = frozenset("、和与及暨")
_PLACES = ("place", "division")
_BINS = ((2.5, "A"), (SURE, "B"), (-0.8, "C"), (-2.5, "D"))


@dataclass(slots=True)
class Choice:
    """A candidate with the number of words taken, its score, and the span that makes."""

    score: float
    candidate: Candidate
    taken: int
    start: int
    end: int


def precedence(one: Choice) -> float:
    """What decides between two choices that overlap: the score, with an advantage for length, since an inner name is no mention of its own."""
    return one.score + LENGTH * (one.end - one.start)


def _bin(score: float) -> str:
    for least, name in _BINS:
        if score > least:
            return name
    return "E"


def _hidden(choices: Sequence[Choice]) -> list[str]:
    """For each choice how the best of those that overlap it compares: ``-`` none does, ``<`` worse, ``>`` better."""
    found = ["-"] * len(choices)
    for index, one in enumerate(choices):
        for other in range(index + 1, min(index + 6, len(choices))):
            if choices[other].start < one.end:
                mine = precedence(one) < precedence(choices[other])
                found[index if mine else other] = ">"
                if found[other if mine else index] == "-":
                    found[other if mine else index] = "<"
    return found


def _abbreviated(word: str, sure: dict[str, float]) -> float:
    """The score of the surest name whose end `word` abbreviates (职康站 ~ …职业康复站), -99 if there is none."""
    return max((score for name, score in sure.items() if name[-1] == word[-1] and len(name) > len(word) and abbreviates_end(word, name)), default=-99.0)


def context_features(text: str, choices: Sequence[Choice]) -> list[list[str]]:
    """The features of each choice, in the order of `choices` (see :func:`context_aspects`)."""
    return [of_context(key) for key in context_aspects(text, choices)]


def context_aspects(text: str, choices: Sequence[Choice]) -> list[Key]:
    """What determines the features of each choice, in the order of `choices`.

    Parameters
    ----------
    text
        Clean text.
    choices
        One span per candidate, with the score that its own words gave it.
    """
    words = [text[one.start : one.end] for one in choices]
    best: dict[str, tuple[float, float]] = {}
    for word, one in zip(words, choices, strict=True):
        first, second = best.get(word, (-99.0, -99.0))
        best[word] = (one.score, first) if one.score > first else (first, max(second, one.score))
    tails: dict[str, float] = {}
    for word, (score, _) in best.items():
        if score > SURE:
            for at in range(1, len(word) - 1):
                tails[word[at:]] = max(score, tails.get(word[at:], -99.0))
    ends = {one.end: one.score for one in choices}
    starts = {one.start: one.score for one in choices}
    found: list[Key] = []
    sure = {word: score for word, (score, _) in best.items() if score > SURE and len(word) > 4}
    hidden = _hidden(choices)
    for index, (word, one) in enumerate(zip(words, choices, strict=True)):
        kind = one.candidate.head.kind
        first, second = best[word]
        other = second if one.score == first else first
        same = _bin(other) if other > -99.0 else "-"
        tail = _bin(tails[word]) if word in tails else "-"
        before, after = text[one.start - 1 : one.start], text[one.end : one.end + 1]
        opens = not before or before == "\n" or follows_numbering(text, one.start)
        left = _bin(ends.get(one.start - 1, -99.0)) if before in _LINKS and before else "-"
        right = _bin(starts.get(one.end + 1, -99.0)) if after in _LINKS and after else "-"
        short = "-" if tail != "-" or same in "AB" or not 2 < len(word) < 7 or kind in _PLACES else _bin(_abbreviated(word, sure))
        bound = "|" if opens and (not after or after == "\n") else "-"
        found.append((same, min(len(word), 4), kind, tail, left, right, bound, short, hidden[index], int(max(min(one.score, 1.0), -4.0))))
    return found


def of_context(key: Key) -> list[str]:
    """The features of what :func:`context_aspects` tells of a choice."""
    same, size, kind, tail, left, right, bound, short, over, score = key
    place = kind in _PLACES
    spot = "p" if place else "-"
    side = "A" if "A" in (left, right) else "B" if "B" in (left, right) else "-"
    again = "+" if same in "AB" and over != ">" and size > 2 and not place and kind != "pronoun" else "-"
    return [f"s{same}{size}", f"s{same}{kind}", f"t{tail}{size}", f"l{left}", f"r{right}", f"b{bound}{kind}",
            f"a{short}", f"y{again}", f"o{over}{spot}", f"d{spot}{score}{same}", f"n{spot}{side}"]
