"""The scene: what the components that read mentions together share of one report: text, clauses, word starts, what covers each character."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from miner.components.clauses import Clauses
from miner.document import Findings
from miner.document.words import tagger
from miner.layout import Block

ORGANISATION, DATE, QUANTITY = 1, 2, 3
_KINDS = ("", "#org", "#date", "#qty")


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
    cues
        The modality cues of one sentence, kept by the component that looks for them.
    """

    __slots__ = ("block_starts", "clauses", "covered", "cues", "findings", "items", "sentence_starts", "tag_starts", "tags", "text", "words")

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.text = text = findings.layout.text
        self.clauses = Clauses(text)
        length_of_text = len(text)
        self.covered = bytearray(length_of_text + 1)
        masked = list(text)
        for kind, mentions in ((ORGANISATION, findings.organisations), (DATE, findings.dates), (QUANTITY, findings.quantities)):
            for mention in mentions:
                length = mention.end - mention.start
                self.covered[mention.start : mention.end] = bytes([kind]) * length
                masked[mention.start : mention.end] = "\n" * length
        # words are cut between the mentions, so that 组成 cannot straddle 应急保障组 | 成立
        self.words = bytearray(length_of_text + 1)
        self.tags: list[str] = []
        self.tag_starts: list[int] = []
        position = 0
        for word, tag in findings.tagged or tagger()("".join(masked)):
            self.words[position] = 1
            self.tag_starts.append(position)
            self.tags.append(tag)
            position += len(word)
        self.words[length_of_text] = 1
        self.items = bytearray(len(text) + 1)
        for quantity in findings.quantities:
            if quantity.item_at:
                start, end = quantity.item_at
                self.items[start:end] = b"\1" * (end - start)
        self.cues: Any = None
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

    def tags_around(self, start: int, end: int) -> tuple[str, str, str, str, str]:
        """The tags of the two words before `start`, the word at it, and the two words from `end` on; a mention counts as one word with its kind as tag."""
        starts, tags, covered = self.tag_starts, self.tags, self.covered
        here = bisect_right(starts, start) - 1
        after = bisect_right(starts, end - 1, here)
        last = len(tags)
        return tuple([(_KINDS[covered[starts[i]]] or tags[i]) if 0 <= i < last else "#" for i in (here - 2, here - 1, here, after, after + 1)])  # type: ignore[return-value]

    def says_verb(self, start: int, end: int) -> bool:
        """Whether a word that the tagger takes for a verb begins between two positions."""
        return any(tag[0] == "v" for tag in self.tags[bisect_left(self.tag_starts, start) : bisect_left(self.tag_starts, end)])

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
