"""The conditions of a query other than its words, as SQL on the store's table ``facts``.

In: a query. Out: conditions with their values; None where nothing can meet them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from miner.schema import LABELLED_COLUMNS, MODALITIES
from miner.search.model import Query
from miner.store.names import items, organisation_ids, regions


@dataclass(frozen=True)
class Filters:
    """SQL conditions on ``facts f`` and their values; the sentence ids of the one report asked for."""

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    between: tuple[int, int] | None = None

    def sql(self, before: str = " AND ") -> str:
        """The conditions, joined, for facts of sentences that are given (the ``+`` keeps SQLite from looking them up by anything else); none: nothing."""
        return before + " AND ".join(self.conditions).replace("f.", "+f.") if self.conditions else ""

    def sql_alone(self) -> str:
        """The conditions, joined, for finding facts by an index."""
        return " AND ".join(self.conditions)


def filters(db: sqlite3.Connection, query: Query) -> Filters | None:
    """Translate the conditions of a query.

    Raises
    ------
    ValueError
        If a code is not valid.
    """
    for kind, code, codes in (("action", query.action, LABELLED_COLUMNS["action"]), ("modality", query.modality, MODALITIES)):
        if code is not None and code not in codes:
            raise ValueError(f"unknown {kind} {code!r}; known are {', '.join(codes)}")
    asked: dict[str, tuple[str | None, Callable[[], list[Any]]]] = {
        "action": (query.action, lambda: [query.action]),
        "modality": (query.modality, lambda: [query.modality]),
        "organisation": (query.organisation, lambda: organisation_ids(db, query.organisation or "")),
        "region": (query.region, lambda: regions(db, query.region or "")),
        "item": (query.item, lambda: items(db, query.item or "")),
    }
    conditions: list[str] = []
    values: list[Any] = []
    for kind, (wanted, found) in asked.items():
        if wanted is None:
            continue
        terms = _terms(db, kind, found())
        if not terms:
            return None
        one_of = f"IN ({', '.join('?' * len(terms))})" if len(terms) > 1 else "= ?"
        conditions.append(f"f.{kind} {one_of}" if kind != "item" else f"(f.item {one_of} OR f.words {one_of})")
        values += terms * (2 if kind == "item" else 1)
    for sign, day in ((">=", query.date_from), ("<=", query.date_to)):
        if day is not None:
            conditions.append(f"f.day {sign} ?")
            values.append(day.toordinal())
    return Filters(tuple(conditions), tuple(values))


def _terms(db: sqlite3.Connection, kind: str, values: list[Any]) -> list[int]:
    """The numbers that stand for values in ``facts``."""
    return [row[0] for value in values for row in db.execute("SELECT id FROM terms WHERE kind = ? AND value = ?", (kind, value))]
