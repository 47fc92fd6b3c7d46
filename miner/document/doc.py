"""Makes Docs of one token per character.

jieba boundaries cut through one mention in eighteen (保障/组成/立 in 应急保障组成立), where ``doc.char_span`` gives None. With one token per
character every character span is a spaCy span, and the string store holds characters only, so it does not grow with the archive.
"""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from miner.document.findings import Findings, Hints
from miner.layout.model import Layout

if not Doc.has_extension("findings"):
    Doc.set_extension("findings", default=None)


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
    characters = list(layout.text)
    doc = Doc(vocab, words=characters, spaces=[False] * len(characters))
    doc._.findings = Findings(layout, hints or Hints())
    return doc
