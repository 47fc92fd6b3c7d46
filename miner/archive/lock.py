"""One run at a time in a folder. The system frees the lock when the process ends, however it ends."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import IO

NAME = ".lock"


class BusyError(Exception):
    """Another run is at work in the folder."""


class Lock:
    """The lock of a folder of results; use it as a context.

    Raises
    ------
    BusyError
        If another run holds it.
    """

    def __init__(self, out: Path) -> None:
        self.out, self.file = out, out / NAME
        self._open: IO[str] | None = None

    def __enter__(self) -> Lock:
        opened = self.file.open("a+", encoding="utf-8")
        if not _take(opened):
            opened.close()
            raise BusyError(f"another run is at work in {self.out}{_who(self.file)}; wait for it, or stop it")
        opened.seek(0)
        opened.truncate()
        opened.write(json.dumps({"process": os.getpid(), "host": socket.gethostname()}))
        opened.flush()
        self._open = opened
        return self

    def __exit__(self, *_: object) -> None:
        if self._open:
            self._open.close()


def is_locked(out: Path) -> bool:
    """Whether a run is at work in a folder."""
    try:
        with (out / NAME).open("a+", encoding="utf-8") as opened:
            return not _take(opened)
    except OSError:
        return False


def _who(file: Path) -> str:
    try:
        about = json.loads(file.read_text("utf-8"))
        return f" (process {about['process']} on {about['host']})"
    except (OSError, ValueError, KeyError):
        return ""


def _take(opened: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            opened.seek(1000)  # beyond what is written, which others may then read
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
