"""Builds the pipeline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import miner.components.actions.component
import miner.components.dates.component
import miner.components.events.component
import miner.components.identifiers.component
import miner.components.organisations.component
import miner.components.quantities.component
import miner.pipeline.spans  # noqa: F401
from miner.components.profile import Profile, read_profile
from miner.document import make_doc
from miner.layout import lay_out

COMPONENTS = ("identifiers", "organisations", "dates", "quantities", "actions", "events", "spans")
VIEWS = ("spans",)
"""The components whose findings rows do not need."""


class CharacterTokenizer:
    """Makes the Doc: lays the text out, then one token per character of the clean text."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a source text."""
        return make_doc(self.vocab, lay_out(text))


def load(profile: Profile | None = None) -> Language:
    """A new pipeline: ``spacy.blank("zh")`` with the character tokenizer and the components, in order.

    Parameters
    ----------
    profile
        A user's own words; every component that has a use for them (``use_profile``) gets them.
    """
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp)
    for name in COMPONENTS:
        component = nlp.add_pipe(f"miner_{name}", name=name)
        if profile is not None and hasattr(component, "use_profile"):
            component.use_profile(profile)
    return nlp


@cache
def shared(profile: str | None = None) -> Language:
    """The pipeline that this process uses again and again; `profile`: the file of the user's own words."""
    return load(read_profile(Path(profile)) if profile else None)
