"""The registry: one row per body over the whole archive.

In: the rows of a run in the order of reports. Out: the table ``organisations``. Memory does not grow with the archive: what is told of the bodies is parted on
disk by their ids, worked a part at a time, and merged in order.
"""

from __future__ import annotations

import datetime as dt
import pickle
from array import array
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, islice
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zlib import crc32

import pyarrow.parquet as pq

from miner.archive.order import Ordered
from miner.schema import TABLES
from miner.store.parquet import arrow_schema, arrow_table

_MOST = 50_000
_WRITTEN = 20_000  # rows written at once
_HELD = 100  # rows of each part in memory while parts are merged
#: organisation_id, name, text, type, level, division_code, source, and of the report jurisdiction and published.
_Mention = tuple[str, str, str, str, str | None, str | None, str, str | None, dt.date | None]


class _Body:
    """What is known of one body; nothing of it grows with the number of reports."""

    __slots__ = ("code", "events", "first_seen", "jurisdiction", "last_report", "last_seen", "level", "mentions", "name", "names", "reports", "types")

    def __init__(self, mention: _Mention) -> None:
        _, self.name, _, _, self.level, self.code, _, self.jurisdiction, _ = mention
        self.types: dict[str, int] = {}
        self.names: tuple[str, ...] = ()
        self.reports = self.mentions = self.events = 0
        self.last_report = ""
        self.first_seen: dt.date | None = None
        self.last_seen: dt.date | None = None

    def mention(self, mention: _Mention) -> None:
        _, name, text, type_, level, code, source, _, published = mention
        if len(name) > len(self.name):  # 省水利厅 in one report, 湖北省水利厅 in another
            self.name = name
        self.types[type_] = self.types.get(type_, 0) + 1
        if text not in self.names:
            self.names = (*self.names, text)
        self.mentions += 1
        self.level, self.code = self.level or level, self.code or code
        if source != self.last_report:
            self.last_report = source
            self.reports += 1
            if published:
                self.first_seen, self.last_seen = min(self.first_seen or published, published), max(self.last_seen or published, published)


def write_registry(ordered: Ordered, file: Path, most: int = _MOST) -> int:
    """Write the table ``organisations``, from the mentions, events and reports of the parts; returns its number of rows.

    Parameters
    ----------
    ordered
        The rows of the parts, in the order of the archive.
    file
        Where to write.
    most
        About how many mentions are in memory at once: of more, those of the same bodies are brought together on disk.
    """
    number = -(-ordered.count("organisation_mentions") // most) or 1
    total = 0
    with TemporaryFile(dir=file.parent) as scratch, pq.ParquetWriter(file, arrow_schema(TABLES["organisations"]), compression="zstd") as writer:
        rows = _merged(ordered, _Waiting(scratch, number), number) if number > 1 else iter(_rows(_told(ordered)))
        while some := list(islice(rows, _WRITTEN)):
            writer.write_table(arrow_table("organisations", some))
            total += len(some)
    return total


class _Waiting:
    """Lists that wait in a file, in a number of queues."""

    def __init__(self, file: IO[bytes], queues: int) -> None:
        self.file = file
        self._places = [array("q") for _ in range(queues)]

    def put(self, queue: int, some: Any) -> None:
        self._places[queue].append(self.file.seek(0, SEEK_END))
        pickle.dump(some, self.file)

    def take(self, queue: int) -> Iterator[Any]:
        for place in self._places[queue]:
            self.file.seek(place)
            yield pickle.load(self.file)


def _merged(ordered: Ordered, waiting: _Waiting, parts: int) -> Iterator[dict[str, Any]]:
    """The rows of all bodies, in order; a part of the bodies at a time is worked, all others wait on disk."""
    for mentions, events in _told(ordered):
        told: list[tuple[list[_Mention], list[str]]] = [([], []) for _ in range(parts)]
        place = {key: crc32(key.encode()) % parts for key in {mention[0] for mention in mentions}}
        for mention in mentions:
            told[place[mention[0]]][0].append(mention)
        for key in events:
            told[place[key]][1].append(key)
        for part, found in enumerate(told):
            waiting.put(part, found)
    done = _Waiting(waiting.file, parts)
    for part in range(parts):
        rows = _rows(waiting.take(part))
        for first in range(0, len(rows), _HELD):
            done.put(part, rows[first : first + _HELD])
        del rows
    return merge(*(chain.from_iterable(done.take(part)) for part in range(parts)), key=_order)


def _told(ordered: Ordered) -> Iterator[tuple[list[_Mention], list[str]]]:
    """Batch by batch: every mention, and for every event the ids of its bodies."""
    for batch in ordered.batches:
        reports = ordered.table(batch, "reports").select(["source", "published", "jurisdiction"])
        facts = {row["source"]: (row["jurisdiction"], row["published"]) for row in reports.to_pylist()}
        table = ordered.table(batch, "organisation_mentions")
        cells = [table[name].to_pylist() for name in ("organisation_id", "name", "text", "type", "level", "division_code", "source")]
        mentions = [(*row, *facts[row[-1]]) for row in zip(*cells, strict=True)]
        of_name = dict(zip(zip(cells[-1], cells[1], strict=True), cells[0], strict=True))
        table = ordered.table(batch, "events")
        events = zip(table["source"].to_pylist(), table["organisations"].to_pylist(), strict=True)
        yield mentions, [found for source, names in events for name in names or () if (found := of_name.get((source, name)))]


def _rows(told: Iterable[tuple[list[_Mention], list[str]]]) -> list[dict[str, Any]]:
    """One row per body, in order."""
    bodies: dict[str, _Body] = {}
    for mentions, events in told:
        for mention in mentions:
            body = bodies.get(mention[0])
            if body is None:
                body = bodies[mention[0]] = _Body(mention)
            body.mention(mention)
        for key in events:
            bodies[key].events += 1
    return sorted((_row(key, body) for key, body in bodies.items()), key=_order)


def _order(row: dict[str, Any]) -> tuple[str, str]:
    return row["name"], row["organisation_id"]


def _row(key: str, body: _Body) -> dict[str, Any]:
    return {"organisation_id": key, "name": body.name, "jurisdiction": body.jurisdiction, "type": min(body.types, key=lambda t: (-body.types[t], t)),
            "level": body.level, "division_code": body.code, "names_used": sorted(body.names), "reports": body.reports, "mentions": body.mentions,
            "events": body.events, "first_seen": body.first_seen, "last_seen": body.last_seen}
