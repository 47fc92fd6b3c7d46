"""Branches, stations and inner parts of the house that reports: 秦栏税务分局, 陈埭支行, a university's library, a firm's third works.

In: the bodies named so far, who reports where, a mention. Out: the name of the body that it belongs to or of the branch, None where nothing tells.
"""

from __future__ import annotations

import re

from miner.components.organisations.bodies import Bodies, cut, whole
from miner.components.organisations.lexicon import NAMING
from miner.components.organisations.mentions import Mention
from miner.components.organisations.owners import SAME, Owners

_BRANCHES = {tuple(group[9:].split(" ")): tuple(words) for group, words in NAMING.items() if group.startswith("branches ")}
STATIONS = tuple(word for words in _BRANCHES for word in words)
_HEARD = ("公司", "集团", "医院", "学校")
_INNER, _CAMPUS = frozenset(NAMING["inner"]), frozenset(NAMING["campus"])
_UNIVERSITY = ("大学", "学院", "学校", "中学", "小学")
_NTH_WORKS = re.compile("第?[一二三四五六七八九十](?:水厂|分厂|厂|矿|车间)")
_WHOLE = ("health", "education", "company")
_WORKS = tuple(NAMING["works"])


class Branches:
    """Finds the house of a branch or an inner part.

    Parameters
    ----------
    bodies, owners
        What the report has named so far, and who reports where.
    """

    def __init__(self, bodies: Bodies, owners: Owners) -> None:
        self.bodies, self.owners = bodies, owners

    def branch(self, text: str, position: int) -> str | None:
        """The name of 盘龙分局: a branch of the body whose branch reports (昆明市生态环境局五华分局)."""
        for name in (self.owners.section(position), self.owners.main(position), *self.bodies.by_name):
            part = whole(name, "局") if name else None
            if part and part != name:
                return part + text
        return None

    def own_branch(self, mention: Mention) -> str | None:
        """The name of a station or branch (秦栏税务分局, 陈埭支行) in the report of a body of its kind."""
        heads = next((heads for ends, heads in _BRANCHES.items() if mention.text.endswith(ends)), None)
        main = self.owners.main(mention.start) if heads and mention.pieces else None
        house = cut(main, heads) if main and heads else None
        house = main if house and main and main.endswith("分局") else house
        return house + mention.text if house else None

    def bureau(self, text: str, position: int) -> str | None:
        """The name of 思林分局: a branch of the bureau named last in its paragraph, else of the reporting one."""
        block = self.bodies.block(position)
        near = [m.name for m in self.bodies.done if m.start < position and self.bodies.block(m.start) == block]
        return next((name + text for name in (*reversed(near), self.owners.main(position) or "") if name.endswith("局") and not name.endswith("分局")), None)

    def house_here(self, head: str, mention: Mention) -> str | None:
        """The firm, hospital or school that 公司, 医院, 学校 before a unit means where another body reports: the one named last here or above."""
        main = self.owners.main(mention.start)
        tails = SAME.get(head, ())
        if head not in _HEARD or (main and main.endswith(tails)):
            return None
        block = self.bodies.block(mention.start)
        near = [m for index in (block, block - 1) for m in self.bodies.in_block(index) if m.start < mention.start and m.name.endswith(tails) and not m.pronoun]
        return max(near, key=lambda m: m.start).name if near else None

    def is_inner(self, mention: Mention) -> bool:
        """Whether a name is that of something within the house that reports: a firm's union or branch, a university's library or college."""
        text, alone = mention.text, not mention.pieces
        plain = all(piece.kind in "FwnO" for piece in mention.pieces)
        works, campus = alone and text in _INNER, (alone and text in _CAMPUS) or (not alone and plain and text.endswith("学院"))
        branch = (not alone and plain and text.endswith("分公司")) or _NTH_WORKS.fullmatch(text) is not None
        if not (works or campus or branch):
            return False
        name = self.owners.section(mention.start) or self.owners.main(mention.start) or ""
        house = self.bodies.by_name.get(name)
        if house is None or name.endswith(text):
            return False
        if campus and not works:
            return house.type == "education" and name.endswith(_UNIVERSITY if alone else "大学")
        return house.type == "company" if branch else house.type in _WHOLE or name.endswith(_WORKS)
