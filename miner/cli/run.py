"""``miner run``: an archive into tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from miner.cli import exits
from miner.cli.options import JurisdictionOption, Language, ProfileOption, PublishedOption, hints

if TYPE_CHECKING:
    from miner.archive.run import Progress, Summary


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(name="run")(run)


def run(
    archive: Annotated[Path, typer.Argument(help="A report, a folder of reports, or a zip or tar of them.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; it is made if needed.")],
    lang: Annotated[Language | None, typer.Option(help="Labels instead of column names and codes in CSV and XLSX.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
    shard_size: Annotated[int, typer.Option(min=1, help="Files per shard: the step in which results are saved.")] = 200,
    date: PublishedOption = None,
    jurisdiction: JurisdictionOption = None,
    profile: ProfileOption = None,
) -> None:
    """Mine an archive: every report in ARCHIVE becomes rows in OUT/tables.

    OUT/tables holds Parquet files (reports, articles, sentences, organisation_mentions, organisations, dates, quantities, events, records, rejects);
    `records`, the flat table of who did what, when and how much, also as CSV and XLSX.
    Run the same command again after adding files: only what is new is mined.

    Exit status: 0 all well, 1 some files ended in `rejects`, 2 wrong usage, 130 stopped by Ctrl-C (finished shards are kept).
    """
    if not archive.exists():
        typer.echo(f"miner run: {archive} does not exist", err=True)
        raise typer.Exit(exits.USAGE)
    if out.exists() and not out.is_dir():
        typer.echo(f"miner run: {out} is a file; --out needs a folder", err=True)
        raise typer.Exit(exits.USAGE)
    from miner.archive import Settings
    from miner.archive import run as run_archive

    settings = Settings(shard_size, workers, lang.value if lang else None, hints(date, jurisdiction, profile))
    try:
        with _progress() as progress:
            summary = run_archive(archive, out, settings, progress)
    except KeyboardInterrupt:
        typer.echo("miner run: stopped; finished shards are kept, the same command goes on from there", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    except OSError as fault:
        typer.echo(f"miner run: {fault.filename or out}: {fault.strerror or fault}", err=True)
        raise typer.Exit(exits.USAGE) from None
    _say(summary, out)
    if summary.rows["rejects"]:
        raise typer.Exit(exits.SOME_REJECTED)


def _say(summary: Summary, out: Path) -> None:
    rows = summary.rows
    typer.echo(f"{summary.inputs} files ({summary.worked} mined now): {rows['reports']} reports, {rows['events']} actions, {rows['records']} records, "
               f"{rows['organisations']} organisations", err=True)
    typer.echo(f"tables in {out / 'tables'}; open {out / 'tables' / 'records.xlsx'}", err=True)
    if rows["rejects"]:
        typer.echo(f"{rows['rejects']} inputs could not be mined; see {out / 'tables' / 'rejects.parquet'}", err=True)
        for reason in _reasons(out / "tables" / "rejects.parquet"):
            typer.echo(f"  {reason}", err=True)


def _reasons(file: Path, most: int = 10) -> Iterator[str]:
    from miner.store.parquet import read_rows

    for index, row in enumerate(read_rows(file)):
        if index == most:
            yield "…"
            return
        yield f"{row['source']}: {row['reason']}"


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on standard error, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("mining", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
