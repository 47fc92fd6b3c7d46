"""Stores that keep step with the parts of a run (a search index, a database).

A part never changes, and equal names are equal rows; so a follower needs one transaction per part: take in those that it lacks, drop those that are gone.
Two parts may hold the same report for a while, when an input is tried again or moved to another part: until `removed` tells which one is gone, the later one
counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from miner.archive.parts import Part


class Follower(Protocol):
    """What a run tells to whoever keeps step with it, always in the process of the run.

    A run may be killed between any two calls; then `begin` of the next run gives the parts that are there, and the follower drops what it holds of others
    (by ``part.id``, the name of its folder) and takes in what it lacks.
    """

    def begin(self, parts: Sequence[Part]) -> None:
        """A run begins; these parts are in place."""

    def finished(self, part: Part) -> None:
        """A part was renamed into place."""

    def removed(self, ids: Sequence[str]) -> None:
        """These parts are gone: their inputs were removed or changed, or moved to another part that `finished` was told of."""

    def end(self, parts: Sequence[Part], tables: Path) -> None:
        """The run is complete: these parts, in no order, hold exactly the archive, and the merged tables are in place.

        Only the tables know what depends on the whole archive: ``sentences.repeat_of_source``, ``records.repeated``, ``organisations``.
        """
