"""What the classifiers see of a trigger candidate: aspects, each with the names of its features.

An aspect is what a few values determine (:class:`~miner.components.linear.Partials`): those that decide read the sum of its weights, training reads the
names of its features.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable

import ahocorasick_rs

from miner.components.actions.candidates import Candidate
from miner.components.data_files import toml_data
from miner.components.linear import Key, Told, named
from miner.components.scene import DATE, ORGANISATION, QUANTITY, Scene
from miner.document import Quantity

_WORDS = toml_data("actions", "context_words")
_LIGHT, _MODALS, _NOUN_TAILS = _WORDS["light_verbs"], _WORDS["modals"], frozenset(_WORDS["noun_tails"])
_HELPERS = [*(f"light={word}" for word in _LIGHT), *(f"modal={word}" for word in _MODALS)]
_HELPER_WORDS = ahocorasick_rs.AhoCorasick([*_LIGHT, *_MODALS])
HEADING = 11
"""How many characters of the heading above are looked at for the type."""
_COVERED = {1: "#org", 2: "#date", 3: "#qty"}
_COORDINATES = ("、", "和", "与", "及")
_LENGTHS = ("none", "short", "short", "short", *["middle"] * 6, "long", "long", "long")
"""How much of the clause follows, by its number of characters."""


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
    keys, told = action_aspects(scene, candidates, index, None)
    return [*map(named, told), *(name for key in keys for name in of_action(key))]


def action_aspects(scene: Scene, candidates: list[Candidate], index: int, crossed: Container[str] | None) -> tuple[list[Key], list[Told]]:
    """The aspects of one candidate, and its features that have too many values to keep sums of them.

    Parameters
    ----------
    scene, candidates, index
        As for :func:`action_features`.
    crossed
        The words whose features crossed with what stands around them are wanted; None: all.
    """
    c, text, covered, words, items = candidates[index], scene.text, scene.covered, scene.words, scene.items
    start, end, word = c.start, c.end, c.word
    clause_start, clause_end = scene.clauses.starts[c.clause], scene.clauses.ends[c.clause]
    next_two, last_two = text[end : end + 2], text[max(start - 2, 0) : start]
    following = _COVERED[covered[end]] if covered[end] else "#num" if next_two[:1].isdigit() else c.following
    previous = _COVERED[covered[start - 1]] if start and covered[start - 1] else c.previous
    left, rest = start - clause_start, clause_end - end
    tail = text[max(clause_end - 2, end) : clause_end] if rest > 0 else "#end"
    p2, p1, t0, n1, n2 = scene.tags_around(start, end)
    beyond = end + len(following)
    earlier = candidates[index - 1] if index > 0 and candidates[index - 1].clause == c.clause else None
    later = candidates[index + 1] if index + 1 < len(candidates) and candidates[index + 1].clause == c.clause else None
    told: list[Told] = [("w", word), ("w1", word[0]), ("w-1", word[-1]), ("pb", last_two[-1:]), ("p2", last_two), ("na", next_two[:1]), ("n2", next_two),
                        ("nl|end", f"{following[-1:]}|{text[beyond:beyond + 1]}"), ("t", tail)]
    repeated = scene.kept.get("repeated")
    if repeated is None:  # what a report is about is named again and again
        repeated = scene.kept["repeated"] = Counter([one.word for one in candidates])
    times = repeated[word]
    keys: list[Key] = [
        ("word", end - start, c.known, words[start], words[end], c.block.kind, _LENGTHS[0 if rest < 0 else rest if rest < 12 else 12]),
        ("next", following), ("previous", previous), ("tags", p1, t0, n1, rest if rest < 4 else 4), ("tags after", n1, n2), ("tags before", p2, p1),
        _around(scene, c, clause_start, clause_end),
        ("place", left if left < 5 else 5, earlier is not None, later is not None, in_object(scene, start), t0, times if times < 5 else 5),
    ]
    if earlier is not None:
        told += [("pc", earlier.word), ("gap", str(min(start - earlier.end, 6)))]
    if later is not None:
        told += [("nc", later.word), ("ngap", str(min(later.start - end, 6)))]
    if tail in _NOUN_TAILS:
        done = earlier is not None and text[earlier.end : earlier.end + 1] == "了"
        told += [("nountail", None), (f"nountail{min(rest, 12) // 4}", None), ("w~nt", word)]
        told += [("nt", f"{earlier is not None}|{tail}"), ("nt~", f"{earlier is not None}|{done}|{rest < 7}")]
    if next_two[:1] in _COORDINATES or last_two[-1:] in _COORDINATES:
        keys.append(("listed", next_two[:1] in _COORDINATES, last_two[-1:] in _COORDINATES, *_named_by(text, end)))
    helpers = _helpers(scene, clause_start, start)
    if helpers:
        keys.append(("helpers", *helpers))
    if items[start]:
        keys.append(("item", items[end], items[start - 1]))
        told.append((f"in-item|{word}", None))
    modifies = _modifies(scene, c, clause_end, earlier is not None) if c.numbered else None
    if modifies is not None:
        keys.append(modifies)
    if crossed is None or word in crossed:
        told += [("wn", f"{word}|{following}"), ("wp", f"{word}|{previous}"), ("wt", f"{word}|{tail}"), ("w|t1", f"{word}|{n1}"), ("w|t-1", f"{word}|{p1}")]
        if modifies is not None:
            told.append(("item", f"{modifies[1]}|{modifies[3]}|w={word}"))
    return keys, told


_CROSSED = re.compile(r"(?:w[npt]|w\|t-?1)=([^|]+)\||item=.*\|w=(.+)", re.DOTALL)


def crossed_words(features: Iterable[str]) -> frozenset[str]:
    """The words that a model's features cross with what stands around them."""
    found = map(_CROSSED.match, features)
    return frozenset(match[1] or match[2] for match in found if match)


