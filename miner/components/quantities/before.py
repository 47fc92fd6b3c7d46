"""Finds the item before the number: 防护物资80多万件, 口罩、手套各500个, 资江水位一夜上涨3.6米, 分别.

In: a measure and the words before it. Out: an :class:`Item`, or None.
"""

from __future__ import annotations

from miner.components.quantities.data_files import words
from miner.components.quantities.heads import classes_of, head_of, may_act
from miner.components.quantities.items import Item, Phrase, make_item
from miner.components.quantities.spans import Measure
from miner.components.quantities.words import Word

_LONGEST_SUBJECT = 14
_DIVISIONS = frozenset(("路", "线"))
_OPENS = frozenset(("、", "其中", "其中:", "包括", "含", ":"))
_DISTRIBUTE = frozenset(("各", "均", "每"))


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
    lists = words("item_words.tsv")
    strip, rest = lists["strip"], lists["rest"]
    if measure.unit.name in _DIVISIONS and row and row[-1].text in ("分", "兵分"):
        return None, False
    entry = list_entry(row)
    if listed and _plain_entry(entry):
        start, end = entry[0].start, entry[-1].end
        return Item(text[start:end], text[start:end], [text[start:end]], (start, end), False, "before", True), False
    each = False
    colon = False
    while at >= 0:
        word = row[at]
        if word.text in _DISTRIBUTE and word.text != "均":
            each = True
        if word.text in strip or word.text in rest or (word.kind == "d" and not word.govern) or word.text in ("人民币", "资金人民币"):
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
    if word.text in lists["process"] and not listed:
        return None, True
    if word.kind in "vl" or (word.kind == "w" and not _nominal(measure, row, at)):
        return None, True
    phrase = _backward(row, at, each, measure)
    if phrase is None:
        return None, word.kind in "wv"
    item = make_item(text, phrase, "before")
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


def list_entry(row: list[Word]) -> list[Word]:
    """The words of an entry of a list, without the mark or 其中 that opens it."""
    at = 0
    while at < len(row) and row[at].text in _OPENS:
        at += 1
    return row[at:]


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


def _backward(row: list[Word], at: int, distribute: bool, measure: Measure) -> Phrase | None:
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
    return Phrase(parts[0][0], parts[-1][1], parts, (min(full, parts[0][0]), parts[-1][1]))


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
    while index > 0 and row[last].end - row[index - 1].start <= 20 and (row[index - 1].kind in "nwa" or _inner_verb(row, index - 1)):
        index -= 1
    return index


def _inner_verb(row: list[Word], index: int) -> bool:
    """Whether a verb stands inside a compound (妇科体检卡) and governs nothing: a noun before it, and none of the listed verbs."""
    word = row[index]
    return word.kind == "v" and not word.govern and len(word.text) == 2 and index > 0 and row[index - 1].kind in "na"


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


def thing_measured(text: str, row: list[Word], rising: bool = False) -> Item | None:
    """The subject of a verb of change or of a share: 资江水位一夜上涨3.6米 → 资江水位; 进销差价不得超过30% → 进销差价.

    Parameters
    ----------
    text, row
        The text, and the words of the clause before the number.
    rising
        True between 由 and 至 (由46名增至92名), where persons count too.
    """
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
    if topic and not rising and (begin or not known or may_act(phrase) or row[at].place):
        return None
    return make_item(text, Phrase(row[begin].start, row[at].end, [(row[begin].start, row[at].end)], (_full_start(row, at), row[at].end)), "subject")


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
    parts: list[tuple[int, int]] = []
    while at >= 0 and row[at].kind in "nwqvap":
        begin = at
        while begin > 0 and row[begin - 1].kind not in "c.":
            begin -= 1
        if begin == 0 or row[begin - 1].kind != "c":
            begin = max(begin, _part_start(row, at)) if row[at].kind in "nwqa" else begin
        begin = _without_verb(row, min(begin, at), at)
        if row[at].end - row[begin].start > _LONGEST_SUBJECT:
            return []
        parts.insert(0, (row[begin].start, row[at].end))
        if begin < 2 or row[begin - 1].kind != "c":
            break
        at = begin - 2
    return parts if len(parts) > 1 else []
