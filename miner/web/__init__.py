"""A store → pages for people and a JSON interface for programs, read-only.

In: the folder of a run (its ``reports.db``), through :mod:`miner.search`, :mod:`miner.counts` and :mod:`miner.store`. Out: an ASGI application.
Knows nothing of how rows were found. Needs the extra ``[web]``.
"""
