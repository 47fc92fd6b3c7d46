"""Days of a quantity's own: 其中2020年108,865条,2021年553条; 3月和6月分别走访企业22家和31家.

In: the quantities and dates of a text. Out: ``date_from`` and ``date_to`` of the quantities that a date of their own stands before.
The date of the whole action is the event's; a number has days of its own only where its neighbour of the same kind has others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from miner.components.quantities.units import kin_of
from miner.document import Date, Quantity

_BETWEEN = re.compile(r"(?:[共约近为达有是仅:]|达到|分别|新增|增加)*")
_LIST_JOINS = re.compile(r"[、和及与,]|以及")
_MOST_NAMED = 24
_SENTENCE_ENDS = frozenset("。!?\n")


def own_days(text: str, found: Sequence[Quantity], dates: Sequence[Date]) -> None:
    """Give quantities the days that the date directly before them names.

    Parameters
    ----------
    text
        The text of the report.
    found
        Its quantities, ascending; changed in place.
    dates
        Its resolved dates, ascending.
    """
    resolved = [date for date in dates if date.date_from or date.date_to]
    if not resolved:
        return
    ends = [date.end for date in resolved]
    before: dict[int, Date] = {}
    for index, quantity in enumerate(found):
        at = bisect_right(ends, quantity.start) - 1
        if at >= 0 and _directly_before(text, resolved[at], quantity):
            before[index] = resolved[at]
    for index, date in before.items():
        if found[index].scope == "part" or _beside(text, found, before, index):
            found[index].date_from, found[index].date_to = date.date_from, date.date_to
    _respectively(text, found, resolved, ends)


def _directly_before(text: str, date: Date, quantity: Quantity) -> bool:
    """Whether nothing but the item and words of amount stands between a date and a number."""
    if quantity.start - date.end > _MOST_NAMED:
        return False
    gap = text[date.end : quantity.start]
    if quantity.item and quantity.item_at and date.end <= quantity.item_at[0] < quantity.item_at[1] <= quantity.start:
        gap = text[date.end : quantity.item_at[0]] + text[quantity.item_at[1] : quantity.start]
    return _BETWEEN.fullmatch(gap) is not None


def _beside(text: str, found: Sequence[Quantity], before: dict[int, Date], index: int) -> bool:
    """Whether the number of the same kind beside it in the sentence has a date of its own too."""
    own = found[index]
    for other in (index - 1, index + 1):
        if other not in before or _kin(found[other]) != _kin(own) or before[other] is before[index]:
            continue
        first, second = sorted((own, found[other]), key=lambda quantity: quantity.start)
        if not _SENTENCE_ENDS & set(text[first.end : second.start]):
            return True
    return False


def _kin(quantity: Quantity) -> str:
    return kin_of(quantity.unit)


def _respectively(text: str, found: Sequence[Quantity], dates: Sequence[Date], ends: Sequence[int]) -> None:
    """分别 between dates and as many numbers of one kind: the n-th date holds for the n-th number."""
    starts = [quantity.start for quantity in found]
    for match in re.finditer("分别", text):
        named = _joined_dates(text, dates, bisect_right(ends, match.start()) - 1, match.start())
        first = bisect_right(starts, match.start())
        numbers = found[first : first + len(named)]
        if len(named) < 2 or len(numbers) < len(named) or any(_kin(number) != _kin(numbers[0]) for number in numbers):
            continue
        spans = [text[match.end() : numbers[0].start], *(text[a.end : b.start] for a, b in pairwise(numbers))]
        if _SENTENCE_ENDS & set(spans[0]) or "," in spans[0] or not all(_LIST_JOINS.fullmatch(span) for span in spans[1:]):
            continue
        for number, date in zip(numbers, named, strict=True):
            number.date_from, number.date_to = date.date_from, date.date_to


def _joined_dates(text: str, dates: Sequence[Date], at: int, end: int) -> list[Date]:
    """The coordinated dates of which the one with index `at` ends at `end`, in order."""
    named: list[Date] = []
    while at >= 0 and (dates[at].end == end if not named else _LIST_JOINS.fullmatch(text, dates[at].end, named[0].start)):
        named.insert(0, dates[at])
        at -= 1
    return named
