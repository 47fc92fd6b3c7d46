"""Trains the classifiers of actions: is a trigger candidate an action, of which type, in which modality."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from miner.components.actions.candidates import Candidate, candidates
from miner.components.actions.features import action_features, type_features
from miner.components.actions.lexicon import Lexicon
from miner.components.actions.modality import before, cues, modality_features, modality_rules
from miner.components.linear import binary
from miner.components.scene import scene_of
from miner.document import Findings
from miner.learning.annotation import AnnotatedReport
from miner.learning.linear import train_binary, train_choice


@dataclass
class ActionExamples:
    """The examples of one report; `labels` hold 1, 0, or None where either is right."""

    candidates: list[Candidate] = field(default_factory=list)
    features: list[list[str]] = field(default_factory=list)
    labels: list[int | None] = field(default_factory=list)
    gold: list[dict[str, Any] | None] = field(default_factory=list)
    type_features: list[list[str]] = field(default_factory=list)
    modality_features: list[list[str]] = field(default_factory=list)


def examples(report: AnnotatedReport, findings: Findings, lexicon: Lexicon) -> ActionExamples:
    """The examples that one annotated report gives.

    Parameters
    ----------
    report
        The annotated report.
    findings
        What the components before the actions found in its text.
    lexicon
        The trigger lexicon.
    """
    scene, rules, out = scene_of(findings), modality_rules(), ActionExamples()
    events = [record for record in report.records if record["k"] == "event"]
    out.candidates = candidates(scene, lexicon)
    last: tuple[str, int] | None = None
    for index, candidate in enumerate(out.candidates):
        start, end = findings.layout.source_map.span(candidate.start, candidate.end)
        gold = next((g for g in events if g["start"] < end and start < g["end"]), None)
        out.gold.append(gold)
        out.labels.append(0 if gold is None else None if gold.get("opt") else 1)
        out.features.append(action_features(scene, out.candidates, index))
        out.type_features.append(type_features(scene, candidate))
        found = cues(scene, candidate, scene.sentence_span(candidate.start), rules)
        out.modality_features.append(modality_features(scene, candidate, found, scene.heading_above(candidate.block), before(scene, last, candidate.start)))
        if gold is not None:
            last = (gold["modality"].split("|")[0], candidate.start)
    return out


OPTIONAL_WEIGHT = 0.3
"""What an example marked `opt` counts as an action: right either way, yet more often told as one than not."""
FOLDS = 5


def train_actions(all_examples: list[ActionExamples], lexicon: Lexicon, threshold: float | None = None) -> dict[str, Any]:
    """The model of actions (the content of ``models/actions.json``).

    Parameters
    ----------
    all_examples
        The examples, one entry per report.
    lexicon
        The trigger lexicon.
    threshold
        The log-odds above which a candidate counts; None chooses it by cross-validation.
    """
    model: dict[str, Any] = {"action": _train_action(all_examples)}
    model["threshold"] = best_threshold(all_examples) if threshold is None else threshold
    model["learned_types"] = _learned_types(all_examples, lexicon)
    learned = model["learned_types"]
    typed = [(f, _type(c, g, lexicon, learned)) for e in all_examples for f, c, g in zip(e.type_features, e.candidates, e.gold, strict=True) if g]
    model["type"] = train_choice([f for f, _ in typed], [t for _, t in typed], 1.0)
    told = [(f, g["modality"].split("|")[0]) for e in all_examples for f, g in zip(e.modality_features, e.gold, strict=True) if g]
    model["modality"] = train_choice([f for f, _ in told], [m for _, m in told], 0.5)
    return model


def _train_action(all_examples: list[ActionExamples]) -> dict[str, Any]:
    rows = [features for found in all_examples for features in found.features]
    labels = [label for found in all_examples for label in found.labels]
    weights = [OPTIONAL_WEIGHT if label is None else 1.0 for label in labels]
    return train_binary(rows, [1 if label is None else label for label in labels], 0.4, weights=weights)


def best_threshold(all_examples: list[ActionExamples]) -> float:
    """The log-odds with the best F-measure over reports that the model has not seen (cross-validation by report).

    Recall weighs a little more (beta 1.2): a missed action loses a row, a superfluous one is mostly of a type that its sentence tells anyway.
    """
    scored: list[tuple[float, int]] = []
    for fold in range(FOLDS):
        classifier = binary(_train_action([e for i, e in enumerate(all_examples) if i % FOLDS != fold]))
        for found in all_examples[fold::FOLDS]:
            scored += [(classifier.score(f), label) for f, label in zip(found.features, found.labels, strict=True) if label is not None]
    return max((round(step / 10, 1) for step in range(-15, 4)), key=lambda threshold: _f_measure(scored, threshold))


def _f_measure(scored: list[tuple[float, int]], threshold: float, beta: float = 1.2) -> float:
    right = sum(label for score, label in scored if score >= threshold)
    found, wanted = sum(score >= threshold for score, _ in scored), sum(label for _, label in scored)
    return (1 + beta**2) * right / max(found + beta**2 * wanted, 1)


def _learned_types(all_examples: list[ActionExamples], lexicon: Lexicon) -> dict[str, list[str]]:
    """Types seen at least twice in training for a trigger that the lexicon does not give it."""
    seen: Counter[tuple[str, str]] = Counter()
    for found in all_examples:
        for candidate, gold in zip(found.candidates, found.gold, strict=True):
            if gold and not set(gold["type"].split("|")) & set(lexicon.types[candidate.word]):
                seen[candidate.word, gold["type"].split("|")[0]] += 1
    out: dict[str, list[str]] = {}
    for (word, action), count in sorted(seen.items()):
        if count >= 2:
            out.setdefault(word, []).append(action)
    return out


def _type(candidate: Candidate, gold: dict[str, Any], lexicon: Lexicon, learned: dict[str, list[str]]) -> str:
    right = gold["type"].split("|")
    possible = (*lexicon.types[candidate.word], *learned.get(candidate.word, ()))
    return next((action for action in possible if action in right), right[0])
