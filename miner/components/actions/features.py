"""What the classifiers see of a trigger candidate: aspects, each with the names of its features.

An aspect is what a few values determine (:class:`~miner.components.linear.Partials`). What has too many values to keep sums of them is told by family and
value. Those that decide read the sums of the weights (:mod:`miner.components.actions.weights`), training reads the names of the features; both from here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import ahocorasick_rs

from miner.components.actions.candidates import Candidate
from miner.components.data_files import toml_data
from miner.components.linear import Key, Told, named
from miner.components.scene import DATE, KINDS, ORGANISATION, QUANTITY, Scene
from miner.document import Quantity
from miner.layout.positions import first_from

_WORDS = toml_data("actions", "context_words")
_LIGHT, _MODALS, _NOUN_TAILS = _WORDS["light_verbs"], _WORDS["modals"], frozenset(_WORDS["noun_tails"])
_HELPERS = [*(f"light={word}" for word in _LIGHT), *(f"modal={word}" for word in _MODALS)]
_HELPER_WORDS = ahocorasick_rs.AhoCorasick([*_LIGHT, *_MODALS])
HEADING = 11
"""How many characters of the heading above are looked at for the type."""
_NONE: list[tuple[int, int, int]] = []
_COORDINATES = ("、", "和", "与", "及")
_LENGTHS = ("none", "short", "short", "short", *["middle"] * 6, "long", "long", "long")
"""How much of the clause follows, by its number of characters."""


class Aspects:
    """What the classifier of actions sees of one candidate.

    Attributes
    ----------
    word
        The word itself.
    keys
        The keys of the aspects that every candidate has, in the order of :data:`ALWAYS`.
    values
        The values of :data:`FAMILIES`, in that order; None where a candidate has none.
    crossed
        The values of :data:`CROSSED`, in that order, each of which is looked at together with the word.
    seldom
        The aspects that only some candidates have (:data:`SELDOM`), by name and fields.
    told
        Further features that only some candidates have.
    """

    __slots__ = ("crossed", "keys", "seldom", "told", "values", "word")

    def __init__(self, word: str, keys: list[Any], values: list[str | None], crossed: list[str]) -> None:
        self.word, self.keys, self.values, self.crossed = word, keys, values, crossed
        self.seldom: list[Key] = []
        self.told: list[Told] = []


def action_features(scene: Scene, candidates: list[Candidate], index: int) -> list[str]:
    """The features of one candidate for the decision whether it says an action.

    Parameters
    ----------
    scene
        The report's shared view.
    candidates
        All candidates, ascending.
    index
        Which of them.
    """
    seen = action_aspects(scene, candidates, index)
    out = [*of_word(seen.word), *map(named, seen.told)]
    out += [f"{family}={value}" for family, value in zip(FAMILIES, seen.values, strict=True) if value is not None]
    out += [f"{family}={seen.word}|{value}" for family, value in zip(CROSSED, seen.crossed, strict=True)]
    out += [name for features, key in zip(ALWAYS.values(), seen.keys, strict=True) for name in features(key)]
    return out + [name for key in seen.seldom for name in SELDOM[key[0]](*key[1:])]


def action_aspects(scene: Scene, candidates: list[Candidate], index: int) -> Aspects:
    """The aspects of one candidate; parameters as for :func:`action_features`."""
    c, text, covered, words = candidates[index], scene.text, scene.covered, scene.words
    start, end, word = c.start, c.end, c.word
    report = _report(scene, candidates)
    clause = report.clauses.get(c.clause)
    if clause is None:
        clause = report.clauses[c.clause] = _Clause(scene, scene.clauses.starts[c.clause], scene.clauses.ends[c.clause], report.helpers.get(c.clause, _NONE))
    next_char, last_two = text[end : end + 1], text[start - 2 if start > 2 else 0 : start] or "\n"
    last_char = last_two[-1:]
    following = KINDS[covered[end]] if covered[end] else "#num" if next_char.isdigit() else c.following
    previous = KINDS[covered[start - 1]] if start and covered[start - 1] else c.previous
    left, rest = start - clause.start, clause.end - end
    tail = text[clause.end - 2 if rest > 2 else end : clause.end] if rest > 0 else "#end"
    p2, p1, t0, n1, n2 = scene.tags_around(start, end)
    earlier = candidates[index - 1] if index > 0 and candidates[index - 1].clause == c.clause else None
    later = candidates[index + 1] if index + 1 < len(candidates) and candidates[index + 1].clause == c.clause else None
    keys: list[Any] = [
        (end - start, c.known, words[start], words[end], c.block.kind, _LENGTHS[0 if rest < 0 else rest if rest < 12 else 12]),
        following, previous, (p1, t0, n1, rest if rest < 4 else 4), (n1, n2), (p2, p1), _around(text, clause, start, end),
        (left if left < 5 else 5, earlier is not None, later is not None, t0, min(report.repeated[word], 5)),
    ]
    values = [last_char, last_two, next_char, None if earlier is None else earlier.word]
    seen = Aspects(word, keys, values, [following, previous, tail, n1])
    if tail in _NOUN_TAILS:
        _add_noun_tail(seen, text, tail, rest, earlier)
    if next_char in _COORDINATES or last_char in _COORDINATES:
        seen.seldom.append(("listed", next_char in _COORDINATES, last_char in _COORDINATES, *_named_by(text, end)))
    if clause.helpers:
        helpers = sorted({helper for first, last, helper in clause.helpers if first < start and last <= start})
        if helpers:
            seen.seldom.append(("helpers", *helpers))
    if scene.items[start]:
        seen.seldom.append(("item", scene.items[end], scene.items[start - 1]))
        seen.told.append((f"in-item|{word}", None))
    modifies = _modifies(scene, c, clause.end, earlier is not None) if c.numbered else None
    if modifies is not None:
        seen.seldom.append(modifies)
        seen.told.append(("item", f"{modifies[1]}|{modifies[3]}|w={word}"))
    return seen


def _add_noun_tail(seen: Aspects, text: str, tail: str, rest: int, earlier: Candidate | None) -> None:
    """Add what a noun at the end of the clause tells."""
    done = earlier is not None and text.startswith("了", earlier.end)
    seen.told += [
        ("nountail", None), (f"nountail{min(rest, 12) // 4}", None), ("w~nt", seen.word),
        ("nt", f"{earlier is not None}|{tail}"), ("nt~", f"{earlier is not None}|{done}|{rest < 7}")]


def of_word(word: str) -> list[str]:
    """The features of a word by itself."""
    return [f"w={word}", f"w1={word[0]}", f"w-1={word[-1]}"]


def _of_shape(key: tuple[int, bool, int, int, str, str]) -> list[str]:
    length, known, starts, ends, kind, rest = key
    return [f"len={length}", f"known={known}", f"b={starts}{ends}", f"k={kind}", f"rest={rest}"]


def _of_tags(key: tuple[str, str, str, int]) -> list[str]:
    before, here, after, room = key
    return [f"t0={here}", f"t1={after}", f"t-1={before}", f"t01={here}|{after}", f"r|t-1={room}|{before}", f"r|t1={room}|{after}"]


_AROUND = ("qty-after", "qty-before", "org-before", "org-after", "date-before", "de-left", "in-title", "in-quotes", "in-brackets", "coordinated")
_DE_RIGHT = 1 << len(_AROUND)


def _of_around(key: int) -> list[str]:
    """A bit for each of what may stand around a candidate, then how far the next 的 is, from 1, 0 if there is none."""
    out = [name for bit, name in enumerate(_AROUND) if key >> bit & 1]
    if key >= _DE_RIGHT:
        out.append(f"de-right{key // _DE_RIGHT - 1}")
    return out


def _of_place(key: tuple[int, bool, bool, str, int]) -> list[str]:
    left, earlier, later, tag, times = key
    place = "start" if not left else "near" if left < 4 else "far"
    return [f"pos={place}", f"cand={int(earlier)}{int(later)}", f"l|t0={left}|{tag}", f"times={times}"]


ALWAYS: dict[str, Callable[[Any], list[str]]] = {
    "shape": _of_shape,
    "next": lambda following: [f"n={following}", f"nl={following[-1:]}"],
    "previous": lambda previous: [f"p={previous}"],
    "tags": _of_tags,
    "tags after": lambda tags: [f"t1+={tags[0]}|{tags[1]}"],
    "tags before": lambda tags: [f"t-1+={tags[0]}|{tags[1]}"],
    "around": _of_around, "place": _of_place,
}
"""The aspects that every candidate has: the features of each from its key."""
SELDOM: dict[str, Callable[..., list[str]]] = {
    "listed": lambda more, earlier, noun, then: [f"list={noun}", f"list-then={then}", f"list|{more}{earlier}|{noun != 'none'}"],
    "helpers": lambda *helpers: [_HELPERS[helper] for helper in helpers],
    "item": lambda ends, before: ["in-item", f"in-item{ends}", f"in-item-start{1 - before}"],
    "modifies": lambda beside, earlier, head: [f"item={beside}|earlier={earlier}", f"item={beside}|earlier={earlier}|{head}"],
}
"""The aspects that only some candidates have: the features of each from its fields."""
FAMILIES = ("pb", "p2", "na", "pc")
"""Features that have too many values to keep sums of them: a feature's name is its family, ``=`` and its value.

