"""Names that stand alone above what their bodies did: ◆县住建局, 【机动中队】紧盯夜间, 区水务局:, a heading that names a unit.

In: the organisations of a report. Out: for a block, the mention that stands above it.
"""

from __future__ import annotations

import re

from miner.components.data_files import toml_data
from miner.components.scene import Scene
from miner.document import Organisation
from miner.layout import Block
from miner.layout.positions import holding

_WORDS = toml_data("events", "context_words")
_BODY_ENDS = frozenset(_WORDS["body_ends"])
_BRANCHES: list[str] = _WORDS["party_branches"]
_MARKS = re.compile(_WORDS["standing_before"])
_ENDS = re.compile(_WORDS["standing_after"])
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,5}:.")


class Standing:
    """The mentions of a report that stand alone, by where the block that they head begins.

    Parameters
    ----------
    scene
        The report's shared view.
    starts
        Where each block begins that a mention heads, ascending; a mark without a name (◆全县累计) ends the reach of the one before it.
    mentions
        The mention at each of them, None where the mark names nobody.
    blocks
        The blocks that they head.
    lines
        Whether each is all of its block, and heads those that follow too.
    """

    __slots__ = ("_scene", "blocks", "lines", "mentions", "starts")

    def __init__(self, scene: Scene, starts: list[int], mentions: list[int | None], blocks: list[Block], lines: list[bool]) -> None:
        self._scene = scene
        self.starts, self.mentions, self.blocks, self.lines = starts, mentions, blocks, lines

    def above(self, block: Block) -> int | None:
        """The mention that stands alone above a block in the same section, or at its beginning: with text after it, it heads its own block only."""
        at = holding(self.starts, block.start)
        if at < 0 or self.blocks[at].article != block.article or not (self.blocks[at].section == block.section or self._labelled(block, self.blocks[at])):
            return None
        return self.mentions[at] if self.lines[at] or self.blocks[at] is block else None

    def unit(self, block: Block) -> int:
        """The number of the mark under which a block stands, the same for all that stands under one."""
        at = holding(self.starts, block.start)
        return at if at >= 0 and self.lines[at] else -1

    def _labelled(self, block: Block, standing: Block) -> bool:
        """Whether nothing but labels of lines (联系村:明台村) parts a block from the name that stands above it."""
        blocks, section = self._scene.findings.layout.blocks, block.section
        if section < 0 or blocks[section].start < standing.start:
            return False
        while section >= 0 and blocks[section].start > standing.start:
            heading = blocks[section]
            if not _LABEL.match(self._scene.text, heading.start, heading.end):
                return False
            section = heading.section
        return True


def standing(scene: Scene, organisations: list[Organisation], block_of: list[Block]) -> Standing:
    """Find the names that stand alone in a report."""
    text = scene.text
    first: dict[int, int] = {}
    for index in range(len(organisations) - 1, -1, -1):
        first[block_of[index].start] = index
    starts: list[int] = []
    mentions: list[int | None] = []
    blocks: list[Block] = []
    lines: list[bool] = []
    marks: set[str] = set()
    for block in scene.findings.layout.blocks:
        if block.kind in ("heading", "furniture", "byline"):
            continue
        heading = first.get(block.start)
        mark = _MARKS.match(text, block.start, block.end)
        begin = mark.end() if mark else block.start
        kind = text[block.start : block.start + 1] if mark and mark.end() > block.start else ""
        if heading is not None and organisations[heading].start == begin and (end := _alone(text, organisations[heading].end, block, kind)):
            starts.append(block.start)
            mentions.append(heading)
            blocks.append(block)
            lines.append(end == block.end)
            marks.add(kind)
        elif kind and kind in marks:
            starts.append(block.start)
            mentions.append(None)
            blocks.append(block)
            lines.append(True)
    return Standing(scene, starts, mentions, blocks, lines)


def _alone(text: str, end: int, block: Block, kind: str) -> int:
    """Where a name and its closing marks end, if nothing else follows in its block, or a bracket that opened before it closes right after it; else 0."""
    after = _ENDS.match(text, end, block.end)
    if after is None:
        return 0
    return after.end() if after.end() == block.end or (kind != "" and kind in "【[〔") or ":" in after.group() else 0


def heads(block: Block, mention: Organisation) -> bool:
    """Whether a name in a section's heading is what the section is about: it begins the heading, numbering aside, or is most of it."""
    return mention.start - block.start <= 4 or (mention.end - mention.start) * 10 >= (block.end - block.start) * 6


def acting_body(name: str) -> str:
    """The body whose work a heading tells: the bureau where the heading names its party branch."""
    for branch in _BRANCHES:
        bureau = name.removesuffix(branch)
        if bureau != name and len(bureau) > 2 and bureau[-1] in _BODY_ENDS:
            return bureau
    return name
