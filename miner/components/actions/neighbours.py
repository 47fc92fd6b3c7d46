"""The modality of an action among its neighbours: a standing practice, a plan, a demand are seldom said again with every verb.

In: for each action of a report the odds of the modalities by its own words, and where it stands. Out: its modality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from miner.components.actions.modality import MODALITIES
from miner.components.scene import Scene

LEAST = 1e-4
GROUPS = ("sentence", "paragraph", "previous", "next")
NAMES = [*[f"own={name}" for name in MODALITIES], *[f"{group}={name}" for group in GROUPS for name in MODALITIES]]
"""The features: the log of an action's own odds; of each group of neighbours the mean odds, where there is none its own.

Those of the whole article were tried: they learn the habits of writers, and reports of others are read worse."""
Odds = NDArray[np.float64]


@dataclass(slots=True)
class Place:
    """Where an action stands: the number of its sentence, the beginning of its paragraph."""

    sentence: int
    paragraph: int


def place_of(scene: Scene, position: int) -> Place:
    """The place of the action at a position."""
    return Place(scene.sentence(position), scene.block(position).start)


def odds(scores: ArrayLike) -> Odds:
    """Scores in log-odds, a row of them for each action, as shares of one (softmax)."""
    table = np.asarray(scores, dtype=np.float64)
    powers = np.exp(table - table.max(axis=1, keepdims=True))
    shares: Odds = powers / powers.sum(axis=1, keepdims=True)
    return shares


def features(own: Odds, places: Sequence[Place], counts: Sequence[bool]) -> Odds:
    """The values of the features ``NAMES`` for every action of a report, of shape (actions, features).

    Parameters
    ----------
    own
        The odds of each action by its own words, of shape (actions, modalities) in the order of ``MODALITIES``.
    places
        Where each stands, ascending.
    counts
        Whether it tells of its neighbours: a verb that may be no action does not.
    """
    if not places:
        return np.empty((0, len(NAMES)))
    tells = np.asarray(counts, dtype=bool)
    told, paragraphs = np.where(tells[:, None], own, 0.0), np.array([place.paragraph for place in places])
    sentence, paragraph = sums(told, tells, np.array([place.sentence for place in places])), sums(told, tells, paragraphs)
    before, after = _beside(paragraphs, tells)
    return np.hstack([
        np.log(np.maximum(own, LEAST)), _means(sentence[0] - told, sentence[1] - tells, own),
        _means(paragraph[0] - sentence[0], paragraph[1] - sentence[1], own),
        np.where(before[:, None] < 0, own, own[before]), np.where(after[:, None] < 0, own, own[after]),
    ])  # fmt: skip


def sums(told: Odds, tells: NDArray[np.bool_], group: NDArray[np.int64]) -> tuple[Odds, NDArray[np.int64]]:
    """For each action (or candidate) the sum of what those of its group tell, and how many they are; a group stands together."""
    begins = np.empty(len(group), dtype=bool)
    begins[0] = True
    np.not_equal(group[1:], group[:-1], out=begins[1:])
    starts, of = np.flatnonzero(begins), np.cumsum(begins) - 1
    return np.add.reduceat(told, starts)[of], np.add.reduceat(tells.astype(np.int64), starts)[of]


def _means(total: Odds, number: NDArray[np.int64], alone: Odds) -> Odds:
    """The means of what remains of groups; `alone` where nothing does."""
    return np.where(number[:, None] > 0, total / np.maximum(number, 1)[:, None], alone)


def _beside(paragraph: NDArray[np.int64], tells: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The nearest action that tells before and after each one in its paragraph, -1 if there is none."""
    size = len(paragraph)
    numbers = np.arange(size)
    before, after = np.full(size, -1), np.full(size, -1)
    before[1:] = np.maximum.accumulate(np.where(tells, numbers, -1))[:-1]
    after[:-1] = np.minimum.accumulate(np.where(tells, numbers, size)[::-1])[::-1][1:]
    for found in (before, after):
        found[(found == size) | (paragraph[found % size] != paragraph)] = -1
    return before, after


class Neighbours:
    """Decides modalities from the features of all actions of a report.

    Parameters
    ----------
    model
        Bias and weights of each modality (the part ``neighbours`` of ``models/actions.json``).
    """

    def __init__(self, model: dict[str, Any]) -> None:
        self.biases = np.array([model[name]["bias"] for name in MODALITIES], dtype=np.float64)
        self.weights = np.array([[model[name]["weights"].get(feature, 0.0) for name in MODALITIES] for feature in NAMES], dtype=np.float64)

    def decide(self, own: Odds, places: Sequence[Place], counts: Sequence[bool]) -> list[str]:
        """The modality of each action; parameters as for :func:`features`."""
        scores = self.biases + features(own, places, counts) @ self.weights
        return [MODALITIES[best] for best in scores.argmax(axis=1).tolist()]
