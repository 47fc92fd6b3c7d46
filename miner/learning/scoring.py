"""Scores mined reports against gold: every figure of the annotation guide.

In: the gold records of reports (guide, section 6) and the objects of the contract that were mined from them. Out: judgements, one per decision,
which :func:`figures` counts into precision, recall, F1 and accuracy, for all or by any facet (type of organisation, action, modality, report).

A gold record marked ``opt`` is right either way: it counts neither as found nor as missed, and nothing mined within it is spurious.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from miner.learning.comparison import (
    Fits,
    Pair,
    Record,
    any_pair,
    day,
    has_actor,
    one_of,
    pair_up,
    same_days,
    same_division,
    same_item,
    same_name,
    same_number,
    same_span,
    same_unit,
    shared_characters,
    with_offsets,
)

Verdict = Literal["hit", "spurious", "missed", "right", "wrong"]
FOUND_FIGURES = ("org.exact", "org.overlap", "date.span", "date.resolved", "date.exact", "qty.span", "qty.exact", "qty.value_unit", "event.trigger",
                 "action.sentence")
"""Figures with precision, recall and F1; every other one is an accuracy."""
FACETS = ("organisation", "action", "modality", "domain", "layout")


@dataclass(frozen=True)
class Judgement:
    """One decision: of which figure and report, how it came out, and the facets of the mention (first alternative of the gold)."""

    figure: str
    verdict: Verdict
    report: str
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mistake:
    """A mistake for the error list: `kind` and `what` (``org missed``), the source position, the mention and a remark."""

    report: str
    kind: str
    what: str
    position: int
    text: str
    note: str


@dataclass
class Scores:
    """What scoring gives."""

    judgements: list[Judgement] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def score(gold: Mapping[str, list[Record]], mined: Mapping[str, Record]) -> Scores:
    """Score reports.

    Parameters
    ----------
    gold
        Records of each report, by its name.
    mined
        The object mined from each report, by the same name; a missing one counts as empty.
    """
    scores = Scores()
    for name, records in gold.items():
        _ReportScore(name, records, mined.get(name) or {}, scores).run()
    return scores


def figures(judgements: Iterable[Judgement]) -> dict[str, dict[str, float | int | None]]:
    """Count judgements: ``{"P", "R", "F1", "tp", "fp", "fn"}`` or ``{"accuracy", "right", "of"}`` per figure, rounded to four digits."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("hit", "spurious", "missed", "right", "wrong"), 0))
    for judgement in judgements:
        counts[judgement.figure][judgement.verdict] += 1
    return {figure: _found(count) if figure in FOUND_FIGURES else _accuracy(count) for figure, count in counts.items()}


def _found(count: dict[str, int]) -> dict[str, float | int | None]:
    tp, fp, fn = count["hit"], count["spurious"], count["missed"]
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"P": round(precision, 4), "R": round(recall, 4), "F1": round(f1, 4), "tp": tp, "fp": fp, "fn": fn}


def _accuracy(count: dict[str, int]) -> dict[str, float | int | None]:
    of = count["right"] + count["wrong"]
    return {"accuracy": round(count["right"] / of, 4) if of else None, "right": count["right"], "of": of}


def headline(figure: Mapping[str, float | int | None]) -> float:
    """The one number of a figure: its F1 or accuracy."""
    return float(figure.get("F1", figure.get("accuracy")) or 0.0)


