"""What a classifier sees of a trigger candidate."""

from __future__ import annotations

import re
from bisect import bisect_left

from miner.components.actions.candidates import Candidate
from miner.components.data_files import toml_data
from miner.components.scene import Scene
from miner.document import Quantity

_WORDS = toml_data("actions", "context_words")
_LIGHT, _MODALS, _NOUN_TAILS = _WORDS["light_verbs"], _WORDS["modals"], frozenset(_WORDS["noun_tails"])
HEADING = 11
"""How many characters of the heading above are looked at for the type."""
_COVERED = {1: "org", 2: "date", 3: "qty"}


def action_features(scene: Scene, candidates: list[Candidate], index: int) -> list[str]:
    """The features of one candidate for the decision whether it says an action, and of which type.

    Parameters
    ----------
    scene
        The report's shared view.
    candidates
        All candidates, ascending.
    index
        Which of them.
    """
    c, text, covered, words = candidates[index], scene.text, scene.covered, scene.words
    start, end, word = c.start, c.end, c.word
    clause_start, clause_end = scene.clauses.span(c.clause)
    before, after = text[start - 1 : start], text[end : end + 1]
    left, right = text[clause_start:start], text[end:clause_end]
    following = "#" + _COVERED[covered[end]] if covered[end] else "#num" if after.isdigit() else c.following
    previous = "#" + _COVERED[covered[start - 1]] if start and covered[start - 1] else c.previous
    tail = right[-2:] if right else "#end"
    out = [f"w={word}", f"n={following}", f"p={previous}", f"wn={word}|{following}", f"wp={word}|{previous}", f"t={tail}", f"wt={word}|{tail}",
           f"len={end - start}", f"known={c.known}", f"b={words[start]}{words[end]}", f"k={c.block.kind}",
           f"na={after}", f"pb={before}", f"n2={text[end:end + 2]}", f"p2={text[max(start - 2, 0):start]}", f"w1={word[0]}", f"w-1={word[-1]}"]
    p2, p1, t0, n1, n2 = scene.tags_around(start, end)
    out += [f"t0={t0}", f"t1={n1}", f"t-1={p1}", f"t1+={n1}|{n2}", f"t-1+={p2}|{p1}", f"t={p1}|{t0}|{n1}", f"t01={t0}|{n1}", f"w|t1={word}|{n1}",
            f"w|t-1={word}|{p1}", f"nl={following[-1:]}", f"nl|end={following[-1:]}|{text[end + len(following):end + len(following) + 1]}"]
    if in_object(text, start, clause_end):
        out.append("in-object")
    out.append(f"pos={'start' if not left else 'near' if len(left) < 4 else 'far'}")
    out.append(f"rest={'none' if not right else 'short' if len(right) < 4 else 'middle' if len(right) < 10 else 'long'}")
    if scene.items[start]:
        out += ["in-item", f"in-item{scene.items[end]}", f"in-item-start{1 - scene.items[start - 1]}", f"in-item|{word}"]
    if tail in _NOUN_TAILS:
        out += ["nountail", f"nountail{len(right) // 4 if len(right) < 12 else 3}", f"w~nt={word}"]
    out += _neighbourhood(scene, c, clause_start, clause_end, left, right)
    earlier = index > 0 and candidates[index - 1].clause == c.clause
    later = index + 1 < len(candidates) and candidates[index + 1].clause == c.clause
    out.append(f"cand={int(earlier)}{int(later)}")
    if c.numbered:
        out += _modifies(scene, c, clause_end, earlier)
    if earlier:
        out += [f"pc={candidates[index - 1].word}", f"gap={min(start - candidates[index - 1].end, 6)}"]
    if later:
        out += [f"nc={candidates[index + 1].word}", f"ngap={min(candidates[index + 1].start - end, 6)}"]
    return out


def _start(quantity: Quantity) -> int:
    return quantity.start


_OBJECT = re.compile(r"(?:对|就|围绕|针对)[^。;!?\n]*$")
_PERFORMED = re.compile(r"[^。;!?\n]{0,60}?(?:等)?(?:情况|方面|工作|问题|内容|项目|环节)[^。;,!?\n]{0,6}(?:进行|开展|实施|予以|给予)")


