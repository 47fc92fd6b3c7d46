"""The writer of ``reports.db``: one transaction per shard, so that a reader sees a shard whole or not at all.

In: the folders of finished parts. Out: the store. While it is written it keeps a write-ahead log beside it, so that readers never wait; closed, it is one
file again, which can be copied and read from media that cannot be written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from miner.schema import TABLES
from miner.store.database import SEARCH_INDEXES, digest, statements
from miner.store.folding import fold, tokens
from miner.store.parquet import read_rows
from miner.store.shaping import ACTORS, FACTS, NUMBERED, column_names, leave, shape, table_columns, take

_WAIT = 120.0  # seconds that a second writer waits for the first
_MUCH = 0.2  # share of new sentences from which indexes are made anew
_BODIES = 20_000  # rows of the registry in memory at once
_LOG = 5_000  # pages of the log (40 MB) that are folded into the file at once
_HASHED = 1 << 25  # bytes of new words that are sorted at once
_TERMS = frozenset(FACTS[3:9])
# Columns that are counted on from what the store holds.
_COUNTED = {(table, "report_id"): "report" for table in NUMBERED} | {
    ("reports", "id"): "report", ("reports", "shard_id"): "shard", ("reports", "first_sentence"): "sentence", ("rejects", "shard_id"): "shard",
    ("sentences", "id"): "sentence", ("records", "id"): "record", ("records", "sentence_id"): "sentence", ("actors", "record_id"): "record",
    ("facts", "sentence_id"): "sentence", ("facts", "record_id"): "record"}


class Writer:
    """Writes a store; a context manager.

    Parameters
    ----------
    file
        The store; it is made where there is none, and made anew where its layout is another.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        if file.exists() and not _fits(file):
            remove_store(file)
        self.db = _open(file)
        self._held, self._added, self._freed = self.db.execute("SELECT count(*) FROM sentences").fetchone()[0], 0, False

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Fold the log into the file, so that the store is one file, and let go of it. Where somebody reads it just now the log stays."""
        try:
            self.db.execute("PRAGMA busy_timeout = 0")
            self.db.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            pass
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of what is done within, or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
            self.db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def shards(self) -> set[str]:
        """The names of the shards that the store holds whole."""
        return {name for (name,) in self.db.execute("SELECT name FROM shards WHERE whole")}

    def add(self, part: Path) -> None:
        """Take in the folder of a part, unless the store holds it; its reports take the place of reports of the same name."""
        if part.name not in self.shards():
            shaped = take(part) or shape({name: list(read_rows(part / f"{name}.parquet")) for name in TABLES if name != "organisations"})
            with self._attached(shaped), self.transaction() as db:
                self._remove_shard(part.name)
                self._free_indexes(self._count("part.sentences"))
                shard = db.execute("INSERT INTO shards (name, whole) VALUES (?, 1)", (part.name,)).lastrowid
                self._remove_sources([name for (name,) in db.execute("SELECT source FROM part.reports UNION ALL SELECT source FROM part.rejects").fetchall()])
                self._insert(shard or 0)
                db.execute("UPDATE meta SET value = 0 WHERE key = 'settled'")
        leave(part)

    @contextmanager
    def _attached(self, shaped: bytes) -> Iterator[None]:
        """A shaped part as the database ``part``."""
        self.db.execute("ATTACH ':memory:' AS part")
        try:
            self.db.deserialize(shaped, name="part")
            yield
        finally:
            self.db.execute("DETACH part")

    def _count(self, table: str) -> int:
        found: int = self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found

    def index(self) -> None:
        """Make the indexes that are missing."""
        for name, statement in SEARCH_INDEXES.items():
            if not self.db.execute("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?", (name,)).fetchone():
                self.db.execute(statement)

    def _free_indexes(self, sentences: int) -> None:
        """Drop the indexes for searches where much is added: made at once at the end they cost less, and ever less the larger the store (in a transaction)."""
        self._added += sentences
        if not self._freed and self._added > _MUCH * self._held:
            for name in SEARCH_INDEXES:
                self.db.execute(f"DROP INDEX IF EXISTS {name}")
            self._freed = True

    def remove_others(self, names: Iterable[str]) -> None:
        """Remove all shards but these (within a transaction)."""
        wanted = set(names)
        for (name,) in self.db.execute("SELECT name FROM shards").fetchall():
            if name not in wanted:
                self._remove_shard(name)

    def mark_repeats(self, sentences: Path) -> None:
        """Take over which sentences an earlier report of the archive holds, from the merged table (within a transaction)."""
        db = self.db
        db.execute("CREATE TEMP TABLE marks (sentence_id INTEGER PRIMARY KEY, source TEXT NOT NULL)")
        marks = read_rows(sentences, ["source", "sentence", "repeat_of_source"], given="repeat_of_source")
        db.executemany("INSERT INTO marks SELECT first_sentence + ?, ? FROM reports WHERE source = ?",
                       ((row["sentence"], row["repeat_of_source"], row["source"]) for row in marks))
        db.execute("""UPDATE sentences SET repeat_of_source = (SELECT source FROM marks WHERE sentence_id = id)
                      WHERE repeat_of_source IS NOT (SELECT source FROM marks WHERE sentence_id = id)""")
        db.execute("""UPDATE records SET repeated = s.again FROM (SELECT id, repeat_of IS NOT NULL OR repeat_of_source IS NOT NULL AS again FROM sentences) s
                      WHERE s.id = records.sentence_id AND records.repeated <> s.again""")
        db.execute("DROP TABLE marks")

    def replace_organisations(self, organisations: Path) -> None:
        """Take over the registry from its table (within a transaction)."""
        self.db.execute("DELETE FROM organisations")
        rows = read_rows(organisations)
        while some := list(islice(rows, _BODIES)):
            folded = [fold("\n".join([row["name"], *(row["names_used"] or ())])) for row in some]
            names = column_names("organisations")
            statement = f"INSERT INTO organisations ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            self.db.executemany(statement, zip(folded, *table_columns("organisations", some), strict=True))

    def compact(self, share: float = 0.1) -> bool:
        """Merge the parts of the full-text index into one, where more than `share` of the sentences came since it was last done; whether they did."""
        (held,) = self.db.execute("SELECT count(*) FROM sentences").fetchone()
        (before,) = self.db.execute("SELECT value FROM meta WHERE key = 'compacted'").fetchone()
        if abs(held - before) <= share * held:
            return False
        with self.transaction() as db:
            db.execute("INSERT INTO words (words) VALUES ('optimize')")
            db.execute("UPDATE meta SET value = ? WHERE key = 'compacted'", (held,))
        return True

    def analyse(self) -> None:
        """Tell SQLite how large tables and groups are, by which it plans queries."""
        with self.transaction() as db:
            db.execute("ANALYZE")

    def _remove_shard(self, name: str) -> None:
        found = self.db.execute("SELECT id FROM shards WHERE name = ?", (name,)).fetchone()
        if found:
            for (report,) in self.db.execute("SELECT id FROM reports WHERE shard_id = ?", found).fetchall():
                self._remove_report(report)
            self.db.execute("DELETE FROM rejects WHERE shard_id = ?", found)
            self.db.execute("DELETE FROM shards WHERE id = ?", found)

    def _remove_sources(self, sources: list[str]) -> None:
        """Remove what other shards hold of these inputs; those shards are no longer whole."""
        for source in sources:
            for table in ("reports", "rejects"):
                for (shard,) in self.db.execute(f"SELECT shard_id FROM {table} WHERE source = ?", (source,)).fetchall():
                    self.db.execute("UPDATE shards SET whole = 0 WHERE id = ?", (shard,))
            for (report,) in self.db.execute("SELECT id FROM reports WHERE source = ?", (source,)).fetchall():
                self._remove_report(report)
            self.db.execute("DELETE FROM rejects WHERE source = ?", (source,))

    def _remove_report(self, report: int) -> None:
        db = self.db
        first, number = db.execute("SELECT first_sentence, sentence_count FROM reports WHERE id = ?", (report,)).fetchone()
        texts = db.execute("SELECT id, text FROM sentences WHERE report_id = ? ORDER BY id", (report,)).fetchall()
        db.executemany("INSERT INTO words (words, rowid, grams) VALUES ('delete', ?, ?)", ((key, tokens(fold(text))) for key, text in texts))
        db.execute("DELETE FROM facts WHERE sentence_id >= ? AND sentence_id < ?", (first, first + number))
        for table in ("actors", "counting", "totals_of"):
            db.execute(f"DELETE FROM {table} WHERE record_id IN (SELECT id FROM records WHERE report_id = ?)", (report,))
        for table in NUMBERED:
            db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report,))
        db.execute("DELETE FROM reports WHERE id = ?", (report,))

    def _insert(self, shard: int) -> None:
        """Copy the rows of the attached part; its numbers are counted on from those of the store."""
        db = self.db
        counts = {"report": self._count("part.reports"), "record": self._count("part.records"), "sentence": self._count("part.sentences")}
        held = {name: db.execute("SELECT value FROM meta WHERE key = ?", (f"next_{name}",)).fetchone()[0] for name in counts} | {"shard": shard}
        db.execute("INSERT OR IGNORE INTO main.terms (kind, value, folded) SELECT kind, value, folded FROM part.terms ORDER BY number")
        db.execute("CREATE TEMP TABLE numbers (number INTEGER PRIMARY KEY, id INTEGER NOT NULL)")
        db.execute("INSERT INTO numbers SELECT p.number, t.id FROM part.terms p CROSS JOIN main.terms t ON t.kind = p.kind AND t.value = p.value")
        for table in TABLES:
            if table != "organisations":
                self._copy(table, column_names(table), held)
        self._copy("actors", ACTORS, held)
        self._copy("facts", FACTS, held)
        db.execute("DROP TABLE numbers")
        db.execute(f"INSERT INTO words (rowid, grams) SELECT id + {held['sentence']}, grams FROM part.words ORDER BY id")
        for name, more in counts.items():
            db.execute("UPDATE meta SET value = ? WHERE key = ?", (held[name] + more, f"next_{name}"))

    def _copy(self, table: str, names: Sequence[str], held: dict[str, int]) -> None:
        """Copy a table of the attached part."""
        quoted, cells = [f'"{name}"' for name in names], []
        for name in quoted:
            counted = _COUNTED.get((table, name[1:-1]))
            cell = f"{name} + {held[counted]}" if counted else name
            if table == "facts":
                cell = f"(SELECT id FROM numbers WHERE number = {name})" if name[1:-1] in _TERMS else f"coalesce({cell}, 0)" if name == '"record_id"' else cell
            cells.append(cell)
        self.db.execute(f"INSERT INTO main.{table} ({', '.join(quoted)}) SELECT {', '.join(cells)} FROM part.{table} ORDER BY rowid")


def remove_store(file: Path) -> None:
    """Remove a store and what SQLite keeps beside it."""
    for name in (file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)


def fold_log(file: Path) -> bool:
    """Fold the log of a store that a writer left into its file; False where somebody still reads what is in it."""
    db = sqlite3.connect(file, timeout=10, isolation_level=None)
    try:
        return db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    except sqlite3.DatabaseError:
        return True  # no store of ours
    finally:
        db.close()


def _fits(file: Path) -> bool:
    """Whether this is a store of the present layout."""
    db = sqlite3.connect(file)
    try:
        return db.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone() == (digest(),)
    except sqlite3.DatabaseError:
        return False
    finally:
        db.close()


def _open(file: Path) -> sqlite3.Connection:
    os.environ.setdefault("SQLITE_TMPDIR", str(file.parent.resolve()))  # where there is room for the store there is room for a part of it
    db = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
    db.execute("PRAGMA page_size = 8192")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -131072")
    db.execute("PRAGMA temp_store = FILE")  # what is sorted and chosen at the end of a run grows with the archive
    db.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        db.execute("BEGIN IMMEDIATE")
        for statement in statements():
            db.execute(statement)
        db.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_HASHED,))
        start = {"layout": digest(), "generation": 0, "settled": 1, "settled_below": 1, "compacted": 0, "next_report": 1, "next_record": 1, "next_sentence": 0}
        db.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", start.items())
        db.execute("COMMIT")
    return db
