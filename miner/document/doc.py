"""Makes Docs of one token per character.

jieba boundaries cut through one mention in eighteen (保障/组成/立 in 应急保障组成立), where ``doc.char_span`` gives None. With one token per
character every character span is a spaCy span, and the string store holds characters only, so it does not grow with the archive.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from miner.document.findings import Findings, Hints
from miner.layout.model import Layout

if not Doc.has_extension("findings"):
    Doc.set_extension("findings", default=None)


class _Orths(dict[str, int]):
    """The string store's key of each character met so far: spaCy takes keys faster than strings, which it would hash one by one."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self.vocab = vocab

    def __missing__(self, character: str) -> int:
        key: int = self.vocab.strings.add(character)
        self[character] = key
        return key


@lru_cache(maxsize=2)
def _orths(vocab: Vocab) -> _Orths:
    return _Orths(vocab)


def _keys(text: str, orths: _Orths) -> list[Any]:
    return [orths[character] for character in text]


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
        doc = Doc(vocab, words=_keys(text, orths), spaces=spaces)
    except KeyError:  # a character that was new within a ``memory_zone`` is forgotten after it
        orths.clear()
        doc = Doc(vocab, words=_keys(text, orths), spaces=spaces)
    doc._.findings = Findings(layout, hints or Hints())
    return doc
