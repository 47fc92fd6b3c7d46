"""Stores that keep step with the parts of a run (a search index, a database).

A part never changes under one pair of id and content, so a follower needs one transaction per part: remove what it holds of that id, insert the part.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from miner.archive.parts import Part


class Follower(Protocol):
    """What a run tells to whoever keeps step with it, always in the process of the run.

    A run may be killed between any two calls; then `begin` of the next run gives the parts that are there, and the follower drops what it holds of others
    (by ``part.id``, ``part.content``) and takes in what it lacks.
    """

    def begin(self, parts: Sequence[Part]) -> None:
        """A run begins; these parts are in place."""

    def finished(self, part: Part) -> None:
        """A part was renamed into place; if one of this id was there before, this one replaces it."""

    def removed(self, ids: Sequence[str]) -> None:
        """These parts are gone: their inputs were removed or changed, or moved to another part that `finished` was told of."""

    def end(self, parts: Sequence[Part], tables: Path) -> None:
        """The run is complete: these parts, in no order, hold exactly the archive, and the merged tables are in place.

        Only the tables know what depends on the whole archive: ``sentences.repeat_of_source``, ``records.repeated``, ``organisations``.
        """
