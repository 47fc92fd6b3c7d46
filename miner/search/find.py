"""The search itself."""

from __future__ import annotations

from miner.search.model import Hits, Query
from miner.store import Store

COUNTED = 2_000
"""Facets are counted over at most so many hits (the newest)."""
RANKED = 10_000
"""At most so many hits (the newest) are ranked by relevance."""


def search(store: Store, query: Query) -> Hits:
    """Find the sentences that match.

    Parameters
    ----------
    store
        The store to search.
    query
        What to find. No text is a syntax error.

    Raises
    ------
    ValueError
        If a code (action, modality, order) or a number of the query is not valid; the message names it.
    """
    raise NotImplementedError
