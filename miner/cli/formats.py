"""``miner formats``: what can be read here."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(formats)


def formats() -> None:
    """List the formats that can be read, and for the others what to install."""
    from rich.console import Console
    from rich.table import Table

    from miner.reading import formats as known

    table = Table()
    for name in ("format", "files", "what", "state"):
        table.add_column(name, overflow="fold")
    for found in known():
        state = "reads" if found.available else f"missing: {found.hint}"
        table.add_row(found.name, " ".join(found.suffixes), found.label, state)
    console = Console()
    console.width = max(console.width, 100)
    console.print(table, markup=False)
