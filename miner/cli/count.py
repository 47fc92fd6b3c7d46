"""``miner count``: work counted, or its quantities added up."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from miner.cli import exits
from miner.cli.options import Language
from miner.cli.stores import (
    ActionOption,
    FromOption,
    ItemOption,
    OrganisationOption,
    OutArgument,
    RegionOption,
    ToOption,
    as_json,
    code_of,
    day,
    opened,
    print_table,
    utf8,
)

if TYPE_CHECKING:
    from miner.counts import Counts

_NUMBERS = frozenset({"events", "records", "value", "high", "approximate", "reported"})


class Format(StrEnum):
    """Output formats."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class Sum(StrEnum):
    """What can be added up."""

    value = "value"


class RunningTotals(StrEnum):
    """What running totals count for."""

    latest = "latest"
    all = "all"


class Duplicates(StrEnum):
    """What facts that are told twice count for."""

    once = "once"
    keep = "keep"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(name="count")(count)


def count(
    out: OutArgument,
    by: Annotated[str, typer.Option(help="Columns, apart by commas: month, year, organisation, action, item, region, modality.")] = "",
    sum: Annotated[Sum | None, typer.Option(help="value: add up quantities, a row for each unit; else actions are counted.")] = None,
    organisation: OrganisationOption = None,
    action: ActionOption = None,
    item: ItemOption = None,
    region: RegionOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    modality: Annotated[str, typer.Option(help="done, ongoing, planned, required, negated, or all.")] = "done",
    include_parts: Annotated[bool, typer.Option("--include-parts", help="Add parts as well as their totals.")] = False,
    running_totals: Annotated[RunningTotals, typer.Option(help="latest: the one with the latest end stands; all: add them up.")] = RunningTotals.latest,
    duplicates: Annotated[Duplicates, typer.Option(help="once: what is told twice counts once; keep: it counts twice.")] = Duplicates.once,
    normalised_units: Annotated[bool, typer.Option("--normalised-units", help="Add up kg and t, 元 and 亿元 … in the base unit of their dimension.")] = False,
    top: Annotated[int | None, typer.Option(min=1, help="Only so many rows, the largest.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="List each record that is left out, with the reason, and pairs that may be one fact.")] = False,
    format: Annotated[Format, typer.Option(help="table for people; csv, json; parquet (needs --output).")] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write csv, json or parquet to this file.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the counts: NAME.png, NAME.svg or NAME.html (extra [plot]).")] = None,
    lang: Annotated[Language | None, typer.Option(help="Labels instead of column names and codes in the table and the plot.")] = None,
) -> None:
    """Count the work that was done, without counting one thing twice.

    Counted is work done (--modality for other). A part is not added to its total. Of running totals with the same organisation, action, item, unit and
    start the one with the latest end stands. Repeated passages and the same fact (equal organisation, action, item, unit, value and dates) count once.
    Units never mix. Joint actors count once in all, and once for each actor by organisation. The month is that of the last day of the work,
    else of its first day, else of publication (column `reported`), else "unknown". What was left out, and what to know of the rows, is said on standard error.

    Example: miner count OUT --by month,organisation --sum value --item 口罩
    """
    utf8()
    from miner.counts import Selection
    from miner.counts import count as count_work
    from miner.schema import LABELLED_COLUMNS, MODALITIES

    if format is Format.parquet and output is None:
        typer.echo("miner count: --format parquet needs --output FILE", err=True)
        raise typer.Exit(exits.USAGE)
    columns = [name.strip() for name in by.split(",") if name.strip()]
    kind = code_of(action, LABELLED_COLUMNS["action"])
    selection = Selection(organisation, kind, item, region, day(date_from), day(date_to), None, code_of(modality, MODALITIES) or "done",
                          include_parts, running_totals.value, duplicates.value, normalised_units)
    with opened("count", out) as store:
        found = count_work(store, columns, sum is not None, selection, explain=explain, top=top)
    try:
        _write(found, format, output, lang)
        if plot is not None:
            _plot(found, columns, plot, lang)
    except OSError as fault:
        typer.echo(f"miner count: {fault.filename}: {fault.strerror}", err=True)
        raise typer.Exit(exits.USAGE) from None
    _say(found, explain)


def _write(found: Counts, format: Format, output: Path | None, lang: Language | None) -> None:
    import sys

    from miner.counts.write import write_csv, write_json, write_parquet

    if format is Format.parquet and output is not None:
        write_parquet(found, output)
    elif format is Format.table:
        rows = labelled(found, lang)
        print_table(found.columns, [[row[name] for name in found.columns] for row in rows], _NUMBERS)
    elif output is None:
        write_csv(found, sys.stdout) if format is Format.csv else typer.echo(as_json(write_json(found)))
    else:
        with output.open("w", encoding="utf-8-sig" if format is Format.csv else "utf-8", newline="", errors="replace") as file:
            write_csv(found, file) if format is Format.csv else file.write(as_json(write_json(found)) + "\n")


def labelled(found: Counts, lang: Language | None) -> list[dict[str, Any]]:
    """The rows with labels for codes, where a language is asked for."""
    from miner.schema import LABELLED_COLUMNS

    if lang is None:
        return found.rows
    return [{name: LABELLED_COLUMNS[name].get(cell, {}).get(lang.value, cell) if name in LABELLED_COLUMNS else cell for name, cell in row.items()}
            for row in found.rows]


def _plot(found: Counts, by: list[str], file: Path, lang: Language | None) -> None:
    from dataclasses import replace

    from miner.counts.plot import PlotError
    from miner.counts.plot import plot as draw

    try:
        draw(replace(found, rows=labelled(found, lang)), by, file, lang.value if lang else "en")
    except PlotError as fault:
        typer.echo(f"miner count: {fault}", err=True)
        raise typer.Exit(exits.USAGE) from None


def _say(found: Counts, explain: bool) -> None:
    """What was left out and what is to be known, on standard error."""
    from miner.counts import NOTES, REASONS

    for name, number in found.notes.items():
        typer.echo(NOTES[name].format(n=number), err=True)
    for reason, number in found.left_out.items():
        typer.echo(f"left out: {number} ({REASONS[reason]})", err=True)
    if not explain:
        return
    for left in found.explained:
        cells = "  ".join(str(left.cells[name]) for name in ("organisation", "action", "item", "value", "unit", "date_from", "date_to"))
        instead = f"  -> {left.instead[0]}#{left.instead[1]}" if left.instead else ""
        typer.echo(f"{left.reason}\t{left.source}#{left.record}\t{cells}{instead}", err=True)
    for pair in found.near_matches:
        typer.echo(f"near\t{pair.first[0]}#{pair.first[1]}\t{pair.second[0]}#{pair.second[1]}\tdiffer in {pair.differs}", err=True)
