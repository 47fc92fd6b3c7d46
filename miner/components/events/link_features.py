"""The features of links: what speaks for it that a quantity belongs to a verb, as aspects that a few values determine, and their weights.

In: the key of an aspect: its kind, the values that one mention gives, the values of the pair. Out: the names of its features, the sum of their weights.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from miner.components.linear import Key, Partials


class LinkWeights:
    """The weights of links. What one mention gives to all of its pairs is looked up once; its table then holds the sums by what the pair adds.

    Parameters
    ----------
    weights
        Weight of each feature by its name, in thousandths.

    Attributes
    ----------
    whole
        The sums of aspects by their whole key.
    parts
        By kind and values of one mention: the sums by the value that the pair adds, or by the tuple of its values.
    single
        The weights of features.
    """

    __slots__ = ("parts", "single", "whole")

    def __init__(self, weights: dict[str, int]) -> None:
        self.single = weights
        self.whole = Partials(weights, of_link)
        self.parts = _Parts(weights)


_MOST_PARTS = 10_000
"""As many tables are kept, since words and nouns have one each; then all are forgotten, so that memory stays bounded over any number of reports."""
_MOST_SUMS = 1_000
"""As many sums each of them keeps."""


class _Parts(dict[Key, Partials]):
    """The tables of sums by the first part of a key."""

    __slots__ = ("weights",)

    def __init__(self, weights: dict[str, int]) -> None:
        super().__init__()
        self.weights = weights

    def __missing__(self, first: Key) -> Partials:
        if len(self) >= _MOST_PARTS:
            self.clear()
        made = self[first] = Partials(self.weights, _behind(first), _MOST_SUMS)
        return made


def _behind(first: Key) -> Callable[[Any], list[str]]:
    """The features of an aspect from the last part of its key: one value, or a tuple of several."""
    return lambda last: of_link((*first, *last) if type(last) is tuple else (*first, last))


def of_link(key: Key) -> list[str]:
    """The features of one aspect of a pair of quantity and trigger."""
    return _ASPECTS[key[0]](*key[1:])


def _side(place: str) -> str:
    """The side of a place: ``before0`` and ``before-2`` are before."""
    return "before" if place[0] == "b" else "after"


def _together(place: str) -> int:
    """1 for a place in the number's own clause."""
    return int(place in ("before0", "after0"))


def _of_place(place: str, others: int, settled: int, numbers: int, gap: str) -> list[str]:
    side, together = _side(place), _together(place)
    return [place, f"{place}|others={others}", f"{side}|settled={settled}", f"numbers={numbers}|{side}|{together}", f"gap={gap}|{side}"]


def _of_verb(action: str, modality: str, confidence: int, settled: bool, place: str, scope: str, unit: str) -> list[str]:
    return [f"a={action}|{_side(place)}", f"s={scope}|{place}", f"s={scope}|a={action}", f"m={modality}", f"c={confidence}", f"settled={settled}|{place}",
            f"a={action}|u={unit}", f"u={unit}|{place}"]


def _of_before(before: str, starts: bool, place: str) -> list[str]:
    return [f"pre={before}|{_side(place)}{_together(place)}", *([f"starts|{place}"] if starts else [])]


def _of_previous(same_clause: bool, bare: bool, starts: bool, alike: bool, linked: bool, settled: int) -> list[str]:
    same = f"previous-link={linked}|same-clause={same_clause}"
    return [same, f"{same}|bare={bare}|{starts}|settled={settled}", f"{same}|bare={bare}|alike={alike}"]


def _of_between(marks: tuple[str, ...], side: str, whole: str | None) -> list[str]:
    return [*([] if whole is None else [f"bt={whole}|{side}"]), *[f"{mark}-between|{side}" for mark in marks]]


def _of_item(side: str, between: str, is_object: bool, whose: str, place: str, settled: bool) -> list[str]:
    out = [f"item-between|{side}" + ("|alone" if between == "alone" else "")] if between else []
    if is_object:
        out.append("item-is-object")
    return [*out, f"trigger-in-{whose}-item", f"trigger-{place}-in-item|settled={settled}"] if whose else out


def _of_none(settled: int, before: bool, qualifier: str, one: bool, kind: str, starts: bool, previous: str, total: str, quoted: bool) -> list[str]:
    out = ["none", f"none|in-clause={settled}", f"none|before={before}", f"none|q={qualifier}", f"none|value1={one}", f"none|kind={kind}"]
    told = ("none|clause-start" if starts else "", f"none|previous={previous}" if previous else "", f"none|total={total}" if total else "",
            "none|in-quotes" if quoted else "")
    return out + [name for name in told if name]


def _of_none_own(unit: str, scope: str, item: str) -> list[str]:
    return [f"none|u={unit}", f"none|s={scope}", f"none|item={item}", f"none|unit={unit}|s={scope}"]


def _of_none_clause(bare: bool, starts: bool, continues: str, alike: bool) -> list[str]:
    return [f"none|bare={bare}|{starts}|{continues}", f"none|bare={bare}|{continues}|alike={alike}"]


def _of_none_state(word: str, verb: bool, whole: bool) -> list[str]:
    """Of a word of state before the number, whether a verb stands in the clause, whether nothing stands before the word."""
    return ["none|state", f"none|state={word}", f"none|state|whole={whole}", f"none|state|verb={verb}"]


def _of_none_head(shape: str, after: str, word: str, verb: bool, bare: bool) -> list[str]:
    """Of what stands where the clause has its subject."""
    return [f"none|h={shape}|{after}", f"none|h={shape}|{after}|verb={verb}|bare={bare}", f"none|hw={word}"]


_ASPECTS: dict[str, Callable[..., list[str]]] = {
    "place": _of_place, "verb": _of_verb, "previous": _of_previous, "before": _of_before, "after": lambda after, place: [f"next={after}|{place}"],
    "word": lambda word, side, unit: [f"w={word}|{side}", f"w={word}|u={unit}"],
    "object": lambda noun, action: [f"a={action}|item={noun}"], "between": _of_between,
    "beside": lambda side: [f"bt=|{side}"], "item": _of_item, "other-item": lambda: ["trigger-in-other-item"], "total": lambda same: [f"total-link={same}"],
    "none": _of_none, "none-own": _of_none_own, "none-clause": _of_none_clause, "none-state": _of_none_state, "none-head": _of_none_head,
    "none-beside": lambda before, after: [f"none|before={before}", f"none|after={after}"],
    "sentence": lambda back, settled: [f"other-sentence{back}|settled={settled}", "other-sentence"],
}