def in_object(text: str, start: int, clause_end: int) -> bool:
    """Whether a place stands in the object of 对 … 等情况进行检查: what is inspected there is told by nouns, verbs though they look."""
    return _OBJECT.search(text, max(0, start - 60), start) is not None and _PERFORMED.match(text, start) is not None


def _neighbourhood(scene: Scene, c: Candidate, clause_start: int, clause_end: int, left: str, right: str) -> list[str]:
    covered = scene.covered
    out = []
    if 3 in covered[c.end : clause_end]:
        out.append("qty-after")
    if 3 in covered[clause_start : c.start]:
        out.append("qty-before")
    if 1 in covered[clause_start : c.start]:
        out.append("org-before")
    if 1 in covered[c.end : clause_end]:
        out.append("org-after")
    if 2 in covered[clause_start : c.start]:
        out.append("date-before")
    out += [f"light={light}" for light in _LIGHT if light in left]
    out += [f"modal={modal}" for modal in _MODALS if modal in left]
    if "的" in left:
        out.append("de-left")
    position = right.find("的")
    if position >= 0:
        out.append(f"de-right{min(position, 3)}")
    if left.rfind("《") > left.rfind("》"):
        out.append("in-title")
    if left.rfind("“") > left.rfind("”"):
        out.append("in-quotes")
    if left.rfind("(") > left.rfind(")"):
        out.append("in-brackets")
    if right[:1] in ("、", "和", "与", "及") or left[-1:] in ("、", "和", "与", "及"):
        out.append("coordinated")
    return out


def type_features(scene: Scene, c: Candidate) -> list[str]:
    """The features that tell the types of an ambiguous trigger apart: the words around it in its clause."""
    clause_start, clause_end = scene.clauses.span(c.clause)
    text = scene.text
    left, right = text[max(clause_start, c.start - 12) : c.start], text[c.end : min(clause_end, c.end + 14)]
    out = [f"w={c.word}", f"n={c.following}", f"p={c.previous}", f"wn={c.word}|{c.following}", f"wp={c.word}|{c.previous}"]
    out += [f"r={right[i:i + 2]}" for i in range(len(right) - 1)]
    out += [f"l={left[i:i + 2]}" for i in range(len(left) - 1)]
    out += [f"c={char}" for char in c.word]
    if c.numbered:
        out += _counted(scene, c, clause_end)
    heading = scene.heading_above(c.block)[:HEADING]
    out += [f"h={heading[i:i + 2]}" for i in range(len(heading) - 1)]
    return out


def _modifies(scene: Scene, c: Candidate, clause_end: int, earlier: bool) -> list[str]:
    """Whether a candidate may modify what the number after it counts: 宣传 in 发放健康教育等宣传资料150份."""
    quantities = scene.findings.quantities
    index = bisect_left(quantities, c.end, key=_start)
    if index == len(quantities) or quantities[index].start >= clause_end or quantities[index].item_at is None:
        return []
    item = quantities[index].item_at or (0, 0)
    if item[0] < c.end:
        return []
    gap = scene.text[c.end : min(item[0], c.end + 4)]
    beside = "adjacent" if not gap else "listed" if gap[0] in "、和与及等" else "apart"
    head = quantities[index].item[-1:]
    return [f"item={beside}|earlier={earlier}", f"item={beside}|earlier={earlier}|{head}", f"item={beside}|{head}|w={c.word}"]


def _counted(scene: Scene, c: Candidate, clause_end: int) -> list[str]:
    """What the first number after a trigger in its clause counts, and in which unit: 办 of 办培训班 and of 办证 differ."""
    quantities = scene.findings.quantities
    index = bisect_left(quantities, c.end, key=_start)
    if index == len(quantities) or quantities[index].start >= clause_end:
        return []
    item, unit = quantities[index].item, quantities[index].unit
    return [f"qi={item[-2:]}", f"qi1={item[-1:]}", f"qu={unit}", f"wqu={c.word}|{unit}", f"wqi={c.word}|{item[-1:]}"]
