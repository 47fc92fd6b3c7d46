"""Rows ↔ Parquet, with the types of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from miner.schema import TABLES, Table

_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
          "strings": pa.list_(pa.string()), "integers": pa.list_(pa.int64())}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([pa.field(column.name, _TYPES[column.type], nullable=column.name not in table.key) for column in table.columns])


def arrow_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table with the columns of the schema."""
    try:
        return _arrow_table(name, rows)
    except UnicodeEncodeError:
        return _arrow_table(name, _encodable(rows))


def write_rows(file: Path, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write rows as one Parquet file; returns them as they stand in it, with a question mark for every lone surrogate, which has no UTF-8 form."""
    try:
        table = _arrow_table(name, rows)
    except UnicodeEncodeError:
        rows = _encodable(rows)
        table = _arrow_table(name, rows)
    pq.write_table(table, file, compression="zstd")
    return rows


def _arrow_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = arrow_schema(TABLES[name])
    return pa.table({column: pa.array([row[column] for row in rows], schema.field(column).type) for column in schema.names}, schema=schema)


def _encodable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{column: _encodable_cell(value) for column, value in row.items()} for row in rows]


def _encodable_cell(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_encodable_cell(part) for part in value] if isinstance(value, list) else value


def read_rows(file: Path, columns: list[str] | None = None, batch: int = 20_000, given: str | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, or those in which the cell of the column `given` is not null; a batch in memory at a time."""
    for piece in pq.ParquetFile(file).iter_batches(batch, columns=columns):
        yield from (piece.filter(piece[given].is_valid()) if given else piece).to_pylist()
