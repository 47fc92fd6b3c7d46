"""The component ``miner_quantities``: fills ``doc._.findings.quantities``."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from miner.components.quantities.find import Finder
from miner.components.quantities.sentence import Choice
from miner.document import Findings, Quantity

_COUNTED = re.compile(r"\d[个家处名件]")
"""No name of an organisation counts in this way; such a mention has swallowed a quantity."""


def finder_of(findings: Findings, choose: Choice | None = None) -> Finder:
    """The finder for a report whose identifiers, organisations and dates are found; `choose` as for :class:`Finder`."""
    layout = findings.layout
    names = [(o.start, o.end) for o in findings.organisations]
    closed = [span for span in names if not _COUNTED.search(layout.text, *span)]
    blocked = [(start, end) for start, end, _ in findings.identifiers] + closed + [(d.start, d.end) for d in findings.dates]
    furniture = [(block.start, block.end) for block in layout.blocks if block.kind == "furniture"]
    return Finder(layout.text, layout.sentences, _merged(blocked + furniture), closed, findings.dates, choose)


def quantities_of(findings: Findings) -> list[Quantity]:
    """The quantities of such a report; leaves its tagged words on the findings."""
    finder = finder_of(findings)
    found = finder.quantities()
    findings.tagged = finder.tagged
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class QuantitiesComponent:
    """Finds quantities."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.quantities``."""
        doc._.findings.quantities = quantities_of(doc._.findings)
        return doc


@Language.factory("miner_quantities")
def make(nlp: Language, name: str) -> QuantitiesComponent:
    """The spaCy factory."""
    return QuantitiesComponent()
