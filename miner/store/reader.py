"""A store that is read: ``OUT/reports.db``, opened read-only."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from miner.schema import TABLES
from miner.store.database import FILE, digest
from miner.store.folding import fold
from miner.store.labels import use_labels

_BY_TYPE: dict[str, Callable[[Any], Any]] = {"date": dt.date.fromisoformat, "strings": json.loads, "integers": json.loads, "boolean": bool}
_READ = {column.name: _BY_TYPE[column.type] for table in TABLES.values() for column in table.columns if column.type in _BY_TYPE}
_WAL_AT = 18  # offset of the file format number in SQLite's header; 2 says that a write-ahead log is used (sqlite.org/fileformat.html)
Row = dict[str, Any]


class StoreError(Exception):
    """The store is missing or cannot be read; the message says what to do."""


class Store:
    """A reader of ``OUT/reports.db``. Safe to share among threads: each thread gets a connection of its own.

    A store that `miner index` has put in place of the old one is noticed at the next question.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.connection()

    def connection(self) -> sqlite3.Connection:
        """The connection of this thread, read-only, rows as :class:`sqlite3.Row`."""
        db = getattr(self._local, "db", None)
        if db is not None and db.in_transaction:  # everything that is read within it belongs to one state of the store
            return db
        try:
            state = self.file.stat()
        except OSError as fault:
            raise StoreError(f"{self.file}: {fault.strerror}; make it with `miner run` or `miner index`") from None
        file = (state.st_dev, state.st_ino)
        if getattr(self._local, "file", None) != file:
            self._close_own()
            db = _connect(self.file)
            self._local.db, self._local.file = db, file
            with self._lock:
                self._all.append(db)
        return self._local.db

    def generation(self) -> str:
        """A text that changes whenever the contents of the store change (for caches)."""
        (number,) = self.connection().execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return f"{self._local.file[1]}-{number}"

    def settled(self) -> bool:
        """False while a run is under way: what it added is not yet compared with the rest."""
        return bool(self.connection().execute("SELECT value FROM meta WHERE key = 'settled'").fetchone()[0])

    def unsettled(self) -> int:
        """How many reports came since the last run ended."""
        query = "SELECT count(*) FROM reports WHERE id >= (SELECT value FROM meta WHERE key = 'settled_below')"
        return self.connection().execute(query).fetchone()[0]

    def sizes(self) -> dict[str, int]:
        """The number of rows of every table."""
        return {name: self.connection().execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}

    def report(self, source: str) -> dict[str, list[Row]] | None:
        """The rows of one report by table of the schema (``reports`` has one row), None if there is no such report.

        Values have the types of the schema: dates are :class:`datetime.date`, lists are lists. Rows of ``records`` also have ``organisation_ids`` and
        ``left_out`` (why the count leaves the row out, see :data:`miner.counts.REASONS`; None if it counts).
        """
        db = self.connection()
        found = db.execute("SELECT id FROM reports WHERE source = ?", (source,)).fetchone()
        if not found:
            return None
        rows: dict[str, list[Row]] = {}
        for name, table in TABLES.items():
            if len(table.key) == 2 and name != "records":
                query = f'SELECT * FROM v_{name} WHERE source = ? ORDER BY "{table.key[1]}"'
                rows[name] = [typed(row) for row in db.execute(query, (source,))]
        rows["reports"] = [typed(row) for row in db.execute("SELECT * FROM v_reports WHERE source = ?", (source,))]
        rows["records"] = self.records("t.report_id = ?", (found["id"],))
        return rows

    def records(self, condition: str, values: tuple[Any, ...]) -> list[Row]:
        """Rows of ``records`` with ``record_id``, ``organisation_ids`` and ``left_out``; the condition is SQL on the table ``records t``."""
        names = ", ".join(f'v."{name}"' for name in TABLES["records"].names)
        query = f"""SELECT {names}, t.id AS record_id, t.sentence_id, c.reason AS left_out,
            (SELECT json_group_array(organisation_id) FROM (SELECT organisation_id FROM actors WHERE record_id = t.id ORDER BY place)) AS organisation_ids
            FROM records t JOIN reports p ON p.id = t.report_id JOIN v_records v ON v.source = p.source AND v.record = t.record
            LEFT JOIN counting c ON c.record_id = t.id WHERE {condition} ORDER BY t.report_id, t.record"""
        return [typed(row) | {"organisation_ids": json.loads(row["organisation_ids"])} for row in self.connection().execute(query, values)]

    def repeats_of(self, source: str) -> list[Row]:
        """Where the archive says sentences of this report as well: rows with sentence, other_source, other_sentence, earlier (bool)."""
        query = """SELECT s.sentence, q.source AS other_source, t.sentence AS other_sentence, s.repeat_of_source IS q.source AS earlier
            FROM reports p JOIN sentences s ON s.report_id = p.id JOIN sentences t ON t.sentence_key = s.sentence_key AND t.report_id <> s.report_id
            JOIN reports q ON q.id = t.report_id WHERE p.source = ? AND s.sentence_key IS NOT NULL ORDER BY s.sentence, q.source, t.sentence LIMIT 1000"""
        return [dict(row) | {"earlier": bool(row["earlier"])} for row in self.connection().execute(query, (source,))]

    def neighbours(self, source: str) -> tuple[str | None, str | None]:
        """The reports before and after in the order of day and name, within the same jurisdiction; None where there is none."""
        db = self.connection()
        found = db.execute("SELECT jurisdiction, coalesce(published, '') AS day FROM reports WHERE source = ?", (source,)).fetchone()
        if not found:
            return None, None
        sides = []
        for sign, order in (("<", "DESC"), (">", "ASC")):
            query = f"""SELECT source FROM reports WHERE jurisdiction IS ? AND (coalesce(published, ''), source) {sign} (?, ?)
                ORDER BY coalesce(published, '') {order}, source {order} LIMIT 1"""
            row = db.execute(query, (found["jurisdiction"], found["day"], source)).fetchone()
            sides.append(row["source"] if row else None)
        return sides[0], sides[1]

    def organisation(self, organisation_id: str) -> Row | None:
        """The row of ``organisations`` of one body, None if there is none."""
        row = self.connection().execute("SELECT * FROM v_organisations WHERE organisation_id = ?", (organisation_id,)).fetchone()
        return typed(row) if row else None

    def organisations(self, name: str, limit: int = 20) -> list[Row]:
        """Bodies whose name (or a name used for them) holds `name`, those with most events first; script, width and letter case do not matter."""
        names = ", ".join(TABLES["organisations"].names)
        query = f"SELECT {names} FROM organisations WHERE instr(folded, ?) ORDER BY events DESC, name, organisation_id LIMIT ?"
        wanted = fold(name)
        return [typed(row) for row in self.connection().execute(query, (wanted, limit))]

    def mentions(self, organisation_id: str, limit: int = 20, offset: int = 0) -> list[Row]:
        """Mentions of a body (columns of ``organisation_mentions``) with ``sentence``, ``sentence_text``, ``title``, ``published``; newest report first."""
        query = """SELECT p.source, m.*, p.title, p.published, s.sentence, s.text AS sentence_text
            FROM organisation_mentions m JOIN reports p ON p.id = m.report_id
            LEFT JOIN sentences s ON s.report_id = m.report_id AND s.start <= m.start AND m.start < s."end"
            WHERE m.organisation_id = ? ORDER BY p.first_sentence, m.mention LIMIT ? OFFSET ?"""
        return [typed(row) for row in self.connection().execute(query, (organisation_id, limit, offset))]

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for db in self._all:
                db.close()
            self._all.clear()
        self._local = threading.local()

    def _close_own(self) -> None:
        db = getattr(self._local, "db", None)
        if db is not None:
            with self._lock:
                self._all.remove(db)
            db.close()
            self._local.db = self._local.file = None


