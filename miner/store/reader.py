"""A store that is read: ``OUT/reports.db``, opened read-only."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any


class StoreError(Exception):
    """The store is missing or cannot be read; the message says what to do."""


class Store:
    """A reader of ``OUT/reports.db``. Safe to share among threads: each thread gets a connection of its own.

    A store that `miner index` has put in place of the old one is noticed at the next question.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def connection(self) -> sqlite3.Connection:
        """The connection of this thread, read-only, rows as :class:`sqlite3.Row`."""
        raise NotImplementedError

    def generation(self) -> str:
        """A text that changes whenever the contents of the store change (for caches)."""
        raise NotImplementedError

    def sizes(self) -> dict[str, int]:
        """The number of rows of every table."""
        raise NotImplementedError

    def report(self, source: str) -> dict[str, list[dict[str, Any]]] | None:
        """The rows of one report by table of the schema (``reports`` has one row), None if there is no such report.

        Values have the types of the schema: dates are :class:`datetime.date`, lists are lists. Rows of ``records`` also have ``organisation_ids`` and ``counted``
        (why the count leaves the row out, see :data:`miner.counts.REASONS`; None if it counts).
        """
        raise NotImplementedError

    def repeats_of(self, source: str) -> list[dict[str, Any]]:
        """Where the archive says sentences of this report as well: rows with sentence, other_source, other_sentence, earlier (bool)."""
        raise NotImplementedError

    def neighbours(self, source: str) -> tuple[str | None, str | None]:
        """The reports before and after in the order of day and name, within the same jurisdiction; None where there is none."""
        raise NotImplementedError

    def organisation(self, organisation_id: str) -> dict[str, Any] | None:
        """The row of ``organisations`` of one body, None if there is none."""
        raise NotImplementedError

    def organisations(self, name: str, limit: int = 20) -> list[dict[str, Any]]:
        """Bodies whose name (or a name used for them) holds `name`, those with most events first."""
        raise NotImplementedError

    def mentions(self, organisation_id: str, limit: int = 20, offset: int = 0) -> list[dict[str, Any]]:
        """Mentions of a body with the sentence that holds each, newest report first."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the connections of all threads."""
        raise NotImplementedError


def open_store(out: str | Path) -> Store:
    """Open the store of a run's folder (or a ``reports.db`` itself) for reading.

    Raises
    ------
    StoreError
        If there is none, or another version of the program made it.
    """
    raise NotImplementedError