def of_action(key: Key) -> list[str]:
    """The features of one aspect of :func:`action_aspects`."""
    return _ACTION[key[0]](*key[1:])


def _of_word(length: int, known: bool, starts: int, ends: int, kind: str, rest: str) -> list[str]:
    return [f"len={length}", f"known={known}", f"b={starts}{ends}", f"k={kind}", f"rest={rest}"]


_AROUND = ("qty-after", "qty-before", "org-before", "org-after", "date-before", "de-left", "in-title", "in-quotes", "in-brackets", "coordinated")


def _of_around(de_right: int, *told: bool) -> list[str]:
    out = [name for name, holds in zip(_AROUND, told, strict=True) if holds]
    if de_right >= 0:
        out.append(f"de-right{de_right}")
    return out


def _of_place(left: int, earlier: bool, later: bool, in_object: bool, tag: str, times: int) -> list[str]:
    place = "start" if not left else "near" if left < 4 else "far"
    out = [f"pos={place}", f"cand={int(earlier)}{int(later)}", f"l|t0={left}|{tag}", f"times={times}"]
    return [*out, "in-object"] if in_object else out


_ACTION: dict[str, Callable[..., list[str]]] = {
    "word": _of_word, "around": _of_around, "place": _of_place,
    "listed": lambda more, earlier, noun, then: [f"list={noun}", f"list-then={then}", f"list|{more}{earlier}|{noun != 'none'}"],
    "next": lambda following: [f"n={following}", f"nl={following[-1:]}"],
    "previous": lambda previous: [f"p={previous}"],
    "tags": lambda before, here, after, room: [
        f"t0={here}", f"t1={after}", f"t-1={before}", f"t={before}|{here}|{after}", f"t01={here}|{after}",
        f"r|t-1={room}|{before}", f"r|t1={room}|{after}", f"r|t={room}|{before}|{here}"],
    "tags after": lambda first, second: [f"t1+={first}|{second}"],
    "tags before": lambda first, second: [f"t-1+={first}|{second}"],
    "helpers": lambda *helpers: [_HELPERS[helper] for helper in helpers],
    "item": lambda ends, before: ["in-item", f"in-item{ends}", f"in-item-start{1 - before}"],
    "modifies": lambda beside, earlier, head: [f"item={beside}|earlier={earlier}", f"item={beside}|earlier={earlier}|{head}"],
}

_NAMED = re.compile(rf"[^,。;!?\n:“”]{{0,60}}?(等)?({'|'.join(_WORDS['list_nouns'])})")


def _named_by(text: str, position: int) -> tuple[str, str]:
    """The noun that ends a list and what follows it: 情况 for 管理 in 对人员管理、预检分诊等情况进行检查."""
    match = _NAMED.match(text, position, position + 64)
    return ((match[1] or "") + match[2], text[match.end() : match.end() + 2]) if match else ("none", "")


_OBJECT = re.compile(r"对|就|围绕|针对")
_STOP = re.compile(r"[。;!?\n]")
_PERFORMED = re.compile(r"[^。;!?\n]{0,60}?(?:等)?(?:情况|方面|工作|问题|内容|项目|环节)[^。;,!?\n]{0,6}(?:进行|开展|实施|予以|给予)")


def in_object(scene: Scene, start: int) -> bool:
    """Whether a place stands in the object of 对 … 等情况进行检查: what is inspected there is told by nouns, verbs though they look."""
    text, ends = scene.text, scene.kept.get("objects")
    if ends is None:
        ends = scene.kept["objects"] = [match.end() for match in _OBJECT.finditer(text)]
    last = bisect_right(ends, start) - 1
    if last < 0 or ends[last] < start - 59 or (ends[last] == start - 59 and text.startswith("围绕", start - 61)):
        return False
    line = start - (text[start - 1] == "\n")
    return _STOP.search(text, ends[last], line) is None and _PERFORMED.match(text, start) is not None


def _helpers(scene: Scene, first: int, end: int) -> list[int]:
    """Which light and modal verbs stand between two positions, ascending."""
    kept = scene.kept.get("helpers")
    if kept is None:
        places = [(start, end, helper) for helper, start, end in _HELPER_WORDS.find_matches_as_indexes(scene.text, overlapping=True)]
        places.sort()
        kept = scene.kept["helpers"] = [start for start, _, _ in places], places
    starts, places = kept
    low = bisect_left(starts, first)
    high = bisect_left(starts, end, low)
    return sorted({helper for _, last, helper in places[low:high] if last <= end}) if low < high else []


