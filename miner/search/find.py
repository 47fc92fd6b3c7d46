"""The search itself."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from dataclasses import replace
from typing import Any

from miner.search.filters import Filters, filters
from miner.search.language import Expression, marks, parse
from miner.search.model import FACETS, Facet, Hit, Hits, Query
from miner.store import Store
from miner.store.folding import fold

COUNTED = 1_000
"""Facets are counted over at most so many hits (the newest)."""
RANKED = 10_000
"""At most so many hits (the newest) are ranked by relevance."""
ORDERS = ("date", "oldest", "relevance")
_FACET_VALUES = {"month": "strftime('%Y-%m', day + 1721424.5)"}  # ordinal → Julian day


def search(store: Store, query: Query) -> Hits:
    """Find the sentences that match.

    Parameters
    ----------
    store
        The store to search.
    query
        What to find. No text is a syntax error.

    Raises
    ------
    ValueError
        If a code (action, modality, order) or a number of the query is not valid; the message names it.
    """
    if query.order not in ORDERS:
        raise ValueError(f"unknown order {query.order!r}; known are {', '.join(ORDERS)}")
    for name in ("limit", "offset", "facets"):
        if not 0 <= getattr(query, name) < 1 << 62:
            raise ValueError(f"{name} must not be negative or beyond 2^62: {getattr(query, name)}")
    db = store.connection()
    expression = parse(query.text or "")
    found = _filtered(db, query)
    if found is None:
        return Hits(0, [], words=expression.words())
    db.execute("BEGIN")  # everything is read from one state of the store
    try:
        matches = _Matches(db, expression, found)
        total = matches.total()
        keys = matches.page(query.order, query.limit, query.offset) if total > query.offset and query.limit else []
        hits = _hits(store, keys, expression.words(), found)
        facets = matches.facets(query.facets) if query.facets else {}
    finally:
        db.execute("COMMIT")
    return Hits(total, hits, facets, min(total, COUNTED) if query.facets else 0, expression.words())


def _filtered(db: sqlite3.Connection, query: Query) -> Filters | None:
    found = filters(db, query)
    if found is None or query.source is None:
        return found
    row = db.execute("SELECT first_sentence, first_sentence + sentence_count - 1 FROM reports WHERE source = ?", (query.source,)).fetchone()
    return replace(found, between=(row[0], row[1])) if row else None


class _Matches:
    """The ids of the sentences that match, as a query of the store; ascending ids are newest first."""

    def __init__(self, db: sqlite3.Connection, expression: Expression, found: Filters) -> None:
        self.db, self.expression, self.filters = db, expression, found
        self.ranked = bool(expression.groups)
        self.matched = False  # whether the table ``matched`` holds the answer
        self.body, self.values = self._body(expression)
        self.everything = not (expression.groups or found.conditions or found.between)
        self.ranked_body, self.ranked_values = self.body, self.values
        if self.matched:
            between = " WHERE w.rowid BETWEEN ? AND ?" if found.between else " WHERE TRUE"
            self.body, self.values = f"FROM matched w{between}", [*(found.between or ())]

    def _body(self, expression: Expression) -> tuple[str, list[Any]]:
        """FROM … WHERE …, with ``id`` for the sentence."""
        found = self.filters
        values: list[Any]
        if expression.groups:
            asked, exact = expression.index_query()
            body, key = "FROM words w{join} WHERE w.words MATCH ?", "w.rowid"
            values = [asked]
            join = ""
            if not exact:
                self.db.create_function("holds", 1, lambda text: expression.holds(fold(text)))
                join = " CROSS JOIN sentences s ON s.id = w.rowid AND holds(s.text)"
            body = body.format(join=join)
            if found.conditions:
                self._match(body, values)
                body += " AND +w.rowid IN (SELECT id FROM matched)"
        elif found.conditions:
            body, key = f"FROM facts f WHERE {found.sql_alone()}", "f.sentence_id"
            values = [*found.values]
        else:
            body, key, values = "FROM sentences s WHERE TRUE", "s.id", []
        if found.between:
            body += f" AND {key} BETWEEN ? AND ?"
            values += found.between
        self.key = key
        self.distinct = "DISTINCT " if key == "f.sentence_id" else ""
        return body, values

    def _match(self, body: str, values: list[Any]) -> None:
        """Put the ids that meet words and conditions into the table ``matched``; where fewer facts meet the conditions than words match, from those."""
        found, db = self.filters, self.db
        db.execute("CREATE TEMP TABLE IF NOT EXISTS matched (id INTEGER PRIMARY KEY)")
        db.execute("DELETE FROM matched")
        (words,) = db.execute(f"SELECT count(*) {body}", values).fetchone()
        query = f"SELECT count(*) FROM (SELECT 1 FROM facts f WHERE {found.sql_alone()} LIMIT ?)"
        if db.execute(query, (*found.values, words)).fetchone()[0] < words:
            condition = f"+w.rowid IN (SELECT f.sentence_id FROM facts f WHERE {found.sql_alone()})"
        else:
            condition = f"EXISTS (SELECT 1 FROM facts f WHERE f.sentence_id = w.rowid{found.sql()})"
        db.execute(f"INSERT INTO matched SELECT w.rowid {body} AND {condition}", (*values, *found.values))
        self.matched = True

    def total(self) -> int:
        if self.everything:
            return self.db.execute("SELECT coalesce(sum(sentence_count), 0) FROM reports").fetchone()[0]
        return self.db.execute(f"SELECT count({self.distinct}{self.key}) {self.body}", self.values).fetchone()[0]

    def page(self, order: str, limit: int, offset: int) -> list[int]:
        """The ids of a page, in order."""
        if order == "relevance" and self.ranked:
            return self._by_relevance(limit, offset)
        return self._by_date(limit, offset, "DESC" if order == "oldest" else "ASC")

    def _by_date(self, limit: int, offset: int, direction: str = "ASC") -> list[int]:
        query = f"SELECT {self.distinct}{self.key} {self.body} ORDER BY {self.key} {direction} LIMIT ? OFFSET ?"
        return [row[0] for row in self.db.execute(query, (*self.values, limit, offset))]

    def _by_relevance(self, limit: int, offset: int) -> list[int]:
        """By rank among the newest RANKED, then the others by date."""
        last = self._by_date(1, RANKED - 1)
        body, values = self.ranked_body, self.ranked_values
        if last:
            body, values = f"{body} AND w.rowid <= ?", [*values, last[0]]
        query = f"SELECT w.rowid {body} ORDER BY w.rank, w.rowid LIMIT ? OFFSET ?"
        keys = [row[0] for row in self.db.execute(query, (*values, min(limit, max(0, RANKED - offset)), offset))]
        return keys + self._by_date(limit - len(keys), max(offset, RANKED)) if last and offset + limit > RANKED else keys

    def facets(self, most: int) -> dict[str, list[Facet]]:
        """Facets over the newest COUNTED matches; of a sentence only those records count that meet the conditions."""
        counted = " UNION ALL ".join(
            f"SELECT * FROM (SELECT '{name}', value, count(*) AS hits FROM (SELECT DISTINCT sentence_id, {_FACET_VALUES.get(name, name)} AS value FROM fact) "
            "WHERE value IS NOT NULL GROUP BY value ORDER BY hits DESC, value LIMIT ?)" for name in FACETS)
        query = f"""WITH hit AS MATERIALIZED (SELECT {self.distinct}{self.key} AS id {self.body} ORDER BY {self.key} LIMIT ?),
            fact AS MATERIALIZED (SELECT f.sentence_id, f.organisation, f.action, f.item, f.region, f.day, f.modality
            FROM hit CROSS JOIN facts f ON f.sentence_id = hit.id {self.filters.sql(' WHERE ')}) {counted}"""
        found: dict[str, list[Facet]] = {name: [] for name in FACETS}
        for name, value, hits in self.db.execute(query, (*self.values, COUNTED, *self.filters.values, *(most,) * len(FACETS))):
            found[name].append(Facet(*self._named(name, value), hits))
        return found

    def _named(self, name: str, value: Any) -> tuple[str, str]:
        """What stands for a value of a facet in a query, and what is shown."""
        if name == "month":
            return value, value
        (term,) = self.db.execute("SELECT value FROM terms WHERE id = ?", (value,)).fetchone()
        body = self.db.execute("SELECT name FROM organisations WHERE organisation_id = ?", (term,)).fetchone() if name == "organisation" else None
        return term, body[0] if body else term


def _hits(store: Store, keys: list[int], words: tuple[str, ...], found: Filters) -> list[Hit]:
    """The sentences of these ids, in this order, with their records."""
    if not keys:
        return []
    db, places = store.connection(), ", ".join("?" * len(keys))
    query = f"""SELECT s.id, p.source, s.sentence, s.start, s."end", s.text, p.title, p.published, p.jurisdiction, s.heading, s.kind,
        s.repeat_of IS NOT NULL OR s.repeat_of_source IS NOT NULL AS repeat FROM sentences s JOIN reports p ON p.id = s.report_id WHERE s.id IN ({places})"""
    rows = {row["id"]: row for row in db.execute(query, keys)}
    meets = {row[0] for row in db.execute(f"SELECT DISTINCT f.record_id FROM facts f WHERE f.sentence_id IN ({places}){found.sql()}", (*keys, *found.values))}
    records: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for record in store.records(f"t.sentence_id IN ({places})", tuple(keys)):
        record["matches"] = record["record_id"] in meets
        records[record["sentence_id"]].append(record)
    hits = []
    for key in keys:
        row = rows[key]
        published = dt.date.fromisoformat(row["published"]) if row["published"] else None
        own = sorted(records[key], key=lambda record: not record["matches"])
        hits.append(Hit(row["source"], row["sentence"], row["start"], row["end"], row["text"], marks(fold(row["text"]), words), row["title"], published,
                        row["jurisdiction"], row["heading"], row["kind"], bool(row["repeat"]), tuple(own)))
    return hits
