"""A table as CSV: UTF-8 with byte order mark, so that Excel reads the characters."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from miner.schema import TABLES
from miner.store.cells import heading, plain


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
    columns = TABLES[name].columns
    with file.open("w", encoding="utf-8-sig", newline="", errors="replace") as out:
        writer = csv.writer(out)
        writer.writerow([heading(column, language) for column in columns])
        for row in rows:
            writer.writerow([plain(column, row[column.name], language) for column in columns])
