"""The rules that keep one thing from counting twice, each a small function with its reason.

In: a connection with the temporary table ``chosen``: one row for each record that the selection asks for (and, by organisation, for each of its actors), with
the cell of the table it belongs to. Out: the same table, with the reason why a row is left out and the record that stands for it. The rules are tried in the
order of :data:`RULES`; a row that one leaves out is out for the next.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from miner.counts.model import Selection


def other_modality(db: sqlite3.Connection, selection: Selection) -> None:
    """A plan, a demand, a negation is not work done."""
    if selection.modality != "all":
        db.execute("UPDATE chosen SET reason = 'modality' WHERE reason IS NULL AND modality <> ?", (selection.modality,))


def no_date(db: sqlite3.Connection, selection: Selection) -> None:
    """Work without any date cannot be placed within the days asked for; by month it stands in a row of its own instead."""
    if selection.date_from or selection.date_to:
        db.execute("UPDATE chosen SET reason = 'no_date' WHERE reason IS NULL AND day IS NULL AND NOT own_row")


def no_value(db: sqlite3.Connection, selection: Selection) -> None:
    """An action without a number adds nothing to a sum."""
    db.execute("UPDATE chosen SET reason = 'no_value' WHERE reason IS NULL AND value IS NULL")


def rate(db: sqlite3.Connection, selection: Selection) -> None:
    """Shares and numbers per day or household are no amounts: 65% and 80% are not 145%."""
    db.execute("UPDATE chosen SET reason = 'rate' WHERE reason IS NULL AND scope = 'rate'")


def repeated(db: sqlite3.Connection, selection: Selection) -> None:
    """A sentence that stands in the archive already (in this report or an earlier one) tells nothing new."""
    if selection.duplicates == "once":
        db.execute("UPDATE chosen SET reason = 'repeated' WHERE reason IS NULL AND repeated")


def same_fact(db: sqlite3.Connection, selection: Selection) -> None:
    """Equal organisation, action, item, unit, value, modality and dates, none missing, are one fact told twice; the first published stands."""
    if selection.duplicates == "once":
        db.execute("UPDATE chosen SET reason = 'same_fact', instead = same_as WHERE reason IS NULL AND same_as IS NOT NULL")


def running_total(db: sqlite3.Connection, selection: Selection) -> None:
    """A running total contains the earlier ones of its chain, so of those asked for the one with the latest end stands.

    Of two with the same end the one published later stands.
    """
    if selection.running_totals == "latest":
        db.execute("""CREATE TEMP TABLE latest AS SELECT chain, record_id FROM (
            SELECT chain, record_id, row_number() OVER (PARTITION BY chain ORDER BY chain_end DESC, published DESC, value DESC, record_id DESC) AS place
            FROM chosen WHERE reason IS NULL AND chain IS NOT NULL) WHERE place = 1""")
        db.execute("CREATE UNIQUE INDEX temp.latest_chain ON latest(chain)")
        db.execute("""UPDATE chosen SET reason = 'running', instead = latest.record_id FROM latest
            WHERE chosen.reason IS NULL AND latest.chain = chosen.chain AND latest.record_id <> chosen.record_id""")
        db.execute("DROP TABLE latest")


def part(db: sqlite3.Connection, selection: Selection) -> None:
    """A part is not added to its total (or the total above that), whether the total itself stands or a later one in its place.

    A part with an action of its own is counted where actions are told apart: 发现隐患20处,整改15处 are 20 found and 15 put right. Items and months do not tell
    a part from its total, so that rows of the table can be added up; asked for an item alone (企业100家,其中超市40家: --item 超市) its part is what is known.
    """
    if selection.include_parts:
        return
    db.execute("""UPDATE chosen SET reason = 'part', instead = found.total_id FROM (
            SELECT c.rowid AS row, min(m.total_id) AS total_id FROM totals_of m CROSS JOIN chosen c ON c.record_id = m.record_id CROSS JOIN chosen t
            ON t.record_id = m.total_id AND t.cell IS c.cell AND coalesce(t.reason, '') NOT IN ('modality', 'no_date', 'no_value', 'rate')
            WHERE c.reason IS NULL GROUP BY c.rowid) AS found
        WHERE chosen.rowid = found.row""")


Rule = Callable[[sqlite3.Connection, Selection], None]
OF_RECORDS: tuple[Rule, ...] = (other_modality, no_date, repeated, same_fact)
OF_SUMS: tuple[Rule, ...] = (other_modality, no_date, no_value, rate, repeated, same_fact, running_total, part)
