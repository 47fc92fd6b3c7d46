"""How much text reports share: whole sentences, and stretches of 13 characters or more.

In: reports with their names. Out: what two reports share. Tags, entities, white space and punctuation do not count, and a fixed term
(``data/fixed_terms.txt``) counts as one character, so that two reports may name the same long thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from miner.layout import lay_out

SENTENCE = 12
"""A sentence of this many characters or more must stand in one report only."""
STRETCH = 13
"""The length of the n-grams compared, in characters."""
_FIRST_TERM = 0xE000
_SENTENCE_END = re.compile(r"[。！？!?；;\n]+")
_NO_LETTER = re.compile(r"[^\w\ue000-\uf8ff]+|_+")


@dataclass(frozen=True)
class Shared:
    """A stretch of text that two reports share."""

    first: str
    second: str
    text: str


@cache
def fixed_terms() -> tuple[str, ...]:
    """Terms that do not count, the longest first."""
    lines = files("miner.learning").joinpath("data", "fixed_terms.txt").read_text("utf-8").splitlines()
    return tuple(sorted((line.strip() for line in lines if line.strip() and not line.startswith("#")), key=len, reverse=True))


def bare_sentences(source: str) -> list[str]:
    """The sentences of a source text, in letters and digits alone; a fixed term is one character of the private use area."""
    layout = lay_out(source)
    found = []
    for block in layout.blocks:
        text = layout.text[block.start : block.end]
        for index, term in enumerate(fixed_terms()):
            text = text.replace(term, chr(_FIRST_TERM + index))
        found += [bare for sentence in _SENTENCE_END.split(text) if (bare := _NO_LETTER.sub("", sentence))]
    return found


def _spelt_out(text: str) -> str:
    return re.sub(r"[\ue000-\uf8ff]", lambda found: fixed_terms()[ord(found[0]) - _FIRST_TERM], text)


def shared_sentences(reports: Iterable[tuple[str, str]]) -> list[Shared]:
    """Sentences of ``SENTENCE`` characters or more that stand in two reports (pairs of name and source text)."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, source in reports:
        for sentence in dict.fromkeys(bare_sentences(source)):
            if len(sentence) >= SENTENCE:
                holders[sentence].append(name)
    return [Shared(first, second, _spelt_out(sentence)) for sentence, names in holders.items() for first, second in combinations(names, 2)]


def shared_stretches(reports: Iterable[tuple[str, str]]) -> list[Shared]:
    """The longest stretches of ``STRETCH`` characters or more that two reports share, the longest first."""
    places: dict[str, dict[str, int]] = defaultdict(dict)
    texts: dict[str, str] = {}
    for name, source in reports:
        texts[name] = text = "\n".join(bare_sentences(source))
        for start in range(len(text) - STRETCH + 1):
            gram = text[start : start + STRETCH]
            if "\n" not in gram:
                places[gram].setdefault(name, start)
    starts: dict[tuple[str, str], set[int]] = defaultdict(set)
    for holders in places.values():
        for first, second in combinations(holders, 2):
            starts[first, second].add(holders[first])
    found = [Shared(*pair, _spelt_out(texts[pair[0]][start:end])) for pair, grams in starts.items() for start, end in _runs(grams)]
    return sorted(found, key=lambda shared: (-len(shared.text), shared.first, shared.second))


def _runs(starts: set[int]) -> list[tuple[int, int]]:
    """N-grams that follow one another, as stretches of the text."""
    found: list[tuple[int, int]] = []
    for start in sorted(starts):
        if found and start == found[-1][1] - STRETCH + 1:
            found[-1] = (found[-1][0], start + STRETCH)
        else:
            found.append((start, start + STRETCH))
    return found
