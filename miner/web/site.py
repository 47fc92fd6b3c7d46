"""What every request shares: the store, the settings, the kept answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

from fastapi import Request

from miner.counts import Counts, Selection, count, count_tables
from miner.store import Store, open_store
from miner.web.cache import Cache
from miner.web.settings import Settings

T = TypeVar("T")
_MONTHS = 1_000
"""More months than work is told of."""


class Site:
    """An open store with its settings.

    Parameters
    ----------
    settings
        The settings.

    Raises
    ------
    miner.store.StoreError
        If there is no store to read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.out)
        self._cache = Cache()

    def cached(self, name: str, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """An answer, kept until the store changes."""
        return self._cache.get((self.store.generation(), name, *key), make)

    def sizes(self) -> dict[str, int]:
        """The rows of every table."""
        return self.cached("sizes", (), self.store.sizes)

    def counted(self, by: tuple[str, ...], selection: Selection, sum_value: bool = False, top: int | None = None) -> Counts:
        """A count, kept; pages and JSON interface share it."""
        return self.cached("count", (by, selection, sum_value, top), lambda: count(self.store, by, sum_value, selection, top=top))

    def tables(self, names: tuple[str, ...], selection: Selection, top: int) -> dict[str, Counts]:
        """Counts by each of several columns, those of most actions first, kept; by month and year all, by others the `top`."""

        def make() -> dict[str, Counts]:
            found = count_tables(self.store, [(name,) for name in names], selection, top=_MONTHS)
            return {name: counts if name in ("month", "year") else replace(counts, rows=counts.rows[:top]) for name, counts in zip(names, found, strict=True)}

        return self.cached("tables", (names, selection, top), make)

    def bodies(self, name: str, limit: int) -> list[dict[str, Any]]:
        """The bodies with a name, or a name used for them, that holds `name`, those with most events first, kept."""
        return self.cached("bodies", (name, limit), lambda: self.store.organisations(name, limit))


def site_of(request: Request) -> Site:
    """The site that answers a request."""
    site: Site = request.app.state.site
    return site
