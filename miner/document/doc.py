"""Makes Docs of one token per character.

jieba boundaries cut through one mention in eighteen (保障/组成/立 in 应急保障组成立), where ``doc.char_span`` gives None. With one token per
character every character span is a spaCy span, and the string store holds characters only, so it does not grow with the archive.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab

from miner.document.findings import Findings, Hints
from miner.layout.model import Layout

if not Doc.has_extension("findings"):
    Doc.set_extension("findings", default=None)


_UNITS = 1 << 16


class _Orths:
    """The string store's key of each character met so far: spaCy takes keys faster than strings, which it would hash one by one.

    Parameters
    ----------
    vocab
        The pipeline's vocabulary.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.table: NDArray[np.uint64] = np.zeros(_UNITS, dtype=np.uint64)

    def keys(self, text: str) -> list[Any]:
        """The key of each character of a text."""
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        if len(units) != len(text):  # characters beyond the basic plane are two units
            return [self.vocab.strings.add(character) for character in text]
        found = self.table[units]
        if not found.all():
            for unit in set(units[found == 0].tolist()):
                self.table[unit] = self.vocab.strings.add(chr(unit))
            found = self.table[units]
        keys: list[Any] = found.tolist()
        return keys

    def clear(self) -> None:
        """Forget all keys."""
        self.table[:] = 0


@lru_cache(maxsize=2)
def _orths(vocab: Vocab) -> _Orths:
    return _Orths(vocab)


def make_doc(vocab: Vocab, layout: Layout, hints: Hints | None = None) -> Doc:
    """A Doc of the layout's clean text; token ``i`` is character ``i``; ``doc._.findings`` is ready for the components.

    Parameters
    ----------
    vocab
        The pipeline's vocabulary.
    layout
        The report laid out.
    hints
        What is known about the report beforehand.
    """
    text, orths = layout.text, _orths(vocab)
    spaces = [False] * len(text)
    try:
        doc = Doc(vocab, words=orths.keys(text), spaces=spaces)
    except KeyError:  # a character that was new within a ``memory_zone`` is forgotten after it
        orths.clear()
        doc = Doc(vocab, words=orths.keys(text), spaces=spaces)
    doc._.findings = Findings(layout, hints or Hints())
    return doc
