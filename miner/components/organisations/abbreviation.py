"""Short forms of names that keep some of their characters in order: 市监局 for 市场监管局.

In: two texts. Out: whether one abbreviates the other.
"""

from __future__ import annotations


def is_abbreviation(short: str, long: str) -> bool:
    """True if the characters of `short` stand in `long` in order and both begin and end alike (市监局 ~ 市场监管局).

    A name that begins with `short` is a part of that body, no longer form of it (公安局, 公安局古镇分局).
    """
    if not 2 < len(short) < len(long) or short[-1] != long[-1] or short[0] != long[0] or long.startswith(short):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def abbreviates_end(short: str, long: str) -> bool:
    """True if `short` abbreviates an end of `long` that is not much longer (职康站 ~ …职业康复站)."""
    return any(is_abbreviation(short, long[at:]) for at in range(max(0, len(long) - len(short) - 8), len(long) - len(short)) if long[at] == short[0])