def open_store(out: str | Path) -> Store:
    """Open the store of a run's folder (or a ``reports.db`` itself) for reading.

    Raises
    ------
    StoreError
        If there is none, or another version of the program made it.
    """
    file = Path(out)
    if file.is_dir():
        file = file / FILE
    if not file.is_file():
        raise StoreError(f"{file} does not exist; make it with `miner run ARCHIVE --out {out}` or, where the parts are there, `miner index {out}`")
    use_labels(file.parent)
    return Store(file)


def typed(row: sqlite3.Row) -> Row:
    """A row of the store with the types of the schema; names that the schema does not know stay as they are."""
    cells = dict(zip(row.keys(), row, strict=True))
    for name in cells.keys() & _READ.keys():
        if cells[name] is not None:
            cells[name] = _READ[name](cells[name])
    return cells


def _connect(file: Path) -> sqlite3.Connection:
    """A read-only connection; of a store whose log cannot be written to (a read-only medium) the file as it is."""
    address = f"file:{quote(str(file.resolve()))}?mode=ro"
    if _has_log(file) and not os.access(file.parent, os.W_OK):
        log = file.with_name(file.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise StoreError(f"{file}: a run was writing it when it was copied, and the folder cannot be written; run `miner index` where it can")
        address += "&immutable=1"
    try:
        db = sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False, isolation_level=None)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA mmap_size = 2147418112")
        found = db.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
    except sqlite3.DatabaseError as fault:
        raise StoreError(f"{file}: {fault}; make it anew with `miner index {file.parent}`") from None
    if found is None or found[0] != digest():
        db.close()
        raise StoreError(f"{file} was made by another version of this program; make it anew with `miner index {file.parent}`")
    return db


def _has_log(file: Path) -> bool:
    with file.open("rb") as opened:
        header = opened.read(_WAL_AT + 2)
    return len(header) == _WAL_AT + 2 and header[_WAL_AT] == 2
