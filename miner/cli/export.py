"""``miner export``: a store into other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from miner.cli import exits
from miner.cli.stores import OutArgument, opened

export = typer.Typer(no_args_is_help=True, help="Write a store to PostgreSQL, or to files for Elasticsearch and OpenSearch.")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(export, name="export")


@export.command()
def postgres(
    out: OutArgument,
    dsn: Annotated[str, typer.Argument(metavar="DSN", help="postgresql://user@host/database, or host=… dbname=…")],
    schema: Annotated[str, typer.Option(help="Schema (name space) of the tables.")] = "miner",
) -> None:
    """Write all tables, with keys and a full-text index, to a PostgreSQL server (extra [postgres]).

    One transaction; repeated, it brings the tables up to date. Then: SELECT * FROM miner.sentences WHERE grams @@ miner.words('检查药店').
    The table `counted` holds the rows that may be added up.
    """
    try:
        import psycopg
    except ImportError:
        typer.echo("miner export: PostgreSQL needs an extra: pip install 'miner[postgres]'", err=True)
        raise typer.Exit(exits.USAGE) from None
    from miner.export.postgres import export as write

    with opened("export", out) as store:
        try:
            rows = write(store, dsn, schema)
        except psycopg.Error as fault:
            typer.echo(f"miner export: {str(fault).strip()}", err=True)
            raise typer.Exit(exits.USAGE) from None
    typer.echo(", ".join(f"{name} {number}" for name, number in rows.items()), err=True)


@export.command()
def elasticsearch(
    out: OutArgument,
    folder: Annotated[Path, typer.Argument(help="Where the files are written.")],
    index: Annotated[str, typer.Option(help="Name of the index.")] = "miner",
    megabytes: Annotated[int, typer.Option(min=1, help="About how large each file becomes at most.")] = 50,
) -> None:
    """Write files for Elasticsearch or OpenSearch: mapping.json and bulk-NNNN.ndjson, one document for each sentence with its records.

    How a server takes them in: docs/recipes.md.
    """
    from miner.export.elasticsearch import export as write

    with opened("export", out) as store:
        try:
            written = write(store, folder, index, megabytes)
        except OSError as fault:
            typer.echo(f"miner export: {fault.filename}: {fault.strerror}", err=True)
            raise typer.Exit(exits.USAGE) from None
    typer.echo(f"{written['documents']} documents in {written['files']} files in {folder}", err=True)
