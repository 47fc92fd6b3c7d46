"""The registry: one row per body over the whole archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from miner.archive.order import Ordered


class _Body:
    """What is known of one body; nothing of it grows with the number of reports."""

    __slots__ = ("code", "events", "first_seen", "jurisdiction", "last_report", "last_seen", "level", "mentions", "name", "names", "reports", "types")

    def __init__(self, row: dict[str, Any], jurisdiction: str | None) -> None:
        self.name, self.jurisdiction = row["name"], jurisdiction
        self.types: dict[str, int] = {}
        self.names: tuple[str, ...] = ()
        self.reports = self.mentions = self.events = 0
        self.last_report = ""
        self.first_seen: dt.date | None = None
        self.last_seen: dt.date | None = None
        self.level, self.code = row["level"], row["division_code"]

    def mention(self, row: dict[str, Any], published: dt.date | None) -> None:
        self.name = max(self.name, row["name"], key=len)  # 省水利厅 in one report, 湖北省水利厅 in another
        self.types[row["type"]] = self.types.get(row["type"], 0) + 1
        if row["text"] not in self.names:
            self.names = (*self.names, row["text"])
        self.mentions += 1
        self.level, self.code = self.level or row["level"], self.code or row["division_code"]
        if row["source"] != self.last_report:
            self.last_report = row["source"]
            self.reports += 1
            if published:
                self.first_seen, self.last_seen = min(self.first_seen or published, published), max(self.last_seen or published, published)


def registry(ordered: Ordered) -> Iterator[dict[str, Any]]:
    """The rows of the table ``organisations``, from the mentions, events and reports of the parts."""
    bodies: dict[str, _Body] = {}
    for batch in ordered.batches:
        reports = ordered.table(batch, "reports").select(["source", "published", "jurisdiction"])
        facts = {row["source"]: row for row in reports.to_pylist()}
        of_name: dict[tuple[str, str], str] = {}
        mentions = ordered.table(batch, "organisation_mentions")
        for row in mentions.select(["source", "organisation_id", "name", "text", "type", "level", "division_code"]).to_pylist():
            key = row["organisation_id"]
            fact = facts[row["source"]]
            bodies.setdefault(key, _Body(row, fact["jurisdiction"])).mention(row, fact["published"])
            of_name[row["source"], row["name"]] = key
        for row in ordered.table(batch, "events").select(["source", "organisations"]).to_pylist():
            for name in row["organisations"] or ():
                found = of_name.get((row["source"], name))
                if found:
                    bodies[found].events += 1
    for key in sorted(bodies, key=lambda key: (bodies[key].name, key)):
        yield _row(key, bodies[key])


def _row(key: str, body: _Body) -> dict[str, Any]:
    return {"organisation_id": key, "name": body.name, "jurisdiction": body.jurisdiction, "type": min(body.types, key=lambda t: (-body.types[t], t)),
            "level": body.level, "division_code": body.code, "names_used": sorted(body.names), "reports": body.reports, "mentions": body.mentions,
            "events": body.events, "first_seen": body.first_seen, "last_seen": body.last_seen}
