"""Bodies of one kind in two divisions: which body 市局, 县支队, 市总会 mean.

In: the bodies named so far, who reports where. Out: the name of the body, None where nothing tells.
"""

from __future__ import annotations

import re

from miner.components.organisations.bodies import Bodies, local, whole
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.levels import ending
from miner.components.organisations.lexicon import NAMING
from miner.components.organisations.owners import Owners

SISTER = {group[7:]: tuple(words) for group, words in NAMING.items() if group.startswith("sister ")}
_GENERAL = {group[8:]: tuple(words) for group, words in NAMING.items() if group.startswith("general ")}
_BRANCH = re.compile("局[\u4e00-\u9fff]{2,4}?分局")


class Sisters:
    """Finds the body of a division by its head alone.

    Parameters
    ----------
    bodies, owners
        What the report has named so far, and who reports where.
    jurisdiction
        The report's own division.
    """

    def __init__(self, bodies: Bodies, owners: Owners, jurisdiction: Jurisdiction) -> None:
        self.bodies, self.owners, self.jurisdiction = bodies, owners, jurisdiction

    def sister(self, division: str, head: str, position: int) -> str | None:
        """The body meant by 市局, 市支队: one of that division with that head, else the own body's counterpart there."""
        tails = SISTER.get(head, (head,))
        named = self._of_division(division, tails, head)
        if head in _GENERAL:
            return next((name for name in named if self.bodies.core(name) in _GENERAL[head]), None)
        if named:
            main = self.owners.main(position)
            core = self.bodies.core(main)[:2] if main else ""
            rank = {name: (bool(core) and self.bodies.core(name)[:2] == core, self._kinship(self.bodies.core(name)), count, name)
                    for name, count in named.items()}
            return max(rank, key=lambda name: (*rank[name][:3], -len(name), name))
        return self._counterpart(division, head, tails, position)

    def _of_division(self, division: str, tails: tuple[str, ...], head: str) -> dict[str, int]:
        """Bodies of a division whose names end with one of `tails`, or that stand in the names of their parts → how often named."""
        found: dict[str, int] = {}
        for body in self.bodies.by_name.values():
            name = local(body.name)
            if not name.startswith(division):
                continue
            for tail in tails[:1]:
                at = name.find(tail, len(division) + 1)
                while at >= 0:
                    part = body.name[: len(body.name) - len(name) + at + len(tail)]
                    short = local(part)
                    if (not short.endswith("分" + tail) and len(short) > len(division) + len(head) and len(self.bodies.place_of(short)) <= len(division)
                            and not self._inner_division(short, division)):
                        found[part] = found.get(part, 0) + body.count
                    at = name.find(tail, at + 1)
        return found

    def _inner_division(self, name: str, division: str) -> bool:
        """Whether a name that begins with `division` goes on with another (益阳市 in 益阳市大通湖区应急管理局)."""
        rest = name[len(division) :]
        return bool(self.bodies.place_of(rest))

    def _counterpart(self, division: str, head: str, tails: tuple[str, ...], position: int) -> str | None:
        own = self.jurisdiction.long or self.jurisdiction.name or ""
        places = tuple(place for place in (own, self.jurisdiction.name or own) if place)
        main = self.owners.main(position)
        for tail in tails:
            mine = [b for b in self.bodies.by_name.values() if b.name.endswith(tail) and (not places or local(b.name).startswith(places) or b.name == main)]
            if not mine and self.jurisdiction.name != division:
                continue
            mine = mine or [b for b in self.bodies.by_name.values() if b.name.endswith(tail) and self.bodies.place_of(local(b.name))]
            if mine:
                best = local(whole(max(mine, key=lambda b: (b.name == main, b.count, -b.first)).name, tail))
                core = best[len(self.bodies.place_of(best)) :]
                if tail != "分局":
                    core = _BRANCH.sub("局", core)
                if not self.bodies.place_of(best) and ending(core[:1]):
                    core = core[1:]
                if len(core) > len(tail):
                    return division + core[: -len(tail)] + (head if head != "总" else tail)
        return None

    def _kinship(self, core: str) -> int:
        """How often the report's own bodies share their function's first two characters with `core`."""
        return sum(body.count for body in self.bodies.by_name.values() if body.own and core[:2] in body.name)
