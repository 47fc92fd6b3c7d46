"""The component ``miner_organisations``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class OrganisationsComponent:
    """Finds organisations."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.organisations``."""
        return doc


@Language.factory("miner_organisations")
def make(nlp: Language, name: str) -> OrganisationsComponent:
    """The spaCy factory."""
    return OrganisationsComponent()