Two characters after the word, the clause's last two, the candidate after and the distances to both neighbours were here too: without them reports of other
writers are decided as well, and a third of the features are gone.
"""
CROSSED = ("wn", "wp", "wt", "w|t1")
"""Features of a word crossed with what stands around it: a feature's name is its family, ``=``, the word, ``|`` and the value."""

_NAMED = re.compile(rf"[^,。;!?\n:“”]{{0,60}}?(等)?({'|'.join(_WORDS['list_nouns'])})")


def _named_by(text: str, position: int) -> tuple[str, str]:
    """The noun that ends a list and what follows it: 情况 for 管理 in 对人员管理、预检分诊等情况进行检查."""
    match = _NAMED.match(text, position, position + 64)
    return ((match[1] or "") + match[2], text[match.end() : match.end() + 2]) if match else ("none", "")


class _Report:
    """What is found once for all candidates of a report.

    Attributes
    ----------
    clauses
        What its clauses hold, by their numbers.
    helpers
        The light and modal verbs of its clauses, by their numbers: (start, end, number).
    repeated
        How often each word is a candidate: what a report is about is named again and again.
    """

    __slots__ = ("clauses", "helpers", "repeated")

    def __init__(self, scene: Scene, candidates: list[Candidate]) -> None:
        self.helpers = _helpers(scene)
        self.clauses: dict[int, _Clause] = {}
        self.repeated: dict[str, int] = Counter([one.word for one in candidates])


