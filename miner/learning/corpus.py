"""The corpus as a whole: are its reports sound, are the known traps in every split, what does it hold.

In: folders of ``.ann`` files, one per split. Out: faults with file and line, and the card (a Markdown table).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from miner.learning.annotation import AnnotatedReport, AnnotationError, read_annotated
from miner.learning.annotation_fields import SPACE


@dataclass(frozen=True)
class Split:
    """The annotated reports of one folder."""

    name: str
    reports: list[AnnotatedReport]


@cache
def traps() -> dict[str, str]:
    """The known traps of real reports: name → what the report does."""
    lines = files("miner.learning").joinpath("data", "traps.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def traps_of(report: AnnotatedReport) -> list[str]:
    """The traps that a report's header lists."""
    return [trap for part in (report.header["traps"] or "").split(",") if (trap := part.strip())]


def read_splits(folders: Iterable[Path]) -> tuple[list[Split], list[AnnotationError]]:
    """The sound reports of the folders, and the faults of the others.

    Raises
    ------
    FileNotFoundError
        If a folder holds no ``.ann`` file.
    """
    splits, faults = [], []
    for folder in folders:
        reports: list[AnnotatedReport] = []
        paths = sorted(folder.glob("*.ann"))
        if not paths:
            raise FileNotFoundError(f"{folder} holds no .ann file")
        for path in paths:
            try:
                reports.append(read_annotated(path))
            except AnnotationError as fault:
                faults.append(fault)
        splits.append(Split(folder.name, reports))
    return splits, faults


def check_report(report: AnnotatedReport, content: str) -> list[AnnotationError]:
    """Faults that the format allows, yet a sound report does not have.

    Parameters
    ----------
    report
        The report.
    content
        The content of its file, to name lines.
    """
    found: list[AnnotationError] = []
    lines = content.split("\n")
    unknown = [trap for trap in traps_of(report) if trap not in traps()]
    if unknown:
        number = next(i for i, line in enumerate(lines, 1) if line.startswith("traps:"))
        found.append(AnnotationError(report.path, number, f"unknown trap {', '.join(unknown)}; known: {', '.join(traps())}"))
    text = SPACE.sub("", report.text)
    described = [number for number, line in enumerate(lines, 1) if line.startswith("| ")]
    for record, number in zip(report.records, described, strict=True):
        if "alt" in record and not _stands_there(SPACE.sub("", record["alt"]), record["text"], text):
            found.append(AnnotationError(report.path, number, f"alt={record['alt']} does not stand in the report where {record['text']!r} stands"))
    return found


def _stands_there(alternative: str, mention: str, text: str) -> bool:
    """The second span is a part of the text that can overlap the first."""
    return alternative in text and (alternative in mention or mention in alternative or _touch(alternative, mention))


def _touch(a: str, b: str) -> bool:
    """One begins with an end of the other."""
    return any(a.endswith(b[:n]) or b.endswith(a[:n]) for n in range(1, min(len(a), len(b)) + 1))


def missing_traps(splits: Iterable[Split], least: int) -> list[str]:
    """Which traps fewer than `least` reports of a split hold."""
    found = []
    for split in splits:
        count = Counter(trap for report in split.reports for trap in set(traps_of(report)))
        found += [f"{split.name}: {trap} in {count[trap]} of at least {least} reports" for trap in traps() if count[trap] < least]
    return found


_KINDS = {"organisations": "org", "dates": "date", "quantities": "qty", "actions": "event"}


def card(splits: list[Split]) -> str:
    """What the corpus holds, as Markdown tables: sizes, marks, domains, layouts, traps; one column per split and one for all."""
    columns = [*splits, Split("all", [report for split in splits for report in split.reports])]
    lines = [f"| | {' | '.join(split.name for split in columns)} |", "| --- |" + " ---: |" * len(columns)]

    def row(name: str, cell: Callable[[list[AnnotatedReport]], object]) -> None:
        lines.append(f"| {name} | {' | '.join(str(cell(split.reports)) for split in columns)} |")

    row("reports", len)
    row("characters", lambda reports: sum(len(report.text) for report in reports))
    row("characters per report, from–to", lambda reports: _extent(len(report.text) for report in reports))
    row("years of work", lambda reports: _extent(report.header["year"] for report in reports if report.header["year"]))
    row("divisions", lambda reports: len({report.header["jurisdiction"] for report in reports} - {None}))
    for name, kind in _KINDS.items():
        row(f"{name} (right either way)", lambda reports, kind=kind: _marks(reports, kind))  # type: ignore[misc]
    for key in ("domain", "layout"):
        for value in sorted({report.header[key] for report in columns[-1].reports}):
            row(f"{key}: {value}", lambda reports, key=key, value=value: sum(r.header[key] == value for r in reports))  # type: ignore[misc]
    for trap in traps():
        row(f"trap: {trap}", lambda reports, trap=trap: sum(trap in traps_of(r) for r in reports))  # type: ignore[misc]
    return "\n".join(lines) + "\n"


def _marks(reports: list[AnnotatedReport], kind: str) -> str:
    marks = [record for report in reports for record in report.records if record["k"] == kind]
    return f"{len(marks)} ({sum(bool(record.get('opt')) for record in marks)})"


def _extent(values: Iterable[int]) -> str:
    found = sorted(values)
    return f"{found[0]}–{found[-1]}" if found else "–"


_CARD = re.compile(r"(<!-- card[^>]*-->\n).*?(<!-- /card -->)", re.DOTALL)


def with_card(page: str, table: str) -> str:
    """The page with the card put between ``<!-- card -->`` and ``<!-- /card -->``.

    Raises
    ------
    ValueError
        If the page has no such place.
    """
    if not _CARD.search(page):
        raise ValueError("the page has no place for the card (<!-- card --> … <!-- /card -->)")
    return _CARD.sub(lambda found: f"{found[1]}\n{table}\n{found[2]}", page, count=1)
