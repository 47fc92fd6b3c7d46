"""Links: which event a quantity belongs to, if to any.

In: the triggers and quantities of a report. Out: for each quantity the index of its trigger, or None where the number only describes.
"""

from __future__ import annotations

from miner.components.data_files import toml_data
from miner.components.linear import BinaryModel
from miner.components.scene import QUANTITY, Scene
from miner.document import Quantity, Trigger

REACH = 3  # triggers of the same sentence on either side that are considered, nearest first
_DESCRIBES: list[str] = toml_data("events", "context_words")["describing"]


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

    def __init__(self, scene: Scene, triggers: list[Trigger], model: BinaryModel | None) -> None:
        self.scene, self.triggers, self.model = scene, triggers, model
        self.quantities = scene.findings.quantities
        self.clause_of = [scene.clauses.index(trigger.start) for trigger in triggers]
        self.by_sentence: dict[int, list[int]] = {}
        for index, trigger in enumerate(triggers):
            self.by_sentence.setdefault(scene.sentence(trigger.start), []).append(index)
        self.links: list[int | None] = []

    def candidates(self, index: int) -> list[int | None]:
        """The triggers that quantity `index` may belong to, None (it describes) first."""
        quantity = self.quantities[index]
        sentence = self.scene.sentence(quantity.start)
        here = self.by_sentence.get(sentence, [])
        before = [i for i in here if self.triggers[i].start < quantity.start][-REACH:]
        after = [i for i in here if self.triggers[i].start >= quantity.end][:REACH]
        if quantity.part_of is not None and quantity.part_of < len(self.links):
            return self._of_part(quantity, self.links[quantity.part_of], here)
        chosen: list[int | None] = [None, *before, *after]
        for extra in (*self._inherited(index), *(self.by_sentence.get(sentence - 1, [])[-1:] if not before else ())):
            if extra not in chosen:
                chosen.append(extra)
        return chosen

    def _of_part(self, quantity: Quantity, total: int | None, here: list[int]) -> list[int | None]:
        """The triggers that a part may belong to: its total's, or one in its own clause that stands beside it."""
        clause, found = self.scene.clauses.index(quantity.start), [total]
        for index in here:
            trigger = self.triggers[index]
            beside = quantity.start - trigger.end <= 12 if trigger.start < quantity.start else trigger.start - quantity.end <= 4
            if beside and self.clause_of[index] == clause and index != total:
                found.append(index)
        return found

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
        quantity, text = self.quantities[index], self.scene.text
        clause = self.scene.clauses.index(quantity.start)
        own = [f"u={quantity.unit}", f"s={quantity.scope}", f"item={quantity.item[-2:]}"]
        if link is None:
            return self._none_features(index, quantity, clause, own)
        trigger = self.triggers[link]
        side = "before" if trigger.start < quantity.start else "after"
        apart = self.clause_of[link] - clause
        gap = quantity.start - trigger.end if side == "before" else trigger.start - quantity.end
        low, high = (trigger.end, quantity.start) if side == "before" else (quantity.end, trigger.start)
        between = text[low:high]
        others = sum(1 for t in self.triggers[max(link - 6, 0) : link + 7] if low <= t.start < high)
        numbers = sum(1 for i in range(low, high) if self.scene.covered[i] == QUANTITY and self.scene.covered[i - 1] != QUANTITY) if gap < 200 else 9
        place = f"{side}{max(min(apart, 3), -4)}"
        out = [place, f"{place}|others={min(others, 3)}", f"{side}|others={min(others, 3)}", f"numbers={min(numbers, 4)}|{side}|{int(apart == 0)}",
               f"gap={_bucket(gap)}|{side}", f"a={trigger.actions[0]}|{side}", f"w={trigger.text}|{side}", f"a={trigger.actions[0]}|u={quantity.unit}",
               f"w={trigger.text}|u={quantity.unit}", f"s={quantity.scope}|{place}", f"s={quantity.scope}|a={trigger.actions[0]}",
               f"a={trigger.actions[0]}|item={quantity.item[-2:]}", f"m={trigger.modality}", f"c={int(trigger.confidence * 4)}"]
        if quantity.item_at and low <= quantity.item_at[0] < high:
            out.append(f"item-between|{side}")
        if self.scene.items[trigger.start]:
            own_item = quantity.item_at is not None and quantity.item_at[0] <= trigger.start < quantity.item_at[1]
            out.append("trigger-in-own-item" if own_item else "trigger-in-other-item")
        if quantity.item_at and 0 <= quantity.item_at[0] - trigger.end <= 1:
            out.append("item-is-object")
        if "的" in between:
            out.append(f"de-between|{side}")
        if "、" in between:
            out.append(f"list-between|{side}")
        if ":" in between or "其中" in between:
            out.append(f"colon-between|{side}")
        if ";" in between:
            out.append(f"semicolon-between|{side}")
        if quantity.part_of is not None and quantity.part_of < len(self.links):
            out.append(f"total-link={self.links[quantity.part_of] == link}")
        if index and self.links[index - 1] is not None:
            out.append(f"previous-link={self.links[index - 1] == link}|same-clause={self.scene.clauses.index(self.quantities[index - 1].start) == clause}")
        if self.scene.sentence(trigger.start) != self.scene.sentence(quantity.start):
            out.append("other-sentence")
        return out

    def _none_features(self, index: int, quantity: Quantity, clause: int, own: list[str]) -> list[str]:
        scene, text = self.scene, self.scene.text
        start, end = scene.clauses.span(clause)
        inside = [i for i in self.by_sentence.get(scene.sentence(quantity.start), ()) if self.clause_of[i] == clause]
        head = text[max(start, quantity.start - 4) : quantity.start]
        out = ["none", f"none|in-clause={min(len(inside), 2)}", *(f"none|{feature}" for feature in own)]
        out += [f"none|verb={word}" for word in _DESCRIBES if head.endswith(word)]
        out += [f"none|pre={text[max(start, quantity.start - 2):quantity.start]}", f"none|next={text[quantity.end:quantity.end + 2]}",
                f"none|unit={quantity.unit}|s={quantity.scope}", f"none|q={quantity.qualifier}", f"none|value1={quantity.value == 1}",
                f"none|before={sum(1 for i in inside if self.triggers[i].start < quantity.start) > 0}", f"none|tail={text[max(end - 2, start):end]}"]
        out.append(f"none|kind={scene.block(quantity.start).kind}")
        if quantity.start == start:
            out.append("none|clause-start")
        if index and self.scene.sentence(self.quantities[index - 1].start) == self.scene.sentence(quantity.start):
            out.append(f"none|previous={'none' if self.links[index - 1] is None else 'linked'}")
        if quantity.part_of is not None and quantity.part_of < len(self.links):
            out.append(f"none|total={'none' if self.links[quantity.part_of] is None else 'linked'}")
        if text.rfind("“", max(0, quantity.start - 30), quantity.start) > text.rfind("”", max(0, quantity.start - 30), quantity.start):
            out.append("none|in-quotes")
        return out

    def choose(self, index: int) -> int | None:
        """The trigger that quantity `index` belongs to, None if it describes."""
        found = self.candidates(index)
        if self.model is None:
            return self._by_rule(index, found)
        model = self.model
        return max(found, key=lambda link: model.score(self.features(index, link)))

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


def _bucket(gap: int) -> str:
    return "0" if gap <= 0 else "2" if gap <= 2 else "5" if gap <= 5 else "10" if gap <= 10 else "20" if gap <= 20 else "40" if gap <= 40 else "far"
