"""Trigger candidates: places of lexicon words that no mention or longer trigger covers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from miner.components.actions.lexicon import Lexicon
from miner.components.data_files import toml_data
from miner.components.scene import Scene
from miner.layout import Block

_WORDS = toml_data("actions", "context_words")
_ADVERBS, _NO_ACTIONS = frozenset(_WORDS["adverbs"]), frozenset(_WORDS["no_actions"].split())
_BOUNDS = frozenset(_WORDS["before_numbers"].split())
_TAKEN = bytes([0]) + bytes([1]) * 255
TITLE = re.compile(r"《[^《》\n]{1,120}》")
_INSPECTED = re.compile(
    r"(?:对|就|围绕|针对)(?P<list>[^。,;!?\n]{2,60}?)(?:情况|方面|工作|问题|内容|项目|环节)[^。,;!?\n]{0,6}(?:进行|开展|实施|予以|给予)")
"""What is inspected: 对值守、消毒、登记等情况进行检查. In 24 such stretches of train and dev one act was marked, an optional one."""


@dataclass(slots=True)
class Candidate:
    """A place where an action may be said, with what the features look at.

    `known`: the lexicon lists the word, else the tagger takes it for a verb; `numbered`: its clause tells a number.
    """

    start: int
    end: int
    word: str
    clause: int
    block: Block
    previous: str
    following: str
    known: bool = True
    numbered: bool = True


def candidates(scene: Scene, lexicon: Lexicon) -> list[Candidate]:
    """The candidates of a report, ascending, without overlaps.

    Words of the lexicon come first (among overlapping ones those on word boundaries win, then the longer), then, in clauses that tell a
    number, what the tagger takes for a verb and verbs of one character that begin or end a longer word (送 in 送肉).
    """
    scenery = _Places(scene, lexicon)
    scenery.take_lexicon_words()
    scenery.take_verbs()
    scenery.take_parts_of_words()
    return scenery.found()


class _Places:
    """The places of candidates, taken one kind after the other."""

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self.scene, self.lexicon = scene, lexicon
        text = scene.text
        self.taken = bytearray(scene.covered.translate(_TAKEN))
        if "《" in text:
            for match in TITLE.finditer(text):  # part of a document's name: 检查 in 《医疗机构检查办法》
                self.taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        for match in _INSPECTED.finditer(text):  # nouns there, verbs though they look
            start, end = match.span("list")
            self.taken[start:end] = b"\1" * (end - start)
        self.chosen: list[tuple[int, int, str, bool]] = []
        self.parts: list[tuple[int, int]] = []
        self.number_starts = frozenset(quantity.start for quantity in scene.findings.quantities)
        clauses = scene.clauses
        self.numbered = [clauses.span(index) for index in sorted({clauses.index(quantity.start) for quantity in scene.findings.quantities})]

    def take(self, start: int, end: int, known: bool) -> None:
        """Take a place unless something stands there already."""
        taken = self.taken
        if taken[start] or taken[end - 1] or (end in self.number_starts and self.scene.text[start:end] in _BOUNDS):
            return
        taken[start:end] = b"\1" * (end - start)
        self.chosen.append((start, end, self.scene.text[start:end], known))

    def take_lexicon_words(self) -> None:
        """Words of the lexicon; a verb of one character must be a word."""
        words, places = self.scene.words, []
        for _, start, end in self.lexicon.automaton.find_matches_as_indexes(self.scene.text, overlapping=True):
            if end - start == 1 and not (words[start] and words[end]):
                if words[start] or words[end]:
                    self.parts.append((start, end))
                continue
            places.append((-((words[start] and words[end]) * 4 + words[start] * 2 + (end - start)), start, end))
        places.sort()
        for _, start, end in places:
            self.take(start, end, True)

    def take_verbs(self) -> None:
        """Words that the tagger takes for verbs in clauses that tell a number, adverbs before them left out: 添 in 再添2眼灶."""
        text, starts, tags, types = self.scene.text, self.scene.tag_starts, self.scene.tags, self.lexicon.types
        last = len(starts) - 1
        for first, end_of_clause in self.numbered:
            for index in range(self.scene.first_word(first), self.scene.first_word(end_of_clause)):
                if tags[index][0] != "v":
                    continue
                start, end = starts[index], starts[index + 1] if index < last else len(text)
                while end - start > 1 and text[start] in _ADVERBS:
                    start += 1
                word = text[start:end]
                if end - start <= 4 and word not in _NO_ACTIONS:
                    self.take(start, end, word in types)

    def take_parts_of_words(self) -> None:
        """Verbs of one character that begin or end a word, in clauses that tell a number."""
        clauses, numbered = self.scene.clauses, {first for first, _ in self.numbered}
        for start, end in self.parts:
            if clauses.starts[clauses.index(start)] in numbered:
                self.take(start, end, True)

    def found(self) -> list[Candidate]:
        """The candidates, ascending."""
        scene, out, numbered = self.scene, [], {first for first, _ in self.numbered}
        clauses = scene.clauses
        for start, end, word, known in sorted(self.chosen):
            block = scene.block(start)
            if block.kind != "furniture":
                clause = clauses.index(start)
                around = scene.word_before(start), scene.word_after(end)
                out.append(Candidate(start, end, word, clause, block, *around, known, clauses.starts[clause] in numbered))
        return out
