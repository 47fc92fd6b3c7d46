"""The layout of ``reports.db``: tables, keys, indexes, views, full-text index.

In: the schema. Out: SQL statements. The tables hold the columns of the schema; ``report_id`` stands for ``source``, and what ``records`` repeats of its
sentence and its report is left to the views. For every table of the schema there is a view ``v_TABLE`` with exactly its columns.
"""

from __future__ import annotations

import hashlib
from functools import cache

from miner.schema import TABLES, Column, Table
from miner.store.folding import FOLDING

FILE = "reports.db"
LAYOUT = 4
"""Raised by any change here that makes a store out of date."""

NEWEST = 4_000_000
"""Sentence ids count days backwards from here, so that the newest report comes first; reports without any day come last."""
PER_DAY = 1 << 40

_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "strings": "TEXT", "integers": "TEXT"}
FROM_SENTENCE = {"evidence": "s.text"}
FROM_REPORT = {"title": "p.title", "published": "p.published", "jurisdiction": "p.jurisdiction"}
_OWN = {
    "reports": "id INTEGER PRIMARY KEY, shard_id INTEGER NOT NULL REFERENCES shards(id), first_sentence INTEGER NOT NULL, sentence_count INTEGER NOT NULL",
    "sentences": "id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports(id)",
    "records": "id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports(id), sentence_id INTEGER REFERENCES sentences(id), day TEXT",
    "rejects": "shard_id INTEGER NOT NULL REFERENCES shards(id)",
    "organisations": "folded TEXT NOT NULL",
}
_BESIDE = [
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "CREATE TABLE shards (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, whole INTEGER NOT NULL)",
    # A record's actors: all actors of its event, or with `each` the one that the record is about.
    """CREATE TABLE actors (record_id INTEGER NOT NULL REFERENCES records(id), place INTEGER NOT NULL, organisation_id TEXT, name TEXT NOT NULL,
       PRIMARY KEY (record_id, place)) WITHOUT ROWID""",
    # Organisations, items, regions, actions, modalities as numbers, with the form in which they are compared.
    "CREATE TABLE terms (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (kind, value))",
    # What a search filters and counts facets by: one row per sentence, record and actor. `day` is a proleptic ordinal.
    """CREATE TABLE facts (sentence_id INTEGER NOT NULL, record_id INTEGER NOT NULL, place INTEGER NOT NULL, organisation INTEGER, action INTEGER, item INTEGER,
       words INTEGER, region INTEGER, modality INTEGER, day INTEGER, PRIMARY KEY (sentence_id, record_id, place)) WITHOUT ROWID""",
    # What the rules of the counts rest on, for every record, see miner.counts.settle.
    """CREATE TABLE counting (record_id INTEGER PRIMARY KEY REFERENCES records(id), same_as INTEGER, chain INTEGER, chain_end TEXT, reason TEXT,
       instead INTEGER)""",
    "CREATE TABLE totals_of (record_id INTEGER NOT NULL, total_id INTEGER NOT NULL, PRIMARY KEY (record_id, total_id)) WITHOUT ROWID",
    "CREATE TABLE prepared (name TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE words USING fts5(grams, content='', tokenize='ascii', prefix='1')",
]
_INDEXES = [
    "CREATE INDEX reports_shard ON reports(shard_id)",
    "CREATE INDEX reports_region ON reports(jurisdiction, published)",
    "CREATE INDEX reports_code ON reports(jurisdiction_code)",
    "CREATE INDEX sentences_report ON sentences(report_id, sentence)",
    "CREATE UNIQUE INDEX records_report ON records(report_id, record)",
    "CREATE INDEX records_sentence ON records(sentence_id)",
    "CREATE INDEX rejects_source ON rejects(source)",
    "CREATE INDEX rejects_shard ON rejects(shard_id)",
    "CREATE INDEX organisations_name ON organisations(name)",
    "CREATE INDEX terms_folded ON terms(kind, folded)",
]
SEARCH_INDEXES = {
    "sentences_key": "CREATE INDEX sentences_key ON sentences(sentence_key) WHERE sentence_key IS NOT NULL",
    "mentions_organisation": "CREATE INDEX mentions_organisation ON organisation_mentions(organisation_id)",
    "records_day": "CREATE INDEX records_day ON records(day)",
    "records_action": "CREATE INDEX records_action ON records(action, day)",
    "records_item": "CREATE INDEX records_item ON records(normalised_item, day)",
    "records_words": "CREATE INDEX records_words ON records(item)",
    "actors_organisation": "CREATE INDEX actors_organisation ON actors(organisation_id)",
    # With the day, so that a condition on days beside another reads the index alone.
    "facts_organisation": "CREATE INDEX facts_organisation ON facts(organisation, sentence_id, day) WHERE organisation IS NOT NULL",
    "facts_action": "CREATE INDEX facts_action ON facts(action, sentence_id, day) WHERE action IS NOT NULL",
    "facts_item": "CREATE INDEX facts_item ON facts(item, sentence_id, day) WHERE item IS NOT NULL",
    "facts_words": "CREATE INDEX facts_words ON facts(words, sentence_id, day) WHERE words IS NOT NULL",
    "facts_region": "CREATE INDEX facts_region ON facts(region, sentence_id, day)",
    "facts_modality": "CREATE INDEX facts_modality ON facts(modality, sentence_id, day) WHERE modality IS NOT NULL",
    "facts_day": "CREATE INDEX facts_day ON facts(day, sentence_id)",
}
"""Indexes that searches and counts alone need, by name: a writer that adds much makes them at the end."""


