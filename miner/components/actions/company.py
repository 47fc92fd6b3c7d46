"""The company that a trigger candidate keeps: where most verbs around it say actions, it does so too; among praise and aims it does not.

In: the log-odds of all candidates of a report, each by itself, and where they stand. Out: their log-odds in their company.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from miner.components.actions.candidates import Candidate
from miner.components.actions.neighbours import Place, sums

GROUPS = ("clause", "sentence", "paragraph")
_STEPS = 8
_BOUNDS = (-4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)
_ROUNDING = 1e-9  # a mean is a sum less the candidate's own odds: half is half whatever these are
_ALONE = _STEPS  # the step of a candidate that has no other one in its group


class Surroundings(NamedTuple):
    """Where a candidate stands, by the numbers of its clause and sentence and the beginning of its paragraph, and whether its clause tells a number."""

    clause: int
    sentence: int
    paragraph: int
    numbered: bool


def surroundings(candidate: Candidate, place: Place) -> Surroundings:
    """Where a candidate stands, from its place."""
    return Surroundings(candidate.clause, place.sentence, place.paragraph, candidate.numbered)


def steps(scores: Sequence[float], places: Sequence[Surroundings]) -> NDArray[np.int64]:
    """What decides, as whole numbers of shape (candidates, 5): the step of the own log-odds, whether a number is told, the steps of the mean odds.

    Parameters
    ----------
    scores
        The log-odds of each candidate by itself, of shape (candidates,).
    places
        Where each stands, ascending.
    """
    own = np.asarray(scores, dtype=np.float64)
    odds, where = 1.0 / (1.0 + np.exp(-own)), np.asarray(places, dtype=np.int64).reshape(-1, 4)
    return np.column_stack([np.searchsorted(_BOUNDS, own), where[:, 3], *[_mean_of_others(odds, where[:, column]) for column in range(len(GROUPS))]])


def _mean_of_others(odds: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """In which eighth the mean odds of the others of each candidate's group lie; the members of a group stand together."""
    total, members = sums(odds, np.ones(len(odds), dtype=bool), group)
    others = members - 1
    mean = (total - odds) / np.maximum(others, 1)
    found: NDArray[np.int64] = np.where(others > 0, np.minimum((mean * _STEPS + _ROUNDING).astype(np.int64), _STEPS - 1), _ALONE)
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
        self.by_own = np.array([weight(f"own={step}", 0.0) for step in range(len(_BOUNDS) + 1)])
        self.by_clause = np.array([[weight(f"numbered={number}", 0.0) + weight(f"numbered={number}|clause={step}", 0.0) + weight(f"clause={step}", 0.0)
                                    for step in range(_STEPS + 1)] for number in (0, 1)])
        self.by_sentence, self.by_paragraph = (np.array([weight(f"{group}={step}", 0.0) for step in range(_STEPS + 1)]) for group in GROUPS[1:])

    def scores(self, own: Sequence[float], places: Sequence[Surroundings]) -> list[float]:
        """The log-odds of each candidate in its company; parameters as for :func:`steps`."""
        if not own:
            return []
        step = steps(own, places)
        total: NDArray[np.float64] = (np.asarray(own) * self.own + self.bias + self.by_own[step[:, 0]] + self.by_clause[step[:, 1], step[:, 2]]
                                      + self.by_sentence[step[:, 3]] + self.by_paragraph[step[:, 4]])
        found: list[float] = total.tolist()
        return found
