"""Finds the item behind the unit: 1000件防护服, 12家未按要求填报的药店, 两次核酸检测.

In: a measure and the words behind it. Out: an :class:`Item`, or None.
"""

from __future__ import annotations

from miner.components.quantities.heads import classes_of, fits, head_of
from miner.components.quantities.items import Item, Phrase, make_item
from miner.components.quantities.spans import Measure
from miner.components.quantities.words import Word

_SHAPE = ("重", "长", "高", "宽", "深", "厚", "大", "远", "粗", "左右", "以上", "以下", "多", "规模", "价值")
_LONGEST_CLAUSE = 26


def item_behind(text: str, measure: Measure, row: list[Word], closed: bool) -> Item | None:
    """The item behind the unit.

    Parameters
    ----------
    text, measure
        The text and the measure.
    row
        The words between the measure and the next one (or the end of the sentence).
    closed
        True where the row ends at the end of the sentence, False where another number follows it directly.
    """
    unit = measure.unit
    if unit.kind in ("time", "score", "age") or not row:
        return None
    at, relative = 0, False
    if row[0].text in _SHAPE and len(row) > 1 and row[1].kind == "u":
        at, relative = 2, True
    elif row[0].kind == "u":
        at, relative = 1, True
    elif (unit.kind == "ratio" and unit.name != "成") or row[0].text in _SHAPE:
        return None
    reader = _Forward(row, measure, closed)
    phrase = reader.read(at, relative)
    if phrase is None or (unit.name == "人" and not relative and not classes_of(text[phrase.start : phrase.end])):
        return None
    return make_item(text, phrase, "behind")


