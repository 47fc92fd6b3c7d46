"""When a mined mention is right: the comparisons of the annotation guide, and the pairing of gold with mined mentions.

In: records of the guide's section 6 (`gold`) and the objects of the contract (`mined`). Out: pairs, yes or no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from miner.learning.annotation_fields import SPACE

Record = dict[str, Any]
Pair = tuple[Record, Record]
Fits = Callable[[Record, Record], bool]

RELATIVE_TOLERANCE = 1e-6
SWALLOWING = (2, 4)
"""A mined span longer than 2 × the gold span + 4 characters swallows its surroundings and is no find."""


def squeezed(text: str | None) -> str:
    """The text without white space."""
    return SPACE.sub("", text or "")


def with_offsets(records: list[Record] | None) -> list[Record]:
    """The records that say where they stand."""
    return [record for record in records or [] if isinstance(record.get("start"), int) and isinstance(record.get("end"), int)]


def shared_characters(a: Record, b: Record) -> int:
    """How many characters two spans share."""
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def any_pair(gold: Record, mined: Record) -> bool:
    """Every overlapping pair fits."""
    return True


def pair_up(gold: list[Record], mined: list[Record], fits: Fits = any_pair) -> list[Pair]:
    """One-to-one pairs of spans that overlap and fit, the pair with the largest share of its common extent first."""
    factor, slack = SWALLOWING
    found: list[tuple[float, int, int]] = []
    for i, g in enumerate(gold):
        longest = factor * (g["end"] - g["start"]) + slack
        for j, m in enumerate(mined):
            common = shared_characters(g, m)
            if common and m["end"] - m["start"] <= longest and fits(g, m):
                found.append((common / (max(g["end"], m["end"]) - min(g["start"], m["start"])), i, j))
    found.sort(key=lambda pair: -pair[0])  # stable: among equals the earlier gold mention, then the earlier mined one
    gold_left, mined_left, pairs = set(range(len(gold))), set(range(len(mined))), []
    for _, i, j in found:
        if i in gold_left and j in mined_left:
            gold_left.remove(i)
            mined_left.remove(j)
            pairs.append((gold[i], mined[j]))
    return pairs


def one_of(value: Any, alternatives: str | None) -> bool:
    """A code is among the gold's alternatives (``a|b``)."""
    return value in (alternatives or "").split("|")


def same_span(gold: Record, mined: Record) -> bool:
    """The same characters, or those of the second right span, white space aside."""
    text = squeezed(mined.get("text"))
    return text in (squeezed(gold["text"]), squeezed(gold.get("alt") or gold["text"])) and shared_characters(gold, mined) > 0


def same_name(names: str | None, name: str | None) -> bool:
    """An organisation's name is among the gold's alternatives; none is the empty one."""
    return squeezed(name) in [squeezed(alternative) for alternative in (names or "").split("|")]


def same_days(gold: Record, mined: Record) -> bool:
    """Both ends fall on the same day."""
    return (day(gold.get("from")), day(gold.get("to"))) == (day(mined.get("date_from")), day(mined.get("date_to")))


def day(iso: str | None) -> str | None:
    """The day of an ISO date with or without its hour."""
    return iso[:10] if iso else None


def same_number(gold: Record, mined: Record) -> bool:
    """The same value and the same upper end."""
    try:
        lower = abs(float(mined["value"]) - gold["value"]) <= RELATIVE_TOLERANCE * max(1.0, abs(gold["value"]))
        high, wanted = mined.get("high"), gold.get("hi")
        if high is None or wanted is None:
            return lower and high is None and wanted is None
        return lower and abs(float(high) - wanted) <= RELATIVE_TOLERANCE * abs(wanted)
    except (TypeError, ValueError, KeyError):
        return False


def same_unit(gold: Record, mined: Record) -> bool:
    """The same unit as written."""
    return squeezed(gold.get("unit")) == squeezed(mined.get("unit"))


def same_item(gold: Record, mined: Record) -> bool:
    """The same noun, modifiers aside: one of the two ends with the other, which has two characters at least."""
    item = squeezed(mined.get("item"))
    return any(_same_noun(squeezed(wanted), item) for wanted in (gold.get("item") or "").split("|"))


def _same_noun(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 2 and (a.endswith(b) or b.endswith(a)))


def actors(event: Record) -> list[str | None]:
    """All organisations of a mined event; the first named one alone if it lists no more."""
    return event.get("organisations") or [event.get("organisation")]


def has_actor(gold: Record, event: Record) -> bool:
    """One of the event's organisations is the gold's."""
    return any(same_name(gold.get("org"), name) for name in actors(event))


def same_division(wanted: Iterable[str | None], found: str | None) -> bool:
    """The same division, with or without its parents."""
    return found in wanted or bool(found and any(one and (one.endswith(found) or found.endswith(one)) for one in wanted))
