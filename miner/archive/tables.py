"""Parts → tables: merged, marked, written beside, and put in the place of the old ones."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from miner.archive.aside import Aside, Task
from miner.archive.flat import write_flat
from miner.archive.order import Ordered
from miner.archive.parts import PART_TABLES
from miner.archive.registry import write_registry
from miner.archive.repeats import MARKED, merge_marked
from miner.schema import TABLES
from miner.store.parquet import arrow_schema

_ABOUT = ".tables.json"
FEW = 15_000  # sentences: fewer are written sooner than a process starts
Meanwhile = Callable[[Path, Callable[[str], object]], None]


def tables_made(out: Path) -> tuple[str, dict[str, int]] | None:
    """What the tables that are there were made of, and their rows; None if that is not known."""
    try:
        about = json.loads((out / _ABOUT).read_text("utf-8"))
        return (about["made_of"], about["rows"]) if all((out / "tables" / f"{name}.parquet").is_file() for name in TABLES) else None
    except (OSError, ValueError, KeyError):
        return None


def write_tables(out: Path, ordered: Ordered, made_of: str, language: str | None = None, xlsx: bool = True, aside: Aside | None = None,
                 meanwhile: Meanwhile | None = None) -> dict[str, int]:
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
    aside
        Processes that help; by default none.
    meanwhile
        What this process does while others write; it gets the folder of the tables, and a function that waits until the table of a name (``sentences``,
        ``organisations``) is whole.

    Returns
    -------
    dict
        Rows by table.
    """
    folder, place = out / ".tables", out / "tables"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    aside = aside if aside and ordered.count("sentences") >= FEW else Aside(0)
    alone = aside if aside.processes != 1 else Aside(0)  # one process is busy enough with records
    with ThreadPoolExecutor(1) as waiting:
        marked = aside.do(merge_marked, ordered, folder)
        bodies = alone.do(write_registry, ordered, folder / "organisations.parquet")
        others = alone.do(_merge_others, ordered, folder)
        tasks: dict[str, Task[Any]] = {"sentences": marked, "organisations": bodies}

        def flat() -> None:
            marked.result()
            write_flat(folder, language, xlsx, aside)

        written = waiting.submit(flat) if aside.processes else None
        try:
            if not alone.processes:
                bodies.result()
                others.result()
            if not written:
                flat()
            if meanwhile:
                meanwhile(folder, lambda name: tasks[name].result())
            rows = {**marked.result(), **others.result(), "organisations": bodies.result()}
            if written:
                written.result()
        except BaseException:
            aside.stop()  # so that nothing is waited for
            raise
    for left in folder.glob(".*"):  # by a process that was killed
        shutil.rmtree(left, ignore_errors=True)
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


def _merge_others(ordered: Ordered, folder: Path) -> dict[str, int]:
    """Merge the tables in which nothing is marked."""
    return {name: _merge(ordered, folder / f"{name}.parquet", name) for name in PART_TABLES if name not in MARKED}


def _merge(ordered: Ordered, file: Path, name: str) -> int:
    total = 0
    with pq.ParquetWriter(file, arrow_schema(TABLES[name]), compression="zstd") as writer:
        for table in ordered.tables(name):
            if table.num_rows:
                writer.write_table(table)
                total += table.num_rows
    return total
