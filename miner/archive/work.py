"""The work on one shard: read, mine, collect rows. Runs in a worker; knows neither other shards nor processes.

In: the inputs of a shard. Out: its rows by table, and how many rows of each table every input gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from miner.archive.options import Options
from miner.archive.parts import PART_TABLES, PartInput
from miner.archive.plan import Input, Shard
from miner.document import Hints
from miner.pipeline import process
from miner.reading import Reject, Source, read_bytes
from miner.reading.read import file_items
from miner.records import Report

Rows = dict[str, list[dict[str, Any]]]
#: Index of the input, of its member, of the member's source; and what is done there: ``open``, ``read`` or ``mine``.
Position = tuple[int, int, int, str]
#: Told before each step where the work stands, and the name of what is there; returns why the step must be left out, None to do it.
At = Callable[[Position, str], str | None]
GIVEN_UP = "read or mine it alone with `miner extract`; it is tried again by the next run"


def mine_source(source: Source, hints: Hints | None = None) -> Report:
    """Mine one source text."""
    known = replace(hints or Hints(), name=source.dated or source.name, declared=source.metadata.get("published"))
    doc = process(source.text, source.kind, known)
    return Report(doc, source.name, source.encoding, source.format, source.replaced)


def _nowhere(position: Position, name: str) -> str | None:
    return None


@dataclass
class _Input:
    """One input at work."""

    index: int
    found: Input
    options: Options
    at: At

    def results(self) -> Iterator[Report | Reject]:
        """Its reports, or the reasons why there are none; never raises for what the input holds."""
        found, options = self.found, self.options
        if found.fault:
            yield Reject(found.name, "open", found.fault, found.hint)
            return
        items = file_items(found.path, found.name, options.limits, options.columns, found.piece)
        member = 0
        while True:
            stopped = self.at((self.index, member, 0, "open"), found.name)
            if stopped:
                yield Reject(found.name, "mine", stopped, GIVEN_UP)
                return
            item = next(items, None)
            if item is None:
                return
            if isinstance(item, tuple):
                yield from self._member(member, *item)
            elif isinstance(item, Reject):
                yield item
            else:
                yield self._mined(item, member, 0)
            member += 1

    def _member(self, member: int, name: str, data: bytes, depth: int) -> Iterator[Report | Reject]:
        sources = read_bytes(data, name, self.options.limits, depth, self.options.columns)
        number = 0
        while True:
            stopped = self.at((self.index, member, number, "read"), name)
            if stopped:
                yield Reject(name, "mine", stopped, GIVEN_UP)
                return
            source = next(sources, None)
            if source is None:
                return
            yield source if isinstance(source, Reject) else self._mined(source, member, number)
            number += 1

    def _mined(self, source: Source, member: int, number: int) -> Report | Reject:
        stopped = self.at((self.index, member, number, "mine"), source.name)
        if stopped:
            return Reject(source.name, "mine", stopped, GIVEN_UP)
        try:
            report = mine_source(source, self.options.hints)
            report.rows()
        except Exception as fault:  # one bad report must not stop a run; it ends as a reject that names it
            return Reject(source.name, "mine", f"{type(fault).__name__}: {fault}", "please report this file as a fault of miner")
        return report


def shard_rows(shard: Shard, options: Options, at: At = _nowhere) -> tuple[Rows, list[PartInput]]:
    """Mine a shard.

    Parameters
    ----------
    shard
        The shard.
    options
        How reports are mined.
    at
        Told before each step where the work stands.

    Returns
    -------
    (rows, inputs)
        The rows by table; what every input gave.
    """
    rows: Rows = {name: [] for name in PART_TABLES}
    inputs = []
    for index, found in enumerate(shard.inputs):
        before = [len(rows[name]) for name in PART_TABLES]
        retry = False
        for result in _Input(index, found, options, at).results():
            if isinstance(result, Reject):
                rows["rejects"].append({"source": result.source, "stage": result.stage, "reason": result.reason, "hint": result.hint})
                retry = retry or _may_end_otherwise(result)
            else:
                for name, more in result.rows().items():
                    rows[name] += more
        counts = tuple(len(rows[name]) - was for name, was in zip(PART_TABLES, before, strict=True))
        inputs.append(PartInput(found.key, counts, retry))
    return rows, inputs


def _may_end_otherwise(reject: Reject) -> bool:
    """Whether the same bytes and the same program could give rows next time: it could not be opened, a library is missing, the worker died or was too slow."""
    return reject.stage in ("open", "mine") or reject.hint.startswith("pip install")
