"""What is not answered: one kind of error, with a status, a code and a sentence for the reader."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from miner.store import Store

_STEPS = 10_000  # SQLite instructions between two looks at the clock: well under a millisecond


class RefusedError(Exception):
    """A request that is not answered.

    Parameters
    ----------
    status
        The HTTP status.
    code
        A short code for programs; ``error_CODE`` is the text for people.
    values
        What the text names.
    """

    def __init__(self, status: int, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.status, self.code, self.values = status, code, values


@contextmanager
def bounded(store: Store, seconds: float) -> Iterator[None]:
    """Let the store of this thread work for so many seconds.

    Raises
    ------
    RefusedError
        With status 503, if the time is up.
    """
    end, stopped = time.monotonic() + seconds, False
    db = store.connection()

    def over() -> bool:
        nonlocal stopped
        stopped = time.monotonic() > end
        return stopped

    db.set_progress_handler(over, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if not stopped:  # else whatever followed from being stopped, such as a transaction that is no more
            raise
        raise RefusedError(503, "slow", seconds=f"{seconds:g}") from None
    finally:
        db.set_progress_handler(None, 0)
        if db.in_transaction:
            db.rollback()
