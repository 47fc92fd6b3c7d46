"""Counts over all that one action holds take a second on a million sentences: they are made before somebody asks."""

from __future__ import annotations

import sqlite3
import threading
import time

from miner.counts import Selection
from miner.schema import LABELLED_COLUMNS
from miner.store import StoreError
from miner.web.overview import RANKED, TOP
from miner.web.site import Site

EVERY = 30.0
"""Seconds between two looks at whether the store has changed."""


class Warmer(threading.Thread):
    """Makes the answers that many ask for and that take long, one after the other, resting between, whenever the store has changed.

    Parameters
    ----------
    site
        Where they are kept.
    """

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True, name="warmer")
        self.site = site
        self.stopped = threading.Event()

    def run(self) -> None:
        """Work until stopped."""
        done = ""
        while not self.stopped.is_set():
            try:
                found = self.site.store.generation()
                if found != done:
                    self.warm()
                    done = found
            except (StoreError, sqlite3.Error):  # replaced or removed just now: readers are told, here it is tried again
                pass
            self.stopped.wait(EVERY)

    def warm(self) -> None:
        """Make the answers for the store as it is."""
        self.site.sizes()
        self.site.bodies("", 1)
        for selection in (Selection(), *(Selection(action=code) for code in LABELLED_COLUMNS["action"])):
            names = [name for name in RANKED if name != "action" or selection.action is None]
            for by, top in (("year", None), ("month", None), *((name, TOP + 1) for name in names)):
                if self.stopped.is_set():
                    return
                began = time.monotonic()
                self.site.counted((by,), selection, top=top)
                self.stopped.wait(time.monotonic() - began)
