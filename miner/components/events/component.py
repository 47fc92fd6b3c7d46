"""The component ``miner_events``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


class EventsComponent:
    """Finds events."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.events``."""
        return doc


@Language.factory("miner_events")
def make(nlp: Language, name: str) -> EventsComponent:
    """The spaCy factory."""
    return EventsComponent()
