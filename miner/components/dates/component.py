"""The component ``miner_dates``: a thin wrapper around :func:`miner.components.dates.reading.read_dates`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.components.dates.reading import read_dates


class DatesComponent:
    """Finds and resolves dates, and works out the report's own date and year."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.dates`` and the date facts of ``doc._.findings.facts``."""
        read_dates(doc._.findings)
        return doc


@Language.factory("miner_dates")
def make(nlp: Language, name: str) -> DatesComponent:
    """The spaCy factory."""
    return DatesComponent()
