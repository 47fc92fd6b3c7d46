"""``records`` for spreadsheets: CSV and XLSX, written by several processes.

In: ``records.parquet``. Out: ``records.csv`` and ``records.xlsx`` beside it. Each process writes the rows of some row groups; what they wrote is joined
in order, so that the files do not depend on the number of processes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from miner.archive.aside import Aside
from miner.store.cells import BATCH
from miner.store.csvfile import write_csv_tables
from miner.store.xlsx import SheetPart, join_workbook, write_parts

NAME = "records"


def write_flat(folder: Path, language: str | None = None, xlsx: bool = True, aside: Aside | None = None) -> None:
    """Write ``records.csv`` and ``records.xlsx``.

    Parameters
    ----------
    folder
        Where ``records.parquet`` lies.
    language
        ``zh`` or ``en`` for labels instead of column names and codes.
    xlsx
        Whether ``records.xlsx`` is written.
    aside
        The processes that do it; by default this one.
    """
    aside = aside or Aside(0)
    about = pq.read_metadata(folder / f"{NAME}.parquet")
    counts = [about.row_group(group).num_rows for group in range(about.num_row_groups)]
    with TemporaryDirectory(dir=folder, prefix=".flat-") as scratch:
        spans = _spans(len(counts), max(1, min(aside.processes, len(counts))))
        pieces = [aside.do(_write, folder, Path(scratch), span, sum(counts[: span.start]), language, xlsx) for span in spans]
        aside.do(_join, folder, [piece.result() for piece in pieces], language, xlsx).result()


def _join(folder: Path, written: list[tuple[Path, list[SheetPart]]], language: str | None, xlsx: bool) -> None:
    with (folder / f"{NAME}.csv").open("wb") as out:
        for file, _ in written:
            with file.open("rb") as part:
                shutil.copyfileobj(part, out, 1 << 20)
            file.unlink()
    if xlsx:
        join_workbook(folder / f"{NAME}.xlsx", NAME, [part for _, parts in written for part in parts], language)


def _spans(groups: int, workers: int) -> Iterator[range]:
    """Consecutive row groups for each process, about as many for each."""
    edges = [groups * number // workers for number in range(workers + 1)]
    return (range(first, last) for first, last in pairwise(edges))


def _write(folder: Path, scratch: Path, groups: range, first: int, language: str | None, xlsx: bool) -> tuple[Path, list[SheetPart]]:
    """Write the rows of some row groups as a piece of CSV and as pieces of sheets; `first` rows stand before them."""
    file = scratch / f"{groups.start}.csv"
    write_csv_tables(file, NAME, _batches(folder, groups), language, header=not groups.start)
    return file, list(write_parts(scratch, str(groups.start), NAME, _batches(folder, groups), first, language)) if xlsx else []


def _batches(folder: Path, groups: range) -> Iterator[pa.RecordBatch]:
    if groups:
        yield from pq.ParquetFile(folder / f"{NAME}.parquet").iter_batches(BATCH, row_groups=list(groups))
