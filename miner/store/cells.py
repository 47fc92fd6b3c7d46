"""Cells of flat formats: lists joined, codes as labels, and no text that a spreadsheet would run as a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from miner.schema import LABELLED_COLUMNS, Column
from miner.store.parquet import arrow_table

BATCH = 10_000
"""Rows that are written at once."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def heading(column: Column, language: str | None) -> str:
    """A column's heading: its name, or its label where a language is asked for."""
    return column.labels[language] if language else column.name


def cell(column: Column, value: Any, language: str | None) -> Any:
    """The value of a cell: text, number, date or None; codes as labels where a language is asked for."""
    if value is None:
        return None
    if column.type in ("strings", "integers"):
        return "; ".join(str(part) for part in value) if value else None
    if language and column.name in LABELLED_COLUMNS:
        return LABELLED_COLUMNS[column.name].get(value, {}).get(language, value)
    return value


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before ``= + - @``, tab and line breaks (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def plain(column: Column, value: Any, language: str | None) -> str:
    """The cell as CSV text: dates as ISO, whole numbers without a point, text guarded."""
    found = cell(column, value, language)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        return str(int(found))
    if isinstance(found, dt.date):
        return found.isoformat()
    return guarded(found) if isinstance(found, str) else str(found)


def tables(name: str, rows: Iterable[dict[str, Any]]) -> Iterator[pa.Table]:
    """Rows of the table `name` as Arrow tables of :data:`BATCH` rows at most."""
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        yield arrow_table(name, some)


def written(column: Column, values: pa.Array, write: Callable[[Any], str]) -> pa.Array:
    """The cells of a column as text; each different value is written once.

    Parameters
    ----------
    column
        The column.
    values
        Its values; lists come to `write` joined.
    write
        From a value, never None, to its text.

    Returns
    -------
    Array
        Texts, null where there is no value.
    """
    if column.type in ("strings", "integers"):
        listed = pc.binary_join(values.cast(pa.list_(pa.string())), "; ")
        values = pc.if_else(pc.greater(pc.list_value_length(values), 0), listed, pa.scalar(None, pa.string()))
    kinds = values.dictionary_encode()
    return pa.array([write(value) for value in kinds.dictionary.to_pylist()], pa.string()).take(kinds.indices)


def content(texts: pa.Array) -> memoryview:
    """All texts of an array, one after the other, as UTF-8."""
    _, offsets, data = texts.buffers()
    if not len(texts) or data is None:
        return memoryview(b"")
    begins = memoryview(offsets).cast("i")
    return memoryview(data)[begins[texts.offset] : begins[texts.offset + len(texts)]]
