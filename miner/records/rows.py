"""Findings → rows of the schema's tables, with source offsets."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from miner.components.organisations.registry import organisation_id
from miner.document import Event, Findings, Quantity
from miner.layout import Article, repeated_sentences, sentence_keys

Row = dict[str, Any]


class _Places:
    """Translates clean offsets into source offsets and finds the sentence of a position."""

    def __init__(self, findings: Findings) -> None:
        self.layout = findings.layout
        self.span: Callable[[int, int], tuple[int, int]] = self.layout.source_map.span
        self.sentence_starts = [start for start, _ in self.layout.sentences]
        self.block_starts = [block.start for block in self.layout.blocks]
        self.repeats = repeated_sentences(self.layout)

    def words(self, start: int, end: int) -> str:
        return self.layout.source_text(start, end)

    def at(self, clean: tuple[int, int] | None) -> list[int] | None:
        return list(self.span(*clean)) if clean else None

    def sentence(self, position: int) -> int | None:
        index = bisect_right(self.sentence_starts, position) - 1
        return index if index >= 0 else None

    def block(self, position: int) -> int:
        return bisect_right(self.block_starts, position) - 1


def rows_of(findings: Findings, source: str | None, encoding: str | None, format: str | None, replaced: int | None) -> dict[str, list[Row]]:
    """The rows of one report, by table; offsets point into the source text.

    Parameters
    ----------
    findings
        What the components found.
    source, encoding, format, replaced
        The name of the report and how its file was read.
    """
    places = _Places(findings)
    rows = {
        "reports": [_report(findings, places, encoding, format, replaced)],
        "articles": _articles(findings, places),
        "sentences": _sentences(findings, places),
        "organisation_mentions": _organisations(findings, places),
        "dates": _dates(findings, places),
        "quantities": _quantities(findings, places),
        "events": _events(findings, places),
    }
    rows["records"] = _records(findings, rows, places)
    return {table: [{"source": source, **row} for row in found] for table, found in rows.items()}


def _report(f: Findings, places: _Places, encoding: str | None, format: str | None, replaced: int | None) -> Row:
    facts, layout, at = f.facts, f.layout, places.at
    return {"format": format, "encoding": encoding, "replaced": replaced, "length": len(layout.source), "title": layout.title, "title_at": at(layout.title_at),
            "author": layout.author, "author_at": at(layout.author_at), "publisher": layout.origin, "publisher_at": at(layout.origin_at),
            "published": facts.published, "published_at": at(facts.published_at), "published_reason": facts.published_reason or None,
            "year": facts.year, "year_reason": facts.year_reason or None, "jurisdiction": facts.jurisdiction,
            "jurisdiction_at": at(facts.jurisdiction_at), "jurisdiction_code": facts.jurisdiction_code,
            "jurisdiction_reason": facts.jurisdiction_reason or None}


def _articles(f: Findings, places: _Places) -> list[Row]:
    return [{"article": i, **_span(places, a), "title": a.title, "author": a.author, "published": _published(f, a)} for i, a in enumerate(f.layout.articles)]


def _published(f: Findings, article: Article) -> dt.date | None:
    """The day that an article states as its own: the report's, if it is stated there, else the one in its by-lines, if it fits the report's year."""
    facts = f.facts
    if facts.published_at and article.start <= facts.published_at[0] < article.end:
        return facts.published
    if not article.date_at or facts.year is None:
        return None
    start, end = article.date_at
    days = {d.date_from for d in f.dates if start <= d.start < end and d.date_from is not None and d.date_from == d.date_to}
    return next((day for day in sorted(days) if abs(day.year - facts.year) <= 1), None)


def _span(places: _Places, thing: Any) -> Row:
    start, end = places.span(thing.start, thing.end)
    return {"start": start, "end": end}


def _mention(places: _Places, thing: Any) -> Row:
    return {**_span(places, thing), "text": places.words(thing.start, thing.end)}


def _sentences(f: Findings, places: _Places) -> list[Row]:
    rows, headings, blocks, keys = [], {}, f.layout.blocks, sentence_keys(f.layout)
    for index, (start, end) in enumerate(f.layout.sentences):
        paragraph = places.block(start) if blocks else 0
        block = blocks[paragraph] if blocks else None
        section = block.section if block else -1
        if section >= 0 and section not in headings:
            headings[section] = places.words(blocks[section].start, blocks[section].end)
        first, last = places.span(start, end)
        rows.append({"sentence": index, "start": first, "end": last, "article": block.article if block else 0, "paragraph": paragraph,
                     "heading": headings.get(section), "kind": block.kind if block else "paragraph", "joined": bool(block and block.joined),
                     "text": places.words(start, end),
                     "repeat_of": places.repeats.get(index), "repeat_of_source": None, "sentence_key": keys[index]})
    return rows


def _organisations(f: Findings, places: _Places) -> list[Row]:
    jurisdiction = f.facts.jurisdiction_code or f.facts.jurisdiction
    ids = {name: organisation_id(name, jurisdiction) for name in {o.name for o in f.organisations}}
    return [{"mention": i, **_mention(places, o), "name": o.name, "type": o.type, "pronoun": o.pronoun, "organisation_id": ids[o.name],
             "level": o.level, "division_code": o.division_code, "confidence": o.confidence, "reason": o.reason} for i, o in enumerate(f.organisations)]


def _dates(f: Findings, places: _Places) -> list[Row]:
    return [{"date": i, **_mention(places, d), "date_from": d.date_from, "date_to": d.date_to, "hour_from": d.hour_from, "hour_to": d.hour_to,
             "grain": d.grain, "reason": d.reason, "confidence": d.confidence} for i, d in enumerate(f.dates)]


def _quantities(f: Findings, places: _Places) -> list[Row]:
    return [{"quantity": i, **_mention(places, q), "value": q.value, "high": q.high, "unit": q.unit, "item": q.item, "items": q.items,
             "item_phrase": q.item_phrase, "normalised_item": q.normalised_item, "each": q.each, "qualifier": q.qualifier, "scope": q.scope,
             "part_of": q.part_of, "sum_check": q.sum_check, "date_from": q.date_from, "date_to": q.date_to,
             "normalised_value": q.normalised_value, "normalised_unit": q.normalised_unit} for i, q in enumerate(f.quantities)]


def _events(f: Findings, places: _Places) -> list[Row]:
    rows = []
    for index, e in enumerate(f.events):
        actor = f.organisations[e.organisations[0]] if e.organisations else None
        date = f.dates[e.date] if e.date is not None else None
        rows.append({"event": index, **_span(places, e), "trigger": places.words(e.start, e.end), "action": e.action, "modality": e.modality,
                     "modality_reason": e.modality_reason or None,
                     "organisation": e.organisation_names[0] if e.organisation_names else None, "organisations": e.organisation_names,
                     "organisation_at": list(places.span(actor.start, actor.end)) if actor else None,
                     "organisation_reason": e.organisation_reason or None, "date_from": e.date_from, "date_to": e.date_to,
                     "date_at": list(places.span(date.start, date.end)) if date else None, "date_reason": e.date_reason or None,
                     "quantities": e.quantities, "confidence": e.confidence})
    return rows


def _records(f: Findings, rows: dict[str, list[Row]], places: _Places) -> list[Row]:
    """One row per event and quantity, or per event alone; where `each` holds, one per organisation and item."""
    report = rows["reports"][0]
    common = {"title": report["title"], "published": report["published"], "jurisdiction": report["jurisdiction"]}
    types = {o.name: o.type for o in reversed(f.organisations)}
    records: list[Row] = []
    for e, event in zip(f.events, rows["events"], strict=True):
        sentence = places.sentence(e.start)
        evidence = places.words(*f.layout.sentences[sentence]) if sentence is not None else None
        indices: list[int | None] = [*e.quantities] or [None]
        for index in indices:
            quantity = None if index is None else f.quantities[index]
            for organisation, item in _holders(e, quantity):
                row = {"record": len(records), "organisation": organisation, "organisation_type": types.get(organisation or ""), "evidence": evidence,
                       "sentence": sentence, "repeated": sentence in places.repeats, **common}
                row |= {key: event[key] for key in ("event", "action", "trigger", "modality", "organisations", "organisation_at", "organisation_reason",
                                                    "date_from", "date_to", "date_at", "date_reason", "start", "end", "confidence")}
                row |= _quantity_cells(rows["quantities"][index] if index is not None else None, item)
                records.append(row)
    return records


def _holders(event: Event, quantity: Quantity | None) -> list[tuple[str | None, str | None]]:
    """The (organisation, item) pairs for which a quantity stands: one, or with `each` every organisation and item named."""
    names: list[str | None] = list(event.organisation_names) or [None]
    if quantity is None:
        return [(names[0], None)]
    items: list[str | None] = list(quantity.items) if quantity.each and len(quantity.items) > 1 else [quantity.item]
    return [(name, item) for name in (names if quantity.each else names[:1]) for item in items]


_QUANTITY_CELLS = ("quantity", "value", "high", "unit", "qualifier", "scope", "normalised_item", "normalised_value", "normalised_unit", "part_of")


def _quantity_cells(quantity: Row | None, item: str | None) -> Row:
    if quantity is None:
        return dict.fromkeys((*_QUANTITY_CELLS, "item", "quantity_text", "quantity_start", "quantity_end"))
    cells: Row = {name: quantity[name] for name in _QUANTITY_CELLS}
    cells |= {"item": item, "quantity_text": quantity["text"], "quantity_start": quantity["start"], "quantity_end": quantity["end"]}
    for name in ("date_from", "date_to"):
        if quantity["date_from"] or quantity["date_to"]:
            cells[name] = quantity[name]
    return cells
