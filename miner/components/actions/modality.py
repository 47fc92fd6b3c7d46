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
    """The context rules, compiled."""

    rules: tuple[_Rule, ...]
    terminators: re.Pattern[str]


def _alternation(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def modality_rules() -> ModalityRules:
    """The rules that ship with the program."""
    data = tomllib.loads(files("miner.components.actions").joinpath("data/modality.toml").read_text("utf-8"))
    rules = tuple(_Rule(r["modality"], r["direction"], r["reach"], r.get("distance", 0), _alternation(r["cues"])) for r in data["rule"])
    return ModalityRules(rules, _alternation(data["terminators"]))


def cues(scene: Scene, c: Candidate, sentence: tuple[int, int], rules: ModalityRules) -> list[tuple[str, str, int]]:
    """The cues whose reach covers the trigger: (modality, cue, distance in characters)."""
    text = scene.text
    clause_start, clause_end = scene.clauses.span(c.clause)
    found = []
    for rule in rules.rules:
        if rule.direction == "before":
            match = rule.pattern.match(text, c.end, min(c.end + rule.distance + 2, clause_end))
            if match:
                found.append((rule.modality, match.group(), 0))
            continue
        start = sentence[0] if rule.reach == "sentence" else clause_start if rule.reach == "clause" else max(clause_start, c.start - rule.distance)
        last = None
        for match in rule.pattern.finditer(text, start, c.start):
            if _is_word(scene, match.start(), match.end()):
                last = match
        if last is not None and (rule.reach != "sentence" or not rules.terminators.search(text, last.end(), c.start)):
            found.append((rule.modality, last.group(), c.start - last.end()))
    return found


def _is_word(scene: Scene, start: int, end: int) -> bool:
    """A cue of one character counts only as a word of its own: 要, but not the 要 of 重要."""
    return end - start > 1 or bool(scene.words[start] and scene.words[end])


def modality_features(scene: Scene, c: Candidate, found: list[tuple[str, str, int]], heading: str) -> list[str]:
    """The features of one trigger for its modality: the cues with their distance, the word, its neighbours, the heading above."""
    text, covered = scene.text, scene.covered
    clause_start, clause_end = scene.clauses.span(c.clause)
    out = [f"w={c.word}", f"na={text[c.end:c.end + 1]}", f"n={c.following}", f"p={c.previous}", f"k={c.block.kind}"]
    for modality, cue, distance in found:
        near = "0" if distance == 0 else "3" if distance <= 3 else "9" if distance <= 9 else "far"
        out += [f"{modality}", f"{modality}|{near}", f"cue={cue}", f"cue={cue}|{near}"]
    out.append("rules=" + "+".join(sorted({modality for modality, _, _ in found})))
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


def decide_by_rules(found: list[tuple[str, str, int]]) -> str:
    """The modality that the rules alone give: the strongest cue, among equals the nearest; ``done`` without any."""
    if not found:
        return "done"
    return max(found, key=lambda cue: (_RANK[cue[0]], -cue[2]))[0]


def decide(model: ChoiceModel | None, features: list[str], found: list[tuple[str, str, int]]) -> str:
    """The modality of a trigger, by the classifier, or by the rules where there is none."""
    if model is None:
        return decide_by_rules(found)
    scores = model.scores(features, MODALITIES)
    return max(MODALITIES, key=lambda name: scores[name])
