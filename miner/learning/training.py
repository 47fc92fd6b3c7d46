"""Trains the models in ``models/`` from annotated reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from miner.components.actions.component import ActionsComponent
from miner.components.actions.lexicon import lexicon
from miner.document import Findings
from miner.learning.actions import FOLDS, ActionExamples, examples, train_actions
from miner.learning.annotation import AnnotatedReport, read_annotated
from miner.learning.events import train_events
from miner.pipeline import process


def read_corpus(folder: Path) -> list[AnnotatedReport]:
    """All annotated reports of a folder, in the order of their names."""
    return [read_annotated(path) for path in sorted(folder.glob("*.ann"))]


def write_model(folder: Path, name: str, model: dict[str, Any]) -> Path:
    """Write one model as JSON, sorted, so that the same training gives the same bytes."""
    file = folder / f"{name}.json"
    file.write_text(json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")
    return file


def train(corpus: Path, folder: Path) -> list[Path]:
    """Train the models of actions and events from the reports in `corpus`, write them into `folder`; returns the files."""
    reports = read_corpus(corpus)
    found = [process(report.text)._.findings for report in reports]
    action_examples = [examples(report, findings, lexicon()) for report, findings in zip(reports, found, strict=True)]
    actions = train_actions(action_examples, lexicon())
    _cross_triggers(found, action_examples, actions["threshold"])
    events = train_events(list(zip(reports, found, strict=True)))
    return [write_model(folder, "actions", actions), write_model(folder, "events", events)]


def _cross_triggers(found: list[Findings], action_examples: list[ActionExamples], threshold: float) -> None:
    """Give each report the triggers that a model finds which has not seen it, as at the time of use."""
    for fold in range(FOLDS):
        component = ActionsComponent()
        component.use(train_actions([e for i, e in enumerate(action_examples) if i % FOLDS != fold], lexicon(), threshold))
        for index, findings in enumerate(found):
            if index % FOLDS == fold:
                findings.triggers = component.find(findings)