def _around(scene: Scene, c: Candidate, clause_start: int, clause_end: int) -> Key:
    """What stands in the clause before a candidate and after it."""
    text, start, end, covered = scene.text, c.start, c.end, scene.covered
    de, marked, mentioned = _held(scene, c.clause, clause_start, clause_end)
    de_right = text.find("的", end, clause_end) if de else -1
    return (
        "around", min(de_right - end, 3) if de_right >= 0 else -1,
        mentioned and covered.find(QUANTITY, end, clause_end) >= 0, mentioned and covered.find(QUANTITY, clause_start, start) >= 0,
        mentioned and covered.find(ORGANISATION, clause_start, start) >= 0, mentioned and covered.find(ORGANISATION, end, clause_end) >= 0,
        mentioned and covered.find(DATE, clause_start, start) >= 0, de and text.find("的", clause_start, start) >= 0,
        marked and text.rfind("《", clause_start, start) > text.rfind("》", clause_start, start),
        marked and text.rfind("“", clause_start, start) > text.rfind("”", clause_start, start),
        marked and text.rfind("(", clause_start, start) > text.rfind(")", clause_start, start),
        (end < clause_end and text[end] in _COORDINATES) or (start > clause_start and text[start - 1] in _COORDINATES),
    )


def _held(scene: Scene, clause: int, start: int, end: int) -> tuple[bool, bool, bool]:
    """Whether a clause holds 的, an opening mark, a mention: without them there is nothing to look for around its candidates."""
    kept: dict[int, tuple[bool, bool, bool]] | None = scene.kept.get("held")
    if kept is None:
        kept = scene.kept["held"] = {}
    held = kept.get(clause)
    if held is None:
        said = scene.text[start:end]
        held = kept[clause] = "的" in said, "《" in said or "“" in said or "(" in said, any(scene.covered[start:end])
    return held


def type_features(scene: Scene, candidates: list[Candidate], index: int) -> list[Told]:
    """The features that tell the types of an ambiguous trigger apart: the words around it in its clause, the candidates beside it."""
    c = candidates[index]
    clause_start, clause_end = scene.clauses.span(c.clause)
    text, word = scene.text, c.word
    left, right = text[max(clause_start, c.start - 12) : c.start], text[c.end : min(clause_end, c.end + 14)]
    out: list[Told] = [("w", word), ("n", c.following), ("p", c.previous), ("wn", f"{word}|{c.following}"), ("wp", f"{word}|{c.previous}")]
    out += [("r", right[i : i + 2]) for i in range(len(right) - 1)]
    out += [("l", left[i : i + 2]) for i in range(len(left) - 1)]
    out += [("c", char) for char in word]
    out += [("r1", char) for char in right]
    out += [("l1", char) for char in left[-8:]]
    if index:
        out.append(("v-1", candidates[index - 1].word))
    if index + 1 < len(candidates):
        out.append(("v+1", candidates[index + 1].word))
    if c.numbered:
        out += _counted(scene, c, clause_end)
    heading = scene.heading_above(c.block)[:HEADING]
    out += [("h", heading[i : i + 2]) for i in range(len(heading) - 1)]
    return out


def _start(quantity: Quantity) -> int:
    return quantity.start


def _next_quantity(scene: Scene, position: int, end: int) -> Quantity | None:
    """The first quantity that begins between two positions."""
    starts = scene.kept.get("quantities")
    if starts is None:
        starts = scene.kept["quantities"] = list(map(_start, scene.findings.quantities))
    index = bisect_left(starts, position)
    return scene.findings.quantities[index] if index < len(starts) and starts[index] < end else None


def _modifies(scene: Scene, c: Candidate, clause_end: int, earlier: bool) -> Key | None:
    """Whether a candidate may modify what the number after it counts: 宣传 in 发放健康教育等宣传资料150份."""
    quantity = _next_quantity(scene, c.end, clause_end)
    if quantity is None or quantity.item_at is None or quantity.item_at[0] < c.end:
        return None
    gap = scene.text[c.end : min(quantity.item_at[0], c.end + 4)]
    beside = "adjacent" if not gap else "listed" if gap[0] in "、和与及等" else "apart"
    return "modifies", beside, earlier, quantity.item[-1:]


def _counted(scene: Scene, c: Candidate, clause_end: int) -> list[Told]:
    """What the first number after a trigger in its clause counts, and in which unit: 办 of 办培训班 and of 办证 differ."""
    quantity = _next_quantity(scene, c.end, clause_end)
    if quantity is None:
        return []
    item, unit = quantity.item, quantity.unit
    return [("qi", item[-2:]), ("qi1", item[-1:]), ("qu", unit), ("wqu", f"{c.word}|{unit}"), ("wqi", f"{c.word}|{item[-1:]}")]
