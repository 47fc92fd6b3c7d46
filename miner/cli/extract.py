"""``miner extract``: reports to standard output."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from miner.cli import exits
from miner.cli.options import JurisdictionOption, Language, ProfileOption, PublishedOption, hints

if TYPE_CHECKING:
    from miner.document import Hints
    from miner.reading import Reject, Source
    from miner.records import Report


class Format(StrEnum):
    """Output formats."""

    jsonl = "jsonl"
    table = "table"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(extract)


def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Reports, or folders of reports.")],
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object per report, for programs; table: the records, for people.")] = Format.table,
    text: Annotated[bool, typer.Option("--text", help="Print the source text that offsets point into, and mine nothing.")] = False,
    lang: Annotated[Language | None, typer.Option(help="Language of the table's labels.")] = None,
    date: PublishedOption = None,
    jurisdiction: JurisdictionOption = None,
    profile: ProfileOption = None,
) -> None:
    """Mine single reports and print what they yield, in the order of the paths.

    An input that cannot be read gives a line with its error, the others are still printed, and the exit status is 1.
    """
    import sys

    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    known, rejected = hints(date, jurisdiction, profile), False
    for source in _sources(paths):
        result = source if text else _mined(source, known)
        rejected = _print(result, format, lang) or rejected
    raise typer.Exit(exits.SOME_REJECTED if rejected else exits.OK)


def mined_sources(paths: list[Path], known: Hints) -> Iterator[Report | Reject]:
    """Every report that the paths hold, mined, or the reason why it could not be."""
    for source in _sources(paths):
        yield _mined(source, known)


def _sources(paths: list[Path]) -> Iterator[Source | Reject]:
    from miner.archive.plan import list_inputs
    from miner.reading import Reject, read, readable_name

    for path in paths:
        if not path.exists():
            yield Reject(readable_name(path), "read", "no such file", "check the path")
        elif path.is_dir():
            for found in (found for found in list_inputs(path) if not found.piece.first):
                name = f"{readable_name(path)}/{found.name}"
                yield from [Reject(name, "open", found.fault, found.hint)] if found.fault else read(Path(found.path), name)
        else:
            yield from read(path, readable_name(path))


def _mined(source: Source | Reject, known: Hints) -> Report | Reject:
    from miner.archive.work import mine_source
    from miner.reading import Reject

    if isinstance(source, Reject):
        return source
    try:
        return mine_source(source, known)
    except Exception as fault:  # the others must still be printed
        return Reject(source.name, "mine", f"{type(fault).__name__}: {fault}", "please report this file as a fault of miner")


def _print(result: Report | Source | Reject, format: Format, lang: Language | None) -> bool:
    """Print one result; True if it is a reject."""
    import json

    from miner.reading import Reject, Source

    if isinstance(result, Reject):
        if format is Format.jsonl:
            typer.echo(json.dumps({"source": result.source, "error": {"stage": result.stage, "reason": result.reason}}, ensure_ascii=False))
        hint = f" ({result.hint})" if result.hint else ""
        typer.echo(f"miner extract: {result.source}: {result.reason}{hint}", err=True)
        return True
    if isinstance(result, Source):
        typer.echo(result.text)
    elif format is Format.jsonl:
        typer.echo(json.dumps(result.to_dict(), ensure_ascii=False))
    else:
        _print_table(result, lang)
    return False


_SHOWN = ("organisation", "date_from", "date_to", "action", "modality", "trigger", "value", "unit", "item", "qualifier")


def _print_table(report: Report, lang: Language | None) -> None:
    from rich.console import Console
    from rich.table import Table

    from miner.schema import TABLES
    from miner.store.cells import cell, heading

    columns = [column for column in TABLES["records"].columns if column.name in _SHOWN]
    language = lang.value if lang else None
    table = Table(title=f"{report.source}  {report.findings.facts.jurisdiction or ''}  {report.findings.facts.published or ''}", title_justify="left")
    for column in columns:
        table.add_column(heading(column, language), overflow="fold")
    for row in report.rows()["records"]:
        table.add_row(*(_shown(cell(column, row[column.name], language)) for column in columns))
    Console(width=None if Console().is_terminal else 160).print(table)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else f"{value:.0f}" if isinstance(value, float) else str(value)
