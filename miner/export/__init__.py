"""A store → other systems: PostgreSQL, Elasticsearch or OpenSearch.

In: an open :class:`miner.store.Store`. Out: tables with a full-text index on a server, or files that a server takes in.
"""
