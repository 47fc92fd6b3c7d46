"""``miner status``: how far a run is."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from miner.cli import exits


class Format(StrEnum):
    """Output formats."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(name="status")(status)


def status(
    out: Annotated[Path, typer.Argument(help="The folder that `miner run` was given as --out.")],
    format: Annotated[Format, typer.Option(help="text for people, json for programs.")] = Format.text,
) -> None:
    """Say how far a run is: inputs done and left, rejects by reason, rates. It may be asked during a run, from another terminal, and after a run was killed.

    The state is listing (the archive is read for what is new), running, merging (all is mined, the tables are being written), complete, stopped (Ctrl-C),
    failed (a disk was full, for example) or killed.
    """
    from miner.archive.status import status as read_status

    try:
        found = read_status(out)
    except FileNotFoundError as fault:
        typer.echo(f"miner status: {fault}", err=True)
        raise typer.Exit(exits.USAGE) from None
    if format is Format.json:
        import json

        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, said in _lines(found):
            typer.echo(f"{name:<10}{said}")


def _lines(found: dict[str, Any], most: int = 20) -> list[tuple[str, str]]:
    inputs, rate = found["inputs"], found["rate"]
    share = f" ({100 * inputs['done'] / inputs['all']:.1f} %)" if inputs["all"] else ""
    lines = [("state", found["state"] + (f": {found['fault']}" if found["fault"] else "")), ("archive", found["archive"]),
             ("inputs", f"{inputs['done']} of {inputs['all']} done{share}, {inputs['left']} left"), ("reports", str(found["reports"]))]
    if rate["reports_per_second"]:
        each = 1000 * (rate["worker_seconds_per_report"] or 0)
        lines.append(("rate", f"{rate['reports_per_second']:g} reports a second, {each:.1f} ms of a worker for each"))
    if found["seconds_left"] is not None:
        lines.append(("time left", f"about {_duration(found['seconds_left'])}"))
    if found["memory_mb"]:
        lines.append(("memory", f"{found['memory_mb'][0]:.0f} to {found['memory_mb'][1]:.0f} MB a worker"))
    lines.append(("rejects", str(found["rejects"])))
    for reason in found["reasons"][:most]:
        lines.append(("", f"{reason['count']} × {reason['stage']}: {reason['reason']}{_hint(reason)}"))
    if len(found["reasons"]) > most:
        lines.append(("", "…"))
    return lines


def _duration(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min" if rest >= 120 else f"{rest} s"


def _hint(reason: dict[str, Any]) -> str:
    return f" ({reason['hint']})" if reason["hint"] else ""
