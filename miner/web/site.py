"""What every request shares: the store, the settings, the kept answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from fastapi import Request

from miner.store import Store, open_store
from miner.web.cache import Cache
from miner.web.settings import Settings

T = TypeVar("T")


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


def site_of(request: Request) -> Site:
    """The site that answers a request."""
    site: Site = request.app.state.site
    return site
