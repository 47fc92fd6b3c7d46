"""The component ``miner_dates``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class DatesComponent:
    """Finds dates."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.dates``."""
        return doc


@Language.factory("miner_dates")
def make(nlp: Language, name: str) -> DatesComponent:
    """The spaCy factory."""
    return DatesComponent()
