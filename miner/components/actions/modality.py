"""Modality: context rules (``data/modality.toml``) find the cues around a trigger; a classifier weighs them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from miner.components.actions.candidates import Candidate
from miner.components.linear import ChoiceModel
from miner.components.scene import Scene

MODALITIES = ("done", "ongoing", "planned", "required", "negated")
_RANK = {"negated": 4, "planned": 3, "required": 3, "done": 2, "ongoing": 1}


@dataclass(frozen=True)
class _Rule:
    modality: str
    direction: str
    reach: str
    distance: int
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class ModalityRules:
    """The context rules, compiled: those whose cue comes before the verb, and those whose cue follows it."""

    preceding: tuple[_Rule, ...]
    following: tuple[_Rule, ...]
    terminators: re.Pattern[str]


def _alternation(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def modality_rules() -> ModalityRules:
    """The rules that ship with the program."""
    data = tomllib.loads(files("miner.components.actions").joinpath("data/modality.toml").read_text("utf-8"))
    rules = tuple(_Rule(r["modality"], r["direction"], r["reach"], r.get("distance", 0), _alternation(r["cues"])) for r in data["rule"])
    preceding, following = (tuple(rule for rule in rules if rule.direction == direction) for direction in ("after", "before"))
    return ModalityRules(preceding, following, _alternation(data["terminators"]))


@dataclass(slots=True)
class Cues:
    """The cues around a trigger: those whose reach covers it, and those earlier in its sentence whose reach ends before it."""

    near: list[tuple[str, str, int]]
    far: list[tuple[str, str]]


def cues(scene: Scene, c: Candidate, sentence: tuple[int, int], rules: ModalityRules) -> Cues:
    """The cues of a trigger: near ones as (modality, cue, distance in characters), far ones as (modality, cue)."""
    text = scene.text
    clause_start, clause_end = scene.clauses.span(c.clause)
    found = Cues([], [])
    for rule in rules.following:
        match = rule.pattern.match(text, c.end, min(c.end + rule.distance + 2, clause_end))
        if match:
            found.near.append((rule.modality, match.group(), 0))
    for rule, places in _places(scene, rules, sentence):
        start = sentence[0] if rule.reach == "sentence" else clause_start if rule.reach == "clause" else max(clause_start, c.start - rule.distance)
        last = _last(places, start, c.start)
        if last is not None and (rule.reach != "sentence" or not rules.terminators.search(text, last[1], c.start)):
            found.near.append((rule.modality, text[last[0] : last[1]], c.start - last[1]))
        elif rule.reach == "clause" and sentence[0] < clause_start:
            far = _last(places, sentence[0], clause_start)
            if far is not None:
                found.far.append((rule.modality, text[far[0] : far[1]]))
    return found


def _places(scene: Scene, rules: ModalityRules, sentence: tuple[int, int]) -> list[tuple[_Rule, list[tuple[int, int]]]]:
    """Where the cues that come before their verb stand in a sentence, rule by rule; kept, since the triggers of a sentence come one after the other."""
    if scene.cues is None or scene.cues[0] != sentence:
        found = []
        for rule in rules.preceding:
            spans = [match.span() for match in rule.pattern.finditer(scene.text, *sentence)]
            places = [(start, end) for start, end in spans if _is_word(scene, start, end)]
            if places:
                found.append((rule, places))
        scene.cues = sentence, found
    places_of: list[tuple[_Rule, list[tuple[int, int]]]] = scene.cues[1]
    return places_of


def _last(places: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The last of the places that lies between two positions."""
    for place in reversed(places):
        if place[1] <= end:
            return place if place[0] >= start else None
    return None


def before(scene: Scene, last: tuple[str, int] | None, position: int) -> str:
    """The modality of the action told last, with how near it stands: a demand or a habit goes on over clauses and sentences without a verb of its own.

    Parameters
    ----------
    scene
        The report's shared view.
    last
        Modality and place of the last action, None at the beginning.
    position
        Where the next one stands.
    """
    if last is None or scene.block(last[1]).start != scene.block(position).start:
        return "none"
    apart = scene.sentence(position) - scene.sentence(last[1])
    return f"{last[0]}|{min(apart, 2)}"


def _is_word(scene: Scene, start: int, end: int) -> bool:
    """A cue of one character counts only as a word of its own: 要, but not the 要 of 重要."""
    return end - start > 1 or bool(scene.words[start] and scene.words[end])


def modality_features(scene: Scene, c: Candidate, found: Cues, heading: str, before: str) -> list[str]:
    """The features of one trigger for its modality: the cues, the word, its neighbours, the heading above, the modality `before` (see :func:`before`)."""
    text, covered = scene.text, scene.covered
    clause_start, clause_end = scene.clauses.span(c.clause)
    out = [f"w={c.word}", f"na={text[c.end:c.end + 1]}", f"n={c.following}", f"p={c.previous}", f"k={c.block.kind}"]
    for modality, cue, distance in found.near:
        near = "0" if distance == 0 else "3" if distance <= 3 else "9" if distance <= 9 else "far"
        out += [f"{modality}", f"{modality}|{near}", f"cue={cue}", f"cue={cue}|{near}"]
    names = "+".join(sorted({modality for modality, _, _ in found.near}))
    out += ["rules=" + names, f"before={before}|rules={names}"]
    for modality, cue in found.far:
        out += [f"far-{modality}", f"far={cue}"]
    if 3 in covered[c.end : clause_end]:
        out.append("qty-after")
    if 2 in covered[clause_start : c.start]:
        out.append("date-before")
    if 1 in covered[clause_start : c.start]:
        out.append("org-before")
    out += [f"head={cue}" for cue in ("下一步", "计划", "打算", "要求", "建议", "目标", "任务") if cue in heading]
    quote = text.rfind("“", max(0, c.start - 80), c.start)
    if quote > text.rfind("”", max(0, c.start - 80), c.start):
        out.append("in-quotes")
    return out


def decide_by_rules(found: Cues) -> str:
    """The modality that the rules alone give: the strongest cue, among equals the nearest; ``done`` without any."""
    if not found.near:
        return "done"
    return max(found.near, key=lambda cue: (_RANK[cue[0]], -cue[2]))[0]


def decide(model: ChoiceModel | None, features: list[str], found: Cues) -> str:
    """The modality of a trigger, by the classifier, or by the rules where there is none."""
    if model is None:
        return decide_by_rules(found)
    scores = model.scores(features, model.columns)
    return max(scores, key=scores.__getitem__)
