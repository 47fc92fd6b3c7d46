"""Options that several commands share."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from miner.cli import exits

if TYPE_CHECKING:
    from miner.components.profile import Profile
    from miner.document import Hints


class Language(StrEnum):
    """Languages of labels."""

    en = "en"
    zh = "zh"


PublishedOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Day on which the reports were published, where the pages do not say it."),
]
JurisdictionOption = Annotated[str | None, typer.Option(help="Division whose bodies report (石景山区), where the reports do not say it.")]


ProfileOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="TOML file with your own organisations, suffixes and actions; `miner profile check FILE` says whether it is right."),
]


def hints(published: datetime | None, jurisdiction: str | None, profile: Path | None = None) -> Hints:
    """The hints that the options give; ends the program with status 2 where the profile is faulty."""
    from miner.document import Hints

    if profile is not None:
        from miner.schema import add_actions

        add_actions(checked_profile(profile).action_labels)
    return Hints(published.date() if published else None, jurisdiction, profile=str(profile) if profile else None)


def checked_profile(file: Path) -> Profile:
    """A user's profile; ends the program with status 2 and a message that names file, line and key where it is faulty."""
    from miner.components.profile import ProfileError, read_profile

    try:
        return read_profile(file)
    except ProfileError as fault:
        typer.echo(f"miner: {fault}", err=True)
    except OSError as fault:
        typer.echo(f"miner: {file}: {fault.strerror or fault}", err=True)
    raise typer.Exit(exits.USAGE)
