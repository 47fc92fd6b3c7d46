"""A run: plan, work, merge."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from miner.archive.plan import Shard, list_inputs, make_shards
from miner.archive.registry import registry
from miner.archive.repeats import merge_marked
from miner.archive.work import PART_TABLES, work, write_part
from miner.components.profile import read_profile
from miner.document import Hints
from miner.indexing import StoreKeeper
from miner.schema import TABLES
from miner.store.csvfile import write_csv
from miner.store.labels import keep_labels
from miner.store.parquet import merge, read_rows, write_rows
from miner.store.xlsx import write_xlsx
from miner.version import VERSION

Progress = Callable[[int, int], None]


@dataclass
class Settings:
    """The settings of a run.

    Attributes
    ----------
    shard_size
        Inputs per shard.
    workers
        Worker processes; 1 works in this process.
    language
        ``zh`` or ``en`` for labels in CSV and XLSX, None for column names and codes.
    hints
        What is known of all reports beforehand.
    """

    shard_size: int = 200
    workers: int = 1
    language: str | None = None
    hints: Hints = field(default_factory=Hints)

    def key(self) -> str:
        """What of the settings, and which program, decides rows."""
        columns = " ".join(f"{name}:{','.join(table.names)}" for name, table in TABLES.items())
        return f"{VERSION}\n{columns}\n{self.hints.published}\n{self.hints.jurisdiction}\n{self.profile_digest()}"

    def profile_digest(self) -> str | None:
        """The SHA-256 of the user's profile, None without one."""
        return hashlib.sha256(Path(self.hints.profile).read_bytes()).hexdigest() if self.hints.profile else None


@dataclass
class Summary:
    """What a run did: inputs in the archive, inputs mined now, rows by table."""

    inputs: int
    worked: int
    rows: dict[str, int]


def run(archive: Path, out: Path, settings: Settings, progress: Progress | None = None) -> Summary:
    """Mine an archive into ``out/tables``; parts that an earlier run finished are kept.

    Parameters
    ----------
    archive
        A file or a folder.
    out
        The folder of the results.
    settings
        The run's settings.
    progress
        Called with (inputs done, inputs in all).

    Raises
    ------
    FileNotFoundError
        If the archive does not exist.
    """
    began = time.time()
    results = os.path.realpath(out)
    inputs = [found for found in list_inputs(archive) if not Path(os.path.realpath(found.path)).is_relative_to(results)]
    shards = make_shards(inputs, settings.shard_size, settings.key())
    parts = out / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    keep_labels(out, read_profile(Path(settings.hints.profile)).action_labels if settings.hints.profile else {})
    todo = [shard for shard in shards if not (parts / shard.id).is_dir()]
    done = sum(len(shard.inputs) for shard in shards) - sum(len(shard.inputs) for shard in todo)
    worked = 0
    if progress:
        progress(done, len(inputs))
    with StoreKeeper(out) as store:
        for shard in _work_all(parts, todo, settings):
            store.add(shard.id)
            worked += len(shard.inputs)
            if progress:
                progress(done + worked, len(inputs))
        rows = _tables(out, parts, shards, settings)
        store.finish(shard.id for shard in shards)
    _clean(parts, {shard.id for shard in shards})
    _manifest(out, archive, shards, settings, rows, time.time() - began)
    return Summary(len(inputs), worked, rows)


def _work_all(parts: Path, todo: list[Shard], settings: Settings) -> Iterator[Shard]:
    if settings.workers <= 1 or len(todo) <= 1:
        for shard in todo:
            work(str(parts), shard, settings.hints)
            yield shard
        return
    finished: set[str] = set()
    try:
        with _pool(settings.workers) as pool:
            waiting = {pool.submit(work, str(parts), shard, settings.hints): shard for shard in todo}
            try:
                for future in as_completed(waiting):
                    future.result()
                    finished.add(waiting[future].id)
                    yield waiting[future]
            except KeyboardInterrupt:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except BrokenProcessPool:
        for shard in todo:
            if shard.id not in finished:
                _work_alone(parts, shard, settings)
                yield shard


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _work_alone(parts: Path, shard: Shard, settings: Settings) -> None:
    """Work a shard in a process of its own; where that dies, input by input, until the culprit is found and rejected."""
    from miner.archive.work import Rows

    rows: Rows = {name: [] for name in PART_TABLES}
    try:
        with _pool(1) as pool:
            pool.submit(work, str(parts), shard, settings.hints).result()
            return
    except BrokenProcessPool:
        pass
    for found in shard.inputs:
        single = Shard(f"{shard.id}-{found.digest[:12]}", (found,))
        try:
            with _pool(1) as pool:
                pool.submit(work, str(parts), single, settings.hints).result()
            for name in PART_TABLES:
                rows[name] += list(read_rows(parts / single.id / f"{name}.parquet"))
        except BrokenProcessPool:
            rows["rejects"].append({"source": found.name, "stage": "mine", "reason": "the worker process died", "hint": "try the file alone"})
        shutil.rmtree(parts / single.id, ignore_errors=True)
    write_part(parts, shard, rows)


def _tables(out: Path, parts: Path, shards: list[Shard], settings: Settings) -> dict[str, int]:
    """Merge the parts into tables, in a folder beside, and put that in place of the old one."""
    beside, place = out / ".tables", out / "tables"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    folders = [parts / shard.id for shard in shards]
    rows = merge_marked(folders, beside)
    for name in PART_TABLES:
        if name not in rows:
            rows[name] = merge((folder / f"{name}.parquet" for folder in folders), beside / f"{name}.parquet", name)
    bodies = registry(beside)
    write_rows(beside / "organisations.parquet", "organisations", bodies)
    rows["organisations"] = len(bodies)
    records = beside / "records.parquet"
    write_csv(beside / "records.csv", "records", read_rows(records), settings.language)
    write_xlsx(beside / "records.xlsx", "records", read_rows(records), settings.language)
    old = out / ".tables-old"
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    beside.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return rows


def _clean(parts: Path, wanted: set[str]) -> None:
    for folder in parts.iterdir():
        if folder.name not in wanted:
            shutil.rmtree(folder, ignore_errors=True)


def _manifest(out: Path, archive: Path, shards: list[Shard], settings: Settings, rows: dict[str, int], seconds: float) -> None:
    content = {
        "program": VERSION, "archive": str(archive), "seconds": round(seconds, 3), "shard_size": settings.shard_size, "workers": settings.workers,
        "profile": {"file": settings.hints.profile, "sha256": settings.profile_digest()} if settings.hints.profile else None,
        "rows": rows,
        "inputs": [{"source": i.name, "size": i.size, "sha256": i.digest, "shard": shard.id} for shard in shards for i in shard.inputs],
    }
    beside = out / f".manifest.{os.getpid()}"
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(out / "manifest.json")
