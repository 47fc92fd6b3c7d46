"""Linear classifiers over named features: inference in plain Python.

In: the names of the features that hold. Out: a score or probabilities. Training (``miner.learning``) uses scikit-learn and writes the weights as JSON,
so that a model is loaded without executing code and without importing scikit-learn.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from struct import Struct
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = tuple[Any, ...]
"""What determines the features of one aspect."""


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


def thousandths(weights: dict[str, float]) -> dict[str, int]:
    """Weights in thousandths (models have three decimals): sums of whole numbers are exact in whatever order they are taken.

    Equal weights are one object: the few that there are stay in the processor's cache.
    """
    objects: dict[int, int] = {}
    return {name: objects.setdefault(weight, weight) for name, weight in ((name, round(weight * 1000)) for name, weight in weights.items())}


MOST_PARTIALS = 50_000
"""As many sums a table of partial sums keeps; then all are forgotten, so that memory stays bounded over any number of reports."""

MOST_TABLES = 1_000
"""As many tables are kept; then all are forgotten, so that memory stays bounded over any number of reports."""


Made = TypeVar("Made")


class Tables(dict[Key, Made]):
    """Tables made when they are first asked for, all forgotten when there are too many.

    Parameters
    ----------
    make
        Makes the table of a key from its fields.
    """

    __slots__ = ("make",)

    def __init__(self, make: Callable[..., Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Key) -> Made:
        if len(self) >= MOST_TABLES:
            self.clear()
        made = self[key] = self.make(*key)
        return made


class Partials(dict[Any, int]):
    """The sums of the weights of groups of features, each kept by what its features say.

    The features of an example fall into aspects that a few values determine: a role and a unit, a word before. The same aspect occurs again in other
    examples, so that the names of its features are written and looked up once.

    Parameters
    ----------
    weights
        Weight of each feature by its name, in thousandths.
    features
        The names of the features of an aspect, from its key.
    most
        As many sums are kept; then all are forgotten.
    """

    __slots__ = ("features", "most", "weights")

    def __init__(self, weights: dict[str, int], features: Callable[[Any], list[str]], most: int = MOST_PARTIALS) -> None:
        super().__init__()
        self.weights, self.features, self.most = weights, features, most

    def __missing__(self, key: Any) -> int:
        if len(self) >= self.most:
            self.clear()
        weight = self.weights.get
        total = sum([weight(feature, 0) for feature in self.features(key)])
        self[key] = total
        return total


Told = tuple[str, str | None]
"""A feature told apart: its family (what stands before the first ``=`` of its name) and its value; None for a name without ``=``."""


def named(told: Told) -> str:
    """The name of a feature that is told apart."""
    family, value = told
    return family if value is None else f"{family}={value}"


class Families:
    """Weights of features that have too many values to keep sums of them, by family and value.

    The names of such features need not be written to be looked up, and a small table of short values is quicker to look in than one of all names.

    Parameters
    ----------
    weights
        Weight of each feature by its name, in thousandths.
    """

    __slots__ = ("_tables",)

    def __init__(self, weights: dict[str, int]) -> None:
        self._tables: dict[str, dict[str | None, int]] = {}
        for name, weight in weights.items():
            family, mark, value = name.partition("=")
            self._tables.setdefault(family, {})[value if mark else None] = weight

    def table(self, family: str) -> dict[str | None, int]:
        """The weights of a family by value."""
        return self._tables.get(family, {})

    def total(self, features: list[Told]) -> int:
        """The sum of the weights of some features."""
        tables, total = self._tables, 0
        for family, value in features:
            table = tables.get(family)
            if table is not None:
                total += table.get(value, 0)
        return total


class Packing:
    """Sums for several classes in one whole number, 32 bits for each: one addition adds them all, and they lie together in memory.

    Parameters
    ----------
    classes
        How many.
    """

    __slots__ = ("_fields", "_middle")

    def __init__(self, classes: int) -> None:
        self._fields = Struct(f"<{classes}I")
        self._middle = self.pack([_MIDDLE] * classes)  # added before sums are taken apart, so that none is negative

    def pack(self, sums: Iterable[int]) -> int:
        """The sums in one number."""
        return sum([one << place * 32 for place, one in enumerate(sums)])

    def sums(self, packed: int) -> list[int]:
        """The sums in a number."""
        return [raised - _MIDDLE for raised in self._fields.unpack((packed + self._middle).to_bytes(self._fields.size, "little"))]

    def some(self, packed: int, places: list[int | None]) -> list[int]:
        """The sums of some classes in a number, by their places; 0 for None. Of a few quicker than to take all apart."""
        raised = packed + self._middle
        return [0 if place is None else (raised >> place * 32 & _FIELD) - _MIDDLE for place in places]

    def table(self, packed: list[int]) -> NDArray[np.int64]:
        """The sums in some numbers, a row for each."""
        size, middle = self._fields.size, self._middle
        raised = np.frombuffer(b"".join([(one + middle).to_bytes(size, "little") for one in packed]), dtype="<u4")
        return raised.reshape(len(packed), size // 4).astype(np.int64) - _MIDDLE


_MIDDLE, _FIELD = 1 << 31, (1 << 32) - 1


class PartialRows(dict[Any, int]):
    """As :class:`Partials`, for several classes at once: each aspect has one sum per class, packed (:class:`Packing`).

    Parameters
    ----------
    weights
        Weight of each feature by its name, in thousandths; the name of a feature of a class begins with the prefix of the class.
    features
        The names of the features of an aspect, without prefix, from its key.
    prefixes
        The prefix of each class.
    most
        As many sums are kept; then all are forgotten.
    """

    __slots__ = ("features", "most", "packing", "prefixes", "weights")

    def __init__(self, weights: dict[str, int], features: Callable[[Any], list[str]], prefixes: list[str], most: int = MOST_PARTIALS) -> None:
        super().__init__()
        self.weights, self.features, self.prefixes, self.most, self.packing = weights, features, prefixes, most, Packing(len(prefixes))

    def __missing__(self, key: Any) -> int:
        if len(self) >= self.most:
            self.clear()
        weight, features = self.weights.get, self.features(key)
        total = self[key] = self.packing.pack([sum([weight(prefix + feature, 0) for feature in features]) for prefix in self.prefixes])
        return total


class Choices(dict[Key, int]):
    """A multinomial choice: as :class:`Partials`, with one sum per class, packed (:class:`Packing`), in the order of the classes.

    Parameters
    ----------
    classes
        The weights and bias of each class by its name.
    features
        The names of the features of an aspect, from its key.

    Attributes
    ----------
    names
        The classes.
    """

    __slots__ = ("_columns", "_families", "_features", "_packing", "_rows", "_start", "names")

    def __init__(self, classes: dict[str, BinaryModel], features: Callable[[Key], list[str]]) -> None:
        super().__init__()
        self._features, self._packing = features, Packing(len(classes))
        self.names = tuple(classes)
        self._columns = {name: column for column, name in enumerate(classes)}
        self._start = self._packing.pack([round(model.bias * 1000) for model in classes.values()])
        self._rows: dict[str, int] = {}
        for column, model in enumerate(classes.values()):
            for feature, weight in thousandths(model.weights).items():
                self._rows[feature] = self._rows.get(feature, 0) + (weight << column * 32)
        self._families: dict[str, dict[str | None, int]] = {}
        for name, row in self._rows.items():
            family, mark, value = name.partition("=")
            self._families.setdefault(family, {})[value if mark else None] = row

    def __missing__(self, key: Key) -> int:
        if len(self) >= MOST_PARTIALS:
            self.clear()
        total = self[key] = sum(filter(None, map(self._rows.get, self._features(key))))
        return total

    def scores(self, examples: Iterable[list[Key]]) -> NDArray[np.int64]:
        """The scores of all classes for each example, told by its aspects, in thousandths of log-odds; a row for each."""
        get, start = self.__getitem__, self._start
        return self._packing.table([start + sum(map(get, aspects)) for aspects in examples])

    def scores_of(self, classes: Iterable[str], aspects: Iterable[Key], features: Iterable[tuple[str, list[str]]]) -> list[int]:
        """The scores of some classes, in thousandths of log-odds, from aspects and families of features with their values; an unknown class scores 0."""
        total, families = self._start + sum(map(self.__getitem__, aspects)), self._families
        for family, values in features:
            table = families.get(family)
            if table is not None:
                for value in values:
                    row = table.get(value)
                    if row is not None:
                        total += row
        return self._packing.some(total, [self._columns.get(name) for name in classes])


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


def choice(data: dict[str, Any], features: Callable[[Key], list[str]] = list) -> Choices:
    """A choice model from its JSON form ``{class: {"bias": …, "weights": {…}}}``; `features` names the features of an aspect."""
    return Choices({name: binary(part) for name, part in data.items()}, features)
