"""The work on one shard: read, mine, collect rows. Runs in a worker; knows neither other shards nor processes.

In: the inputs of a shard. Out: its rows by table, and how many rows of each table every input gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple

from miner.archive.options import Options
from miner.archive.parts import PART_TABLES, PartInput
from miner.archive.plan import Input, Shard
from miner.archive.position import TOGETHER, At, Position
from miner.document import Hints
from miner.pipeline import Told, batches, no_collection, process_batch
from miner.reading import Reject, Source, read_bytes
from miner.reading.read import file_items
from miner.records import Report

Rows = dict[str, list[dict[str, Any]]]
GIVEN_UP = "read or mine it alone with `miner extract`; it is tried again by the next run"


def mine_sources(sources: Sequence[Source], hints: Hints | None = None) -> list[Report]:
    """Mine the source texts of a batch, rows included."""
    hints = hints or Hints()
    told = [Told(s.text, s.kind, replace(hints, name=s.dated or s.name, declared=s.metadata.get("published"))) for s in sources]
    with no_collection():
        reports = [Report(doc, s.name, s.encoding, s.format, s.replaced) for doc, s in zip(process_batch(told), sources, strict=True)]
        for report in reports:
            report.rows()
    return reports


def mine_source(source: Source, hints: Hints | None = None) -> Report:
    """Mine one source text."""
    return mine_sources([source], hints)[0]


def _nowhere(position: Position, name: str) -> str | None:
    return None


class _Item(NamedTuple):
    """What was read at a place of a shard."""

    position: Position
    read: Source | Reject


def _length(item: _Item) -> int:
    return len(item.read.text) if isinstance(item.read, Source) else 0


@dataclass
class _Input:
    """One input being read."""

    index: int
    found: Input
    options: Options
    at: At

    def items(self) -> Iterator[_Item]:
        """Its sources, or the reasons why there are none; never raises for what the input holds."""
        found, options = self.found, self.options
        if found.fault:
            yield self._item(0, 0, Reject(found.name, "open", found.fault, found.hint))
            return
        items = file_items(found.path, found.name, options.limits, options.columns, found.piece)
        member = 0
        while True:
            stopped = self.at((self.index, member, 0, "open"), found.name)
            if stopped:
                yield self._item(member, 0, Reject(found.name, "mine", stopped, GIVEN_UP))
                return
            item = next(items, None)
            if item is None:
                return
            if isinstance(item, tuple):
                yield from self._member(member, *item)
            else:
                yield self._item(member, 0, item)
            member += 1

    def _member(self, member: int, name: str, data: bytes, depth: int) -> Iterator[_Item]:
        sources = read_bytes(data, name, self.options.limits, depth, self.options.columns)
        number = 0
        while True:
            stopped = self.at((self.index, member, number, "read"), name)
            if stopped:
                yield self._item(member, number, Reject(name, "mine", stopped, GIVEN_UP))
                return
            source = next(sources, None)
            if source is None:
                return
            yield self._item(member, number, source)
            number += 1

    def _item(self, member: int, number: int, read: Source | Reject) -> _Item:
        return _Item((self.index, member, number, "mine"), read)


class _Miner:
    """Mines what was read, a batch at a time; reports of a batch that comes to harm are mined one by one."""

    def __init__(self, options: Options, at: At) -> None:
        self.options, self.at = options, at

    def results(self, items: Iterable[_Item]) -> Iterator[tuple[int, Report | Reject]]:
        """The index of the input, and the report or the reason why there is none, for each item in turn."""
        for batch in batches(items, _length):
            together = self._together([(item.position, item.read) for item in batch if isinstance(item.read, Source)])
            for item in batch:
                result = item.read if isinstance(item.read, Reject) else (next(together, None) or self._alone(item.position, item.read))
                yield item.position[0], result

    def _together(self, read: list[tuple[Position, Source]]) -> Iterator[Report]:
        """The reports of a batch; nothing where it must not be mined together, or cannot."""
        if len(read) < 2 or self.at((*read[0][0][:3], TOGETHER), read[0][1].name):
            return iter(())
        try:
            return iter(mine_sources([source for _, source in read], self.options.hints))
        except Exception:  # whose fault it is shows when they are mined one by one
            return iter(())

    def _alone(self, position: Position, source: Source) -> Report | Reject:
        stopped = self.at(position, source.name)
        if stopped:
            return Reject(source.name, "mine", stopped, GIVEN_UP)
        try:
            return mine_source(source, self.options.hints)
        except Exception as fault:  # one bad report must not stop a run; it ends as a reject that names it
            return Reject(source.name, "mine", f"{type(fault).__name__}: {fault}", "please report this file as a fault of miner")


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
    counts = [[0] * len(PART_TABLES) for _ in shard.inputs]
    retry = [False] * len(shard.inputs)
    items = chain.from_iterable(_Input(index, found, options, at).items() for index, found in enumerate(shard.inputs))
    for index, result in _Miner(options, at).results(items):
        if isinstance(result, Reject):
            more = {"rejects": [{"source": result.source, "stage": result.stage, "reason": result.reason, "hint": result.hint}]}
            retry[index] = retry[index] or _may_end_otherwise(result)
        else:
            more = result.rows()
        for place, name in enumerate(PART_TABLES):
            if name in more:
                rows[name] += more[name]
                counts[index][place] += len(more[name])
    return rows, [PartInput(found.key, tuple(count), again) for found, count, again in zip(shard.inputs, counts, retry, strict=True)]


def _may_end_otherwise(reject: Reject) -> bool:
    """Whether the same bytes and the same program could give rows next time: it could not be opened, a library is missing, the worker died or was too slow."""
    return reject.stage in ("open", "mine") or reject.hint.startswith("pip install")
