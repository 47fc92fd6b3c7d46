"""Modality: context rules (``data/modality.toml``) find the cues around a trigger; a classifier weighs them."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick_rs

from miner.components.actions.candidates import TITLE, Candidate
from miner.components.actions.lexicon import lexicon
from miner.components.linear import Key
from miner.components.scene import DATE, ORGANISATION, QUANTITY, Scene
from miner.document import Date
from miner.layout.positions import first_from

MODALITIES = ("done", "ongoing", "planned", "required", "negated")
TOLD = "told"
"""The aspect of a clause that tells its modality outright."""
_YEAR = 5  # characters of a year (2022年)
_CLEAR = 9  # characters before a verb where words of `clear` leave no doubt
_RANK = {"negated": 4, "planned": 3, "required": 3, "done": 2, "ongoing": 1}


@dataclass(frozen=True)
class _Rule:
    modality: str
    direction: str
    reach: str
    distance: int
    cues: tuple[str, ...]
    goes_on: bool


@dataclass(frozen=True)
class ModalityRules:
    """The context rules: those whose cue comes before the verb, and, with their patterns, those whose cue follows it.

    `followed` holds the first characters of the cues that follow; `automaton` finds the cues of the preceding rules, `of_cue` tells for each of its words in
    which of these rules it stands; `barriers` end the reach of a cue that stands near; `told_of` makes a noun of the verb before it; `object_after`, behind
    a verb after 将, makes an object of it; `practice` finds what tells a standing practice from a single deed; a cue that ends a match of `nominal`, one of
    `nouns`, is none; `totals`, before a number, tell a deed, words of `outright` right before the verb and of `clear` near it what their rule says;
    `headings` say what their sections are about, unless the heading holds one of `reviews`; a heading in which `plans` matches announces plans alone.
    """

    preceding: tuple[_Rule, ...]
    following: tuple[tuple[_Rule, re.Pattern[str]], ...]
    followed: frozenset[str]
    terminators: re.Pattern[str]
    automaton: ahocorasick_rs.AhoCorasick
    of_cue: tuple[tuple[int, ...], ...]
    barriers: re.Pattern[str]
    told_of: frozenset[str]
    object_after: tuple[str, ...]
    practice: ahocorasick_rs.AhoCorasick
    nominal: re.Pattern[str]
    nouns: ahocorasick_rs.AhoCorasick
    totals: frozenset[str]
    outright: frozenset[str]
    clear: frozenset[str]
    headings: tuple[str, ...]
    reviews: tuple[str, ...]
    plans: re.Pattern[str]


def _alternation(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def modality_rules() -> ModalityRules:
    """The rules that ship with the program."""
    data = tomllib.loads(files("miner.components.actions").joinpath("data/modality.toml").read_text("utf-8"))
    rules = [_Rule(r["modality"], r["direction"], r["reach"], r.get("distance", 0), tuple(r["cues"]), r.get("goes_on", False)) for r in data["rule"]]
    preceding = tuple(rule for rule in rules if rule.direction == "after")
    following = tuple((rule, _alternation(rule.cues)) for rule in rules if rule.direction == "before")
    followed = frozenset(cue[0] for rule, _ in following for cue in rule.cues)
    words = list(dict.fromkeys(cue for rule in preceding for cue in rule.cues))
    of_cue = tuple(tuple(number for number, rule in enumerate(preceding) if word in rule.cues) for word in words)
    practice = ahocorasick_rs.AhoCorasick(data["practice"].split(), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    nominal, nouns = re.compile("|".join(data["nominal"])), ahocorasick_rs.AhoCorasick(data["nouns"].split())
    terminators, barriers = _alternation(data["terminators"]), _alternation(data["barriers"])
    told_of = frozenset(data["told_of"].split())
    automaton = ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    headings, reviews = tuple(data["headings"].split()), tuple(data["reviews"].split())
    return ModalityRules(preceding, following, followed, terminators, automaton, of_cue, barriers, told_of, tuple(data["object_after"].split()),
                         practice, nominal, nouns,
                         frozenset(data["totals"].split()), frozenset(data["outright"].split()), frozenset(data["clear"].split()), headings, reviews,
                         re.compile(data["plans"]))


@dataclass(slots=True)
class Cues:
    """The cues around a trigger: those whose reach covers it, and those earlier in its sentence whose reach ends before it.

    Of the latter also whether the sentence has turned to another time since (计划建8座,目前已建3座). A plan goes on (`goes_on`) where nothing in its own
    clause tells a trigger's modality and a cue governs the verbs of one clause after the other (拟新建8座,改造3座,添置6台) or the heading announces plans.
    """

    near: list[tuple[str, str, int]]
    far: list[tuple[str, str, bool]]
    goes_on: bool = False


def cues(scene: Scene, c: Candidate, sentence: tuple[int, int], rules: ModalityRules) -> Cues:
    """The cues of a trigger: near ones as (modality, cue, distance in characters), far ones as (modality, cue, ended)."""
    text = scene.text
    clause_start, clause_end = scene.clauses.span(c.clause)
    found, plan = Cues([], []), None
    for rule, pattern in rules.following if text[c.end : c.end + 1] in rules.followed else ():
        match = pattern.match(text, c.end, min(c.end + rule.distance + 2, clause_end))
        if match:
            found.near.append((rule.modality, match.group(), 0))
    for rule, places in _places(scene, rules, sentence):
        start = sentence[0] if rule.reach == "sentence" else clause_start if rule.reach == "clause" else max(clause_start, c.start - rule.distance)
        last = _last(places, start, c.start)
        if last is not None and not _ended(rules, rule, text, last[1], c.start):
            found.near.append((rule.modality, text[last[0] : last[1]], c.start - last[1]))
        elif rule.reach == "clause" and sentence[0] < clause_start:
            far = _last(places, sentence[0], clause_start)
            if far is not None:
                ended = rules.terminators.search(text, far[1], c.start) is not None
                found.far.append((rule.modality, text[far[0] : far[1]], ended))
                if rule.goes_on and not ended and _is_verb(scene, far[1]) and _goes_on(scene, scene.clauses.index(far[1]), c.clause):
                    plan = rule.modality, text[far[0] : far[1]], c.start - far[1]
    plan = plan or _coming_year(scene, c)
    if plan is None and c.block.section >= 0 and (announced := _headed(scene, c.block.section)[1]):
        plan = "planned", announced, c.start - c.block.start + _CLEAR  # never near, wherever in its block the verb stands
    if plan is not None and not found.near:
        found.near.append(plan)
        found.goes_on = True
    return found


def _coming_year(scene: Scene, c: Candidate) -> tuple[str, str, int] | None:
    """The plan that a year ahead of the report's own announces, if it is the last date before a trigger in its paragraph (2022年,补齐短板。加固水库6座)."""
    starts, ahead = _days(scene)
    last = first_from(starts, c.start) - 1
    if last < 0 or ahead[last] != "year" or starts[last] < c.block.start:
        return None
    return "planned", scene.text[starts[last] : starts[last] + _YEAR], c.start - starts[last] - _YEAR


