"""The report's jurisdiction: the lowest division that covers the bodies that report, and the divisions above it.

In: clean text, the mentions found, hints. Out: a :class:`Jurisdiction` with evidence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from miner.components.divisions import Gazetteer
from miner.components.organisations.mentions import Mention

LEVEL_OF = {"省": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture", "区": "county", "县": "county", "旗": "county",
            "镇": "town", "乡": "town", "街道": "town", "村": "village", "社区": "village"}


@dataclass(slots=True)
class Jurisdiction:
    """A division by name, its code if the gazetteer knows it, where the report says it and why it was chosen; `levels`: level word → full name of the division it means here."""

    name: str | None = None
    code: str | None = None
    at: tuple[int, int] | None = None
    reason: str = "none named"
    levels: dict[str, str] = field(default_factory=dict)


def ending(name: str) -> str:
    """The level word a division's name ends with (街道, 区 …), empty if none."""
    for word in ("街道", "社区"):
        if name.endswith(word):
            return word
    return name[-1:] if name[-1:] in LEVEL_OF else ""


def evidence(mentions: list[Mention], divisions: list[tuple[int, int, str]], title_end: int) -> tuple[Counter[str], Counter[str], dict[str, tuple[int, int]]]:
    """Weights of the named divisions, counts of level words used for 'our own', and where each division is first named."""
    named: Counter[str] = Counter()
    own: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for start, end, name in divisions:
        named[name] += 3 if start < title_end else 1
        first.setdefault(name, (start, end))
    for mention in mentions:
        prefix = mention.prefix
        if not prefix:
            continue
        last = prefix[-1]
        if last.kind in "DdZ":
            named[last.text if last.kind != "Z" else "".join(p.text for p in prefix)] += 2
            place = "".join(p.text for p in prefix)
            first.setdefault(last.text if last.kind != "Z" else place, (mention.start, mention.start + len(place)))
        elif last.kind == "L":
            own[last.text] += 1
    return named, own, first


def find_jurisdiction(named: Counter[str], own: Counter[str], first: dict[str, tuple[int, int]], places: Gazetteer, hint: str | None = None) -> Jurisdiction:
    """Choose the jurisdiction from the evidence (see :func:`evidence`)."""
    if hint:
        return _with_levels(Jurisdiction(hint, _code(hint, named, places), None, "given beforehand"), named, places)
    best: tuple[float, str] | None = None
    total_own = sum(own.values())
    for name, weight in named.items():
        word = ending(name)
        score = float(weight)
        if word:
            score += 1.5 * own[word] if total_own else 0.0
            score *= {"province": 0.3, "prefecture": 0.8, "county": 1.0, "town": 0.7, "village": 0.3}[LEVEL_OF[word]]
        if best is None or score > best[0]:
            best = (score, name)
    if best is None:
        return Jurisdiction()
    name = best[1]
    found = Jurisdiction(name, _code(name, named, places), first.get(name), "most often named with the reporting bodies")
    codes = places.named(name)
    if codes and name not in places.by_full and name not in places.towns:
        division = places.get(codes[0])
        found.name = division.full if division else name
    return _with_levels(found, named, places)


def _code(name: str, named: Counter[str], places: Gazetteer) -> str | None:
    """The code of a division; of several with one name the one whose parents the report names."""
    codes = places.named(name)
    if len(codes) < 2:
        return codes[0] if codes else None
    weights = [(sum(named[d.full] + named[d.short] for d in places.ancestors(code)), -i) for i, code in enumerate(codes)]
    best = max(weights)
    return codes[-best[1]] if best[0] else None


def _with_levels(found: Jurisdiction, named: Counter[str], places: Gazetteer) -> Jurisdiction:
    """Fill in which division each level word means: the jurisdiction and those above it; else the likeliest one the report names."""
    if found.name and ending(found.name):
        found.levels[ending(found.name)] = found.name
    if found.code:
        for division in places.ancestors(found.code):
            word = ending(division.full)
            if word:
                found.levels.setdefault(word, division.full)
            elif division.level == "province":
                found.levels.setdefault("自治区", division.full)
            if division.level == "prefecture" and division.full[-1] == "州":
                found.levels.setdefault("州", division.full)
    for name, _ in named.most_common():
        word = ending(name)
        if word:
            found.levels.setdefault(word, name)
    return found
