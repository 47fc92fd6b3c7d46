"""Files and folders → sources and rejects.

In: a path. Out: for every input below it either its source text or the reason why there is none; nothing vanishes, nothing raises.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

from miner.reading.archives import DistinctNames, unpack
from miner.reading.decoding import decode
from miner.reading.documents import read_docx, read_image, read_pdf, read_workbook
from miner.reading.formats import format_of, text_kind, unread
from miner.reading.mail import read_mail
from miner.reading.metadata import page_metadata
from miner.reading.model import Columns, Limits, Reject, Source, UnreadableError, checked_source
from miner.reading.pieces import WHOLE, Item, Piece, container_kind, members, stream
from miner.reading.places import files_below, length, open_place, readable_name, words

LIMITS, COLUMNS = Limits(), Columns()
Packed = tuple[str, bytes, int]
_READERS = {"docx": read_docx, "xlsx": read_workbook, "pdf": read_pdf, "image": read_image}


def read(path: str | os.PathLike[str], name: str | None = None, limits: Limits = LIMITS, columns: Columns = COLUMNS) -> Iterator[Source | Reject]:
    """Read a file, an archive, or every file below a folder.

    Parameters
    ----------
    path
        The file or folder.
    name
        What the source is called; the path as given if None. Files of a folder are called by their path below it.
    limits
        The bounds on size and nesting.
    columns
        Which fields of JSON Lines and Parquet files hold text and id.

    Yields
    ------
    Source or Reject
        One per report, in the order of the names; at least one per file.
    """
    top = Path(path)
    for file in files_below(top):
        if isinstance(file, Reject):
            yield file
            continue
        below = readable_name(file.relative_to(top)) if file != top else ""
        called = below if name is None and below else "/".join(part for part in (name or readable_name(top), below) if part)
        yield from read_file(file, called, limits, columns)


def read_file(place: str | os.PathLike[str], name: str, limits: Limits = LIMITS, columns: Columns = COLUMNS) -> Iterator[Source | Reject]:
    """Read one file, whatever it is (see :func:`read`); files that hold many reports are read as streams."""
    for item in file_items(place, name, limits, columns):
        if isinstance(item, tuple):
            yield from read_bytes(item[1], item[0], limits, item[2], columns)
        else:
            yield item


def file_items(place: str | os.PathLike[str], name: str, limits: Limits, columns: Columns, piece: Piece = WHOLE) -> Iterator[Source | Reject | Packed]:
    """What stands in a file before anything is converted: of a file that holds many reports its members, else the file itself.

    Parameters
    ----------
    place
        Path or address of the file.
    name
        What it is called.
    limits, columns
        The bounds; which fields of rows hold text and id.
    piece
        The piece of the file that is wanted.

    Yields
    ------
    Source, Reject or (name, bytes, depth)
        Rows are sources already; bytes are for :func:`read_bytes`.
    """
    try:
        with open_place(place) as file:
            head = file.read(4096)
            kind = container_kind(name, head)
            if not kind:
                if length(file) > limits.file_bytes:
                    yield Reject(name, "open", f"larger than {limits.file_bytes // 2**20} MB", "split it, or raise the limit")
                    return
                file.seek(0)
                data = file.read(limits.file_bytes + 1)
        if kind:
            yield from _with_depth(members(str(place), name, kind, piece, columns, limits), name, kind, 1, piece)
            return
    except UnreadableError as error:
        yield error.reject(name)
        return
    except (OSError, ValueError) as error:
        yield Reject(name, "open", words(error), _hint(error))
        return
    yield name, data, 0


def _with_depth(items: Iterator[Item], name: str, kind: str, depth: int, piece: Piece = WHOLE) -> Iterator[Source | Reject | Packed]:
    empty = True
    for item in items:
        empty = False
        yield (item[0], item[1], depth) if isinstance(item, tuple) else item
    if empty and piece.last and not piece.first:
        yield Reject(name, "archive", "the file holds no rows" if kind.endswith(("jsonl", "parquet")) else "the archive holds no files")


def _nested(data: bytes, kind: str, name: str, limits: Limits, depth: int, columns: Columns) -> Iterator[Source | Reject]:
    if depth > limits.depth:
        yield Reject(name, "archive", f"archives nested deeper than {limits.depth}", "unpack it")
        return
    found = (item for item in stream(io.BytesIO(data), name, kind, columns, limits) if item is not None)
    for item in _with_depth(found, name, kind, depth):
        if isinstance(item, tuple):
            yield from read_bytes(item[1], item[0], limits, depth, columns)
        else:
            yield item


def read_bytes(data: bytes, name: str, limits: Limits = LIMITS, depth: int = 0, columns: Columns = COLUMNS) -> Iterator[Source | Reject]:
    """Read the bytes of one file or archive member.

    Parameters
    ----------
    data
        The bytes.
    name
        What the source is called; its suffix helps where the bytes do not say what they are.
    limits
        The bounds.
    depth
        How many archives are around it.
    columns
        Which fields of rows hold text and id.

    Yields
    ------
    Source or Reject
        At least one.
    """
    try:
        yield from _read_bytes(data, name, limits, depth, columns)
    except UnreadableError as error:
        yield error.reject(name)
    except RecursionError:
        yield Reject(name, "convert", "nested too deeply")
    except MemoryError:
        yield Reject(name, "convert", "not enough memory", "split the file")
    except Exception as error:
        yield Reject(name, "convert", f"the file is damaged: {words(error)}", "open and save it again")


def _read_bytes(data: bytes, name: str, limits: Limits, depth: int, columns: Columns) -> Iterator[Source | Reject]:
    if not data:
        raise UnreadableError("decode", "the file is empty")
    form = format_of(name, data)
    kind = container_kind(name, data) or (form if form in ("zip", "tar") else "")
    if kind:
        yield from _nested(data, kind, name, limits, depth + 1, columns)
        return
    if form == "packed":
        if depth >= limits.depth:
            raise UnreadableError("archive", f"archives nested deeper than {limits.depth}", "unpack it")
        inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".bz2", ".xz")) else name
        yield from read_bytes(unpack(data, limits), f"{name}/{inner.rsplit('/', 1)[-1]}", limits, depth + 1, columns)
        return
    if form == "eml":
        yield from _mail(data, name, limits, depth, columns)
        return
    if form in _READERS:
        text, metadata = _READERS[form](data, limits)
        yield _source(name, text, "text", form, None, 0, metadata, limits)
        return
    if form not in ("txt", "md", "html"):
        what, hint = unread(form)
        raise UnreadableError("convert", f"{what} cannot be read", hint)
    text, encoding, replaced = decode(data)
    kind = text_kind(text, form)
    yield _source(name, text, kind, "html" if kind == "html" else form, encoding, replaced, page_metadata(text) if kind == "html" else {}, limits)


def _mail(data: bytes, name: str, limits: Limits, depth: int, columns: Columns) -> Iterator[Source | Reject]:
    text, kind, encoding, replaced, metadata, attachments = read_mail(data)
    if text:
        yield _source(name, text, kind, "eml", encoding, replaced, metadata, limits)
    if attachments and depth >= limits.depth:
        yield Reject(name, "archive", f"attachments nested deeper than {limits.depth}")
        return
    distinct = DistinctNames()
    for attached, content in attachments:
        yield from read_bytes(content, distinct(f"{name}/{attached}"), limits, depth + 1, columns)


def _source(name: str, text: str, kind: str, form: str, encoding: str | None, replaced: int, metadata: dict[str, str], limits: Limits) -> Source:
    return checked_source(Source(name, text, kind, form, encoding, replaced, metadata), limits)


def _hint(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return "check the permissions"
    return "check the path" if isinstance(error, FileNotFoundError) else ""
