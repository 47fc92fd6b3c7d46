"""The component ``miner_identifiers``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class IdentifiersComponent:
    """Finds identifiers."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.identifiers``."""
        return doc


@Language.factory("miner_identifiers")
def make(nlp: Language, name: str) -> IdentifiersComponent:
    """The spaCy factory."""
    return IdentifiersComponent()
