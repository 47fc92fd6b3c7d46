"""The rows of many parts in the order of the archive.

In: the inputs of an archive and the parts that hold their rows. Out: for every table its rows, some thousand at a time, input by input, whatever parts they lie
in. So tables do not depend on how the work was cut, and memory on neither shards nor archive.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from miner.archive.parts import PART_TABLES, Part
from miner.schema import TABLES
from miner.store.parquet import arrow_schema

_ROWS = 20_000  # sentences in a batch
_SENTENCES = PART_TABLES.index("sentences")
_KEPT = 64 * 2**20  # bytes of tables kept, for parts that lie interleaved


@dataclass(slots=True)
class _Stretch:
    """Inputs that follow one another both in the archive and in a part: the part, and the first and last of them."""

    part: Part
    first: int
    last: int

    def sentences(self) -> int:
        """The number of its sentences."""
        begins = self.part.begins[:, _SENTENCES]
        return int(begins[self.last + 1] - begins[self.first])

    def rows(self) -> Rows:
        """Its rows."""
        begins = self.part.begins
        spans = zip(begins[self.first].tolist(), (begins[self.last + 1] - begins[self.first]).tolist(), strict=True)
        return Rows(self.part.folder, dict(zip(PART_TABLES, spans, strict=True)))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that follow one another in a part: its folder, and by table where they begin and how many they are."""

    folder: Path
    spans: dict[str, tuple[int, int]]


class Ordered:
    """The rows of parts in the order of the archive; it may be sent to another process.

    Parameters
    ----------
    places
        For every input of the archive, in order, the part that holds its rows and its index there.
    batch
        About how many sentences stand in a batch.
    """

    def __init__(self, places: Iterable[tuple[Part, int]], batch: int = _ROWS) -> None:
        self.batches: list[list[Rows]] = []
        self._kept: OrderedDict[tuple[str, str], pa.Table] = OrderedDict()
        self._bytes = 0
        held = 0
        for stretch in _stretches(places, batch):
            if not self.batches or held + stretch.sentences() > batch:
                self.batches.append([])
                held = 0
            held += stretch.sentences()
            self.batches[-1].append(stretch.rows())

    def __getstate__(self) -> dict[str, Any]:
        return {"batches": self.batches, "_kept": OrderedDict(), "_bytes": 0}

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return sum(rows.spans[table][1] for batch in self.batches for rows in batch)

    def table(self, batch: list[Rows], name: str) -> pa.Table:
        """The rows of one table in one batch."""
        found = [self._read(rows.folder, name).slice(*rows.spans[name]) for rows in batch if rows.spans[name][1]]
        return pa.concat_tables(found).combine_chunks() if found else arrow_schema(TABLES[name]).empty_table()

    def tables(self, name: str) -> Iterator[pa.Table]:
        """The rows of one table, batch by batch."""
        for batch in self.batches:
            yield self.table(batch, name)

    def _read(self, folder: Path, name: str) -> pa.Table:
        key = folder.name, name
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        table = pq.read_table(folder / f"{name}.parquet")
        self._kept[key] = table
        self._bytes += table.nbytes
        while self._bytes > _KEPT and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return table


def _stretches(places: Iterable[tuple[Part, int]], most: int) -> Iterator[_Stretch]:
    current: _Stretch | None = None
    for part, index in places:
        if current and part is current.part and index == current.last + 1 and current.sentences() < most:
            current.last = index
            continue
        if current:
            yield current
        current = _Stretch(part, index, index)
    if current:
        yield current
