"""The words of the pages in English and Chinese: interface texts, labels of codes, and the reasons that rows carry."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from miner.schema import LABELLED_COLUMNS, TABLES

LANGUAGES = ("en", "zh")


@cache
def _data(name: str, room: str = "miner.pages") -> dict[str, Any]:
    return tomllib.loads(files(room).joinpath("data", f"{name}.toml").read_text("utf-8"))


class Wording:
    """Everything that a page says in one language.

    Parameters
    ----------
    language
        One of ``LANGUAGES``.
    room
        A room whose ``data/interface.toml`` adds texts to those of this room.
    """

    def __init__(self, language: str, room: str = "miner.pages") -> None:
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
        self.language = language
        self._at = LANGUAGES.index(language)
        self._texts = _data("interface") | _data("interface", room)

    def __call__(self, key: str, **values: Any) -> str:
        """An interface text by its key in ``data/interface.toml``, with `values` put in.

        Raises
        ------
        KeyError
            If there is no such text.
        """
        said: str = self._texts[key][self._at]
        return said.format(**values) if values else said

    def code(self, column: str, code: str | None) -> str:
        """The label of a code that stands in a column; the code itself where it has none."""
        if code is None:
            return ""
        return LABELLED_COLUMNS.get(column, {}).get(code, {}).get(self.language, code)

    def column(self, table: str, name: str) -> str:
        """The label of a column."""
        return next(column.labels[self.language] for column in TABLES[table].columns if column.name == name)

    def table(self, name: str) -> str:
        """The label of a table."""
        return TABLES[name].labels[self.language]

    def kind(self, kind: str) -> str:
        """The label of a kind of block (heading, paragraph …)."""
        return self(f"kind_{kind}")

    def level(self, level: str | None) -> str:
        """The label of an administrative level; the level itself where it has none."""
        if not level:
            return ""
        return self(f"level_{level}") if f"level_{level}" in self._texts else level

    def reason(self, reason: str | None) -> str:
        """A reason in this language; parts that ``data/reasons.toml`` does not know stay as they are."""
        if not reason or self.language == "en":
            return reason or ""
        return "；".join(_reason(part.strip()) for part in reason.split(";"))


def _reason(part: str) -> str:
    data = _data("reasons")
    if part in data["exact"]:
        said: str = data["exact"][part]
        return said
    for pattern, says in data["patterns"].items():
        match = re.fullmatch(pattern, part)
        if match:
            return str(says).format(*(_word(group) for group in match.groups()))
    return part


def _word(group: str) -> str:
    data = _data("reasons")["exact"]
    return str(data.get(group, group))


@cache
def wording(language: str, room: str = "miner.pages") -> Wording:
    """The words of a language (one of ``LANGUAGES``), with those of a room."""
    return Wording(language, room)
