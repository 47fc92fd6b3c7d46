"""What the classifier sees of a candidate: explicit features of its right side, its words and what stands left of it.

In: clean text, candidate, evidence of the whole report. Out: aspects, each with the names of its features (the classifier holds a weight for each).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from miner.components.linear import Key
from miner.components.organisations.candidates import GOVERNMENT, Candidate
from miner.components.organisations.levels import LEVEL_OF
from miner.components.organisations.lexicon import NAMING, Lexicon
from miner.components.organisations.rules import likely_start, plausible

_COUNTED = re.compile(r"\d[\d,.]{0,7}(?:余|多)?[座个家处所支间条幢栋户]次?(?![\u4e00-\u9fff])")
_NUMBERS = frozenset("0123456789一二三四五六七八九十两几多余百干")
MEASURES = frozenset("个支所座家处间条名")
_NUMBERING = re.compile(
    r"(?:^|(?<=[\s。；;：:]))[ \u3000]*"
    r"(?:[一二三四五六七八九十]{1,3}、|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]、?|\d{1,2}[.．、)）])[ \u3000]*$", re.MULTILINE)
_AFTER_NUMBER = frozenset("、.．)） \u3000")
_LONGEST_NUMBER = 7
_CLAUSE = re.compile("[\\n,，。;；:：!?！？]")
_VERBAL = re.compile("[vw]")
_NO_UNITS = ("place", "division", "brand")
TITLED = "titled"
"""The feature of a town or village that opens the title of a report (后柳镇防汛工作简报)."""
OFFICES = frozenset("局委厅办府")
"""What names of offices end with."""
_CLINICS = ("卫生室", "诊所")
_LOW = frozenset("村乡镇")
_DONE_TO = frozenset(NAMING["done to"])
_OBJECTS = frozenset("DdLue")  # classes of words that the name of what a deed is done to begins with
_VERB = 2  # characters of the verbs of `done to`
_SEAT = "机关"  # 县公安局机关党建: the body itself, no longer name
_GOING_ON = frozenset("FOnw")  # classes of words that a name may go on with (县委|组织部) or that only follow it in a title (县法院消防安全演练)
_PLACES = ("place", "division")
_LOW_LEVELS = ("镇", "乡", "街道", "社区", "村")
_OF_BODIES, _BODIES_FOLLOW = frozenset("HLFR"), ("body", "H", "L")
_CLAUSE_LENGTH = 40
_FIGURE = re.compile("\\d")
_LISTED = frozenset("、和及与")
_LIST_LENGTH = 60


@dataclass(slots=True)
class Evidence:
    """What the whole report says: where heads with a name of their own stand (last two characters, last character → first position).

    `reached` are the beginnings of the words that stand before a head, as far as the next verb: a candidate that ends at one may be the owner of a longer
    name (石泉县委|组织部).
    """

    named: dict[str, int] = field(default_factory=dict)
    reached: set[int] = field(default_factory=set)


def gather(text: str, candidates: list[Candidate]) -> Evidence:
    """The evidence of one report (clean text, candidates): where each head first stands with a name of its own, by the rules."""
    evidence = Evidence()
    for candidate in candidates:
        kind = candidate.head.kind
        if kind == "pronoun":
            continue
        if kind not in _NO_UNITS and candidate.head.text != _SEAT and not behind_office(text, candidate):
            nouns, deed = len(_VERBAL.split(candidate.classes, 1)[0]), deed_before(text, candidate)
            evidence.reached.update((candidate.head_start, *candidate.starts[: nouns if deed < 0 else min(nouns, deed)]))
        taken = candidate.likely = likely_start(candidate)
        candidate.plausible = plausible(candidate, taken)
        if taken and candidate.plausible and kind != "division":
            name = candidate.head.text
            evidence.named.setdefault(name[-2:], candidate.head_start)
            evidence.named.setdefault(name[-1], candidate.head_start)
    return evidence


def behind_office(text: str, candidate: Candidate) -> bool:
    """Whether the head is a shop's or a village clinic's right behind an office, which has none: the two only follow each other.

    县市场监管局|网吧检查简报, 县卫健局|村卫生室督导情况, but 局食堂.
    """
    head, classes, at = candidate.head, candidate.classes, candidate.head_start
    if head.type != "facility" and head.text not in _CLINICS:
        return False
    if classes[:1] == "L" and text[at - 1] in _LOW:
        classes, at = classes[1:], at - 1
    return (classes[:1] == "H" or classes[:2] == "LF") and text[at - 1] in OFFICES


def deed_before(text: str, candidate: Candidate) -> int:
    """Which of the words before a head is a verb whose object the name is, -1 if none: no name goes on over it.

    The object begins with a division (县卫健局|督导|城关镇卫生院), or a body that ends before the verb did it (县水利局|检查|县职教中心,
    县水利局|慰问|天成物流公司).
    """
    classes, starts = candidate.classes, candidate.starts
    for at in range(1, len(classes)):
        inner, end = classes[at - 1], starts[at - 1]
        if inner not in _OBJECTS or text[end - _VERB : end] not in _DONE_TO:
            continue
        if inner in "Dd":
            return at
        before = starts.index(end - _VERB, at) + 1 if end - _VERB in starts else len(starts)
        if classes[before : before + 1] in ("H", "L") and text[end - _VERB - 1] not in LEVEL_OF and text[end] not in _NUMBERS \
                and (inner != "L" or text[end] in LEVEL_OF):
            return at
    return -1


def follows_numbering(text: str, start: int) -> bool:
    """Whether nothing but the number of a heading or item stands left of `start` in its sentence: 三、执行局, (四)办税服务厅."""
    return text[start - 1 : start] in _AFTER_NUMBER and _NUMBERING.search(text, max(start - _LONGEST_NUMBER, 0), start) is not None


def is_any(text: str, start: int, any_of: tuple[str, ...], placed: bool) -> bool:
    """Whether a name means any body of its kind: 各司法所, and without a place of its own also what follows in the list (各司法所、律师事务所).

    Parameters
    ----------
    text
        Clean text.
    start
        Where the name begins.
    any_of
        The words that make it so (各, 有关).
    placed
        Whether it begins with a place, a level or a determiner.
    """
    if text.endswith(any_of, max(start - 2, 0), start):
        return True
    if placed or text[start - 1 : start] not in _LISTED:
        return False
    floor = max(start - _LIST_LENGTH, 0)
    clause = max((match.end() for match in _CLAUSE.finditer(text, floor, start)), default=floor)
    return text.startswith(any_of, clause)


def word_after(text: str, position: int, lexicon: Lexicon) -> tuple[str, str]:
    """Class and text of the longest known word that begins at `position` (a single character if none; w for a word of function that is a verb too)."""
    classes = lexicon.classes
    character = text[position : position + 1]
    if not "\u4e00" <= character <= "\u9fff":
        return ("0" if character.isalnum() else "|"), character or "\n"
    for size in (4, 3, 2):
        word = text[position : position + size]
        kind = classes.get(word)
        if kind is not None:
            return ("w" if word in lexicon.verbal else kind), word
    return classes.get(character, "u"), character


def following_group(text: str, position: int, following: dict[str, str], longest: dict[str, int]) -> str:
    """The group of the longest listed word that begins at `position` (post, staff, adverb, spot, noun), empty if none."""
    for size in range(longest.get(text[position : position + 1], 0), 0, -1):
        group = following.get(text[position : position + size])
        if group:
            return group
    return ""


def right_aspects(text: str, candidate: Candidate, lexicon: Lexicon, evidence: Evidence) -> tuple[str, str, list[Key]]:
    """Whether the report names a body of this kind before (``<``), only after (``>``) or nowhere (``-``), the group of what follows, the shared aspects.

    The aspects are those that all beginnings share.
    """
    head, end = candidate.head, candidate.end
    kind, name = head.kind, head.text
    after, word = ("|", "\n") if candidate.parted else word_after(text, end, lexicon)
    if word == GOVERNMENT and text.startswith(lexicon.governmental, end + len(word)):
        after = "n"  # 县教育局政府信息公开年度报告
    if after == "H" and text[end - 1] in OFFICES and word in lexicon.heads and (lexicon.heads[word].type == "facility" or word in _CLINICS):
        after = "n"  # 县市场监管局|网吧检查简报
    group = (not candidate.parted and following_group(text, end, lexicon.following, lexicon.longest_following)) or after
    if group == "0" and _COUNTED.match(text, end):
        group = "counted"
    first = evidence.named.get(name[-1] if kind == "pronoun" else name[-2:], -1)
    known = "-" if first < 0 else "<" if first < candidate.head_start else ">"
    found: list[Key] = [("name", name), ("after", kind, group), ("word", word), ("known", kind, known, group)]
    if group in _GOING_ON and kind != "pronoun":
        found.append(("reached", kind, group, end in evidence.reached))
    return known, group, found


def _acting(text: str, start: int, end: int, lexicon: Lexicon) -> str:
    """What speaks for a town or village as a body by what follows it: a title that it opens, or a number in its clause (池河镇|值守卡口12处)."""
    stop = _CLAUSE.search(text, end, end + _CLAUSE_LENGTH)
    if stop and stop.group() == "\n" and (not start or text[start - 1] == "\n") and text.endswith(lexicon.document, end, stop.start()):
        return TITLED
    return "counts" if _FIGURE.search(text, end, stop.start() if stop else end + _CLAUSE_LENGTH) else "-"


def left_aspects(text: str, candidate: Candidate, taken: int, known: str, after: str, lexicon: Lexicon) -> list[Key]:
    """Aspects of the words taken into the name and of what is left outside.

    `known` and `after` come from :func:`right_aspects`; `lexicon` knows the words before a name.
    """
    classes, starts, head = candidate.classes, candidate.starts, candidate.head
    kind = head.kind
    if taken:
        start = starts[taken - 1]
        first, first_word = classes[taken - 1], text[start : starts[taken - 2] if taken > 1 else candidate.head_start]
    else:
        start = candidate.head_start
        first, first_word = "-", ""
    if taken > 1 and (first == "b" or (first == "F" and classes[taken - 2] in "Dd")):  # 国网祁门县供电公司 is as sure a name as 祁门县供电公司
        first, first_word = classes[taken - 2], text[starts[taken - 2] : starts[taken - 3] if taken > 2 else candidate.head_start]
    if taken < len(classes):
        left, left_word = classes[taken], text[starts[taken] : start]
    else:
        left, left_word = candidate.stop, text[start - 1 : start] if start else "\n"  # a report begins as any line does
    rule = taken - candidate.likely - (taken > 1 and classes[taken - 1] == "b" and taken == candidate.likely + 1)  # 中共祁门县委 is as sure as 祁门县委
    if left == "s":
        left = "p"
    numbered = follows_numbering(text, start)
    if numbered:
        left, left_word = "|", "#"
    leading = lexicon.leading
    if left == "f":
        left_word = "founded"
    group = "#" if numbered else "founded" if left == "f" else leading.get(left_word) or leading.get(text[start - 1 : start]) or left
    if start > 1 and text[start - 1] in MEASURES and text[start - 2] in _NUMBERS:
        group = "counted"
    at, inside = classes.find("s", 0, taken), classes.find("H", 1, taken)
    outer = "-" if first == "F" and not classes[:taken].strip("F") else first
    found: list[Key] = [
        ("shape", kind, group, first, left, candidate.plausible, rule if -2 < rule < 2 else 2), ("left", left, left_word), ("first", first, first_word),
        ("head", head.text, first, known), ("soft", f"{classes[at - 1] if at else '-'}{classes[at + 1]}{text[starts[at]]}" if at >= 0 else ""),
        ("tail", head.text[-1:], outer, after)]
    if inside > 0:
        found.append(("inside", kind, classes[:inside]))
    if kind == "brand":
        found.append(("brand", len(lexicon.auspicious.intersection(text[start : candidate.head_start])), classes[:taken]))
    elif kind in _PLACES:
        found.append(("place", kind, group, after))
        if after not in _BODIES_FOLLOW and text.endswith(_LOW_LEVELS, start, candidate.end) and not _OF_BODIES.intersection(classes[:taken]):
            found.append(("acting", after, _acting(text, start, candidate.end, lexicon)))
    return found


def of_span(key: Key) -> list[str]:
    """The features of one aspect of a span."""
    return _ASPECTS[key[0]](*key[1:])


def _of_shape(kind: str, group: str, first: str, left: str, plausible: bool, rule: int) -> list[str]:
    """Of what begins the name and what stands left of it."""
    return [f"Q{kind}{group}{first}", f"P{kind}{plausible}{rule}", f"L{kind}{left}{first}"]


def _of_inside(kind: str, classes: str) -> list[str]:
    """Of the words between the head and another one inside the name: the last class, runs of one class as one, which classes there are."""
    collapsed = "".join(kind for kind, before in zip(classes, " " + classes, strict=False) if kind != before)[:5]
    return [f"I{kind}{classes[-1]}{collapsed}", f"J{_kinds(classes)}"]


def _kinds(classes: str) -> str:
    """Which classes there are."""
    return "".join(sorted(set(classes)))


_ASPECTS: dict[str, Callable[..., list[str]]] = {
    "name": lambda name: ["H" + name], "after": lambda kind, group: [f"A{kind}{group}"], "word": lambda word: ["a" + word],
    "acting": lambda after, how: [how, f"{how}{after}"], "known": lambda kind, known, group: [f"g{kind}{known}{group}"],
    "shape": _of_shape, "left": lambda left, word: [f"l{left}{word}"], "first": lambda first, word: [f"f{first}{word}"],
    "reached": lambda kind, group, reached: [f"U{reached}", f"U{kind}{reached}", f"U{kind}{reached}{group}"],
    "head": lambda name, first, known: [f"c{known}{first}", f"h{name}{first}"], "inside": _of_inside,
    "tail": lambda last, outer, after: [f"e{last}{outer}", f"r{last}{outer}{after}"], "soft": lambda crossed: ["s" + crossed],
    "brand": lambda auspicious, classes: [f"Z{auspicious}{_kinds(classes)}"], "place": lambda kind, group, after: [f"B{kind}{group}{after}"],
}
