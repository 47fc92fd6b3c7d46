"""Parts: what a shard gave, on disk. They alone say what is done; the manifest and the tables are made from them.

``OUT/parts/NAME/`` holds one Parquet file per table and ``shard.json``: its inputs, how many rows of every table each of them gave, sizes and digests of the
files. A part is written beside (a folder whose name begins with a dot) and renamed, so it is whole or absent, and it is never changed afterwards;
its name ends with a digest of its rows. Until the store holds the part, its rows also lie there as the store takes them (:mod:`miner.store.shaping`).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from miner.schema import TABLES
from miner.store.parquet import write_rows
from miner.store.shaping import keep, shape

if TYPE_CHECKING:
    from miner.archive.plan import Shard

PART_TABLES = tuple(name for name in TABLES if name != "organisations")
ABOUT = "shard.json"


@dataclass(frozen=True, slots=True)
class PartInput:
    """What one input gave: its key, its number of rows by :data:`PART_TABLES`, and whether the next run should try it again."""

    key: str
    counts: tuple[int, ...]
    retry: bool = False

    def count(self, table: str) -> int:
        """Its rows of one table."""
        return self.counts[PART_TABLES.index(table)]


@dataclass
class Part:
    """A part on disk.

    Attributes
    ----------
    folder
        Where it lies; its name is made of the shard's inputs, of what decides rows, and of the rows.
    decides
        The fingerprint of what decided its rows.
    inputs
        What every input gave, in the order of its rows.
    content
        SHA-256 of all its rows.
    facts
        What depends on the run: when it was ``finished`` (Unix time), ``seconds``, ``memory_mb`` of the worker.
    """

    folder: Path
    decides: str
    inputs: list[PartInput]
    content: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its name; equal names are equal rows."""
        return self.folder.name

    @cached_property
    def begins(self) -> Any:
        """For every input, and after the last, the row of each table where it begins: an array of inputs by tables."""
        counts = np.zeros((len(self.inputs) + 1, len(PART_TABLES)), np.int64)
        counts[1:] = [found.counts for found in self.inputs]
        return counts.cumsum(axis=0)

    def count(self, table: str) -> int:
        """Its rows of one table."""
        return int(self.begins[-1, PART_TABLES.index(table)])


def write_part(folder: Path, shard: Shard, decides: str, rows: dict[str, list[dict[str, Any]]], inputs: list[PartInput], facts: dict[str, Any]) -> None:
    """Write the files of a part into a folder beside its place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    keep(shape({name: write_rows(folder / f"{name}.parquet", name, rows[name]) for name in PART_TABLES}), folder)
    seal(folder, shard.id, decides, inputs, facts)


def seal(folder: Path, id: str, decides: str, inputs: Iterable[PartInput], facts: dict[str, Any]) -> None:
    """Write ``shard.json`` for the files of a part; it comes last."""
    files = {}
    content = hashlib.sha256()
    for name in PART_TABLES:
        data = (folder / f"{name}.parquet").read_bytes()
        files[name] = len(data)
        content.update(hashlib.sha256(data).digest())
    about = {"id": id, "decides": decides, "content": content.hexdigest(), "files": files, "facts": facts,
             "inputs": [[found.key, list(found.counts), found.retry] for found in inputs]}
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=True), "utf-8")


def beside(parts: Path, id: str) -> Path:
    """A folder beside the place of a part, where it can be written."""
    return parts / f".{id}.{os.getpid()}"


def settle(folder: Path, parts: Path, id: str) -> Part:
    """Rename a finished part into its place.

    The name of the place ends with a digest of the rows: an input that failed and is tried again gives another part, or just the one that is there.

    Raises
    ------
    OSError
        If that is not possible.
    """
    part = load(folder)
    if part is None:
        raise OSError(errno.EIO, "a part that was just written cannot be read", str(folder))
    part.folder = parts / f"{id}-{part.content[:12]}"
    if part.folder.exists():
        shutil.rmtree(folder)
    else:
        folder.rename(part.folder)
    return part


def load(folder: Path) -> Part | None:
    """The part in a folder; None if it is not whole."""
    try:
        about = json.loads((folder / ABOUT).read_bytes())
        if any((folder / f"{name}.parquet").stat().st_size != about["files"][name] for name in PART_TABLES):
            return None
        inputs = [PartInput(key, tuple(counts), retry) for key, counts, retry in about["inputs"]]
        return Part(folder, about["decides"], inputs, about["content"], about["facts"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_all(parts: Path, sweep: bool = False) -> list[Part]:
    """All whole parts, in the order of their ids.

    Parameters
    ----------
    parts
        The folder of the parts.
    sweep
        Remove what is not whole, and what a run that was killed left beside.
    """
    found = []
    for folder in sorted(parts.iterdir()) if parts.is_dir() else ():
        part = None if folder.name.startswith(".") else load(folder)
        if part:
            found.append(part)
        elif sweep:
            shutil.rmtree(folder, ignore_errors=True)
    return found


def repack(part: Part, keep: list[int], parts: Path, id: str) -> Part:
    """A new part of some inputs of a part; nothing is mined again."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = beside(parts, id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for index, name in enumerate(PART_TABLES):
        table = pq.read_table(part.folder / f"{name}.parquet")
        kept = [table.slice(int(part.begins[at, index]), part.inputs[at].counts[index]) for at in keep]
        pq.write_table(pa.concat_tables(kept) if kept else table.slice(0, 0), folder / f"{name}.parquet", compression="zstd")
    seal(folder, id, part.decides, [part.inputs[at] for at in keep], {"finished": time.time(), "repacked": True})
    return settle(folder, parts, id)
