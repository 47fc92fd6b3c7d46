"""Annotated reports → trained models, and the figures they reach.

In: ``corpora/``. Out: ``models/``. Knows nothing of the command line.
"""
