"""Trains the classifier of organisations from annotated reports.

In: annotated reports. Out: the content of ``organisations.json``: weights by feature name, calibration, threshold, and what it was trained on.
The same reports give the same model.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from miner.components.organisations.candidates import Candidate
from miner.components.organisations.classifier import Classifier, takings
from miner.components.organisations.context import context_features
from miner.components.organisations.features import TITLED, gather, left_aspects, of_span, right_aspects
from miner.components.organisations.finder import OrganisationFinder, name_weight
from miner.components.organisations.jurisdiction import evidence
from miner.layout import Layout, lay_out
from miner.learning.annotation import AnnotatedReport
from miner.learning.comparison import same_division
from miner.learning.gold import to_gold
from miner.learning.linear import Group, train_added, train_optional

STRENGTH = 0.4
CONTEXT_STRENGTH = 0.3
JURISDICTION_STRENGTH = 0.25
FOLDS = 5
LOST = 0.004
MARGIN = 0.1
REPEATED = "y+"
TRUST = 0.8  # the annotated reports are short and seldom repeat a name: what they teach of repetition is too little for longer ones
OF_TOWNS = "level town"
TOWNS = 0.35  # a prior: one annotated report in sixteen is a town's, of 84 public pages looked at about one in seven
TITLES = 2.5  # a prior: of the towns and villages that open the title of an annotated report none is no body, but there are hardly thirty of them
THRESHOLD = -0.1
SELDOM = 10.0  # names of one ground that count as few
Span = tuple[int, int]


@dataclass
class Gold:
    """What is right in one report, in places of the source: the mentions' spans, and stretches that the guide leaves open (``opt``)."""

    right: set[Span]
    free: list[Span]
    jurisdiction: list[str] = field(default_factory=list)
    names: dict[Span, list[str]] = field(default_factory=dict)

    def label(self, span: Span) -> int | None:
        """1 if the span is a mention, 0 if it is none, None if the guide leaves it open."""
        if span in self.right:
            return 1
        return None if any(start < span[1] and span[0] < end for start, end in self.free) else 0


@dataclass
class Examples:
    """The examples of one report: for each candidate the features of its spans (the first `right` of them are of the right side) and which is a mention."""

    text: str
    layout: Layout
    gold: Gold
    groups: list[Group] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


def gold_of(report: AnnotatedReport) -> Gold:
    """The right and the open spans of a report."""
    records = [r for r in report.records if r["k"] == "org"]
    right = {(r["start"], r["end"]) for r in records if not r.get("opt")}
    right |= {span for r in records if r.get("alt") and not r.get("opt") for span in [_alternative(report.text, r)] if span}
    gold = to_gold(report)
    jurisdiction = next((str(r["jurisdiction"] or "") for r in gold if r["k"] == "doc"), "")
    names = {(r["start"], r["end"]): str(r["name"] or "").split("|") for r in gold if r["k"] == "org" and not r.get("opt")}
    return Gold(right, [(r["start"], r["end"]) for r in records if r.get("opt")], [name for name in jurisdiction.split("|") if name], names)


def examples(report: AnnotatedReport, finder: OrganisationFinder) -> Examples:
    """The examples of one annotated report; spans that the guide leaves open give none."""
    layout = lay_out(report.text)
    text, out = layout.text, Examples(layout.text, layout, gold_of(report))
    candidates = finder.candidates(layout)
    evidence = gather(layout.text, candidates)
    for candidate in candidates:
        known, after, aspects = right_aspects(text, candidate, finder.words, evidence)
        right = [name for key in aspects for name in of_span(key)]
        rows: list[list[str]] = []
        labels: list[int] = []
        for taken in takings(text, candidate):
            start = candidate.starts[taken - 1] if taken else candidate.head_start
            label = label_of(out, candidate, start, finder)
            if label is None:
                continue
            left = left_aspects(text, candidate, taken, known, after, finder.words)
            rows.append([*right, *[name for key in left for name in of_span(key)]])
            labels.append(label if label and not any(labels) else 0)
        if rows:
            out.groups.append((rows, labels))
            out.right.append(len(right))
    return out


def label_of(one: Examples, candidate: Candidate, start: int, finder: OrganisationFinder) -> int | None:
    """The label of a span; a place that the guide leaves open is none where something happens in it (在如皋市)."""
    label = one.gold.label(one.layout.source_map.span(start, candidate.end))
    if label is None and candidate.head.kind in ("place", "division") and finder.words.leading.get(one.text[start - 1 : start]) == "locative":
        return 0
    return label


def _alternative(text: str, record: dict[str, Any]) -> Span | None:
    at = text.find(record["alt"], max(record["start"] - 20, 0))
    return (at, at + len(record["alt"])) if at >= 0 else None


@dataclass
class ContextExamples:
    """The examples of the second step: the score of a span's own words by a model that has not seen its report, context features, label."""

    scores: list[float] = field(default_factory=list)
    features: list[list[str]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)

    def add(self, one: Examples, finder: OrganisationFinder, first: Classifier) -> None:
        """Add the examples of one report, scored by `first`."""
        candidates = finder.candidates(one.layout)
        choices = first.choices(one.text, candidates, finder.words, gather(one.text, candidates))
        for choice, features in zip(choices, context_features(one.text, choices), strict=True):
            label = label_of(one, choice.candidate, choice.start, finder)
            if label is not None:
                self.scores.append(choice.score)
                self.features.append(features)
                self.labels.append(label)


