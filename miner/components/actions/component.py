"""The component ``miner_actions``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class ActionsComponent:
    """Finds actions."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.actions``."""
        return doc


@Language.factory("miner_actions")
def make(nlp: Language, name: str) -> ActionsComponent:
    """The spaCy factory."""
    return ActionsComponent()
