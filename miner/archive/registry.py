"""The registry: one row per body over the whole archive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from miner.store.parquet import read_rows


class _Body:
    def __init__(self, row: dict[str, Any], jurisdiction: str | None) -> None:
        self.name, self.jurisdiction = row["name"], jurisdiction
        self.types: Counter[str] = Counter()
        self.names: set[str] = set()
        self.reports: set[str] = set()
        self.mentions = self.events = 0
        self.level, self.code = row["level"], row["division_code"]


def registry(tables: Path) -> list[dict[str, Any]]:
    """The rows of the table ``organisations``, from the mentions, events and reports in a folder of Parquet tables."""
    facts = {row["source"]: row for row in read_rows(tables / "reports.parquet", ["source", "published", "jurisdiction"])}
    bodies: dict[str, _Body] = {}
    of_name: dict[tuple[str, str], str] = {}
    for row in read_rows(tables / "organisation_mentions.parquet"):
        key = row["organisation_id"]
        body = bodies.setdefault(key, _Body(row, facts[row["source"]]["jurisdiction"]))
        body.types[row["type"]] += 1
        body.names.add(row["text"])
        body.reports.add(row["source"])
        body.mentions += 1
        body.name = max(body.name, row["name"], key=len)  # 省水利厅 in one report, 湖北省水利厅 in another
        body.level, body.code = body.level or row["level"], body.code or row["division_code"]
        of_name[row["source"], row["name"]] = key
    for row in read_rows(tables / "events.parquet", ["source", "organisations"]):
        for name in row["organisations"] or ():
            found = of_name.get((row["source"], name))
            if found:
                bodies[found].events += 1
    return [_row(key, body, facts) for key, body in sorted(bodies.items(), key=lambda pair: (pair[1].name, pair[0]))]


def _row(key: str, body: _Body, facts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    days = [facts[source]["published"] for source in body.reports if facts[source]["published"]]
    return {"organisation_id": key, "name": body.name, "jurisdiction": body.jurisdiction, "type": min(body.types, key=lambda t: (-body.types[t], t)),
            "level": body.level, "division_code": body.code, "names_used": sorted(body.names), "reports": len(body.reports), "mentions": body.mentions,
            "events": body.events, "first_seen": min(days, default=None), "last_seen": max(days, default=None)}
