"""Finds the quantities of a text: spans, values, units, items, scopes, parts and totals.

In: normalised text, its sentences, and the spans of dates, identifiers and organisations. Out: :class:`~miner.document.Quantity` objects, ascending.
"""

from __future__ import annotations

from collections.abc import Sequence

from miner.components.quantities.before import item_before, list_entry, respective_items, thing_measured
from miner.components.quantities.behind import item_behind
from miner.components.quantities.data_files import words
from miner.components.quantities.heads import classes_of, head_of, may_act, normalised_item
from miner.components.quantities.items import Item, plain
from miner.components.quantities.scope import Scopes, check_sums
from miner.components.quantities.spans import Measure, find_measures
from miner.components.quantities.units import normalised
from miner.components.quantities.words import Word, tag_stretches
from miner.document import Quantity

_REACH = 56
_NEAR = 40
_LONGEST_SENTENCE = 2000
_MOST_MEASURES = 100
_SHARING_GAPS = frozenset(("", "、", "零", "和", "及", "又", "与"))
_MEASURED_KINDS = frozenset(("ratio", "physical", "money", "thing", "person", "score", "count"))


def find_in(text: str, sentences: Sequence[tuple[int, int]], blocked: Sequence[tuple[int, int]] = (), names: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """All quantities of a normalised text.

    Parameters
    ----------
    text
        The text (see the layout).
    sentences
        Ascending ``(start, end)`` spans.
    blocked
        Ascending spans in which no number counts: dates, identifiers, names of organisations.
    names
        Ascending spans of organisations: who acts is not what is counted.
    """
    measures = find_measures(text, blocked)
    if not measures:
        return []
    groups = _by_sentence(text, measures, sentences, len(text))
    stretches: list[tuple[int, int]] = []
    for begin, end, group in groups:
        at = max(begin, group[0].start - _REACH)
        for measure in group:
            stretches.append((at, measure.start))
            at = measure.end
        stretches.append((at, min(end, at + _REACH)))
    rows = tag_stretches(text, stretches)
    named = set(names)
    found: list[Quantity] = []
    at = 0
    for begin, _, group in groups:
        own = rows[at : at + len(group) + 1]
        at += len(group) + 1
        items = _Sentence(text, group, own, named, _carried(found, begin)).items()
        found += _quantities(text, begin, group, items, found)
    check_sums(found)
    return found


def _by_sentence(text: str, measures: list[Measure], sentences: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int, list[Measure]]]:
    groups: list[tuple[int, int, list[Measure]]] = []
    spans = _whole_sentences(text, sentences) or [(0, length)]
    at = 0
    for measure in measures:
        while at + 1 < len(spans) and spans[at][1] <= measure.start:
            at += 1
        begin, end = spans[at]
        if not begin <= measure.start < end:
            begin, end = measure.start, measure.end
        if groups and groups[-1][1] == end and groups[-1][0] >= begin:
            if len(groups[-1][2]) < _MOST_MEASURES:
                groups[-1][2].append(measure)
            else:
                begin = groups[-1][2][-1].end
                groups[-1] = (groups[-1][0], measure.start, groups[-1][2])
                groups.append((begin, end, [measure]))
        else:
            groups.append((begin, max(end, measure.end), [measure]))
    return groups


