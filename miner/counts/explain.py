"""What a count left out, and what it counted that may be one fact told twice.

In: a connection with the table ``chosen`` after the rules. Out: lists.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import combinations

from miner.counts.model import REASONS, LeftOut, NearMatch

_CELLS = ("organisation", "action", "item", "value", "unit", "date_from", "date_to", "evidence")
_GROUP = 50  # of more records with the same organisation, action and number only the first are compared


def left_out_rows(db: sqlite3.Connection) -> list[LeftOut]:
    """The records left out, by reason, report and record."""
    cells = ", ".join(f"t.{name}" for name in _CELLS[:-1])
    query = f"""SELECT DISTINCT p.source, t.record, c.reason, q.source AS other_source, u.record AS other_record, {cells}, s.text AS evidence
        FROM chosen c JOIN records t ON t.id = c.record_id JOIN reports p ON p.id = t.report_id LEFT JOIN sentences s ON s.id = t.sentence_id
        LEFT JOIN records u ON u.id = c.instead LEFT JOIN reports q ON q.id = u.report_id WHERE c.reason IS NOT NULL"""
    order = {reason: place for place, reason in enumerate(REASONS)}
    rows = sorted(db.execute(query).fetchall(), key=lambda row: (order[row["reason"]], row["source"], row["record"]))
    return [LeftOut(row["source"], row["record"], row["reason"], (row["other_source"], row["other_record"]) if row["other_source"] is not None else None,
                    {name: row[name] for name in _CELLS}) for row in rows]


def near_matches(db: sqlite3.Connection) -> list[NearMatch]:
    """Pairs of counted records with the same organisation, action, modality and number that differ in one thing only.

    That is the item, the unit, or dates of which one is missing or that overlap. Two of one sentence are no pair: 口罩、手套各500个.
    """
    rows = db.execute("""SELECT DISTINCT t.id, t.organisation, a.organisation_id AS body, t.action, t.modality, t.value, t.item, t.unit, t.date_from, t.date_to,
        t.sentence_id, p.source, t.record FROM chosen c JOIN records t ON t.id = c.record_id JOIN reports p ON p.id = t.report_id
        JOIN actors a ON a.record_id = t.id AND a.place = 0 WHERE c.reason IS NULL AND t.value IS NOT NULL AND a.organisation_id IS NOT NULL
        ORDER BY p.source, t.record""").fetchall()
    groups: dict[tuple, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        groups[row["body"], row["action"], row["modality"], row["value"]].append(row)
    found = []
    for group in groups.values():
        for first, second in combinations(group[:_GROUP], 2):
            differs = _difference(first, second)
            if differs:
                found.append(NearMatch((first["source"], first["record"]), (second["source"], second["record"]), differs))
    return sorted(found, key=lambda pair: (pair.first, pair.second))


def _difference(first: sqlite3.Row, second: sqlite3.Row) -> str | None:
    if first["sentence_id"] == second["sentence_id"]:
        return None
    differs = [name for name in ("item", "unit") if first[name] != second[name]]
    days = [(row["date_from"], row["date_to"]) for row in (first, second)]
    if days[0] != days[1]:
        if None not in (*days[0], *days[1]) and not (days[0][0] <= days[1][1] and days[1][0] <= days[0][1]):
            return None
        differs.append("dates")
    elif None in days[0] and not differs:
        return "dates"  # equal, but missing: it cannot be told
    return differs[0] if len(differs) == 1 else None
