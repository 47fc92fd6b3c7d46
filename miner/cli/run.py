"""``miner run``: an archive into tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from miner.cli import exits
from miner.cli.options import JurisdictionOption, Language, ProfileOption, PublishedOption, hints

if TYPE_CHECKING:
    from miner.archive import Outlook, Settings, Summary
    from miner.archive.run import Progress


class Engine(StrEnum):
    """Who works the shards."""

    local = "local"
    spark = "spark"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(name="run")(run)


def run(
    archive: Annotated[str, typer.Argument(help="A file, a folder, the address of a store (s3://bucket/reports), or - for a list of paths on standard input.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; it is made if needed.")],
    lang: Annotated[Language | None, typer.Option(help="Labels instead of column names and codes in CSV and XLSX.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Worker processes; 0 works in this process, without protection from a report that kills it.")] = 1,
    shard_size: Annotated[int, typer.Option(min=1, help="Reports per shard: the step in which results are saved.")] = 200,
    date: PublishedOption = None,
    jurisdiction: JurisdictionOption = None,
    profile: ProfileOption = None,
    text_column: Annotated[str, typer.Option(help="The field of JSON Lines and Parquet files that holds the text.")] = "text",
    id_column: Annotated[str | None, typer.Option(help="The field that names a row, unique in its file; without it the number of the row.")] = None,
    report_seconds: Annotated[float, typer.Option(min=0.1, help="Longest time for reading or mining one report; what takes longer is rejected.")] = 300,
    max_characters: Annotated[int, typer.Option(min=1, help="Longest report; what is longer is rejected.")] = 1_000_000,
    xlsx: Annotated[bool, typer.Option(help="Write records.xlsx too, which takes long for millions of records.")] = True,
    engine: Annotated[Engine, typer.Option(help="Who works the shards: processes of this machine, or Spark (pip extra: spark).")] = Engine.local,
    spark_master: Annotated[str | None, typer.Option(help="Where Spark runs (local[4], yarn, k8s://...), if its own configuration does not say it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be mined and why, and do nothing.")] = False,
) -> None:
    """Mine an archive: every report in ARCHIVE becomes rows in OUT/tables.

    ARCHIVE may hold text, web pages, Markdown, mail, office files and PDF, zip and tar archives of them, and JSON Lines and Parquet files with a report per
    row. OUT/tables holds Parquet files (reports, articles, sentences, organisation_mentions, organisations, dates, quantities, events, records, rejects);
    `records`, the flat table of who did what, when and how much, also as CSV and XLSX.

    Run the same command again after adding, changing or removing files, or after it was stopped or killed: only what is new, changed or failed is mined, and
    the tables end as if all had been mined at once. After a change of program, models or options all is mined again; the command says so (see --dry-run).
    `miner status OUT` tells how far a run is.

    Exit status: 0 all well, 1 some inputs ended in `rejects`, 2 wrong usage, 3 could not be finished (disk full, another run at work), 130 stopped by Ctrl-C;
    finished shards are always kept.
    """
    _check(archive, out)
    try:
        from miner.archive import Settings
        from miner.reading import Columns, Limits

        settings = Settings(
            shard_size=shard_size, workers=workers, language=lang.value if lang else None, xlsx=xlsx,
            hints=hints(date, jurisdiction, profile) if date or jurisdiction or profile else None, limits=Limits(characters=max_characters),
            columns=Columns(text_column, id_column), report_seconds=report_seconds, engine=engine.value, spark_master=spark_master,
        )  # fmt: skip
        with _progress(dry_run) as progress:
            summary = _run(archive, out, settings, progress, dry_run)
    except KeyboardInterrupt:
        typer.echo("miner run: stopped; finished shards are kept, the same command goes on from there", err=True)
        raise typer.Exit(exits.INTERRUPTED) from None
    if dry_run:
        typer.echo(f"{summary.inputs} inputs: {_outlook(summary.outlook)}")
        raise typer.Exit
    _say(summary, out)
    if summary.rows["rejects"]:
        raise typer.Exit(exits.SOME_REJECTED)


def _check(archive: str, out: Path) -> None:
    if archive != "-" and "://" not in archive and not Path(archive).exists():
        raise _stop(f"{archive} does not exist", exits.USAGE)
    if out.exists() and not out.is_dir():
        raise _stop(f"{out} is a file; --out needs a folder", exits.USAGE)


def _run(archive: str, out: Path, settings: Settings, progress: Progress | None, dry: bool) -> Summary:
    from miner.archive import BusyError
    from miner.archive import run as run_archive
    from miner.reading.model import UnreadableError

    place: Path | str | Iterable[str] = _listed() if archive == "-" else archive if "://" in archive else Path(archive)
    try:
        return run_archive(place, out, settings, progress, None if dry else _announce, dry=dry)
    except FileNotFoundError as fault:
        raise _stop(f"{fault.filename}: {fault.strerror}" if fault.strerror else str(fault), exits.USAGE) from None
    except UnreadableError as fault:
        raise _stop(f"{fault}{f' ({fault.hint})' if fault.hint else ''}", exits.USAGE) from None
    except BusyError as fault:
        raise _stop(str(fault), exits.FAILED) from None
    except OSError as fault:
        reason = os.strerror(fault.errno) if fault.errno else fault.strerror or str(fault)
        raise _stop(f"{fault.filename or out}: {reason}; finished shards are kept, the same command goes on from there", exits.FAILED) from None


def _stop(reason: str, status: int) -> typer.Exit:
    typer.echo(f"miner run: {reason}", err=True)
    return typer.Exit(status)


def _listed() -> Iterator[str]:
    """The paths on standard input: one a line, or separated by NUL (`find -print0`)."""
    data = sys.stdin.buffer.read()
    for line in data.split(b"\0") if b"\0" in data else data.splitlines():
        if line.strip():
            yield os.fsdecode(line)


def _announce(outlook: Outlook) -> None:
    """Say what is to be done, where an earlier run was here."""
    if outlook.kept or outlook.changed or outlook.failed or outlook.redo or outlook.removed:
        typer.echo(f"miner run: {_outlook(outlook)}", err=True)


def _outlook(outlook: Outlook) -> str:
    why = "; ".join(outlook.reasons) or "they were mined with other settings"
    counts = (
        (outlook.new, "new"), (outlook.changed, "changed"), (outlook.failed, "failed before"), (outlook.removed, "removed"), (outlook.kept, "mined already"),
        (outlook.redo, f"to be mined again, since {why}"),
    )  # fmt: skip
    return ", ".join(f"{number} {what}" for number, what in counts if number) or "nothing to do"


def _say(summary: Summary, out: Path) -> None:
    rows = summary.rows
    typer.echo(f"{summary.inputs} files ({summary.worked} mined now): {rows['reports']} reports, {rows['events']} actions, {rows['records']} records, "
               f"{rows['organisations']} organisations", err=True)
    flat = next(file for file in (out / "tables" / "records.xlsx", out / "tables" / "records.csv") if file.exists())
    typer.echo(f"tables in {out / 'tables'}; open {flat}", err=True)
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
def _progress(dry: bool) -> Iterator[Progress | None]:
    """A progress bar on standard error, on a terminal only."""
    if dry or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("mining", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
