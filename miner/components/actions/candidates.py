"""Trigger candidates: places of lexicon words that no mention or longer trigger covers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from miner.components.actions.lexicon import Lexicon
from miner.components.scene import Scene
from miner.layout import Block

_DOCUMENT = re.compile(r"《[^《》\n]{1,120}》")


@dataclass(slots=True)
class Candidate:
    """A place where an action may be said, with what the features look at."""

    start: int
    end: int
    word: str
    clause: int
    block: Block
    previous: str
    following: str


def candidates(scene: Scene, lexicon: Lexicon) -> list[Candidate]:
    """The candidates of a report, ascending, without overlaps: among overlapping places those on word boundaries win, then the longer."""
    words, covered, items = scene.words, scene.covered, scene.items
    places = []
    titles = [match.span() for match in _DOCUMENT.finditer(scene.text)] if "《" in scene.text else []
    for start, end, word in lexicon.find(scene.text):
        if covered[start] or covered[end - 1]:
            continue
        if start and items[start - 1] and items[end]:
            continue  # inside a counted noun phrase: 演出 in 营业性演出场所4家
        rank = (words[start] and words[end]) * 4 + words[start] * 2 + (end - start)
        if titles and any(first <= start < last for first, last in titles):
            continue  # part of a document's name: 检查 in 《医疗机构检查办法》
        if end - start == 1 and not (words[start] and words[end]):
            continue
        places.append((-rank, start, end, word))
    places.sort()
    taken = bytearray(len(scene.text) + 1)
    chosen = []
    for _, start, end, word in places:
        if taken[start] or taken[end - 1]:
            continue
        taken[start:end] = b"\1" * (end - start)
        chosen.append((start, end, word))
    chosen.sort()
    return _with_context(scene, chosen)


def _with_context(scene: Scene, places: list[tuple[int, int, str]]) -> list[Candidate]:
    found = []
    for start, end, word in places:
        block = scene.block(start)
        if block.kind != "furniture":
            found.append(Candidate(start, end, word, scene.clauses.index(start), block, scene.word_before(start), scene.word_after(end)))
    return found
