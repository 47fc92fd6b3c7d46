"""A table as CSV: UTF-8 with byte order mark, so that Excel reads the characters."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from miner.schema import TABLES, Column
from miner.store.cells import guarded, heading, plain

_BATCH = 1_000  # rows in memory at once


def write_csv(file: Path, name: str, rows: Iterable[dict[str, Any]], language: str | None = None, header: bool = True) -> None:
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
    header
        Whether byte order mark and headings come first; without them the file is a piece of a table.
    """
    columns, waiting = TABLES[name].columns, iter(rows)
    with file.open("w", encoding="utf-8-sig" if header else "utf-8", newline="", errors="replace") as out:
        writer = csv.writer(out)
        if header:
            writer.writerow([heading(column, language) for column in columns])
        while some := list(islice(waiting, _BATCH)):
            writer.writerows(zip(*(_cells(column, [row[column.name] for row in some], language) for column in columns), strict=True))


def _cells(column: Column, values: list[Any], language: str | None) -> list[str]:
    if column.type == "string" and not language:
        return ["" if value is None else guarded(value) for value in values]
    return ["" if value is None else plain(column, value, language) for value in values]
