"""Trains the classifiers of actions: is a trigger candidate an action, of which type, in which modality."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from miner.components.actions.candidates import Candidate, candidates
from miner.components.actions.features import action_features, type_features
from miner.components.actions.lexicon import Lexicon
from miner.components.actions.modality import cues, modality_features, modality_rules
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
    for index, candidate in enumerate(out.candidates):
        start, end = findings.layout.source_map.span(candidate.start, candidate.end)
        gold = next((g for g in events if g["start"] < end and start < g["end"]), None)
        out.gold.append(gold)
        out.labels.append(0 if gold is None else None if gold.get("opt") else 1)
        out.features.append(action_features(scene, out.candidates, index))
        out.type_features.append(type_features(scene, candidate))
        found = cues(scene, candidate, scene.sentence_span(candidate.start), rules)
        out.modality_features.append(modality_features(scene, candidate, found, scene.heading_above(candidate.block)))
    return out


def train_actions(all_examples: list[ActionExamples], lexicon: Lexicon) -> dict[str, Any]:
    """The model of actions (the content of ``models/actions.json``)."""
    rows, labels = [], []
    for found in all_examples:
        for features, label in zip(found.features, found.labels, strict=True):
            if label is not None:
                rows.append(features)
                labels.append(label)
    model: dict[str, Any] = {"action": train_binary(rows, labels, 0.4)}
    model["threshold"] = best_threshold(model["action"], rows, labels)
    model["learned_types"] = _learned_types(all_examples, lexicon)
    typed = [(f, _type(c, g, lexicon, model["learned_types"])) for e in all_examples for f, c, g in zip(e.type_features, e.candidates, e.gold, strict=True) if g]
    model["type"] = train_choice([f for f, _ in typed], [t for _, t in typed], 1.0)
    told = [(f, g["modality"].split("|")[0]) for e in all_examples for f, g in zip(e.modality_features, e.gold, strict=True) if g]
    model["modality"] = train_choice([f for f, _ in told], [m for _, m in told], 0.5)
    return model


def best_threshold(model: dict[str, Any], rows: list[list[str]], labels: list[int]) -> float:
    """The log-odds above which a candidate counts: a little below even, since a missed action costs a row."""
    return -0.3


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


def probabilities(model: dict[str, Any], found: ActionExamples) -> list[float]:
    """The log-odds of each candidate of a report."""
    classifier = binary(model["action"])
    return [classifier.score(features) for features in found.features]
