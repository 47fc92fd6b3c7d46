"""The plan: which inputs an archive holds and how they are cut into shards.

In: a path, an address or a list of paths. Out: inputs in the order of their names, shards of them. Two plans of the same archive are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from miner.reading import Reject
from miner.reading.archives import DistinctNames
from miner.reading.model import Columns, Limits, UnreadableError
from miner.reading.pieces import WHOLE, Piece, pieces
from miner.reading.places import files_below, is_remote, open_place, readable_name, remote_files, remote_stamp, words

CHUNK = 1 << 20
_LAST, _PARTS, _SMALL = 2, 4, 40  # how many shards at the end are cut, into how many each, the last of these once more; smaller ones are not
LIST = "-"
"""The archive that is a list of paths on standard input."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file of the archive, or a piece of one.

    Attributes
    ----------
    name
        Its name below the root of the archive.
    path
        Path or address.
    size
        Bytes of the file.
    digest
        SHA-256 of what it holds (of a remote file: of what its store says about its content).
    fault, hint
        Why it cannot be read, and what could help.
    piece
        Which members of the file.
    """

    name: str
    path: str
    size: int = 0
    digest: str = ""
    fault: str | None = None
    hint: str = ""
    piece: Piece = WHOLE

    @property
    def place(self) -> str:
        """What it is called whatever it holds."""
        return f"{self.name}\t{self.piece.first}" if self.piece.first else self.name

    @property
    def key(self) -> str:
        """What it is called and what it holds: equal keys give equal rows."""
        return f"{self.place}\n{self.digest or self.fault}\n{self.piece.last:d}{','.join(map(str, self.piece.repeated))}"


@dataclass(frozen=True, slots=True)
class Shard:
    """Inputs that are worked together; the id is made of their keys and of what decides rows."""

    id: str
    inputs: tuple[Input, ...]


def list_inputs(archive: Path | str, columns: Columns | None = None, limits: Limits | None = None) -> list[Input]:
    """All inputs of an archive, sorted by name, with their digests; what cannot be opened carries its fault.

    Parameters
    ----------
    archive
        A file, a folder, or the address of a store (``s3://bucket/reports``).
    columns, limits
        Which fields of rows hold text and id; the bounds of reading.

    Raises
    ------
    FileNotFoundError
        If the archive does not exist.
    UnreadableError
        If its store cannot be reached from here.
    """
    if is_remote(archive):
        return _finish(((address, name) for name, address in remote_files(str(archive))), columns, limits)
    top = Path(archive)
    if not top.exists():
        raise FileNotFoundError(f"{top} does not exist")
    return _finish(_named(top, f"{readable_name(top)}/"), columns, limits)


def listed_inputs(paths: Iterable[str], columns: Columns | None = None, limits: Limits | None = None) -> list[Input]:
    """The inputs that a list names, as :func:`list_inputs`: files, folders, addresses; each is called as the list writes it, and counts once."""
    return _finish(_listed(paths), columns, limits)


def _listed(paths: Iterable[str]) -> Iterator[tuple[str | Reject, str]]:
    for path in dict.fromkeys(paths):
        if is_remote(path):
            try:
                yield from ((address, f"{path.rstrip('/')}/{name}" if address != path else path) for name, address in remote_files(path))
            except UnreadableError as error:
                yield error.reject(path), path
            except OSError as error:
                yield Reject(path, "open", words(error) or "it does not exist", "check the address"), path
        elif Path(path).is_dir():
            yield from ((found, f"{readable_name(Path(path))}/{name}") for found, name in _named(Path(path), f"{readable_name(Path(path))}/"))
        else:
            yield path, readable_name(Path(path))


def _named(top: Path, root: str) -> Iterator[tuple[str | Reject, str]]:
    """The files below a folder with their names below it."""
    for found in files_below(top):
        if isinstance(found, Reject):
            yield found, found.source.removeprefix(root)
        else:
            yield str(found), readable_name(found.relative_to(top) if found != top else Path(found.name))


def _finish(found: Iterable[tuple[str | Reject, str]], columns: Columns | None, limits: Limits | None) -> list[Input]:
    """Digests and pieces of the files that were found, under names of their own, in order."""
    inputs: list[Input] = []
    distinct = DistinctNames()
    for place, name in sorted(found, key=lambda pair: (pair[1], str(pair[0]))):
        inputs += _inputs(place, distinct(name), columns or Columns(), limits or Limits())
    return inputs


def _inputs(place: str | Reject, name: str, columns: Columns, limits: Limits) -> list[Input]:
    if isinstance(place, Reject):
        return [Input(name, place.source, fault=place.reason, hint=place.hint)]
    try:
        stamp = remote_stamp(place) if is_remote(place) else None
        with open_place(place) as file:
            size, digest = stamp or _digest(file)
            file.seek(0)
            cut = pieces(file, name, digest, columns, limits)
    except UnreadableError as fault:
        return [Input(name, place, fault=str(fault), hint=fault.hint)]
    except (OSError, ValueError) as fault:
        return [Input(name, place, fault=words(fault), hint="check the file and its permissions")]
    return [Input(name, place, size, piece.digest, piece=piece) for piece in cut] or [Input(name, place, size, digest)]


def _digest(file: object) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):  # type: ignore[attr-defined]
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def make_shards(inputs: Iterable[Input], size: int, decides: str) -> list[Shard]:
    """Cut inputs, in their order, into shards; the last ones are smaller, so that no worker waits long for another.

    Parameters
    ----------
    inputs
        The inputs.
    size
        Reports per shard: a shard ends with the input that reaches it.
    decides
        The fingerprint of what decides rows.
    """
    listed = list(inputs)
    left = sum(found.piece.count for found in listed)
    shards: list[Shard] = []
    members: list[Input] = []
    reports = 0
    for found in listed:
        members.append(found)
        reports += found.piece.count
        if reports >= _most(size, left):
            shards.append(_shard(members, decides))
            left -= reports
            members, reports = [], 0
    return [*shards, _shard(members, decides)] if members else shards


def _most(size: int, left: int) -> int:
    """How many reports the next shard takes of those that are left."""
    if left > _LAST * size or size < _SMALL:
        return size
    part = size // _PARTS
    return part if left > _LAST * part else -(-part // _PARTS)


def _shard(members: list[Input], decides: str) -> Shard:
    return Shard(shard_id(decides, (member.key for member in members)), tuple(members))


def shard_id(decides: str, keys: Iterable[str]) -> str:
    """The id of a shard of inputs with these keys."""
    digest = hashlib.sha256(decides.encode())
    for key in keys:
        digest.update(b"\x00" + key.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:20]


def without(inputs: list[Input], folder: Path) -> list[Input]:
    """The inputs that do not lie below a folder."""
    top = folder.resolve()
    below: dict[Path, bool] = {}

    def lies_below(parent: Path) -> bool:
        if parent not in below:
            below[parent] = parent.resolve().is_relative_to(top)
        return below[parent]

    return [found for found in inputs if is_remote(found.path) or not lies_below(Path(found.path).parent)]
