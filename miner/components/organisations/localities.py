"""Which division a name is of: what 市 and 县 mean, the county of a town, the prefecture of a county's city.

In: the report's own division, the divisions and bodies that it names. Out: names of divisions.
"""

from __future__ import annotations

from miner.components.organisations.bodies import Bodies
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.levels import LEVEL_OF, TOWNS, ending
from miner.components.organisations.places import Places

_COUNTIES = ("县", "区", "旗", "市")
_UNITED = ("4419", "4420", "4604", "6202")  # prefectures without counties: their towns lie right below them


class Localities:
    """Finds the division that a name begins with.

    Parameters
    ----------
    bodies
        What the report has named so far.
    jurisdiction, places
        The report's own division, and all that it names.
    """

    def __init__(self, bodies: Bodies, jurisdiction: Jurisdiction, places: Places) -> None:
        self.bodies, self.jurisdiction, self.places = bodies, jurisdiction, places

    def town(self, name: str, position: int) -> str:
        """A town's name with the county it lies in before it, where that county is the report's own or its article's."""
        county = self.bodies.county(position) if ending(name) in TOWNS else None
        if county and name.startswith(county):
            return name
        if county and self._lies_in(name, county):
            return self.places.long_forms.get(county, county) + name
        headed = self.places.nearby.headed(self.places, _COUNTIES, position, self.jurisdiction.code) if ending(name) in TOWNS else None
        if headed and headed != self.jurisdiction.name and not self.places.code(headed):
            return headed + name
        own = self.jurisdiction.long or self.jurisdiction.name or ""
        if ending(name) not in TOWNS or not own:
            return name
        if LEVEL_OF.get(ending(own)) in ("town", "village"):
            return self._county_above(name, position) + name
        if name.startswith(own):
            return name
        if self.jurisdiction.code and len(self.jurisdiction.code) < 6 and own[-1] != "区" and self.jurisdiction.code not in _UNITED:
            return name
        codes = self.places.gazetteer.towns.get(name, [])
        if self.jurisdiction.code and codes and not any(code.startswith(self.jurisdiction.code) for code in codes):
            return name
        return own + name

    def _county_above(self, town: str, position: int) -> str:
        """The county of a town in a report of a town: the one that it stands behind somewhere, else the only one named; empty where none can be told."""
        behind = [name for name in self.places.joined.get(town, ()) if name.endswith(_COUNTIES)]
        if len(behind) == 1:
            return behind[0]
        named = {name for word in _COUNTIES if (name := self.meant(word, position)) and (word != "市" or self.places.is_county_city(name))}
        county = named.pop() if len(named) == 1 else ""
        return county if county and not town.startswith(county) and (self._lies_in(town, county) or not self.places.code(county)) else ""

    def _lies_in(self, town: str, county: str) -> bool:
        """Whether a town lies in a county: the report writes it behind the county, or the gazetteer knows it there."""
        code = self.places.code(county)
        return county in self.places.joined.get(town, ()) or bool(code and any(one.startswith(code) for one in self.places.gazetteer.towns.get(town, ())))

    def named_elsewhere(self, word: str, rest: str, full: str, position: int) -> str | None:
        """The one body that the article named in full with another division of that level (枣庄市环保局, then 市环保局), where it never names the usual one."""
        if len(rest) < 3 or full + rest in self.bodies.by_name or full + rest in self.bodies.layout.text:
            return None
        article = self.bodies.article(position)
        found = [name for name, body in self.bodies.by_name.items() if name.endswith(word + rest) and self.bodies.place_of(name) == name[: -len(rest)]
                 and self.bodies.article(body.first) == article]
        return found[0] if len(found) == 1 and not self._beside(found[0], word + rest) else None

    def _beside(self, full: str, short: str) -> bool:
        """Whether a sentence that names a body in full goes on with the short name: another body's (按照南充市审计局安排,市审计局成立…)."""
        text = self.bodies.layout.text
        at = text.find(full)
        end = text.find("。", at)
        return text.find(short, at + len(full), end if end >= 0 else len(text)) >= 0

    def meant(self, word: str, position: int) -> str | None:
        """The division that a level word means at a position."""
        return self.places.meant(word, position, self.jurisdiction.levels, self.jurisdiction.code)

    def prefecture(self, city: str) -> str:
        """The prefecture of a county's city by the name that the report writes, 市 where it writes none."""
        above = self.places.above(city)
        return self.places.form(above) if above and self.places.says(above.short) else "市"

    def province(self) -> str | None:
        """The province of the jurisdiction, where the report names it: 厅 are provincial bodies."""
        return next((self.jurisdiction.levels[word] for word in ("省", "自治区") if word in self.jurisdiction.levels), None)