def _goes_on(scene: Scene, first: int, last: int) -> bool:
    """Whether each clause after `first`, up to `last`, begins with a verb and names neither a body nor a day."""
    kept: dict[int, bool] = scene.kept.setdefault("goes on", {})
    for clause in range(last, first, -1):
        holds = kept.get(clause)
        if holds is None:
            start, end = scene.clauses.span(clause)
            among = scene.covered.find
            holds = kept[clause] = _is_verb(scene, start) and among(ORGANISATION, start, end) < 0 and among(DATE, start, end) < 0
        if not holds:
            return False
    return True


def _is_verb(scene: Scene, start: int) -> bool:
    """Whether the word at a position is a verb of the lexicon."""
    return scene.word_after(start) in lexicon().types


def _ended(rules: ModalityRules, rule: _Rule, text: str, cue: int, trigger: int) -> bool:
    """Whether something between a cue and a trigger ends the cue's reach."""
    if rule.reach == "clause":
        return False
    return (rules.terminators if rule.reach == "sentence" else rules.barriers).search(text, cue, trigger) is not None


_Places = list[tuple[_Rule, list[tuple[int, int]]]]


def _places(scene: Scene, rules: ModalityRules, sentence: tuple[int, int]) -> _Places:
    """Where the cues that come before their verb stand in a sentence, rule by rule."""
    kept: dict[tuple[int, int], _Places] | None = scene.kept.get("cues")
    if kept is None:
        kept = scene.kept["cues"] = _all_places(scene, rules)
    return kept.get(sentence, [])


