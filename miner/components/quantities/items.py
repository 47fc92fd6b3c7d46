"""What is counted: finds the item of every quantity, wherever it stands.

In: the measures of a sentence and the words of the stretches between them. Out: an :class:`Item` per measure.

Places, in the order in which they are tried: behind the unit (1000件防护服), before the number (防护物资80多万件, 修复长度1071米), distributed over a list (口罩、手套各500个), after 分别 in the
order of the subjects, the thing measured before a verb of change (水位上涨3.6米), the item of an earlier number of the same kind (检查商户90家,关停3家) or of the list that a number closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from miner.components.quantities.data_files import words
from miner.components.quantities.heads import classes_of, fits, head_of, may_act
from miner.components.quantities.spans import Measure
from miner.components.quantities.words import Word

_SHAPE = ("重", "长", "高", "宽", "深", "厚", "大", "远", "粗", "左右", "以上", "以下", "多", "规模", "价值")
_DISTRIBUTE = frozenset(("各", "均", "每"))
_LONGEST_CLAUSE = 26


@dataclass(slots=True)
class Item:
    """The item of a quantity. `phrase` is the full noun phrase, `items` its parts where it names several, `at` its span, `source` where it was found."""

    text: str = ""
    phrase: str = ""
    items: list[str] = field(default_factory=list)
    at: tuple[int, int] | None = None
    each: bool = False
    source: str = ""
    listed: bool = False


@dataclass(slots=True)
class _Phrase:
    """A noun phrase found in a row of words."""

    start: int
    end: int
    parts: list[tuple[int, int]]
    full: tuple[int, int]


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
    return None if phrase is None else _item(text, phrase, "behind")


class _Forward:
    """Reads a noun phrase from left to right."""

    def __init__(self, row: list[Word], measure: Measure, closed: bool) -> None:
        self.row, self.measure, self.closed = row, measure, closed
        self.person = measure.unit.kind == "person"

    def read(self, at: int, relative: bool) -> _Phrase | None:
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
            if word.kind in "dpfml." or (word.kind == "v" and word.govern and index == at) or word.end - row[at].start > _LONGEST_CLAUSE:
                return None
            if word.kind == "u":
                first = index + 1
            elif word.kind == "n":
                phrase = self._between(first, index)
                follow = row[index + 1].kind if index + 1 < len(row) else "."
                if head_of(phrase).kind and fits(phrase, unit.kind, unit.name) and not (follow == "n" and self._better(first, index)):
                    return (first, index) if index >= first else None
        return None

    def _better(self, first: int, index: int) -> bool:
        """Whether the noun behind makes a longer phrase that fits as well (企业负责人 for 名)."""
        unit = self.measure.unit
        phrase = self._between(first, index + 1)
        return bool(head_of(phrase).kind) and fits(phrase, unit.kind, unit.name)

    def _chain(self, at: int) -> _Phrase | None:
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
                if (clause or head < first or not fits(self._between(first, head), unit.kind, unit.name)) and index + 1 < len(row) and row[index + 1].kind in "nwaqr":
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
        elif head >= first:
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
        """Whether a phrase that begins with a verb (关爱残疾人服务小组) is one: its head must be known and fit the unit, and its verb must be none of the sentence."""
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

    def _coordinated(self, first: int, head: int) -> _Phrase:
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
        return _Phrase(parts[0][0], parts[-1][1], parts, (row[0].start, parts[-1][1]))


def item_before(text: str, measure: Measure, row: list[Word], listed: bool = False) -> tuple[Item | None, bool]:
    """The item before the number, and whether a verb stands there instead (检查243家: no item, verb True).

    Parameters
    ----------
    text, measure
        The text and the measure.
    row
        The words between the measure before it (or the beginning of the sentence) and the number.
    listed
        True where the words are an entry of a list of numbers (火灾671起、抢险救援804起): then a verbal noun is an item as well.
    """
    at = len(row) - 1
    strip, rest = words("item_words.tsv")["strip"], words("item_words.tsv")["rest"]
    if listed and _plain_entry(row):
        start, end = row[0].start, row[-1].end
        return Item(text[start:end], text[start:end], [text[start:end]], (start, end), False, "before", True), False
    each = False
    colon = False
    while at >= 0:
        word = row[at]
        if word.text in _DISTRIBUTE and word.text != "均":
            each = True
        if word.text in strip or word.text in rest or (word.kind == "d" and not word.govern):
            at -= 1
        elif word.text in ("人民币", "资金人民币"):
            at -= 1
        elif word.text == ":" and not colon:
            colon = True
            at -= 1
        else:
            break
    if at < 0:
        return None, False
    if row[at].text == ")":
        at = _opening(row, at) - 1
    if at < 0:
        return None, False
    word = row[at]
    inner = _object_inside(word, measure)
    if inner is not None:
        return inner, False
    if word.kind in "vl" or (word.kind == "w" and not _nominal(measure, row, at)):
        return None, True
    phrase = _backward(row, at, each, measure)
    if phrase is None:
        return None, word.kind in "wv"
    item = _item(text, phrase, "before")
    if not _countable(item.text, word, measure):
        return None, False
    item.each = each and len(phrase.parts) > 1
    return item, False


def _object_inside(word: Word, measure: Measure) -> Item | None:
    """The object that a word of verb and object holds: 架线2.3公里 → 线, 租房两间 → 房."""
    lists = words("item_words.tsv")
    if len(word.text) != 2 or word.kind not in "vw" or measure.unit.kind not in ("thing", "physical"):
        return None
    if word.text[0] not in lists["verbchar"] or word.text[1] not in lists["suffix"]:
        return None
    noun = word.text[1]
    return Item(noun, word.text, [noun], (word.end - 1, word.end), False, "before")


def _countable(phrase: str, last: Word, measure: Measure) -> bool:
    """Whether the phrase before a number may be its item: crews are not what 人 counts, actors not what 次 counts, places where it holds no items."""
    kind = measure.unit.kind
    classes = classes_of(phrase)
    if not classes and (last.place or phrase[-1] in "级镇乡县市区州省" or phrase in ("其中", "其他", "另外")):
        return False
    if kind == "person" and classes and "person" not in classes and measure.unit.name in ("人", "名", "位"):
        return False
    return not (kind == "act" and (may_act(phrase) or "place" in classes))


def _plain_entry(row: list[Word]) -> bool:
    """Whether the words between two numbers of a list are one short name and no verb of what was done (整改, 办结)."""
    process = words("item_words.tsv")["process"]
    if not row or row[-1].end - row[0].start > 12 or row[-1].end - row[0].start < 2:
        return False
    if row[-1].place or row[-1].text[-1] in "级省市县区镇乡村局站":
        return False
    return all(word.kind in "nwva" and word.text not in process for word in row) and row[-1].kind in "nw" + ("v" if len(row) == 1 else "")


def _opening(row: list[Word], at: int) -> int:
    for index in range(at - 1, max(-1, at - 30), -1):
        if row[index].text == "(":
            return index
    return 0


def _nominal(measure: Measure, row: list[Word], at: int) -> bool:
    """Whether a verbal noun directly before a number may be its item (核酸检测3次; not: 采样送检35家)."""
    unit = measure.unit
    if unit.kind == "act":
        return True
    if unit.kind == "money" and at > 0 and row[at - 1].govern and row[at - 1].end == row[at].start:
        return True
    if row[at].govern or unit.kind in ("person", "body", "household"):
        return False
    return unit.kind in ("thing", "tally") and at > 0 and row[at - 1].kind in "na"


def _backward(row: list[Word], at: int, distribute: bool, measure: Measure) -> _Phrase | None:
    """The noun phrase that ends at word `at`, with what is coordinated before it."""
    parts: list[tuple[int, int]] = []
    index = at
    while index >= 0:
        begin = _part_start(row, index)
        if begin > index:
            break
        begin = _without_verb(row, begin, index)
        parts.insert(0, (row[begin].start, row[index].end))
        if begin == 0 or row[begin - 1].kind != "c" or begin < 2:
            break
        previous = begin - 2
        if row[previous].kind not in "nwq" or not (distribute or _same_class(row, begin, index, previous)):
            break
        index = previous
    if not parts:
        return None
    full = _full_start(row, at)
    return _Phrase(parts[0][0], parts[-1][1], parts, (min(full, parts[0][0]), parts[-1][1]))


def _part_start(row: list[Word], last: int) -> int:
    """Where the noun phrase without 的 that ends at `last` begins (`last` + 1 if there is none)."""
    index = last
    if row[last].kind == "q":
        for opening in range(last - 1, max(-1, last - 24), -1):
            if row[opening].kind == "q" and row[opening].text in "“‘《「『\"":
                return opening
        return last + 1
    if row[last].kind not in "nwa":
        return last + 1
    while index > 0 and row[index - 1].kind in "nwa" and row[last].end - row[index - 1].start <= 20:
        index -= 1
    return index


def _without_verb(row: list[Word], begin: int, last: int) -> int:
    """Leave the governing verb out: 检查经营场所 → 经营场所."""
    index = begin
    for position in range(begin, last):
        if row[position].govern and row[position].kind in "vw":
            index = position + 1
    while index < last and row[index].text in words("item_words.tsv")["modifier"]:
        index += 1
    return index


def _same_class(row: list[Word], begin: int, last: int, previous: int) -> bool:
    first = classes_of("".join(word.text for word in row[begin : last + 1]))
    other = classes_of(row[previous].text)
    return not first or not other or bool(set(first) & set(other))


def _full_start(row: list[Word], at: int) -> int:
    """Where the full phrase, with attributes in 的, begins."""
    index = at
    while index > 0 and row[index - 1].kind in "nwaumrcq" and row[at].end - row[index - 1].start <= 40:
        index -= 1
    while index < at and row[index].kind in "ucr":
        index += 1
    return row[index].start


def thing_measured(text: str, row: list[Word]) -> Item | None:
    """The subject of a verb of change or of a share: 资江水位一夜上涨3.6米 → 资江水位; 进销差价不得超过30% → 进销差价."""
    change = words("item_words.tsv")["change"]
    at, topic = len(row) - 1, False
    while at >= 0 and (row[at].text in change or row[at].kind in "dpvlm" or row[at].text in ("的", ":") or (row[at].kind == "w" and row[at].govern)):
        topic = topic or (row[at].govern and row[at].text not in change)
        at -= 1
    if at < 0 or row[at].kind not in "nwq":
        return None
    begin = _part_start(row, at)
    if begin > at:
        return None
    begin = _without_verb(row, begin, at)
    phrase = text[row[begin].start : row[at].end]
    known = head_of(phrase).kind or row[-1].text in words("item_words.tsv")["process"]
    if topic and (begin or not known or may_act(phrase) or row[at].place):
        return None
    return _item(text, _Phrase(row[begin].start, row[at].end, [(row[begin].start, row[at].end)], (_full_start(row, at), row[at].end)), "subject")


def respective_items(text: str, row: list[Word]) -> list[tuple[int, int]]:
    """The coordinated subjects before 分别, in order; empty if there is no 分别 or only one subject."""
    last = next((i for i in range(len(row) - 1, -1, -1) if row[i].text == "分别"), -1)
    if last < 1:
        return []
    if any(word.kind == "n" and word.text not in words("item_words.tsv")["change"] for word in row[last + 1 :]):
        return []
    at = last - 1
    comma = False
    while at >= 0 and (row[at].kind in "dflpr" or row[at].text in words("item_words.tsv")["change"] or (row[at].text == "," and not comma)):
        comma = comma or row[at].text == ","
        at -= 1
    if at < 0 or row[at].kind not in "nwq":
        return []
    parts: list[tuple[int, int]] = []
    while at >= 0:
        begin = _part_start(row, at)
        if begin > at:
            break
        begin = _without_verb(row, begin, at)
        parts.insert(0, (row[begin].start, row[at].end))
        if begin < 2 or row[begin - 1].kind != "c" or row[begin - 2].kind not in "nwq":
            break
        at = begin - 2
    return parts if len(parts) > 1 else []


_PLAIN = re.compile(r"^[“《‘]|[”》’]$")


def _item(text: str, phrase: _Phrase, source: str) -> Item:
    start, end = phrase.start, phrase.end
    listed = [text[a:b] for a, b in phrase.parts]
    return Item(text[start:end], text[phrase.full[0] : phrase.full[1]], listed, (start, end), False, source)


def plain(item: str) -> str:
    """An item that is one quotation, without its marks."""
    if len(item) > 2 and item[0] in "“《‘" and item[-1] in "”》’" and item[0] not in item[1:]:
        return _PLAIN.sub("", item)
    return item