class _Forward:
    """Reads a noun phrase from left to right."""

    def __init__(self, row: list[Word], measure: Measure, closed: bool) -> None:
        self.row, self.measure, self.closed = row, measure, closed
        self.person = measure.unit.kind == "person"

    def read(self, at: int, relative: bool) -> Phrase | None:
        """The phrase that begins at word `at`; `relative` where a 的 came before it."""
        row = self.row
        unit = self.measure.unit
        strict = unit.name == "人" or unit.kind in ("tally", "money", "act", "physical")
        while at < len(row) and row[at].kind == "r":
            at += 1
        if at >= len(row):
            return None
        word = row[at]
        if word.kind in "vdpfam" and not relative and (not strict or word.kind == "a"):
            after = self._relative_clause(at)
            if after is not None:
                return self.read(after, True)
        if unit.name in ("名", "位", "家", "所"):
            counted = self._counted_body(at)
            if counted is not None:
                return self._coordinated(*counted)
        if word.kind in "dpfcul." or (strict and not relative and (word.kind == "v" or (word.kind == "w" and word.govern and unit.kind != "act"))):
            return None
        phrase = self._chain(at)
        if phrase is not None and strict and not relative and word.kind == "w" and unit.kind != "act":
            return phrase if head_of("".join(w.text for w in row[at:] if w.end <= phrase.end)).kind else None
        return phrase

    def _relative_clause(self, at: int) -> int | None:
        """Where the noun behind a clause with 的 begins (未按要求填报…的药店), None if there is no such clause."""
        row = self.row
        for index in range(at, len(row)):
            word = row[index]
            if word.kind == "." or word.end - row[at].start > _LONGEST_CLAUSE:
                return None
            if word.kind == "u" and word.text == "的" and index > at:
                follow = row[index + 1] if index + 1 < len(row) else None
                if follow is not None and follow.kind in "nwaqr":
                    return index + 1
                return None
        return None

    def _counted_body(self, at: int) -> tuple[int, int] | None:
        """For 名, 位 and 家: the first phrase whose head is a person or a body, whatever stands before it (窗口劳务派遣人员)."""
        row, unit = self.row, self.measure.unit
        first = at
        if row[at].kind in "cq":
            return None
        for index in range(at, len(row)):
            word = row[index]
            if word.kind in "dpfml." or (index == at and word.govern and not self._noun_follows(at)) or word.end - row[at].start > _LONGEST_CLAUSE:
                return None
            if word.kind == "u":
                first = index + 1
            elif word.kind == "n":
                phrase = self._between(first, index)
                follow = row[index + 1].kind if index + 1 < len(row) else "."
                if head_of(phrase).kind and fits(phrase, unit.kind, unit.name) and not (follow == "n" and self._better(first, index)):
                    return (first, index) if index >= first else None
        return None

    def _noun_follows(self, at: int) -> bool:
        """Whether a noun that the unit counts follows the word (3名清池工人)."""
        follow = self.row[at + 1] if at + 1 < len(self.row) else None
        if follow is None or follow.kind != "n" or not head_of(follow.text).kind:
            return False
        return fits(follow.text, self.measure.unit.kind, self.measure.unit.name)

    def _better(self, first: int, index: int) -> bool:
        """Whether the noun behind makes a longer phrase that fits as well (企业负责人 for 名)."""
        unit = self.measure.unit
        phrase = self._between(first, index + 1)
        return bool(head_of(phrase).kind) and fits(phrase, unit.kind, unit.name)

    def _chain(self, at: int) -> Phrase | None:
        row, unit = self.row, self.measure.unit
        first, index = at, at
        head = -1
        clause = False
        while index < len(row):
            word = row[index]
            kind = word.kind
            if kind == "q":
                if head >= first:
                    break
                closing = self._quoted(index)
                if closing is None:
                    break
                index = head = closing
            elif kind == "n":
                if head >= first and self._complete(first, head, index):
                    break
                head = index
            elif kind in "wv":
                if head >= first:
                    if self._whole(first, head, index):
                        break
                    if kind == "v" or self._predicate(index):
                        after = self._relative_clause(index) if self.person and not fits(self._between(first, head), "person", "名") else None
                        if after is not None:
                            first = index = after
                            head = -1
                            continue
                        break
                else:
                    clause = clause or kind == "v"
            elif kind == "u":
                loose = clause or head < first or not fits(self._between(first, head), unit.kind, unit.name)
                if loose and index + 1 < len(row) and row[index + 1].kind in "nwaqr":
                    first, head, clause = index + 1, -1, False
                else:
                    break
            elif kind == "r" and head < first:
                pass
            elif kind not in "am":
                break
            index += 1
        if clause and head >= first and not self._known(first, head):
            return None
        if head >= first:
            head = self._verbal_end(head, index)
        if head < first:
            head = self._verbal_head(first, index)
            if head < first:
                return None
        return self._coordinated(first, head)

    def _whole(self, first: int, head: int, index: int) -> bool:
        """Whether the verbal word at `index` follows a whole item: a person counted by 名, or a known thing behind which no better head comes."""
        unit, so_far = self.measure.unit, self._between(first, head)
        if self.person:
            return fits(so_far, "person", "名")
        if not head_of(so_far).kind or not fits(so_far, unit.kind, unit.name):
            return False
        end = index
        while end + 1 < len(self.row) and self.row[end + 1].kind in "nwva" and self.row[end + 1].end - self.row[index].start < 12:
            end += 1
        if end == len(self.row) - 1 and not self.closed:
            return True
        tail = self._between(index, end)
        return not (self.row[end].kind == "n" and head_of(tail).kind in ("group", "matter", "place", "body", "document") and fits(tail, unit.kind, unit.name))

    def _between(self, first: int, last: int) -> str:
        return "".join(word.text for word in self.row[first : last + 1])

    def _complete(self, first: int, head: int, index: int) -> bool:
        """Whether the phrase up to `head` is a whole item, so that the noun at `index` begins something else."""
        unit = self.measure.unit
        so_far = self._between(first, head)
        known = head_of(so_far)
        if not known.kind or not fits(so_far, unit.kind, unit.name):
            return False
        end = index
        while end + 1 < len(self.row) and self.row[end + 1].kind in "nwa" and self.row[end + 1].end - self.row[index].start < 14:
            end += 1
        longer = [self._between(index, stop) for stop in range(end, index - 1, -1) if self.row[stop].kind == "n"]
        return not any(head_of(tail).kind and fits(tail, unit.kind, unit.name) and (unit.kind != "person" or head_of(tail).kind == "person") for tail in longer)

    def _known(self, first: int, head: int) -> bool:
        """Whether a phrase that begins with a verb (关爱残疾人服务小组) is one: its head is known and fits the unit, its verb is none of the sentence."""
        phrase = self._between(first, head)
        return bool(head_of(phrase).kind) and fits(phrase, self.measure.unit.kind, self.measure.unit.name) and not self.row[first].govern

    def _predicate(self, index: int) -> bool:
        """Whether a verbal noun behind a noun is the sentence's verb (防护服出售给 …) and no part of the phrase."""
        row = self.row
        follow = row[index + 1] if index + 1 < len(row) else None
        if follow is None:
            return False
        if follow.kind in "lpdf" or follow.text in ("给", "至", "到"):
            return True
        return follow.kind in "nwa" and not any(word.kind == "n" for word in row[index + 1 : index + 3])

    def _verbal_head(self, first: int, stop: int) -> int:
        """A verbal noun as item (两次核酸检测, 3次消毒)."""
        unit = self.measure.unit
        if unit.kind not in ("act", "thing") or (unit.kind == "thing" and self.row[stop - 1].kind == "v"):
            return -1
        last = stop - 1
        if last >= first and all(word.kind in "wvar" for word in self.row[first : last + 1]) and self.row[last].kind in "wv":
            return last if len(self.row[last].text) > 1 else -1
        return -1

    def _verbal_end(self, head: int, stop: int) -> int:
        """The verbal noun that ends the phrase before a mark (两次核酸检测,); `head` itself if there is none."""
        row, unit = self.row, self.measure.unit
        ended = (stop < len(row) and row[stop].kind == ".") or (stop == len(row) and self.closed)
        tail = row[head + 1 : stop]
        if not tail or not ended or any(word.kind != "w" for word in tail):
            return head
        return stop - 1 if unit.kind == "act" or (unit.kind == "thing" and not any(word.govern for word in tail)) else head

    def _quoted(self, index: int) -> int | None:
        """The index of the closing mark of a quotation that opens at `index`."""
        opening = self.row[index].text
        closing = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", '"': '"'}.get(opening)
        if closing is None:
            return None
        for later in range(index + 1, min(index + 24, len(self.row))):
            if self.row[later].text == closing:
                return later
        return None

    def _coordinated(self, first: int, head: int) -> Phrase:
        row = self.row
        parts = [(row[first].start, row[head].end)]
        classes = classes_of(self._between(first, head))
        index = head + 1
        while index + 1 < len(row) and row[index].kind == "c":
            begin = index + 1
            stop = begin
            while stop < len(row) and row[stop].kind in "nwar":
                stop += 1
            last = stop - 1
            while last >= begin and row[last].kind != "n":
                last -= 1
            if last < begin or (stop == len(row) and not self.closed):
                break
            if stop < len(row) and not self.closed and all(word.kind in "dflcpv" and word.end - row[stop].start < 5 for word in row[stop:]):
                break
            if not set(classes) & set(classes_of("".join(w.text for w in row[begin : last + 1]))):
                break
            parts.append((row[begin].start, row[last].end))
            index = last + 1
        return Phrase(parts[0][0], parts[-1][1], parts, (row[0].start, parts[-1][1]))
