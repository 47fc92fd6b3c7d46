"""Counts → CSV, JSON, Parquet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import IO, Any

from miner.counts.model import Counts
from miner.store.cells import guarded

_INTEGERS = frozenset({"events", "records", "approximate", "reported"})
_FLOATS = frozenset({"value", "high"})


def write_csv(counts: Counts, file: IO[str]) -> None:
    """The rows as CSV; no cell can act as a formula."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(counts.columns)
    for row in counts.rows:
        writer.writerow([_plain(row[name]) for name in counts.columns])


def _plain(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return guarded(cell) if isinstance(cell, str) else cell


def write_json(counts: Counts) -> dict[str, Any]:
    """Everything as one object of JSON."""
    return {"columns": list(counts.columns), "rows": counts.rows, "left_out": counts.left_out, "notes": counts.notes,
            "explained": [vars(left) for left in counts.explained], "near_matches": [vars(pair) for pair in counts.near_matches]}


def write_parquet(counts: Counts, file: Path) -> None:
    """The rows as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {name: pa.int64() if name in _INTEGERS else pa.float64() if name in _FLOATS else pa.string() for name in counts.columns}
    table = pa.table({name: pa.array([row[name] for row in counts.rows], types[name]) for name in counts.columns})
    pq.write_table(table, file, compression="zstd")
