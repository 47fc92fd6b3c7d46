"""The report's jurisdiction: the lowest division that covers the bodies that report, and the divisions above it.

In: the divisions that the report names (:mod:`.places`) and the weights of ``models/organisations.json``. Out: a :class:`Jurisdiction` with evidence.

A conditional logistic regression weighs the divisions named against each other and against "none of them": a report may name other places only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from operator import attrgetter

from miner.components.linear import BinaryModel
from miner.components.organisations.levels import COUNTIES, LEVEL_OF, ORDER, TOWNS, ending
from miner.components.organisations.places import Places
from miner.components.organisations.tally import Tally

_ALONE, _OUTER = "alone in every article", "outer in every article"
_STEPS = (1, 2, 4, 8)
_CERTAIN = 30.0  # no score is surer
_ROLES = ("title_body", "title", "heading", "body", "other", "place", "line", "signed", "branch", "branch_title", "short_title", "short",
          "media", "dateline", "over", "title_over", "page", "source", "target", "visited", "parts",
          "hosted", "guest", "foot", "loose")
_counts = attrgetter(*_ROLES)
_BY_LEVEL = ("title_body", "title", "body", "signed", "other", "line", "place", "parent", "target", "visited", "hosted")
_LOWER = {level: frozenset(w for w in LEVEL_OF if ORDER.index(LEVEL_OF[w]) > rank) for rank, level in enumerate(ORDER)}
_HIGHER = {level: frozenset(w for w in LEVEL_OF if ORDER.index(LEVEL_OF[w]) < rank) for rank, level in enumerate(ORDER)}


@dataclass(slots=True)
class Jurisdiction:
    """A division, where the report says it and why it was chosen.

    Attributes
    ----------
    name, code
        The division with its suffix; its code if the gazetteer knows it.
    long
        The name with the division above before it, where the report itself joins the two before a body's name; else `name`.
    at, reason
        A clean span and the ground of the choice.
    levels
        Level word → full name of the division it means in this report.
    confidence
        The probability that it is the right one (that none is, where it has no name), 0 to 1.
    """

    name: str | None = None
    code: str | None = None
    long: str | None = None
    at: tuple[int, int] | None = None
    reason: str = "none named"
    levels: dict[str, str] = field(default_factory=dict)
    confidence: float = 1.0


_TOWN_CODE = 9
_SPOKEN = 3
_BODIES = 3  # before so many public bodies a division stands that is more than one of the places named
"""From so many words of level on (全区, 区商务局) it tells how often a report speaks of one level beside the one that it speaks most of."""


@lru_cache(maxsize=4096)
def _steps(name: str, count: int) -> tuple[str, ...]:
    """One feature for each threshold that the count reaches."""
    return tuple(f"{name}{step}" for step in _STEPS if count >= step)


def evidence(places: Places) -> dict[str, list[str]]:
    """What speaks for or against each division as the jurisdiction, as feature names.

    They tell how often the division stands in each role (see :class:`~.tally.Tally`), how often 全区 or 区商务局 may mean it, which levels the report speaks
    of, and how it lies to the other divisions named.
    """
    levels = {name: places.level(name) for name, tally in places.named.items() if not tally.elsewhere}
    levels = {name: level for name, level in levels.items() if level != "village" or _may_report(places, name)}
    spoken = {word: places.own[word] + places.used[word] for word in places.own | places.used}
    most = max(spoken.values(), default=0)
    unnamed = {word: count for word, count in spoken.items() if word in COUNTIES and not places.ending_with(word)}
    groups: dict[str, _Level] = {}
    for name, level in levels.items():
        groups.setdefault(level, _Level()).add(places.named[name])
    first = min((group.first for group in groups.values()), default=(0, 0))
    inner: dict[str, list[str]] = {name: [] for name in levels}
    outer: dict[str, list[str]] = {name: [] for name in levels}
    for name in levels:
        above = {one for code in [places.code(name)] if code for division in places.gazetteer.ancestors(code) for one in division.forms}
        for other in sorted((above | set(places.joined.get(name, ()))) & levels.keys() - {name}):
            inner[other].append(name)
            outer[name].append(other)
    public = sum(tally.body for tally in places.named.values())
    titled = [name for name in levels if _in_title(places.named[name])]
    alone = {name for name in titled if not set(titled) - {name, *inner[name], *outer[name]}}
    return {name: [*_own_evidence(places, name, levels[name], public),
                   *_level_evidence(places, name, levels[name], spoken.get(ending(name), 0), most, unnamed),
                   *_order_evidence(places.named[name], levels[name], first, groups[levels[name]]), *_relations(places, name, inner[name], outer[name]),
                   *_articles(places, name, inner, outer),
                   *_titled(places.named[name], name in alone, any(places.named[o].title_over for o in outer[name]))] for name in levels}


def _only_a_parent(tally: Tally) -> bool:
    """Whether a division is named nowhere but right before one that lies in it."""
    return bool(tally.parent) and tally.parent == tally.full and not (tally.short or tally.branch or tally.page)


def _in_title(tally: Tally) -> bool:
    """Whether the title names a division as more than a destination."""
    return bool(tally.title or tally.title_body or tally.short_title or tally.title_over)


def _titled(tally: Tally, alone: bool, chained: bool) -> list[str]:
    """Whether the title names it, alone or as the last of a chain (柯桥区齐贤街道), or only before one that lies in it."""
    if tally.title_over and not (tally.title or tally.title_body or tally.short_title):
        return ["in the title as a parent"]
    found = ["alone in the title"] if alone else []
    return [*found, "last of the title's chain"] if chained and (tally.title or tally.title_body) else found


def _may_report(places: Places, name: str) -> bool:
    """Whether a village may be the one that reports: it signs, or the report speaks of it as its own (我村, 本社区; 全村 where the title names it)."""
    tally = places.named[name]
    return bool(tally.signed or places.ours[ending(name)] or (places.own[ending(name)] and places.in_title(name)))


def _own_evidence(places: Places, name: str, level: str, public: int) -> list[str]:
    """Where the division stands."""
    tally = places.named[name]
    found = ["level " + level]
    for role, count in zip(_ROLES, _counts(tally), strict=True):
        if count:
            found += _steps(role, count)
            if role in _BY_LEVEL and level in ("town", "village"):
                found += _steps("low " + role, count)
    share = 4 * tally.body // public if public else "-"
    found += [f"share{share}", f"{level} share{share}"]
    found += [] if tally.full else ["never in full", level + " never in full"]
    found += ["away", level + " away"] if tally.away else []
    found += ["page only"] if tally.page_only else []
    found += ["mostly a parent"] if tally.parent and 2 * tally.parent >= tally.full else []
    found += ["only a parent", level + " only a parent"] if _only_a_parent(tally) else []
    found += ["only media"] if tally.media and tally.media == tally.short and not (tally.full or tally.branch) else []
    return found + ([] if places.code(name) else ["unknown"])


def _level_evidence(places: Places, name: str, level: str, mine: int, most: int, unnamed: dict[str, int]) -> list[str]:
    """Which levels the report calls its own, compared with the division's.

    `mine`, `most`: how often it speaks of this one, of the one it speaks most of; `unnamed`: of those of which it names no division.
    """
    word, own, used = ending(name), places.own, places.used
    lower = sum([own[w] + used[w] for w in own | used if w in _LOWER[level]])
    higher = sum([own[w] + used[w] for w in own | used if w in _HIGHER[level] and w != word])
    spoken = "no level spoken of" if not most else "most spoken of" if mine == most else "less spoken of" if mine else "never spoken of"
    above = sum([count for w, count in unnamed.items() if w in _HIGHER[level] and w != word]) if unnamed else 0
    ratio = f"ratio{4 * mine // most}" if sum(own.values()) + sum(used.values()) >= _SPOKEN else "ratio-"
    return [spoken, f"{level} {spoken}", ratio, f"{level} {ratio}", *_steps("unnamed", above), *_steps(level + " unnamed", above),
            *_steps("own", own[word]), *_steps("used", used[word]), *_steps("lower", lower), *_steps("higher", higher),
            *([*_steps("low own", own[word]), *_steps("low used", used[word])] if level in ("town", "village") else ()),
            *_steps(level + " own lower", sum([own[w] for w in own if w in _LOWER[level]])),
            *_steps(level + " used lower", sum([used[w] for w in used if w in _LOWER[level]])),
            *_steps("own higher", sum([own[w] for w in own if w in _HIGHER[level] and w != word]))]


@dataclass(slots=True)
class _Level:
    """What the divisions of one level have in common.

    Where the first stands, before how many public bodies the best two stand, how many stand before any, how many are named; what only page furniture names
    comes after all others.
    """

    first: tuple[int, int] = (1 << 60, 0)
    most: int = 0
    second: int = 0
    named: int = 0
    all: int = 0

    def add(self, tally: Tally) -> None:
        """Count one more division."""
        self.first = self.first if tally.page_only else min(self.first, tally.first)
        self.all += not tally.page_only
        self.most, self.second = max(self.most, tally.body), max(min(self.most, tally.body), self.second)
        self.named += tally.body > 0


def _order_evidence(tally: Tally, level: str, first: tuple[int, int], same: _Level) -> list[str]:
    """Whether the division comes first and stands before most bodies, among all and among those of its level."""
    best = tally.body and (tally.body > same.most or (tally.body == same.most and same.second < same.most))
    sisters = same.all - (not tally.page_only)
    return ["first" if tally.first == first else "later", "first of level" if tally.first == same.first else "later of level",
            "most" if best else "not most", *(["alone of its level", level + " alone of its level"] if sisters <= 0 else []),
            *_steps("rivals", same.named - (tally.body > 0)), *_steps("sisters", sisters),
            *(_steps("low sisters", sisters) if level in ("town", "village") else ())]


def _relations(places: Places, name: str, inner: list[str], outer: list[str]) -> list[str]:
    """What the report says of the divisions inside this one, and of those it lies in."""
    within = [places.named[o] for o in inner]
    found = [*_steps("inner", len(inner)), "outer" if outer else "no outer", places.level(name) + (" outer" if outer else " no outer")]
    parents = [o for o in outer if _only_a_parent(places.named[o])]
    found += ["outer only a parent"] if parents else []
    found += ["inside its parent"] if any(o in places.joined.get(name, ()) for o in parents) else []
    found += ["inner in title"] if any(tally.title_body or tally.short_title for tally in within) else []
    found += ["inner signs"] if any(tally.signed for tally in within) else []
    found += ["inner more"] if any(tally.body > places.named[name].body for tally in within) else []
    levels = Counter([places.level(o) for o in inner])
    for level in sorted(levels):
        found += ["inner " + level, *(["several inner", "several inner " + level] if levels[level] > 1 else [])]
    return found + (["outer in title"] if any(places.named[o].title_body for o in outer) else [])


def _articles(places: Places, name: str, inner: dict[str, list[str]], outer: dict[str, list[str]]) -> list[str]:
    """Whether a division, with those inside it, is named in each article of a page that holds several, and whether those around or inside it are."""
    blocks = places.layout.blocks
    if not blocks or not blocks[-1].article:
        return []
    every = _article_numbers(places, inner)
    there = _article_numbers(places, [name, *inner[name]])
    if there < every:
        others = [_OUTER] if any(_article_numbers(places, [o, *inner[o]]) >= every for o in outer[name]) else []
        return ["in one article" if len(there) == 1 else "in some articles", *others]
    alone = len(every) > 1 and not any(_article_numbers(places, [i, *inner[i]]) >= every for i in inner[name])
    return ["in every article", *([_ALONE] if alone else [])]


def _article_numbers(places: Places, names: Iterable[str]) -> set[int]:
    """The articles that name one of these divisions."""
    return {article for name in names for article in places.articles_of(name)}


def find_jurisdiction(places: Places, model: BinaryModel | None, hint: str | None = None) -> Jurisdiction:
    """The jurisdiction of a report.

    Parameters
    ----------
    places
        The divisions it names.
    model
        The weights; without them the division that stands before most public bodies.
    hint
        The jurisdiction if known beforehand; it is taken as it is.
    """
    if hint:
        return _with_levels(places, Jurisdiction(hint, places.code(hint), places.long_forms.get(hint, hint), None, "given beforehand"))
    found_evidence = evidence(places) if model else {}
    if model is None:
        scores = {name: float(tally.body + tally.title_body) for name, tally in places.named.items()}
    else:
        scores = {name: model.score(features) for name, features in found_evidence.items()}
        scores |= {name: min(score, 0.0) for name, score in scores.items() if places.named[name].abroad}
    name = min(scores, key=lambda n: (-scores[n], places.named[n].first, n), default=None)
    odds = {one: exp(min(score, _CERTAIN)) for one, score in scores.items()}
    if name is None or scores[name] <= 0.0:
        return Jurisdiction(confidence=round(1.0 / (1.0 + sum(odds.values())), 3))
    likeliest, name = name, _of_its_bodies(places, _of_every_article(places, name, found_evidence))
    found = Jurisdiction(name, _code(places, name), name, places.named[name].first, _reason(places.named[name]))
    found.confidence = round(odds[likeliest] / (1.0 + sum(odds.values())), 3)
    found.long = places.long_forms.get(name) or _with_county(places, name)
    return _with_levels(places, found)


def _with_county(places: Places, name: str) -> str:
    """A town's name with the county that the report writes right before it (——邗江区蒋王街道纪实); another division's as it is."""
    county = next((one for one in places.joined.get(name, ()) if places.level(one) == "county"), "") if ending(name) in TOWNS else ""
    return county + name


def _code(places: Places, name: str) -> str | None:
    """The code of a division; none of a town where the report names counties and nothing that the one known town of that name lies in: it is another one."""
    code = places.code(name)
    if not code or len(code) < _TOWN_CODE:
        return code
    counties = [one for one, tally in places.named.items() if places.level(one) == "county" and not (tally.page_only or tally.elsewhere)]
    return None if counties and not any(places.says(above.short) for above in places.gazetteer.ancestors(code)) else code


def _of_every_article(places: Places, name: str, found: dict[str, list[str]]) -> str:
    """On a page of several articles the division next above that covers them all, and other counties (荆州市, with articles on 沙市区 and 荆州区)."""
    if _OUTER not in found.get(name, ()):
        return name
    level = places.level(name)
    rank, needed = ORDER.index(level), {_ALONE, "several inner county"} if level == "county" else {_ALONE}
    return min((n for n, features in found.items() if needed <= set(features) and rank - ORDER.index(places.level(n)) in (0, 1)), default=name)


def _of_its_bodies(places: Places, name: str) -> str:
    """The division inside one that is named as a mere place, where that inner one stands before three public bodies or more (建华区, not 齐齐哈尔市).

    Of 695 annotated reports none has such a place as its jurisdiction.
    """
    tally, code = places.named[name], places.code(name)
    if tally.bodies or _in_title(tally) or tally.source or tally.line or tally.page or tally.parts or tally.short or tally.branch:
        return name
    inner = [one for one in places.named if one != name and (name in places.joined.get(one, ()) or bool(code and (places.code(one) or "").startswith(code)))]
    best = max(inner, key=lambda one: places.named[one].body, default=name)
    return best if places.named[best].body >= _BODIES else name


def _reason(tally: Tally) -> str:
    if tally.title_body:
        return "named in the title before a body"
    if tally.signed:
        return "signed by a body of this division"
    if tally.bodies:
        return f"named before {tally.bodies} of the bodies"
    if tally.page_only:
        return "named by the page around the text"
    return "named in the title" if tally.title or tally.short_title else "named by itself"


def _with_levels(places: Places, found: Jurisdiction) -> Jurisdiction:
    """Fill in which division each level word means: the jurisdiction and those above it that the report names."""
    levels = found.levels
    if found.name and ending(found.name):
        levels[ending(found.name)] = found.long or found.name
    code = found.code
    if found.name and not code:
        code = _above_unknown(places, found.name, levels)
    for division in places.gazetteer.ancestors(code) if code else []:
        name = places.form(division)
        word = ending(name)
        if not places.says(name, division.short):
            continue
        if division.level == "province" and word != "市":
            levels.setdefault("省" if word == "省" else "自治区", name)
            levels.setdefault("省", name)
        elif word:
            levels.setdefault(word, name)
    return found


def _above_unknown(places: Places, name: str, levels: dict[str, str]) -> str | None:
    """Fill in the divisions that the report writes before one that the gazetteer does not know (越西县马拖乡尔甘村); the code of the first known one."""
    seen = {name}
    while True:
        above = next((one for one in places.joined.get(name, ()) if one not in seen), None)
        if above is None:
            return None
        seen.add(name := above)
        levels.setdefault(ending(above), above)
        code = places.code(above)
        if code:
            return code
