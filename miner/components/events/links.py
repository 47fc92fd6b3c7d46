"""Links: which event a quantity belongs to, if to any.

In: the triggers and quantities of a report. Out: for each quantity the index of its trigger, or None where the number only describes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from miner.components.data_files import toml_data
from miner.components.events.link_features import LinkWeights, of_link
from miner.components.events.subjects import heads_of
from miner.components.linear import Key, Partials
from miner.components.scene import QUANTITY, Scene
from miner.document import Quantity, Trigger
from miner.layout.positions import first_from

REACH = 3  # triggers of the same sentence on either side that are considered, nearest first
_FARTHEST = 3  # clauses between a quantity and a trigger that are told apart; one more where it stands before
_BEFORE, _AFTER = (tuple([f"{side}{apart}" for apart in range(-_FARTHEST - 1, _FARTHEST + 1)]) for side in ("before", "after"))
_UNKNOWN = -1
_NO_NAMES: list[str] = []
_MARKS = (("的", "de"), ("、", "list"), (":", "colon"), ("其中", "colon"), (";", "semicolon"), ("(", "bracket"))
_DESCRIBES = tuple(sorted(toml_data("events", "context_words")["describing"].split(), key=len, reverse=True))
_LONGEST = len(_DESCRIBES[0])
#: 比上年多41万元, 同比减少1200人次, 比2008年分别多21起和2个: how much more or less than another number.
_COMPARED = re.compile(
    r"(?:比|较|同比|环比)[^,。;:!?\n]{0,16}?(?:多|少|快|慢|高|低|早|晚|增加|减少|增长|下降|上升|缩短|提高|降低|上涨|回落|增|减|升|降)[了出收]?"
    r"(?:[\d.,]+[\u4e00-\u9fff%]{1,4}?[和、])?\Z")
_LOOK_BACK = 26  # characters


@dataclass(slots=True)
class _View:
    """What all pairs of one quantity share: its place, the words beside it, what was linked before it, and the features of linking it to nothing."""

    index: int
    quantity: Quantity
    clause: int
    sentence: int
    before: str
    after: str
    starts_clause: bool
    noun: str
    bare: bool
    total: int | None
    previous: int | None
    previous_clause: int
    alike: bool
    none_keys: list[Key]
    none: list[str]
    sums: _Sums | None = None


@dataclass(slots=True)
class _Sums:
    """The tables of what a quantity gives to all of its pairs: the word before it, what follows it, its noun, its place behind the quantity before it."""

    before: Partials
    after: Partials
    noun: Partials
    previous: Partials


class Linker:
    """Proposes and chooses the event of each quantity of one report.

    Parameters
    ----------
    scene
        The report's shared view.
    triggers
        The triggers of the report, ascending.
    model
        The pair classifier; None falls back on the nearest trigger before the quantity in its clause.
    """

    def __init__(self, scene: Scene, triggers: list[Trigger], model: LinkWeights | None) -> None:
        self.scene, self.triggers, self.model = scene, triggers, model
        self.quantities = scene.findings.quantities
        self.clause_of = [scene.clauses.index(trigger.start) for trigger in triggers]
        self.sentence_of = [scene.sentence(trigger.start) for trigger in triggers]
        self.by_sentence: dict[int, list[int]] = {}
        for index, sentence in enumerate(self.sentence_of):
            self.by_sentence.setdefault(sentence, []).append(index)
        self.trigger_starts = [trigger.start for trigger in triggers]
        self.settled_before = list(accumulate([trigger.settled for trigger in triggers], initial=0))
        covered, starts = scene.covered, [quantity.start for quantity in self.quantities]
        self.number_starts = [start for start in starts if not start or covered[start - 1] != QUANTITY]  # quantities side by side count as one
        self.heads = heads_of(scene)
        self.links: list[int | None] = []
        self._view: _View | None = None
        self._verbs: list[tuple[Partials, Partials] | None] = [None] * len(triggers)

    def candidates(self, index: int) -> list[int | None]:
        """The triggers that quantity `index` may belong to, None (it describes) first."""
        quantity = self.quantities[index]
        sentence = self.scene.sentence(quantity.start)
        here = self.by_sentence.get(sentence, [])
        if quantity.part_of is not None and quantity.part_of < len(self.links):
            return self._of_part(quantity, self.links[quantity.part_of], here)
        clause = self.scene.clauses.index(quantity.start)
        before, after = self._reached(here, quantity, clause)
        chosen: list[int | None] = [None, *before, *after]
        for extra in (*self._inherited(index), *(self._earlier(quantity, sentence) if not before else ())):
            if extra not in chosen:
                chosen.append(extra)
        return chosen

    def _reached(self, here: list[int], quantity: Quantity, clause: int) -> tuple[list[int], list[int]]:
        """The triggers within reach before and after a quantity; unsettled ones count in its own clause only."""
        triggers, clause_of = self.triggers, self.clause_of
        usable = [i for i in here if triggers[i].settled or clause_of[i] == clause]
        return [i for i in usable if triggers[i].start < quantity.start][-REACH:], [i for i in usable if triggers[i].start >= quantity.end][:REACH]

    def _earlier(self, quantity: Quantity, sentence: int) -> list[int]:
        """The last settled triggers of the two sentences before a quantity's, the second only within its block."""
        found = []
        for back in (1, 2):
            settled = [i for i in self.by_sentence.get(sentence - back, []) if self.triggers[i].settled][-REACH:]
            if back == 1 or (settled and self.scene.block(self.triggers[settled[-1]].start) is self.scene.block(quantity.start)):
                found += settled[-2:]
        return found

    def _of_part(self, quantity: Quantity, total: int | None, here: list[int]) -> list[int | None]:
        """The triggers that a part may belong to: its total's, or one in its own clause that stands beside it."""
        clause, found = self.scene.clauses.index(quantity.start), [total]
        for index in here:
            trigger = self.triggers[index]
            if not trigger.settled and self.scene.items[trigger.start] and (trigger.start > quantity.end or self._modifies(trigger)):
                continue  # a verb within what a number further on counts, or within any counted noun
            beside = quantity.start - trigger.end <= 12 if trigger.start < quantity.start else trigger.start - quantity.end <= 4
            if beside and self.clause_of[index] == clause and index != total:
                found.append(index)
        return found

    def _modifies(self, trigger: Trigger) -> bool:
        """Whether a verb stands in the middle of a counted noun (营业性演出场所4家) or is cut from a word that one begins with (练歌广场16家).

        Of 17 verbs in the middle of parts of lists in our reports none had the number.
        """
        items, start, end = self.scene.items, trigger.start, trigger.end
        return bool(items[end]) and bool((start and items[start - 1]) or (end - start == 1 and not self.scene.words[end]))

    def _inherited(self, index: int) -> list[int]:
        """The events of the total that the quantity is part of, and of the quantity before it in the sentence."""
        quantity, found = self.quantities[index], []
        if quantity.part_of is not None and quantity.part_of < len(self.links):
            found.append(self.links[quantity.part_of])
        if index and self.scene.sentence(self.quantities[index - 1].start) == self.scene.sentence(quantity.start):
            found.append(self.links[index - 1])
        return [link for link in found if link is not None]

    def features(self, index: int, link: int | None) -> list[str]:
        """The features of a pair of quantity and trigger (None: it describes)."""
        keys, names = self.aspects(index, link)
        return names + [name for key in keys for name in of_link(key)]

    def aspects(self, index: int, link: int | None) -> tuple[list[Key], list[str]]:
        """The aspects of a pair of quantity and trigger, and the names of features beside them."""
        view = self._seen(index)
        if link is None:
            return view.none_keys, view.none
        quantity, trigger = view.quantity, self.triggers[link]
        side, place, settled, keys = self._pair(view, link)
        keys += [
            ("verb", *_verb(trigger), place, quantity.scope, quantity.unit), ("word", trigger.text, side, quantity.unit),
            ("before", view.before, view.starts_clause, place), ("after", view.after, place), ("object", view.noun, trigger.actions[0]),
        ]
        if view.previous is not None:
            keys.append(("previous", *_behind_previous(view), view.previous == link, settled))
        return keys, _NO_NAMES

    def _score(self, view: _View, link: int, model: LinkWeights) -> int:
        """The sum of the weights of a pair of quantity and trigger, as :meth:`aspects` tells them, from the tables of the two."""
        sums, verb = view.sums, self._verbs[link]
        quantity, trigger = view.quantity, self.triggers[link]
        if sums is None:
            parts = model.parts
            sums = view.sums = _Sums(parts["before", view.before, view.starts_clause], parts["after", view.after], parts["object", view.noun],
                                     parts["previous", *_behind_previous(view)])
        if verb is None:
            verb = self._verbs[link] = model.parts["verb", *_verb(trigger)], model.parts["word", trigger.text]
        side, place, settled, keys = self._pair(view, link)
        total = verb[0][place, quantity.scope, quantity.unit] + verb[1][side, quantity.unit]
        total += sums.before[place] + sums.after[place] + sums.noun[trigger.actions[0]]
        if view.previous is not None:
            total += sums.previous[view.previous == link, settled]
        return total + sum(map(model.whole.__getitem__, keys))

    def _seen(self, index: int) -> _View:
        """What all pairs of one quantity share, kept while its pairs are looked at."""
        if self._view is None or self._view.index != index:
            self._view = self._look(index)
        return self._view

    def _pair(self, view: _View, link: int) -> tuple[str, str, int, list[Key]]:
        """Side and place of a trigger, whether a settled one stands between it and the quantity, and the aspects that the two mentions do not share out."""
        quantity, trigger = view.quantity, self.triggers[link]
        apart = max(min(self.clause_of[link] - view.clause, _FARTHEST), -_FARTHEST - 1) + _FARTHEST + 1
        if trigger.start < quantity.start:
            side, place, low, high = "before", _BEFORE[apart], trigger.end, quantity.start
            first, last = link + 1, min(first_from(self.trigger_starts, high), link + 7)
        else:
            side, place, low, high = "after", _AFTER[apart], quantity.end, trigger.start
            first, last = max(first_from(self.trigger_starts, low), link - 6), link
        others, settled = max(last - first, 0), self.settled_before[last] - self.settled_before[first] if last > first else 0
        numbers = first_from(self.number_starts, high) - first_from(self.number_starts, low) if high - low < 200 else 9
        between = self.scene.text[low:high]
        keys: list[Key] = [("place", place, min(others, 3), min(settled, 3), min(numbers, 4), _bucket(high - low))]
        if between:
            keys.append(("between", tuple([name for mark, name in _MARKS if mark in between]), side, between if len(between) <= 2 else None))
        else:
            keys.append(("beside", side))
        if quantity.item_at:
            keys.append(self._item_aspect(quantity.item_at, trigger, low, high, side))
        elif self.scene.items[trigger.start]:
            keys.append(("other-item",))
        if view.total is not _UNKNOWN:
            keys.append(("total", view.total == link))
        if self.sentence_of[link] != view.sentence:
            keys.append(("sentence", min(view.sentence - self.sentence_of[link], 3), min(settled, 2)))
        return side, place, min(settled, 1), keys

    def _item_aspect(self, item: tuple[int, int], trigger: Trigger, low: int, high: int, side: str) -> Key:
        """Where the counted noun phrase stands: as the verb's object, between verb and number, around the verb."""
        between = "" if not low <= item[0] < high else "alone" if item == (low, high) else "between"
        whose = place = ""
        if self.scene.items[trigger.start]:
            place = "inside" if self.scene.items[trigger.start - 1] and trigger.start else "first"
            whose = "own" if item[0] <= trigger.start < item[1] else "other"
        return "item", side, between, 0 <= item[0] - trigger.end <= 1, whose, place, trigger.settled

    def _look(self, index: int) -> _View:
        """What all pairs of one quantity share."""
        scene, quantity = self.scene, self.quantities[index]
        clause, sentence = scene.clauses.index(quantity.start), scene.sentence(quantity.start)
        total = self.links[quantity.part_of] if quantity.part_of is not None and quantity.part_of < len(self.links) else _UNKNOWN
        previous = self.links[index - 1] if index and index <= len(self.links) else None
        start = scene.clauses.starts[clause]
        head = min(quantity.start, quantity.item_at[0]) if quantity.item_at and quantity.item_at[0] >= start else quantity.start
        before = "#start" if head == start else scene.word_before(head)
        after = "#qty" if scene.covered[quantity.end] else scene.text[quantity.end : quantity.end + 1]
        previous_clause = scene.clauses.index(self.quantities[index - 1].start) if previous is not None else -1
        bare = not scene.says_verb(*scene.clauses.span(clause))
        alike = previous is not None and (quantity.normalised_unit or quantity.scope == "duration") == (
            self.quantities[index - 1].normalised_unit or self.quantities[index - 1].scope == "duration")
        view = _View(index, quantity, clause, sentence, before, after, quantity.start == start, quantity.item[-2:], bare, total, previous, previous_clause,
                     alike, [], [])
        continues = "total" if total not in (None, _UNKNOWN) else "list" if previous_clause == clause else "on" if previous is not None else "no"
        view.none_keys.append(("none-clause", bare, before == "#start", continues, alike))
        self._describe_none(view, start)
        return view

    def _describe_none(self, view: _View, start: int) -> None:
        """What speaks for it that a quantity belongs to no event."""
        scene, text, quantity, index = self.scene, self.scene.text, view.quantity, view.index
        clause, end = view.clause, scene.clauses.ends[view.clause]
        inside = [self.triggers[i].start for i in self.by_sentence.get(view.sentence, ()) if self.clause_of[i] == clause and self.triggers[i].settled]
        previous = total = ""
        if index and scene.sentence(self.quantities[index - 1].start) == view.sentence:
            previous = "none" if self.links[index - 1] is None else "linked"
        if view.total is not _UNKNOWN:
            total = "none" if view.total is None else "linked"
        opened = text.rfind("“", max(0, quantity.start - 30), quantity.start)
        quoted = opened >= 0 and opened > text.rfind("”", max(0, quantity.start - 30), quantity.start)
        noun = quantity.item_at[0] if quantity.item_at and start <= quantity.item_at[0] < quantity.start else quantity.start
        state = _describing(text, start, noun) or ("" if noun == quantity.start else _describing(text, start, quantity.start))
        head = self.heads.before(clause, noun)
        view.none_keys += [
            ("none", min(len(inside), 2), bool(inside) and inside[0] < quantity.start, quantity.qualifier, quantity.value == 1,
             scene.block(quantity.start).kind, view.starts_clause, previous, total, quoted),
            ("none-own", quantity.unit, quantity.scope, view.noun), ("none-beside", view.before, view.after),
            ("none-head", head.shape, head.after, head.word, bool(inside), view.bare),
        ]
        if state:
            view.none_keys.append(("none-state", state, bool(inside), state == text[start:noun]))
        if _COMPARED.search(text, max(start, quantity.start - _LOOK_BACK), quantity.start):
            view.none.append("none|compared")
        view.none += [f"none|pre={text[max(start, quantity.start - 2):quantity.start]}", f"none|next={text[quantity.end:quantity.end + 2]}",
                      f"none|tail={text[max(end - 2, start):end]}"]

    def choose(self, index: int) -> int | None:
        """The trigger that quantity `index` belongs to, None if it describes."""
        found = self.candidates(index)
        if self.model is None:
            return self._by_rule(index, found)
        if len(found) == 1:
            return found[0]
        model, view = self.model, self._seen(index)
        nothing = sum([model.whole[key] for key in view.none_keys]) + sum([model.single.get(name, 0) for name in view.none])
        scores = [nothing if link is None else self._score(view, link, model) for link in found]
        return found[scores.index(max(scores))]

    def _by_rule(self, index: int, found: list[int | None]) -> int | None:
        quantity = self.quantities[index]
        clause = self.scene.clauses.index(quantity.start)
        named = [i for i in found if i is not None]
        near = [i for i in named if self.clause_of[i] == clause]
        before = [i for i in near if self.triggers[i].start < quantity.start]
        return before[-1] if before else near[0] if near else named[-1] if quantity.part_of is not None and named else None

    def run(self) -> list[int | None]:
        """The links of all quantities, in order."""
        for index in range(len(self.quantities)):
            self.links.append(self.choose(index))
        return self.links


def _describing(text: str, start: int, end: int) -> str:
    """The word of state that ends at a position of a clause, the longest one, empty if none."""
    said = text[max(start, end - _LONGEST) : end]
    return next((word for word in _DESCRIBES if said.endswith(word)), "")


def _verb(trigger: Trigger) -> tuple[str, str, int, bool]:
    """What a verb gives to all of its pairs."""
    return trigger.actions[0], trigger.modality, int(trigger.confidence * 5), trigger.settled


def _behind_previous(view: _View) -> tuple[bool, bool, bool, bool]:
    """How a quantity stands to the one before it: in its clause, in a clause without a verb, at the clause's head, of its kind."""
    return view.previous_clause == view.clause, view.bare, view.before == "#start", view.alike


def _bucket(gap: int) -> str:
    return "0" if gap <= 0 else "2" if gap <= 2 else "5" if gap <= 5 else "10" if gap <= 10 else "20" if gap <= 20 else "40" if gap <= 40 else "far"
