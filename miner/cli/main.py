"""The program ``miner``: registers the commands."""

from __future__ import annotations

import typer

from miner.cli import corpus, count, evaluate, exits, explain, export, extract, formats, index, profile, run, search, serve, status, train
from miner.version import VERSION

app = typer.Typer(
    name="miner",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Mines Chinese work reports into tables: organisation, date, action, quantity, each with the place in the source that proves it.",
    epilog="Begin with:  miner run FOLDER --out OUT     then open OUT/tables/records.xlsx",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"miner {VERSION}")
        raise typer.Exit


@app.callback()
def common(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and exit.")) -> None:
    """Options of the program itself."""


run.register(app)
status.register(app)
search.register(app)
count.register(app)
serve.register(app)
export.register(app)
index.register(app)
extract.register(app)
explain.register(app)
formats.register(app)
profile.register(app)
train.register(app)
evaluate.register(app)
corpus.register(app)


def main() -> None:
    """Entry point of the console script."""
    import sys

    from click import Abort

    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, Abort):  # Ctrl-C before the command could answer it
            sys.exit(exits.INTERRUPTED)
        raise
