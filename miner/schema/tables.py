"""The tables, their columns, types and labels (read from ``tables.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

TYPES = ("string", "integer", "number", "boolean", "date", "strings", "integers")


@dataclass(frozen=True)
class Column:
    """A column: its name, type (one of ``TYPES``), labels by language and description."""

    name: str
    type: str
    labels: dict[str, str]
    about: str


@dataclass(frozen=True)
class Table:
    """A table: its name, columns in order, key columns, labels by language and description."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    labels: dict[str, str]
    about: str

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(column.name for column in self.columns)

    def object_keys(self) -> tuple[str, ...]:
        """The keys of the JSON object that stands for a row within its report: all columns but the key."""
        return tuple(name for name in self.names if name not in self.key)


def _column(name: str, cells: list[str]) -> Column:
    kind, english, chinese, about = cells
    if kind not in TYPES:
        raise ValueError(f"tables.toml: column {name} has the unknown type {kind!r}")
    return Column(name, kind, {"en": english, "zh": chinese}, about)


def _table(name: str, data: dict) -> Table:
    columns = tuple(_column(column, cells) for column, cells in data["columns"].items())
    return Table(name, columns, tuple(data["key"]), dict(zip(("en", "zh"), data["label"], strict=True)), data["about"])


TABLES: dict[str, Table] = {
    name: _table(name, data) for name, data in tomllib.loads(files("miner.schema").joinpath("tables.toml").read_text("utf-8")).items()
}