def calibrate(scores: list[float], labels: list[int]) -> dict[str, float]:
    """Slope and offset that turn scores into probabilities (Platt's method)."""
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
    return train_from([examples(report, finder) for report in reports], finder)


def train_from(found: list[Examples], finder: OrganisationFinder) -> dict[str, Any]:
    """The model from the examples of every report."""
    second = ContextExamples()
    folds = [_fit([e for i, e in enumerate(found) if i % FOLDS != fold]) for fold in range(min(FOLDS, len(found)))]
    for fold, part in enumerate(folds):
        for one in found[fold::FOLDS]:
            second.add(one, finder, _first(part))
    decision = _fit(found)
    context = train_added(second.scores, second.features, second.labels, CONTEXT_STRENGTH)
    context["weights"][REPEATED] = round(context["weights"].get(REPEATED, 0.0) + TRUST, 3)
    final = [context["own"] * own + score(context, row) for own, row in zip(second.scores, second.features, strict=True)]
    sides = [score(decision, rows[0][:right]) for e in found for (rows, labels), right in zip(e.groups, e.right, strict=True) if any(labels)]
    labels = [label for e in found for _, marks in e.groups for label in marks]
    floor = round(sorted(sides)[int(LOST * len(sides))] - MARGIN, 3)
    model = {"decision": decision, "context": context, "floor": floor, "calibration": calibrate(final, second.labels), "threshold": THRESHOLD,
             "trained_on": {"reports": len(found), "spans": len(labels), "mentions": sum(labels)}}
    unseen = [OrganisationFinder(finder.words, Classifier.from_model({**model, "decision": part})) for part in folds]
    model["jurisdiction"] = train_jurisdiction(found, unseen)
    return {**model, "naming": train_naming(found, OrganisationFinder(finder.words, Classifier.from_model(model)))}


def train_naming(found: list[Examples], finder: OrganisationFinder) -> dict[str, float]:
    """The share of right names among the mentions that are right, by the ground of the name; of grounds seen seldom between that and all names' share."""
    right: Counter[str] = Counter()
    weight: dict[str, float] = defaultdict(float)
    for one in found:
        result = finder.find(one.layout)
        for body in result.organisations:
            names = one.gold.names.get(one.layout.source_map.span(body.start, body.end))
            if names:
                right[body.reason] += body.name in names
                weight[body.reason] += name_weight(body.reason, result.jurisdiction)
    usual = sum(right.values()) / max(sum(weight.values()), 1.0)
    return {reason: round(min((right[reason] + SELDOM * usual) / (weight[reason] + SELDOM), 1.0), 3) for reason in sorted(weight)}


def train_jurisdiction(found: list[Examples], finders: list[OrganisationFinder]) -> dict[str, Any]:
    """The weights of the evidence for a report's jurisdiction: of the divisions named at most one is right.

    Parameters
    ----------
    found
        The reports.
    finders
        For each fold one whose decision has not seen its reports: the mentions are as faulty as at the time of use.
    """
    groups: list[Group] = []
    for index, one in enumerate(found):
        finder = finders[index % len(finders)]
        for layout in (one.layout, *excerpts(one.layout)):
            candidates = finder.candidates(layout)
            features = evidence(finder.places(layout, candidates, finder.mentions(layout, candidates)))
            right = _right_division(list(features), one.gold.jurisdiction)
            if features and (layout is one.layout or any(right)):
                groups.append((list(features.values()), right))
    model = train_optional(groups, JURISDICTION_STRENGTH, least=3)
    model["weights"][OF_TOWNS] = round(model["weights"].get(OF_TOWNS, 0.0) + TOWNS, 3)
    return model


def excerpts(layout: Layout) -> list[Layout]:
    """Shorter reports made of a report's parts: its beginning, its end, and all but its title. Real reports are often short and name a place once."""
    blocks = [layout.text[block.start : block.end] for block in layout.blocks]
    third = -(-len(blocks) // 3)
    parts = (blocks[1:], blocks[: 2 * third])
    return [lay_out("\n".join(part)) for part in parts if part] if len(blocks) > 3 else []


def _right_division(names: list[str], wanted: list[str]) -> list[int]:
    """1 for the division that is right, with or without its parents; of several the longest name."""
    right = [name for name in names if same_division(wanted, name)]
    best = max(right, key=len, default=None)
    return [int(name == best) for name in names]


def _first(decision: dict[str, Any]) -> Classifier:
    """A classifier of the first step alone."""
    return Classifier(decision["weights"], decision["bias"], 1.0, {}, 0.0, 1.0, 0.0, 0.0)


def _fit(found: list[Examples]) -> dict[str, Any]:
    model = train_optional([group for e in found for group in e.groups], STRENGTH)
    model["weights"][TITLED] = round(model["weights"].get(TITLED, 0.0) + TITLES, 3)
    return model
