"""Query → sentences of a store that match, with marked evidence, their records and facets.

In: an open :class:`miner.store.Store` and a :class:`Query`. Out: :class:`Hits`. Reads the store alone.
"""

from miner.search.find import COUNTED, RANKED, search
from miner.search.model import FACETS, Facet, Hit, Hits, Query

__all__ = ["COUNTED", "FACETS", "RANKED", "Facet", "Hit", "Hits", "Query", "search"]
