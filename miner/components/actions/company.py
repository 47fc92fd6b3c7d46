"""The company that a trigger candidate keeps: where most verbs around it say actions, it does so too; among praise and aims it does not.

In: the log-odds of all candidates of a report, each by itself, and where they stand. Out: their log-odds in their company.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from miner.components.actions.candidates import Candidate
from miner.components.actions.neighbours import Place
from miner.components.linear import sigmoid

GROUPS = ("clause", "sentence", "paragraph")
_STEPS = 8
_BOUNDS = (-4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)
_ROUNDING = 1e-9  # a mean is a sum less the candidate's own odds: half is half whatever these are
_ALONE = _STEPS  # the step of a candidate that has no other one in its group


@dataclass(slots=True)
class Surroundings:
    """Where a candidate stands, by the numbers of its clause and sentence and the beginning of its paragraph, and whether its clause tells a number."""

    clause: int
    sentence: int
    paragraph: int
    numbered: bool


def surroundings(candidate: Candidate, place: Place) -> Surroundings:
    """Where a candidate stands, from its place."""
    return Surroundings(candidate.clause, place.sentence, place.paragraph, candidate.numbered)


def steps(scores: Sequence[float], places: Sequence[Surroundings]) -> list[list[int]]:
    """What decides, five whole numbers for each candidate: the step of the own log-odds, whether a number is told, the steps of the mean odds.

    Parameters
    ----------
    scores
        The log-odds of each candidate by itself, of shape (candidates,).
    places
        Where each stands, ascending.
    """
    odds = list(map(sigmoid, scores))
    clauses, sentences = _means_of_others(odds, [place.clause for place in places]), _means_of_others(odds, [place.sentence for place in places])
    paragraphs = _means_of_others(odds, [place.paragraph for place in places])
    return [[bisect_left(_BOUNDS, score), int(place.numbered), clause, sentence, paragraph]
            for score, place, clause, sentence, paragraph in zip(scores, places, clauses, sentences, paragraphs, strict=True)]


def _means_of_others(odds: list[float], groups: list[int]) -> list[int]:
    """In which eighth the mean odds of the others of each candidate's group lie; the members of a group stand together."""
    found: list[int] = []
    first, size = 0, len(odds)
    while first < size:
        group, total, last = groups[first], 0.0, first
        while last < size and groups[last] == group:
            total += odds[last]
            last += 1
        others = last - first - 1
        for index in range(first, last):
            found.append(min(int((total - odds[index]) / others * _STEPS + _ROUNDING), _STEPS - 1) if others else _ALONE)
        first = last
    return found


def names(row: Sequence[int]) -> list[str]:
    """The names of the features of one candidate, from its row of :func:`steps`."""
    own, numbered, clause, sentence, paragraph = row
    return [f"own={own}", f"numbered={numbered}", f"numbered={numbered}|clause={clause}", f"clause={clause}", f"sentence={sentence}",
            f"paragraph={paragraph}"]


class Company:
    """Weighs candidates in their company.

    Parameters
    ----------
    model
        ``own`` (the weight of a candidate's own log-odds), ``bias`` and ``weights`` (the part ``company`` of ``models/actions.json``).
    """

    def __init__(self, model: dict[str, Any]) -> None:
        weight = model["weights"].get
        self.own, self.bias = float(model["own"]), float(model["bias"])
        self.by_own = [weight(f"own={step}", 0.0) for step in range(len(_BOUNDS) + 1)]
        self.by_clause = [[weight(f"numbered={number}", 0.0) + weight(f"numbered={number}|clause={step}", 0.0) + weight(f"clause={step}", 0.0)
                           for step in range(_STEPS + 1)] for number in (0, 1)]
        self.by_sentence, self.by_paragraph = ([weight(f"{group}={step}", 0.0) for step in range(_STEPS + 1)] for group in GROUPS[1:])

    def scores(self, own: Sequence[float], places: Sequence[Surroundings]) -> list[float]:
        """The log-odds of each candidate in its company; parameters as for :func:`steps`."""
        return [score * self.own + self.bias + self.by_own[step] + self.by_clause[number][clause] + self.by_sentence[sentence] + self.by_paragraph[paragraph]
                for score, (step, number, clause, sentence, paragraph) in zip(own, steps(own, places), strict=True)]
