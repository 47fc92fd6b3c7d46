"""``miner profile``: a user's own words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from miner.cli.options import checked_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miner.components.profile import Profile

commands = typer.Typer(no_args_is_help=True, help="Your own organisations, aliases, suffixes and actions: check a profile for --profile.")


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(commands, name="profile")


@commands.callback()
def profile() -> None:
    """Your own organisations, aliases, suffixes and actions: a TOML file that `miner run` and `miner extract` take with --profile."""


@commands.command()
def check(file: Annotated[Path, typer.Argument(help="The profile, a TOML file in UTF-8.")]) -> None:
    """Read a profile as `miner run --profile FILE` would, and say what it adds.

    A fault is told with file, line and key. What is right but adds nothing, or hides something, is remarked.

    Exit status: 0 the profile can be used, 2 it cannot.
    """
    found = checked_profile(file)
    aliases = sum(len(body.aliases) for body in found.organisations)
    bodies = f"{len(found.organisations)} organisations with {aliases} aliases"
    typer.echo(f"{file}: {bodies}, {len(found.suffixes)} suffixes, {len(found.actions)} actions; it can be used")
    for remark in _remarks(found):
        typer.echo(f"  {remark}")


def _remarks(found: Profile) -> Iterator[str]:
    from miner.components.actions.lexicon import lexicon as trigger_lexicon
    from miner.components.organisations.lexicon import lexicon

    heads = lexicon().heads
    for word, kind in found.suffixes.items():
        known = heads.get(word)
        if known and known.type == kind:
            yield f"suffix {word}: known already, of the same type"
        elif known:
            yield f"suffix {word}: known already as {known.type}; with this profile it is {kind}"
    triggers = trigger_lexicon().types
    for action in found.actions:
        for word in action.triggers:
            if word in triggers and triggers[word] != (action.code,):
                yield f"trigger {word}: says {' or '.join(triggers[word])} otherwise; with this profile it says {action.code} alone"
    for body in found.organisations:
        for word in (body.name, *body.aliases):
            if word in heads:
                yield f"{word} ({body.name}): an ordinary word for bodies of this kind; every {word} that stands alone will be this body"
