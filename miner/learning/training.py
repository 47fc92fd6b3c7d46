"""Trains the models in ``models/`` from annotated reports.

Each model learns from what the components before it find with the models just trained, so they are trained in the order of the pipeline. The events
learn from what models find that have not seen the report, so that they meet the same mistakes as at the time of use.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from miner.components.actions.component import ActionsComponent
from miner.components.actions.lexicon import lexicon
from miner.components.linear import MODELS
from miner.components.quantities.chooser import chooser
from miner.document import Findings
from miner.learning.actions import FOLDS, ActionExamples, examples, train_actions
from miner.learning.annotation import AnnotatedReport, read_annotated
from miner.learning.events import train_events
from miner.learning.organisations import train_organisations
from miner.learning.quantities import train as train_quantities
from miner.pipeline import load, process

BLOCKS = 4
"""Into so many parts the reports are cut for what models find that have not seen them."""

NAMES = ("organisations", "quantities", "actions", "events")


def read_corpus(folder: Path) -> list[AnnotatedReport]:
    """All annotated reports of a folder, in the order of their names.

    Raises
    ------
    FileNotFoundError
        If the folder holds none.
    """
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no annotated report (*.ann)")
    return [read_annotated(path) for path in files]


def write_model(folder: Path, name: str, model: dict[str, Any]) -> Path:
    """Write one model as JSON, sorted, so that the same training gives the same bytes."""
    file = folder / f"{name}.json"
    file.write_text(json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")
    return file


def train(corpus: Path, folder: Path, names: tuple[str, ...] = NAMES) -> Iterator[Path]:
    """Train models from the reports in `corpus` and write them into `folder`; yields each file when it is written.

    Parameters
    ----------
    corpus
        A folder of ``.ann`` files.
    folder
        Where the models go; models found there are used for the components before.
    names
        Which models (of ``NAMES``), trained in the order of the pipeline.
    """
    reports = read_corpus(corpus)
    with _models_in(folder):
        if "organisations" in names:
            yield write_model(folder, "organisations", train_organisations(reports))
        if "quantities" in names:
            yield write_model(folder, "quantities", train_quantities(list(zip(reports, _findings(reports), strict=True))))
        if {"actions", "events"} & set(names):
            found = _findings(reports)
            action_examples = [examples(report, findings, lexicon()) for report, findings in zip(reports, found, strict=True)]
            actions = train_actions(action_examples, lexicon())
            if "actions" in names:
                yield write_model(folder, "actions", actions)
            if "events" in names:
                unseen = _unseen(reports)
                unseen_examples = [examples(report, findings, lexicon()) for report, findings in zip(reports, unseen, strict=True)]
                _cross_triggers(unseen, unseen_examples, {True: actions["threshold"], False: actions["threshold_without_number"]})
                yield write_model(folder, "events", train_events(list(zip(reports, unseen, strict=True))))


def _findings(reports: list[AnnotatedReport]) -> list[Findings]:
    """What the pipeline finds in the reports with the models of this moment."""
    chooser.cache_clear()  # it may hold the weights of before
    nlp = load()
    return [process(report.text, nlp=nlp)._.findings for report in reports]


def _unseen(reports: list[AnnotatedReport]) -> list[Findings]:
    """What the pipeline finds in each report with models of organisations and quantities that have seen neither it nor its neighbours.

    Neighbours in the order of names are left out together, since they share a writer.
    """
    found: list[Findings] = []
    edges = [len(reports) * block // BLOCKS for block in range(BLOCKS + 1)]
    with TemporaryDirectory() as made, _models_in(Path(made)):
        for start, end in pairwise(edges):
            others = reports[:start] + reports[end:]
            write_model(Path(made), "organisations", train_organisations(others))
            write_model(Path(made), "quantities", train_quantities(list(zip(others, _findings(others), strict=True))))
            found += _findings(reports[start:end])
    chooser.cache_clear()
    return found


@contextmanager
def _models_in(folder: Path) -> Iterator[None]:
    before = os.environ.get(MODELS)
    os.environ[MODELS] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[MODELS]
        else:
            os.environ[MODELS] = before


def _cross_triggers(found: list[Findings], action_examples: list[ActionExamples], thresholds: dict[bool, float]) -> None:
    """Give each report the triggers that a model finds which has not seen it, as at the time of use."""
    for fold in range(FOLDS):
        component = ActionsComponent()
        component.use(train_actions([e for i, e in enumerate(action_examples) if i % FOLDS != fold], lexicon(), thresholds))
        for index, findings in enumerate(found):
            if index % FOLDS == fold:
                findings.triggers = component.find(findings)
