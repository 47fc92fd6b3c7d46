"""The edges of noun phrases: where one begins, what is coordinated with it, the subjects before 分别.

In: words of a sentence and where a phrase ends. Out: :class:`~miner.components.quantities.items.Phrase` objects or indices of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from miner.components.quantities.data_files import words as listed
from miner.components.quantities.heads import fits, noun_of
from miner.components.quantities.items import Phrase
from miner.components.quantities.units import Unit
from miner.components.quantities.words import Row, Word

_LONGEST_SUBJECT = 14
_LONGEST_NAME = 20
_COMPOUNDS = (("working", "workers"), ("equipped", "equipment"), ("notified", "notices"))


def coordinated_before(row: Row, first: int, last: int, distribute: bool) -> Phrase:
    """The phrase of the words `first` to `last`, with what is coordinated before it; `distribute` where 各 says that the number holds for each part."""
    words, kinds = row.words, row.kinds
    parts = [(words[first].start, words[last].end)]
    begin, end = first, last
    while begin > 1 and kinds[begin - 1] == "c":
        previous = begin - 2
        if kinds[previous] not in "nwq" or not (distribute or _same_class(words, begin, end, previous)):
            break
        start = part_start(row, previous)
        if start > previous:
            break
        begin, end = without_verb(row, start, previous), previous
        parts.insert(0, (words[begin].start, words[end].end))
    full = _full_start(row, last)
    return Phrase(parts[0][0], parts[-1][1], parts, (min(full, parts[0][0]), parts[-1][1]))


def coordinated_behind(given: Row, first: int, last: int, closed: bool, unit: Unit) -> Phrase:
    """The phrase of the words `first` to `last`, with what is coordinated behind it; `closed` where no number follows the row."""
    row = given.words
    parts = [(row[first].start, row[last].end)]
    index = last + 1
    while index + 1 < len(row) and row[index].kind == "c":
        begin = stop = index + 1
        while stop < len(row) and row[stop].kind in "nwar":
            stop += 1
        end = stop - 1
        while end >= begin and row[end].kind != "n":
            end -= 1
        if end < begin or (stop == len(row) and not closed):
            break
        if stop < len(row) and not closed and all(word.kind in "dflcpv" and word.end - row[stop].start < 5 for word in row[stop:]):
            break
        if not _counted_alike(_between(row, first, last), _between(row, begin, end), unit):
            break
        parts.append((row[begin].start, row[end].end))
        index = end + 1
    return Phrase(parts[0][0], parts[-1][1], parts, (row[0].start, parts[-1][1]))


def _between(row: Sequence[Word], first: int, last: int) -> str:
    return "".join([word.text for word in row[first : last + 1]])


def _counted_alike(one: str, other: str, unit: Unit) -> bool:
    """Whether one number may count both: nouns of one class, or an unknown noun beside one that fits the unit (中小学和幼儿园 for 所)."""
    noun = noun_of(other)
    first, second = noun_of(one).classes, noun.classes
    return bool(set(first) & set(second)) or (not first and bool(second) and fits(noun, unit.kind, unit.name) and unit.kind in ("person", "body"))


def part_start(row: Row, last: int) -> int:
    """Where the noun phrase without 的 that ends at `last` begins (`last` + 1 if there is none)."""
    index, kinds, words = last, row.kinds, row.words
    if kinds[last] == "q":
        for opening in range(last - 1, max(-1, last - 24), -1):
            if kinds[opening] == "q" and words[opening].text in "“‘《「『\"":
                return opening
        return last + 1
    if kinds[last] not in "nwa":
        return last + 1
    farthest = words[last].end - _LONGEST_NAME
    while index > 0 and (kinds[index - 1] in "nwa" or (kinds[index - 1] == "v" and _inner_verb(row, index - 1, last))) and words[index - 1].start >= farthest:
        index -= 1
    return _with_negation(row, _behind_place(row, index, last), last)


def _with_negation(row: Row, first: int, last: int) -> int:
    """Take what negates the first attribute into the phrase: 不|合格产品 are no 合格产品."""
    negated = 0 < first < last and row.words[first - 1].text in listed("item_words.tsv")["negation"]
    return first - 1 if negated and row.words[first - 1].end == row.words[first].start else first


def _behind_place(row: Row, first: int, last: int) -> int:
    """Leave a place and the verb behind it out of a phrase that a preposition governs: 在|城区查验|石料."""
    if first > 0 and row.words[first - 1].text in listed("item_words.tsv")["preposition"]:
        for index in range(last - 1, first, -1):
            if row.kinds[index] == "v" and not _makes_noun(row, index, last):
                return index + 1
    return first


def _inner_verb(row: Row, index: int, last: int) -> bool:
    """Whether a verb stands inside a compound that ends with the word `last` and governs nothing.

    So it does before a noun of one character (企业复工率), and elsewhere behind a noun that does no deeds: 妇科体检卡, but not 志愿者修剪树木.
    Some verbs govern nothing anywhere (留守儿童).
    """
    word = row.words[index]
    if _makes_compound(row, index):
        return True
    if len(word.text) != 2 or index == 0 or row.kinds[index - 1] not in "na":
        return False
    return _makes_noun(row, index, last) or not (word.govern or noun_of(row.words[index - 1].text).acts)


def _makes_noun(row: Row, index: int, last: int) -> bool:
    """Whether a verb makes one noun with the single character behind it: 复工率."""
    return index + 1 == last and row.words[last].text in _suffixes()


@cache
def _suffixes() -> frozenset[str]:
    lists = listed("item_words.tsv")
    return lists["suffix"] - lists["weaksuffix"]


def without_verb(row: Row, begin: int, last: int) -> int:
    """Leave the governing verb out: 检查经营场所 → 经营场所."""
    index = begin
    if begin < last:
        words, kinds, modifiers = row.words, row.kinds, _modifiers()
        for position in range(begin, last):
            if _makes_compound(row, position):
                continue
            if _serves(row, position) or (kinds[position] in "vw" and words[position].govern and not _makes_noun(row, position, last)):
                index = position + 1
        while index < last and words[index].text in modifiers:
            index += 1
    return index


def _makes_compound(row: Row, index: int) -> bool:
    """Whether a verb belongs to the noun behind it: 留守|儿童 always, 抢修 before 人员 and 整改 before 通知书."""
    lists, word = listed("item_words.tsv"), row.words[index].text
    if word in lists["attributive"]:
        return True
    noun = row.words[index + 1].text if index + 1 < len(row.words) else ""
    return any(word in lists[verbs] and noun in lists[nouns] for verbs, nouns in _COMPOUNDS)


def _serves(row: Row, index: int) -> bool:
    """Whether a verb that else makes compounds governs the noun of people behind it: 服务|居民, but behind a noun only if that is people (物业服务企业)."""
    lists = listed("item_words.tsv")
    if row.words[index].text not in lists["serving"] or row.words[index + 1].text not in lists["served"]:
        return False
    return index == 0 or row.kinds[index - 1] not in "na" or bool({"person", "group"}.intersection(noun_of(row.words[index - 1].text).classes))


@cache
def _modifiers() -> frozenset[str]:
    return listed("item_words.tsv")["modifier"]


def _same_class(row: Sequence[Word], begin: int, last: int, previous: int) -> bool:
    first = noun_of("".join([word.text for word in row[begin : last + 1]])).classes
    other = noun_of(row[previous].text).classes
    return not first or not other or bool(set(first) & set(other))


def _full_start(row: Row, at: int) -> int:
    """Where the full phrase, with attributes in 的, begins."""
    index, kinds, words = at, row.kinds, row.words
    farthest = words[at].end - 40
    while index > 0 and kinds[index - 1] in "nwaumrcq" and words[index - 1].start >= farthest:
        index -= 1
    while index < at and kinds[index] in "ucr":
        index += 1
    return words[index].start


def respective_items(given: Row) -> list[tuple[int, int]]:
    """The coordinated subjects before 分别, in order; empty if there is no 分别 or only one subject."""
    row, change = given.words, listed("item_words.tsv")["change"]
    last = next((i for i in range(len(row) - 1, -1, -1) if row[i].text == "分别"), -1)
    if last < 1:
        return []
    if any(word.kind == "n" and word.text not in change for word in row[last + 1 :]):
        return []
    at = last - 1
    comma = False
    while at >= 0 and (row[at].kind in "dflpr" or row[at].text in change or (row[at].text == "," and not comma)):
        comma = comma or row[at].text == ","
        at -= 1
    parts: list[tuple[int, int]] = []
    while at >= 0 and row[at].kind in "nwqvap":
        begin = at
        while begin > 0 and row[begin - 1].kind not in "c.":
            begin -= 1
        if begin == 0 or row[begin - 1].kind != "c":
            begin = max(begin, part_start(given, at)) if row[at].kind in "nwqa" else begin
        begin = without_verb(given, min(begin, at), at)
        if row[at].end - row[begin].start > _LONGEST_SUBJECT:
            return []
        parts.insert(0, (row[begin].start, row[at].end))
        if begin < 2 or row[begin - 1].kind != "c":
            break
        at = begin - 2
    return parts if len(parts) > 1 else []
