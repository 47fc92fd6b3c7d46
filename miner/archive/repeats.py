"""Sentences that an earlier report of the archive holds already.

In: the rows of a run in the order of reports. Out: the tables ``sentences`` and ``records`` with ``repeat_of_source`` and ``repeated``.
The rows are read batch by batch; what is known of all sentences at once are 24 bytes for each, in files beside the tables, sorted a bucket at a time.
So the result depends on the order of the reports alone, and memory on neither shards nor archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from miner.archive.order import Ordered
from miner.schema import TABLES
from miner.store.parquet import arrow_schema

MARKED = ("sentences", "records")
_BUCKET = 500_000  # sentences sorted at once: 12 MB
_GROUP = 10_000  # rows in a row group: what a process that writes flat files takes at once
_ENTRY = np.dtype([("key", "<i8"), ("row", "<i8"), ("report", "<i8")])
_NONE = -1


def merge_marked(ordered: Ordered, folder: Path, bucket: int = _BUCKET) -> dict[str, int]:
    """Merge the rows of sentences and records and mark what an earlier report says in the same words.

    Parameters
    ----------
    ordered
        The rows of the parts, in the order of the archive.
    folder
        Where ``sentences.parquet`` and ``records.parquet`` are written.
    bucket
        About how many sentences are sorted at once.

    Returns
    -------
    dict
        Rows by table.
    """
    with TemporaryDirectory(dir=folder, prefix=".repeats-") as scratch:
        sources, first = _first_reports(ordered, Path(scratch), bucket)
        rows = dict.fromkeys(MARKED, 0)
        with ExitStack() as stack:
            writers = {name: stack.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", arrow_schema(TABLES[name]), compression="zstd")) for name in rows}
            for batch in ordered.batches:
                sentences, records = ordered.table(batch, "sentences"), ordered.table(batch, "records")
                here = np.array(first[rows["sentences"] : rows["sentences"] + sentences.num_rows])
                for name, table in (("sentences", _with_sources(sentences, here, sources)), ("records", _with_repeated(records, sentences, here))):
                    if table.num_rows:
                        writers[name].write_table(table, _GROUP)
                        rows[name] += table.num_rows
        del first
    return rows


def _first_reports(ordered: Ordered, scratch: Path, bucket: int) -> tuple[pa.Array, Any]:
    """The name of every report; and for every sentence the index of the earlier report that holds it first, -1 where there is none."""
    total = ordered.count("sentences")
    if not total:
        return pa.array([], pa.string()), np.empty(0, "<i8")
    number = -(-total // bucket)
    sources = _fill_buckets(ordered, [scratch / str(index) for index in range(number)])
    first = np.memmap(scratch / "first", "<i8", "w+", shape=(total,))
    first[:] = _NONE
    for index in range(number):
        entries = np.fromfile(scratch / str(index), _ENTRY)
        entries = entries[np.argsort(entries["key"], kind="stable")]  # rows ascend within a key
        begins = np.flatnonzero(np.diff(entries["key"], prepend=_NONE))
        firsts = np.repeat(entries["report"][begins], np.diff(np.append(begins, len(entries))))
        later = entries["report"] != firsts
        first[entries["row"][later]] = firsts[later]
    return sources, first


def _fill_buckets(ordered: Ordered, files: list[Path]) -> pa.Array:
    """Write key, row and report of every sentence that has a key to the file that the key belongs to; returns the names of the reports."""
    names = []
    with ExitStack() as stack:
        opened = [stack.enter_context(file.open("wb")) for file in files]
        row = report = 0
        for keys, begins, sources in _columns(ordered):
            entries = np.empty(len(keys), _ENTRY)
            entries["key"], entries["row"] = keys, np.arange(row, row + len(keys))
            entries["report"] = report + np.cumsum(begins) - 1
            row, report = row + len(keys), report + int(begins.sum())
            names.append(sources.filter(pa.array(begins)))
            entries = entries[keys != _NONE]
            for index, file in enumerate(opened):
                file.write(entries[entries["key"] % len(files) == index].tobytes())
    return pa.concat_arrays(names)


def _columns(ordered: Ordered) -> Iterator[tuple[Any, Any, pa.Array]]:
    """Of every batch its keys (-1 for none), where a report begins, and the sources of its sentences."""
    for table in ordered.tables("sentences"):
        if table.num_rows:
            keys = table["sentence_key"].fill_null(_NONE).to_numpy()
            yield keys, table["sentence"].to_numpy() == 0, table["source"].chunk(0)


def _with_sources(sentences: pa.Table, first: Any, sources: pa.Array) -> pa.Table:
    place = sentences.schema.get_field_index("repeat_of_source")
    found = sources.take(pa.array(first, mask=first == _NONE)) if len(first) else pa.array([], pa.string())
    return sentences.set_column(place, sentences.schema.field(place), found)


def _with_repeated(records: pa.Table, sentences: pa.Table, first: Any) -> pa.Table:
    marked = sentences.select(["source", "sentence"]).filter(pa.array(first != _NONE))
    if not marked.num_rows or not records.num_rows:
        return records
    known = set(zip(marked["source"].to_pylist(), marked["sentence"].to_pylist(), strict=True))
    cells = zip(*(records[name].to_pylist() for name in ("repeated", "source", "sentence")), strict=True)
    place = records.schema.get_field_index("repeated")
    return records.set_column(place, records.schema.field(place), pa.array([repeated or (source, index) in known for repeated, source, index in cells]))
