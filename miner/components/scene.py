"""The scene: what the components that read mentions together share of one report: text, clauses, word starts, what covers each character."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np

from miner.components.clauses import Clauses, numbers_at
from miner.document import Findings
from miner.document.words import tagger
from miner.layout import Block
from miner.layout.positions import first_from, holding

ORGANISATION, DATE, QUANTITY = 1, 2, 3
_LONG = 4  # characters; longer words tell by two
KINDS = ("", "#org", "#date", "#qty")
"""The tags of the kinds of mentions that cover a character."""


class Scene:
    """A report's clauses, word starts and mentions, by character.

    Parameters
    ----------
    findings
        Findings whose organisations, dates and quantities are there.

    Attributes
    ----------
    covered
        One byte per character: ``ORGANISATION``, ``DATE``, ``QUANTITY``, or 0.
    words
        One byte per character: 1 where a word begins (a feature, never a boundary); the characters of a mention count as words of their own.
    items
        One byte per character: 1 inside the noun phrase that a quantity counts.
    padded_tags
        The tags of the words, a mention's kind in place of its own, between two ``#`` on either side.
    kept
        What a component finds once for a whole report, by the component's own name for it.
    """

    __slots__ = (
        "_block_at", "_sentence_at", "_verbs", "clauses", "covered", "findings", "items", "kept", "padded_tags", "sentence_starts", "tag_starts",
        "tags", "text", "words")

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.text = text = findings.layout.text
        self.clauses = Clauses(text)
        length_of_text = len(text)
        covered = bytearray(length_of_text + 1)
        for kind, mentions in ((ORGANISATION, findings.organisations), (DATE, findings.dates), (QUANTITY, findings.quantities)):
            mark = bytes([kind])
            for mention in mentions:
                start, end = mention.start, mention.end
                covered[start:end] = mark * (end - start)
        # words are cut between the mentions, so that 组成 cannot straddle 应急保障组 | 成立
        if findings.words is None:
            tagged = findings.tagged or tagger()("".join(["\n" if kind else char for char, kind in zip(text, bytes(covered), strict=False)]))
            findings.words = (list(accumulate([len(word) for word, _ in tagged[:-1]], initial=0)) if tagged else [], [tag for _, tag in tagged])
            findings.tagged = None  # hundreds of pairs that nobody reads again and the garbage collector would have to visit
        self.tag_starts, self.tags = findings.words
        starts = self.tag_starts
        words = _marked([*starts, length_of_text], length_of_text)
        verbs = _marked([start for start, tag in zip(starts, self.tags, strict=True) if tag[0] == "v"], length_of_text)
        self._verbs = verbs
        self.covered, self.words = bytes(covered), words  # compiled code reads a byte of bytes at once, of a bytearray by a call
        self.padded_tags = ["#", "#", *[KINDS[covered[start]] or tag for start, tag in zip(starts, self.tags, strict=True)], "#", "#"]
        items = bytearray(length_of_text + 1)
        for quantity in findings.quantities:
            if quantity.item_at:
                start, end = quantity.item_at
                items[start:end] = b"\1" * (end - start)
        self.items = bytes(items)
        self.kept: dict[str, Any] = {}
        self.sentence_starts = [start for start, _ in findings.layout.sentences]
        self._sentence_at = numbers_at(self.sentence_starts, length_of_text)
        self._block_at = numbers_at([block.start for block in findings.layout.blocks], length_of_text)

    def sentence(self, position: int) -> int:
        """The index of the sentence that holds `position`, -1 if none."""
        return self._sentence_at[position]

    def sentence_span(self, position: int) -> tuple[int, int]:
        """The sentence that holds `position`; the whole text if there is none."""
        index = self.sentence(position)
        return self.findings.layout.sentences[index] if index >= 0 else (0, len(self.text))

    def block(self, position: int) -> Block:
        """The block that holds `position`."""
        number = self._block_at[position]
        return self.findings.layout.blocks[number if number > 0 else 0]

    def heading_above(self, block: Block) -> str:
        """The text of the heading that governs a block, empty if none."""
        if block.section < 0:
            return ""
        heading = self.findings.layout.blocks[block.section]
        return self.text[heading.start : heading.end]

    def tags_around(self, start: int, end: int) -> tuple[str, str, str, str, str]:
        """The tags of the two words before `start`, the word at it, and the two words from `end` on; a mention counts as one word with its kind as tag."""
        starts, tags = self.tag_starts, self.padded_tags
        here = holding(starts, start) + 1  # in padded_tags one place further on, since that begins with two tags of nothing
        after = here if here >= len(starts) or starts[here] >= end else first_from(starts, end, here)
        return tags[here - 1], tags[here], tags[here + 1], tags[after + 2], tags[after + 3]

    def says_verb(self, start: int, end: int) -> bool:
        """Whether a word that the tagger takes for a verb begins between two positions."""
        return self._verbs.find(1, start, end) >= 0

    def word_before(self, position: int) -> str:
        """The word that ends at `position`; its last two characters if it is longer than four."""
        words = self.words
        for start in range(position - 1, max(position - _LONG, 0) - 1, -1):
            if words[start]:
                return self.text[start:position]
        return self.text[max(position - 2, 0) : position]

    def word_after(self, position: int) -> str:
        """The word that begins at `position`; its first two characters if it is longer than four."""
        words = self.words
        for end in range(position + 1, min(position + _LONG, len(self.text)) + 1):
            if words[end]:
                return self.text[position:end]
        return self.text[position : position + 2]

    def first_word(self, position: int) -> int:
        """The number of the first word that begins at `position` or behind it."""
        return first_from(self.tag_starts, position)


def _marked(positions: list[int], last: int) -> bytes:
    """One byte per position from 0 to `last`: 1 at those given."""
    marks = np.zeros(last + 1, dtype=np.uint8)
    marks[positions] = 1
    return marks.tobytes()


def scene_of(findings: Findings) -> Scene:
    """The scene of a report, made once."""
    if findings.scene is None:
        findings.scene = Scene(findings)
    scene: Scene = findings.scene
    return scene
