"""Findings → rows of the schema's tables, with source offsets."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import Any

from miner.components.events.shares import SHARE
from miner.components.organisations.registry import organisation_id
from miner.document import Event, Findings, Quantity
from miner.layout import Article, repeated_sentences, sentence_keys

Row = dict[str, Any]


def rows_of(findings: Findings, source: str | None, encoding: str | None, format: str | None, replaced: int | None) -> dict[str, list[Row]]:
    """The rows of one report, by table; offsets point into the source text.

    Parameters
    ----------
    findings
        What the components found.
    source, encoding, format, replaced
        The name of the report and how its file was read.
    """
    return _Rows(findings, source).tables(encoding, format, replaced)


class _Rows:
    """Makes the rows of one report. Each table is made once and later ones read the cells of earlier ones."""

    def __init__(self, findings: Findings, source: str | None) -> None:
        self.f, self.source, self.layout = findings, source, findings.layout
        self.place = self.layout.place
        self.sentence_starts = [start for start, _ in self.layout.sentences]
        self.repeats = repeated_sentences(self.layout)

    def tables(self, encoding: str | None, format: str | None, replaced: int | None) -> dict[str, list[Row]]:
        report = self._report(encoding, format, replaced)
        sentences = self._sentences()
        organisations, dates, quantities = self._organisations(), self._dates(), self._quantities()
        events = self._events(organisations, dates)
        records = self._records(report, sentences, organisations, quantities, events)
        return {"reports": [report], "articles": self._articles(), "sentences": sentences, "organisation_mentions": organisations, "dates": dates,
                "quantities": quantities, "events": events, "records": records}

    def _at(self, clean: tuple[int, int] | None) -> list[int] | None:
        return list(self.layout.source_map.span(*clean)) if clean else None

    def _report(self, encoding: str | None, format: str | None, replaced: int | None) -> Row:
        facts, layout, at = self.f.facts, self.layout, self._at
        return {"source": self.source, "format": format, "encoding": encoding, "replaced": replaced, "length": len(layout.source), "title": layout.title,
                "title_at": at(layout.title_at), "author": layout.author, "author_at": at(layout.author_at), "publisher": layout.origin,
                "publisher_at": at(layout.origin_at), "published": facts.published, "published_at": at(facts.published_at),
                "published_reason": facts.published_reason or None, "year": facts.year, "year_reason": facts.year_reason or None,
                "jurisdiction": facts.jurisdiction, "jurisdiction_at": at(facts.jurisdiction_at), "jurisdiction_code": facts.jurisdiction_code,
                "jurisdiction_reason": facts.jurisdiction_reason or None, "jurisdiction_confidence": facts.jurisdiction_confidence}

    def _articles(self) -> list[Row]:
        rows = []
        for index, article in enumerate(self.layout.articles):
            start, end = self.layout.source_map.span(article.start, article.end)
            rows.append({"source": self.source, "article": index, "start": start, "end": end, "title": article.title, "author": article.author,
                         "published": _published(self.f, article)})
        return rows

    def _sentences(self) -> list[Row]:
        source, place, blocks, repeats = self.source, self.place, self.layout.blocks, self.repeats
        rows: list[Row] = []
        headings: dict[int, str] = {}
        at, last_block = 0, len(blocks) - 1
        for index, ((start, end), key) in enumerate(zip(self.layout.sentences, sentence_keys(self.layout), strict=True)):
            while at < last_block and blocks[at + 1].start <= start:
                at += 1
            block = blocks[at]  # sentences are cut from blocks: where there is one, there is the other
            section = block.section
            if section >= 0 and section not in headings:
                headings[section] = self.layout.source_text(blocks[section].start, blocks[section].end)
            first, last, text = place(start, end)
            rows.append({"source": source, "sentence": index, "start": first, "end": last, "article": block.article, "paragraph": at,
                         "heading": headings.get(section), "kind": block.kind, "joined": block.joined,
                         "text": text, "repeat_of": repeats.get(index), "repeat_of_source": None,
                         "sentence_key": key})
        return rows

    def _organisations(self) -> list[Row]:
        source, place, facts, rows = self.source, self.place, self.f.facts, []
        jurisdiction = facts.jurisdiction_code or facts.jurisdiction
        for index, o in enumerate(self.f.organisations):
            start, end, text = place(o.start, o.end)
            rows.append({"source": source, "mention": index, "start": start, "end": end, "text": text, "name": o.name, "type": o.type, "pronoun": o.pronoun,
                         "organisation_id": organisation_id(o.name, jurisdiction), "level": o.level, "division_code": o.division_code,
                         "confidence": o.confidence, "reason": o.reason})
        return rows

    def _dates(self) -> list[Row]:
        source, place, rows = self.source, self.place, []
        for index, d in enumerate(self.f.dates):
            start, end, text = place(d.start, d.end)
            rows.append({"source": source, "date": index, "start": start, "end": end, "text": text, "date_from": d.date_from, "date_to": d.date_to,
                         "hour_from": d.hour_from, "hour_to": d.hour_to, "grain": d.grain, "reason": d.reason, "confidence": d.confidence})
        return rows

    def _quantities(self) -> list[Row]:
        source, place, rows = self.source, self.place, []
        for index, q in enumerate(self.f.quantities):
            start, end, text = place(q.start, q.end)
            rows.append({"source": source, "quantity": index, "start": start, "end": end, "text": text, "value": q.value, "high": q.high, "unit": q.unit,
                         "item": q.item, "items": q.items, "item_phrase": q.item_phrase, "normalised_item": q.normalised_item, "each": q.each,
                         "qualifier": q.qualifier, "scope": q.scope, "part_of": q.part_of, "sum_check": q.sum_check, "date_from": q.date_from,
                         "date_to": q.date_to, "normalised_value": q.normalised_value, "normalised_unit": q.normalised_unit})
        return rows

    def _events(self, organisations: list[Row], dates: list[Row]) -> list[Row]:
        source, place, rows = self.source, self.place, []
        for index, e in enumerate(self.f.events):
            start, end, text = place(e.start, e.end)
            actor = organisations[e.organisations[0]] if e.organisations else None
            date = dates[e.date] if e.date is not None else None
            names = e.organisation_names
            rows.append({"source": source, "event": index, "start": start, "end": end, "trigger": text, "action": e.action, "modality": e.modality,
                         "modality_reason": e.modality_reason or None, "organisation": names[0] if names else None, "organisations": names,
                         "organisation_at": [actor["start"], actor["end"]] if actor else None, "organisation_reason": e.organisation_reason or None,
                         "date_from": e.date_from, "date_to": e.date_to, "date_at": [date["start"], date["end"]] if date else None,
                         "date_reason": e.date_reason or None, "quantities": e.quantities, "confidence": e.confidence})
        return rows

    def _records(self, report: Row, sentences: list[Row], organisations: list[Row], quantities: list[Row], events: list[Row]) -> list[Row]:
        """One row per event and quantity, or per event alone; where `each` holds, one per organisation and item."""
        source, title, published, jurisdiction = self.source, report["title"], report["published"], report["jurisdiction"]
        types = {o.name: o.type for o in reversed(self.f.organisations)}
        records: list[Row] = []
        for e, event in zip(self.f.events, events, strict=True):
            found = bisect_right(self.sentence_starts, e.start) - 1
            sentence = found if found >= 0 else None
            evidence = sentences[found]["text"] if found >= 0 else None
            for index in e.quantities or (None,):
                quantity = None if index is None else self.f.quantities[index]
                cells = _NO_QUANTITY if index is None else _quantity_cells(quantities[index])
                if quantity is not None and quantity.organisation is not None:
                    cells |= _share_cells(organisations[quantity.organisation])
                for organisation, item in _holders(e, quantity):
                    row = {"source": source, "record": len(records), "organisation": organisation, "organisation_type": None,
                           "evidence": evidence, "sentence": sentence, "repeated": sentence in self.repeats, "title": title, "published": published,
                           "jurisdiction": jurisdiction, "event": event["event"], "action": e.action, "trigger": event["trigger"], "modality": e.modality,
                           "organisations": e.organisation_names, "organisation_at": event["organisation_at"],
                           "organisation_reason": event["organisation_reason"], "date_from": e.date_from, "date_to": e.date_to,
                           "date_at": event["date_at"], "date_reason": event["date_reason"], "start": event["start"], "end": event["end"],
                           "confidence": e.confidence, **cells}
                    row["item"] = item
                    row["organisation_type"] = types.get(row["organisation"] or "")
                    records.append(row)
        return records


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


def _holders(event: Event, quantity: Quantity | None) -> list[tuple[str | None, str | None]]:
    """The (organisation, item) pairs for which a quantity stands: one, or with `each` every organisation and item named."""
    names: list[str | None] = list(event.organisation_names) or [None]
    if quantity is None:
        return [(names[0], None)]
    if not quantity.each:
        return [(names[0], quantity.item)]
    items: list[str | None] = list(quantity.items) if len(quantity.items) > 1 else [quantity.item]
    return [(name, item) for name in names for item in items]


def _share_cells(organisation: Row) -> Row:
    """The cells of a record that the body fills whose share its quantity is."""
    return {"organisation": organisation["name"], "organisations": [organisation["name"]], "organisation_at": [organisation["start"], organisation["end"]],
            "organisation_reason": SHARE}


_NO_QUANTITY: Row = dict.fromkeys((
    "quantity", "value", "high", "unit", "qualifier", "scope", "normalised_item", "normalised_value", "normalised_unit", "part_of", "item",
    "quantity_text", "quantity_start", "quantity_end"))


def _quantity_cells(quantity: Row) -> Row:
    """The cells of a record that its quantity fills; the days of the quantity's own go before the event's."""
    cells = {"quantity": quantity["quantity"], "value": quantity["value"], "high": quantity["high"], "unit": quantity["unit"],
             "qualifier": quantity["qualifier"], "scope": quantity["scope"], "normalised_item": quantity["normalised_item"],
             "normalised_value": quantity["normalised_value"], "normalised_unit": quantity["normalised_unit"], "part_of": quantity["part_of"], "item": None,
             "quantity_text": quantity["text"], "quantity_start": quantity["start"], "quantity_end": quantity["end"]}
    if quantity["date_from"] or quantity["date_to"]:
        cells["date_from"], cells["date_to"] = quantity["date_from"], quantity["date_to"]
    return cells
