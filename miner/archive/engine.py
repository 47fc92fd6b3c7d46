"""Engines: who works the shards of a run. Each gives ``(shard, folder)`` as parts are written beside; the run renames them into place."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from miner.archive.options import Settings
from miner.archive.parts import beside
from miner.archive.plan import Shard
from miner.archive.pool import Pool
from miner.archive.worker import work_shard

Parts = Generator[tuple[Shard, Path], None, None]


def work_all(shards: list[Shard], parts: Path, decides: str, settings: Settings) -> Parts:
    """Work shards with the engine that the settings name.

    Parameters
    ----------
    shards
        What is to be mined.
    parts
        The folder of the parts.
    decides
        The fingerprint of what decides rows.
    settings
        The settings of the run.

    Yields
    ------
    (shard, folder)
        As they are finished, in no order.
    """
    if not shards:
        return
    if settings.engine == "spark":
        from miner.archive.spark import work_on_spark

        yield from work_on_spark(shards, parts, decides, settings)
    elif settings.workers < 1:
        for shard in shards:
            folder = beside(parts, shard.id)
            work_shard(shard, folder, decides, settings.options)
            yield shard, folder
    else:
        with Pool(min(settings.workers, len(shards)), decides, settings.options, settings.report_seconds) as pool:
            yield from pool.run(shards, lambda shard: beside(parts, shard.id))
