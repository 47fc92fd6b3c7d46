"""Parts → tables: merged, marked, written beside, and put in the place of the old ones."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from miner.archive.flat import write_flat
from miner.archive.order import Ordered
from miner.archive.parts import PART_TABLES
from miner.archive.registry import registry
from miner.archive.repeats import merge_marked
from miner.schema import TABLES
from miner.store.parquet import arrow_schema, arrow_table

_ABOUT = ".tables.json"
_BODIES = 20_000  # rows of the registry in memory at once


def tables_made(out: Path) -> tuple[str, dict[str, int]] | None:
    """What the tables that are there were made of, and their rows; None if that is not known."""
    try:
        about = json.loads((out / _ABOUT).read_text("utf-8"))
        return (about["made_of"], about["rows"]) if all((out / "tables" / f"{name}.parquet").is_file() for name in TABLES) else None
    except (OSError, ValueError, KeyError):
        return None


def write_tables(out: Path, ordered: Ordered, made_of: str, language: str | None = None, xlsx: bool = True, workers: int = 1,
                 meanwhile: Callable[[Path], None] | None = None) -> dict[str, int]:
    """Write ``out/tables``.

    Parameters
    ----------
    out
        The folder of the results.
    ordered
        The rows of all parts.
    made_of
        What the tables are made of, for :func:`tables_made`.
    language
        ``zh`` or ``en`` for labels in CSV and XLSX.
    xlsx
        Whether ``records.xlsx`` is written.
    workers
        Processes for CSV and XLSX.
    meanwhile
        Called with the folder of the Parquet files, all whole, while CSV and XLSX are written.

    Returns
    -------
    dict
        Rows by table.
    """
    folder, place = out / ".tables", out / "tables"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    rows = merge_marked(ordered, folder)

    def others() -> None:
        for name in PART_TABLES:
            if name not in rows:
                rows[name] = _merge(ordered, folder / f"{name}.parquet", name)
        rows["organisations"] = _write_registry(ordered, folder / "organisations.parquet")
        if meanwhile:
            meanwhile(folder)

    write_flat(folder, language, xlsx, workers, others)
    old = out / ".tables-old"
    (out / _ABOUT).unlink(missing_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    folder.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    about = out / f"{_ABOUT}.{os.getpid()}"
    about.write_text(json.dumps({"made_of": made_of, "rows": rows}), "utf-8")
    about.replace(out / _ABOUT)
    return rows


def _write_registry(ordered: Ordered, file: Path) -> int:
    rows, total = registry(ordered), 0
    with pq.ParquetWriter(file, arrow_schema(TABLES["organisations"]), compression="zstd") as writer:
        while some := list(islice(rows, _BODIES)):
            writer.write_table(arrow_table("organisations", some))
            total += len(some)
    return total


def _merge(ordered: Ordered, file: Path, name: str) -> int:
    total = 0
    with pq.ParquetWriter(file, arrow_schema(TABLES[name]), compression="zstd") as writer:
        for table in ordered.tables(name):
            if table.num_rows:
                writer.write_table(table)
                total += table.num_rows
    return total
