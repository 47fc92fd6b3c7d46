"""The writer of ``reports.db``: one transaction per shard, so that a reader sees a shard whole or not at all.

In: the folders of finished parts. Out: the store. While it is written it keeps a write-ahead log beside it, so that readers never wait; closed, it is one
file again, which can be copied and read from media that cannot be written.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

from miner.schema import TABLES
from miner.store.database import NEWEST, PER_DAY, digest, statements, stored_columns
from miner.store.folding import fold, tokens
from miner.store.parquet import read_rows

_NUMBERED = tuple(name for name, table in TABLES.items() if len(table.key) == 2)  # tables of rows within a report
_WAIT = 120.0  # seconds that a second writer waits for the first
Row = dict[str, Any]


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
        self._terms: dict[tuple[str, str], int] = {}

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
        self._terms.clear()
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
        if part.name in self.shards():
            return
        rows = {name: list(read_rows(part / f"{name}.parquet")) for name in TABLES if name != "organisations"}
        with self.transaction() as db:
            self._remove_shard(part.name)
            shard = db.execute("INSERT INTO shards (name, whole) VALUES (?, 1)", (part.name,)).lastrowid
            sources = [row["source"] for row in (*rows["reports"], *rows["rejects"])]
            self._remove_sources(sources)
            self._insert_reports(rows, shard or 0)
            db.execute("UPDATE meta SET value = 0 WHERE key = 'settled'")

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
        first = dict(db.execute("SELECT source, first_sentence FROM reports").fetchall())
        columns = ["source", "sentence", "repeat_of_source"]
        marks = ((first[row["source"]] + row["sentence"], row["repeat_of_source"]) for row in read_rows(sentences, columns)
                 if row["repeat_of_source"] is not None and row["source"] in first)
        db.executemany("INSERT INTO marks VALUES (?, ?)", marks)
        db.execute("""UPDATE sentences SET repeat_of_source = (SELECT source FROM marks WHERE sentence_id = id)
                      WHERE repeat_of_source IS NOT (SELECT source FROM marks WHERE sentence_id = id)""")
        db.execute("""UPDATE records SET repeated = s.again FROM (SELECT id, repeat_of IS NOT NULL OR repeat_of_source IS NOT NULL AS again FROM sentences) s
                      WHERE s.id = records.sentence_id AND records.repeated <> s.again""")
        db.execute("DROP TABLE marks")

    def replace_organisations(self, organisations: Path) -> None:
        """Take over the registry from its table (within a transaction)."""
        self.db.execute("DELETE FROM organisations")
        rows = read_rows(organisations)
        self._insert("organisations", ({**row, "folded": fold("\n".join([row["name"], *(row["names_used"] or ())]))} for row in rows))

    def compact(self, share: float = 0.1) -> None:
        """Merge the parts of the full-text index into one, where more than `share` of the sentences came since it was last done."""
        (held,) = self.db.execute("SELECT count(*) FROM sentences").fetchone()
        (before,) = self.db.execute("SELECT value FROM meta WHERE key = 'compacted'").fetchone()
        if abs(held - before) > share * held:
            with self.transaction() as db:
                db.execute("INSERT INTO words (words) VALUES ('optimize')")
                db.execute("UPDATE meta SET value = ? WHERE key = 'compacted'", (held,))
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
        for table in _NUMBERED:
            db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report,))
        db.execute("DELETE FROM reports WHERE id = ?", (report,))

    def _insert_reports(self, rows: dict[str, list[Row]], shard: int) -> None:
        """Insert all rows of a shard."""
        (next_report, next_record, next_sentence) = (self._next(name) for name in ("report", "record", "sentence"))
        by_report: dict[str, list[Row]] = {}
        for row in rows["sentences"]:
            by_report.setdefault(row["source"], []).append(row)
        last_work: dict[str, dt.date] = {}  # where a report without a day of its own stands in the order
        for row in rows["records"]:
            done = (row["date_to"] or row["date_from"]) if row["modality"] == "done" else None
            if done:
                last_work[row["source"]] = max(done, last_work.get(row["source"], done))
        reports: dict[str, Row] = {}
        for row in rows["reports"]:
            found = by_report.get(row["source"], [])
            place = row["published"] or last_work.get(row["source"])
            day = NEWEST - place.toordinal() if place else NEWEST
            reports[row["source"]] = row
            row.update(id=next_report, shard_id=shard, first_sentence=day * PER_DAY + next_sentence, sentence_count=len(found))
            next_report, next_sentence = next_report + 1, next_sentence + len(found)
        for name in _NUMBERED:
            for row in rows[name]:
                row["report_id"] = reports[row["source"]]["id"]
        for row in rows["sentences"]:
            row["id"] = reports[row["source"]]["first_sentence"] + row["sentence"]
        for row in rows["records"]:
            report = reports[row["source"]]
            day = row["date_to"] or row["date_from"] or report["published"]
            row.update(id=next_record, sentence_id=None if row["sentence"] is None else report["first_sentence"] + row["sentence"], day=day)
            next_record += 1
        for row in rows["rejects"]:
            row["shard_id"] = shard
        for name, found in rows.items():
            self._insert(name, found)
        self._insert_actors(rows)
        self._insert_facts(rows, reports)
        self._insert_words(rows["sentences"])
        for name, value in (("report", next_report), ("record", next_record), ("sentence", next_sentence)):
            self.db.execute("UPDATE meta SET value = ? WHERE key = ?", (value, f"next_{name}"))

    def _next(self, name: str) -> int:
        return self.db.execute("SELECT value FROM meta WHERE key = ?", (f"next_{name}",)).fetchone()[0]

    def _insert(self, name: str, rows: Iterable[Row]) -> None:
        columns = stored_columns(TABLES[name])
        own = {"reports": ("id", "shard_id", "first_sentence", "sentence_count"), "sentences": ("id", "report_id"), "rejects": ("shard_id",),
               "records": ("id", "report_id", "sentence_id", "day"), "organisations": ("folded",)}.get(name, ("report_id",))
        names = (*own, *(column.name for column in columns))
        lists = frozenset(column.name for column in columns if column.type in ("strings", "integers"))
        quoted = ", ".join(f'"{column}"' for column in names)
        self.db.executemany(f"INSERT INTO {name} ({quoted}) VALUES ({', '.join('?' * len(names))})",
                            ([_stored(row[column], column in lists) for column in names] for row in rows))

    def _insert_actors(self, rows: dict[str, list[Row]]) -> None:
        """A record's actors: all of its event; where its quantity holds for each of them, or the event names none, the one of its own cell."""
        bodies = {(row["source"], row["name"]): row["organisation_id"] for row in rows["organisation_mentions"]}
        each = {(row["source"], row["quantity"]) for row in rows["quantities"] if row["each"]}
        for row in rows["records"]:
            alone = (row["source"], row["quantity"]) in each or not row["organisations"]
            names = [row["organisation"]] if alone else list(dict.fromkeys(row["organisations"]))
            row["actors"] = [(name, bodies.get((row["source"], name))) for name in names if name]
        self.db.executemany("INSERT INTO actors (record_id, place, organisation_id, name) VALUES (?, ?, ?, ?)",
                            ((row["id"], place, key, name) for row in rows["records"] for place, (name, key) in enumerate(row["actors"])))

    def _insert_facts(self, rows: dict[str, list[Row]], reports: dict[str, Row]) -> None:
        facts: list[tuple[Any, ...]] = []
        told: set[int] = set()
        for row in rows["records"]:
            if row["sentence_id"] is None:
                continue
            told.add(row["sentence_id"])
            item, words = row["normalised_item"] or row["item"], row["item"]
            cells = (self._term("action", row["action"]), self._term("item", item), self._term("item", words) if words != item else None,
                     self._term("region", reports[row["source"]]["jurisdiction"]), self._term("modality", row["modality"]), _ordinal(row["day"]))
            facts += [(row["sentence_id"], row["id"], place, self._term("organisation", key), *cells)
                      for place, (_, key) in enumerate(row["actors"] or [(None, None)])]
        for row in rows["sentences"]:
            if row["id"] not in told:
                report = reports[row["source"]]
                facts.append((row["id"], 0, 0, None, None, None, None, self._term("region", report["jurisdiction"]), None, _ordinal(report["published"])))
        self.db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", sorted(facts, key=itemgetter(0, 1, 2)))

    def _term(self, kind: str, value: str | None) -> int | None:
        if not value:
            return None
        found = self._terms.get((kind, value))
        if found is None:
            self.db.execute("INSERT OR IGNORE INTO terms (kind, value, folded) VALUES (?, ?, ?)", (kind, value, fold(value)))
            found = self._terms[kind, value] = self.db.execute("SELECT id FROM terms WHERE kind = ? AND value = ?", (kind, value)).fetchone()[0]
        return found

    def _insert_words(self, sentences: list[Row]) -> None:
        """Ascending ids: the index takes them in one go."""
        self.db.executemany("INSERT INTO words (rowid, grams) VALUES (?, ?)",
                            ((row["id"], tokens(fold(row["text"]))) for row in sorted(sentences, key=lambda row: row["id"])))


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
    db = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -131072")
    db.execute("PRAGMA temp_store = MEMORY")
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        db.execute("BEGIN IMMEDIATE")
        for statement in statements():
            db.execute(statement)
        start = {"layout": digest(), "generation": 0, "settled": 1, "settled_below": 1, "compacted": 0, "next_report": 1, "next_record": 1, "next_sentence": 0}
        db.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", start.items())
        db.execute("COMMIT")
    return db


def _stored(value: Any, is_list: bool) -> Any:
    if value is None:
        return None
    if is_list:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dt.date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _ordinal(day: dt.date | None) -> int | None:
    return day.toordinal() if day else None
