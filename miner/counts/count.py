"""The count itself."""

from __future__ import annotations

from collections.abc import Sequence

from miner.counts.model import Counts, Selection
from miner.store import Store


def count(store: Store, by: Sequence[str] = (), sum_value: bool = False, selection: Selection | None = None, *, explain: bool = False,
          top: int | None = None) -> Counts:
    """Count work, or add up its quantities.

    Parameters
    ----------
    store
        The store.
    by
        Columns of the table, out of `BY`.
    sum_value
        Add up quantities, by unit, rather than count actions.
    selection
        Which records, and which rules; the default is work done, nothing counted twice.
    explain
        List the records left out and the pairs that may be one fact.
    top
        Only so many rows, those with most events (or the highest value), instead of all rows in order of `by`.

    Raises
    ------
    ValueError
        If `by` or the selection holds something that is not known; the message names it.
    """
    raise NotImplementedError
