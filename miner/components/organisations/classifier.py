"""Decides candidates: which words before a head belong to the name, and how likely the whole is a definite body.

In: the candidates of one report. Out: :class:`Mention` objects that do not overlap. The weights are ``models/organisations.json``
(:mod:`miner.learning.organisations` writes them); inference is plain Python.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from miner.components.linear import MOST_PARTIALS, BinaryModel, Key, binary, read_model
from miner.components.organisations.candidates import BRANDING, Candidate
from miner.components.organisations.context import Choice, context_aspects, of_context, precedence
from miner.components.organisations.features import MEASURES, OFFICES, Evidence, behind_office, deed_before, is_any, left_aspects, of_span, right_aspects
from miner.components.organisations.lexicon import NAMING, Lexicon
from miner.components.organisations.mentions import Mention, Piece

MAX_TAKEN = 9
_LONGEST_BRAND = 6
REACH = 2.4
CERTAIN = 2.0
_BEFORE_DIVISION = frozenset("DdZHFneLRQb")
_BRANDED = ("company", "health", "education")
_BEFORE_LEVEL = frozenset("DdZHLRFeuQb")
_BOUND_TO_DIVISION = frozenset("DdZFHL-")
_BOUND_TO_LEVEL = frozenset("FHL-")
_PLACING = frozenset("DdZLR")
_ORDINARY = frozenset("vwan")
_STATIONED = ("role", "unit")  # kinds of units that are sent somewhere to stay
_BRANCHES, _BRANCHED = frozenset(NAMING["branch"]), tuple(NAMING["branched"])


def takings(text: str, candidate: Candidate) -> list[int]:
    """How many words before the head may be taken.

    A name begins with no verb and no number, leaves no division or level behind that belongs to it, has nothing before a determiner (我局…), and before a
    division inside it only what can own one (an institution, another division), no verb and no unknown character.
    A number with its measure (2座) stands in no name; a firm of the whole country belongs to the name of its branch (国网丽水供电公司), and so does the
    office of a branch (公安秦都分局). What stands between a verb of founding and the task force that it sets up is its name (成立控费专班),
    and the body that has a team stationed in a village belongs to the team's (县审计局驻石井村工作队).
    """
    classes = candidate.classes
    if candidate.head.kind == "pronoun":
        return [len(classes)]
    if candidate.head.kind == "role" and candidate.stop == "f" and 0 < len(classes) <= MAX_TAKEN and "0" not in classes:
        return [len(classes.rstrip("s"))]  # 组建家|乡服务队: no name begins with a soft character
    if candidate.head.kind == "brand":
        return _branded(candidate)
    found = []
    placed = False
    deed = deed_before(text, candidate) + 1
    office = behind_office(text, candidate)
    least = _stationed(text, candidate) if candidate.head.kind in _STATIONED and classes else 0
    before = _BEFORE_DIVISION | {"u"} if candidate.head.kind == "open" and candidate.head.type in _BRANDED else _BEFORE_DIVISION
    for taken in range(min(len(classes), MAX_TAKEN) + 1):
        first = classes[taken - 1] if taken else "-"
        inner = classes[taken - 2] if taken > 1 else ""
        placed = placed and taken > least
        if inner == "R" or (inner and placed and first not in before) or (inner == "L" and first not in _BEFORE_LEVEL):
            break
        if candidate.head.kind == "body" and candidate.head.type == "government" and (first in "vw" or (first == "H" and inner == "L")):
            break  # 县委|县政府
        if deed and taken == deed:
            break
        if office and first in "HL" and text[(candidate.starts[taken - 2] if taken > 1 else candidate.head_start) - 1] in OFFICES:
            break
        if first == "H" and candidate.head.kind != "role" and "v" in classes[1 : taken - 1]:
            break  # a body that does something to another one (机场集团完善…机制)
        placed = placed or first in "Dd"
        if first == "s":
            if candidate.head.kind == "division":
                break
            continue
        left = classes[taken] if taken < len(classes) else "|"
        if taken and candidate.head.kind == "division" and first not in "DdZ":
            break
        if first == "R" and inner and inner not in "LH":
            continue
        if first == "0" and text[candidate.starts[taken - 2] if taken > 1 else candidate.head_start] in MEASURES:
            break
        if taken < least:
            continue
        if left == "b" or (left == "F" and first in "Dd" and candidate.head.text in _BRANCHES and text.endswith(_BRANCHED, 0, candidate.starts[taken - 1])):
            continue
        if candidate.head.kind == "place" and (first == "0" or (first in _ORDINARY and inner in _ORDINARY and inner)):
            continue
        if first == "v" and (taken < len(classes) or candidate.head.kind not in ("open", "role")):
            continue
        if (left in "Dd" and first in _BOUND_TO_DIVISION) or (left in "LR" and first in _BOUND_TO_LEVEL and (left == "L" or first == "L")):
            continue
        found.append(taken)
    return found


def _stationed(text: str, candidate: Candidate) -> int:
    """How many words must be taken at least where a body has the unit stationed somewhere (县审计局驻石井村工作队): that body belongs to the unit's name."""
    at = text.rfind("驻", candidate.starts[-1] + 1, candidate.head_start)
    index = candidate.starts.index(at) if at in candidate.starts else -1
    return index + 2 if index >= 0 and candidate.classes[index] == "u" and candidate.classes[index + 1] in "HL" else 0


