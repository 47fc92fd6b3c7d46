"""Which body named elsewhere a short mention means: 执法大队, 信访局, 市监局, 公司.

In: the bodies named so far, whose they are, a mention. Out: the body, None where none fits.
"""

from __future__ import annotations

from miner.components.organisations.abbreviation import abbreviates_end
from miner.components.organisations.bodies import Bodies, Body, cut
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.levels import LEVEL_OF, ORDER, ending
from miner.components.organisations.lexicon import NAMING
from miner.components.organisations.mentions import Mention
from miner.components.organisations.owners import SAME, Owners

_FIRMS = ("公司", "集团")
_BARE = frozenset(NAMING["bare"])
_HIGHER = {level: frozenset(word for word in LEVEL_OF if ORDER.index(LEVEL_OF[word]) < rank) for rank, level in enumerate(ORDER)}
_COMMAND = "指挥部"
_HEAD_BLOCKS = 4  # the lines at the head of a bulletin: its title, number, issuer and day


class Matcher:
    """Finds the body that a short mention means.

    Parameters
    ----------
    bodies, owners
        What the report has named so far, and who reports where.
    jurisdiction
        The report's own division.
    """

    def __init__(self, bodies: Bodies, owners: Owners, jurisdiction: Jurisdiction) -> None:
        self.bodies, self.owners, self.jurisdiction = bodies, owners, jurisdiction
        self._above = _HIGHER[LEVEL_OF.get(ending(jurisdiction.name or ""), "province")]

    def match(self, mention: Mention) -> Body | None:
        """The body that a short mention stands for: its name ends with it or is abbreviated by it; the report's own first, then the last named."""
        text = mention.text
        while mention.pieces and text[:1] in "该此本原" and len(text) > 2:
            text = text[1:]
        bodies, tails = self.bodies.by_name.values(), text if mention.pieces else SAME.get(text, text)
        found = [b for b in bodies if b.name.endswith(tails)]
        if mention.head.kind == "brand":
            found = [b for b in bodies if b.type == "company" and text in b.name and b.name.endswith(_FIRMS)]
        if not found and text[-1:] not in "科处室股部办":
            found = [b for b in bodies if abbreviates_end(text, b.name)]
        if mention.head.kind == "body" or (mention.head.kind == "unit" and mention.pieces):
            own = [b for b in found if b.own or not (self.bodies.place_of(b.name) or b.name.removesuffix(text) in self._above)]  # 市民政局 is another's
            found = own if self.jurisdiction.name else found
        here = self.bodies.county(mention.start) if found else None
        if here:
            found = [b for b in found if here in b.name or not self.bodies.place_of(b.name)]
        found = [b for b in found if b.name not in _BARE and not b.name.endswith("总" + text)]
        before = [b for b in found if b.first < mention.start]
        if not before and not mention.pieces and mention.head.kind in ("open", "role", "place"):
            return self._inner(mention) or (found[0] if len(found) == 1 else None)
        if before:
            return self._last(before, mention)
        return max(found, key=lambda b: b.count) if found and len(text) > 2 else (found[0] if found else None)

    def _last(self, before: list[Body], mention: Mention) -> Body:
        """Of the bodies named before, the last one of the paragraph, else the one that reports, else the last; none of another place after its sentence."""
        last = max(before, key=lambda b: self.bodies.last_before(b.name, mention.start))
        if mention.pieces:
            return last
        seen = self.bodies.last_before(last.name, mention.start)
        section = self.bodies.section_body(mention.start)
        headed = next((b for b in before if b.name == section), None)
        if headed:
            return headed
        own = [b for b in before if self.owners.is_own(b.name)]
        if own and last not in own and "。" in self.bodies.layout.text[seen : mention.start]:
            return max(own, key=lambda b: self.bodies.last_before(b.name, mention.start))
        main = self.owners.main(mention.start)
        reporting = next((b for b in before if b.name == main), None)
        if reporting and last.name.startswith(reporting.name) and not last.name.endswith(mention.text):
            return reporting  # 学校 is the university that reports, not its college
        if self.bodies.block(seen) == self.bodies.block(mention.start) and not (reporting and "。" in self.bodies.layout.text[seen : mention.start]):
            return last
        return reporting or last

    def _inner(self, mention: Mention) -> Body | None:
        """A body that stands only inside the name of another one before (…供电公司党委 → 公司)."""
        tails = SAME.get(mention.text, (mention.text,))
        for other in reversed([m for m in self.bodies.done if m.start < mention.start]):
            part = cut(other.name, tails)
            if part and len(part) > len(mention.text) + 1:
                return self.bodies.by_name.get(part) or Body(part, mention.head.type, False, other.start, other.start)
        return None

    def in_reach(self, body: Body, mention: Mention) -> bool:
        """Whether a bare role word may stand for a body: it was named in the same article, and not only under the heading of another body."""
        last = self.bodies.last_before(body.name, mention.start) if body.name in self.bodies.by_name else body.first
        if self.bodies.article(last) != self.bodies.article(mention.start):
            return False
        own = self.owners.section(mention.start)
        if mention.text == _COMMAND and body.own:  # that of the division stands above the bodies of all sections
            return True
        if len(mention.text) > 4 and (self.bodies.titled(body.name) or self.bodies.block(body.first) < _HEAD_BLOCKS):
            return True
        if own is None or self.owners.below(own, mention.text) or body.name.startswith(own):
            return True
        return self.bodies.heading_of(last) == self.bodies.heading_of(mention.start)
