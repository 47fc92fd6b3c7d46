"""The modality of an action among its neighbours: a standing practice, a plan, a demand are seldom said again with every verb.

In: for each action of a report the odds of the modalities by its own words, and where it stands. Out: its modality.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from miner.components.actions.modality import MODALITIES
from miner.components.scene import Scene

LEAST = 1e-4
GROUPS = ("sentence", "paragraph", "previous", "next")
NAMES = [*[f"own={name}" for name in MODALITIES], *[f"{group}={name}" for group in GROUPS for name in MODALITIES]]
"""The features: the log of an action's own odds; of each group of neighbours the mean odds, where there is none its own.

Those of the whole article were tried: they learn the habits of writers, and reports of others are read worse."""


class Place(NamedTuple):
    """Where an action stands: the number of its sentence, the beginning of its paragraph."""

    sentence: int
    paragraph: int


def place_of(scene: Scene, position: int) -> Place:
    """The place of the action at a position."""
    return Place(scene.sentence(position), scene.block(position).start)


def odds(scores: Sequence[float]) -> list[float]:
    """Scores in log-odds as shares of one (softmax)."""
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


class _Group:
    """The sum of the odds of some actions."""

    __slots__ = ("count", "total")

    def __init__(self) -> None:
        self.count = 0
        self.total = [0.0] * len(MODALITIES)

    def add(self, own: list[float]) -> None:
        self.count += 1
        for index, value in enumerate(own):
            self.total[index] += value

    def without(self, count: int, total: list[float], alone: list[float]) -> list[float]:
        """The mean of those that remain without some; `alone` if none remains."""
        remaining = self.count - count
        return [(whole - part) / remaining for whole, part in zip(self.total, total, strict=True)] if remaining > 0 else alone


def features(own: list[list[float]], places: list[Place], counts: list[bool]) -> list[list[float]]:
    """The values of the features ``NAMES`` for every action of a report.

    Parameters
    ----------
    own
        The odds of each action by its own words, in the order of ``MODALITIES``.
    places
        Where each stands, ascending.
    counts
        Whether it tells of its neighbours: a verb that may be no action does not.
    """
    nothing, nobody = [0.0] * len(MODALITIES), _Group()
    groups: dict[tuple[str, int], _Group] = {}
    for shares, place, told in zip(own, places, counts, strict=True):
        if told:
            for key in (("sentence", place.sentence), ("paragraph", place.paragraph)):
                groups.setdefault(key, _Group()).add(shares)
    before, after = _beside(places, counts)
    found = []
    for index, (shares, place) in enumerate(zip(own, places, strict=True)):
        sentence, paragraph = groups.get(("sentence", place.sentence), nobody), groups.get(("paragraph", place.paragraph), nobody)
        values = [math.log(max(share, LEAST)) for share in shares]
        values += sentence.without(1, shares, shares) if counts[index] else sentence.without(0, nothing, shares)
        values += paragraph.without(sentence.count, sentence.total, shares)
        for beside in (before[index], after[index]):
            values += shares if beside < 0 else own[beside]
        found.append(values)
    return found


def _beside(places: list[Place], counts: list[bool]) -> tuple[list[int], list[int]]:
    """The nearest action before and after each one in its paragraph, -1 if there is none."""
    before, after = [-1] * len(places), [-1] * len(places)
    for found, order in ((before, range(len(places))), (after, range(len(places) - 1, -1, -1))):
        last = -1
        for index in order:
            if last >= 0 and places[last].paragraph == places[index].paragraph:
                found[index] = last
            if counts[index]:
                last = index
    return before, after


class Neighbours:
    """Decides modalities from the features of all actions of a report.

    Parameters
    ----------
    model
        Bias and weights of each modality (the part ``neighbours`` of ``models/actions.json``).
    """

    def __init__(self, model: dict[str, Any]) -> None:
        self.biases = [float(model[name]["bias"]) for name in MODALITIES]
        self.weights = [[float(model[name]["weights"].get(feature, 0.0)) for feature in NAMES] for name in MODALITIES]

    def decide(self, own: list[list[float]], places: list[Place], counts: list[bool]) -> list[str]:
        """The modality of each action; parameters as for :func:`features`."""
        chosen = []
        for values in features(own, places, counts):
            scores = [bias + sum([weight * value for weight, value in zip(row, values, strict=True)])
                      for bias, row in zip(self.biases, self.weights, strict=True)]
            chosen.append(MODALITIES[scores.index(max(scores))])
        return chosen
