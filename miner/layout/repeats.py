"""Repeats: passages of a report that say again what an earlier passage says, word for word or nearly.

In: a layout. Out: pairs of clean spans; and keys of sentences, by which an archive finds the passages that two reports share.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from hashlib import blake2b

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
_PARTED = "\0"  # stands in no clean text
_NUMBER = re.compile(r"\d+(?:[.,，]\d+)*|[〇零一二两三四五六七八九十百千万亿]{2,}")


def sentence_keys(layout: Layout, least: int = _LEAST) -> list[int | None]:
    """Keys of the sentences of a report, the same in every run and on every machine, by which other reports that hold them are found.

    Parameters
    ----------
    layout
        A laid out report.
    least
        Sentences with fewer characters repeat by chance; their key is made of the sentence before them too.

    Returns
    -------
    list of int or None
        Of each sentence its 63-bit key; punctuation does not count. None where it is page furniture or, with the one before, still short.
    """
    said: list[str] = []
    kinds = iter(layout.blocks)
    block: Block | None = next(kinds, None)
    for start, end in layout.sentences:
        while block is not None and block.end <= start:
            block = next(kinds, None)
        said.append(layout.text[start:end] if block is not None and block.kind in _MINED else "")
    keys: list[int | None] = []
    before = ""
    for words in _words(said):
        telling = words if len(words) >= least or not words else f"{before} {words}"
        digest = blake2b(telling.encode("utf-8", "replace"), digest_size=8).digest() if len(telling) >= least else None
        keys.append(int.from_bytes(digest, "big") >> 1 if digest else None)
        before = words
    return keys


def _words(sentences: list[str]) -> list[str]:
    """Sentences without their punctuation (the usual marks first and from all at once, which is quicker than to look at every character)."""
    if not sentences:
        return []
    said = _PARTED.join(sentences)
    for mark in (*_BETWEEN, ","):
        said = said.replace(mark, "")
    return [words if words.isalnum() else _NO_WORDS.sub("", words) for words in said.split(_PARTED)]


def repeated_sentences(layout: Layout, share: float = 0.8) -> dict[int, int]:
    """The sentences that say nothing but what an earlier sentence of the report says.

    At least `share` of such a sentence lies within repeats, and it holds no number that the earlier passage does not hold: next week's figures in the words
    of this week are no repeat.

    Parameters
    ----------
    layout
        A laid out report, its repeats found.
    share
        Least part of the sentence's characters.

    Returns
    -------
    dict of int to int
        Index of the sentence, index of the earlier sentence that it repeats (of several the one that shares most), ascending.
    """
    sentences, text = layout.sentences, layout.text
    starts = [start for start, _ in sentences]
    found: dict[int, int] = {}
    inside: Counter[int] = Counter()
    for repeat in layout.repeats:
        places = _clause_places(layout, starts, repeat)
        numbers = set(_NUMBER.findall(text, repeat.first_start, _end_of_sentence(layout, starts, repeat.first_end)))
        numbers.update(_NUMBER.findall(text, starts[max(0, bisect_right(starts, repeat.first_start) - 1)], repeat.first_start))
        for index in range(max(0, bisect_right(starts, repeat.start) - 1), bisect_left(starts, repeat.end)):
            start, end = sentences[index]
            inside[index] += max(0, min(end, repeat.end) - max(start, repeat.start))
            if inside[index] < share * max(1, end - start - 2) or not numbers.issuperset(_NUMBER.findall(text, start, end)):
                continue
            votes: Counter[int] = Counter()
            for match in _CLAUSE.finditer(text, start, end):
                votes[places.get(match.group(), index)] += len(match.group())
            first = min((earlier for earlier in votes if earlier < index), key=lambda earlier: (-votes[earlier], earlier), default=None)
            if first is not None:
                found[index] = found.get(first, first)
    return found


def _end_of_sentence(layout: Layout, starts: list[int], position: int) -> int:
    return layout.sentences[max(0, bisect_left(starts, position) - 1)][1]


def _clause_places(layout: Layout, starts: list[int], repeat: Repeat) -> dict[str, int]:
    """The clauses of the earlier passage, and the sentence that holds each."""
    places: dict[str, int] = {}
    for match in _CLAUSE.finditer(layout.text, repeat.first_start, repeat.first_end):
        places.setdefault(match.group(), bisect_right(starts, match.start()) - 1)
    return places
