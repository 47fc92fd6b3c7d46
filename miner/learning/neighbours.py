"""Trains what an action's neighbours tell of its modality."""

from __future__ import annotations

from typing import Any

from miner.components.actions.modality import MODALITIES, TOLD
from miner.components.actions.neighbours import NAMES, Place, features, odds
from miner.components.linear import binary
from miner.learning.linear import train_choice, train_numbers

STRENGTH, NEIGHBOURS_STRENGTH = 0.5, 1.0
"""Inverse of the regularisation: of the weights of an action's own words, and of those of its neighbours' odds."""
TOLD_PRIOR = 3.0
"""What is added to the weight of a clause that tells its modality outright (进行了检查, 共计值守160个班次, 拟卖出): of 3,589 such events of our reports 3,564
have it, but a regression that has other marks of them leaves too little to this one where a verb mostly goes on (值守) or is done (捐赠)."""
FOLDS = 4

Told = tuple[list[list[str]], list[Place], list[list[str]]]
"""The actions of one report: the features of each one's own words, its place, its right modalities."""


def train_modality(reports: list[Told], least_weight: float) -> dict[str, Any]:
    """The parts of the model of actions that decide modality: by an action's own words, and then by its neighbours.

    The neighbours are weighed by odds of models that have not seen the report (reports that stand together in the order of names, so mostly those of one
    writer, are left out together), as at the time of use. Weights of an action's own words nearer to zero than `least_weight` are left out.
    """
    values: list[list[float]] = []
    for fold in range(FOLDS):
        low, high = fold * len(reports) // FOLDS, (fold + 1) * len(reports) // FOLDS
        model = [binary(part) for part in _own([*reports[:low], *reports[high:]], least_weight).values()]
        for rows, places, _ in reports[low:high]:
            if rows:
                values += features(odds([[part.score(row) for part in model] for row in rows]), places, [True] * len(rows)).tolist()
    right = [names for _, _, labels in reports for names in labels]
    return {"modality": _own(reports, least_weight), "neighbours": train_numbers(values, NAMES, right, list(MODALITIES), NEIGHBOURS_STRENGTH)}


def _own(reports: list[Told], least_weight: float) -> dict[str, Any]:
    rows, right = [row for rows, _, _ in reports for row in rows], [names for _, _, labels in reports for names in labels]
    trained = train_choice(rows, right, STRENGTH, least_weight=least_weight)
    never = {"bias": -10.0, "weights": {}}  # a modality that the corpus does not show is never chosen
    own = {name: trained.get(name, never) for name in MODALITIES}
    for name, model in own.items():
        weights, feature = model["weights"], f"{TOLD}={name}"
        weights[feature] = round(weights.get(feature, 0.0) + TOLD_PRIOR, 3)
    return own
