"""Repeats: passages of a report that say again what an earlier passage says, word for word or nearly.

In: a layout. Out: pairs of clean spans; and keys of sentences, by which an archive finds the passages that two reports share.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import pairwise

from miner.layout.model import Block, Layout, Repeat

_CLAUSE = re.compile(r"[^,。;:!?、\n“”‘’()《》\s…—]{4,}")
_BETWEEN = "。\n;:!?、“”‘’()《》 …—"
_MINED = ("paragraph", "list_item", "table_row", "caption", "heading")
_LEAST = 16  # shorter passages (疫情防控工作) repeat by chance
_GAP = 2  # clauses in a row that may differ within a repeated passage
_FREQUENT = 6  # a clause that occurs more often is a set phrase


def find_repeats(layout: Layout) -> list[Repeat]:
    """Find the passages that repeat an earlier one.

    A passage is a row of clauses. It repeats where its clauses occur in the same order in an earlier passage, at most two in a row differing, and clauses
    of at least sixteen characters together being the same.

    Parameters
    ----------
    layout
        A laid out report.

    Returns
    -------
    list of Repeat
        Ascending by `start`; spans do not overlap.
    """
    if not _has_twins(layout.text):
        return []
    clauses = [m for block in layout.blocks if block.kind in _MINED for m in _CLAUSE.finditer(layout.text, block.start, block.end)]
    words = [m.group() for m in clauses]
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word, []).append(index)
    repeats: list[Repeat] = []
    index = 0
    while index < len(words):
        chain = _longest_chain(index, words, places)
        if chain:
            (first, last), same = chain[0], sum(len(words[later]) for later, _ in chain)
            last = chain[-1][0]
            whole = sum(len(words[i]) for i in range(first, last + 1))
            earlier = clauses[chain[0][1]].start(), clauses[chain[-1][1]].end()
            repeats.append(Repeat(clauses[first].start(), clauses[last].end(), *earlier, round(same / whole, 3)))
            index = last + 1
        else:
            index += 1
    return repeats


def _has_twins(text: str) -> bool:
    """Whether enough clauses occur twice for any passage to repeat (quick, on the whole text)."""
    seen: set[str] = set()
    length = 0
    for mark in _BETWEEN:
        text = text.replace(mark, ",")
    for word in text.split(","):
        if len(word) >= 4:
            if word in seen:
                length += len(word)
                if length >= _LEAST:
                    return True
            seen.add(word)
    return False


def _longest_chain(index: int, words: list[str], places: dict[str, list[int]]) -> list[tuple[int, int]]:
    """The longest row of pairs (later clause, earlier clause) that begins with clause `index`, if it is long enough to be a repeat."""
    candidates = places[words[index]]
    if candidates[0] == index or (len(candidates) > _FREQUENT and len(words[index]) < _LEAST):
        return []
    best: list[tuple[int, int]] = []
    for earlier in candidates[:_FREQUENT]:
        if earlier >= index:
            break
        chain = [(index, earlier)]
        later, first = index + 1, earlier + 1
        while later < len(words) and first < index:
            step = _next_pair(later, first, index, words)
            if step is None:
                break
            chain.append(step)
            later, first = step[0] + 1, step[1] + 1
        if len(chain) > len(best):
            best = chain
    long_enough = sum(len(words[later]) for later, _ in best) >= _LEAST
    return best if long_enough else []


def _next_pair(later: int, first: int, index: int, words: list[str]) -> tuple[int, int] | None:
    """The next pair of equal clauses, skipping as few as possible."""
    for skipped in range(2 * _GAP + 1):
        for left in range(skipped + 1):
            a, b = later + left, first + skipped - left
            if left <= _GAP and skipped - left <= _GAP and a < len(words) and b < index and words[a] == words[b]:
                return a, b
    return None


_NO_WORDS = re.compile(r"[^\w]+")


def sentence_keys(layout: Layout, least: int = _LEAST) -> list[tuple[int, int, int]]:
    """Keys of the sentences of a report, the same in every run and on every machine, by which other reports that hold them are found.

    Parameters
    ----------
    layout
        A laid out report.
    least
        Sentences with fewer characters have no key.

    Returns
    -------
    list of (start, end, key)
        Clean span and 63-bit key of each sentence; punctuation does not count.
    """
    keys = []
    kinds = iter(layout.blocks)
    block: Block | None = next(kinds, None)
    for start, end in layout.sentences:
        while block is not None and block.end <= start:
            block = next(kinds, None)
        if block is None or block.kind not in _MINED:
            continue
        words = _NO_WORDS.sub("", layout.text[start:end])
        if len(words) >= least:
            keys.append((start, end, int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1))
    return keys


def repeated_sentences(layout: Layout, share: float = 0.8) -> list[tuple[int, int]]:
    """The sentences of which at least `share` lies within repeats.

    Parameters
    ----------
    layout
        A laid out report, its repeats found.
    share
        Least part of the sentence's characters.

    Returns
    -------
    list of (start, end)
        Clean spans, ascending.
    """
    assert all(a.start <= b.start for a, b in pairwise(layout.repeats))
    found = []
    for start, end in layout.sentences:
        inside = sum(max(0, min(end, r.end) - max(start, r.start)) for r in layout.repeats)
        if inside >= share * max(1, end - start - 2):
            found.append((start, end))
    return found
