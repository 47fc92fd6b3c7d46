"""Trains linear classifiers over named features with scikit-learn and writes them as plain numbers."""

from __future__ import annotations

from collections import Counter
from typing import Any

LEAST_WEIGHT = 0.04
"""Weights nearer to zero are left out: they decide nothing and make the files large."""


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


def _dual_regression(strength: float) -> Any:
    """A logistic regression by coordinate descent on the dual: with far more features than examples an order of magnitude faster than on the primal."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, solver="liblinear", dual=True, tol=0.02, max_iter=1000, random_state=0)


def train_binary(rows: list[list[str]], labels: list[int], strength: float = 0.5, least: int = 2, weights: list[float] | None = None,
                 dual: bool = False, least_weight: float = LEAST_WEIGHT) -> dict[str, Any]:
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
    dual
        Solve the dual problem, faster and a little less exact.
    least_weight
        Weights nearer to zero are left out.
    """
    from sklearn.linear_model import LogisticRegression

    vocabulary = _vocabulary(rows, least)
    model = _dual_regression(strength) if dual else LogisticRegression(C=strength, solver="liblinear", max_iter=1000, random_state=0)
    model.fit(_matrix(rows, vocabulary), labels, sample_weight=weights)
    return _numbers(vocabulary, model.coef_[0], float(model.intercept_[0]), least_weight)


Group = tuple[list[list[str]], list[int]]
"""The candidates of one choice: their features, and 1 for each right one, 0 for the others."""


def train_optional(groups: list[Group], strength: float = 1.0, least: int = 2) -> dict[str, Any]:
    """A conditional logistic regression with a way out, as ``{"bias": …, "weights": …}``: of each group at most one candidate is right.

    The probability of candidate i of a group is ``exp(s_i) / (1 + sum of exp(s_j))``, where s are the candidates' scores and 1 stands for none of them
    (McFadden 1973). So that one candidate wins over its rivals tells nothing against the rivals' features where they stand alone.

    Parameters
    ----------
    groups
        The candidates of each choice: their features, and 1 for the right one (all 0: none is right).
    strength, least
        As for :func:`train_binary`.
    """
    import numpy as np
    from scipy.optimize import minimize

    rows = [row for listed, _ in groups for row in listed]
    gold = np.array([label for _, labels in groups for label in labels], dtype=float)
    member = np.repeat(np.arange(len(groups)), [len(labels) for _, labels in groups])
    vocabulary = _vocabulary(rows, least)
    matrix = _matrix(rows, vocabulary)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights[:-1] + weights[-1]
        top = np.zeros(len(groups))
        np.maximum.at(top, member, scores)
        powers = np.exp(scores - top[member])
        total = np.exp(-top) + np.bincount(member, powers, len(groups))
        error = powers / total[member] - gold
        value = float(np.sum(np.log(total) + top) - gold @ scores) + float(weights[:-1] @ weights[:-1]) / (2 * strength)
        return value, np.append(matrix.T @ error + weights[:-1] / strength, error.sum())

    found = minimize(loss, np.zeros(len(vocabulary) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 400, "ftol": 1e-10, "gtol": 1e-4})
    return _numbers(vocabulary, found.x[:-1], float(found.x[-1]))


def train_added(scores: list[float], rows: list[list[str]], labels: list[int], strength: float, least: int = 5,
                weights: list[float] | None = None) -> dict[str, Any]:
    """A binary logistic regression over a score and named features, as ``{"own": weight of the score, "bias": …, "weights": {feature: weight}}``.

    Parameters
    ----------
    scores
        The score of each example.
    rows, labels, strength, least, weights
        As for :func:`train_binary`.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    vocabulary = _vocabulary(rows, least)
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=1000, random_state=0)
    model.fit(hstack([_matrix(rows, vocabulary), csr_matrix(np.array(scores).reshape(-1, 1))]).tocsr(), labels, sample_weight=weights)
    return {"own": round(float(model.coef_[0][-1]), 3), **_numbers(vocabulary, model.coef_[0], float(model.intercept_[0]))}


def train_numbers(rows: list[list[float]], features: list[str], labels: list[list[str]], classes: list[str], strength: float) -> dict[str, Any]:
    """As :func:`train_choice`, from the values of a few features; a class that no example has is never chosen.

    Parameters
    ----------
    rows
        The values of each example, shape (examples, features).
    features
        Their names.
    labels
        The right classes of each example.
    classes
        All classes.
    strength
        Inverse of the L2 regularisation.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    matrix, found = np.array(rows).reshape(len(rows), len(features)), {}
    for name in classes:
        right = [int(name in names) for names in labels]
        if len(set(right)) < 2:
            found[name] = {"bias": 10.0 if any(right) else -10.0, "weights": {}}
            continue
        model = LogisticRegression(C=strength, solver="liblinear", random_state=0)
        model.fit(matrix, right)
        found[name] = _numbers({feature: i for i, feature in enumerate(features)}, model.coef_[0], float(model.intercept_[0]), 0.0)
    return found


def _numbers(vocabulary: dict[str, int], coefficients: Any, bias: float, least_weight: float = LEAST_WEIGHT) -> dict[str, Any]:
    weights = {feature: round(float(coefficients[i]), 3) for feature, i in vocabulary.items()}
    return {"bias": round(bias, 3), "weights": {feature: weight for feature, weight in weights.items() if abs(weight) >= least_weight}}


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


def train_choice(rows: list[list[str]], labels: list[list[str]], strength: float = 0.5, least: int = 2, least_weight: float = LEAST_WEIGHT) -> dict[str, Any]:
    """One binary regression per class (one against the rest), as ``{class: {"bias": …, "weights": …}}``.

    Parameters
    ----------
    rows
        The feature names of each example.
    labels
        The classes of each example: more than one where several are right; it then is an example of each of them.
    strength, least, least_weight
        As for :func:`train_binary`.
    """
    vocabulary = _vocabulary(rows, least)
    matrix, found = _matrix(rows, vocabulary), {}
    for name in sorted({name for right in labels for name in right}):
        model = _dual_regression(strength)
        model.fit(matrix, [int(name in right) for right in labels])
        found[name] = _numbers(vocabulary, model.coef_[0], float(model.intercept_[0]), least_weight)
    return found
