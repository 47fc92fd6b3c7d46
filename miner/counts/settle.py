"""What the rules of the counts need to know of all records at once, worked out when a run ends.

In: a connection to the store, within a transaction. Out: its tables ``counting``, ``totals_of`` and ``prepared``.
"""

from __future__ import annotations

import json
import sqlite3

from miner.counts.chosen import choose
from miner.counts.count import add_up, prepared_name, sift
from miner.counts.model import Selection
from miner.counts.rules import other_modality, part, rate, repeated, running_total, same_fact

PREPARED: tuple[tuple[str, bool, tuple[tuple[str, ...], ...]], ...] = (
    ("done", False, (("organisation",),)),
    ("done", False, ((), ("month",), ("year",), ("action",), ("item",), ("region",), ("month", "action"))),
    ("done", True, ((), ("month",), ("item",))),
    ("all", False, (("modality",),)),
)
"""The counts over everything that an overview shows: modality, sums or not, and the columns of those that rest on the same table of chosen records."""
MOST_PREPARED = 1_000
RUNNING_WORDS = ("累计", "截至", "截止", "以来", "至今")
"""Words of a sentence that make an undated total in it a running one, up to the day of publication."""


def settle(db: sqlite3.Connection) -> None:
    """Work out anew what the counts rest on."""
    for table in ("counting", "totals_of", "prepared"):
        db.execute(f"DELETE FROM {table}")
    find_totals(db)
    find_same_facts(db)
    find_chains(db)
    tell_reasons(db)
    for modality, sum_value, tables in PREPARED:
        left = sift(db, tuple(dict.fromkeys(name for by in tables for name in by)), sum_value, Selection(modality=modality))
        for by in tables:
            found = add_up(db, by, sum_value, left, MOST_PREPARED)
            rows = found.ordered(MOST_PREPARED)
            content = {"rows": rows, "complete": found.whole and len(rows) == len(found.rows), "left_out": found.left_out, "notes": found.notes}
            db.execute("INSERT INTO prepared VALUES (?, ?)", (prepared_name(by, sum_value, modality), json.dumps(content, ensure_ascii=False)))
    db.execute("DROP TABLE chosen")
    db.execute("UPDATE meta SET value = 1 WHERE key = 'settled'")
    db.execute("UPDATE meta SET value = (SELECT value FROM meta WHERE key = 'next_report') WHERE key = 'settled_below'")


def find_totals(db: sqlite3.Connection) -> None:
    """The totals of every part: the records of the quantity it is a part of, and of those above that."""
    db.execute("""INSERT INTO totals_of WITH RECURSIVE above (record_id, report_id, quantity) AS (
            SELECT id, report_id, part_of FROM records WHERE part_of IS NOT NULL
            UNION SELECT above.record_id, above.report_id, q.part_of FROM above JOIN quantities q ON q.report_id = above.report_id
            AND q.quantity = above.quantity WHERE q.part_of IS NOT NULL)
        SELECT DISTINCT above.record_id, t.id FROM above JOIN records t ON t.report_id = above.report_id AND t.quantity = above.quantity
        WHERE t.id <> above.record_id""")


def find_same_facts(db: sqlite3.Connection) -> None:
    """For every record the first published one that says the same: equal organisation_id, action, item, unit, value, modality and dates, none missing."""
    db.execute("INSERT INTO counting (record_id) SELECT id FROM records ORDER BY id")
    db.execute("""UPDATE counting SET same_as = found.first FROM (SELECT t.id, first_value(t.id) OVER (
            PARTITION BY a.organisation_id, t.action, t.item, t.unit, t.value, t.modality, t.date_from, t.date_to
            ORDER BY p.published IS NULL, p.published, p.source, t.record) AS first
            FROM records t JOIN reports p ON p.id = t.report_id JOIN actors a ON a.record_id = t.id AND a.place = 0 WHERE NOT t.repeated
            AND a.organisation_id IS NOT NULL AND t.item IS NOT NULL AND t.unit IS NOT NULL AND t.value IS NOT NULL AND t.date_from IS NOT NULL
            AND t.date_to IS NOT NULL) AS found
        WHERE counting.record_id = found.id AND found.first <> found.id""")


def find_chains(db: sqlite3.Connection) -> None:
    """Running totals: of the same organisation_id, action, normalised item, unit, modality and start. A part of a running total runs with it.

    A total runs where it covers more than a day (or has an open start), or where it has no date and its sentence says that it is one. Its end is its last day,
    else the day of publication.
    """
    words = " OR ".join(f"s.text LIKE '%{word}%'" for word in RUNNING_WORDS)
    db.execute(f"""CREATE TEMP TABLE running AS SELECT t.id FROM records t JOIN counting k ON k.record_id = t.id
        LEFT JOIN sentences s ON s.id = t.sentence_id WHERE t.scope = 'total' AND t.value IS NOT NULL AND NOT t.repeated AND k.same_as IS NULL
        AND (t.date_from IS NOT t.date_to OR (t.date_from IS NULL AND t.date_to IS NULL AND ({words})))""")
    db.execute("""INSERT INTO running SELECT m.record_id FROM totals_of m JOIN running r ON r.id = m.total_id JOIN records t ON t.id = m.record_id
        JOIN counting k ON k.record_id = t.id WHERE t.value IS NOT NULL AND NOT t.repeated AND k.same_as IS NULL
        AND t.scope NOT IN ('rate', 'duration') AND m.record_id NOT IN (SELECT id FROM running)""")
    db.execute("""UPDATE counting SET chain = found.chain, chain_end = found.last FROM (
            SELECT DISTINCT t.id, coalesce(t.date_to, p.published) AS last, min(t.id) OVER (PARTITION BY a.organisation_id, t.action,
            coalesce(t.normalised_item, t.item, ''), coalesce(t.unit, ''), t.modality, coalesce(t.date_from, '')) AS chain
            FROM running r JOIN records t ON t.id = r.id JOIN reports p ON p.id = t.report_id JOIN actors a ON a.record_id = t.id AND a.place = 0
            WHERE a.organisation_id IS NOT NULL AND coalesce(t.date_to, p.published) IS NOT NULL) AS found
        WHERE counting.record_id = found.id""")
    db.execute("DROP TABLE running")


def tell_reasons(db: sqlite3.Connection) -> None:
    """Why each record is left out by default, for the pages of reports and the views: as in a count of sums by action and item."""
    selection = Selection()
    choose(db, ("action", "item"), selection, units=True)
    for rule in (other_modality, rate, repeated, same_fact, running_total, part):
        rule(db, selection)
    db.execute("UPDATE counting SET reason = c.reason, instead = c.instead FROM chosen c WHERE c.record_id = counting.record_id AND c.reason IS NOT NULL")
    db.execute("DROP TABLE chosen")

