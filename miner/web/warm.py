"""Counts over all that one action holds take a second on a million sentences: they are made before somebody asks."""

from __future__ import annotations

import sqlite3
import threading
import time

from miner.pages.wording import wording
from miner.schema import LABELLED_COLUMNS
from miner.store import StoreError
from miner.web import overview
from miner.web.asked import Asked
from miner.web.pages import SHOWN_BODIES
from miner.web.settings import MOST
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
        began = time.monotonic()
        self.site.sizes()
        self.site.bodies("", SHOWN_BODIES)
        for question in (Asked(), *(Asked(action=code) for code in LABELLED_COLUMNS["action"])):
            if self.stopped.wait(time.monotonic() - began):
                return
            began = time.monotonic()
            overview.sections(self.site, question, wording("en", "miner.web"))
            self.site.counted(("month",), question.selection(), top=MOST)
