"""Rows of JSON Lines and Parquet files → one source each.

In: an open file whose rows hold a text each. Out: row by row its source text or the reason why there is none; never all rows in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from miner.reading.decoding import decode
from miner.reading.formats import text_kind
from miner.reading.model import Columns, Limits, Reject, Source, UnreadableError, checked_source
from miner.reading.places import words

_BATCH = 64  # rows of a Parquet file decoded at once


def lines(file: IO[bytes], longest: int) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is longer than so many bytes."""
    while line := file.readline(longest + 1):
        if len(line) <= longest or line.endswith(b"\n"):
            yield line
            continue
        while rest := file.readline(2**20):
            if rest.endswith(b"\n"):
                break
        yield None


def json_rows(file: IO[bytes], name: str, first: int, columns: Columns, limits: Limits) -> Iterator[Source | Reject | None]:
    """The rows of a JSON Lines file, from where it stands.

    Parameters
    ----------
    file
        The file, open at the beginning of a line.
    name
        Its name, which stands before the rows' own.
    first
        The number of lines before.
    columns, limits
        Which fields hold text and id; the bounds.

    Yields
    ------
    Source, Reject or None
        One per line, None for an empty line.
    """
    try:
        for number, line in enumerate(lines(file, limits.file_bytes), first + 1):
            yield _json_row(line, f"{name}/{number}", name, columns, limits)
    except (EOFError, OSError, ValueError, RuntimeError) as error:
        yield Reject(name, "archive", f"the file is damaged: {words(error)}", "pack it again")


def _json_row(line: bytes | None, place: str, name: str, columns: Columns, limits: Limits) -> Source | Reject | None:
    if line is None:
        return Reject(place, "decode", f"the line is longer than {limits.file_bytes // 2**20} MB", "split it")
    if not line.strip(b"\xef\xbb\xbf \t\r\n"):
        return None
    try:
        row = json.loads(line.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        return Reject(place, "decode", f"the line is no JSON: {words(error)}", "write one JSON object per line, in UTF-8")
    if not isinstance(row, dict):
        return Reject(place, "decode", "the line is no JSON object", "write one JSON object per line, in UTF-8")
    if columns.text not in row:
        held = ", ".join(list(row)[:10])[:200]
        return Reject(place, "decode", f"the row has no field {columns.text!r}; it has: {held}", "name the field with --text-column")
    return _row(row[columns.text], row.get(columns.id) if columns.id else None, place, name, columns, limits)


def _row(text: Any, key: Any, place: str, name: str, columns: Columns, limits: Limits) -> Source | Reject:
    encoding, replaced = "utf-8", 0
    if columns.id:
        if key is None or str(key).strip() == "":
            return Reject(place, "decode", f"the row has no {columns.id!r}", "every row needs an id of its own")
        place = f"{name}/{key}"
    if isinstance(text, bytes):
        text, encoding, replaced = decode(text)
    if text is None:
        return Reject(place, "decode", "the row holds no text")
    if not isinstance(text, str):
        return Reject(place, "decode", f"{columns.text!r} holds no text but {type(text).__name__}", "name the field with --text-column")
    kind = text_kind(text, "txt")
    try:
        found = checked_source(Source(place, text, kind, "html" if kind == "html" else "txt", encoding, replaced), limits)
    except UnreadableError as error:
        return error.reject(place)
    found.dated = place if columns.id else name  # the number of a row tells no date
    return found


def parquet_rows(file: IO[bytes], name: str, first: int, columns: Columns, limits: Limits) -> Iterator[Source | Reject]:
    """The rows of a Parquet file, from the row with index `first` on (see :func:`json_rows`); bytes pass by, not whole row groups."""
    try:
        table = open_parquet(file, columns)
        wanted = [columns.text, *([columns.id] if columns.id else [])]
        group, begins = 0, 0
        while group < table.num_row_groups and begins + table.metadata.row_group(group).num_rows <= first:
            begins += table.metadata.row_group(group).num_rows
            group += 1
        at = begins
        for batch in table.iter_batches(_BATCH, row_groups=range(group, table.num_row_groups), columns=wanted):
            if at + batch.num_rows > first:
                texts, keys = batch[columns.text], batch[columns.id] if columns.id else None
                for index in range(max(0, first - at), batch.num_rows):
                    yield _row(texts[index].as_py(), keys[index].as_py() if keys else None, f"{name}/{at + index + 1}", name, columns, limits)
            at += batch.num_rows
    except UnreadableError as error:
        yield error.reject(name)
    except (OSError, ValueError) as error:  # Arrow's own errors are of these kinds
        yield Reject(name, "convert", f"the Parquet file is damaged: {words(error)}", "write it again")


def open_parquet(file: IO[bytes], columns: Columns) -> Any:
    """A Parquet file that holds the columns.

    Raises
    ------
    UnreadableError
        If it lacks one of them.
    OSError, ValueError
        If it is damaged.
    """
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file, pre_buffer=False, buffer_size=2**20)
    for option, column in (("--text-column", columns.text), ("--id-column", columns.id)):
        if column and column not in table.schema_arrow.names:
            held = ", ".join(table.schema_arrow.names[:10])[:200]
            raise UnreadableError("convert", f"the file has no column {column!r}; it has: {held}", f"name the column with {option}")
    return table


def keys_of_json(line: bytes | None, column: str) -> str | None:
    """The id that a line of JSON gives, None if it gives none."""
    try:
        row = json.loads(line.decode("utf-8-sig", "surrogatepass")) if line else None
    except (ValueError, RecursionError):
        return None
    key = row.get(column) if isinstance(row, dict) else None
    return None if key is None else str(key)


def keys_of_parquet(table: Any, column: str) -> Iterator[str | None]:
    """The ids of the rows of an open Parquet file."""
    for batch in table.iter_batches(10_000, columns=[column]):
        for key in batch[column].to_pylist():
            yield None if key is None else str(key)


Rows = Callable[[IO[bytes], str, int, Columns, Limits], Iterator[Source | Reject | None]]
