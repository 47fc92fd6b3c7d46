"""The component ``miner_identifiers``: a thin wrapper around :func:`miner.components.identifiers.find.find_identifiers`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.components.identifiers.find import find_identifiers


class IdentifiersComponent:
    """Finds identifiers, so that neither dates nor quantities are read in them."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.identifiers``."""
        findings = doc._.findings
        findings.identifiers = find_identifiers(findings.layout.text)
        return doc


@Language.factory("miner_identifiers")
def make(nlp: Language, name: str) -> IdentifiersComponent:
    """The spaCy factory."""
    return IdentifiersComponent()
