"""Trains the classifiers of actions: is a trigger candidate an action, of which type, in which modality."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from miner.components.actions.candidates import Candidate, candidates
from miner.components.actions.company import Company, Surroundings, names, steps, surroundings
from miner.components.actions.features import action_features, type_features
from miner.components.actions.lexicon import Lexicon, possible_types
from miner.components.actions.modality import cues, modality_features, modality_rules
from miner.components.actions.neighbours import Place, place_of
from miner.components.linear import binary
from miner.components.scene import scene_of
from miner.document import Findings
from miner.learning.annotation import AnnotatedReport, overlapping
from miner.learning.linear import train_added, train_binary, train_choice
from miner.learning.neighbours import Told, train_modality

LEAST_WEIGHT = 0.1
"""Weights nearer to zero are left out: of those that tell actions and modalities two fifths, without which dev and test are decided as well."""
LEAST_TYPE_WEIGHT = 0.25
"""Of the 26 regressions that choose a type, weights nearer to zero are left out: a third of the model's size.

Rows of dev are best here; 0.15, 0.2, 0.3 and 0.4 were tried."""


@dataclass
class ActionExamples:
    """The examples of one report; `labels` hold 1, 0, or None where either is right; an optional act that a number counts is 1: its row is wanted."""

    candidates: list[Candidate] = field(default_factory=list)
    features: list[list[str]] = field(default_factory=list)
    labels: list[int | None] = field(default_factory=list)
    gold: list[dict[str, Any] | None] = field(default_factory=list)
    type_features: list[list[str]] = field(default_factory=list)
    modality_features: list[list[str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def surroundings(self) -> list[Surroundings]:
        """Where each candidate stands."""
        return [surroundings(candidate, place) for candidate, place in zip(self.candidates, self.places, strict=True)]


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
    counted = {record["event"] for record in report.records if record["k"] == "qty" and not record.get("opt") and record.get("event") is not None}
    with_rows = {id(report.records[index]) for index in counted}
    out.candidates = candidates(scene, lexicon)
    for index, candidate in enumerate(out.candidates):
        start, end = findings.layout.source_map.span(candidate.start, candidate.end)
        gold = next(overlapping(events, start, end), None)
        out.gold.append(gold)
        out.labels.append(0 if gold is None else None if gold.get("opt") and id(gold) not in with_rows else 1)
        out.features.append(action_features(scene, out.candidates, index))
        out.type_features.append(type_features(scene, out.candidates, index))
        found = cues(scene, candidate, scene.sentence_span(candidate.start), rules)
        out.modality_features.append(modality_features(scene, candidate, found, lexicon.likeliest(candidate.word)))
        out.places.append(place_of(scene, candidate.start))
    return out


OPTIONAL_WEIGHT = 0.2
"""What an example marked `opt` counts as none: right either way, so that what is surely an action stands out more sharply against it than against its like."""
FOLDS = 5
COMPANY_STRENGTH = 0.3
"""Inverse of the regularisation of what a candidate's company weighs."""

BETAS = {True: 0.9, False: 1.0}
"""What recall weighs in the choice of the thresholds: real reports tell more of background than ours, so precision weighs more; what a number needs stays
unsettled until the number is seen."""


def train_actions(all_examples: list[ActionExamples], lexicon: Lexicon, settled: dict[str, Any]) -> dict[str, Any]:
    """The model of actions (the content of ``models/actions.json``).

    Parameters
    ----------
    all_examples
        The examples, one entry per report.
    lexicon
        The trigger lexicon.
    settled
        The parts that :func:`settle` makes.
    """
    model = {"action": _train_action(all_examples), **settled}
    model |= train_types(all_examples, lexicon)
    model |= train_modality([_told_modalities(found) for found in all_examples], LEAST_WEIGHT)
    return model


