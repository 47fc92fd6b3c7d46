"""Stores made of given rows: the part files that a run would leave, and the store beside them. Cells that a test does not give are null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from miner.archive.order import Ordered
from miner.archive.parts import PART_TABLES, PartInput, load_all, write_part
from miner.archive.plan import Shard
from miner.archive.tables import write_tables
from miner.indexing import StoreKeeper
from miner.schema import TABLES
from miner.store import Store, open_store

Row = dict[str, Any]


def report(source: str, sentences: Iterable[str], published: str | None = None, jurisdiction: str | None = None, code: str | None = None,
           records: Iterable[Row] = (), quantities: Iterable[Row] = ()) -> dict[str, list[Row]]:
    """The rows of one report by table. Organisations of records are mentioned; their ids are their names with an ``o`` before."""
    texts, at = [], 0
    for index, text in enumerate(sentences):
        texts.append({"source": source, "sentence": index, "start": at, "end": at + len(text), "article": 0, "kind": "paragraph", "joined": False,
                      "text": text})
        at += len(text)
    day = dt.date.fromisoformat(published) if published else None
    records = [{"source": source, "record": index, "event": index, "sentence": 0, "action": "inspect", "modality": "done", "repeated": False,
                "organisations": [record["organisation"]] if record.get("organisation") else [], "normalised_item": record.get("item"),
                "qualifier": "exact", "scope": "one", **record} for index, record in enumerate(records)]
    for record in records:
        for name in ("date_from", "date_to"):
            record[name] = dt.date.fromisoformat(record[name]) if record.get(name) else None
    names = dict.fromkeys(name for record in records for name in [record.get("organisation"), *record["organisations"]] if name)
    mentions = [{"source": source, "mention": index, "start": 0, "end": 1, "text": name, "name": name, "type": "government", "organisation_id": f"o{name}",
                 "pronoun": False} for index, name in enumerate(names)]
    title = texts[0]["text"] if texts else None
    rows = {"reports": [{"source": source, "published": day, "jurisdiction": jurisdiction, "jurisdiction_code": code, "title": title}],
            "sentences": texts, "records": records, "organisation_mentions": mentions,
            "quantities": [{"source": source, **row} for row in quantities]}
    return {name: [{column: row.get(column) for column in TABLES[name].names} for row in rows.get(name, [])] for name in PART_TABLES}


def write(out: Path, name: str, reports: Iterable[dict[str, list[Row]]]) -> str:
    """Write a part."""
    rows: dict[str, list[Row]] = {table: [] for table in PART_TABLES}
    inputs = []
    for one in reports:
        for table, found in one.items():
            rows[table] += found
        inputs.append(PartInput(f"{one['reports'][0]['source']}\n{name}", tuple(len(one[table]) for table in PART_TABLES)))
    write_part(out / "parts" / name, Shard(name, ()), "given", rows, inputs, {})
    return name


def store_of(out: Path, reports: Iterable[dict[str, list[Row]]]) -> Store:
    """A store of one part, settled, with its registry of organisations."""
    name = write(out, "part", reports)
    parts = load_all(out / "parts")
    write_tables(out, Ordered((part, index) for part in parts for index in range(len(part.inputs))), "given", xlsx=False)
    with StoreKeeper(out) as keeper:
        with keeper.writer.transaction():
            keeper.writer.remove_others(())
        keeper.finish([name])
    return open_store(out)
