"""Finds the quantities of a text: spans, values, units, items, scopes, parts and totals.

In: normalised text, its sentences, and the spans of dates, identifiers and organisations. Out: :class:`~miner.document.Quantity` objects, ascending.
"""

from __future__ import annotations

from collections.abc import Sequence

from miner.components.quantities.candidates import Candidate, Earlier, Surroundings
from miner.components.quantities.chooser import chooser
from miner.components.quantities.days import own_days
from miner.components.quantities.heads import normalised_item
from miner.components.quantities.items import Item, plain
from miner.components.quantities.scope import Scopes
from miner.components.quantities.sentence import Choice, Sentence
from miner.components.quantities.spans import Measure, find_measures
from miner.components.quantities.sums import check_sums, link_sums
from miner.components.quantities.units import kin_of, normalised, units
from miner.components.quantities.words import TaggedText, masked
from miner.document import Date, Quantity
from miner.document.words import tagger

_REACH = 48
_REACH_BEHIND = 34
_NEAR = 60
_MOST_CARRIED = 3
_LONGEST_SENTENCE = 2000
_MOST_MEASURES = 100


def find_in(text: str, sentences: Sequence[tuple[int, int]], blocked: Sequence[tuple[int, int]] = (), names: Sequence[tuple[int, int]] = (),
            dates: Sequence[Date] = ()) -> list[Quantity]:
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
    dates
        The dates of the text, ascending.
    """
    return Finder(text, sentences, blocked, names, dates).quantities()


class Finder:
    """Finds the quantities of one text.

    Parameters
    ----------
    text, sentences, blocked, names, dates
        As for :func:`find_in`.
    choose
        Chooses the item among its candidates; None takes the trained chooser.

    Attributes
    ----------
    tagged
        The words and tags of the whole text, mentions masked by line breaks; None until a number is found.
    """

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]], blocked: Sequence[tuple[int, int]] = (), names: Sequence[tuple[int, int]] = (),
                 dates: Sequence[Date] = (), choose: Choice | None = None) -> None:
        self.text, self.sentences, self.blocked, self.names, self.dates = text, sentences, blocked, names, dates
        self.choose = choose or _chosen
        self.tagged: list[tuple[str, str]] | None = None

    def quantities(self) -> list[Quantity]:
        """All quantities, ascending."""
        text = self.text
        measures = find_measures(text, self.blocked)
        if not measures:
            return []
        names, dates = dict(self.names), {date.start: date.end for date in self.dates}
        self.tagged = tagger()(masked(text, sorted([*names.items(), *dates.items(), *((m.start, m.end) for m in measures)])))
        row_of = TaggedText(text, self.tagged, names, dates).row
        found: list[Quantity] = []
        for begin, end, group in _by_sentence(text, measures, self.sentences, len(text)):
            at = max(begin, group[0].start - _REACH)
            rows = []
            for measure in group:
                rows.append(row_of(at, measure.start))
                at = measure.end
            rows.append(row_of(at, min(end, at + _REACH_BEHIND)))
            items = Sentence(text, group, rows, _carried(found, begin), self.choose).items()
            found += _quantities(text, begin, group, items, found)
        link_sums(text, found)
        check_sums(found)
        own_days(text, found, self.dates)
        return found


def _chosen(measure: Measure, around: Surroundings, found: list[Candidate]) -> Candidate:
    return chooser().best(around, found)


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


def _carried(found: list[Quantity], begin: int) -> list[Earlier]:
    """The last quantities before a sentence, nearest first, if they stand near."""
    carried = []
    for quantity in reversed(found[-_MOST_CARRIED:]):
        if begin - quantity.end > _NEAR:
            break
        unit = units().get(quantity.unit)
        item = Item(quantity.item, quantity.item_phrase, list(quantity.items), quantity.item_at)
        carried.append(Earlier(quantity.unit, unit.kind if unit else "", kin_of(quantity.unit), quantity.value, item, quantity.end, False))
    return carried


def _quantities(text: str, begin: int, measures: list[Measure], items: list[Item], earlier: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    scopes = Scopes(text, begin, measures, earlier, [item.source == "inherited" for item in items]).read()
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