def train_types(all_examples: list[ActionExamples], lexicon: Lexicon) -> dict[str, Any]:
    """The parts of the model that choose a trigger's type."""
    typed = [(f, g["type"].split("|")) for e in all_examples for f, g in zip(e.type_features, e.gold, strict=True) if g]
    chosen = train_choice([f for f, _ in typed], [t for _, t in typed], 1.0, least_weight=LEAST_TYPE_WEIGHT)
    return {"types_seen": _types_seen(all_examples, lexicon), "type": chosen}


def _told_modalities(found: ActionExamples) -> Told:
    """What one report tells of modality: the features, places and right modalities of its actions."""
    told = [index for index, gold in enumerate(found.gold) if gold]
    right = [gold["modality"].split("|") for gold in found.gold if gold]
    return [found.modality_features[index] for index in told], [found.places[index] for index in told], right


def _train_action(all_examples: list[ActionExamples]) -> dict[str, Any]:
    rows = [features for found in all_examples for features in found.features]
    labels = [label for found in all_examples for label in found.labels]
    weights = [OPTIONAL_WEIGHT if label is None else 1.0 for label in labels]
    return train_binary(rows, [label or 0 for label in labels], 0.5, weights=weights, dual=True, least_weight=LEAST_WEIGHT)


def settle(all_examples: list[ActionExamples], folds: list[int]) -> dict[str, Any]:
    """What a candidate's company weighs, and above which log-odds it is an action in clauses with a number and without.

    Both from the decisions of models that have not seen the report's fold; the thresholds are those with the best F-measure.

    Parameters
    ----------
    all_examples
        The examples, one entry per report.
    folds
        The fold of each report.
    """
    alone: dict[int, list[float]] = {}
    for fold in sorted(set(folds)):
        classifier = binary(_train_action([e for e, own in zip(all_examples, folds, strict=True) if own != fold]))
        held = [(i, e.features) for i, (e, own) in enumerate(zip(all_examples, folds, strict=True)) if own == fold and e.features]
        alone |= {i: [classifier.score(row) for row in features] for i, features in held}
    rows = [names(row) for i in sorted(alone) for row in steps(alone[i], all_examples[i].surroundings)]
    labels = [label for i in sorted(alone) for label in all_examples[i].labels]
    company = train_added([score for i in sorted(alone) for score in alone[i]], rows, [label or 0 for label in labels], COMPANY_STRENGTH,
                          weights=[OPTIONAL_WEIGHT if label is None else 1.0 for label in labels])
    weighed = Company(company)
    scored: dict[bool, list[tuple[float, int]]] = {True: [], False: []}
    for i, own in alone.items():
        places = all_examples[i].surroundings
        for place, score, label in zip(places, weighed.scores(own, places), all_examples[i].labels, strict=True):
            if label is not None:
                scored[place.numbered].append((score, label))
    grid = [round(step / 10, 1) for step in range(-15, 11)]
    best = {numbered: max(grid, key=lambda step: _f_measure(pairs, step, BETAS[numbered])) for numbered, pairs in scored.items()}
    return {"company": company, "threshold": best[True], "threshold_without_number": best[False]}


def _f_measure(scored: list[tuple[float, int]], threshold: float, beta: float) -> float:
    right = sum(label for score, label in scored if score >= threshold)
    found, wanted = sum(score >= threshold for score, _ in scored), sum(label for _, label in scored)
    return (1 + beta**2) * right / max(found + beta**2 * wanted, 1)


def _types_seen(all_examples: list[ActionExamples], lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """How often each word says an action of each type; of several right types each counts its part. Words that can have one type only are left out."""
    seen: dict[str, dict[str, float]] = {}
    for found in all_examples:
        for candidate, gold in zip(found.candidates, found.gold, strict=True):
            types = gold["type"].split("|") if gold else []
            for action in types:
                counted = seen.setdefault(candidate.word, {})
                counted[action] = counted.get(action, 0.0) + 1 / len(types)
    rounded = {word: {action: round(often, 2) for action, often in sorted(counted.items())} for word, counted in sorted(seen.items())}
    return {word: counted for word, counted in rounded.items() if word not in lexicon.types or len(possible_types(lexicon.types[word], counted)) > 1}
