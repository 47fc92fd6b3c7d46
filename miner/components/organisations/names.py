"""Within one report, each mention resolves to one body and its fullest form.

In: the mentions in order, the layout's sections, the jurisdiction. Out: `name`, `type`, `reason`, `heading` of every mention.

The order of work: mentions that say themselves whose they are (石景山区…, 区…, 局…); then in text order those that must be matched to a body named elsewhere
(信访局, 市监局, 执法大队), units of a body (药械科), and last the words that only point (我局, 该公司, 全院).
"""

from __future__ import annotations

import re

from miner.components.organisations.bodies import Bodies, cut, ends, joined, without_brand
from miner.components.organisations.branches import STATIONS, Branches
from miner.components.organisations.cells import full_cell, other_house
from miner.components.organisations.fuller import OFFICES, fuller, fuller_names
from miner.components.organisations.groups import KINDS, Groups
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.levels import LEVEL_OF, TOWNS, ending, level_word
from miner.components.organisations.lexicon import NAMING
from miner.components.organisations.localities import Localities
from miner.components.organisations.matching import Matcher
from miner.components.organisations.mentions import Mention
from miner.components.organisations.owners import COURT, RANKS, SAME, SUBORDINATE, Owners
from miner.components.organisations.places import Places
from miner.components.organisations.sisters import SISTER, Sisters
from miner.components.organisations.zones import ZONE_BODIES, Zones, begins_with_zone
from miner.components.profile import KnownOrganisation
from miner.layout.model import Layout

_JOINT = re.compile(r"^(省市县|省市区|省市|市县|市区|区县|县乡|县镇|区街)(?!村振兴|场)(?=[\u4e00-\u9fff]{2})")
_OWN_BODY = frozenset("校院局厂矿行段社司会所站馆园委")

_BARE = frozenset(NAMING["bare"])
_DEPARTMENT, _SECTION, _INDEPENDENT = ends("department"), ends("section"), ends("independent")
_NATIONAL = tuple(NAMING["national"])
_LAND = ("国土", "国资", "国有资产", "国税", "国防")  # local offices, though their names begin with 国
_NUMBERED = re.compile("第?[一二三四五六七八九十]+[\u4e00-\u9fff]{0,4}分局$")
_INSTITUTIONS = ("government", "party", "social")
_WHOLE = ("health", "education", "company")
_WHOLE_TRADE = "系统"  # 文旅系统防控专班 is that of the division: a trade is more than its bureau
_COMMUNITY = re.compile("[\u4e00-\u9fff]{1,4}(?:社区|村|镇|乡|街道)(?=[\u4e00-\u9fff]{2})")
_OFFICE = re.compile("(?:局|委|联|会|社|馆|中心|院|公司)$")
_STATION, _SERVING = ends("station", "serving"), ends("serving")
_SUBUNIT = re.compile("(?:科|股|处|车间|工区)$")  # no division has one of its own
_NTH = re.compile("第[一二三四五六七八九十]+(?:检查|督查|督导|调研|巡察|巡查|工作|核查)*组")
_LOCAL = re.compile("(?:所|站|队|庭|关|点)$")
_OF_DIVISION = frozenset(NAMING["own"])
_RULING = frozenset(NAMING["ruling"])
_GOVERNING = frozenset(NAMING["governing"])
_RESIDENT, _DISCIPLINE = ("派驻", "驻"), ("纪委监委", "纪委", "监委")
_HOUSES, _WITH_WORD = frozenset(("学校", "公司", "集团", "校")), ("校医院", "校友会")
_WORKS = tuple(NAMING["works"])
_CREWS, _LONGEST_CREW = tuple(NAMING["crew"]), 5
_LEAGUE = re.compile("团[\u4e00-\u9fff]{1,6}[省市县区州旗]委")  # 团当涂县委
_RULING_ALONE = ("委", "党委", "党工委", "政府", "人民政府")  # a division's task forces go by the division, not by who rules it


def _points(mention: Mention) -> bool:
    """Whether a name begins with a word that points at a body: 该局朝阳所, 我院急诊科."""
    pieces = mention.pieces[:2]
    return len(pieces) == 2 and pieces[0].kind == "R" and pieces[1].kind in "LH" and pieces[1].text in _OWN_BODY


