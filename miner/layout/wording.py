"""The word lists of the layout room, and quick ways to ask whether a line begins with one of their words.

In: ``data/page_lines.toml``, ``data/surnames.txt``. Out: tuples, sets, patterns; loaded once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("miner.layout") / "data" / "page_lines.toml").read_text("utf-8"))


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """A list of ``page_lines.toml``."""
    return tuple(_lists()[section][name])


@cache
def surnames() -> frozenset[str]:
    """The family names, of one and of two characters."""
    names: set[str] = set()
    for line in (files("miner.layout") / "data" / "surnames.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            names.update(line.split() if " " in line else line)
    return frozenset(names)


def alternatives(items: Iterable[str]) -> str:
    """A pattern that matches any of the items, the longest first."""
    return "|".join(re.escape(item) for item in sorted(items, key=len, reverse=True))


class Openers:
    """Words at the begin of a line, looked up by their first character.

    Parameters
    ----------
    items
        The words.
    """

    def __init__(self, items: Iterable[str]) -> None:
        self._by_first: dict[str, tuple[str, ...]] = {}
        for item in sorted(items, key=len, reverse=True):
            self._by_first[item[0]] = (*self._by_first.get(item[0], ()), item)

    def match(self, line: str) -> str:
        """The longest word that the line begins with, "" if none."""
        for item in self._by_first.get(line[:1], ()):
            if line.startswith(item):
                return item
        return ""


@cache
def openers(section: str, name: str = "starts") -> Openers:
    """The openers of a list."""
    return Openers(words(section, name))


_PLACED_LEAD = re.compile(r"本[报台网刊](?:[\u4e00-\u9fff]{1,6}讯|综合消息)(?![\u4e00-\u9fff]{0,3}[号箱息])")


def is_lead(text: str) -> bool:
    """Whether a text begins with the first words of a newspaper report (本报讯 …, 本报全州讯 …)."""
    text = text.lstrip("【[(") if text[:1] in "【[(" else text
    return bool(openers("lead").match(text)) or (text[:1] == "本" and _PLACED_LEAD.match(text) is not None)
