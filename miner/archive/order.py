"""The rows of many parts in the order of the archive.

In: the inputs of an archive and the parts that hold their rows. Out: for every table its rows, some thousand at a time, input by input, whatever parts they lie
in. So tables do not depend on how the work was cut, and memory on neither shards nor archive.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from miner.archive.parts import PART_TABLES, Part
from miner.schema import TABLES
from miner.store.parquet import arrow_schema

_ROWS = 20_000  # sentences in a batch
_KEPT = 64 * 2**20  # bytes of tables kept, for parts that lie interleaved


@dataclass(slots=True)
class _Stretch:
    """Inputs that follow one another both in the archive and in a part: the part, and the first and last of them."""

    part: Part
    first: int
    last: int

    def rows(self, table: str) -> tuple[int, int]:
        """Where its rows begin in the part's table, and how many they are."""
        column = PART_TABLES.index(table)
        begin = int(self.part.begins[self.first, column])
        return begin, int(self.part.begins[self.last + 1, column]) - begin


class Ordered:
    """The rows of parts in the order of the archive.

    Parameters
    ----------
    places
        For every input of the archive, in order, the part that holds its rows and its index there.
    batch
        About how many sentences stand in a batch.
    """

    def __init__(self, places: Iterable[tuple[Part, int]], batch: int = _ROWS) -> None:
        self.batches: list[list[_Stretch]] = []
        self._kept: OrderedDict[tuple[str, str], pa.Table] = OrderedDict()
        self._bytes = 0
        for stretch in _stretches(places, batch):
            if not self.batches or sum(one.rows("sentences")[1] for one in self.batches[-1]) + stretch.rows("sentences")[1] > batch:
                self.batches.append([])
            self.batches[-1].append(stretch)

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return sum(stretch.rows(table)[1] for batch in self.batches for stretch in batch)

    def table(self, batch: list[_Stretch], name: str) -> pa.Table:
        """The rows of one table in one batch."""
        found = [self._read(stretch.part, name).slice(*stretch.rows(name)) for stretch in batch if stretch.rows(name)[1]]
        return pa.concat_tables(found).combine_chunks() if found else arrow_schema(TABLES[name]).empty_table()

    def tables(self, name: str) -> Iterator[pa.Table]:
        """The rows of one table, batch by batch."""
        for batch in self.batches:
            yield self.table(batch, name)

    def _read(self, part: Part, name: str) -> pa.Table:
        key = part.id, name
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        table = pq.read_table(part.folder / f"{name}.parquet")
        self._kept[key] = table
        self._bytes += table.nbytes
        while self._bytes > _KEPT and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return table


def _stretches(places: Iterable[tuple[Part, int]], most: int) -> Iterator[_Stretch]:
    current: _Stretch | None = None
    for part, index in places:
        if current and part is current.part and index == current.last + 1 and current.rows("sentences")[1] < most:
            current.last = index
            continue
        if current:
            yield current
        current = _Stretch(part, index, index)
    if current:
        yield current
