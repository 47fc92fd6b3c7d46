"""Runs reports through the pipeline in batches.

In: source texts. Out: their Docs, in order.

Each component reads all reports of a batch before the next component begins, so that the lexicon and the weights that it looks up stay in the processor's
cache: with one report at a time the components drive each other's out, which took an eighth of the time on long reports and a third on short ones.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from miner.document import Hints, make_doc
from miner.layout import lay_out
from miner.pipeline.load import VIEWS, shared

MOST_REPORTS = 32
"""So many reports are a batch: 16 gain two thirds as much, 64 no more."""
MOST_CHARACTERS = 128_000
"""A batch is closed before it holds more than so many characters, unless one report alone does: memory stays bounded."""
Item = TypeVar("Item")


class Told(NamedTuple):
    """A source text and what is said about it.

    `kind`: how the text is written (``text``, ``html`` …, as for :func:`miner.layout.lay_out`).
    """

    text: str
    kind: str = "text"
    hints: Hints | None = None


def batches(items: Iterable[Item], length: Callable[[Item], int], first: int = MOST_REPORTS) -> Iterator[list[Item]]:
    """Cut a stream into batches.

    Parameters
    ----------
    items
        The stream.
    length
        The characters of an item.
    first
        As many items at most are in the first batch: who reads a stream gets the first result without waiting for more of it.
    """
    stream, fault = iter(items), None
    batch: list[Item] = []
    size, most = 0, first
    while True:
        try:
            item = next(stream)
            characters = length(item)
        except StopIteration:
            break
        except Exception as raised:  # it is raised when what came before it has been mined
            fault = raised
            break
        if batch and size + characters > MOST_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += characters
        if len(batch) >= most or size > MOST_CHARACTERS:
            yield batch
            batch, size, most = [], 0, MOST_REPORTS
    if batch:
        yield batch
    if fault:
        raise fault


@contextmanager
def no_collection() -> Iterator[None]:
    """Nobody looks for cycles meanwhile: next to nothing of what a report allocates is cyclic, and to look at it again and again takes time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def process_batch(sources: Sequence[Told], nlp: Language | None = None) -> list[Doc]:
    """Lay out source texts and run every component over them; the span groups, which rows do not need, are left to whoever asks for them.

    Parameters
    ----------
    sources
        The source texts of one batch.
    nlp
        The pipeline; by default that of the profile which the hints of the first source name.
    """
    if not sources:
        return []
    hints = sources[0].hints
    nlp = nlp or shared(hints.profile if hints else None)
    with no_collection():
        layouts = [lay_out(source.text, source.kind) for source in sources]
        docs = [make_doc(nlp.vocab, layout, source.hints) for layout, source in zip(layouts, sources, strict=True)]
        for name, component in nlp.pipeline:
            if name not in VIEWS:
                docs = [component(doc) for doc in docs]
        return docs


def process(text: str, kind: str = "text", hints: Hints | None = None, nlp: Language | None = None) -> Doc:
    """As :func:`process_batch`, for one source text."""
    return process_batch([Told(text, kind, hints)], nlp)[0]
