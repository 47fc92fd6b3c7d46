"""Trains the models in ``models/`` from annotated reports.

Each model learns from what the components before it find with the models just trained, so they are trained in the order of the pipeline. The events
learn from what models find that have not seen the report, so that they meet the same mistakes as at the time of use.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from miner.components.actions.component import ActionsComponent
from miner.components.actions.lexicon import lexicon
from miner.components.linear import MODELS
from miner.components.quantities.chooser import chooser
from miner.document import Findings
from miner.learning.actions import FOLDS, ActionExamples, examples, settle, train_actions
from miner.learning.annotation import AnnotatedReport, read_annotated
from miner.learning.events import train_events
from miner.learning.organisations import train_organisations
from miner.learning.quantities import train as train_quantities
from miner.pipeline import load, process

NAMES = ("organisations", "quantities", "actions", "events")
_LATER = ("actions", "events")


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
    import sklearn.linear_model  # noqa: F401 - only threads of libraries that are loaded can be limited
    from threadpoolctl import threadpool_limits

    # sums in several threads differ in their last digits with the number of processors, and small matrices take twice the time
    with threadpool_limits(1), _models_in(folder):
        if "organisations" in names:
            yield write_model(folder, "organisations", train_organisations(reports))
        if "quantities" in names:
            yield write_model(folder, "quantities", train_quantities(list(zip(reports, _findings(reports), strict=True))))
        if {"actions", "events"} & set(names):
            found = _findings(reports)
            action_examples = [examples(report, findings, lexicon()) for report, findings in zip(reports, found, strict=True)]
            folds = _folds(reports)
            settled = settle(action_examples, folds)
            if "actions" in names:
                yield write_model(folder, "actions", train_actions(action_examples, lexicon(), settled))
            if "events" in names:
                unseen = _unseen(reports, folds)
                unseen_examples = [examples(report, findings, lexicon()) for report, findings in zip(reports, unseen, strict=True)]
                _cross_triggers(unseen, unseen_examples, folds, settled)
                yield write_model(folder, "events", train_events(list(zip(reports, unseen, strict=True))))


def _findings(reports: list[AnnotatedReport]) -> list[Findings]:
    """What the components before the triggers find in the reports with the models of this moment; later ones (events change items) have no part in it."""
    chooser.cache_clear()  # it may hold the weights of before
    nlp = load()
    with nlp.select_pipes(disable=_LATER):
        return [process(report.text, nlp=nlp)._.findings for report in reports]


def _folds(reports: list[AnnotatedReport]) -> list[int]:
    """The fold of each report: those of one writer (whose letters begin the names, a-001) fall together, the folds are of like size.

    Reports of fewer than two writers go by their place in the order of names.
    """
    writers = Counter(_writer(report) for report in reports)
    if len(writers) < 2:
        return [place * FOLDS // len(reports) for place in range(len(reports))]
    sizes, fold_of = [0] * FOLDS, {}
    for writer, size in sorted(writers.items(), key=lambda pair: (-pair[1], pair[0])):
        fold_of[writer] = sizes.index(min(sizes))
        sizes[fold_of[writer]] += size
    return [fold_of[_writer(report)] for report in reports]


def _writer(report: AnnotatedReport) -> str:
    return Path(report.path).stem.partition("-")[0]


def _unseen(reports: list[AnnotatedReport], folds: list[int]) -> list[Findings]:
    """What the pipeline finds in each report with models of organisations and quantities that have seen no report of its fold."""
    found: dict[int, Findings] = {}
    with TemporaryDirectory() as made, _models_in(Path(made)):
        for fold in sorted(set(folds)):
            others = [report for report, own in zip(reports, folds, strict=True) if own != fold]
            write_model(Path(made), "organisations", train_organisations(others))
            write_model(Path(made), "quantities", train_quantities(list(zip(others, _findings(others), strict=True))))
            held = [index for index, own in enumerate(folds) if own == fold]
            found |= dict(zip(held, _findings([reports[index] for index in held]), strict=True))
    chooser.cache_clear()
    return [found[index] for index in range(len(reports))]


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


def _cross_triggers(found: list[Findings], action_examples: list[ActionExamples], folds: list[int], settled: dict[str, Any]) -> None:
    """Give each report the triggers that a model finds which has seen no report of its fold, as at the time of use."""
    for fold in sorted(set(folds)):
        component = ActionsComponent()
        component.use(train_actions([e for e, own in zip(action_examples, folds, strict=True) if own != fold], lexicon(), settled))
        for findings, own in zip(found, folds, strict=True):
            if own == fold:
                findings.triggers = component.find(findings)
