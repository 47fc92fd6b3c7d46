"""The component ``miner_spans``: the findings as span groups, for displaCy and spaCy's matchers.

In: a Doc with findings. Out: ``doc.spans["organisations" | "dates" | "quantities" | "events"]``, a view that nothing reads back.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from miner.document import Findings


def show_spans(doc: Doc) -> Doc:
    """Fill ``doc.spans`` from the findings; labels are organisation types, grains, scopes and action types."""
    findings: Findings = doc._.findings
    doc.spans["organisations"] = [Span(doc, o.start, o.end, o.type) for o in findings.organisations]
    doc.spans["dates"] = [Span(doc, d.start, d.end, d.grain) for d in findings.dates]
    doc.spans["quantities"] = [Span(doc, q.start, q.end, q.scope) for q in findings.quantities]
    doc.spans["events"] = [Span(doc, e.start, e.end, e.action) for e in findings.events]
    return doc


class SpansComponent:
    """Shows findings as span groups."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans``."""
        return show_spans(doc)


@Language.factory("miner_spans")
def make(nlp: Language, name: str) -> SpansComponent:
    """The spaCy factory."""
    return SpansComponent()
