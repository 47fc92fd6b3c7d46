"""``miner evaluate``: figures on annotated reports."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from miner.cli import exits

if TYPE_CHECKING:
    from miner.learning.evaluation import Evaluation, Figures


class Format(StrEnum):
    """Output formats."""

    table = "table"
    json = "json"


class Facet(StrEnum):
    """What figures can be broken down by."""

    organisation = "organisation"
    action = "action"
    modality = "modality"
    domain = "domain"
    layout = "layout"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(evaluate)


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of .ann files, or one that holds gold/*.gold.jsonl and reports/*.txt.")],
    by: Annotated[list[Facet] | None, typer.Option(help="Also break the figures down by this; may be given more than once.")] = None,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="List N mistakes of each kind.")] = 0,
    format: Annotated[Format, typer.Option(help="table: for people; json: for programs.")] = Format.table,
    predictions: Annotated[Path | None, typer.Option(help="Score this output of `miner extract --format jsonl` instead of mining now.")] = None,
    write_predictions: Annotated[Path | None, typer.Option(help="Write what was mined to this file, one JSON object a line.")] = None,
    gate: Annotated[Path | None, typer.Option(metavar="FILE", help="Compare with the figures pinned in this file; exit status 1 if one fell.")] = None,
    renew_gate: Annotated[bool, typer.Option("--renew-gate", help="Pin the present figures and reports in the gate file, and print old -> new.")] = False,
    allow_lower: Annotated[str | None, typer.Option(metavar="REASON", help="Let --renew-gate lower figures; the gate file keeps the reason.")] = None,
) -> None:
    """Mine annotated reports and print precision, recall and F1 of what was found, and the accuracy of each cell.

    Organisations, dates, quantities, actions and rows are judged by the annotation guide; a mention marked `opt` is right either way.

    Exit status: 0 all well, 1 the gate stays shut or an annotated report is faulty, 2 wrong usage.
    """
    import sys

    if (renew_gate or allow_lower is not None) and gate is None:
        raise _failure("--renew-gate and --allow-lower need --gate FILE", exits.USAGE)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    evaluation = _evaluated(folder, predictions, write_predictions)
    for name in evaluation.unmined:
        typer.echo(f"miner evaluate: nothing was mined from {name}; all it holds counts as missed", err=True)
    facets = list(dict.fromkeys(by or []))
    if format is Format.json:
        _print_json(evaluation, facets, errors)
    else:
        _print_tables(evaluation, facets, errors)
    if gate is not None:
        _hold(evaluation, gate, renew_gate, allow_lower)


def _failure(message: str, status: int) -> typer.Exit:
    typer.echo(f"miner evaluate: {message}", err=True)
    return typer.Exit(status)


def _evaluated(folder: Path, predictions: Path | None, write_predictions: Path | None) -> Evaluation:
    import json

    from miner.learning.annotation import AnnotationError
    from miner.learning.evaluation import evaluate, mine_examples, read_examples, read_jsonl

    try:
        examples = read_examples(folder)
        mined = list(mine_examples(examples)) if predictions is None else read_jsonl(predictions)
        if write_predictions is not None:
            write_predictions.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in mined), "utf-8", newline="")
    except AnnotationError as fault:
        raise _failure(str(fault), exits.SOME_REJECTED) from None
    except OSError as fault:
        raise _failure(f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault), exits.USAGE) from None
    except ValueError as fault:
        raise _failure(str(fault), exits.USAGE) from None
    return evaluate(examples, mined)


def _print_json(evaluation: Evaluation, facets: list[Facet], errors: int) -> None:
    import json

    reports, characters = evaluation.size()
    shown: dict[str, Any] = {"reports": reports, "characters": characters, "figures": evaluation.figures()}
    if facets:
        shown["by"] = {facet.value: evaluation.breakdown(facet.value) for facet in facets}
    if errors:
        shown["errors"] = [vars(mistake) for mistake in _first_of_each(evaluation, errors)]
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))


def _first_of_each(evaluation: Evaluation, most: int) -> list[Any]:
    from collections import Counter

    shown: Counter[tuple[str, str]] = Counter()
    chosen = []
    for mistake in evaluation.scores.mistakes:
        shown[mistake.kind, mistake.what] += 1
        if shown[mistake.kind, mistake.what] <= most:
            chosen.append(mistake)
    return chosen


def _print_tables(evaluation: Evaluation, facets: list[Facet], errors: int) -> None:
    reports, characters = evaluation.size()
    typer.echo(f"{reports} reports, {characters} characters")
    _print_figures(evaluation.figures())
    for facet in facets:
        typer.echo("")
        _print_breakdown(facet.value, evaluation.breakdown(facet.value))
    for mistake in _first_of_each(evaluation, errors):
        typer.echo(f"{mistake.report}:{mistake.position} {mistake.kind} {mistake.what}: {mistake.text} [{mistake.note}]")


def _print_figures(figures: Figures) -> None:
    for name, figure in figures.items():
        if "F1" in figure:
            typer.echo(f"{name:22} F1 {figure['F1']:.3f}  P {figure['P']:.3f}  R {figure['R']:.3f}  (tp {figure['tp']} fp {figure['fp']} fn {figure['fn']})")
        else:
            typer.echo(f"{name:22} {figure['accuracy']:.3f}  ({figure['right']}/{figure['of']})")


_BROKEN_DOWN = ("org.exact", "org.name", "date.resolved", "qty.value_unit", "qty.item", "action.sentence", "event.organisation", "event.modality",
                "row.exact")


def _print_breakdown(facet: str, groups: Mapping[str, Figures]) -> None:
    """One line per value of the facet, one column per main figure, each with the number of gold mentions behind it (JSON has all figures)."""
    from miner.learning.scoring import headline

    names = [name for name in _BROKEN_DOWN if any(name in figures for figures in groups.values())]
    typer.echo("".join([f"{facet:20}", *(f"{name:>20}" for name in names)]))
    for value, figures in groups.items():
        cells = [f"{headline(figures[name]):.3f} ({_gold(figures[name]):>4})" if name in figures else "-" for name in names]
        typer.echo("".join([f"{value:20}", *(f"{cell:>20}" for cell in cells)]))


def _gold(figure: Mapping[str, Any]) -> int:
    return int(figure["of"] if "of" in figure else figure["tp"] + figure["fn"])


def _hold(evaluation: Evaluation, file: Path, renew: bool, reason: str | None) -> None:
    """Compare with the gate, or renew it."""
    from miner.learning import gate

    now = gate.measured(evaluation)
    try:
        if renew:
            new, changes = gate.renewed(gate.read_gate(file) if file.exists() else None, now, reason)
            file.write_text(gate.gate_text(new), "utf-8", newline="")
            for change in changes or ["nothing changed"]:
                typer.echo(f"gate: {change}", err=True)
            return
        pinned = gate.read_gate(file)
    except gate.GateError as fault:
        raise _failure(str(fault), exits.SOME_REJECTED) from None
    found = gate.faults(pinned, now)
    for reason_shut in found:
        typer.echo(f"gate: {reason_shut}", err=True)
    if found:
        raise typer.Exit(exits.SOME_REJECTED)
    typer.echo(f"gate: open, {len(pinned.figures)} figures hold on {len(pinned.digests)} reports", err=True)
    for line in gate.risen(pinned, now):
        typer.echo(f"gate: {line}; raise the pin with --renew-gate", err=True)
