"""Files that hold many reports (zip, tar, JSON Lines, Parquet) → pieces → members.

In: such a file. Out: how it is cut into pieces, so that a large one is shared among workers and resumed inside; the members of one piece.
Nothing is unpacked to disk, and never all members are in memory.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Any

from miner.reading.archives import BROKEN, tar_count, tar_members, unpack_stream, zip_members
from miner.reading.formats import format_of
from miner.reading.model import Columns, Limits, Reject, Source, UnreadableError
from miner.reading.places import open_place
from miner.reading.rows import json_rows, keys_of_json, keys_of_parquet, lines, open_parquet, parquet_rows

PIECE = 100
"""Members per piece. It is no setting: pieces must stay what they are from run to run, whatever the shards."""
Item = tuple[str, bytes] | Source | Reject
_TAR = 257, 262


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the members of a file.

    Attributes
    ----------
    first, count
        Index of its first member, and how many there are.
    last
        Whether it goes on to the end of the file, whatever is there.
    offset
        The byte where it begins, of JSON Lines.
    digest
        SHA-256 of what it holds; of the whole file where that cannot be told piece by piece.
    file
        SHA-256 of the whole file, "" where nobody asked.
    repeated
        Indices of members whose id an earlier row of the file has already.
    """

    first: int = 0
    count: int = 1
    last: bool = True
    offset: int = 0
    digest: str = ""
    file: str = ""
    repeated: tuple[int, ...] = ()


WHOLE = Piece()


def container_kind(name: str, head: bytes) -> str:
    """``zip``, ``tar``, ``packed-tar``, ``jsonl``, ``packed-jsonl`` or ``parquet`` if a file holds members that can be read one by one; else ""."""
    lower = name.lower()
    if head.startswith(b"PK") and lower.endswith(".zip"):
        return "zip"
    if head[slice(*_TAR)] == b"ustar":
        return "tar"
    if lower.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if head.startswith(b"PAR1"):
        return "parquet"
    if format_of(name, head) == "packed":
        if lower.endswith((".tgz", ".tbz2", ".txz")) or ".tar." in lower:
            return "packed-tar"
        if lower.rsplit(".", 1)[0].endswith((".jsonl", ".ndjson")):
            return "packed-jsonl"
    return ""


def pieces(file: IO[bytes], name: str, digest: str, columns: Columns, limits: Limits, size: int = PIECE) -> list[Piece]:
    """How a file is cut.

    Parameters
    ----------
    file
        The file, open for reading.
    name
        Its name.
    digest
        SHA-256 of its content.
    columns, limits
        Which fields hold text and id; the bounds.
    size
        Members per piece.

    Returns
    -------
    list of Piece
        In order, empty if the file is one report. A file that is damaged is cut as far as it can be read; the last piece meets the damage.
    """
    head = file.read(4096)
    file.seek(0)
    kind = container_kind(name, head)
    if not kind:
        return []
    whole = [replace(WHOLE, digest=digest, file=digest)]
    try:
        if kind.endswith("jsonl"):
            return [replace(piece, file=digest) for piece in _cut_lines(_stream(file, kind), columns, limits, size)] or whole
        repeated: list[int] = []
        if kind == "zip":
            total = len(zipfile.ZipFile(file).infolist())
        elif kind == "parquet":
            table = open_parquet(file, columns)
            total = table.metadata.num_rows
            repeated = _repeated(keys_of_parquet(table, columns.id)) if columns.id else []
        else:
            total = tar_count(_stream(file, kind), limits)
    except (UnreadableError, *BROKEN):
        return whole
    starts = range(0, max(total, 1), size)
    return [replace(_piece(first, min(size, total - first), first + size >= total, 0, digest, repeated), file=digest) for first in starts]


def _piece(first: int, count: int, last: bool, offset: int, digest: str, repeated: list[int]) -> Piece:
    return Piece(first, max(count, 1), last, offset, digest, "", tuple(index for index in repeated if first <= index < first + count))


