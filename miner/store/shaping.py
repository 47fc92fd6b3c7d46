"""Rows of a part → a small database with the rows that ``reports.db`` gets: what can be worked out without the store.

In: the rows of a part by table. Out: a SQLite database as bytes, see :func:`shape`; the writer of the store attaches it and copies the rows, whose numbers
it adds to those that the store holds. So whoever mined a part can shape it, in a process of its own, and leave it in the part's folder until then.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from miner.schema import TABLES, Column
from miner.store.database import NEWEST, PER_DAY, digest, stored_columns
from miner.store.folding import fold, tokens

NUMBERED = tuple(name for name, table in TABLES.items() if len(table.key) == 2)
"""Tables of rows within a report."""
SHAPED = "shaped"
"""The file in a part's folder; it is removed when the store holds the part."""
_OWN = {"reports": ("id", "shard_id", "first_sentence", "sentence_count"), "sentences": ("id", "report_id"), "rejects": ("shard_id",),
        "records": ("id", "report_id", "sentence_id", "day"), "organisations": ("folded",)}
ACTORS = ("record_id", "place", "organisation_id", "name")
FACTS = ("sentence_id", "record_id", "place", "organisation", "action", "item", "words", "region", "modality", "day")
_STAMP = f"{digest()} tables\n".encode()
Row = dict[str, Any]
Columns = list[Sequence[Any]]


def column_names(table: str) -> tuple[str, ...]:
    """The columns of a table of the store: its own, then those of the schema."""
    return (*_OWN.get(table, ("report_id",)), *(column.name for column in stored_columns(TABLES[table])))


def shape(rows: dict[str, list[Row]]) -> bytes:
    """Shape the rows of a part.

    Parameters
    ----------
    rows
        Rows by table, as Parquet holds them: all tables of the schema but ``organisations``.

    Returns
    -------
    bytes
        A database of the tables that the store has (columns: :func:`column_names`, `ACTORS`, `FACTS`), without keys. Ids of reports, records and sentences
        count from 0 within the part; a sentence's id begins with its day. The table ``terms`` has numbers from 1, in the order in which they occur; in
        ``facts`` terms stand by number, 0 for none, and a record is null where a sentence has none. ``words``: the ids of the sentences, ascending, and
        their tokens.
    """
    reports = {row["source"]: index for index, row in enumerate(rows["reports"])}
    held = Counter(row["source"] for row in rows["sentences"])
    first, total = [], 0
    last_work = _last_work(rows["records"])
    for row in rows["reports"]:
        place = row["published"] or last_work.get(row["source"])
        first.append((NEWEST - place.toordinal() if place else NEWEST) * PER_DAY + total)
        total += held[row["source"]]
    of_report = {name: [reports[row["source"]] for row in rows[name]] for name in NUMBERED}
    sentences = [first[report] + row["sentence"] for report, row in zip(of_report["sentences"], rows["sentences"], strict=True)]
    records = rows["records"]
    told = [None if row["sentence"] is None else first[report] + row["sentence"] for report, row in zip(of_report["records"], records, strict=True)]
    days = [row["date_to"] or row["date_from"] or rows["reports"][report]["published"] for report, row in zip(of_report["records"], records, strict=True)]
    own: dict[str, Columns] = {name: [found] for name, found in of_report.items()}
    own["reports"] = [range(len(first)), [0] * len(first), first, [held[row["source"]] for row in rows["reports"]]]
    own["sentences"] = [sentences, of_report["sentences"]]
    own["records"] = [range(len(records)), of_report["records"], told, _written(days)]
    own["rejects"] = [[0] * len(rows["rejects"])]
    tables = {name: [*map(list, columns), *table_columns(name, rows[name])] for name, columns in own.items()}
    actors = _actors(rows)
    facts = _Facts()
    facts.of_records(rows, of_report["records"], told, days, actors)
    facts.of_sentences(rows, of_report["sentences"], sentences, {*told})
    texts = table_columns("sentences", rows["sentences"])[[column.name for column in stored_columns(TABLES["sentences"])].index("text")]
    words = sorted(zip(sentences, texts, strict=True))
    db = sqlite3.connect(":memory:")
    try:
        for name, columns in tables.items():
            _fill(db, name, column_names(name), zip(*columns, strict=True))
        _fill(db, "terms", ("number", "kind", "value", "folded"), ((number, *term) for number, term in enumerate(facts.terms, 1)), "number INTEGER PRIMARY KEY")
        _fill(db, "actors", ACTORS, ((record, place, body, name) for record, found in enumerate(actors) for place, (name, body) in enumerate(found)))
        _fill(db, "facts", FACTS, sorted(facts.rows, key=_place))
        _fill(db, "words", ("id", "grams"), ((key, tokens(fold(text))) for key, text in words), "id INTEGER PRIMARY KEY")
        db.commit()
        return db.serialize()
    finally:
        db.close()


def _fill(db: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]], first: str = "") -> None:
    quoted = [f'"{name}"' for name in names]
    db.execute(f"CREATE TABLE {table} ({', '.join([first, *quoted[1:]] if first else quoted)})")
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)


