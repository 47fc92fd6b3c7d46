"""Reads the word lists in ``data/``: tab-separated columns, ``#`` begins a comment line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(name: str, width: int) -> Iterator[list[str]]:
    """The rows of a file of ``data/``, each with `width` cells (missing ones empty)."""
    text = files("miner.components.quantities").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            yield (cells + [""] * width)[:width]


@cache
def words(name: str) -> dict[str, frozenset[str]]:
    """A word list whose rows are ``role<TAB>word word word``: role → its words."""
    table: dict[str, set[str]] = {}
    for role, listed in rows(name, 2):
        table.setdefault(role, set()).update(listed.split())
    return {role: frozenset(listed) for role, listed in table.items()}
