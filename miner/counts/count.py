"""The count itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from miner.counts.chosen import TIME, choose
from miner.counts.explain import left_out_rows, near_matches
from miner.counts.model import BY, UNKNOWN, Counts, Selection
from miner.counts.rules import OF_RECORDS, OF_SUMS
from miner.schema import LABELLED_COLUMNS, MODALITIES
from miner.store import Store

Row = dict[str, Any]


def count(store: Store, by: Sequence[str] = (), sum_value: bool = False, selection: Selection | None = None, *, explain: bool = False,
          top: int | None = None) -> Counts:
    """Count work, or add up its quantities.

    Parameters
    ----------
    store
        The store.
    by
        Columns of the table, out of `BY`.
    sum_value
        Add up quantities, by unit, rather than count actions.
    selection
        Which records, and which rules; the default is work done, nothing counted twice.
    explain
        List the records left out and the pairs that may be one fact.
    top
        Only so many rows, those with most events (of sums the highest values), instead of all rows in order of `by`.

    Raises
    ------
    ValueError
        If `by` or the selection holds something that is not known; the message names it.
    """
    selection = selection or Selection()
    by = tuple(by)
    _check(by, selection)
    db = store.connection()
    db.execute("BEGIN")
    try:
        found = None if explain else _prepared(db, by, sum_value, selection, top)
        if found is None:
            found = answer(db, by, sum_value, selection)
        notes = dict(found.notes)
        explained, near = [], []
        if explain:
            explained, near = left_out_rows(db), near_matches(db)
            if near:
                notes["near"] = len(near)
        db.execute("DROP TABLE IF EXISTS temp.chosen")
        if not store.settled():
            notes["unsettled"] = store.unsettled()
    finally:
        db.execute("COMMIT")
    rows = found.ordered(top) if top is not None else found.sorted()
    return Counts(found.columns(), rows, found.left_out, explained, near, notes)


def count_tables(store: Store, tables: Sequence[Sequence[str]], selection: Selection | None = None, *, top: int | None = None) -> list[Counts]:
    """Count work by several sets of columns at once: what :func:`count` gives for each, the records chosen and the rules applied once for all.

    Parameters
    ----------
    store
        The store.
    tables
        The columns of each table, out of `BY`.
    selection
        Which records, and which rules.
    top
        Only so many rows of each table.

    Raises
    ------
    ValueError
        As :func:`count`.
    """
    selection = selection or Selection()
    wanted = [tuple(by) for by in tables]
    for by in wanted:
        _check(by, selection)
    db = store.connection()
    db.execute("BEGIN")
    try:
        answers = {by: _prepared(db, by, False, selection, top) for by in wanted}
        missing = [by for by, found in answers.items() if found is None]
        if missing:
            left = sift(db, tuple(dict.fromkeys(name for by in missing for name in by)), False, selection)
            answers |= {by: add_up(db, by, False, left) for by in missing}
            db.execute("DROP TABLE temp.chosen")
        unsettled = {} if store.settled() else {"unsettled": store.unsettled()}
    finally:
        db.execute("COMMIT")
    out = []
    for by in wanted:
        found = answers[by]
        assert found is not None
        rows = found.ordered(top) if top is not None else found.sorted()
        out.append(Counts(found.columns(), rows, found.left_out, notes=found.notes | unsettled))
    return out


@dataclass
class Answer:
    """The rows of a count, in any order, with what was left out; `whole`: whether these are all rows."""

    by: tuple[str, ...]
    sum_value: bool
    rows: list[Row]
    left_out: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    whole: bool = True

    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        keys = [column for name in self.by for column in ((name, "organisation_id") if name == "organisation" else (name,))]
        sums, time = ["value", "high", "approximate"] if self.sum_value else [], ["reported"] if set(self.by) & set(TIME) else []
        return (*keys, *(["unit"] if self.sum_value else []), "events", "records", *sums, *time)

    def sorted(self) -> list[Row]:
        """The rows in the order of the columns they are counted by; what is unknown comes last."""
        names = [*self.by, *(["unit"] if self.sum_value else [])]
        return sorted(self.rows, key=lambda row: [(row[name] is None, row[name] == UNKNOWN, row[name] or "") for name in names])

    def ordered(self, top: int) -> list[Row]:
        """The `top` rows with most events, of sums with the highest values; the row of what has no date is kept."""
        measure = "value" if self.sum_value else "events"
        rows = sorted(self.sorted(), key=lambda row: -(row[measure] or 0))
        unknown = [row for row in rows[top:] if any(row.get(name) == UNKNOWN for name in TIME)]
        return rows[:top] + unknown


def answer(db: sqlite3.Connection, by: Sequence[str], sum_value: bool, selection: Selection) -> Answer:
    """Choose records, apply the rules, add up; the table ``chosen`` is left for who wants to explain."""
    by = tuple(by)
    return add_up(db, by, sum_value, sift(db, by, sum_value, selection))


def sift(db: sqlite3.Connection, by: tuple[str, ...], sum_value: bool, selection: Selection) -> dict[str, int]:
    """Choose records and apply the rules; how many records each left out."""
    choose(db, by, selection, units=sum_value)
    for rule in OF_SUMS if sum_value else OF_RECORDS:
        rule(db, selection)
    left = db.execute(f"SELECT reason, {_records(db)} FROM chosen WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason").fetchall()
    return {row[0]: row[1] for row in left}


def _records(db: sqlite3.Connection) -> str:
    """What counts the records in rows of the table ``chosen``: only by organisation may a record have several rows."""
    names = {row[1] for row in db.execute("PRAGMA temp.table_info(chosen)")}
    return "count(DISTINCT record_id)" if "by_organisation" in names else "count(*)"


def add_up(db: sqlite3.Connection, by: tuple[str, ...], sum_value: bool, left_out: dict[str, int], most: int | None = None) -> Answer:
    """Add up what the rules left of the table ``chosen``, which has the columns `by` and perhaps more.

    Parameters
    ----------
    db
        The connection.
    by, sum_value
        As for :func:`count`.
    left_out
        As :func:`sift` tells it.
    most
        Only so many rows are wanted, those that :meth:`Answer.ordered` would take: so that memory does not grow with the archive.
    """
    cells = [f"by_{name}" for name in by] + ["unit"] * sum_value
    query = f"""SELECT {''.join(cell + ', ' for cell in cells)} min(name) AS name, count(DISTINCT event_key) AS events, {_records(db)} AS records,
        sum(value) AS value, sum(coalesce(high, value)) AS high, sum(coalesce(approximate, 0)) AS approximate, sum(reported) AS reported
        FROM chosen WHERE reason IS NULL {'GROUP BY ' + ', '.join(cells) if cells else ''}"""
    cut = most is not None and bool(by) and not set(by) & set(TIME)
    cursor = db.execute(_first(query, by, sum_value, most or 0) if cut else query)
    names = [column[0] for column in cursor.description]
    listed = [dict(zip(names, cells, strict=True)) for cells in cursor.fetchall()]
    rows = [_row(cells, by, sum_value) for cells in listed]
    found = Answer(by, sum_value, rows)
    found.whole = not cut or not listed or listed[0]["in_all"] == len(listed)
    if "organisation" in by:
        _name_bodies(db, rows)
    _add_unknown(found)
    found.left_out = dict(left_out)
    found.notes = _notes(db, by, sum_value)
    return found


def _first(query: str, by: tuple[str, ...], sum_value: bool, most: int) -> str:
    """The query for the first rows of another, in the order of :meth:`Answer.ordered`, with the number of its rows ``in_all``."""
    told = {name: "coalesce(o.name, g.name)" if name == "organisation" else f"g.by_{name}" for name in by} | ({"unit": "g.unit"} if sum_value else {})
    order = [f"coalesce(g.{'value' if sum_value else 'events'}, 0) DESC"]
    order += [f"{cell} IS NULL, {cell} IS '{UNKNOWN}', {cell}" for cell in told.values()] + [f"g.by_{name}" for name in by]
    join = "LEFT JOIN organisations o ON o.organisation_id = g.by_organisation" if "organisation" in by else ""
    return f"SELECT g.*, count(*) OVER () AS in_all FROM ({query}) g {join} ORDER BY {', '.join(order)} LIMIT {most}"


def _row(cells: Row, by: tuple[str, ...], sum_value: bool) -> Row:
    row: Row = {}
    for name in by:
        row[name] = cells[f"by_{name}"]
        if name == "organisation":
            row["organisation_id"], row["organisation"] = row["organisation"], cells["name"]
    if sum_value:
        row["unit"] = cells["unit"]
    row |= {"events": cells["events"], "records": cells["records"]}
    if sum_value:
        value, high = cells["value"], cells["high"]
        row |= {"value": value, "high": high if high != value else None, "approximate": cells["approximate"]}
    if set(by) & set(TIME):
        row["reported"] = cells["reported"]
    return row


def _name_bodies(db: sqlite3.Connection, rows: list[Row]) -> None:
    """Names from the registry."""
    names = dict(db.execute("SELECT organisation_id, name FROM organisations").fetchall()) if len(rows) > 20_000 else {}
    for row in rows:
        key = row["organisation_id"]
        if key is not None and key not in names:
            found = db.execute("SELECT name FROM organisations WHERE organisation_id = ?", (key,)).fetchone()
            names[key] = found[0] if found else row["organisation"]
        row["organisation"] = names.get(key, row["organisation"])


def _add_unknown(found: Answer) -> None:
    """By month or year the row of work without any date is always there."""
    for name in TIME:
        if name in found.by and not any(row[name] == UNKNOWN for row in found.rows):
            empty = dict.fromkeys(found.columns()) | {name: UNKNOWN, "events": 0, "records": 0, "reported": 0}
            found.rows.append(empty | ({"value": 0.0, "approximate": 0} if found.sum_value else {}))


def _notes(db: sqlite3.Connection, by: tuple[str, ...], sum_value: bool) -> dict[str, int]:
    queries = {}
    if "organisation" in by:
        queries["joint"] = "SELECT count(*) FROM (SELECT 1 FROM chosen WHERE reason IS NULL GROUP BY record_id HAVING count(*) > 1)"
    if sum_value:
        queries["approximate"] = f"SELECT {_records(db)} FROM chosen WHERE reason IS NULL AND approximate"
        queries["parts"] = """SELECT count(DISTINCT c.record_id) FROM totals_of m CROSS JOIN chosen c ON c.record_id = m.record_id
            CROSS JOIN chosen t ON t.record_id = m.total_id WHERE c.reason IS NULL AND t.reason IS NULL"""
    if set(by) & set(TIME):
        queries["reported"] = f"SELECT {_records(db)} FROM chosen WHERE reason IS NULL AND reported"
    notes = {name: db.execute(query).fetchone()[0] for name, query in queries.items()}
    return {name: number for name, number in notes.items() if number}


def _prepared(db: sqlite3.Connection, by: tuple[str, ...], sum_value: bool, selection: Selection, top: int | None) -> Answer | None:
    """The answer that was worked out when the run ended, where there is one that holds all rows asked for."""
    if selection != Selection(modality=selection.modality):
        return None
    found = db.execute("SELECT answer FROM prepared WHERE name = ?", (prepared_name(by, sum_value, selection.modality),)).fetchone()
    content = json.loads(found[0]) if found else None
    if content is None or not (content["complete"] or (top is not None and top <= len(content["rows"]))):
        return None
    return Answer(by, sum_value, content["rows"], content["left_out"], content["notes"])


def prepared_name(by: tuple[str, ...], sum_value: bool, modality: str) -> str:
    """The name of a prepared count."""
    return f"{','.join(by)}|{int(sum_value)}|{modality}"


def _check(by: tuple[str, ...], selection: Selection) -> None:
    for name in by:
        if name not in BY:
            raise ValueError(f"cannot count by {name!r}; known are {', '.join(BY)}")
    if len(set(by)) < len(by):
        raise ValueError(f"counted by one column twice: {', '.join(by)}")
    checked = (("action", selection.action, (None, *LABELLED_COLUMNS["action"])), ("modality", selection.modality, ("all", *MODALITIES)),
               ("running totals", selection.running_totals, ("latest", "all")), ("duplicates", selection.duplicates, ("once", "keep")))
    for name, value, known in checked:
        if value not in known:
            raise ValueError(f"unknown {name} {value!r}; known are {', '.join(str(one) for one in known if one)}")
