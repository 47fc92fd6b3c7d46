"""A store → counts that do not count one thing twice.

In: an open :class:`miner.store.Store`, the columns to count by, a :class:`Selection`. Out: :class:`Counts`, with what was left out and why.
"""

from miner.counts.count import count, count_tables
from miner.counts.model import BY, NOTES, REASONS, UNKNOWN, Counts, LeftOut, NearMatch, Selection

__all__ = ["BY", "NOTES", "REASONS", "UNKNOWN", "Counts", "LeftOut", "NearMatch", "Selection", "count", "count_tables"]