def _report(scene: Scene, candidates: list[Candidate]) -> _Report:
    """What is found once for the candidates of a report."""
    report: _Report | None = scene.kept.get("actions")
    if report is None:
        report = scene.kept["actions"] = _Report(scene, candidates)
    return report


class _Clause:
    """What a clause holds, found once for all its candidates (-1: nowhere).

    Attributes
    ----------
    start, end
        Its edges.
    helpers
        Its light and modal verbs: (start, end, number).
    marked
        Whether it holds an opening mark.
    first_de, last_de
        Where its first and its last 的 stand.
    first_quantity, last_quantity, first_organisation, last_organisation, first_date
        Where its first mentions begin and its last ones end (their last characters).
    """

    __slots__ = ("end", "first_date", "first_de", "first_organisation", "first_quantity", "helpers", "last_de", "last_organisation", "last_quantity",
                 "marked", "start")

    def __init__(self, scene: Scene, start: int, end: int, helpers: list[tuple[int, int, int]]) -> None:
        self.start, self.end = start, end
        text, covered = scene.text, scene.covered
        self.helpers = helpers
        self.first_de = self.last_de = text.find("的", start, end)
        if self.first_de >= 0:
            self.last_de = text.rfind("的", start, end)
        said = text[start:end]
        self.marked = "《" in said or "“" in said or "(" in said
        self.first_quantity = self.last_quantity = self.first_organisation = self.last_organisation = self.first_date = -1
        if covered.count(0, start, end) < end - start:
            self.first_quantity, self.last_quantity = covered.find(QUANTITY, start, end), covered.rfind(QUANTITY, start, end)
            self.first_organisation, self.last_organisation = covered.find(ORGANISATION, start, end), covered.rfind(ORGANISATION, start, end)
            self.first_date = covered.find(DATE, start, end)


