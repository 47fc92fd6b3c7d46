"""Trains the pair classifiers of events: which organisation acts, which event a quantity belongs to."""

from __future__ import annotations

from typing import Any

from miner.components.events.actors import ActorFinder, with_common
from miner.components.events.links import Linker
from miner.components.scene import scene_of
from miner.document import Findings, Trigger
from miner.learning.annotation import AnnotatedReport
from miner.learning.linear import train_binary

Pairs = tuple[list[list[str]], list[int]]


def _gold_event(findings: Findings, trigger: Trigger, events: list[dict[str, Any]]) -> dict[str, Any] | None:
    start, end = findings.layout.source_map.span(trigger.start, trigger.end)
    return next((g for g in events if g["start"] < end and start < g["end"]), None)


def actor_pairs(report: AnnotatedReport, findings: Findings) -> Pairs:
    """Examples of (trigger, organisation): 1 for the right one. Triggers whose actor none of the candidates names are left out."""
    rows, labels = [], []
    finder = ActorFinder(scene_of(findings), None)
    events = [record for record in report.records if record["k"] == "event"]
    for trigger in findings.triggers:
        gold = _gold_event(findings, trigger, events)
        if gold is None:
            continue
        right = gold["org"].split("|")
        found = finder.candidates(trigger)
        common = [f"|a={trigger.actions[0]}", f"|m={trigger.modality}"]
        if any(candidate.name in right for candidate in found):
            for candidate in found:
                rows.append(with_common(candidate, common))
                labels.append(int(candidate.name in right))
        finder.remember(next((name for name in right if name), ""), trigger)
    return rows, labels


def link_pairs(report: AnnotatedReport, findings: Findings) -> Pairs:
    """Examples of (quantity, trigger): 1 for the right one, None among them. Quantities whose event was not found are left out."""
    rows: list[list[str]] = []
    labels: list[int] = []
    linker = Linker(scene_of(findings), findings.triggers, None)
    events = [record for record in report.records if record["k"] == "event"]
    gold_quantities = [record for record in report.records if record["k"] == "qty"]
    of_trigger = [_gold_event(findings, trigger, events) for trigger in findings.triggers]
    for index, quantity in enumerate(findings.quantities):
        start, end = findings.layout.source_map.span(quantity.start, quantity.end)
        gold = next((g for g in gold_quantities if g["start"] < end and start < g["end"]), None)
        wanted = report.records[gold["event"]] if gold and "event" in gold else None
        found = linker.candidates(index)
        right = [link for link in found if (link is None and wanted is None) or (link is not None and wanted is not None and of_trigger[link] is wanted)]
        if not right and wanted is not None:
            types = wanted["type"].split("|")
            right = [link for link in found if link is not None and findings.triggers[link].actions[0] in types]
            del right[1:]
        if gold is not None and right and not gold.get("opt"):
            for link in found:
                rows.append(linker.features(index, link))
                labels.append(int(link in right))
        linker.links.append(right[0] if right else None)
    return rows, labels


def train_events(reports: list[tuple[AnnotatedReport, Findings]]) -> dict[str, Any]:
    """The model of events (the content of ``models/events.json``) from reports and what was found in them, triggers included."""
    model = {}
    for name, pairs in (("actor", actor_pairs), ("link", link_pairs)):
        rows: list[list[str]] = []
        labels: list[int] = []
        for report, findings in reports:
            more_rows, more_labels = pairs(report, findings)
            rows += more_rows
            labels += more_labels
        if rows:
            model[name] = train_binary(rows, labels, 0.3)
    return model
