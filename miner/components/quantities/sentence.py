"""The items of one sentence: candidates, choice, coordination, 分别.

In: the measures of a sentence and the words between them. Out: one :class:`~miner.components.quantities.items.Item` per measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from miner.components.quantities.candidates import Candidate, Earlier, Surroundings, candidates
from miner.components.quantities.heads import noun_of
from miner.components.quantities.items import Item, Phrase, make_item
from miner.components.quantities.phrases import coordinated_before, coordinated_behind, part_start, respective_items
from miner.components.quantities.spans import Measure
from miner.components.quantities.words import Row, Word

Choice = Callable[[Measure, Surroundings, list[Candidate]], Candidate]
"""Chooses among the candidates of a measure: the trained chooser, or, while it is trained, the annotation."""

_WITHOUT_ITEM = frozenset(("age", "place"))
_DIVISIONS = frozenset(("路", "线"))
_MOST_EARLIER = 8
_DISTRIBUTES = re.compile("各|分别")


class Sentence:
    """The measures of one sentence with the words between them.

    Parameters
    ----------
    text
        The text of the report.
    measures
        The measures of the sentence.
    rows
        The words before, between and behind the measures: one row more than measures.
    carried
        Numbers of the sentences before whose items may hold again, nearest first.
    choose
        Chooses among candidates.
    """

    def __init__(self, text: str, measures: Sequence[Measure], rows: Sequence[Row], carried: Sequence[Earlier], choose: Choice) -> None:
        self.text, self.measures, self.rows, self.carried, self.choose = text, measures, rows, carried, choose
        self.found: list[Item] = []

    def items(self) -> list[Item]:
        """The item of each measure, in order."""
        numbers: list[Earlier] = list(reversed(self.carried))
        counted: set[str] = set()
        for index, measure in enumerate(self.measures):
            item = self._item(index, numbers, counted)
            self.found.append(item)
            counted.add(item.text)
            numbers.append(Earlier(measure.unit.name, measure.unit.kind, measure.unit.kin, measure.value, item, measure.end, True))
        self._coordinated()
        if _DISTRIBUTES.search(self.text, self._begin(), self.measures[-1].start):
            self._respectively()
            for index in range(len(self.measures)):
                if self._holds_for_each(index):
                    self.found[index].each = True
        return self.found

    def _begin(self) -> int:
        first = self.rows[0].words
        return first[0].start if first else self.measures[0].start

    def _item(self, index: int, numbers: Sequence[Earlier], counted: set[str]) -> Item:
        measure = self.measures[index]
        if measure.unit.kind in _WITHOUT_ITEM:
            return Item()
        before, behind = self.rows[index], self.rows[index + 1]
        if measure.unit.name in _DIVISIONS and before.words and before.words[-1].text in ("分", "兵分"):
            return Item()
        taken = self.found[index - 1] if index else None
        if taken is not None and taken.source == "behind" and taken.at is not None:
            consumed = taken.at[1]
            if before.words and before.words[0].start < consumed:
                before = Row([word for word in before.words if word.start >= consumed])
        closed = index + 1 == len(self.measures) or "." in behind.kinds
        chosen = self.choose(measure, *candidates(self.text, measure, before, behind, closed, numbers[: -_MOST_EARLIER - 1 : -1], counted))
        return self._made(chosen, measure, closed)

    def _made(self, chosen: Candidate, measure: Measure, closed: bool) -> Item:
        source, row = chosen.source, chosen.row
        if source == "none":
            return Item()
        if chosen.item is not None:
            item = chosen.item
            return Item(item.text, item.phrase, list(item.items), item.at, False, "inherited")
        if source == "object":
            noun = self.text[chosen.start : chosen.end]
            return Item(noun, noun, [noun], (chosen.start, chosen.end), False, "before")
        if source == "behind":
            assert row is not None
            return make_item(self.text, coordinated_behind(row, chosen.first, chosen.last, closed, measure.unit), "behind")
        assert row is not None
        if row.kinds[chosen.last] in "ov" or source == "earlier":
            span = (chosen.start, chosen.end)
            return make_item(self.text, Phrase(*span, [span], span), "before")
        sharing = next((at for at in range(chosen.last + 1, len(row.words)) if row.words[at].text in ("各", "每")), None)
        distribute = sharing is not None
        first, last = _last_of_list(row, chosen, sharing)
        item = make_item(self.text, coordinated_before(row, first, last, distribute), "before")
        item.each = distribute and len(item.items) > 1
        return item

    def _holds_for_each(self, index: int) -> bool:
        """Whether the number holds for every body or item named: 各捐赠口罩3000只; 甲、乙分别捐款50万元 (one number for several subjects)."""
        row = last_clause(self.rows[index].words)
        for at, word in enumerate(row):
            follow = row[at + 1] if at + 1 < len(row) else None
            if word.text == "各" and at and (follow is None or follow.govern or follow.kind == "v"):
                return True
            if word.text == "分别" and any(earlier.kind == "c" for earlier in row[:at]):
                return not (index + 1 < len(self.measures) and self.measures[index + 1].unit.kin == self.measures[index].unit.kin)
        return False

    def _coordinated(self) -> None:
        """Numbers of one unit joined by nothing but a conjunction count the noun behind the last: 聘请12名和15名老党员, 抽检8批、9批蔬菜."""
        for index in range(len(self.measures) - 2, -1, -1):
            item, own = self.found[index + 1], self.found[index]
            joined = self.measures[index + 1].unit.name == self.measures[index].unit.name and self.rows[index + 1].kinds == "c"
            if joined and item.source in ("behind", "shared") and (own.source in ("", "inherited") or self._is_verb(index)):
                self.found[index] = Item(item.text, item.phrase, list(item.items), item.at, False, "shared")

    def _is_verb(self, index: int) -> bool:
        """Whether the item found is the verb right before the number (抽检8批)."""
        item, words = self.found[index], self.rows[index].words
        return bool(words) and words[-1].kind == "v" and item.at == (words[-1].start, words[-1].end)

    def _respectively(self) -> None:
        """分别: the n-th number belongs to the n-th subject."""
        index = 0
        while index < len(self.measures):
            row = self.rows[index]
            parts = respective_items(row) if any(word.text == "分别" for word in row.words) else []
            follow = index + 1
            while follow < len(self.measures) and self.measures[follow].unit.kin == self.measures[index].unit.kin and follow - index < len(parts):
                if any(word.kind == "." and word.text in ";。!?" for word in self.rows[follow].words):
                    break
                follow += 1
            acting = parts and self.measures[index].unit.kind != "ratio" and any(self._acts(part, row.words) for part in parts)
            if acting:
                if self.found[index].text in [self.text[slice(*part)] for part in parts]:
                    self.found[index] = Item()
            elif parts and follow - index == len(parts):
                for offset, (start, end) in enumerate(parts):
                    if self.found[index + offset].source != "behind":
                        noun = self.text[start:end]
                        self.found[index + offset] = Item(noun, noun, [noun], (start, end), False, "respective")
            elif parts and follow - index == 1:
                self.found[index].each = True
            index += 1

    def _acts(self, part: tuple[int, int], row: Sequence[Word]) -> bool:
        return noun_of(self.text[slice(*part)]).acts or any(word.kind == "o" and word.end == part[1] for word in row)


def _last_of_list(row: Row, chosen: Candidate, sharing: int | None) -> tuple[int, int]:
    """The chosen words, or the last noun of the list that they begin and that 各 at `sharing` ends: 口罩、手套各500个 counts both."""
    if sharing is not None and row.kinds[chosen.last + 1] == "c" and row.kinds[sharing - 1] == "n":
        begin = part_start(row, sharing - 1)
        if chosen.last < begin <= sharing - 1:
            return begin, sharing - 1
    return chosen.first, chosen.last


def last_clause(row: Sequence[Word]) -> list[Word]:
    """The words behind the last mark that divides clauses; a bracket group directly before the number stays with its noun."""
    depth = 0
    for index in range(len(row) - 1, -1, -1):
        text = row[index].text
        if text == ")":
            depth += 1
        elif text == "(":
            if depth == 0:
                return list(row[index + 1 :])
            depth -= 1
        elif depth == 0 and row[index].kind == "." and (text != ":" or index < len(row) - 1):
            return list(row[index + 1 :])
    return list(row)
