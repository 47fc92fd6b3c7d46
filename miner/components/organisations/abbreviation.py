"""Short forms of names that keep some of their characters in order: 市监局 for 市场监管局.

In: two texts. Out: whether one abbreviates the other.
"""

from __future__ import annotations

from miner.components.organisations.levels import LEVEL_OF
from miner.components.organisations.lexicon import NAMING

_HEADS, _COURTS = tuple(NAMING["initial"]), tuple(NAMING["courts"])


def is_abbreviation(short: str, long: str) -> bool:
    """True if the characters of `short` stand in `long` in order and both begin and end alike (市监局 ~ 市场监管局).

    Of a head that stands for many bodies the first character is enough (防指 ~ 防汛抗旱指挥部, 残联 ~ 残疾人联合会).
    A name that begins with `short` is a part of that body, no longer form of it (公安局, 公安局古镇分局).
    """
    if not 1 < len(short) < len(long) or short[0] != long[0] or long.startswith(short):
        return False
    if short[-1] != long[-1]:
        head = next((head for head in _HEADS if head[0] == short[-1] and long.endswith(head)), "")
        long = long[: len(long) - len(head) + 1] if head else ""
        if head.startswith("委") and short[-2] in LEVEL_OF and long[-2:] != short[-2:]:
            return False  # 陈村镇委 is the party's, not 陈村镇公共卫生委员会
    elif len(short) < 3 and short not in _COURTS:
        return False
    rest = iter(long)
    return bool(long) and all(character in rest for character in short)


def abbreviates_end(short: str, long: str) -> bool:
    """True if `short` abbreviates an end of `long` that is not much longer (职康站 ~ …职业康复站)."""
    longer = len(long) - len(short)
    at = long.find(short[0], max(0, longer - 8), longer) if len(short) > 2 and longer > 0 else -1
    while at >= 0:
        if is_abbreviation(short, long[at:]):
            return True
        at = long.find(short[0], at + 1, longer)
    return False
