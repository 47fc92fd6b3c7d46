"""Evaluates the program on annotated reports.

In: a folder of ``.ann`` files, or one in the guide's form (``gold/NAME.gold.jsonl`` and ``reports/NAME.txt``). Out: the figures of
:mod:`miner.learning.scoring`, their breakdowns, and the list of mistakes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from miner.learning.annotation import read_annotated
from miner.learning.gold import to_gold
from miner.learning.scoring import FACETS, FOUND_FIGURES, Scores, by_facet, figures, score

Figures = dict[str, dict[str, float | int | None]]


@dataclass(frozen=True)
class Example:
    """A report with its gold: name, the file that holds it, source text (None where the folder has none) and the guide's records."""

    name: str
    file: Path
    text: str | None
    gold: list[dict[str, Any]]


def read_examples(folder: Path) -> list[Example]:
    """The annotated reports of a folder, in the order of their names.

    Raises
    ------
    FileNotFoundError
        If the folder holds none.
    AnnotationError, ValueError
        If one breaks its format; the message names file and line.
    """
    annotated = sorted(folder.glob("*.ann"))
    if annotated:
        return [_annotated(path) for path in annotated]
    gold = folder / "gold" if (folder / "gold").is_dir() else folder
    examples = [_guide_form(path) for path in sorted(gold.glob("*.gold.jsonl"))]
    if not examples:
        raise FileNotFoundError(f"{folder} holds neither .ann files nor gold/*.gold.jsonl")
    return examples


def _annotated(path: Path) -> Example:
    report = read_annotated(path)
    return Example(path.stem, path, report.text, to_gold(report))


def _guide_form(path: Path) -> Example:
    name = path.name.split(".")[0]
    return Example(name, path, _source_text(path.parent.parent / "reports" / f"{name}.txt"), read_jsonl(path))


def _source_text(file: Path) -> str | None:
    if not file.is_file():
        return None
    from miner.reading import Source, read

    source = next(iter(read(file)))
    if not isinstance(source, Source):
        raise ValueError(f"{file}: {source.reason}")
    return source.text


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line; empty lines do not count.

    Raises
    ------
    ValueError
        If a line is no JSON object; the message names file and line.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError as fault:
                raise ValueError(f"{path}:{number}: {fault}") from fault
            if not isinstance(found[-1], dict):
                raise ValueError(f"{path}:{number}: one JSON object per line is wanted")
    return found


def mine_examples(examples: Iterable[Example]) -> Iterator[dict[str, Any]]:
    """What the program mines from the reports: one object of the contract per report, in order; ``source`` is the report's name.

    Raises
    ------
    FileNotFoundError
        If a report's text is missing.
    """
    from miner.pipeline import process
    from miner.records import Report

    for example in examples:
        if example.text is None:
            raise FileNotFoundError(f"{example.file} has no report beside it (reports/{example.name}.txt)")
        yield Report(process(example.text), source=example.name).to_dict()


def by_report(mined: Iterable[dict[str, Any]], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Mined objects by the report they belong to: the file name of ``source`` is the report's name, or else begins with it."""
    wanted, found = list(names), {}
    for one in mined:
        file = str(one.get("source") or "").replace("\\", "/").rsplit("/", 1)[-1]
        stem = file.split(".")[0]
        for name in [stem] if stem in wanted else [name for name in wanted if file.startswith(name)]:
            found[name] = one
    return found


@dataclass(frozen=True)
class Evaluation:
    """The scores of a set of reports."""

    examples: list[Example]
    scores: Scores
    unmined: list[str]

    def figures(self) -> Figures:
        """All figures, those with precision and recall first, by name."""
        found = figures(self.scores.judgements)
        return {name: found[name] for name in sorted(found, key=lambda name: (name not in FOUND_FIGURES, name))}

    def breakdown(self, facet: str) -> dict[str, Figures]:
        """The figures for every value of a facet (one of ``FACETS``).

        Raises
        ------
        ValueError
            If the facet is unknown.
        """
        if facet not in FACETS:
            raise ValueError(f"unknown facet {facet!r}; known: {', '.join(FACETS)}")
        return by_facet(self.scores.judgements, facet)

    def size(self) -> tuple[int, int]:
        """Reports and characters."""
        return len(self.examples), sum(len(example.text or "") for example in self.examples)


def evaluate(examples: list[Example], mined: Iterable[dict[str, Any]] | None = None) -> Evaluation:
    """Score mined objects against the examples' gold; without `mined`, the program mines the reports now."""
    found = by_report(mine_examples(examples) if mined is None else mined, [example.name for example in examples])
    gold = {example.name: example.gold for example in examples}
    return Evaluation(examples, score(gold, found), [name for name in gold if name not in found])
