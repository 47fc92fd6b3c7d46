"""``miner train``: annotated reports into models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(train)


def train(
    corpus: Annotated[Path, typer.Argument(help="Folder of annotated reports (.ann), such as corpora/train.")],
    models: Annotated[Path, typer.Option(help="Folder for the trained models.")] = Path("models"),
) -> None:
    """Train the classifiers from annotated reports; the same reports give the same bytes."""
    from miner.learning.training import train as train_models

    models.mkdir(parents=True, exist_ok=True)
    for file in train_models(corpus, models):
        typer.echo(f"{file}: {file.stat().st_size / 1024:.0f} KiB")
