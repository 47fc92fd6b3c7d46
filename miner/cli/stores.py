"""What the commands that read a store share: opening it, days, codes as labels, errors with the exit status of wrong usage."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from miner.cli import exits

if TYPE_CHECKING:
    from miner.store import Store

OutArgument = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a run (`miner run ARCHIVE --out OUT`).")]
OrganisationOption = Annotated[str | None, typer.Option(help="An organisation_id, or a name or part of one: an actor of the work.")]
ActionOption = Annotated[str | None, typer.Option(help="Code of an action, or its Chinese label (inspect, 检查督导).")]
ItemOption = Annotated[str | None, typer.Option(help="What is counted or measured (口罩).")]
RegionOption = Annotated[str | None, typer.Option(help="A division by name (石景山区), or by code (1101) with all below it: the reports' jurisdiction.")]
FromOption = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="First day of the work.")]
ToOption = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Last day of the work, included.")]


@contextmanager
def opened(command: str, out: Path) -> Iterator[Store]:
    """The store of a run; what is wrong with it or with the question ends the command with the status of wrong usage."""
    import sqlite3

    from miner.store import StoreError, open_store

    try:
        store = open_store(out)
        try:
            yield store
        finally:
            store.close()
    except (StoreError, ValueError) as fault:
        typer.echo(f"miner {command}: {fault}", err=True)
        raise typer.Exit(exits.USAGE) from None
    except sqlite3.DatabaseError as fault:
        typer.echo(f"miner {command}: {out}: {fault}; `miner index {out}` makes the store anew", err=True)
        raise typer.Exit(exits.USAGE) from None


def code_of(wanted: str | None, codes: dict[str, dict[str, str]]) -> str | None:
    """A code, given as such or by one of its labels."""
    return next((code for code, labels in codes.items() if wanted in labels.values()), wanted)


def day(given: datetime | None) -> dt.date | None:
    """The day of an option."""
    return given.date() if given else None


def utf8() -> None:
    """Standard output in UTF-8, whatever the terminal says."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def as_json(thing: Any) -> str:
    """JSON with Chinese characters as they are; days as text."""
    return json.dumps(thing, ensure_ascii=False, indent=1, default=str)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], right: frozenset[str] = frozenset()) -> None:
    """A table for people, as wide as the terminal, or without limit where the output is no terminal."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 400, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(shown(cell) for cell in row))
    console.print(table)


def shown(cell: Any) -> Any:
    """A cell as text: whole numbers without a point, nothing for None."""
    from rich.text import Text

    if isinstance(cell, Text):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:g}" if abs(cell) < 1e-4 else f"{cell:.4f}".rstrip("0")
    return str(cell)