def _whole_sentences(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences, those that end with a semicolon joined to the next: a total governs beyond it."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences:
        if joined and joined[-1][1] == start and text[start - 1 : start] in (";", "；") and end - joined[-1][0] < _LONGEST_SENTENCE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class _Sentence:
    """The measures of one sentence with the words between them."""

    def __init__(self, text: str, measures: list[Measure], rows: list[list[Word]], names: set[tuple[int, int]],
                 earlier: tuple[str, Item] | None) -> None:
        self.text, self.measures, self.rows, self.names, self.earlier = text, measures, rows, names, earlier
        self.found: list[Item] = []

    def items(self) -> list[Item]:
        """The item of each measure, in order."""
        for index in range(len(self.measures)):
            self.found.append(self._item(index))
        self._respectively()
        for index in range(len(self.measures)):
            if self._holds_for_each(index):
                self.found[index].each = True
        return self.found

    def _holds_for_each(self, index: int) -> bool:
        """Whether the number holds for every body or item named: 各捐赠口罩3000只; 甲、乙分别捐款50万元 (one number for several subjects)."""
        row = _last_clause(self.rows[index])
        for at, word in enumerate(row):
            follow = row[at + 1] if at + 1 < len(row) else None
            if word.text == "各" and at and (follow is None or follow.govern or follow.kind == "v"):
                return True
            if word.text == "分别" and any(earlier.kind == "c" for earlier in row[:at]):
                return not (index + 1 < len(self.measures) and self.measures[index + 1].unit.kin == self.measures[index].unit.kin)
        return False

    def _item(self, index: int) -> Item:
        text, measure = self.text, self.measures[index]
        kind = measure.unit.kind
        if kind in ("time", "age", "place"):
            return Item()
        before_row = _last_clause(self.rows[index])
        rise = words("item_words.tsv")["upto"]
        if index and before_row and len(before_row) == len(self.rows[index]) and all(word.text in rise or word.kind == "l" for word in before_row):
            return _lent(self.found[index - 1])
        taken = self.found[index - 1].at if index and self.found[index - 1].source == "behind" else None
        if taken is not None:
            consumed = taken[1]
            before_row = [word for word in before_row if word.start >= consumed]
        before, verb = item_before(text, measure, before_row, self._listed(index, before_row))
        if before is not None and before.at in self.names and kind != "body":
            before = None
        row = self.rows[index + 1]
        behind = item_behind(text, measure, row, index + 1 == len(self.measures) or any(word.kind == "." for word in row))
        if behind is not None and before is not None and (row[0].kind == "v" or (row[0].kind == "w" and (row[0].govern or not head_of(behind.text).kind))):
            behind = None
        if behind is not None:
            return behind
        rising = bool(before_row) and before_row[-1].text in ("由", "从")
        if kind in _MEASURED_KINDS and (kind == "ratio" or (before is None and (verb or rising))):
            far = measure.unit.dimension == "length" and any(word.text in words("item_words.tsv")["distance"] for word in before_row)
            subject = None if far else thing_measured(text, before_row, rising)
            if subject is not None and subject.at not in self.names and (rising or kind in ("ratio", "physical", "score") or not may_act(subject.text)):
                return subject
        if before is not None:
            return before
        return self._before_bracket(index, before_row) or self._inherited(index, verb)

    def _before_bracket(self, index: int, row: list[Word]) -> Item | None:
        """The noun before a bracket that holds its number: 事故多发路段(共4处)."""
        words_before = self.rows[index]
        at = len(words_before) - len(row) - 1
        if at < 1 or words_before[at].text != "(" or any(word.kind in "nvw" for word in row):
            return None
        return item_before(self.text, self.measures[index], _last_clause(words_before[:at]))[0]

    def _listed(self, index: int, row: list[Word]) -> bool:
        """Whether the number is an entry of a list: its words follow another number of the same kind and 、, or 其中, or an opening bracket."""
        measure, all_words = self.measures[index], self.rows[index]
        if measure.unit.kind in ("time", "ratio", "money"):
            return False
        if row and row[0].text == "其中":
            return True
        row = list_entry(row)
        mark = all_words[-len(row) - 1].text if len(all_words) > len(row) else ""
        if len(all_words) == len(row) + 1 and index and mark in ("、", ",", ";") and self.measures[index - 1].unit.kin == measure.unit.kin:
            return self.found[index - 1].source in ("before", "")  and (mark == "、" or self.found[index - 1].listed)
        return mark == "(" and bool(index)

    def _inherited(self, index: int, verb: bool) -> Item:
        """The item of an earlier number of the sentence: of the same kind of unit, or of the list that this number goes on."""
        measure = self.measures[index]
        if index and self.text[self.measures[index - 1].end : measure.start] in _SHARING_GAPS:
            shared = self.found[index - 1]
            if shared.source != "behind" and measure.unit.kind not in ("person", "household", "place"):
                return _lent(shared)
            if shared.source != "behind" and "person" in classes_of(shared.text):
                return _lent(shared)
        if index and measure.unit.kind == "ratio" and any(word.text in words("item_words.tsv")["compare"] for word in _last_clause(self.rows[index])):
            return _lent(self.found[index - 1])
        if measure.unit.kin == "person" or measure.unit.kind == "place":
            return Item()
        for earlier in range(index - 1, -1, -1):
            if self.measures[earlier].unit.kin == measure.unit.kin and self.found[earlier].text:
                if measure.unit.kind in ("money", "physical", "ratio") and not self._same_clause(earlier, index):
                    break
                return _lent(self.found[earlier])
        closing = self.rows[index][-1].text if self.rows[index] else ""
        if index and measure.unit.kind == "physical" and self.found[index - 1].text and closing in words("scope_words.tsv")["sum"]:
            return _lent(self.found[index - 1])
        if index == 0 and self.earlier is not None and measure.unit.kind == "thing" and measure.unit.name == self.earlier[0]:
            return _lent(self.earlier[1])
        return Item()

    def _same_clause(self, earlier: int, later: int) -> bool:
        return all(word.text not in ",;。" for row in self.rows[earlier + 1 : later + 1] for word in row)

    def _respectively(self) -> None:
        """分别: the n-th number belongs to the n-th subject."""
        index = 0
        while index < len(self.measures):
            parts = respective_items(self.text, self.rows[index])
            follow = index + 1
            while follow < len(self.measures) and self.measures[follow].unit.kin == self.measures[index].unit.kin and follow - index < len(parts):
                if any(word.kind == "." and word.text in ";。!?" for word in self.rows[follow]):
                    break
                follow += 1
            acting = parts and self.measures[index].unit.kind != "ratio" and any(part in self.names or may_act(self.text[slice(*part)]) for part in parts)
            if acting:
                if self.found[index].source == "respective" or self.found[index].text in [self.text[slice(*part)] for part in parts]:
                    self.found[index] = Item()
            elif parts and follow - index == len(parts):
                for offset, (start, end) in enumerate(parts):
                    if self.found[index + offset].source != "behind":
                        noun = self.text[start:end]
                        self.found[index + offset] = Item(noun, noun, [noun], (start, end), False, "respective")
            elif parts and follow - index == 1:
                self.found[index].each = True
            index += 1


def _carried(found: list[Quantity], begin: int) -> tuple[str, Item] | None:
    """The unit and item of the last quantity before a sentence, if it stands near."""
    if not found or begin - found[-1].end > _NEAR or not found[-1].item:
        return None
    last = found[-1]
    return last.unit, Item(last.item, last.item_phrase, list(last.items), last.item_at)


def _lent(item: Item) -> Item:
    return Item(item.text, item.phrase, list(item.items), item.at, False, "inherited")


def _last_clause(row: list[Word]) -> list[Word]:
    """The words behind the last mark that divides clauses; a bracket group directly before the number stays with its noun."""
    depth = 0
    for index in range(len(row) - 1, -1, -1):
        text = row[index].text
        if text == ")":
            depth += 1
        elif text == "(":
            if depth == 0:
                return row[index + 1 :]
            depth -= 1
        elif depth == 0 and row[index].kind == "." and (text != ":" or index < len(row) - 1):
            return row[index + 1 :]
    return row


def _quantities(text: str, begin: int, measures: list[Measure], items: list[Item], earlier: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    scopes = Scopes(text, begin, measures, earlier).read()
    for measure, item, (scope, part_of) in zip(measures, items, scopes, strict=True):
        value, unit = normalised(measure.value, measure.unit)
        name = plain(item.text)
        found.append(Quantity(measure.start, measure.end, text[measure.start : measure.end], measure.value, measure.high, measure.unit.name, name,
                              [plain(part) for part in item.items], item.phrase, item.at, item.each, measure.qualifier, scope, part_of,
                              normalised_value=value, normalised_unit=unit))
    _items_of_totals(found, measures, earlier)
    for quantity in found:
        quantity.normalised_item = normalised_item(quantity.item)
    return found


def _items_of_totals(found: list[Quantity], measures: list[Measure], earlier: list[Quantity]) -> None:
    """A part without an item counts what its total counts."""
    for quantity, measure in zip(found, measures, strict=True):
        if quantity.item or quantity.part_of is None or measure.unit.kind in ("time", "ratio"):
            continue
        index = quantity.part_of - len(earlier)
        total = earlier[quantity.part_of] if index < 0 else found[index]
        quantity.item, quantity.items, quantity.item_phrase, quantity.item_at = total.item, list(total.items), total.item_phrase, total.item_at
