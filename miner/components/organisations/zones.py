"""Whose the bodies of a development zone are: 经开区管委会 is 昆明经开区管委会, 管委会 alone is that of the zone named before.

In: the bodies named so far, the jurisdiction. Out: names of zones and of their bodies, empty where nothing tells.
"""

from __future__ import annotations

from miner.components.organisations.bodies import Bodies
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.mentions import Mention

ZONE_BODIES = ("管委会", "管理委员会")
_ALONE = (*ZONE_BODIES, "党工委")
_PARK = "园区"


class Zones:
    """The zones of one report.

    Parameters
    ----------
    bodies
        What the report has named so far.
    jurisdiction
        The report's own division.
    """

    def __init__(self, bodies: Bodies, jurisdiction: Jurisdiction) -> None:
        self.bodies, self.jurisdiction = bodies, jurisdiction
        self.reports = (jurisdiction.name or "").endswith(bodies.places.lexicon.zones)
        """Whether a zone is the report's own division."""

    def full(self, zone: str) -> str:
        """A zone with the place before it that the report says: the zone that reports, or one of the report's own division."""
        own = self.jurisdiction.long or ""
        if own.endswith(zone):
            return own
        name = (self.jurisdiction.name or "")[:-1]
        return name + zone if len(name) > 1 and name + zone in self.bodies.layout.text else zone

    def park(self, word: str) -> str:
        """The zone that 园区 means: the one that reports."""
        return self.jurisdiction.long or "" if word == _PARK and self.reports else ""

    def committee(self, mention: Mention) -> str:
        """The name of a 管委会 without its zone: of the zone whose body was named last, since no county has one; empty where a zone itself reports."""
        if mention.text not in _ALONE or self.reports:
            return ""
        zones = [(m.start, m.name[: len(m.name) - len(m.rest)]) for m in self.bodies.done
                 if m.start < mention.start and m.prefix and m.prefix[-1].kind == "Z" and m.name.endswith(m.rest)]
        return max(zones)[1] + mention.text if zones else ""


def begins_with_zone(mention: Mention) -> bool:
    """Whether a name begins with a zone behind a place that no list knows (金普新区党工委)."""
    return len(mention.pieces) > 1 and mention.pieces[0].kind in "ue" and any(piece.kind == "Z" for piece in mention.pieces)
