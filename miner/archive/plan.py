"""The plan: which inputs an archive holds and how they are cut into shards."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from miner.reading import Reject
from miner.reading.archives import DistinctNames
from miner.reading.read import files_below, readable_name

CHUNK = 1 << 20


@dataclass(frozen=True)
class Input:
    """A file of the archive: its name below the root, path, size in bytes, SHA-256; `fault` says why it cannot be read, `hint` what could help."""

    name: str
    path: str
    size: int = 0
    digest: str = ""
    fault: str | None = None
    hint: str = ""


@dataclass(frozen=True)
class Shard:
    """Inputs that are worked together; the id is made of their names, contents and the settings that decide rows."""

    id: str
    inputs: tuple[Input, ...]


def list_inputs(archive: Path) -> list[Input]:
    """All files of an archive, sorted by name, with their digests; what cannot be opened carries its fault.

    Raises
    ------
    FileNotFoundError
        If the archive does not exist.
    """
    if not archive.exists():
        raise FileNotFoundError(f"{archive} does not exist")
    inputs = sorted((_input(archive, found) for found in files_below(archive)), key=lambda found: (found.name, found.path))
    distinct = DistinctNames()
    return [replace(found, name=distinct(found.name)) for found in inputs]


def _input(archive: Path, found: Path | Reject) -> Input:
    if isinstance(found, Reject):
        below = found.source.removeprefix(f"{readable_name(archive)}/")
        return Input(below, found.source, fault=found.reason, hint=found.hint)
    name = readable_name(found.relative_to(archive) if found != archive else Path(found.name))
    try:
        if not stat.S_ISREG(found.stat().st_mode):
            return Input(name, str(found), fault="no regular file")
        digest = hashlib.sha256()
        with found.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        return Input(name, str(found), found.stat().st_size, digest.hexdigest())
    except OSError as fault:
        return Input(name, str(found), fault=fault.strerror or type(fault).__name__, hint="check the file and its permissions")


def make_shards(inputs: list[Input], size: int, settings: str) -> list[Shard]:
    """Cut inputs, in their order, into shards of `size`."""
    shards = []
    for first in range(0, len(inputs), size):
        members = tuple(inputs[first : first + size])
        key = "\n".join([settings, *(f"{member.name}\t{member.digest}\t{member.fault}" for member in members)])
        shards.append(Shard(hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:20], members))
    return shards