def _branded(candidate: Candidate) -> list[int]:
    """How many words may make a firm's proper name: two to six characters, of unknown words, proper names and places (济南中冶环境)."""
    found = []
    for taken, kind in enumerate(candidate.classes, 1):
        if kind not in BRANDING:
            break
        if 1 < candidate.head_start - candidate.starts[taken - 1] <= _LONGEST_BRAND:
            found.append(taken)
    return found


class Rows(dict[Key, tuple[float, ...]]):
    """The weights of the features of each aspect, in their order; those of unknown features are left out.

    They are not summed up, since sums of fractions depend on the order in which they are taken and scores are compared with whole numbers.

    Parameters
    ----------
    weights
        Weight of each feature by its name.
    features
        The names of the features of an aspect, from its key.
    """

    __slots__ = ("features", "weights")

    def __init__(self, weights: dict[str, float], features: Callable[[Key], list[str]]) -> None:
        super().__init__()
        self.weights, self.features = weights, features

    def __missing__(self, key: Key) -> tuple[float, ...]:
        if len(self) >= MOST_PARTIALS:
            self.clear()
        row = self[key] = tuple([self.weights[feature] for feature in self.features(key) if feature in self.weights])
        return row


@dataclass(slots=True)
class Classifier:
    """A logistic regression over named features with its calibration: probability = logistic(slope × score + offset).

    A candidate whose right side alone scores below `floor` is none, whatever stands left of it. The final score is `own` times the score of the
    span's own words, `context_bias`, and the weights `context` of :func:`~.context.of_context`. `jurisdiction` weighs the divisions named
    (:func:`~.jurisdiction.evidence`); `naming` tells what share of the names was right by the ground of the name.
    """

    weights: dict[str, float]
    bias: float
    own: float
    context: dict[str, float]
    context_bias: float
    slope: float
    offset: float
    threshold: float
    floor: float = -1e9
    jurisdiction: BinaryModel | None = None
    naming: dict[str, float] = field(default_factory=dict)
    rows: Rows = field(init=False)
    around: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.rows, self.around = Rows(self.weights, of_span), Rows(self.context, of_context)

    @classmethod
    def from_model(cls, model: dict[str, Any]) -> Classifier:
        """The classifier of a model file's content."""
        decision, context, calibration = model["decision"], model["context"], model["calibration"]
        return cls(decision["weights"], decision["bias"], context["own"], context["weights"], context["bias"], calibration["slope"], calibration["offset"],
                   model["threshold"], model["floor"], binary(model["jurisdiction"]) if "jurisdiction" in model else None,
                   model.get("naming", {}))

    def best(self, text: str, candidate: Candidate, words: Lexicon, evidence: Evidence) -> tuple[int, float]:
        """The likeliest number of words taken and its log-odds."""
        known, after, right = right_aspects(text, candidate, words, evidence)
        base = self.bias
        for key in right:
            for weight in self.rows[key]:
                base += weight
        best, top = 0, -1e9
        if base < self.floor:
            return best, top
        for taken in takings(text, candidate) or ([] if candidate.head.kind == "brand" else [0]):
            total = 0.0
            for key in left_aspects(text, candidate, taken, known, after, words):
                for weight in self.rows[key]:
                    total += weight
            score = base + total
            if score > top:
                best, top = taken, score
        return best, top

    def confidence(self, score: float) -> float:
        """The calibrated probability of a score."""
        return 1.0 / (1.0 + math.exp(-max(-35.0, min(35.0, self.slope * score + self.offset))))

    def choices(self, text: str, candidates: list[Candidate], words: Lexicon, evidence: Evidence) -> list[Choice]:
        """The likeliest span of every candidate that is not out of the question, with the score of its own words; 该局 is none in 该局危化科."""
        found: list[Choice] = []
        for candidate in candidates:
            taken, score = self.best(text, candidate, words, evidence)
            if score < CERTAIN and is_certain(candidate, words):
                taken, score = candidate.likely, CERTAIN
            start = candidate.starts[taken - 1] if taken else candidate.head_start
            if score > -REACH and not is_any(text, start, words.any_of, candidate.classes[taken - 1 : taken] in _PLACING):
                found.append(Choice(score, candidate, taken, start, candidate.end))
        units = {one.start for one in found if one.score > 0.0 and one.taken > 2 and one.candidate.classes[one.taken - 1 : one.taken] == "R"}
        return [one for one in found if one.candidate.head.kind != "pronoun" or one.start not in units]

    def rescored(self, text: str, found: list[Choice]) -> list[Choice]:
        """The choices with what the rest of the report says about them added to their scores."""
        rescored: list[Choice] = []
        for one, key in zip(found, context_aspects(text, found), strict=True):
            total = 0.0
            for weight in self.around[key]:
                total += weight
            rescored.append(Choice(self.own * one.score + self.context_bias + total, one.candidate, one.taken, one.start, one.end))
        return rescored

    def decide(self, text: str, candidates: list[Candidate], words: Lexicon, evidence: Evidence) -> list[Mention]:
        """The mentions among the candidates, ascending, none overlapping another."""
        found = [one for one in self.rescored(text, self.choices(text, candidates, words, evidence)) if one.score > self.threshold]
        return [make_mention(text, one.candidate, one.taken, round(self.confidence(one.score), 3)) for one in joined(without_overlaps(found))]


