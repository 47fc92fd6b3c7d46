"""A table as CSV: UTF-8 with byte order mark, so that Excel reads the characters."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from miner.schema import TABLES, Column
from miner.store.cells import content, guarded, heading, plain, tables, written

_QUOTED = re.compile(r'[",\r\n]')


def write_csv(file: Path, name: str, rows: Iterable[dict[str, Any]], language: str | None = None) -> None:
    """Write rows of the table `name` as CSV.

    Parameters
    ----------
    file
        Where to write.
    name
        The table's name.
    rows
        Its rows.
    language
        ``zh`` or ``en`` for labels instead of column names and codes.
    """
    write_csv_tables(file, name, tables(name, rows), language)


def write_csv_tables(file: Path, name: str, batches: Iterable[pa.Table | pa.RecordBatch], language: str | None = None, header: bool = True) -> None:
    """Write Arrow tables with the columns of the table `name` as CSV, see :func:`write_csv`; without `header` the file is a piece of a table."""
    columns = TABLES[name].columns
    with file.open("wb") as out:
        if header:
            line = io.StringIO()
            csv.writer(line).writerow([heading(column, language) for column in columns])
            out.write(line.getvalue().encode("utf-8-sig"))
        for batch in batches:
            cells = [_cells(column, batch[column.name], language) for column in columns]
            cells[-1] = pc.binary_join_element_wise(cells[-1], "\r\n", "")
            out.write(content(_whole(pc.binary_join_element_wise(*cells, ","))))


def _whole(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _cells(column: Column, values: pa.Array | pa.ChunkedArray, language: str | None) -> pa.Array:
    if column.type in ("strings", "integers"):
        return written(column, _whole(values), lambda value: _quoted(guarded(value))).fill_null("")
    return written(column, _whole(values), lambda value: _quoted(plain(column, value, language))).fill_null("")


def _quoted(text: str) -> str:
    """The text as a field (RFC 4180)."""
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