def stored_columns(table: Table) -> tuple[Column, ...]:
    """The columns of the schema that the table of the store holds itself."""
    if table.name == "records":
        return tuple(c for c in table.columns if c.name != "source" and c.name not in FROM_SENTENCE and c.name not in FROM_REPORT)
    return tuple(c for c in table.columns if c.name != "source" or table.name in ("reports", "rejects"))


def statements() -> list[str]:
    """The statements that make an empty store."""
    tables, views = ([make(table) for table in TABLES.values()] for make in (_create, _view))
    return [*_BESIDE[:2], *tables, *_BESIDE[2:], *_INDEXES, *SEARCH_INDEXES.values(), *views, *_COUNT_VIEWS]


@cache
def digest() -> str:
    """A digest of the layout; a store with another one is made anew."""
    return hashlib.sha256("\n".join([str(LAYOUT), str(FOLDING), *statements()]).encode()).hexdigest()[:16]


def _create(table: Table) -> str:
    columns = [f"{_quoted(c.name)} {_SQL_TYPES[c.type]}{' NOT NULL' if c.name in table.key else ''}" for c in stored_columns(table)]
    own = _OWN.get(table.name)
    if own is None:  # keyed by report and number alone
        number = next(name for name in table.key if name != "source")
        columns.insert(0, "report_id INTEGER NOT NULL REFERENCES reports(id)")
        return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY (report_id, {_quoted(number)})) WITHOUT ROWID"
    unique = {"reports": ["UNIQUE (source)"], "organisations": ["PRIMARY KEY (organisation_id)"]}
    return f"CREATE TABLE {table.name} ({', '.join([own] * bool(own) + columns + unique.get(table.name, []))})"


def _view(table: Table) -> str:
    """The view with exactly the columns of the schema."""
    cells = []
    for column in table.columns:
        name = _quoted(column.name)
        if table.name == "records" and column.name in FROM_SENTENCE | FROM_REPORT:
            cells.append(f"{(FROM_SENTENCE | FROM_REPORT)[column.name]} AS {name}")
        else:
            cells.append(f"{'p' if column.name == 'source' and table.name not in ('rejects', 'organisations') else 't'}.{name} AS {name}")
    body = f"{table.name} t"
    if table.name == "reports":
        body += " JOIN reports p ON p.id = t.id"
    elif table.name not in ("rejects", "organisations"):
        body += " JOIN reports p ON p.id = t.report_id"
    if table.name == "records":
        body += " LEFT JOIN sentences s ON s.id = t.sentence_id"
    return f"CREATE VIEW v_{table.name} AS SELECT {', '.join(cells)} FROM {body}"


def _quoted(name: str) -> str:
    return f'"{name}"'


# What dashboards add up: work done, nothing twice. One row per record; `v_counted_by_organisation` has one per actor of it.
_COUNTED = """SELECT t.id AS record_id, {organisation} p.source, t.record, coalesce(substr(t.day, 1, 7), 'unknown') AS month, t.day,
    t.date_from IS NULL AND t.date_to IS NULL AND p.published IS NOT NULL AS reported, t.action, coalesce(t.normalised_item, nullif(t.item, '')) AS item,
    p.jurisdiction AS region, p.jurisdiction_code AS region_code, t.value, t.high, t.unit, t.normalised_value, t.normalised_unit,
    coalesce(t.qualifier <> 'exact' OR t.high IS NOT NULL, 0) AS approximate, t.scope, t.part_of IS NOT NULL AS part, t.date_from, t.date_to,
    p.published, p.title, s.text AS evidence
    FROM records t JOIN reports p ON p.id = t.report_id LEFT JOIN sentences s ON s.id = t.sentence_id LEFT JOIN counting c ON c.record_id = t.id {join}
    WHERE t.modality = 'done' AND c.reason IS NULL"""
_COUNT_VIEWS = [
    "CREATE VIEW v_counted AS " + _COUNTED.format(organisation="t.organisation,", join=""),
    "CREATE VIEW v_counted_by_organisation AS " + _COUNTED.format(
        organisation="a.organisation_id, coalesce(o.name, a.name) AS organisation, a.place AS actor,",
        join="JOIN actors a ON a.record_id = t.id LEFT JOIN organisations o ON o.organisation_id = a.organisation_id"),
    """CREATE VIEW v_left_out AS SELECT p.source, t.record, c.reason, q.source AS instead_source, u.record AS instead_record, t.organisation, t.action,
       t.item, t.value, t.unit, t.date_from, t.date_to FROM counting c JOIN records t ON t.id = c.record_id JOIN reports p ON p.id = t.report_id
       LEFT JOIN records u ON u.id = c.instead LEFT JOIN reports q ON q.id = u.report_id WHERE c.reason IS NOT NULL""",
]
