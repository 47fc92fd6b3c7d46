"""Linear classifiers over named features: inference in plain Python.

In: the names of the features that hold. Out: a score or probabilities. Training (``miner.learning``) uses scikit-learn and writes the weights as JSON,
so that a model is loaded without executing code and without importing scikit-learn.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


class BinaryModel:
    """A logistic regression over binary features.

    Parameters
    ----------
    weights
        Weight of each feature by its name; unknown features weigh nothing.
    bias
        The intercept.
    """

    __slots__ = ("bias", "weights")

    def __init__(self, weights: dict[str, float], bias: float) -> None:
        self.weights, self.bias = weights, bias

    def score(self, features: Iterable[str]) -> float:
        """The log-odds of the positive class."""
        return self.bias + sum(filter(None, map(self.weights.get, features)))


class ChoiceModel:
    """A multinomial choice over binary features: one row of weights per feature, one column per class.

    Parameters
    ----------
    classes
        The weights and bias of each class by its name.
    """

    __slots__ = ("biases", "columns", "rows")

    def __init__(self, classes: dict[str, BinaryModel]) -> None:
        self.columns = {name: column for column, name in enumerate(classes)}
        self.biases = [model.bias for model in classes.values()]
        known = {feature for model in classes.values() for feature in model.weights}
        self.rows = {feature: tuple(model.weights.get(feature, 0.0) for model in classes.values()) for feature in known}

    def scores(self, features: list[str], among: Iterable[str]) -> dict[str, float]:
        """The scores (log-odds) of the classes `among` (``columns`` itself: of all); a class that the model does not know scores 0."""
        columns, biases = self.columns, self.biases
        found = list(filter(None, map(self.rows.get, features)))
        if among is columns:
            return dict(zip(columns, map(sum, zip(biases, *found, strict=True)), strict=True))
        scores = {}
        for name in among:
            column = columns.get(name)
            scores[name] = 0.0 if column is None else biases[column] + sum([row[column] for row in found])
        return scores


def sigmoid(score: float) -> float:
    """The logistic function, safe for large scores."""
    if score < -30:
        return 0.0
    return 1.0 / (1.0 + math.exp(-score))


MODELS = "MINER_MODELS"
"""Environment variable: a folder whose models are used before those that ship with the program."""


def model_path(name: str) -> Path:
    """The file of a trained model: in the folder that ``MINER_MODELS`` names, inside the installed package, or in the checkout's ``models/``."""
    own = os.environ.get(MODELS)
    if own and (Path(own) / f"{name}.json").is_file():
        return Path(own) / f"{name}.json"
    package = Path(__file__).resolve().parent.parent
    shipped = package / "models" / f"{name}.json"
    return shipped if shipped.is_file() else package.parent / "models" / f"{name}.json"


def read_model(name: str) -> dict[str, Any] | None:
    """The content of a trained model's JSON file, None if it has not been trained."""
    file = model_path(name)
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def binary(data: dict[str, Any]) -> BinaryModel:
    """A binary model from its JSON form ``{"bias": …, "weights": {…}}``."""
    return BinaryModel(data["weights"], data["bias"])


def choice(data: dict[str, Any]) -> ChoiceModel:
    """A choice model from its JSON form ``{class: {"bias": …, "weights": {…}}}``."""
    return ChoiceModel({name: binary(part) for name, part in data.items()})
