"""A worker process: takes shards, leaves their parts in a folder, says where it stands.

Over the border go the names of inputs one way, and where the work stands the other way; texts and rows stay in the worker, which reads files and writes parts.
"""

from __future__ import annotations

import gc
import os
import signal
import time
import traceback
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from miner.archive.options import Options
from miner.archive.plan import Shard
from miner.archive.position import Position, Skips

_STEPS = 100  # after so many steps the garbage of reading is collected


def memory_mb() -> float | None:
    """The memory that this process holds now, in MB, where the system tells it."""
    try:
        return round(int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
    except (OSError, ValueError, AttributeError):
        return None


def work_shard(shard: Shard, folder: Path, decides: str, options: Options, at: Any = None) -> None:
    """Mine a shard and write its part into a folder."""
    from miner.archive.parts import write_part
    from miner.archive.work import shard_rows

    began = time.time()
    rows, inputs = shard_rows(shard, options, at) if at else shard_rows(shard, options)
    if at:
        at(None, "")
    write_part(folder, shard, decides, rows, inputs, {"finished": time.time(), "seconds": round(time.time() - began, 3), "memory_mb": memory_mb()})


def serve(pipe: Connection, decides: str, options: Options) -> None:
    """Work shards until the pipe is closed; what a worker process runs.

    It sends ``("ready",)``, then for each shard ``("at", position, name)`` before every step, ``("at", None, "")`` before writing, and ``("done",)``; or
    ``("failed", errno, words, file)`` where the system refuses to write; or ``("fault", traceback)``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    try:
        from miner.pipeline.load import shared

        shared(options.hints.profile if options.hints else None)
        gc.disable()  # rows are not cyclic: to look for cycles among all rows of a shard, again and again, takes a twentieth of the time
        gc.freeze()
        steps = count(1)
        pipe.send(("ready",))
        while True:
            shard, folder, skips = pipe.recv()

            def at(position: Position | None, name: str, skips: Skips = skips) -> str | None:
                pipe.send(("at", position, name))
                if next(steps) % _STEPS == 0:
                    gc.collect(1)  # what is new: libraries that read documents leave cycles
                return skips.get(position) if position else None

            try:
                work_shard(shard, Path(folder), decides, options, at)
                pipe.send(("done",))
                gc.collect()
                gc.freeze()  # what has come to stay: models, caches
            except OSError as fault:
                if isinstance(fault, (BrokenPipeError, ConnectionError)):
                    return
                pipe.send(("failed", fault.errno, os.strerror(fault.errno) if fault.errno else str(fault), str(fault.filename or folder)))
    except (EOFError, BrokenPipeError, ConnectionError):
        return  # the parent is gone
    except Exception:
        pipe.send(("fault", traceback.format_exc()))