def table_columns(table: str, rows: list[Row]) -> Columns:
    """The schema's columns of a table as the store holds them."""
    return [_column(column, rows) for column in stored_columns(TABLES[table])]


def keep(shaped: bytes, folder: Path) -> None:
    """Write a shaped part into its folder."""
    with (folder / SHAPED).open("wb") as file:
        file.write(_STAMP + zlib.crc32(shaped).to_bytes(4, "big"))
        file.write(shaped)


def take(folder: Path) -> bytes | None:
    """The shaped part in a folder; None where there is none, or not a whole one of this layout."""
    try:
        data = memoryview((folder / SHAPED).read_bytes())
    except OSError:
        return None
    head = len(_STAMP) + 4
    if data[: len(_STAMP)] != _STAMP or zlib.crc32(data[head:]).to_bytes(4, "big") != data[len(_STAMP) : head]:
        return None
    return bytes(data[head:])


def leave(folder: Path) -> None:
    """Remove the shaped part from a folder."""
    (folder / SHAPED).unlink(missing_ok=True)


class _Facts:
    """The rows of the table ``facts`` and the terms in them."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.terms: list[tuple[str, str, str]] = []
        self._actions, self._items, self._regions, self._modalities, self._bodies = (
            _Numbers(kind, self.terms) for kind in ("action", "item", "region", "modality", "organisation"))

    def of_records(self, rows: dict[str, list[Row]], reports: Sequence[int], sentences: Sequence[int | None], days: Sequence[dt.date | None],
                   actors: Sequence[list[tuple[str, str | None]]]) -> None:
        """A row for every record that stands in a sentence, and each of its actors."""
        for record, row in enumerate(rows["records"]):
            sentence, day = sentences[record], days[record]
            if sentence is None:
                continue
            item, words = row["normalised_item"] or row["item"], row["item"]
            cells = (self._actions[row["action"]], self._items[item], self._items[words] if words != item else 0,
                     self._regions[rows["reports"][reports[record]]["jurisdiction"]], self._modalities[row["modality"]],
                     day.toordinal() if day else None)
            for place, (_, body) in enumerate(actors[record] or [("", None)]):
                self.rows.append((sentence, record, place, self._bodies[body], *cells))

    def of_sentences(self, rows: dict[str, list[Row]], reports: Sequence[int], sentences: Sequence[int], told: set[int | None]) -> None:
        """A row for every other sentence."""
        for report, sentence in zip(reports, sentences, strict=True):
            if sentence not in told:
                row = rows["reports"][report]
                day = row["published"].toordinal() if row["published"] else None
                self.rows.append((sentence, None, 0, 0, 0, 0, 0, self._regions[row["jurisdiction"]], 0, day))


class _Numbers(dict[str | None, int]):
    """The numbers of terms of one kind, given as they occur; 0 for none."""

    def __init__(self, kind: str, terms: list[tuple[str, str, str]]) -> None:
        super().__init__({None: 0, "": 0})
        self.kind, self.terms = kind, terms

    def __missing__(self, value: str) -> int:
        self.terms.append((self.kind, value, fold(value)))
        number = self[value] = len(self.terms)
        return number


def _place(fact: tuple[Any, ...]) -> tuple[int, int, int]:
    sentence, record, place = fact[:3]
    return sentence, -1 if record is None else record, place


def _last_work(records: list[Row]) -> dict[str, dt.date]:
    """The last day on which a report tells of work done: where a report without a day of its own stands in the order."""
    last: dict[str, dt.date] = {}
    for row in records:
        done = (row["date_to"] or row["date_from"]) if row["modality"] == "done" else None
        if done:
            last[row["source"]] = max(done, last.get(row["source"], done))
    return last


def _actors(rows: dict[str, list[Row]]) -> list[list[tuple[str, str | None]]]:
    """Names and ids of each record's actors: all of its event; where its quantity holds for each of them, or the event names none, the one of its own cell."""
    bodies = {(row["source"], row["name"]): row["organisation_id"] for row in rows["organisation_mentions"]}
    each = {(row["source"], row["quantity"]) for row in rows["quantities"] if row["each"]}
    found = []
    for row in rows["records"]:
        alone = (row["source"], row["quantity"]) in each or not row["organisations"]
        names = [row["organisation"]] if alone else dict.fromkeys(row["organisations"])
        found.append([(name, bodies.get((row["source"], name))) for name in names if name])
    return found


def _column(column: Column, rows: list[Row]) -> list[Any]:
    values = [row[column.name] for row in rows]
    if column.type == "date":
        return _written(values)
    if column.type in _LISTS:
        write = _LISTS[column.type]
        return [None if value is None else write(tuple(value)) for value in values]
    return values


def _written(days: Iterable[dt.date | None]) -> list[str | None]:
    return [None if day is None else _iso(day) for day in days]


_iso: Callable[[dt.date], str] = lru_cache(10_000)(dt.date.isoformat)


def _numbers(values: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, values))}]"


@lru_cache(10_000)
def _strings(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


_LISTS: dict[str, Callable[[tuple[Any, ...]], str]] = {"strings": _strings, "integers": _numbers}
