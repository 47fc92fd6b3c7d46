"""``miner train``: annotated reports into models."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from miner.cli import exits


class Model(StrEnum):
    """The models, in the order in which they build on each other."""

    organisations = "organisations"
    quantities = "quantities"
    actions = "actions"
    events = "events"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(train)


def train(
    names: Annotated[list[Model] | None, typer.Argument(metavar="[MODEL]...", help="organisations, quantities, actions, events; all if none is named.")] = None,
    corpus: Annotated[Path, typer.Option(help="Folder of annotated reports (.ann).")] = Path("corpora/train"),
    models: Annotated[Path, typer.Option(help="Folder for the trained models.")] = Path("models"),
) -> None:
    """Train the classifiers from annotated reports, in minutes; the same reports give the same bytes.

    Set MINER_MODELS to a folder of your own models to use them instead of those that ship with the program.
    """
    from miner.learning.annotation import AnnotationError
    from miner.learning.training import NAMES
    from miner.learning.training import train as train_models

    models.mkdir(parents=True, exist_ok=True)
    try:
        for file in train_models(corpus, models, tuple(name.value for name in names) if names else NAMES):
            typer.echo(f"{file}: {file.stat().st_size / 1024:.0f} KiB")
    except (AnnotationError, FileNotFoundError) as fault:
        typer.echo(f"miner train: {fault}", err=True)
        raise typer.Exit(exits.USAGE) from None
