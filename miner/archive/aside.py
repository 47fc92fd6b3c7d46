"""Tasks in processes of their own, or in this one.

In: functions that write files, and say what they wrote. Out: what they say. A process that is killed costs time only: its task is done again here.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Task(Generic[T]):
    """A task on its way."""

    def __init__(self, aside: Aside, work: Callable[..., T], given: tuple[Any, ...], future: Future[T] | None) -> None:
        self._aside, self._work, self._given, self._future = aside, work, given, future
        self._lock = threading.Lock()
        self._found: list[T] = []

    def result(self) -> T:
        """What it gave, as soon as it is done; where no process took it, it is done now."""
        with self._lock:
            if not self._found:
                try:
                    self._found.append(self._future.result() if self._future else self._work(*self._given))
                except BrokenProcessPool:
                    if self._aside.stopped:
                        raise
                    self._found.append(self._work(*self._given))
            return self._found[0]


class Aside:
    """Processes for tasks; a context, whose end waits for all tasks, or stops them at once where something failed.

    Parameters
    ----------
    processes
        How many; with 0 a task is done in this process when its result is asked for.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.stopped = False
        self._pool: ProcessPoolExecutor | None = None
        if processes:
            context = get_context("spawn")
            theirs, self._ours = context.Pipe(duplex=False)
            self._pool = ProcessPoolExecutor(processes, context, _watch, (theirs,))

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, fault: object, *_: object) -> None:
        if fault:
            self.stop()
        if self._pool:
            self._pool.shutdown(cancel_futures=self.stopped)
            self._ours.close()

    def stop(self) -> None:
        """End all processes at once; what they have not done is not done."""
        self.stopped = True
        if self._pool:
            self._ours.close()

    def start(self) -> None:
        """Start the processes, which takes a while, for tasks that are to come."""
        for _ in range(self.processes):
            self.do(_nothing)

    def do(self, work: Callable[..., T], *given: Any) -> Task[T]:
        """Hand out a task; tasks are begun in their order."""
        try:
            return Task(self, work, given, self._pool.submit(work, *given) if self._pool else None)
        except BrokenProcessPool:
            return Task(self, work, given, None)


def _nothing() -> None:
    """What a process does while nothing else is there to do; to find it, it loads this room."""


def _watch(pipe: Connection) -> None:
    """End this process as soon as the one that asked for it is gone or wants no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides

    def wait() -> None:
        pipe.poll(None)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
