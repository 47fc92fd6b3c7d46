"""Trains the classifier of organisations from annotated reports.

In: annotated reports. Out: the content of ``organisations.json``: weights by feature name, calibration, threshold, and what it was trained on.
The same reports give the same model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from miner.components.organisations.classifier import takings
from miner.components.organisations.features import gather, left_features, right_features
from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out
from miner.learning.annotation import AnnotatedReport
from miner.learning.linear import train_binary

STRENGTH = 1.5
FOLDS = 5
LOST = 0.002
_SPACE = re.compile(r"\s+")


@dataclass
class Examples:
    """The examples of one report: features (the first `right` of them are of the right side) and label (1: the span is a mention) of every span."""

    features: list[list[str]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


def examples(report: AnnotatedReport, finder: OrganisationFinder) -> Examples:
    """The examples of one annotated report; spans that the guide leaves open (``opt``) give none."""
    layout = lay_out(report.text)
    text, out = layout.text, Examples()
    gold = [r for r in report.records if r["k"] == "org"]
    right_ones = {(r["start"], r["end"]) for r in gold if not r.get("opt")}
    right_ones |= {span for r in gold if r.get("alt") and not r.get("opt") for span in [_alternative(report.text, r)] if span}
    free = [(r["start"], r["end"]) for r in gold if r.get("opt")]
    candidates = finder.candidates(layout)
    evidence = gather(candidates)
    for candidate in candidates:
        known, right = right_features(text, candidate, finder.words, evidence)
        for taken in takings(candidate):
            start = candidate.starts[taken - 1] if taken else candidate.head_start
            first, last = layout.source_map.span(start, candidate.end)
            label = int((first, last) in right_ones)
            if not label and any(s < last and first < e for s, e in free):
                continue
            out.features.append([*right, *left_features(text, candidate, taken, known, finder.words.leading)])
            out.right.append(len(right))
            out.labels.append(label)
    return out


def _alternative(text: str, record: dict[str, Any]) -> tuple[int, int] | None:
    at = text.find(record["alt"], max(record["start"] - 20, 0))
    return (at, at + len(record["alt"])) if at >= 0 else None


def calibrate(scores: list[float], labels: list[int]) -> dict[str, float]:
    """Slope and offset that turn scores of unseen reports into probabilities (Platt's method)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6, solver="lbfgs", max_iter=1000).fit(np.array(scores).reshape(-1, 1), labels)
    return {"slope": round(float(model.coef_[0][0]), 3), "offset": round(float(model.intercept_[0]), 3)}


def score(model: dict[str, Any], row: list[str]) -> float:
    """The log-odds of one example."""
    return model["bias"] + sum(model["weights"].get(feature, 0.0) for feature in row)


def train_organisations(reports: list[AnnotatedReport]) -> dict[str, Any]:
    """The model of organisations (the content of ``models/organisations.json``)."""
    finder = OrganisationFinder()
    found = [examples(report, finder) for report in reports]
    scores, labels = [], []
    for fold in range(min(FOLDS, len(found))):
        rest = [e for i, e in enumerate(found) if i % FOLDS != fold]
        model = _fit(rest)
        for one in found[fold::FOLDS]:
            scores += [score(model, row) for row in one.features]
            labels += one.labels
    decision = _fit(found)
    sides = [score(decision, row[:right]) for e in found for row, right, label in zip(e.features, e.right, e.labels, strict=True) if label]
    return {"decision": decision, "floor": round(sorted(sides)[int(LOST * len(sides))], 3), "calibration": calibrate(scores, labels), "threshold": -0.8,
            "trained_on": {"reports": len(reports), "spans": len(labels), "mentions": sum(labels)}}


def _fit(found: list[Examples]) -> dict[str, Any]:
    return train_binary([row for e in found for row in e.features], [label for e in found for label in e.labels], STRENGTH)