def _all_places(scene: Scene, rules: ModalityRules) -> dict[tuple[int, int], _Places]:
    """As :func:`_places`, for every sentence; of the cues of one rule the first counts, then the longest, and none that overlaps one before."""
    nominal = _nominal(scene, rules)
    spans = [(start, -end, cue) for cue, start, end in rules.automaton.find_matches_as_indexes(scene.text, overlapping=True) if not nominal[start]]
    spans.sort()
    of_cue = rules.of_cue
    found: dict[tuple[int, int], dict[int, list[tuple[int, int]]]] = {}
    here: dict[int, list[tuple[int, int]]] = {}
    taken: dict[int, int] = {}
    sentence, until = (0, 0), 0
    first = scene.sentence_starts[0] if scene.sentence_starts else len(scene.text)
    for start, minus_end, cue in spans:
        end = -minus_end
        if start >= until:
            sentence = scene.sentence_span(start)
            until = first if start < first else sentence[1]
            here, taken = found.setdefault(sentence, {}), {}
        if end > sentence[1]:
            continue
        for rule in of_cue[cue]:
            if taken.get(rule, 0) <= start:
                taken[rule] = end
                if end - start > 1 or _is_cue(scene, start, end, rules):
                    here.setdefault(rule, []).append((start, end))
    return {span: [(rules.preceding[rule], here[rule]) for rule in sorted(here)] for span, here in found.items()}


def _is_cue(scene: Scene, start: int, end: int, rules: ModalityRules) -> bool:
    """Whether a single character is a cue: a word of its own (not the 要 of 重要) or right before a verb that the tagger joined it with (拟|卖出)."""
    if not scene.words[start] or not (scene.words[end] or scene.text[end : end + 2] in lexicon().types):
        return False
    return scene.text[start] != "将" or not _takes_object(scene, start, rules)


