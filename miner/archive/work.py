"""The work on one shard: read, mine, write its part files beside, rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from miner.archive.plan import Input, Shard
from miner.document import Hints
from miner.pipeline import process
from miner.reading import Reject, Source, read
from miner.records import Report
from miner.schema import TABLES
from miner.store.parquet import write_rows

PART_TABLES = tuple(name for name in TABLES if name != "organisations")
Rows = dict[str, list[dict[str, Any]]]


def mine_input(found: Input, hints: Hints) -> Iterator[Report | Reject]:
    """The reports of one input, or the reasons why there are none; never raises for what the input holds."""
    if found.fault:
        yield Reject(found.name, "open", found.fault, found.hint)
        return
    for source in read(Path(found.path), found.name):
        if isinstance(source, Reject):
            yield source
            continue
        try:
            yield mine_source(source, hints)
        except Exception as fault:  # one bad report must not stop a run; it ends as a reject that names it
            yield Reject(source.name, "mine", f"{type(fault).__name__}: {fault}", "please report this file as a fault of miner")


def mine_source(source: Source, hints: Hints) -> Report:
    """Mine one source text."""
    known = replace(hints, name=source.name, declared=source.metadata.get("published"))
    doc = process(source.text, source.kind, known)
    return Report(doc, source.name, source.encoding, source.format, source.replaced)


def shard_rows(shard: Shard, hints: Hints) -> Rows:
    """All rows of a shard, by table."""
    rows: Rows = {name: [] for name in PART_TABLES}
    for found in shard.inputs:
        for result in mine_input(found, hints):
            if isinstance(result, Reject):
                rows["rejects"].append({"source": result.source, "stage": result.stage, "reason": result.reason, "hint": result.hint})
            else:
                for name, more in result.rows().items():
                    rows[name] += more
    return rows


def write_part(parts: Path, shard: Shard, rows: Rows) -> None:
    """Write a shard's part files into a folder beside, then rename it to its place, so that a part is whole or absent."""
    beside = parts / f".{shard.id}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, found in rows.items():
        write_rows(beside / f"{name}.parquet", name, found)
    place = parts / shard.id
    shutil.rmtree(place, ignore_errors=True)
    beside.rename(place)


def work(parts: str, shard: Shard, hints: Hints) -> tuple[int, int]:
    """Work one shard; returns the numbers of its reports and rejects."""
    rows = shard_rows(shard, hints)
    write_part(Path(parts), shard, rows)
    return len(rows["reports"]), len(rows["rejects"])
