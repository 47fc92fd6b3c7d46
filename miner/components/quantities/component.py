"""The component ``miner_quantities``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class QuantitiesComponent:
    """Finds quantities."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.quantities``."""
        return doc


@Language.factory("miner_quantities")
def make(nlp: Language, name: str) -> QuantitiesComponent:
    """The spaCy factory."""
    return QuantitiesComponent()