def _nominal(scene: Scene, rules: ModalityRules) -> bytearray:
    """One byte per character: not 0 where a cue is none, in names, in titles of documents and where it is a noun."""
    nominal = bytearray(scene.covered.replace(bytes([DATE]), b"\0").replace(bytes([QUANTITY]), b"\0"))  # nor is 应 in the name 应急保障组
    text, clauses = scene.text, scene.clauses
    for match in TITLE.finditer(text) if "《" in text else ():
        nominal[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    last = -1
    for _, start, _ in rules.nouns.find_matches_as_indexes(text):
        clause = clauses.index(start)
        if clause != last:
            last = clause
            for match in rules.nominal.finditer(text, clauses.starts[clause], clauses.ends[clause] + 1):
                nominal[match.end() - 2 : match.end()] = b"\1\1"
    return nominal


_TAKEN_UP = frozenset(("n", "nr", "ns", "nt", "nrt", "r", "m", "t", "#org", "#qty"))


def _takes_object(scene: Scene, start: int, rules: ModalityRules) -> bool:
    """Whether 将 takes up the object of the verb after it and tells no plan: 将伤员送往医院, 将检查情况报区里, 将采购的口罩发放, but not 将总结经验."""
    following, word, verbs = scene.tags_around(start, start + 1)[3], scene.word_after(start + 1), lexicon().types
    if following[0] == "#" or not (word in verbs or (len(word) == 4 and word[:2] in verbs)):
        return following in _TAKEN_UP
    behind = start + 1 + len(word)
    return scene.word_after(behind) in rules.told_of or scene.text.startswith(rules.object_after, behind)


def _last(places: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The last of the places that lies between two positions."""
    for place in reversed(places):
        if place[1] <= end:
            return place if place[0] >= start else None
    return None


def modality_features(scene: Scene, c: Candidate, found: Cues, action: str) -> list[str]:
    """The features of one trigger for its modality: the cues, the word with its likeliest type, the words beside it, the heading above.

    Parameters
    ----------
    scene, c, found
        The report's shared view, the trigger, the cues around it.
    action
        The likeliest type of the word: guarding goes on, donating is done.
    """
    return [name for key in modality_aspects(scene, c, found, action) for name in of_modality(key)]


def modality_aspects(scene: Scene, c: Candidate, found: Cues, action: str) -> list[Key]:
    """The aspects of one trigger for its modality; parameters as for :func:`modality_features`."""
    text, among, start, end = scene.text, scene.covered.find, c.start, c.end
    clause_start, clause_end = scene.clauses.starts[c.clause], scene.clauses.ends[c.clause]
    counted_after = among(QUANTITY, end, clause_end) >= 0
    names = "+".join(sorted({modality for modality, _, _ in found.near})) if found.near else ""
    quote = text.rfind("“", max(0, start - 80), start)
    counted = among(QUANTITY, clause_start, clause_end) >= 0
    first, opening, numbers, days = _sentence(scene, start)
    out: list[Key] = [
        ("word", c.word, c.block.kind, action, counted, numbers, days), ("opens", opening, text[clause_start : clause_start + 2]),
        ("next", text[end : end + 1], c.following), ("previous", c.previous), ("rules", names, counted_after),
        ("around", counted_after, among(DATE, clause_start, start) >= 0, among(ORGANISATION, clause_start, start) >= 0,
         quote >= 0 and quote > text.rfind("”", max(0, start - 80), start)),
    ]
    for modality, cue, distance in found.near:
        out.append(("near", modality, cue, "0" if distance == 0 else "3" if distance <= 3 else "9" if distance <= 9 else "far"))
    for modality, cue, ended in found.far:
        out.append(("far", modality, cue, ended))
    if names and (found.goes_on or _is_told(names, found, counted_after)):
        out.append((TOLD, names))
    _add_days_ahead(out, scene, first, (clause_start, clause_end), start)
    _add_practice(out, scene, first, clause_start, start)
    said = _headed(scene, c.block.section)[0] if c.block.section >= 0 else ()
    if said:
        out.append(("headed", names, *said))
    return out


def _headed(scene: Scene, section: int) -> tuple[tuple[str, ...], str]:
    """What the heading `section` announces, and the word by which it, or one above it, announces plans alone (打算 of 二、2022年工作打算), or nothing."""
    kept: dict[int, tuple[tuple[str, ...], str]] = scene.kept.setdefault("headings", {})
    said = kept.get(section)
    if said is None:
        block, rules = scene.findings.layout.blocks[section], modality_rules()
        heading = scene.text[block.start : block.end]
        review = any(word in heading for word in rules.reviews)
        plans = rules.plans.search(heading)
        above = _headed(scene, block.section)[1] if 0 <= block.section < section else ""
        announced = () if review else tuple([word for word in rules.headings if word in heading])
        said = kept[section] = announced, plans.group(plans.lastindex or 0) if plans else above
    return said


def _is_told(names: str, found: Cues, counted: bool) -> bool:
    """Whether the clause tells its modality outright.

    A deed by aspect or a total (购置到了, 进行了检查, 共计值守160个班次), else by a word before the verb.
    """
    rules = modality_rules()
    if names == "done":
        return any(cue[-1] == "了" or (counted and cue in rules.totals) for _, cue, _ in found.near)
    return "+" not in names and any(cue in (rules.clear if distance else rules.outright) and distance <= _CLEAR for _, cue, distance in found.near)


def _add_days_ahead(aspects: list[Key], scene: Scene, sentence: int, clause: tuple[int, int], position: int) -> None:
    """Add that a day ahead of the report's own stands in the clause or before it in its sentence: 3月底前完成验收 tells no deed, whatever its words.

    Or that such a day is the last one told before it in its paragraph: 2022年,工作重心放在补短板上。加固水库6座。
    """
    starts, ahead = _days(scene)
    last = first_from(starts, clause[1]) - 1
    while last >= 0 and starts[last] >= sentence and not ahead[last]:
        last -= 1
    if last < 0 or not ahead[last]:
        return
    start = starts[last]
    if start >= sentence:
        aspects.append(("ahead", "after" if start > position else "clause" if start >= clause[0] else "sentence"))
    elif ahead[last] != "deadline" and start >= scene.block(position).start:
        aspects.append(("ahead", "paragraph"))


def _days(scene: Scene) -> tuple[list[int], list[str]]:
    """Where the dates of a report begin, and which of them lie ahead of its own: a ``year``, another ``time``, a mere ``deadline``."""
    kept: tuple[list[int], list[str]] | None = scene.kept.get("days")
    if kept is None:
        today = scene.findings.facts.published
        dates = [] if today is None else [date for date in scene.findings.dates if date.frame]
        kept = scene.kept["days"] = [date.start for date in dates], [_lies_ahead(date, today) if today else "" for date in dates]
    return kept


def _lies_ahead(date: Date, today: dt.date) -> str:
    """What of a date lies ahead of a day."""
    if _first(date) <= today:
        return ""
    return "deadline" if not date.date_from else "year" if date.grain == "year" else "time"


def _first(date: Date) -> dt.date:
    """The first day of a date, of a deadline its last one."""
    return date.date_from or date.date_to or dt.date.min


def _sentence(scene: Scene, position: int) -> tuple[int, str, bool, bool]:
    """Of the sentence that holds a position: its beginning, its first two characters, whether it tells numbers and days."""
    kept: dict[int, tuple[int, str, bool, bool]] = scene.kept.setdefault("sentences", {})
    index = scene.sentence(position)
    found = kept.get(index)
    if found is None:
        start, end = scene.sentence_span(position)
        among = scene.covered.find
        found = kept[index] = start, scene.text[start : start + 2], among(QUANTITY, start, end) >= 0, among(DATE, start, end) >= 0
    return found


def _add_practice(aspects: list[Key], scene: Scene, sentence: int, clause: int, position: int) -> None:
    """Add the words of practice between the beginning of a sentence and a position, those of the clause apart."""
    kept = scene.kept.get("practice")
    if kept is None:
        text = scene.text
        places = [(start, text[start:end]) for _, start, end in modality_rules().practice.find_matches_as_indexes(text)]
        kept = scene.kept["practice"] = [start for start, _ in places], [word for _, word in places]
    starts, words = kept
    low = first_from(starts, sentence)
    for index in range(low, first_from(starts, position, low)):
        aspects.append(("said" if starts[index] >= clause else "said before", words[index]))


def of_modality(key: Key) -> list[str]:
    """The features of one aspect of :func:`modality_aspects`."""
    return _MODALITY[key[0]](*key[1:])


_AROUND = ("qty-after", "date-before", "org-before", "in-quotes")
_MODALITY: dict[str, Callable[..., list[str]]] = {
    "word": lambda word, kind, action, counted, numbers, days: [
        f"w={word}", f"k={kind}", f"ty={action}", f"ty={action}|num={counted}", f"w={word}|num={counted}", f"sn={counted}|{numbers}|{days}",
        f"w={word}|sn={numbers}|{days}"],
    "next": lambda char, following: [f"na={char}", f"n={following}"],
    "previous": lambda previous: [f"p={previous}"],
    "rules": lambda names, counted: [f"rules={names}", f"rules={names}|qty-after={counted}"],
    "ahead": lambda where: [f"ahead={where}"] if where == "paragraph" else ["ahead", f"ahead={where}"],
    "around": lambda *told: [name for name, holds in zip(_AROUND, told, strict=True) if holds],
    "opens": lambda sentence, clause: [f"s2={sentence}", f"c2={clause}", f"c1={clause[:1]}"],
    TOLD: lambda modality: [f"{TOLD}={modality}"],
    "said": lambda word: [f"said={word}"],
    "said before": lambda word: [f"said-before={word}"],
    "near": lambda modality, cue, near: [modality, f"{modality}|{near}", f"cue={cue}", f"cue={cue}|{near}"],
    "far": lambda modality, cue, ended: [f"far-{modality}", f"far={cue}", f"far-{modality}|ended={ended}", f"far={cue}|ended={ended}"],
    "headed": lambda names, *words: ["headed", f"headed|rules={names}", *[f"head={word}" for word in words]],
}


def decide_by_rules(found: Cues) -> str:
    """The modality that the rules alone give: the strongest cue, among equals the nearest; ``done`` without any."""
    if not found.near:
        return "done"
    return max(found.near, key=lambda cue: (_RANK[cue[0]], -cue[2]))[0]