def _of_unknown_place(mention: Mention) -> bool:
    """Whether a name begins with a division that no gazetteer knows: two characters and a level word (林城县检察院, 沱源县委)."""
    kinds = "".join([piece.kind for piece in mention.pieces])
    if kinds == "uu" and mention.head.text[0] in LEVEL_OF and mention.head.text[1:] == "委":
        return True
    return kinds.startswith("uuL") and mention.pieces[2].text in LEVEL_OF and len(mention.text) > 4


def _without_firm(mentions: list[Mention]) -> dict[str, str]:
    """Names without the firm of the whole country that they begin with, where a division in full follows it → the names as written."""
    found: dict[str, str] = {}
    for mention in mentions:
        if len(mention.pieces) > 1 and mention.pieces[0].kind == "b" and mention.pieces[1].kind == "D" and mention.head.type == "company":
            found.setdefault(mention.text[len(mention.pieces[0].text) :], mention.text)
    return found


class Namer:
    """Resolves the mentions of one report.

    Parameters
    ----------
    layout
        The report laid out: its headings tell who acts in a section.
    jurisdiction, places
        What 区, 市, 省 mean in this report.
    definitions
        Short names that the report defines → the mention that each stands for.
    known
        Names and aliases of the user's own bodies.
    """

    def __init__(self, layout: Layout, jurisdiction: Jurisdiction, places: Places, definitions: dict[str, Mention] | None = None,
                 known: dict[str, KnownOrganisation] | None = None) -> None:
        self.jurisdiction, self.places = jurisdiction, places
        self.definitions, self.known = definitions or {}, known or {}
        self.bodies = Bodies(layout, jurisdiction, places)
        self.zones = Zones(self.bodies, jurisdiction)
        self.owners = Owners(self.bodies, jurisdiction, layout.text)
        self.sisters, self.branches = Sisters(self.bodies, self.owners, jurisdiction), Branches(self.bodies, self.owners)
        self.localities = Localities(self.bodies, jurisdiction, places)
        self.groups = Groups(self.bodies, layout.text)
        self.matcher = Matcher(self.bodies, self.owners, jurisdiction)
        self._national_begins = places.lexicon.national_begins

    def resolve(self, mentions: list[Mention]) -> None:
        """Fill in name, type and reason of every mention."""
        self.bodies.branded.update(_without_firm(mentions))
        later, sisters, defined = self._first(mentions)
        self.owners.forget()
        later += [mention for mention in sisters if not self._explicit(mention)]
        later.sort(key=lambda m: m.start)
        self._merge_abbreviations(mentions)
        self.owners.forget()
        for mention in self.definitions.values():
            if mention.pronoun:
                self._pointing(mention, mentions)
            elif not mention.name:
                self._implicit(mention, mentions)
        self._fuller_definitions()
        for mention, short in defined:
            full = self.definitions[short]
            rest = mention.text[len(short) :]
            self.bodies.register(mention, full.name + rest, "defined in the report", None if rest else full.type)
        self.owners.forget()
        for own in (False, True):  # 我院党组 last: whose, the other bodies tell
            for mention in later:
                if not mention.pronoun and not mention.name and (mention.text[0] in "我本") == own:
                    self._implicit(mention, mentions)
        for mention in later:
            if mention.pronoun:
                self._pointing(mention, mentions)
        for mention in mentions:
            if not mention.name:
                self.bodies.register(mention, mention.text, "written")

    def _fuller_definitions(self) -> None:
        """A short name that says more than the mention it is defined after gives the name: 专班(以下简称灭蚊专班)."""
        for short, mention in self.definitions.items():
            if len(short) > len(mention.text) and short.endswith(mention.text) and mention.name.endswith(mention.text) and short not in mention.name:
                new = mention.name[: -len(mention.text)] + short
                for other in self.bodies.done:
                    if other is not mention and other.name == mention.name:
                        other.name = new
                if mention.name in self.bodies.by_name:
                    self.bodies.by_name[new] = self.bodies.by_name.pop(mention.name)
                    self.bodies.by_name[new].name = new
                mention.name = new

    def _first(self, mentions: list[Mention]) -> tuple[list[Mention], list[Mention], list[tuple[Mention, str]]]:
        """Name what says itself whose it is; the others: those that need another body, those that need their sister, those that the report defines."""
        later: list[Mention] = []
        sisters: list[Mention] = []
        defined: list[tuple[Mention, str]] = []
        for mention in mentions:
            mention.type = mention.head.type
            mention.heading = self.bodies.in_heading(mention.start)
            short = self._defined(mention) if self.definitions else None
            if short:
                defined.append((mention, short))
            elif not mention.pronoun and mention.prefix and (mention.rest in SISTER or mention.rest in _BARE):
                sisters.append(mention)
            elif mention.pronoun or _points(mention) or not self._explicit(mention):
                later.append(mention)
        return later, sisters, defined

    def _defined(self, mention: Mention) -> str | None:
        """The defined short name that a mention is, or begins with (区局稽查科)."""
        for short, full in self.definitions.items():
            if mention is not full and (mention.text == short or (len(short) > 1 and mention.text.startswith(short) and not full.text.startswith(short))):
                return short
        return None

    # -- mentions that say whose they are -----------------------------------------------------------------------------------------------

    def _explicit(self, mention: Mention) -> bool:
        if mention.text in self.known:
            self.bodies.register(mention, self.known[mention.text].name, "profile", self.known[mention.text].type)
            return True
        if mention.text.startswith(_NATIONAL) or (mention.text[0] in self._national_begins and self._is_national(mention.text)):
            self.bodies.register(mention, mention.text, "written")
            return True
        name = self._placed_name(mention)
        if name is None:
            return False
        if name.endswith("疾控"):
            name += "中心"
        self.bodies.register(mention, name, "written" if name == mention.text else "jurisdiction filled in")
        return True

    def _is_national(self, text: str) -> bool:
        return any(text[:size] in self.places.national for size in range(2, min(len(text), 9) + 1))

    def _placed_name(self, mention: Mention) -> str | None:
        """The full name of a mention with a division or level word before it, None if it has none."""
        prefix, text = mention.prefix, mention.text
        if mention.head.kind == "division":
            return self.localities.town(text, mention.start)
        if text[:1] in LEVEL_OF and text[1:2] == "委" and mention.head.type in ("party", "government") and (not prefix or len(text) > 3):
            return self._level_name(text[0], text[1:], mention.start)
        if not prefix and len(text) > 2 and text[0] == "村" and mention.head.text.startswith("村"):
            return self._level_name("村", text[1:], mention.start)
        joint = _JOINT.match(text)
        if joint:
            return self._joint(mention, joint.group(1))
        while prefix and prefix[0].kind == "R":
            text, prefix = text[len(prefix[0].text) :], prefix[1:]
        if len(prefix) > 1 and prefix[1].kind == "D" and prefix[0].text in self.places.lexicon.provinces:
            text, prefix = text[len(prefix[0].text) :], prefix[1:]  # 江西永溪县水务局 is 永溪县水务局
        if not prefix or (self.groups.looks_after(mention) and not (self.jurisdiction.name or "").endswith(prefix[0].text)):
            return None  # 街道流调专班 is the street's where a street reports
        last = prefix[-1]
        length = sum(len(p.text) for p in prefix)
        rest = text[length:]
        if last.kind == "D":
            return self._written(prefix[0].text if prefix[0].kind == "D" else last.text, text, rest, mention.start)
        if last.kind == "d":
            if rest == "分局":
                return self.branches.branch(text, mention.start)
            return None if mention.head.text in ("法庭", "人民法庭") or SUBORDINATE.search(text) or text.endswith(STATIONS) else text
        if last.kind == "Z":
            if len(prefix) == 2 and prefix[0].kind == "L":
                return self._level_name(prefix[0].text, text[1:], mention.start)
            return (self.zones.full(text[:length]) if len(prefix) == 1 else text[:length]) + rest
        if self.zones.park(last.text):
            return self.zones.park(last.text) + rest
        if last.kind == "L" and level_word(last.text):
            return self._level_name(level_word(last.text), rest, mention.start)
        if last.kind == "L" and len(prefix) > 1 and prefix[-2].text in LEVEL_OF:
            owner = self._level_name(prefix[-2].text, last.text, mention.start)
            return owner + rest if owner else None
        return None

    def _written(self, division: str, text: str, rest: str, position: int) -> str:
        """A name that begins with a division in full: the report's own division takes its long form, a town the division it lies in."""
        if rest in SISTER:
            return self.sisters.sister(text[: len(text) - len(rest)], rest, position) or text
        own = self.jurisdiction.name or ""
        before, _, after = text.partition(own) if own in self.places.long_forms else ("", "", "")
        if after and ending(before):
            return self.places.long_forms[own] + after  # 河北省石家庄市藁城区总工会 is 石家庄市藁城区总工会
        long = self.places.long_forms.get(division)
        if long and text.startswith(division):
            return long + text[len(division) :]
        if ending(division) in TOWNS and text.startswith(division):
            return self.localities.town(division, position) + text[len(division) :]
        return text

    def _level_name(self, word: str, rest: str, position: int) -> str | None:
        full = self.localities.meant(word, position)
        if full is None:
            return self.sisters.sister(word, rest, position) if rest in SISTER else None
        branches = [name for name in self.bodies.by_name if name.endswith(full + rest)] if rest == "分局" else []
        if len(branches) == 1:
            return branches[0]  # 区分局: 内江市生态环境局东兴区分局
        if word == "市" and full[:-1] + "分局" in rest and self.places.is_county_city(full):
            return self.localities.prefecture(full) + rest  # 市生态环境局霍州分局 is the prefecture's
        if ending(full) in TOWNS:
            full = self.localities.town(full, position)
        elif ending(full) in ("村", "社区"):
            full = self._village(full)
        if rest in SISTER or rest in _BARE:
            return self.sisters.sister(self._above(full, word, rest, position) or full, rest, position) or full + rest
        named = self.localities.named_elsewhere(word, rest, full, position)
        if named or full + word + rest in self.bodies.by_name:
            return named or full + word + rest  # 五爱村村委会
        return full + (word if len(full) == 2 and rest[0] == "委" else "") + rest

    def _village(self, name: str) -> str:
        """A village's name as the first body's name has it that holds it (江宁市东溪街道和平社区党委), else with the town that it stands behind."""
        body = next((body for body in self.bodies.by_name if name in body and "驻" not in body), None)
        return body[: body.index(name) + len(name)] if body else next(iter(self.places.joined.get(name, ())), "") + name

    def _above(self, full: str, word: str, rest: str, position: int) -> str | None:
        """The prefecture, where the reporting body of a county's city speaks of 市局: it would not call itself so."""
        main = self.owners.main(position)
        if word != "市" or not self.places.is_county_city(full) or not main or not main.endswith(rest) or not main.startswith(full):
            return None
        above = self.places.above(full)
        name = self.places.form(above) if above else ""
        return name if name and self.places.says(name) else None

    def _joint(self, mention: Mention, words: str) -> str | None:
        """省市疫情防控指挥部: one mention, two bodies."""
        rest = mention.text[len(words) :]
        names = [self._level_name(word, rest, mention.start) for word in words]
        known = [name for name in names if name]
        if not known:
            return None
        mention.joint = tuple(known[1:])
        return known[0]

    def _merge_abbreviations(self, mentions: list[Mention]) -> None:
        """区市监局 and 区市场监管局, 曹县交警 and 曹县公安局交警大队 are one body under the longer name, if only one body of that division fits."""
        longer = fuller_names(self.bodies, self.places)
        for mention in mentions:
            if mention.name in longer:
                mention.name, mention.reason = longer[mention.name], "abbreviation"
        for name, full in longer.items():
            self.bodies.rename(name, full)

    # -- mentions that need another one ---------------------------------------------------------------------------------------------------

    def _implicit(self, mention: Mention, mentions: list[Mention]) -> None:
        text = mention.text
        if self._unit_of_word(mention, mentions):
            return
        governed = self._governed(mention, mentions) if text in _GOVERNING else None
        if governed:
            self.bodies.register(mention, governed + text, "jurisdiction filled in")
            return
        bare = not mention.pieces and mention.head.kind in ("open", "role", "place")
        body = self.matcher.match(mention)
        if body and bare and not self.matcher.in_reach(body, mention):
            section = self.owners.section(mention.start)
            if section and mention.head.kind != "place" and not self.owners.below(section, text):
                name = cut(section, (text,)) or joined(section, text)
                self.bodies.register(mention, name, "unit of the section's body", mention.head.type)
                return
            body = None
        if body is None and bare and mention.head.kind == "place":
            full = self.localities.meant(text, mention.start)
            if full and full != text:
                self.bodies.register(mention, self.localities.town(full, mention.start), "the division named before", mention.head.type)
                return
        if body:
            self.bodies.register(mention, body.name, "matched by its ending", body.type)
            return
        self.bodies.register(mention, *self._new_name(mention, mentions))

    def _governed(self, mention: Mention, mentions: list[Mention]) -> str | None:
        """The division of a body that governs, by the one right before it (乡党委、政府)."""
        near = next((m for m in reversed(mentions) if m.end <= mention.start), None)
        if near is None or not near.name or self.bodies.layout.text[near.end : mention.start] not in ("", "、", "和"):
            return None
        place = self.bodies.place_of(near.name) or (near.name[0] if near.name[0] in LEVEL_OF else "")
        return place if place and near.name[len(place) :].lstrip("".join(LEVEL_OF)) in _RULING else None

    def _unit_of_word(self, mention: Mention, mentions: list[Mention]) -> bool:
        """局办公室, 分局监测站, 公司党委: the first word points at the body, the rest is its unit."""
        pieces = [piece for piece in mention.pieces if piece.kind != "R"]
        first = pieces[0] if pieces else None
        if first is None or mention.text in _BARE or not (first.text in _BARE or (first.kind in "LH" and first.text in _OWN_BODY) or first.text == "委"):
            return False
        if mention.head.kind == "role" and first.text not in _HOUSES and self.owners.is_founded(mention):
            return False
        if mention.head.kind in ("role", "unit") and first.text in KINDS and not self._of_reporting(first.text, mention.start):
            return False  # the market of 市场消杀专班, the communities of 社区防控组 are what the group looks after
        pointed = self.owners.last_named(first.text, mention, mentions) if mention.text[0] in "该此" else None
        owner = pointed or self.branches.house_here(first.text, mention) or self.owners.own_body(first.text, mention)
        if not owner:
            return False
        rest = mention.text[mention.text.index(first.text) + (0 if mention.text in _WITH_WORD else len(first.text)) :]
        self.bodies.register(mention, joined(owner, rest), "unit of the body", self._unit_type(mention))
        return True

    def _of_reporting(self, word: str, position: int) -> bool:
        """Whether the body that reports at a position goes by a word: 学校 where a school reports."""
        name = self.owners.section(position) or self.owners.main(position) or ""
        return name.endswith(SAME.get(word, (word,)))

    def _new_name(self, mention: Mention, mentions: list[Mention]) -> tuple[str, str]:
        """The name of a body that the report names without a place."""
        text, own = mention.text, self.jurisdiction.long
        first = mention.pieces[0] if mention.pieces else None
        if first and (_LEAGUE.match(text) or first.kind == "b" or (first.text in _BARE - KINDS and mention.head.kind == "role")):
            return text, "written"
        if text[0] in "我本" and text[1] in _OWN_BODY:
            return text, "written"
        if own and text[1:2] == "直" and text[0] == own[-1]:
            return own + text[1:], "jurisdiction filled in"
        parent = self.groups.parent(mention, mentions, self.owners.is_founded(mention))
        if parent:
            return joined(parent, text), "unit of the body"
        if any(piece.kind == "L" and piece.text in LEVEL_OF for piece in mention.prefix):
            return text[1:] if text[0] in "我本" and text[1] in LEVEL_OF else text, "written"
        if text[0] == "团" and text[1] in LEVEL_OF and text[2:3] == "委":
            full = self.localities.meant(text[1], mention.start)
            return ((full if "自治" in full or len(full) == 2 else full[:-1]) + text, "jurisdiction filled in") if full else (text, "written")
        alone = _NTH.match(text) is not None and self.owners.opens(mention)
        set_up = mention.head.kind == "role" or (text.endswith("队") and not mention.prefix and self.owners.is_founded(mention))
        if set_up and not alone:
            owner = self._task_owner(mention, mentions)
            owner = owner or (self._titled_village() if text.endswith("工作队") else None)
            if owner:
                return joined(owner, text), "set up by the body"
        shared = mention.head.kind == "role" and self.owners.is_shared(mention)
        if self._is_department(mention) and not alone and not shared:
            body = self.owners.owner(mention, mentions)
            if body:
                mention.type = self._unit_type(mention, body.type)
                return joined(body.name, without_brand(text, body.name) if body.type == "company" else text), "unit of the body"
        return self._own_name(mention)

    def _own_name(self, mention: Mention) -> tuple[str, str]:
        """The name of a body of its own: the report's division goes before that of a public one."""
        text, own, head = mention.text, self.jurisdiction.long, mention.head
        if text.startswith(_RESIDENT) and head.text.startswith("纪检"):
            sender = next((name for name, body in self.bodies.by_name.items() if body.own and name.endswith(_DISCIPLINE)), "")
            return sender + text, "unit of the body" if sender else "written"
        cell = full_cell(text, reversed(self.bodies.by_name))
        if cell:
            body = self.bodies.head_of(other_house(text))
            mention.type = self._unit_type(mention, body.type if body else None)
            return cell, "unit of the body"
        full = fuller(text, sorted(self.bodies.by_name, key=len), self.bodies, self.places) if text[2:] in OFFICES or text[3:] in OFFICES else None
        if full:
            return full, "abbreviation"
        if head.text == "分局" and not any(piece.kind == "F" for piece in mention.pieces):
            branch = self.branches.branch(text, mention.start) or self.branches.bureau(text, mention.start)
            if branch:
                return branch, "branch of the body"
        if _COMMUNITY.match(text) and not text.endswith(TOWNS):
            return text, "written"
        if _STATION.fullmatch(text) and LEVEL_OF.get(ending(own or "")) not in ("town", "village"):
            return self._station_name(text, mention.start)
        branch = self.branches.own_branch(mention)
        if branch:
            return branch, "branch of the body"
        if _LOCAL.search(text) and any(piece.kind in "unedv" for piece in mention.pieces):  # 大树派出所 goes by the place that it serves
            return text, "written"
        if _SUBUNIT.search(text) or _NTH.match(text):
            return text, "written"
        placed = (own is not None and len(own) > 2 and (self.bodies.short_of(own) or own) in text) or _of_unknown_place(mention)
        if (text[0] in LEVEL_OF and not text.startswith("市场")) or text.startswith(RANKS) or placed:
            return text, "written"
        committee = self.zones.committee(mention)
        if committee:
            return committee, "jurisdiction filled in"
        if begins_with_zone(mention) or (text.endswith(ZONE_BODIES) and any(piece.kind in "ue" for piece in mention.pieces)):
            return text, "written"
        public = self._is_public(mention)
        if not own and public and _OFFICE.search(text) and head.text not in COURT:
            spoken = self.bodies.spoken_level()
            return spoken + text, "jurisdiction filled in" if spoken else "written"
        if own and public:
            here = self.bodies.county(mention.start)
            province = self.localities.province() if text.endswith("厅") else here or own
            return (province + text, "jurisdiction filled in") if province else (text, "written")
        if text.endswith(TOWNS) and len(text) > 2:
            return self.localities.town(text, mention.start), "jurisdiction filled in"
        return text, "written"

    @staticmethod
    def _is_public(mention: Mention) -> bool:
        """Whether a body is one of those that each division has: an office, a court, a task force of its own."""
        text, head = mention.text, mention.head
        if text in _OF_DIVISION:
            return True
        if head.kind in ("body", "unit"):
            return head.type in _INSTITUTIONS and ("国" not in text[:2] or text.startswith(_LAND))
        if head.kind == "role":
            return _INDEPENDENT.search(text) is not None
        return head.kind == "open" and head.type == "government" and all(piece.kind in "FwnHO" for piece in mention.pieces)

    def _station_name(self, text: str, position: int) -> tuple[str, str]:
        """The name of a station or a school of a town that is named before it; a station that serves goes by the town's short name."""
        town = self.places.nearby.town_of(self.places, position)
        if town and _SERVING.fullmatch(text) and len(town) > len(ending(town)) + 1:  # 老厂派出所 is no body of 老厂乡
            town = town[: -len(ending(town))]
        return (town + text, "the town named before") if town else (text, "written")

    def _task_owner(self, mention: Mention, mentions: list[Mention]) -> str | None:
        """The body that a task force belongs to: the one that sets it up; where none is named, the one that reports, unless it governs the whole division."""
        if _COMMUNITY.match(mention.text) or _WHOLE_TRADE in mention.text or (self.owners.is_shared(mention) and not self.owners.sender(mention, mentions)):
            return None
        founder = self.owners.sender(mention, mentions) or self.owners.founder(mention, mentions)
        if founder is None and (self.owners.is_founded(mention) or not _INDEPENDENT.search(mention.text) or self.groups.several(mention, mentions)):
            founder = self.owners.section(mention.start) or self.owners.main(mention.start)
        if founder is None:
            return None
        if founder.endswith(TOWNS):
            return self.localities.town(founder, mention.start)
        place = self.bodies.place_of(founder)
        if place and founder[len(place) :] in _RULING_ALONE:
            return place
        return founder

    def _titled_village(self) -> str | None:
        """The village, or else the town, that the title names: the teams that stay there are called after it (尔甘村驻村工作队)."""
        titled = [name for name in self.places.named if self.places.in_title(name)]
        return next((name for words in (("村", "社区"), TOWNS) for name in titled if ending(name) in words), None)

    def _is_department(self, mention: Mention) -> bool:
        """Whether a mention without a place names a part of another body (药械科, 护理部, 执法大队) rather than a body of its own (秀山派出所)."""
        text, head = mention.text, mention.head
        own = self.jurisdiction.name or ""
        if _COMMUNITY.match(text) or text.startswith(_RESIDENT) or (len(own) > 2 and text.startswith(own[:2])):
            return False
        if other_house(text):
            return False  # the cell of another body than the one that reports: 信访局机关党支部
        if head.text in ("办公室", "机关") or head.text in COURT or text in COURT or _NUMBERED.match(text) or SUBORDINATE.search(text):
            return True
        if self.branches.is_inner(mention):
            return True
        if _INDEPENDENT.search(text) or text in _OF_DIVISION:
            return False
        main = self.bodies.by_name.get(self.owners.main(mention.start) or "")
        if main is not None and main.type == "company" and not mention.prefix and text.endswith(_CREWS) and len(text) <= _LONGEST_CREW:
            return True
        if head.kind == "open":
            function_only = all(piece.kind in "FwnHO" for piece in mention.pieces)
            inside = main is not None and (main.type in _WHOLE or main.name.endswith(_WORKS)) and function_only and (
                head.type == "government" or (not mention.pieces and text.endswith(("所", "室"))))
            return inside or _SECTION.search(text) is not None or (head.type == "government" and text.endswith(("队", "分局")) and function_only)
        return _DEPARTMENT.search(text) is not None

    def _unit_type(self, mention: Mention, owner: str | None = None) -> str:
        if mention.head.kind == "unit" and owner in ("health", "education", "company", "social"):
            return owner
        return mention.head.type

    # -- words that point ------------------------------------------------------------------------------------------------------------------

    def _pointing(self, mention: Mention, mentions: list[Mention]) -> None:
        head = mention.head.text
        word = head if head in LEVEL_OF else ""
        if word:
            full = self.localities.meant(word, mention.start)
            if full:
                written = self._village(full) if ending(full) in ("村", "社区") else self.localities.town(full, mention.start)
                self.bodies.register(mention, written, "the report's own division", mention.head.type)
                return
        if mention.text[0] in "该此":
            name = self.owners.last_named(head, mention, mentions)
        else:
            name = self.owners.own_body(head, mention) or self.owners.last_named(head, mention, mentions)
            tally = self.places.named.get(name or "")
            if tally is not None and tally.abroad:  # 我市 is no city where help goes
                name = None
        if name:
            body = self.bodies.by_name.get(name)
            self.bodies.register(mention, name, "pointed at", body.type if body else None)
