"""Totals and their parts across sentences, and whether parts add up.

In: the quantities of a report, ascending. Out: scope and total of the parts that an exact sum shows, and ``sum_check`` on every total.
"""

from __future__ import annotations

from collections.abc import Sequence

from miner.components.quantities.scope import sum_word
from miner.components.quantities.units import kin_of
from miner.document import Quantity

_WINDOW = 12
_FARTHEST = 200
_LEAST_PARTS = 3
_LEAST_TOTAL = 10
_SUM_REACH = 12


def link_sums(text: str, found: Sequence[Quantity]) -> None:
    """Find the parts of totals that stand in other sentences: three numbers or more of one kind that add up exactly, before 合计 or behind the total."""
    kins = [kin_of(quantity.unit) for quantity in found]
    for index, total in enumerate(found):
        if total.part_of is not None or total.high is not None or total.value < _LEAST_TOTAL or total.scope in ("duration", "rate"):
            continue
        closes = sum_word(text[max(0, total.start - _SUM_REACH) : total.start])
        parts = _parts(found, kins, index, -1 if closes else 1)
        for part in parts:
            part.scope, part.part_of = "part", index


def _parts(found: Sequence[Quantity], kins: Sequence[str], index: int, step: int) -> list[Quantity]:
    """The quantities next to `index` in one direction, of its kind, that add up to it exactly; empty if none do."""
    total, kin = found[index], kins[index]
    parts: list[Quantity] = []
    amount = 0.0
    last = total
    for at in range(index + step, index + step * (_WINDOW + 1), step):
        if not 0 <= at < len(found):
            break
        quantity = found[at]
        if abs(quantity.start - last.start) > _FARTHEST:
            break
        last = quantity
        if quantity.part_of is not None or kins[at] != kin:
            continue
        if quantity.high is not None or quantity.scope in ("duration", "rate") or amount + quantity.value > total.value * (1 + 1e-9):
            break
        parts.append(quantity)
        amount += quantity.value
        if abs(amount - total.value) <= 1e-9 * total.value:
            return parts if len(parts) >= _LEAST_PARTS else []
    return []


def check_sums(found: Sequence[Quantity]) -> None:
    """Write on every total whether its parts add up: ``equal``, ``less`` or ``more``; nothing where a part is rough or of another unit."""
    parts: dict[int, list[Quantity]] = {}
    for quantity in found:
        if quantity.part_of is not None:
            parts.setdefault(quantity.part_of, []).append(quantity)
    for index, listed in parts.items():
        total = found[index]
        kin = kin_of(total.unit)
        if any(kin_of(part.unit) != kin or part.high is not None for part in listed):
            continue
        amount = sum([part.value for part in listed])
        total.sum_check = "equal" if abs(amount - total.value) <= 1e-6 * max(1.0, abs(total.value)) else "less" if amount < total.value else "more"
