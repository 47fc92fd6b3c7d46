"""Heads of items: 医用外科口罩 → 口罩, and the class of what a noun names.

In: a noun phrase. Out: its head and the head's class, from ``data/item_heads.tsv``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from miner.components.quantities.data_files import words

_PERSON_ENDINGS = ("者", "员", "师", "民", "警", "工", "生", "长", "兵", "人")
_FITS = {"person": frozenset(("person",)), "body": frozenset(("body", "place", "household")), "household": frozenset(("household", "body", "person", "place"))}


class Head(NamedTuple):
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


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
def classes_of(phrase: str) -> tuple[str, ...]:
    """All classes of the phrase's head."""
    head = head_of(phrase)
    return _lexicon().get(head.text, (head.kind,) if head.kind else ())


def fits(phrase: str, unit_kind: str, unit: str) -> bool:
    """Whether things of this kind are counted by that unit, as far as the lexicon knows: 名 counts persons, 家 bodies; 个 no materials."""
    classes = classes_of(phrase)
    if unit in ("名", "位", "员"):
        return "person" in classes
    if unit == "所":
        return "body" in classes
    if unit_kind in _FITS:
        return not classes or any(c in _FITS[unit_kind] for c in classes)
    return not (unit == "个" and classes[:1] in (("material",), ("money",)))


@lru_cache(maxsize=4096)
def may_act(phrase: str) -> bool:
    """Whether what the phrase names does things itself (bureaus, crews, persons, towns), so that before a verb it is the actor and not the item."""
    if phrase.endswith(tuple(words("item_words.tsv")["agent"])) or phrase[-1:] in tuple("镇乡村县市区省州"):
        return True
    return any(kind in ("person", "group", "body") for kind in classes_of(phrase))


def normalised_item(item: str) -> str | None:
    """The head for counting; the item itself where no head is known; None for an empty item."""
    if not item:
        return None
    last = item.replace("”", "").replace("》", "").split("、")[-1]
    return head_of(last).text or item
