"""Word boundaries, as features: jieba's dictionary behind one small interface.

A mention is never decided on words (see :mod:`miner.document.doc`); classifiers may ask where a word begins or ends.
Two backends give the same words: ``rjieba`` (compiled, an order of magnitude faster) and ``jieba`` itself. What the dictionary joins or tags wrongly
for reports (``审理案件`` as one noun) is put right by ``data/dictionary.tsv``.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Protocol

BACKENDS = ("rjieba", "jieba")

_NUMBER, _LATIN = re.compile(r"[0-9.]+"), re.compile(r"[A-Za-z0-9]+")
_JOINED = re.compile(r"[-._+#&]")
_ASCII_RUN = re.compile(r"[A-Za-z0-9_.%+#&\-]+")
_ASCII_PIECE = re.compile(r"[A-Za-z0-9]+(?:\.\d+)?%?|[^A-Za-z0-9]+")  # as jieba.finalseg cuts what its dictionary lacks


class Segmenter(Protocol):
    """Cuts a text into words that, joined, are the text."""

    def __call__(self, text: str) -> list[str]:
        """The words of `text`, in order."""
        ...


def _split_ascii(word: str) -> list[str]:
    """Cut an ASCII run as jieba does; rjieba keeps ``2020-02-13`` and ``a.b`` whole."""
    return _ASCII_PIECE.findall(word) if _ASCII_RUN.fullmatch(word) else [word]


def _rjieba() -> Segmenter:
    import rjieba

    def cut(text: str) -> list[str]:
        words: list[str] = rjieba.cut(text)
        if _JOINED.search(text) is None:
            return words
        return [piece for word in words for piece in (_split_ascii(word) if _JOINED.search(word) and not rjieba.has_word(word) else (word,))]

    return cut


def _jieba() -> Segmenter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = tempfile.mkdtemp(prefix="miner-jieba-")
    return lambda text: list(tokenizer.cut(text))


@cache
def segmenter(backend: str = "rjieba") -> Segmenter:
    """The segmenter of a backend (one of ``BACKENDS``), loaded once.

    Raises
    ------
    ValueError
        If the backend is unknown.
    """
    makers = {"rjieba": _rjieba, "jieba": _jieba}
    if backend not in makers:
        raise ValueError(f"unknown segmenter {backend!r}; known: {', '.join(BACKENDS)}")
    return makers[backend]()


Tagger = Callable[[str], list[tuple[str, str]]]


@cache
def tagger(backend: str = "rjieba") -> Tagger:
    """Words with the part of speech that jieba's dictionary gives them (ICTCLAS tags), put right; ``x``, ``m`` or ``eng`` for what it lacks.

    Raises
    ------
    ValueError
        If the backend is unknown.
    """
    if backend == "rjieba":
        import rjieba

        return lambda text: _put_right(rjieba.tag(text))
    cut = segmenter(backend)
    import jieba.posseg

    known = jieba.posseg.dt.word_tag_tab
    return lambda text: _put_right([(word, known.get(word) or _unknown(word)) for word in cut(text)])


@cache
def _pieces() -> dict[str, list[tuple[str, str]]]:
    """Words of the dictionary that are read otherwise: phrases of verb and object by their two words, verbs by their right tag."""
    lines = files("miner.document").joinpath("data", "dictionary.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {word: [(piece, tag) for piece, _, tag in (one.partition("/") for one in pieces.split())] for word, pieces in rows}


def _put_right(tagged: list[tuple[str, str]]) -> list[tuple[str, str]]:
    pieces, found = _pieces(), []
    for pair in tagged:
        other = pieces.get(pair[0])
        if other is None:
            found.append(pair)
        else:
            found += other
    return found


def in_dictionary(word: str) -> bool:
    """Whether jieba's dictionary holds the word; what it lacks the segmenters join by guess."""
    try:
        import rjieba
    except ImportError:
        import jieba

        return bool(jieba.dt.FREQ.get(word, 0) if jieba.dt.initialized else jieba.get_FREQ(word, 0))
    return bool(rjieba.has_word(word))


def _unknown(word: str) -> str:
    if _NUMBER.fullmatch(word):
        return "m"
    return "eng" if _LATIN.fullmatch(word) else "x"
