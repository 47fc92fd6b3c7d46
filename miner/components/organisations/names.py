"""Within one report, each mention resolves to one body and its fullest form.

In: the mentions in order, the layout's sections, the jurisdiction. Out: `name`, `type`, `reason` of every mention.
"""

from __future__ import annotations

from dataclasses import dataclass

from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.mentions import Mention

_SUBUNITS = ("科", "股", "室", "处", "党组", "党支部", "办公室", "党总支", "机关党委", "团委", "窗口", "党委", "支部", "机关")
_INSTITUTIONS = frozenset({"government", "party", "social"})


@dataclass(slots=True)
class Body:
    """One body of the report: its name so far, its type and where it was last mentioned."""

    name: str
    type: str
    first: int
    last: int
    count: int = 1


def is_abbreviation(short: str, long: str) -> bool:
    """True if the characters of `short` stand in `long` in order, both beginning and ending alike (市监局 ~ 市场监管局)."""
    if len(short) >= len(long) or not short or short[-1] != long[-1] or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


class Namer:
    """Resolves the mentions of one report, in order.

    Parameters
    ----------
    jurisdiction
        What 区, 市, 省 mean in this report.
    """

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.jurisdiction = jurisdiction
        self.bodies: list[Body] = []
        self.by_name: dict[str, Body] = {}
        self.main: Body | None = None

    def resolve(self, mentions: list[Mention]) -> None:
        """Fill in the name of every mention: explicit ones first, then those that need another one."""
        open_ones = []
        for mention in mentions:
            mention.type = mention.head.type
            name = self._explicit(mention)
            if name:
                self._register(mention, name, "written" if name == mention.text else "jurisdiction")
            else:
                open_ones.append(mention)
        for mention in sorted(open_ones, key=lambda m: (m.pronoun, not m.pieces, m.start)):
            self._implicit(mention)

    def _register(self, mention: Mention, name: str, reason: str) -> None:
        body = self.by_name.get(name)
        if body is None:
            body = Body(name, mention.type, mention.start, mention.start, 0)
            self.bodies.append(body)
            self.by_name[name] = body
        body.count += 1
        body.first, body.last = min(body.first, mention.start), max(body.last, mention.start)
        mention.name, mention.reason = name, reason

    def _explicit(self, mention: Mention) -> str | None:
        """The name of a mention that says itself where its body is (石景山区…, 区…)."""
        prefix = mention.prefix
        if not prefix or prefix[0].kind == "R" and prefix[0].text in "该此原":
            return None
        rest = mention.rest
        levels = self.jurisdiction.levels
        kinds = "".join(p.kind for p in prefix)
        if prefix[-1].kind in "Dd" :
            return mention.text
        if prefix[-1].kind == "Z":
            zone = "".join(p.text for p in prefix)
            own = self.jurisdiction.name or ""
            return (own if own.endswith(zone) else zone) + rest
        if "L" in kinds:
            word = prefix[-1].text
            if word in "校院局厂矿企行":
                return None
            full = levels.get(word)
            if full:
                return full + rest
        return None

    def _implicit(self, mention: Mention) -> None:
        body = self._by_suffix(mention)
        if body:
            self._register(mention, body.name, "matched")
            mention.type = body.type
            return
        name = mention.text
        if mention.head.kind in ("body", "unit") and mention.head.type in _INSTITUTIONS and self.jurisdiction.name:
            name = self.jurisdiction.name + mention.rest
        self._register(mention, name, "written")

    def _by_suffix(self, mention: Mention) -> Body | None:
        text = mention.rest or mention.text
        found = [b for b in self.bodies if b.name.endswith(text)] or [b for b in self.bodies if is_abbreviation(text, b.name[-len(text) - 6 :])]
        before = [b for b in found if b.first < mention.start]
        if before:
            return max(before, key=lambda b: b.last if b.last < mention.start else b.first)
        return found[0] if found else None
