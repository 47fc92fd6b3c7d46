"""The scene: what the components that read mentions together share of one report: text, clauses, word starts, what covers each character."""

from __future__ import annotations

from bisect import bisect_right

from miner.components.clauses import Clauses
from miner.document import Findings
from miner.document.words import word_starts
from miner.layout import Block

ORGANISATION, DATE, QUANTITY = 1, 2, 3


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
        One byte per character: 1 where a word begins.
    items
        One byte per character: 1 inside the noun phrase that a quantity counts.
    """

    __slots__ = ("block_starts", "clauses", "covered", "findings", "items", "sentence_starts", "text", "words")

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.text = text = findings.layout.text
        self.words = word_starts(text)
        self.clauses = Clauses(text)
        self.covered = bytearray(len(text) + 1)
        for kind, mentions in ((ORGANISATION, findings.organisations), (DATE, findings.dates), (QUANTITY, findings.quantities)):
            for mention in mentions:
                self.covered[mention.start : mention.end] = bytes([kind]) * (mention.end - mention.start)
        self.items = bytearray(len(text) + 1)
        for quantity in findings.quantities:
            if quantity.item_at:
                start, end = quantity.item_at
                self.items[start:end] = b"\1" * (end - start)
        self.sentence_starts = [start for start, _ in findings.layout.sentences]
        self.block_starts = [block.start for block in findings.layout.blocks]

    def sentence(self, position: int) -> int:
        """The index of the sentence that holds `position`, -1 if none."""
        return bisect_right(self.sentence_starts, position) - 1

    def sentence_span(self, position: int) -> tuple[int, int]:
        """The sentence that holds `position`; the whole text if there is none."""
        index = self.sentence(position)
        return self.findings.layout.sentences[index] if index >= 0 else (0, len(self.text))

    def block(self, position: int) -> Block:
        """The block that holds `position`."""
        return self.findings.layout.blocks[max(bisect_right(self.block_starts, position) - 1, 0)]

    def heading_above(self, block: Block) -> str:
        """The text of the heading that governs a block, empty if none."""
        if block.section < 0:
            return ""
        heading = self.findings.layout.blocks[block.section]
        return self.text[heading.start : heading.end]

    def word_before(self, position: int) -> str:
        """The word that ends at `position`; its last two characters if it is longer than four."""
        for start in range(position - 1, max(position - 5, -1), -1):
            if self.words[start]:
                return self.text[start:position]
        return self.text[max(position - 2, 0) : position]

    def word_after(self, position: int) -> str:
        """The word that begins at `position`; its first two characters if it is longer than four."""
        for end in range(position + 1, min(position + 5, len(self.text) + 1)):
            if self.words[end]:
                return self.text[position:end]
        return self.text[position : position + 2]


def scene_of(findings: Findings) -> Scene:
    """The scene of a report, made once."""
    if findings.scene is None:
        findings.scene = Scene(findings)
    scene: Scene = findings.scene
    return scene
