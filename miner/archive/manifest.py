"""The manifest: what was run on what, and how far it came. All that depends on the run stands here and not in the tables.

``OUT/manifest.json`` is written when a run begins (state ``running``) and when it ends (``complete``, ``stopped``, ``failed``), always beside and renamed.
It is for people and programs to read; a run itself trusts the parts alone, and takes from the manifest only what changed in program, models and options.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from miner.archive.parts import Part
from miner.archive.plan import Input

NAME = "manifest.json"


def read_header(out: Path) -> dict[str, Any] | None:
    """The manifest without its inputs; None if there is none that can be read."""
    lines = []
    try:
        with (out / NAME).open(encoding="utf-8") as file:
            for line in file:
                if line.startswith('"inputs": ['):
                    lines.append('"inputs": []}')
                    break
                lines.append(line)
        found = json.loads("".join(lines))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_manifest(out: Path, header: dict[str, Any], inputs: list[Input], places: dict[str, tuple[Part, int]]) -> None:
    """Write the manifest: one line per entry of the header, one per input, so that its head can be read without the rest.

    Parameters
    ----------
    out
        The folder of the results.
    header
        What stands before the inputs.
    inputs
        The inputs of the archive.
    places
        Where the rows of each input lie, by its key.
    """
    beside = out / f".manifest.{os.getpid()}"
    with beside.open("w", encoding="utf-8", errors="replace") as file:
        file.write("{\n")
        for name, value in header.items():
            file.write(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n")
        file.write('"inputs": [')
        for number, entry in enumerate(_entries(inputs, places)):
            file.write((",\n" if number else "\n") + json.dumps(entry, ensure_ascii=False))
        file.write("\n]}\n")
    beside.replace(out / NAME)


def _entries(inputs: list[Input], places: dict[str, tuple[Part, int]]) -> Iterator[dict[str, Any]]:
    for found in inputs:
        entry: dict[str, Any] = {"source": found.name, "size": found.size, "sha256": found.digest or None}
        if found.piece.first or not found.piece.last:
            entry |= {"first": found.piece.first, "count": found.piece.count}
        place = places.get(found.key)
        if place:
            part, index = place
            given = part.inputs[index]
            reports, rejects = given.count("reports"), given.count("rejects")
            state = "failed" if given.retry else "rejected" if not reports else "mined"
            entry |= {"state": state, "reports": reports, "rejects": rejects, "shard": part.id}
        else:
            entry |= {"state": "pending"}
        yield entry
