"""Worker processes that may die: shards in, parts out, and the report that killed a worker as a reject.

Every worker says before each step where it stands. So when one dies the report at fault is known, or the batch of reports, which are then mined one by one;
its shard is worked again, and a report at which workers died :data:`STRIKES` times is left out and becomes a reject (a worker may also be killed by the system
or a person, which is no fault of the report). A report that takes too long is stopped with its worker and left out at once. Processes are spawned, never
forked, on every system.
"""

from __future__ import annotations

import shutil
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from miner.archive.options import Options
from miner.archive.plan import Shard
from miner.archive.position import TOGETHER, Skips
from miner.archive.worker import serve

STRIKES = 3
"""Deaths of workers at one report after which the report is left out."""
_LOOK = 0.5  # seconds between two looks at the clock


@dataclass
class _Work:
    """A shard on its way: what to leave out, how often workers died where."""

    shard: Shard
    folder: Path
    skips: Skips = field(default_factory=dict)
    deaths: Counter[Any] = field(default_factory=Counter)


class _Worker:
    """One process and what it is at."""

    def __init__(self, decides: str, options: Options) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, decides, options), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.work: _Work | None = None
        self.position: Any = None
        self.since: float | None = None

    def give(self, work: _Work) -> None:
        self.work, self.position, self.since = work, None, None
        self.pipe.send((work.shard, str(work.folder), work.skips))

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Worker processes that live as long as the pool; use it as a context.

    Parameters
    ----------
    workers
        How many.
    decides, options
        The fingerprint of what decides rows; how reports are mined.
    seconds
        The longest time for reading or mining one report.
    """

    def __init__(self, workers: int, decides: str, options: Options, seconds: float) -> None:
        self.number, self.decides, self.options, self.seconds = workers, decides, options, seconds
        self.workers: list[_Worker] = []
        self.stillborn = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop all workers at once; what they have not finished is left beside."""
        for worker in self.workers:
            worker.kill()
        self.workers.clear()

    def run(self, shards: Iterable[Shard], folder_of: Callable[[Shard], Path]) -> Iterator[tuple[Shard, Path]]:
        """Work shards.

        Parameters
        ----------
        shards
            The shards.
        folder_of
            Where the part of a shard is written.

        Yields
        ------
        (shard, folder)
            As they are finished.

        Raises
        ------
        OSError
            If a part cannot be written, or worker processes cannot be started.
        RuntimeError
            If a worker meets a fault of the program.
        """
        waiting = deque(_Work(shard, folder_of(shard)) for shard in shards)
        while waiting or any(worker.work for worker in self.workers):
            self._hand_out(waiting)
            connection.wait([worker.pipe for worker in self.workers], _LOOK)
            done = [work for worker in list(self.workers) if (work := self._hear(worker, waiting))]
            self._stop_slow(waiting)
            self._hand_out(waiting)  # before whoever takes the parts is at work on them
            for work in done:
                yield work.shard, work.folder

    def _hand_out(self, waiting: deque[_Work]) -> None:
        idle = [worker for worker in self.workers if worker.ready and not worker.work]
        while waiting and idle:
            worker = idle.pop()
            try:
                worker.give(waiting[0])
                waiting.popleft()
            except OSError:
                worker.work = None
                self._died(worker, waiting)
        wanted = min(self.number, len(waiting) + sum(1 for worker in self.workers if worker.work))
        while len(self.workers) < wanted:
            self.workers.append(_Worker(self.decides, self.options))

    def _hear(self, worker: _Worker, waiting: deque[_Work]) -> _Work | None:
        """Take the messages that a worker has sent; the work that it finished."""
        try:
            while worker.pipe.poll():
                kind, *told = worker.pipe.recv()
                if kind == "at":
                    worker.position, worker.since = told[0], time.monotonic() if told[0] else None
                elif kind == "ready":
                    worker.ready, self.stillborn = True, 0
                elif kind == "done":
                    done, worker.work, worker.since = worker.work, None, None
                    return done
                elif kind == "failed":
                    raise DiskError(*told)
                elif kind == "fault":
                    raise RuntimeError(f"a worker met a fault of the program\n{told[0]}")
        except DiskError:
            raise
        except (EOFError, OSError):
            self._died(worker, waiting)
        return None

    def _died(self, worker: _Worker, waiting: deque[_Work], reason: str | None = None) -> None:
        """Take a dead worker off the list and put its work back, without the report at fault if it is known to be one."""
        if not reason:
            worker.process.join(2)  # its exit status says what killed it
        worker.kill()
        self.workers.remove(worker)
        work, position = worker.work, worker.position
        if work is None:
            self.stillborn += not worker.ready
            if self.stillborn >= STRIKES * self.number:
                raise DiskError(0, "worker processes die while they start; is there enough memory?", "miner")
            return
        shutil.rmtree(work.folder, ignore_errors=True)
        work.deaths[position] += 1
        if position is None:
            if work.deaths[None] > STRIKES * 3:
                raise DiskError(0, "worker processes die while they write; is there enough memory? A smaller --shard-size needs less", str(work.folder))
        elif position[3] == TOGETHER:
            work.skips[position] = "one by one"  # which report of the batch it was shows when they are mined alone
        elif reason or work.deaths[position] >= STRIKES:
            work.skips[position] = reason or f"the worker process died {work.deaths[position]} times over it ({_cause(worker.process.exitcode)})"
        waiting.appendleft(work)

    def _stop_slow(self, waiting: deque[_Work]) -> None:
        now = time.monotonic()
        for worker in list(self.workers):
            if worker.since is not None and now - worker.since > self.seconds:
                self._died(worker, waiting, f"it takes longer than {self.seconds:g} seconds")


class DiskError(OSError):
    """The system refuses what the work needs: room on the disk, memory."""


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit status {code}"