def _helpers(scene: Scene) -> dict[int, list[tuple[int, int, int]]]:
    """The light and modal verbs of each clause, by its number: (start, end, number)."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for helper, start, end in _HELPER_WORDS.find_matches_as_indexes(scene.text, overlapping=True):
        found.setdefault(scene.clauses.index(start), []).append((start, end, helper))
    return found


def _around(text: str, clause: _Clause, start: int, end: int) -> int:
    """What stands in the clause before a candidate and after it, as the key of :func:`_of_around`."""
    key = 0
    if clause.last_quantity >= end:
        key |= 1
    if 0 <= clause.first_quantity < start:
        key |= 2
    if 0 <= clause.first_organisation < start:
        key |= 4
    if clause.last_organisation >= end:
        key |= 8
    if 0 <= clause.first_date < start:
        key |= 16
    if 0 <= clause.first_de < start:
        key |= 32
    if clause.marked:
        first = clause.start
        for bit, opening, closing in ((64, "《", "》"), (128, "“", "”"), (256, "(", ")")):
            if text.rfind(opening, first, start) > text.rfind(closing, first, start):
                key |= bit
    if (end < clause.end and text[end] in _COORDINATES) or (start > clause.start and text[start - 1] in _COORDINATES):
        key |= 512
    if clause.last_de >= end:
        key += (min(text.find("的", end, clause.end) - end, 3) + 1) * _DE_RIGHT
    return key


Values = list[tuple[str, list[str]]]
"""Families of features, each with its values."""


def type_features(scene: Scene, candidates: list[Candidate], index: int) -> list[str]:
    """The features that tell the types of an ambiguous trigger apart: what follows it in its clause, the words and candidates beside it.

    The characters before it tell no more: without them as many of 15,474 triggers (writers left out) get the right type.
    """
    keys, told = type_aspects(scene, candidates, index)
    return [name for key in keys for name in of_type(key)] + [f"{family}={value}" for family, values in told for value in values]


def of_type(key: tuple[str, str]) -> list[str]:
    """The features of one aspect of :func:`type_aspects`: of the word itself, of the heading above."""
    aspect, text = key
    return [f"w={text}", *(f"c={char}" for char in text)] if aspect == "word" else [f"h={pair}" for pair in _pairs(text)]


def type_aspects(scene: Scene, candidates: list[Candidate], index: int) -> tuple[list[Key], Values]:
    """The aspects of one candidate for its type, and its features that have too many values to keep sums of them."""
    c = candidates[index]
    clause_end = scene.clauses.ends[c.clause]
    text, word = scene.text, c.word
    right = text[c.end : min(clause_end, c.end + 14)]
    out: Values = [
        ("n", [c.following]), ("p", [c.previous]), ("wn", [f"{word}|{c.following}"]), ("wp", [f"{word}|{c.previous}"]),
        ("r", _pairs(right)), ("r1", list(right)),
    ]
    if index:
        out.append(("v-1", [candidates[index - 1].word]))
    if index + 1 < len(candidates):
        out.append(("v+1", [candidates[index + 1].word]))
    if c.numbered:
        _add_counted(out, scene, c, clause_end)
    heading = scene.heading_above(c.block)[:HEADING]
    return [("word", word), ("heading", heading)] if heading else [("word", word)], out


def _pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _start(quantity: Quantity) -> int:
    return quantity.start


def _next_quantity(scene: Scene, position: int, end: int) -> Quantity | None:
    """The first quantity that begins between two positions."""
    starts = scene.kept.get("quantities")
    if starts is None:
        starts = scene.kept["quantities"] = list(map(_start, scene.findings.quantities))
    index = first_from(starts, position)
    return scene.findings.quantities[index] if index < len(starts) and starts[index] < end else None


def _modifies(scene: Scene, c: Candidate, clause_end: int, earlier: bool) -> Key | None:
    """Whether a candidate may modify what the number after it counts: 宣传 in 发放健康教育等宣传资料150份."""
    quantity = _next_quantity(scene, c.end, clause_end)
    if quantity is None or quantity.item_at is None or quantity.item_at[0] < c.end:
        return None
    gap = scene.text[c.end : min(quantity.item_at[0], c.end + 4)]
    beside = "adjacent" if not gap else "listed" if gap[0] in "、和与及等" else "apart"
    return "modifies", beside, earlier, quantity.item[-1:]


def _add_counted(out: Values, scene: Scene, c: Candidate, clause_end: int) -> None:
    """Add what the first number after a trigger in its clause counts, and in which unit: 办 of 办培训班 and of 办证 differ."""
    quantity = _next_quantity(scene, c.end, clause_end)
    if quantity is not None:
        item, unit = quantity.item, quantity.unit
        out += [("qi", [item[-2:]]), ("qi1", [item[-1:]]), ("qu", [unit]), ("wqu", [f"{c.word}|{unit}"]), ("wqi", [f"{c.word}|{item[-1:]}"])]
