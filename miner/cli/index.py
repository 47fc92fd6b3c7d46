"""``miner index``: the store of a run, made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from miner.cli import exits


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(name="index")(index)


def index(out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a run.")]) -> None:
    """Make OUT/reports.db anew from OUT/parts and OUT/tables.

    `miner run` keeps the store in step by itself; this is for a store that was lost or damaged, or made by another version. The new one is written beside the
    old one and takes its place when it is whole; stopped, the same command goes on from there.

    Exit status: 0 all well, 2 wrong usage, 130 stopped by Ctrl-C.
    """
    import sqlite3
    import sys

    from miner.indexing import rebuild
    from miner.store import StoreError

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            typer.echo(f"\r{done} of {total} shards", err=True, nl=False)

    try:
        rows = rebuild(out, progress)
    except KeyboardInterrupt:
        typer.echo("miner index: stopped; the same command goes on from there", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    except (StoreError, OSError, sqlite3.DatabaseError) as fault:
        typer.echo(f"miner index: {fault}", err=True)
        raise typer.Exit(exits.USAGE) from None
    typer.echo(f"{out / 'reports.db'}: {rows['reports']} reports, {rows['sentences']} sentences, {rows['records']} records", err=True)
