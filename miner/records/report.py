"""A mined report: findings with their places in the source."""

from __future__ import annotations

import datetime as dt
from typing import Any

from spacy.tokens import Doc

from miner.document import Findings


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


class Report:
    """One mined report.

    Parameters
    ----------
    doc
        The Doc that the pipeline made.
    source
        The name of the report (path below the archive's root), None for a bare text.
    encoding
        How the file was decoded, None for a bare text.
    """

    def __init__(self, doc: Doc, source: str | None = None, encoding: str | None = None) -> None:
        self.doc, self.source, self.encoding = doc, source, encoding

    @property
    def findings(self) -> Findings:
        """What the components found."""
        return self.doc._.findings

    def _place(self, start: int, end: int) -> dict[str, Any]:
        first, last = self.findings.layout.source_map.span(start, end)
        return {"start": first, "end": last}

    def _mention(self, start: int, end: int) -> dict[str, Any]:
        return {**self._place(start, end), "text": self.findings.layout.source_text(start, end)}

    def to_dict(self) -> dict[str, Any]:
        """The object of the contract (``miner extract --format jsonl``)."""
        f, layout = self.findings, self.findings.layout
        return {
            "source": self.source, "encoding": self.encoding, "length": len(layout.source), "title": f.facts.title,
            "published": _iso(f.facts.published), "year": f.facts.year, "jurisdiction": f.facts.jurisdiction,
            "articles": [{**self._place(a.start, a.end), "title": a.title} for a in layout.articles],
            "sentences": [self._place(s, e) for s, e in layout.sentences],
            "organisations": [{**self._mention(o.start, o.end), "name": o.name, "type": o.type, "confidence": o.confidence} for o in f.organisations],
            "dates": [{**self._mention(d.start, d.end), "date_from": _iso(d.date_from), "date_to": _iso(d.date_to), "hour_from": d.hour_from,
                       "hour_to": d.hour_to, "grain": d.grain, "reason": d.reason, "confidence": d.confidence} for d in f.dates],
            "quantities": [{**self._mention(q.start, q.end), "value": q.value, "high": q.high, "unit": q.unit, "item": q.item, "items": q.items, "each": q.each,
                            "qualifier": q.qualifier, "scope": q.scope, "part_of": q.part_of, "date_from": _iso(q.date_from), "date_to": _iso(q.date_to)}
                           for q in f.quantities],
            "events": [self._event(e) for e in f.events],
        }

    def _event(self, e: Any) -> dict[str, Any]:
        f = self.findings
        org_at = f.organisations[e.organisations[0]] if e.organisations else None
        date_at = f.dates[e.date] if e.date is not None else None
        return {**self._place(e.start, e.end), "trigger": e.trigger, "action": e.action, "modality": e.modality,
                "organisation": e.organisation_names[0] if e.organisation_names else None, "organisations": e.organisation_names,
                "organisation_at": list(f.layout.source_map.span(org_at.start, org_at.end)) if org_at else None,
                "date_from": _iso(e.date_from), "date_to": _iso(e.date_to),
                "date_at": list(f.layout.source_map.span(date_at.start, date_at.end)) if date_at else None,
                "quantities": e.quantities, "confidence": e.confidence}