def by_facet(judgements: Iterable[Judgement], facet: str) -> dict[str, dict[str, dict[str, float | int | None]]]:
    """The figures for every value of a facet; a judgement without this facet is left out."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if facet in judgement.facets:
            groups[judgement.facets[facet]].append(judgement)
    return {value: figures(groups[value]) for value in sorted(groups)}


def _first(alternatives: str | None) -> str:
    return (alternatives or "").split("|")[0]


_SHOWN = ("name", "from", "to", "value", "unit", "item", "type", "action", "modality", "org", "organisation")


def _remark(record: Record) -> str:
    return " ".join(f"{key}={record[key]}" for key in _SHOWN if record.get(key) not in (None, ""))


class _ReportScore:
    """The scoring of one report."""

    def __init__(self, name: str, gold: list[Record], mined: Record, scores: Scores) -> None:
        self.name, self.scores, self.mined = name, scores, mined
        self.gold: dict[str, list[Record]] = {k: [r for r in gold if r["k"] == k] for k in ("org", "date", "qty", "event")}
        self.doc: Record = next((record for record in gold if record["k"] == "doc"), {})
        self.common = {key: str(self.doc[key]) for key in ("domain", "layout") if self.doc.get(key)}

    def run(self) -> None:
        self._facts()
        self._organisations()
        self._dates()
        self._quantities()
        events = with_offsets(self.mined.get("events"))
        self._action_sentences(events)
        self._events(events)

    def _judge(self, figure: str, verdict: Verdict, **facets: str) -> None:
        self.scores.judgements.append(Judgement(figure, verdict, self.name, {**self.common, **facets}))

    def _accurate(self, figure: str, right: bool, **facets: str) -> bool:
        self._judge(figure, "right" if right else "wrong", **facets)
        return right

    def _mistake(self, kind: str, what: str, position: int, text: str | None, note: str) -> None:
        self.scores.mistakes.append(Mistake(self.name, kind, what, position, text or "", note))

    def _mentions(self, figure: str, gold: list[Record], mined: list[Record], fits: Fits, facets: Callable[[Record], dict[str, str]],
                  listed: str = "") -> list[Pair]:
        """Judge what was found, missed and mined without cause; returns the pairs. `listed`: the kind under which mistakes are listed."""
        pairs = pair_up(gold, mined, fits)
        found, used = {id(g) for g, _ in pairs}, {id(m) for _, m in pairs}
        optional = [g for g in gold if g.get("opt")]
        taken = [g for g in optional if id(g) in found]
        for g, _ in pairs:
            if not g.get("opt"):
                self._judge(figure, "hit", **facets(g))
        for g in gold:
            if id(g) in found or g.get("opt") or any(shared_characters(g, longer) for longer in taken):
                continue
            self._judge(figure, "missed", **facets(g))
            if listed:
                self._mistake(listed, "missed", g["start"], g.get("text") or g.get("trigger"), _remark(g))
        for m in mined:
            if id(m) in used or any(shared_characters(g, m) for g in optional):
                continue
            self._judge(figure, "spurious", **facets(m))
            if listed:
                self._mistake(listed, "spurious", m["start"], m.get("text") or m.get("trigger"), _remark(m))
        return pairs

    def _facts(self) -> None:
        for key in ("published", "jurisdiction"):
            if key in self.doc:
                wanted = [None if one in ("", "null") else one for one in str(self.doc[key] or "null").split("|")]
                found = self.mined.get(key) or None
                right = found in wanted or (key == "jurisdiction" and same_division(wanted, found))
                if not self._accurate(f"report.{key}", right):
                    self._mistake("report", key, 0, "", f"{self.doc[key]} <> {found}")
        if "articles" in self.doc:
            wanted_articles, articles = len(self.doc["articles"]), len(self.mined.get("articles") or [])
            if not self._accurate("report.article_count", wanted_articles == articles):
                self._mistake("report", "article_count", 0, "", f"{wanted_articles} <> {articles}")

    def _organisations(self) -> None:
        def facets(record: Record) -> dict[str, str]:
            return {"organisation": _first(record.get("type"))}

        gold, mined = self.gold["org"], with_offsets(self.mined.get("organisations"))
        self._mentions("org.exact", gold, mined, same_span, facets, "org")
        for g, m in self._mentions("org.overlap", gold, mined, any_pair, facets):
            if g.get("opt"):
                continue
            if not self._accurate("org.name", same_name(g.get("name"), m.get("name")), **facets(g)):
                self._mistake("org", "name", g["start"], g["text"], f"{g.get('name')} <> {m.get('name')}")
            if not self._accurate("org.type", one_of(m.get("type"), g.get("type")), **facets(g)):
                self._mistake("org", "type", g["start"], g["text"], f"{g.get('type')} <> {m.get('type')}")

    def _dates(self) -> None:
        def facets(record: Record) -> dict[str, str]:
            return {}

        gold, mined = self.gold["date"], with_offsets(self.mined.get("dates"))
        pairs = self._mentions("date.span", gold, mined, any_pair, facets, "date")
        self._mentions("date.resolved", gold, mined, lambda g, m: bool(g.get("opt")) or same_days(g, m), facets)
        self._mentions("date.exact", gold, mined, same_span, facets)
        for g, m in pairs:
            if not g.get("opt") and not same_days(g, m):
                self._mistake("date", "value", g["start"], g["text"],
                              f"{g.get('from')}..{g.get('to')} <> {m.get('date_from')}..{m.get('date_to')}")

    def _quantities(self) -> None:
        def facets(record: Record) -> dict[str, str]:
            return {"action": _first(record["action"]), "modality": _first(record.get("modality"))} if record.get("action") else {}

        listed = self.mined.get("quantities") or []
        gold, mined = self.gold["qty"], with_offsets(listed)
        pairs = self._mentions("qty.span", gold, mined, any_pair, facets, "qty")
        self._mentions("qty.exact", gold, mined, same_span, facets)
        self._mentions("qty.value_unit", gold, mined, lambda g, m: bool(g.get("opt")) or (same_number(g, m) and same_unit(g, m)), facets)
        event_of = self._event_of_quantity(listed)
        partner = {id(g): m for g, m in pairs}
        for g in gold:
            if not g.get("opt"):
                m = partner.get(id(g))
                self._quantity(g, m, event_of.get(id(m)) if m is not None else None, facets(g))

    def _event_of_quantity(self, listed: list[Record]) -> dict[int, Record]:
        """The mined event of each mined quantity, by the quantity's identity; the first event that lists it."""
        owner: dict[int, Record] = {}
        for event in with_offsets(self.mined.get("events")):
            for index in event.get("quantities") or []:
                if 0 <= index < len(listed):
                    owner.setdefault(id(listed[index]), event)
        return owner

    def _quantity(self, g: Record, m: Record | None, event: Record | None, facets: dict[str, str]) -> None:
        number = m is not None and same_number(g, m) and same_unit(g, m)
        item = self._accurate("qty.item", m is not None and same_item(g, m), **facets)
        qualifier = self._accurate("qty.qualifier", m is not None and one_of(m.get("qualifier"), g.get("qual")), **facets)
        scope = self._accurate("qty.scope", m is not None and one_of(m.get("scope"), g.get("scope")), **facets)
        if m is not None:
            if not number:
                self._mistake("qty", "number", g["start"], g["text"],
                              f"{g['value']}/{g.get('hi')} {g.get('unit')} <> {m.get('value')}/{m.get('high')} {m.get('unit')}")
            for what, right, key in (("item", item, "item"), ("qualifier", qualifier, "qual"), ("scope", scope, "scope")):
                if not right:
                    self._mistake("qty", what, g["start"], g["text"], f"{g.get(key)} <> {m.get('qualifier' if what == 'qualifier' else what)}")
        if g.get("action"):
            self._row(g, m, event, number and item, facets)
        elif not self._accurate("row.no_action", event is None) and event is not None:
            self._mistake("row", "no_action", g["start"], g["text"], f"only describes <> {event.get('trigger')} {event.get('action')}")

    def _row(self, g: Record, m: Record | None, event: Record | None, same_amount: bool, facets: dict[str, str]) -> None:
        """Judge the cells of the row that a quantity belongs to."""
        when: list[str | None] = [None, None]
        if event is not None and m is not None:
            when = [day(m.get(key) or event.get(key)) for key in ("date_from", "date_to")]
        cells = {
            "action": (event is not None and one_of(event.get("action"), g["action"]), g["action"], event and event.get("action")),
            "organisation": (event is not None and has_actor(g, event), g.get("org"), event and event.get("organisation")),
            "modality": (event is not None and one_of(event.get("modality"), g.get("modality") or "done"), g.get("modality"), event and event.get("modality")),
        }
        if g.get("when"):
            cells["date"] = (event is not None and when == list(g["when"]), g["when"], when)
        for cell, (right, wanted, found) in cells.items():
            if not self._accurate(f"row.{cell}", right, **facets) and event is not None:
                self._mistake("row", cell, g["start"], g["text"], f"{wanted} <> {found}")
        if event is None and m is not None:
            self._mistake("row", "no event", g["start"], g["text"], f"wanted {g['action']} by {g.get('org')}")
        self._accurate("row.exact", same_amount and all(right for right, _, _ in cells.values()), **facets)

    def _action_sentences(self, events: list[Record]) -> None:
        """Judge (sentence, action type) pairs; sentences as the gold numbers them."""
        spans: list[list[int]] = self.doc.get("sentences") or []

        def sentence(position: int) -> int:
            return next((i for i, (start, end) in enumerate(spans) if start <= position < end), -1)

        wanted: dict[int, list[Record]] = defaultdict(list)
        found: dict[int, set[Any]] = defaultdict(set)
        for g in self.gold["event"]:
            wanted[g["s"] if "s" in g else sentence(g["start"])].append(g)
        for event in events:
            found[sentence(event["start"])].add(event.get("action"))
        for s in sorted({*wanted, *found}):
            self._action_sentence(wanted[s], found[s], spans[s][0] if 0 <= s < len(spans) else 0)

    def _action_sentence(self, gold: list[Record], found: set[Any], position: int) -> None:
        judged: list[set[str]] = []
        allowed: set[Any] = set()
        for g in gold:
            types = set(g["type"].split("|"))
            allowed |= types
            if g.get("opt") or types in judged:
                continue
            judged.append(types)
            hit = bool(types & found)
            self._judge("action.sentence", "hit" if hit else "missed", action=_first(g["type"]))
            if not hit:
                self._mistake("action", "missed", position, "|".join(sorted(types)), "")
        for extra in sorted(found - allowed, key=str):
            self._judge("action.sentence", "spurious", action=str(extra))
            self._mistake("action", "spurious", position, str(extra), "")

    def _events(self, events: list[Record]) -> None:
        def facets(record: Record) -> dict[str, str]:
            return {"action": _first(record.get("type") or record.get("action")), "modality": _first(record.get("modality"))}

        for g, m in self._mentions("event.trigger", self.gold["event"], events, lambda g, m: one_of(m.get("action"), g["type"]), facets, "event"):
            if g.get("opt"):
                continue
            if not self._accurate("event.modality", one_of(m.get("modality"), g.get("modality")), **facets(g)):
                self._mistake("event", "modality", g["start"], g.get("trigger"), f"{g.get('modality')} <> {m.get('modality')}")
            if not self._accurate("event.organisation", has_actor(g, m), **facets(g)):
                self._mistake("event", "organisation", g["start"], g.get("trigger"), f"{g.get('org')} <> {m.get('organisation')}")
