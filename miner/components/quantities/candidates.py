"""Proposes what a quantity may count: every noun phrase near the number, the items of the numbers before it, or nothing.

In: the words around a number and the items found before. Out: :class:`Candidate` objects, each with the keys that describe it to the chooser
(:mod:`miner.components.quantities.chooser`). No choice is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from miner.components.linear import Key
from miner.components.quantities.data_files import words
from miner.components.quantities.heads import fits, noun_of
from miner.components.quantities.items import Item
from miner.components.quantities.phrases import part_start, without_verb
from miner.components.quantities.spans import Measure
from miner.components.quantities.words import Word
from miner.document.words import in_dictionary

_FARTHEST = 18
_LONGEST_BEHIND = 13
_REACH_BEHIND = 30
_EARLIER_CLAUSES = 2
_MOST_LENT = 4
_LONGEST_ENTRY = 12
_CHAIN = frozenset("nwavq")
_ENDS = _CHAIN | {"o"}
_STOPS = frozenset("。!?;！？；")
_CLOSING = frozenset("”’》」』\"")
_LIST_MARKS = frozenset("、,(;")
_LIST_WORDS = frozenset(("其中", "含", "包括", ":"))
_STRICT = frozenset(("名", "位", "员", "所"))


class Candidate(NamedTuple):
    """A possible item.

    `source` is ``behind``, ``before``, ``object`` (inside a word of verb and object), ``earlier`` (a clause before), ``lent`` (the item of another number)
    or ``none``; `row`, `first`, `last` are its words, `item` the item lent; `start`, `end` its span (-1 if none).
    """

    source: str
    start: int
    end: int
    row: Sequence[Word]
    first: int
    last: int
    item: Item | None
    keys: list[Key]
    """The aspects by which it is judged (see :mod:`miner.components.quantities.aspects`)."""
    ending: str
    """Its last two characters."""


class Surroundings(NamedTuple):
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

    def aspects(self) -> tuple[Key, ...]:
        """The aspects that do not depend on the words."""
        kind, name, before, farther_before, behind, farther_behind, _, _ = self
        return ("both", kind, before, behind), ("before", name, before, farther_before), ("behind", name, behind, farther_behind)


class Earlier(NamedTuple):
    """A number before, whose item may hold again: its unit, value and item, where it ends and whether it stands in the same sentence."""

    unit: str
    kind: str
    kin: str
    value: float
    item: Item
    end: int
    same_sentence: bool


def candidates(text: str, measure: Measure, before: Sequence[Word], behind: Sequence[Word], closed: bool, earlier: Sequence[Earlier],
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
    (b1, word_before), (a0, word_behind) = _outer(before, -1), _outer(behind, 0, closed)
    around = Surroundings(measure.unit.kind, measure.unit.name, b1, _outer(before, -2)[0], a0, _outer(behind, 1, closed)[0], word_before, word_behind)
    return around, _Proposals(text, measure, before, behind, closed, earlier, counted).read()


class _Proposals:
    """Reads the candidates of one measure (see :func:`candidates`)."""

    __slots__ = ("before", "behind", "closed", "counted", "earlier", "found", "kind", "measure", "name", "opening", "text")

    def __init__(self, text: str, measure: Measure, before: Sequence[Word], behind: Sequence[Word], closed: bool, earlier: Sequence[Earlier],
                 counted: set[str]) -> None:
        self.text, self.measure, self.before, self.behind = text, measure, before, behind
        self.closed, self.earlier, self.counted = closed, earlier, counted
        self.kind, self.name = measure.unit.kind, measure.unit.name
        self.opening = self._opening()
        self.found: list[Candidate] = []

    def read(self) -> list[Candidate]:
        """The candidates."""
        self.found.append(Candidate("none", -1, -1, (), 0, -1, None, [], ""))
        self._behind()
        self._before()
        self._lent()
        return self.found

    def _opening(self) -> str:
        """How the words before a number begin where they may be an entry of a list: the mark, and whether the number before is of the same kind."""
        if not self.before or not self.earlier or not self.earlier[0].same_sentence:
            return "#"
        return self.before[0].text[:2] + self._related(self.earlier[0])

    def _related(self, other: Earlier) -> str:
        return "=" if other.kin == self.measure.unit.kin else "!"

    def _phrase(self, source: str, row: Sequence[Word], first: int, last: int, gap: str, edge: str, entry: str = "") -> Candidate:
        """The candidate of the words `first` to `last`; `gap` are the roles between it and the number, `edge` the roles at its other side."""
        start, end = row[first].start, row[last].end
        phrase = self.text[start:end]
        keys = self._keys(source, phrase, gap[:6] if source == "behind" else gap[-6:], edge, entry, _roles(row, first, last)[-4:], len(row[last].text))
        counted, place = phrase in self.counted, row[last].place
        if counted or place:
            keys.append(("flags", source, self.kind, "", counted, place))
        return Candidate(source, start, end, row, first, last, None, keys, phrase[-2:])

    def _keys(self, source: str, phrase: str, gap: str, edge: str, entry: str, roles: str, last: int) -> list[Key]:
        """The aspects of a phrase: what stands between it and the number and at its edges, what it is, its words."""
        kind, name, noun = self.kind, self.name, noun_of(phrase)
        return [("gap", source, kind, gap), ("edge", source, kind, edge, entry), ("gap and edge", source, gap, edge[0], entry),
                ("noun", source, kind, name, noun, fits(noun, kind, name)), ("words", source, kind, noun.known, roles, last)]

    def _character(self, source: str, word: Word, position: int, gap: str, edge: str) -> Candidate:
        """The noun of one character at the edge of `word`: 取样14份 → 样, 两头|猪来 → 猪."""
        noun = Word(position, position + 1, self.text[position], "n", False, False, "n")
        verb = word.text[0] if source == "object" else ""
        keys = self._keys(source, noun.text, gap[-6:], edge, "", word.role, 1)
        if verb:
            keys.append(("flags", source, self.kind, verb, False, False))
        return Candidate(source, position, position + 1, (noun,), 0, 0, None, keys, noun.text)

    def _behind(self) -> None:
        row, first, whole_end, gap = self.behind, 0, -1, ""
        limit = self.measure.end + _REACH_BEHIND
        read: list[tuple[Candidate, bool, str]] = []
        if row and _begins_with_noun(row[0]):
            self.found.append(self._character("behind", row[0], row[0].start, "", row[0].role + "c"))
        for index, word in enumerate(row[:_LONGEST_BEHIND]):
            kind = word.kind
            if kind == "." or word.end > limit:
                break
            if kind not in _CHAIN:
                if kind == "o":
                    self.found.append(self._phrase("behind", row, index, index, gap + _roles(row, first, index - 1), self._next(index)))
                gap += _roles(row, first, index)
                first = index + 1
            elif kind == "n" or (kind == "q" and word.text in _CLOSING and index > first) or (kind in "wva" and len(word.text) > 1):
                made = self._phrase("behind", row, first, index, gap, self._next(index))
                phrase = self.text[made.start : made.end]
                noun = noun_of(phrase)
                whole = noun.head and fits(noun, self.kind, self.name)
                read.append((made, whole, _roles(row, whole_end + 1, index)[:4] if whole_end >= first else ""))
                if whole:
                    whole_end = index
        self._with_wholes(read)

    def _with_wholes(self, read: list[tuple[Candidate, bool, str]]) -> None:
        """Keep the phrases behind the number, each with whether it, a shorter or a longer one is whole; 名 and 所 leave no choice where a noun fits."""
        following = -1
        strict = self.name in _STRICT
        kept = []
        for made, whole, since in reversed(read):
            longer = following == made.first
            if whole:
                following = made.first
            if not (strict and longer and not whole):
                made.keys.append(("whole", self.kind, whole, since, longer))
                kept.append(made)
        self.found += reversed(kept)

    def _next(self, index: int) -> str:
        """Roles of the two words behind a phrase that ends at `index`."""
        row, end = self.behind, "#" if self.closed else "9"
        follow = row[index + 1].role if index + 1 < len(row) else end
        return follow + (row[index + 2].role if index + 2 < len(row) else end)

    def _before(self) -> None:
        row, gap, clauses, depth = self.before, "", 0, 0
        last = len(row) - 1
        entry = _entry(row, self.opening)
        for index in range(last, max(-1, last - _FARTHEST), -1):
            word = row[index]
            if word.kind == ".":
                if word.text == ")":
                    depth += 1
                elif word.text == "(" and depth:
                    depth -= 1
                elif not depth and index < last:
                    clauses += word.text != ":"
                    if word.text in _STOPS or clauses > _EARLIER_CLAUSES:
                        break
            elif not depth and word.kind in _ENDS and word.role not in "sR":
                if clauses:
                    self._of_earlier_clause(index, gap)
                else:
                    self._of_own_clause(index, gap, entry if index == last else 0)
            if word.role != "s" or gap[:1] != "s":
                gap = word.role + gap

    def _of_earlier_clause(self, index: int, gap: str) -> None:
        row = self.before
        if row[index].kind not in "noq" or row[index + 1].kind in "nwaq":
            return
        first = _first(row, index)
        if first <= index and (row[index].kind != "q" or row[index].text in _CLOSING):
            self.found.append(self._phrase("earlier", row, first, index, gap, _previous(row, first), self.opening[-1:]))

    def _of_own_clause(self, index: int, gap: str, entry: int) -> None:
        row, word = self.before, self.before[index]
        long = len(word.text) > 1
        if (word.kind == "q" and word.text not in _CLOSING) or not (long or word.kind in "nq") or (word.role == "C" and word.kind != "n"):
            return
        first = entry or _first(row, index)
        if first <= index:
            self.found.append(self._phrase("before", row, first, index, gap, _previous(row, first), self.opening if entry else self.opening[-1:]))
        if gap.strip("s"):
            return
        if not long and first == index and index and row[index - 1].kind in "vwaf" and len(row[index - 1].text) > 1 and row[index - 1].end == word.start:
            self.found.append(self._phrase("before", row, index - 1, index, gap, _previous(row, index - 1), self.opening[-1:]))
        if _verb_and_object(word):
            self.found.append(self._character("object", word, word.end - 1, gap, _previous(row, index)))

    def _lent(self) -> None:
        row = self.before
        if not self.earlier:
            return
        roles = "".join([word.role for word in row[-5:]])
        entry = self.opening + ("E" if _entry(row, self.opening) else "")
        seen: set[str] = set()
        for rank, other in enumerate(self.earlier):
            item = other.item
            if not item.text or item.text in seen:
                continue
            seen.add(item.text)
            start, end = item.at or (-1, -1)
            more, far = other.value > self.measure.value, min((self.measure.start - other.end) // 10, 6)
            kind, related, same = self.kind, self._related(other), other.same_sentence
            noun = noun_of(item.text)
            self.found.append(Candidate("lent", start, end, (), 0, -1, item, [
                ("rank", related, kind, same, rank, more, item.source, not roles), ("far", related, kind, same, far, other.kind),
                ("unit", related, kind, self.name, entry), ("before lent", related, kind, other.kind, roles),
                ("noun", "lent", kind, self.name, noun, fits(noun, kind, self.name)), ("words", "lent", kind, noun.known, "", 2)], item.text[-2:]))
            if len(seen) == _MOST_LENT:
                break


def _outer(row: Sequence[Word], index: int, closed: bool = True) -> tuple[str, str]:
    """Role and text of a word at an edge of a row; marks for the end of the row."""
    if -len(row) <= index < len(row):
        word = row[index]
        return word.role, word.text
    return ("#", "") if closed else ("9", "")


def _roles(row: Sequence[Word], first: int, last: int) -> str:
    return row[first].role if first == last else "".join([word.role for word in row[first : last + 1]])


def _previous(row: Sequence[Word], first: int) -> str:
    """Roles of the two words before a phrase."""
    return (row[first - 2].role if first > 1 else "#") + (row[first - 1].role if first else "#")


def _first(row: Sequence[Word], index: int) -> int:
    if row[index].kind in "ov":
        return index
    first = part_start(row, index)
    return first if first > index else without_verb(row, first, index)


def _entry(row: Sequence[Word], opening: str) -> int:
    """Where the one name begins that stands between a mark and the number (、抢险救援804起), 0 if there is none."""
    if len(row) < 2 or row[0].text not in _LIST_MARKS or opening[-1] != "=":
        return 0
    first = 2 if row[1].text in _LIST_WORDS else 1
    name = row[first:]
    if not name or name[-1].end - name[0].start > _LONGEST_ENTRY or any(word.kind not in "nwva" or word.role in "sPR" for word in name):
        return 0
    return first


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
