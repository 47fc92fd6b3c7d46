"""Keeps ``OUT/reports.db`` in step with the parts and tables of a run.

In: ``OUT/parts`` and ``OUT/tables``. Out: the store. It follows a run: a part is taken in when it is in place, and at the end the store is made to hold exactly
the parts that are wanted; what was missed by then (a run that was killed) is made up for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from miner.counts.settle import settle
from miner.store.database import FILE
from miner.store.reader import StoreError, open_store
from miner.store.shaping import leave
from miner.store.writer import Writer, fold_log


class HasId(Protocol):
    """A part: all that matters of it here is the name of its folder."""

    @property
    def id(self) -> str:
        """The name."""


_BESIDE = ".reports.db"


class StoreKeeper:
    """Writes the store of a run; a context manager.

    Parameters
    ----------
    out
        The folder of the run.
    name
        The store's file in it.
    """

    def __init__(self, out: Path, name: str = FILE) -> None:
        self.out, self.parts = out, out / "parts"
        self.writer = Writer(out / name)

    def __enter__(self) -> StoreKeeper:
        return self

    def __exit__(self, *_: object) -> None:
        self.writer.close()

    def begin(self, parts: Sequence[HasId]) -> None:
        """A run begins: what it misses of these parts is taken in at its end."""

    def finished(self, part: HasId) -> None:
        """A part is in place."""
        self.add(part.id)

    def removed(self, ids: Sequence[str]) -> None:
        """Parts are gone: they leave the store together with what takes their place, at the end."""

    def end(self, parts: Sequence[HasId], tables: Path) -> None:
        """The run is complete."""
        self.finish(sorted(part.id for part in parts), tables)

    def add(self, shard: str) -> None:
        """Take in a finished part, in one transaction."""
        self.writer.add(self.parts / shard)

    def finish(self, shards: Iterable[str], tables: Path | None = None, progress: Callable[[int, int], None] | None = None,
               ready: Callable[[str], object] = lambda name: None) -> None:
        """Hold exactly these shards, mark the repeats among their reports, take over the registry (of the merged tables in `tables`), settle the counts.

        Readers see the shards one by one, then all else at once. `ready` waits until a table of `tables` is whole.
        """
        names = list(shards)
        held = self.writer.shards()
        missing = [name for name in names if name not in held]
        for number, name in enumerate(missing):
            if progress:
                progress(number, len(missing))
            self.add(name)
        tables = tables or self.out / "tables"
        for name in names:
            leave(self.parts / name)
        self.writer.index()
        compacted = self.writer.compact() if held <= set(names) else False  # now others are still at work on the tables
        ready("sentences")
        ready("organisations")
        with self.writer.transaction() as db:
            self.writer.remove_others(names)
            if (tables / "sentences.parquet").exists():
                self.writer.mark_repeats(tables / "sentences.parquet")
                self.writer.replace_organisations(tables / "organisations.parquet")
            settle(db)
        if self.writer.compact() or compacted:
            self.writer.analyse()


def rebuild(out: Path, progress: Callable[[int, int], None] | None = None) -> dict[str, int]:
    """Make the store anew from the parts, beside the old one, and put it in its place.

    Parameters
    ----------
    out
        The folder of a run.
    progress
        Called with (shards taken in, shards in all).

    Returns
    -------
    dict
        Rows by table.

    Raises
    ------
    StoreError
        If the folder holds no parts.
    """
    parts = out / "parts"
    shards = sorted(folder.name for folder in parts.iterdir() if folder.is_dir() and not folder.name.startswith(".")) if parts.is_dir() else []
    if not shards:
        raise StoreError(f"{out} holds no finished parts; `miner run ARCHIVE --out {out}` makes them")
    with StoreKeeper(out, _BESIDE) as keeper:
        keeper.finish(shards, progress=progress)
    if (out / FILE).exists() and not fold_log(out / FILE):
        raise StoreError(f"{out / FILE} is being read or written; the new one stands beside it as {_BESIDE}: try again when nobody reads")
    for ending in ("-wal", "-shm"):
        (out / (FILE + ending)).unlink(missing_ok=True)  # empty by now; beside another file it would be taken for its own
    (out / _BESIDE).replace(out / FILE)
    store = open_store(out)
    try:
        return store.sizes()
    finally:
        store.close()
