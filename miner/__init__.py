"""Mine Chinese work reports: who did what, when, and how much of it, each figure with the place that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miner.records import Report


def mine(texts: Iterable[str]) -> Iterator[Report]:
    """Mine texts in this process; one :class:`~miner.records.Report` per text, in order."""
    from miner.pipeline import process
    from miner.records import Report

    for text in texts:
        yield Report(process(text))
