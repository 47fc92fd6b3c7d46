"""The gazetteer: administrative divisions of China with their codes, short and full names, and which lies in which.

In: the data files ``data/divisions.tsv`` and ``data/divisions_former.tsv`` (their headers name origin and licence).
Out: look-ups by name and code for every component. The files are read once, on first use; counties and above are indexed then, towns when first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "town"}
_MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class Division:
    """One division. `code` is the statistical code: two digits a province, four a prefecture, six a county, nine a town or street."""

    code: str
    short: str
    full: str

    @property
    def common(self) -> str:
        """The name in daily use: 丰宁县 for 丰宁满族自治县, else the full name."""
        if len(self.full) - len(self.short) > 2 and len(self.short) > 1 and self.full[-1] in "县州旗区" and len(self.code) > 2:
            return self.short + self.full[-1]
        return self.full

    @property
    def forms(self) -> tuple[str, ...]:
        """The names it goes by, the longest first: 道真仡佬族苗族自治县, 道真自治县, 道真县."""
        if self.common == self.full:
            return (self.full,)
        middle = self.short + self.full[-3:] if "自治" in self.full else self.full
        return tuple(dict.fromkeys((self.full, middle, self.common)))

    @property
    def level(self) -> str:
        """``province`` | ``prefecture`` | ``county`` | ``town``."""
        return LEVELS[len(self.code)]


class Gazetteer:
    """All divisions.

    Parameters
    ----------
    content
        The text of a divisions file: one line per county or higher division, ``code TAB short TAB full TAB towns``.
    former
        The text of a file of former names: ``name TAB code of the division that took its place``.

    Attributes
    ----------
    former
        Code → former names of the division.
    """

    def __init__(self, content: str, former: str = "") -> None:
        self.divisions: dict[str, Division] = {}
        self.by_full: dict[str, list[str]] = {}
        self.by_short: dict[str, list[str]] = {}
        self.by_common: dict[str, list[str]] = {}
        self._ancestors: dict[str, list[Division]] = {}
        self._towns: dict[str, str] = {}
        self._by_town: dict[str, list[str]] | None = None
        self.former: dict[str, list[str]] = {}
        for line in content.splitlines():
            if not line or line[0] == "#":
                continue
            code, short, full, towns = line.split("\t")
            division = self.divisions[code] = Division(code, short, full)
            self.by_full.setdefault(full, []).append(code)
            for form in division.forms[1:]:
                self.by_common.setdefault(form, []).append(code)
            if len(short) > 1:
                self.by_short.setdefault(short, []).append(code)
            if towns:
                self._towns[code] = towns
        for line in former.splitlines():
            if line and line[0] != "#":
                name, code = line.split("\t")
                self.by_full.setdefault(name, []).append(code)
                self.former.setdefault(code, []).append(name)

    @property
    def towns(self) -> dict[str, list[str]]:
        """Full name of a town or street → codes."""
        if self._by_town is not None:  # kept by hand: compiled code would make a cached_property anew whenever it is asked
            return self._by_town
        found = self._by_town = {}
        for county, towns in self._towns.items():
            for town in towns.split(" "):
                found.setdefault(town[3:], []).append((county + "00")[:6] + town[:3])
        return found

    def named(self, name: str) -> list[str]:
        """The codes of the divisions of that full, common (丰宁县 for 丰宁满族自治县) or short name, in this order; towns by full name only."""
        return self.by_full.get(name) or self.by_common.get(name) or self.by_short.get(name) or self.towns.get(name) or []

    def get(self, code: str) -> Division | None:
        """The division of a code, None if there is none."""
        found = self.divisions.get(code)
        if found is None and len(code) == 9:
            county = code[:6]
            for town in self._towns.get(county, self._towns.get(county[:4], "")).split(" "):
                if town[:3] == code[6:]:
                    return Division(code, town[3:].rstrip("街道镇乡") or town[3:], town[3:])
        return found

    def parent(self, code: str) -> Division | None:
        """The division next above, None above a province; a county of a municipality lies in its municipality."""
        for length in (6, 4, 2):
            if length < len(code) and code[:length] in self.divisions and not (length == 4 and self._is_directly_governed(code)):
                return self.divisions[code[:length]]
        return None

    def _is_directly_governed(self, code: str) -> bool:
        """True for counties that a province governs itself: their prefecture code stands for no prefecture."""
        return self.divisions[code[:4]].full == self.divisions.get(code[:6], self.divisions[code[:4]]).full

    def ancestors(self, code: str) -> list[Division]:
        """The divisions above, lowest first."""
        found = self._ancestors.get(code)
        if found is None:
            found = self._ancestors[code] = []
            above = self.parent(code)
            while above is not None:
                found.append(above)
                above = self.parent(above.code)
        return found



@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read on first use."""
    data = files("miner.components").joinpath("data")
    return Gazetteer(data.joinpath("divisions.tsv").read_text("utf-8"), data.joinpath("divisions_former.tsv").read_text("utf-8"))
