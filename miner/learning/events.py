"""Trains the pair classifiers of events: which organisation acts, which event a quantity belongs to."""

from __future__ import annotations

from collections import Counter
from typing import Any

from miner.components.events.actor_features import of_actor
from miner.components.events.actors import ActorFinder, features_of
from miner.components.events.links import Linker
from miner.components.linear import Partials, thousandths
from miner.components.scene import scene_of
from miner.document import Findings, Trigger
from miner.learning.annotation import AnnotatedReport, overlapping
from miner.learning.linear import Group, train_ranker

ACTOR_STRENGTH, LINK_STRENGTH = 0.01, 0.05
"""Inverse of the regularisation: an actor has more features than a corpus of some hundred reports can weigh freely."""
FOLDS = 4
LEAST = 4
"""Features that fewer candidates have are left out; each report is told twice."""


def _gold_event(findings: Findings, trigger: Trigger, events: list[dict[str, Any]]) -> dict[str, Any] | None:
    start, end = findings.layout.source_map.span(trigger.start, trigger.end)
    return next(overlapping(events, start, end), None)


def _said_names(report: AnnotatedReport, findings: Findings) -> dict[str, str]:
    """The name that the annotation gives to most mentions of each body found: who acted is learned from reports whose bodies are named wrongly too."""
    gold = [record for record in report.records if record["k"] == "org"]
    votes: dict[str, Counter[str]] = {}
    for mention in findings.organisations:
        start, end = findings.layout.source_map.span(mention.start, mention.end)
        for record in overlapping(gold, start, end):
            names = record["name"].split("|")
            votes.setdefault(mention.name, Counter())[mention.name if mention.name in names else names[0]] += 1
    return {name: counted.most_common(1)[0][0] for name, counted in votes.items()}


def actor_choices(report: AnnotatedReport, findings: Findings, model: Partials | None = None) -> list[Group]:
    """The choices of an actor: 1 for the right organisation. Triggers whose actor none of the candidates names are left out.

    Parameters
    ----------
    report, findings
        The annotated report, and what was found in it.
    model
        Whose choices the following triggers inherit from; None lets them inherit the right actor.
    """
    groups: list[Group] = []
    finder = ActorFinder(scene_of(findings), model)
    events = [record for record in report.records if record["k"] == "event"]
    said = _said_names(report, findings)
    for trigger in findings.triggers:
        gold = _gold_event(findings, trigger, events)
        if gold is None:
            continue
        right = gold["org"].split("|")
        found = finder.candidates(trigger)
        labels = [int(said.get(candidate.name, candidate.name) in right) for candidate in found]
        if sum(labels) > 1:
            labels[0] = 0  # nobody is right as well where a body is: a table is better served by the body
        if 0 < sum(labels) < len(labels):
            groups.append(([features_of(candidate) for candidate in found], labels))
        right_one = next((candidate for candidate, label in zip(found, labels, strict=True) if label), found[0])
        chosen = right_one if model is None else finder.choose(trigger)
        finder.remember(chosen.name, trigger, chosen.origin)
    return groups


def link_choices(report: AnnotatedReport, findings: Findings) -> list[Group]:
    """The choices of a quantity's event: 1 for the right trigger, or for none. Quantities whose event was not found are left out."""
    groups: list[Group] = []
    linker = Linker(scene_of(findings), findings.triggers, None)
    events = [record for record in report.records if record["k"] == "event"]
    gold_quantities = [record for record in report.records if record["k"] == "qty"]
    of_trigger = [_gold_event(findings, trigger, events) for trigger in findings.triggers]
    for index, quantity in enumerate(findings.quantities):
        start, end = findings.layout.source_map.span(quantity.start, quantity.end)
        gold = next(overlapping(gold_quantities, start, end), None)
        wanted = report.records[gold["event"]] if gold and "event" in gold else None
        found = linker.candidates(index)
        right = [link for link in found if (link is None and wanted is None) or (link is not None and wanted is not None and of_trigger[link] is wanted)]
        if not right and wanted is not None:
            types = wanted["type"].split("|")
            right = [link for link in found if link is not None and findings.triggers[link].actions[0] in types]
            del right[1:]
        labels = [int(link in right) for link in found]
        if gold is not None and not gold.get("opt") and 0 < sum(labels) < len(labels):
            groups.append(([linker.features(index, link) for link in found], labels))
        linker.links.append(right[0] if right else None)
    return groups


def train_events(reports: list[tuple[AnnotatedReport, Findings]]) -> dict[str, Any]:
    """The model of events (the content of ``models/events.json``) from reports and what was found in them, triggers included."""
    links = [group for report, findings in reports for group in link_choices(report, findings)]
    return {"actor": _train_actor(reports), "link": train_ranker(links, LINK_STRENGTH)}


def _train_actor(reports: list[tuple[AnnotatedReport, Findings]]) -> dict[str, Any]:
    """Train on the right inheritance, then also on what a model that has not seen the report would have inherited, mistakes included."""
    right = [actor_choices(report, findings) for report, findings in reports]
    groups = [group for found in right for group in found]
    for fold in range(FOLDS):
        trained = train_ranker([group for i, found in enumerate(right) if i % FOLDS != fold for group in found], ACTOR_STRENGTH)
        unseen = Partials(thousandths(trained["weights"]), of_actor)
        for index, (report, findings) in enumerate(reports):
            if index % FOLDS == fold:
                groups += actor_choices(report, findings, unseen)
    return train_ranker(groups, ACTOR_STRENGTH, LEAST)
