"""Proposes what a quantity may count: every noun phrase near the number, the items of the numbers before it, or nothing.

In: the words around a number and the items found before. Out: :class:`Candidate` objects, each with what tells the chooser about it
(:mod:`miner.components.quantities.chooser`). No choice is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from miner.components.quantities.data_files import words
from miner.components.quantities.heads import Noun, fits, noun_of
from miner.components.quantities.items import Item
from miner.components.quantities.phrases import part_start, without_verb
from miner.components.quantities.spans import Measure
from miner.components.quantities.words import Row, Word
from miner.document.words import in_dictionary
from miner.schema.numbers import Number

_FARTHEST = 18
_LONGEST_BEHIND = 13
_REACH_BEHIND = 30
_EARLIER_CLAUSES = 2
_MOST_LENT = 4
_LONGEST_ENTRY = 12
_CHAIN = frozenset("nwavq")
_ENDS = _CHAIN | {"o"}
_NEGATED = ("an", "wn", "vn", "nn")  # classes of what 不 may negate and of the noun behind it: 不|合格|产品
_STOPS = frozenset("。!?;！？；")
_CLOSING = frozenset("”’》」』\"")
_LIST_MARKS = frozenset("、,(;")
_LIST_WORDS = frozenset(("其中", "含", "包括", ":"))
_STRICT = frozenset(("名", "位", "员", "所"))


Phrased = tuple[str, str, str, Noun, str, int, tuple[str, bool, bool] | None, tuple[bool, str, bool] | None]
"""Of a phrase: the roles between it and the number, the roles at its other side, whether it is an entry of a list, its noun, the roles of its words, the length
of its last word; a verb in the same word, whether it has been counted, whether it is a place (None: nothing of these); behind a number: whether it is whole,
the roles since a shorter one that is, whether a longer one is."""
Lent = tuple[str, bool, int, bool, str, bool, int, str, str, str, Noun]
"""Of an item lent: how the kinds of the numbers are related, whether they stand in one sentence, the rank of the other, whether it is more, where its item was
found, whether nothing stands before the number, how far the other is, its kind, whether the number is an entry of a list, the roles before it, the noun."""


@dataclass(slots=True)
class Candidate:
    """A possible item.

    `source` is ``behind``, ``before``, ``object`` (inside a word of verb and object), ``earlier`` (a clause before), ``lent`` (the item of another number)
    or ``none``; `row`, `first`, `last` are its words, `item` the item lent; `start`, `end` its span (-1 if none).
    """

    source: str
    start: int
    end: int
    row: Row | None
    first: int
    last: int
    item: Item | None
    told: Phrased | Lent | None
    """What it is judged by (see :mod:`miner.components.quantities.aspects`); None for ``none``."""
    ending: str
    """Its last two characters."""


_NOTHING = Candidate("none", -1, -1, None, 0, -1, None, None, "")


@dataclass(slots=True)
class Surroundings:
    """What stands on both sides of a number, the same for all its candidates.

    Kind and name of its unit, the roles of the two words before it and of the two behind, the word before and the word behind.
    """

    kind: str
    name: str
    before: str
    farther_before: str
    behind: str
    farther_behind: str
    word_before: str
    word_behind: str


@dataclass(slots=True)
class Earlier:
    """A number before, whose item may hold again: its unit, value and item, where it ends and whether it stands in the same sentence."""

    unit: str
    kind: str
    kin: str
    value: Number
    item: Item
    end: int
    same_sentence: bool


def candidates(text: str, measure: Measure, before: Row, behind: Row, closed: bool, earlier: Sequence[Earlier],
               counted: set[str]) -> tuple[Surroundings, list[Candidate]]:
    """The surroundings of one measure and all its candidates; the first is ``none``.

    Parameters
    ----------
    text, measure
        The text and the measure.
    before, behind
        The words between it and the measures before and behind it (or the sentence's edges).
    closed
        True where `behind` ends the sentence, False where another number follows.
    earlier
        The numbers before, nearest first.
    counted
        The items of the sentence so far.
    """
    edge = "#" if closed else "9"
    left, right, unit = before.roles[-2:], behind.roles[:2], measure.unit
    around = Surroundings(
        unit.kind, unit.name, left[-1:] or "#", left[0] if len(left) == 2 else "#", right[:1] or edge, right[1:] or edge,
        before.words[-1].text if left else "", behind.words[0].text if right else "")
    return around, _Proposals(text, measure, before, behind, closed, earlier, counted).read()


class _Proposals:
    """Reads the candidates of one measure (see :func:`candidates`)."""

    __slots__ = ("before", "behind", "closed", "counted", "earlier", "entry", "found", "kind", "measure", "name", "opening", "text")

    def __init__(self, text: str, measure: Measure, before: Row, behind: Row, closed: bool, earlier: Sequence[Earlier],
                 counted: set[str]) -> None:
        self.text, self.measure, self.before, self.behind = text, measure, before, behind
        self.closed, self.earlier, self.counted = closed, earlier, counted
        self.kind, self.name = measure.unit.kind, measure.unit.name
        self.opening = self._opening()
        self.entry = _entry(before, self.opening)
        self.found: list[Candidate] = []

    def read(self) -> list[Candidate]:
        """The candidates."""
        self.found.append(_NOTHING)
        self._behind()
        self._before()
        self._lent()
        return self.found

    def _opening(self) -> str:
        """How the words before a number begin where they may be an entry of a list: the mark, and whether the number before is of the same kind."""
        if not self.before.words or not self.earlier or not self.earlier[0].same_sentence:
            return "#"
        return self.before.words[0].text[:2] + self._related(self.earlier[0])

    def _related(self, other: Earlier) -> str:
        return "=" if other.kin == self.measure.unit.kin else "!"

    def _phrase(self, source: str, row: Row, first: int, last: int, gap: str, edge: str, entry: str = "",
                whole: tuple[bool, str, bool] | None = None) -> None:
        """Add the words `first` to `last`; `gap` are the roles between them and the number, `edge` the roles at their other side."""
        final = row.words[last]
        start, end = row.words[first].start, final.end
        phrase = self.text[start:end]
        roles = row.roles[max(first, last - 3) : last + 1]
        counted, place = phrase in self.counted, final.place
        told = (gap[:6] if source == "behind" else gap[-6:], edge, entry, noun_of(phrase), roles, len(final.text),
                ("", counted, place) if counted or place else None, whole)
        self.found.append(Candidate(source, start, end, row, first, last, None, told, phrase[-2:]))

    def _character(self, source: str, word: Word, position: int, gap: str, edge: str) -> None:
        """Add the noun of one character at the edge of `word`: 取样14份 → 样, 两头|猪来 → 猪."""
        noun = Word(position, position + 1, self.text[position], "n", False, False, "n")
        flags = (word.text[0], False, False) if source == "object" else None
        told = gap[-6:], edge, "", noun_of(noun.text), word.role, 1, flags, None
        self.found.append(Candidate(source, position, position + 1, Row([noun]), 0, 0, None, told, noun.text))

    def _behind(self) -> None:
        row, first, whole_end, gap = self.behind, 0, -1, ""
        words, roles, negation = row.words, row.roles, _negations()
        limit = self.measure.end + _REACH_BEHIND
        read: list[tuple[int, int, str, bool, str]] = []
        if words and _begins_with_noun(words[0]):
            self._character("behind", words[0], words[0].start, "", words[0].role + "c")
        for index, kind in enumerate(row.kinds[:_LONGEST_BEHIND]):
            if kind == "." or words[index].end > limit:
                break
            if kind not in _CHAIN:
                if kind == "o":
                    self._phrase("behind", row, index, index, gap + roles[first:index], self._next(index))
                negates = words[index].text in negation and row.kinds[index + 1 : index + 3] in _NEGATED
                gap += roles[first : index if negates else index + 1]
                first = index if negates else index + 1
            elif kind == "n" or (kind == "q" and words[index].text in _CLOSING and index > first) or (kind in "wva" and len(words[index].text) > 1):
                noun = noun_of(self.text[words[first].start : words[index].end])
                whole = noun.head and fits(noun, self.kind, self.name)
                read.append((first, index, gap, whole, roles[whole_end + 1 : min(whole_end + 5, index + 1)] if whole_end >= first else ""))
                if whole:
                    whole_end = index
        last_whole = {first: index for first, index, _, whole, _ in read if whole}
        for first, index, gap, whole, since in read:
            longer = last_whole.get(first, -1) > index
            if whole or not longer or self.name not in _STRICT:  # 名 and 所 leave no choice where a noun fits
                self._phrase("behind", row, first, index, gap, self._next(index), "", (whole, since, longer))

    def _next(self, index: int) -> str:
        """Roles of the two words behind a phrase that ends at `index`."""
        following = self.behind.roles[index + 1 : index + 3]
        return following if len(following) == 2 else (following + ("##" if self.closed else "99"))[:2]

    def _before(self) -> None:
        row, gap, clauses, depth = self.before, "", 0, 0
        words, kinds, roles = row.words, row.kinds, row.roles
        last = len(words) - 1
        for index in range(last, max(-1, last - _FARTHEST), -1):
            kind, role = kinds[index], roles[index]
            if kind == ".":
                text = words[index].text
                if text == ")":
                    depth += 1
                elif text == "(" and depth:
                    depth -= 1
                elif not depth and index < last:
                    clauses += text != ":"
                    if text in _STOPS or clauses > _EARLIER_CLAUSES:
                        break
            elif not depth and kind in _ENDS and role not in "sR":
                if not clauses:
                    self._of_own_clause(index, gap, self.entry if index == last else 0)
                elif kind in "noq" and kinds[index + 1] not in "nwaq":
                    self._of_earlier_clause(index, gap)
            if role != "s" or gap[:1] != "s":
                gap = role + gap

    def _of_earlier_clause(self, index: int, gap: str) -> None:
        row = self.before
        first = _first(row, index)
        if first <= index and (row.kinds[index] != "q" or row.words[index].text in _CLOSING):
            self._phrase("earlier", row, first, index, gap, _previous(row, first), self.opening[-1:])

    def _of_own_clause(self, index: int, gap: str, entry: int) -> None:
        row, word, kind = self.before, self.before.words[index], self.before.kinds[index]
        long = len(word.text) > 1
        if (kind == "q" and word.text not in _CLOSING) or not (long or kind in "nq") or (kind != "n" and word.role == "C"):
            return
        first = entry or _first(row, index)
        if first <= index:
            self._phrase("before", row, first, index, gap, _previous(row, first), self.opening if entry else self.opening[-1:])
        if gap.strip("s"):
            return
        previous = row.words[index - 1] if index and not long else None
        if previous and first == index and previous.kind in "vwaf" and len(previous.text) > 1 and previous.end == word.start:
            self._phrase("before", row, index - 1, index, gap, _previous(row, index - 1), self.opening[-1:])
        if _verb_and_object(word):
            self._character("object", word, word.end - 1, gap, _previous(row, index))

    def _lent(self) -> None:
        if not self.earlier:
            return
        roles = self.before.roles[-5:]
        entry = self.opening + ("E" if self.entry else "")
        seen: set[str] = set()
        for rank, other in enumerate(self.earlier):
            item = other.item
            if not item.text or item.text in seen:
                continue
            seen.add(item.text)
            start, end = item.at or (-1, -1)
            more, far = other.value > self.measure.value, min((self.measure.start - other.end) // 10, 6)
            told = (self._related(other), other.same_sentence, rank, more, item.source, not roles, far, other.kind, entry, roles, noun_of(item.text))
            self.found.append(Candidate("lent", start, end, None, 0, -1, item, told, item.text[-2:]))
            if len(seen) == _MOST_LENT:
                break


def _previous(row: Row, first: int) -> str:
    """Roles of the two words before a phrase."""
    return row.roles[first - 2 : first] if first > 1 else "#" + row.roles[0] if first else "##"


def _first(row: Row, index: int) -> int:
    if row.kinds[index] in "ov":
        return index
    first = part_start(row, index)
    return first if first > index else without_verb(row, first, index)


def _entry(row: Row, opening: str) -> int:
    """Where the one name begins that stands between a mark and the number (、抢险救援804起), 0 if there is none."""
    words = row.words
    if opening[-1] != "=" or len(words) < 2 or words[0].text not in _LIST_MARKS:
        return 0
    first = 2 if words[1].text in _LIST_WORDS else 1
    name = words[first:]
    if not name or name[-1].end - name[0].start > _LONGEST_ENTRY or any(word.kind not in "nwva" or word.role in "sPR" for word in name):
        return 0
    return first


@cache
def _negations() -> frozenset[str]:
    return words("item_words.tsv")["negation"]


@cache
def _nouns_of_one_character() -> frozenset[str]:
    lists = words("item_words.tsv")
    return lists["suffix"] | lists["objectchar"]


def _begins_with_noun(word: Word) -> bool:
    """Whether the noun of one character behind a number may be cut off a word: 两头|猪来, 9个|人画, 4次|会."""
    if len(word.text) > 2 or word.text[0] not in _nouns_of_one_character():
        return False
    return word.kind not in "nq." if len(word.text) == 1 else not in_dictionary(word.text)


def _verb_and_object(word: Word) -> bool:
    """Whether a word is made of a verb and its object: 取样, 设卡, 屠宰羊."""
    if word.role == "N":
        return True
    return len(word.text) == 2 and word.kind in "vwn" and word.text[0] in words("item_words.tsv")["verbchar"] and word.text[1] in _nouns_of_one_character()