def is_certain(candidate: Candidate, words: Lexicon) -> bool:
    """Whether a list decides: a body of the whole country by its name, a name with a suffix that the user added."""
    if candidate.head.text in words.own_suffixes:
        return candidate.likely > 0
    return not candidate.likely and candidate.head.text in words.national


def make_mention(text: str, candidate: Candidate, taken: int, confidence: float) -> Mention:
    """The mention of a candidate with `taken` of its words."""
    starts = [candidate.head_start, *candidate.starts[:taken]]
    pieces = [Piece(candidate.classes[i], text[starts[i + 1] : starts[i]]) for i in range(taken - 1, -1, -1)]
    pointing = candidate.head.kind == "pronoun" or (taken == 1 and candidate.classes[0] == "R" and pieces[0].text in "我本该全此贵")
    return Mention(starts[-1], candidate.end, text[starts[-1] : candidate.end], candidate.head, pieces, confidence, pronoun=pointing)


def without_overlaps(found: list[Choice]) -> list[Choice]:
    """Of overlapping choices the likelier one, where a longer one that holds a shorter has the advantage of its length; ascending."""
    taken: set[int] = set()
    chosen: list[Choice] = []
    for one in sorted(found, key=lambda f: (-precedence(f), f.start)):
        span = range(one.start, one.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(one)
    return sorted(chosen, key=lambda f: f.start)


def joined(chosen: list[Choice]) -> list[Choice]:
    """Two choices without anything between them are one name (水利部工作组), unless the second begins with a level of its own (区委区政府)."""
    found: list[Choice] = []
    for one in chosen:
        before = found[-1] if found else None
        first = one.candidate.classes[one.taken - 1 : one.taken]
        own = one.candidate.head.kind == "brand" or first in ("L", "R") or (first == "D" and before is not None and _placed(before))
        if before and not own and before.end == one.start and before.start in one.candidate.starts:
            found[-1] = Choice(one.score, one.candidate, one.candidate.starts.index(before.start) + 1, before.start, one.end)
        else:
            found.append(one)
    return found


def _placed(one: Choice) -> bool:
    """Whether a choice begins with a division: one that begins with another right behind it is a second body."""
    return one.candidate.classes[one.taken - 1 : one.taken] == "D"


def shipped_classifier() -> Classifier | None:
    """The trained classifier, None if there is none."""
    model = read_model("organisations")
    return Classifier.from_model(model) if model else None
