"""The engine ``spark``: the shards of a run as tasks of a Spark that is there already.

Out go the descriptions of shards, back come the files of their parts, as bytes; the driver writes them beside and the run renames them, as with local
workers. So plan, part files, manifest and resume are the same, and only the driver needs to see ``OUT``; the inputs must be where every executor can read
them under the same path or address. In each Python worker of Spark a process of :mod:`miner.archive.pool` does the work and lives as long as the worker: a
report that kills it or never ends costs that report alone, and start-up is paid once.
"""

from __future__ import annotations

import os
import pickle
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from miner.archive.options import Options, Settings
from miner.archive.parts import beside
from miner.archive.plan import Shard
from miner.archive.pool import Pool
from miner.store.shaping import SHAPED

_SCHEMA = "shard int, file string, bytes binary"
_JOBS = 2  # jobs at a time, so that one's last tasks do not leave the executors idle
_TASKS = 4  # shards per core and job
_POOL: tuple[Any, Pool] | None = None


class SparkError(OSError):
    """Spark could not work a shard."""


def session(master: str | None) -> Any:
    """The Spark session that is there, or one as Spark is configured.

    Raises
    ------
    SparkError
        If pyspark is not installed or Spark cannot be started.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise SparkError(0, "pyspark is not installed (pip install 'miner[spark]')", "spark") from None
    builder = SparkSession.builder.appName("miner").config("spark.ui.showConsoleProgress", "false")
    if master:
        builder = builder.master(master)
    if (master or "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes the python3 that it finds
    try:
        return builder.getOrCreate()
    except Exception as fault:
        raise SparkError(0, f"Spark does not start: {_first_line(fault)}", "spark") from fault


def work_on_spark(shards: list[Shard], parts: Path, decides: str, settings: Settings) -> Iterator[tuple[Shard, Path]]:
    """Work shards on Spark (see :func:`miner.archive.engine.work_all`).

    Jobs are small, so that results are saved often; where one fails although Spark tried its tasks again, it is split until single shards fail.

    Raises
    ------
    SparkError
        If Spark cannot work even a single shard.
    """
    spark = session(settings.spark_master)
    cores = max(1, spark.sparkContext.defaultParallelism) if hasattr(spark, "sparkContext") else 8
    size = min(cores * _TASKS, max(1, -(-len(shards) // _JOBS)))
    waiting = [shards[first : first + size] for first in range(0, len(shards), size)][::-1]
    running: dict[Future[Any], list[Shard]] = {}
    with ThreadPoolExecutor(_JOBS) as jobs:
        try:
            while waiting or running:
                while waiting and len(running) < _JOBS:
                    job = waiting.pop()
                    running[jobs.submit(_run_job, spark, job, decides, settings)] = job
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    job = running.pop(future)
                    fault = future.exception()
                    if fault is None:
                        yield from _received(job, future.result(), parts)
                    elif len(job) == 1 or not isinstance(fault, Exception):
                        raise SparkError(0, f"Spark cannot work a shard: {_first_line(fault)}", job[0].inputs[0].name) from fault
                    else:
                        waiting += [job[len(job) // 2 :], job[: len(job) // 2]]
        finally:
            for future in running:
                future.cancel()
            if running and hasattr(spark, "sparkContext"):
                spark.sparkContext.cancelAllJobs()


def _run_job(spark: Any, job: list[Shard], decides: str, settings: Settings) -> list[Any]:
    frame = spark.range(0, len(job), 1, len(job))
    found: list[Any] = frame.mapInArrow(_task(pickle.dumps(job), decides, settings.options, settings.report_seconds), _SCHEMA).collect()
    return found


def _task(job: bytes, decides: str, options: Options, seconds: float) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def work(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        shards = pickle.loads(job)
        for batch in batches:
            for index in batch.column(0).to_pylist():
                with TemporaryDirectory(prefix="miner-") as scratch:
                    for _, folder in _pool(decides, options, seconds).run([shards[index]], partial(_in, Path(scratch))):
                        files = sorted(folder.iterdir())
                        columns = [pa.array([index] * len(files), pa.int32()), pa.array([file.name for file in files]),
                                   pa.array([_packed(file) for file in files], pa.binary())]  # fmt: skip
                        yield pa.RecordBatch.from_arrays(columns, names=["shard", "file", "bytes"])

    return work


def _packed(file: Path) -> bytes:
    """What a file holds; the rows for the store, which are large, are packed for the way."""
    return zlib.compress(file.read_bytes(), 1) if file.name == SHAPED else file.read_bytes()


def _in(scratch: Path, shard: Shard) -> Path:
    return scratch / shard.id


def _pool(decides: str, options: Options, seconds: float) -> Pool:
    """The worker process of this Python worker of Spark."""
    global _POOL
    key = decides, options, seconds
    if _POOL is None or _POOL[0] != key:
        if _POOL:
            _POOL[1].close()
        _POOL = key, Pool(1, decides, options, seconds)
    return _POOL[1]


def _received(job: list[Shard], rows: list[Any], parts: Path) -> Iterator[tuple[Shard, Path]]:
    """Write the files that came back beside their places."""
    files: dict[int, dict[str, bytes]] = {}
    for row in rows:
        files.setdefault(row["shard"], {})[row["file"]] = row["bytes"]
    for index, shard in enumerate(job):
        folder = beside(parts, shard.id)
        folder.mkdir(exist_ok=True)
        for name, data in files[index].items():
            (folder / name).write_bytes(zlib.decompress(data) if name == SHAPED else data)
        yield shard, folder


def _first_line(fault: BaseException) -> str:
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    told = [line for line in lines if "Error" in line or "Exception" in line]
    return (told[-1] if told else lines[0] if lines else type(fault).__name__)[:300]
