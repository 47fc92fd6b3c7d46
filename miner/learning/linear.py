"""Trains linear classifiers over named features with scikit-learn and writes them as plain numbers."""

from __future__ import annotations

from collections import Counter
from typing import Any


def _vocabulary(rows: list[list[str]], least: int) -> dict[str, int]:
    counts = Counter(feature for row in rows for feature in set(row))
    return {feature: i for i, feature in enumerate(sorted(feature for feature, count in counts.items() if count >= least))}


def _matrix(rows: list[list[str]], vocabulary: dict[str, int]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    indices, starts = [], [0]
    for row in rows:
        indices += sorted({vocabulary[feature] for feature in row if feature in vocabulary})
        starts.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(vocabulary)))


def train_binary(rows: list[list[str]], labels: list[int], strength: float = 0.5, least: int = 2, weights: list[float] | None = None) -> dict[str, Any]:
    """A binary logistic regression as ``{"bias": …, "weights": {feature: weight}}``.

    Parameters
    ----------
    rows
        The feature names of each example.
    labels
        1 or 0 for each example.
    strength
        Inverse of the L2 regularisation (scikit-learn's ``C``).
    least
        Features that fewer examples have are left out.
    weights
        The weight of each example.
    """
    from sklearn.linear_model import LogisticRegression

    vocabulary = _vocabulary(rows, least)
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=1000, random_state=0)
    model.fit(_matrix(rows, vocabulary), labels, sample_weight=weights)
    return _numbers(vocabulary, model.coef_[0], float(model.intercept_[0]))


def _numbers(vocabulary: dict[str, int], coefficients: Any, bias: float) -> dict[str, Any]:
    weights = {feature: round(float(coefficients[i]), 3) for feature, i in vocabulary.items()}
    return {"bias": round(bias, 3), "weights": {feature: weight for feature, weight in weights.items() if abs(weight) >= 0.01}}


Group = tuple[list[list[str]], list[int]]
"""The candidates of one choice: their features, and 1 for each right one, 0 for the others."""


def train_ranker(groups: list[Group], strength: float = 0.3, least: int = 2) -> dict[str, Any]:
    """A linear ranker: the weights under which the right candidate of a choice scores above the wrong ones.

    A logistic regression over the differences between right and wrong candidates (pairwise ranking; Joachims 2002); each choice weighs the same.

    Parameters
    ----------
    groups
        The choices.
    strength, least
        As for :func:`train_binary`.
    """
    import numpy as np
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression

    vocabulary = _vocabulary([row for rows, _ in groups for row in rows], least)
    better, worse, weights = [], [], []
    for rows, labels in groups:
        right = [row for row, label in zip(rows, labels, strict=True) if label]
        wrong = [row for row, label in zip(rows, labels, strict=True) if not label]
        for one in right:
            better += [one] * len(wrong)
            worse += wrong
            weights += [1.0 / (len(right) * len(wrong))] * len(wrong)
    difference = _matrix(better, vocabulary) - _matrix(worse, vocabulary)
    model = LogisticRegression(C=strength * 4, solver="liblinear", max_iter=1000, random_state=0, fit_intercept=False)
    model.fit(vstack([difference, -difference]), np.repeat([1, 0], len(better)), sample_weight=weights * 2)
    return _numbers(vocabulary, model.coef_[0], 0.0)


def train_choice(rows: list[list[str]], labels: list[str], strength: float = 0.5, least: int = 2) -> dict[str, Any]:
    """One binary regression per class (one against the rest), as ``{class: {"bias": …, "weights": …}}``."""
    return {name: train_binary(rows, [int(label == name) for label in labels], strength, least) for name in sorted(set(labels))}
