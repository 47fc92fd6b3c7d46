"""The plan: which inputs an archive holds and how they are cut into shards."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20


@dataclass(frozen=True)
class Input:
    """A file of the archive: its name below the root, path, size in bytes, SHA-256; `fault` says why it cannot be read."""

    name: str
    path: str
    size: int = 0
    digest: str = ""
    fault: str | None = None


@dataclass(frozen=True)
class Shard:
    """Inputs that are worked together; the id is made of their names, contents and the settings that decide rows."""

    id: str
    inputs: tuple[Input, ...]


def list_inputs(archive: Path) -> list[Input]:
    """All files of an archive, sorted by name, with their digests; symbolic links to folders are not followed.

    Raises
    ------
    FileNotFoundError
        If the archive does not exist.
    """
    if not archive.exists():
        raise FileNotFoundError(f"{archive} does not exist")
    if archive.is_file():
        return [_input(archive.name, archive)]
    return sorted((_input(path.relative_to(archive).as_posix(), path) for path in _files(archive)), key=lambda found: found.name)


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))


def _input(name: str, path: Path) -> Input:
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        return Input(shown, str(path), path.stat().st_size, digest.hexdigest())
    except OSError as fault:
        return Input(shown, str(path), 0, "", fault.strerror or type(fault).__name__)


def make_shards(inputs: list[Input], size: int, settings: str) -> list[Shard]:
    """Cut inputs, in their order, into shards of `size`."""
    shards = []
    for first in range(0, len(inputs), size):
        members = tuple(inputs[first : first + size])
        key = "\n".join([settings, *(f"{member.name}\t{member.digest}\t{member.fault}" for member in members)])
        shards.append(Shard(hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:20], members))
    return shards
