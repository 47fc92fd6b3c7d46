"""Task groups within a body: whose 综合组, 用工组, 价格监管专班 are.

In: the bodies named so far, a mention of a group. Out: the name of the task force or of the body that it is a part of, None where nothing tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from miner.components.organisations.bodies import Bodies
from miner.components.organisations.lexicon import NAMING
from miner.components.organisations.mentions import Mention

_DIVIDED = re.compile(f"(?:[^。!?！？\n]{{0,30}}?[,，])?[共又内还]?(?:{'|'.join(NAMING['divided'])})[^。!?！？\n]{{0,120}}组")
_WITHIN = tuple(NAMING["within"])
_COMMANDS = tuple(NAMING["command"])
KINDS = frozenset(NAMING["kinds"])
_STEM = re.compile("(?:工作|专项)?小?[组队]$")
_SHORTER = ("保障", "服务", "管理", "协调")  # what a list of groups leaves out: 物资、用工2个组 for 物资保障组
_OFFICE = re.compile("办公?室?$")
_LEAST = 2


class Groups:
    """Finds whose part a task group is.

    Parameters
    ----------
    bodies
        What the report has named so far.
    text
        Clean text.
    """

    def __init__(self, bodies: Bodies, text: str) -> None:
        self.bodies, self.text = bodies, text

    def parent(self, mention: Mention, mentions: Sequence[Mention], founded: bool) -> str | None:
        """The task force of whose groups a mention is one: said to be divided into groups of that name, or what the title of the article is about.

        Parameters
        ----------
        mention, mentions
            The group, and all mentions of the report.
        founded
            Whether its sentence says who sets it up: then the title tells nothing.
        """
        text = mention.text
        if not text.endswith(_WITHIN) or (mention.prefix and not self.looks_after(mention)):
            return None
        stem = _STEM.sub("", text)
        article = self.bodies.article(mention.start)
        before = [m for m in mentions if m.end <= mention.start and m.name and m.type == "taskforce" and self.bodies.article(m.start) == article
                  and m.text != text and len(m.name) > len(m.head.text)]
        if len(stem) > 1 and text.endswith("组"):
            for force in reversed(before):
                if self._divided(force, stem):
                    return _OFFICE.sub("", force.name)
        return None if founded else self._titled(article, mention.start)

    @staticmethod
    def looks_after(mention: Mention) -> bool:
        """Whether the word of place at the beginning of a group's name says what it looks after (社区防控组)."""
        return mention.text.endswith(_WITHIN) and len(mention.prefix) == 1 and mention.prefix[0].text in KINDS and len(mention.pieces) > 1

    def _divided(self, force: Mention, stem: str) -> bool:
        """Whether the sentence of a task force goes on to say that it has a group of a name (专班下设用工、外联2个工作组)."""
        found = _DIVIDED.match(self.text, force.end, force.end + 160)
        if not found:
            return False
        shorter = next((stem.removesuffix(word) for word in _SHORTER if stem.endswith(word) and len(stem) > len(word) + 1), stem)
        return shorter in found.group()

    def _titled(self, article: int, position: int) -> str | None:
        """The command or task force that the title of an article before a position is about, where it names no other body."""
        blocks = self.bodies.layout.blocks
        index = next((index for index, block in enumerate(blocks) if block.article == article and block.kind == "heading" and block.level <= 1), None)
        if index is None:
            return None
        dashed = index + 1 < len(blocks) and self.text.startswith("—", blocks[index + 1].start)
        named = {_OFFICE.sub("", m.name) for line in ([index, index + 1] if dashed else [index]) for m in self.bodies.in_block(line)
                 if m.head.kind not in ("place", "division") and m.end <= position}
        name = named.pop() if len(named) == 1 else ""
        return name if name.endswith(_COMMANDS) else None

    def several(self, mention: Mention, mentions: Sequence[Mention]) -> bool:
        """Whether an article names task forces of several kinds without saying whose they are: parts of one body that shares its work among them."""
        head, article = mention.head.text, self.bodies.article(mention.start)
        kinds = {m.text for m in mentions if m.head.kind == "role" and m.head.text == head and m.pieces and not m.prefix
                 and m.text != head and self.bodies.article(m.start) == article}
        return len(kinds) >= _LEAST
