"""Heads of items: 医用外科口罩 → 口罩, and the class of what a noun names.

In: a noun phrase. Out: its head and the head's class, from ``data/item_heads.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from miner.components.quantities.data_files import words

_PERSON_ENDINGS = ("者", "员", "师", "民", "警", "工", "生", "长", "兵", "人")
_FITS = {"person": frozenset(("person",)), "body": frozenset(("body", "place", "household")), "household": frozenset(("household", "body", "person", "place"))}


@dataclass(slots=True)
class Head:
    """A head and its class (``person``, ``body``, ``goods`` …; empty where the lexicon does not know it)."""

    text: str
    kind: str


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Every head with its classes (小区 is a body and a place)."""
    table: dict[str, tuple[str, ...]] = {}
    for kind, heads in words("item_heads.tsv").items():
        for head in heads:
            table[head] = (*table.get(head, ()), kind)
    return table


class Noun:
    """What the lexicon says about a noun phrase. Two phrases about which it says the same share one object, which therefore serves as a key.

    `classes` are those of its head, `head` is True where it ends with a known head and `whole` where it is that head, `acts` where what it names does
    things itself (bureaus, crews, persons, towns), so that before a verb it is the actor and not the item; `length` is its own, in characters, up to
    eight; `known` is the first class, ``?`` if there is none.
    """

    __slots__ = ("acts", "classes", "head", "known", "length", "whole")

    def __init__(self, classes: tuple[str, ...], head: bool, whole: bool, acts: bool, length: int) -> None:
        self.classes, self.head, self.whole, self.acts, self.length = classes, head, whole, acts, length
        self.known = classes[0] if classes else "?"


_nouns: dict[tuple[tuple[str, ...], bool, bool, bool, int], Noun] = {}


@lru_cache(maxsize=1 << 15)
def noun_of(phrase: str) -> Noun:
    """What the lexicon says about `phrase`."""
    head, classes = head_of(phrase), classes_of(phrase)
    acts = phrase.endswith(_agents()) or any(kind in ("person", "group", "body") for kind in classes)
    said = (classes, bool(head.text), head.text == phrase, acts, min(len(phrase), 8))
    noun = _nouns.get(said)
    if noun is None:
        noun = _nouns[said] = Noun(*said)
    return noun


@cache
def _agents() -> tuple[str, ...]:
    return (*words("item_words.tsv")["agent"], *"镇乡村县市区省州")


@lru_cache(maxsize=1 << 14)
def head_of(phrase: str) -> Head:
    """The longest listed head that `phrase` ends with; an empty head if none."""
    lexicon = _lexicon()
    for begin in range(max(0, len(phrase) - 8), len(phrase)):
        end = phrase[begin:]
        if end in lexicon and (len(end) > 1 or len(phrase) <= 3):
            return Head(end, lexicon[end][0])
    if len(phrase) > 1 and phrase[-1] in _PERSON_ENDINGS and len(phrase) <= 4:
        return Head(phrase, "person")
    return Head("", "")


def classes_of(phrase: str) -> tuple[str, ...]:
    """All classes of the phrase's head."""
    head = head_of(phrase)
    return _lexicon().get(head.text, (head.kind,) if head.kind else ())


def fits(noun: Noun, unit_kind: str, unit: str) -> bool:
    """Whether things of this kind are counted by that unit, as far as the lexicon knows: 名 counts persons, 家 bodies; 个 no materials."""
    classes = noun.classes
    if unit in ("名", "位", "员"):
        return "person" in classes
    if unit == "所":
        return "body" in classes
    if unit_kind in _FITS:
        return not classes or any(c in _FITS[unit_kind] for c in classes)
    return not (unit == "个" and classes[:1] in (("material",), ("money",)))


def normalised_item(item: str) -> str | None:
    """The head for counting; the item itself where no head is known; None for an empty item."""
    if not item:
        return None
    last = item.replace("”", "").replace("》", "").split("、")[-1]
    return head_of(last).text or item
