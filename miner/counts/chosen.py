"""The records that a count is about, as the temporary table ``chosen`` that the rules work on.

In: a connection, the columns to count by, a selection. Out: the table, one row per record, and where it is counted by organisation one per actor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from miner.counts.model import UNKNOWN, Selection
from miner.store.folding import fold
from miner.store.names import organisation_ids, regions

_CELLS = {
    "month": f"coalesce(substr(t.day, 1, 7), '{UNKNOWN}')",
    "year": f"coalesce(substr(t.day, 1, 4), '{UNKNOWN}')",
    "organisation": "a.organisation_id",
    "action": "t.action",
    "item": "coalesce(t.normalised_item, t.item, '')",
    "region": "p.jurisdiction",
    "modality": "t.modality",
}
TIME = ("month", "year")
_NOT_PARTING = (*TIME, "item")  # a part in another month or with another item would still be added to its total by who adds up the rows


def choose(db: sqlite3.Connection, by: Sequence[str], selection: Selection, units: bool) -> None:
    """Make the table ``chosen``; `units` tells whether a cell holds one unit only."""
    conditions, values = _conditions(db, selection)
    unit, value, high = "coalesce(t.unit, '')", "t.value", "t.high"
    if selection.normalised_units:
        unit, value = "coalesce(t.normalised_unit, t.unit, '')", "coalesce(t.normalised_value, t.value)"
        high = "CASE WHEN t.normalised_value IS NULL OR t.value = 0 THEN t.high ELSE t.high * (t.normalised_value / t.value) END"
    if not units:
        unit = "NULL"
    cells = "".join(f"{_CELLS[name]} AS by_{name}, " for name in by)
    parts = [_CELLS[name] for name in by if name not in _NOT_PARTING] + [unit] * units
    cell = " || char(31) || ".join(f"coalesce({expression}, '')" for expression in parts) or "''"
    joins, name = "", "NULL"
    if "organisation" in by:
        joins, name = " LEFT JOIN actors a ON a.record_id = t.id", "a.name"
        if selection.organisation is not None:
            conditions.append("a.organisation_id IN (SELECT value FROM wanted)")
    db.execute("DROP TABLE IF EXISTS temp.chosen")
    db.execute(f"""CREATE TEMP TABLE chosen AS SELECT t.id AS record_id, t.report_id * 16777216 + t.event AS event_key, {cells}{name} AS name, {unit} AS unit,
        {cell} AS cell, t.modality, t.day, {int(any(name in TIME for name in by))} AS own_row, {value} AS value, {high} AS high,
        t.qualifier <> 'exact' OR t.high IS NOT NULL AS approximate, t.scope, t.repeated, k.same_as, k.chain, k.chain_end, p.published,
        t.date_from IS NULL AND t.date_to IS NULL AND p.published IS NOT NULL AS reported, CAST(NULL AS TEXT) AS reason, CAST(NULL AS INTEGER) AS instead
        FROM records t JOIN reports p ON p.id = t.report_id LEFT JOIN counting k ON k.record_id = t.id{joins}
        {'WHERE ' + ' AND '.join(conditions) if conditions else ''}""", values)
    if units:  # what looks for the total of a part
        db.execute("CREATE INDEX temp.chosen_record ON chosen(record_id)")


def _conditions(db: sqlite3.Connection, selection: Selection) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []

    def one_of(expression: str, wanted: list[str]) -> str:
        values.extend(wanted)
        return f"{expression} IN ({', '.join('?' * len(wanted))})"

    if selection.organisation is not None:
        db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (value TEXT)")
        db.execute("DELETE FROM wanted")
        db.executemany("INSERT INTO wanted VALUES (?)", ((key,) for key in organisation_ids(db, selection.organisation)))
        conditions.append("t.id IN (SELECT record_id FROM actors WHERE organisation_id IN (SELECT value FROM wanted))")
    if selection.region is not None:
        conditions.append(one_of("p.jurisdiction", regions(db, selection.region)))
    if selection.item is not None:
        same = "SELECT id FROM terms WHERE kind = 'item' AND folded = ?"
        conditions.append(f"t.id IN (SELECT record_id FROM facts WHERE item IN ({same}) UNION SELECT record_id FROM facts WHERE words IN ({same}))")
        values += [fold(selection.item)] * 2
    for expression, wanted in (("t.action", selection.action), ("p.source", selection.source)):
        if wanted is not None:
            conditions.append(f"{expression} = ?")
            values.append(wanted)
    for sign, day in ((">=", selection.date_from), ("<=", selection.date_to)):
        if day is not None:
            conditions.append(f"(t.day {sign} ? OR t.day IS NULL)")
            values.append(day.isoformat())
    return conditions, values
