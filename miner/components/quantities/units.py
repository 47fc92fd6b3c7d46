"""Units and measure words, read from ``data/units.tsv``.

In: a text and a position behind a number. Out: the unit that stands there, with what it measures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

from miner.components.quantities.data_files import rows, words
from miner.schema.numbers import Number


@dataclass(slots=True, frozen=True)
class Unit:
    """A unit as the data file describes it. `factor` is None where it has no dimension; `normal` is the unit that `factor` leads to; `rough`: 个多小时.

    `kin` is what units that may share an item or a sum have in common: the dimension, the kind of thing counted, else the unit itself.
    """

    name: str
    kind: str
    dimension: str = ""
    factor: float | None = None
    normal: str = ""
    rough: bool = False
    kin: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kin", self.dimension or _kin().get(self.name, self.name))


@cache
def _kin() -> dict[str, str]:
    """Units that count the same kind of thing (1202家次 … 关停123家) → the name of the kind."""
    return {unit: kind for kind, listed in words("unit_kin.tsv").items() for unit in listed}


@cache
def units() -> dict[str, Unit]:
    """All units by their writing."""
    table = {}
    for cells in rows("units.tsv", 6):
        name, kind, dimension, factor, normal, written = cells
        table[name] = Unit(written or name, kind, dimension, float(factor) if factor else None, normal, "多" in name)
    return table


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    first: dict[str, list[str]] = {}
    for name in units():
        first.setdefault(name[0], []).append(name)
    return {character: tuple(sorted(names, key=len, reverse=True)) for character, names in first.items()}


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit that begins at `position` and where it ends, or None.

    Latin units must not run on into a Latin word; ``A/B`` makes a unit of its own.
    """
    for name in _by_first().get(text[position : position + 1], ()):
        if text.startswith(name, position):
            end = position + len(name)
            after = text[end : end + 1]
            if name[-1].isascii() and name[-1].isalpha() and after.isascii() and after.isalnum():
                continue
            return _rate_unit(text, units()[name], end)
    return None


def kin_of(name: str) -> str:
    """The kin (see :class:`Unit`) of the unit with that name, which may be none of the list."""
    unit = units().get(name)
    return _kin().get(name, name) if unit is None else unit.kin


@lru_cache(maxsize=256)
def _rate(above: str, below: str) -> Unit:
    return Unit(f"{above}/{below}", "per")


def _rate_unit(text: str, unit: Unit, end: int) -> tuple[Unit, int]:
    """``元/吨`` → one unit; otherwise `unit` itself."""
    if text[end : end + 1] != "/":
        return unit, end
    below = next((n for n in _by_first().get(text[end + 1 : end + 2], ()) if text.startswith(n, end + 1)), None)
    if below is None and text[end + 1 : end + 2] in ("时", "月", "日", "s", "h"):
        below = text[end + 1]
    return (unit, end) if below is None else (_rate(unit.name, below), end + 1 + len(below))


def normalised(value: Number, unit: Unit) -> tuple[Number | None, str | None]:
    """`value` in the normal unit of its dimension, and that unit; (None, None) for measure words."""
    if unit.dimension == "doubling":
        return (float(2**value), "倍") if 0 <= value < 64 else (None, None)
    if unit.factor is None:
        return None, None
    amount = round(value * unit.factor, 9)
    return (int(amount) if amount == int(amount) else amount), unit.normal