def _cut_lines(file: IO[bytes], columns: Columns, limits: Limits, size: int) -> list[Piece]:
    """Pieces of so many lines, with a digest for each, so that a file that grows is mined from the last piece on."""
    cut: list[tuple[int, int, int, str]] = []
    keys: list[str | None] = []
    offset = number = begins = 0
    digest = hashlib.sha256()
    try:
        for line in lines(file, limits.file_bytes):
            if number and number % size == 0:
                cut.append((number - size, size, begins, digest.hexdigest()))
                begins, digest = offset, hashlib.sha256()
            offset = file.tell()
            digest.update(line or b"\x00")
            number += 1
            if columns.id:
                keys.append(keys_of_json(line, columns.id))
    except BROKEN:
        pass
    if not number:
        return []
    first = len(cut) * size
    cut.append((first, number - first, begins, digest.hexdigest()))
    repeated = _repeated(keys)
    return [_piece(first, count, place == len(cut) - 1, start, told, repeated) for place, (first, count, start, told) in enumerate(cut)]


def _repeated(keys: Any) -> list[int]:
    """Indices of the keys that stood before; of each key eight bytes are kept."""
    import numpy as np

    found = np.fromiter((int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1 if key else -index - 1
                         for index, key in enumerate(keys)), "<i8")  # fmt: skip
    _, first = np.unique(found, return_index=True)
    again = np.ones(len(found), bool)
    again[first] = False
    return np.flatnonzero(again).tolist()


class _Cursor:
    """A file that is being read as a stream and was left in the middle: the next piece goes on from there instead of from the beginning."""

    def __init__(self) -> None:
        self.key: Any = None
        self.at = 0
        self.file: IO[bytes] | None = None
        self.items: Iterator[Any] = iter(())

    def stretch(self, key: Any, first: int, place: str, begin: Callable[[IO[bytes], int], tuple[int, Iterator[Any]]]) -> Iterator[Any]:
        """The items of a file from `first` on."""
        if key != self.key or self.at > first:
            self.close()
            self.file = open_place(place)
            self.key = key
            self.at, self.items = begin(self.file, first)
        for item in self.items:
            self.at += 1
            if self.at > first:
                yield item

    def close(self) -> None:
        if self.file:
            self.items = iter(())
            self.file.close()
        self.key = self.file = None


_CURSOR = _Cursor()


def members(place: str, name: str, kind: str, piece: Piece, columns: Columns, limits: Limits) -> Iterator[Item]:
    """The members of one piece of a file that :func:`container_kind` knows.

    Parameters
    ----------
    place
        Path or address of the file.
    name
        Its name, which stands before the members' names.
    kind
        What :func:`container_kind` said.
    piece
        The piece.
    columns, limits
        Which fields hold text and id; the bounds.

    Yields
    ------
    (name, bytes), Source or Reject
        In order. A row whose id an earlier row has is a reject.
    """
    if kind in ("zip", "jsonl"):
        with open_place(place) as file:
            if kind == "zip":
                yield from zip_members(file, name, limits, piece.first, None if piece.last else piece.count)
                return
            file.seek(piece.offset)
            yield from _bounded(json_rows(file, name, piece.first, columns, limits), name, piece)
        return

    def begin(file: IO[bytes], first: int) -> tuple[int, Iterator[Any]]:
        if kind == "parquet":
            return first, parquet_rows(file, name, first, columns, limits)
        return 0, stream(file, name, kind, columns, limits)

    if not piece.file:
        with open_place(place) as file:
            yield from _bounded(begin(file, 0)[1], name, piece)
        return
    yield from _bounded(_CURSOR.stretch((place, name, piece.file, columns, limits), piece.first, place, begin), name, piece)


def _bounded(items: Iterator[Any], name: str, piece: Piece) -> Iterator[Item]:
    for index, item in enumerate(items if piece.last else islice(items, piece.count), piece.first):
        if item is None:
            continue
        if index in piece.repeated and isinstance(item, Source):
            key = item.name[len(name) + 1 :]
            yield Reject(f"{name}/{index + 1}", "decode", f"an earlier row has the same id as this one: {key}", "every row needs an id of its own")
            continue
        yield item


def stream(file: IO[bytes], name: str, kind: str, columns: Columns, limits: Limits) -> Iterator[Any]:
    """All members of an open file, in order; None for an empty line."""
    if kind == "zip":
        return zip_members(file, name, limits)
    if kind == "parquet":
        return parquet_rows(file, name, 0, columns, limits)
    if kind.endswith("jsonl"):
        return json_rows(_stream(file, kind), name, 0, columns, limits)
    return tar_members(_stream(file, kind), name, limits)


def _stream(file: IO[bytes], kind: str) -> IO[bytes]:
    if not kind.startswith("packed"):
        return file
    head = file.read(8)
    file.seek(0)
    return unpack_stream(file, head)
