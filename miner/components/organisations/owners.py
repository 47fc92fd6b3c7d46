"""Whose a unit is, and which body a word points at: the evidence of sentence, section, title and signature.

In: the bodies named so far. Out: names of bodies, None where nothing tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from miner.components.organisations.bodies import Bodies, Body, cut, ends
from miner.components.organisations.cells import CELL, WHOLE, house
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.levels import TOWNS, ending
from miner.components.organisations.lexicon import NAMING, data_lines
from miner.components.organisations.mentions import Mention
from miner.components.organisations.nearby import NUMBERING

SAME = {group[5:]: tuple(words) for group, words in NAMING.items() if group.startswith("same ")}
TRADES = dict.fromkeys(word for words, _, kind in data_lines("heads.tsv") if kind == "brand" for word in words.split())
for _word in ("公司", "企业", "司", "厂"):
    SAME[_word] += tuple(TRADES)
_WHOLES = {head: tuple(tail for tail in tails if tail not in TRADES) for head, tails in SAME.items()}
FORCES = {word: tuple(words) for group, words in NAMING.items() if group.startswith("force ") for word in group[6:].split(" ")}
SUBORDINATE = ends("subordinate")
_DEPARTMENT, _PART = ends("department"), ends("department", "subordinate")
_WITH_DEPARTMENTS, RANKS, _TEAM, _POLICE, _MEDIA = (
    tuple(NAMING[group]) for group in ("able", "ranks", "team", "police", "media"))
_MEDICAL, _CIVIL = tuple(NAMING["medical"]), tuple(NAMING["civil"])
_BRANCHED = ("局", "公司", "院")
_BEFORE_OWN = frozenset("局院队行司会市省州区县")  # what a division's short name stands behind in its bodies' names (生态环境局五华分局), unlike 北京会宁商会
_FIRM = ("公司", "企业")
_WE = re.compile("[我本](院|校|局|公司|厂|矿|中心|所|段)(?![长级])")
_SAID = 2
_SCHOOL = ("校", "学校")
_HOUSES = ("医院", "卫生院", "保健院", "学校", "中学", "小学", "大学", "学院", "公司", "集团")
_HOUSE_LENGTH = 5
_GROUNDS = ("区", "园")  # 草堂校区 is no 草堂校
COURT = frozenset(NAMING["court"])
_SENT = re.compile("[又还再也]?(?:派出|派来|派驻|选派|下派|派|下属|所属|下设)?了?的?$")
_SENT_LENGTH = 6
_FAR = 60  # characters that a clause may have before the body that joins
_PROVISIONAL, _TEAMS = ("临时党", "临时团"), ("队", "专班", "指挥部")
_TO_OBJECT = frozenset("到对向给为赴")
_NO_SUBJECT = _TO_OBJECT | frozenset("照据按从")
_CLAUSE = re.compile("[,，。;；:：!?！？\n]")
_FOUNDED = re.compile("(?:成立|组建|设立|下设|组成|建立|筹建)(?:[^、,，:：;；。\n]{0,16}|了?[由以][^:：;；。\n]{0,60}的)$")
_LED = "(?<!支部)(?<![长任记])(?<![长任记][^,，。]{2})(?<![长任记][^,，。]{3})牵头"  # by a body: one that 局长王志强牵头 is its own
_SHARED = re.compile(f"[、及和][^。;；\\n]{{0,24}}组成的$|{_LED}|部门|单位|联合|会同|全[市县区州旗镇乡村]|[省市县区州旗]领导")
_JOINED = re.compile("联合|会同|协同|协调|配合")
_BREAK = re.compile("[。!?！？;；\n]")
_NO_OWNERS = ("facility", "community", "taskforce")
_OF_ITS_OWN = ("health", "education", "company")
_RULING = re.compile("(?:政府|[省市区县州旗盟镇乡]委|党工委|党委|人大|政协|街道办|街道办事处)$")


def _wholes(head: str) -> tuple[str, ...]:
    """What a name that a head stands for may end with, the trades left out: 合浦县农业 of 合浦县农业局 is no firm."""
    return _WHOLES.get(head, () if head in TRADES else (head,))


def _university(name: str) -> str:
    """The university whose college a name is: its school is the whole (江城师范学院外国语学院: 江城师范学院)."""
    at = min((at for at in (name.find("大学"), name.find("学院")) if at > 0), default=-1)
    return name[: at + 2] if name.endswith("学院") and at > 0 else name


def _fits(owner: str, unit: str) -> bool:
    """Whether a body of a type has such a unit: only hospitals have wards and a dispensary, and neither they nor schools police, tax or build roads."""
    if owner in ("government", "party", "education"):
        return not unit.endswith(_MEDICAL) and (owner != "education" or not any(word in unit for word in _CIVIL))
    return owner != "health" or not any(word in unit for word in _CIVIL)


class Owners:
    """Finds the body that a unit belongs to or that a word points at.

    Parameters
    ----------
    bodies
        What the report has named so far.
    jurisdiction
        The report's own division.
    text
        Clean text.
    """

    def __init__(self, bodies: Bodies, jurisdiction: Jurisdiction, text: str) -> None:
        self.bodies, self.jurisdiction, self.text = bodies, jurisdiction, text
        self._mains: dict[int, str | None] = {}
        self._titles: dict[int, int] | None = None
        self._said: dict[int, list[tuple[str, int]]] | None = None  # article → where it says 我院, 我校 …
        self._untitled: tuple[int, str | None, dict[str, None]] | None = None  # how many mentions were known, the likeliest body without regard to titles, all

    # -- who acts here -----------------------------------------------------------------------------------------------------------------

    def section(self, position: int) -> str | None:
        """The body of the section, without its party cell or office."""
        name = self.bodies.section_body(position)
        return (CELL.sub("", name) or name) if name else None

    def _sentence(self, mention: Mention) -> int:
        """Where the sentence of a mention begins."""
        floor = max(mention.start - 90, 0)
        return max((match.end() for match in _BREAK.finditer(self.text, floor, mention.start)), default=floor)

    def opens(self, mention: Mention) -> bool:
        """Whether no body is named before a mention in its sentence."""
        begin = self._sentence(mention)
        here = self.bodies.in_block(self.bodies.block(mention.start))
        return not any(begin <= other.start < mention.start and not other.pronoun for other in here)

    def sender(self, mention: Mention, mentions: list[Mention]) -> str | None:
        """The body right before that sends or has the unit: X派出的督导组, X的办公室."""
        near = next((m for m in reversed(mentions) if m.end <= mention.start), None)
        between = self.text[near.end : mention.start] if near and near.name and mention.start - near.end < _SENT_LENGTH else ""
        return self._of_cell(near) if near and between and _SENT.fullmatch(between) else None

    def founder(self, mention: Mention, mentions: list[Mention]) -> str | None:
        """The body that the sentence makes the owner: X成立…专班; none where several are said to share it (由X牵头)."""
        begin = self._sentence(mention)
        before = [m for m in mentions if begin <= m.start and m.end <= mention.start and m.name]
        founded = _FOUNDED.search(self.text, begin, mention.start)
        subjects = [m for m in before if founded and m.end <= founded.start() and m.type != "taskforce" and self._before(m) not in _NO_SUBJECT]
        if subjects:
            return CELL.sub("", subjects[-1].name) or subjects[-1].name
        return self.bodies.place_before(founded.start()) if founded else None

    def is_founded(self, mention: Mention) -> bool:
        """Whether the sentence says that the body is set up here."""
        return _FOUNDED.search(self.text, self._sentence(mention), mention.start) is not None

    def is_shared(self, mention: Mention) -> bool:
        """Whether the sentence says that several bodies have a part in it, or lists several before the word of founding."""
        return self._listed(mention) or _SHARED.search(self.text, self._sentence(mention), mention.start) is not None

    def _listed(self, mention: Mention) -> bool:
        """Whether the two bodies named last in the sentence stand in a list."""
        begin = self._sentence(mention)
        near = [m for m in self.bodies.done if begin <= m.start and m.end <= mention.start]
        near.sort(key=lambda m: m.start)
        return len(near) > 1 and self.text[near[-2].end : near[-1].start] == "、"

    def main(self, position: int) -> str | None:
        """The body that reports in the article at `position`: named by its title, by a signature, or most often of the own division."""
        article = self.bodies.article(position)
        if article not in self._mains:
            self._mains[article] = self._main(article)
        return self._mains[article]

    def _main(self, article: int) -> str | None:
        titles = self._title_blocks()
        title = titles.get(article)
        if title is not None:
            named = [self._of_cell(m) for index in self._lines(title) for m in self.bodies.in_block(index) if self._may_report(m)]
            best = self._best(name for name in named if not (_RULING.search(name) or (_PART.search(name) and not self.bodies.place_of(name))))
            if best:
                return self._whole(best)
        found = self._most_named(article)
        body = self.bodies.by_name[found] if found else None
        if body and self._speaks(body.name):
            return found
        return self._we(article) or (found if body and body.own and body.count > 2 else self._opening(article))

    def _opening(self, article: int) -> str | None:
        """The one body that the opening paragraph of one of several articles names in full: the article is about it (镇安县应急管理局值班室里…)."""
        blocks = self.bodies.layout.blocks
        if not blocks[-1].article:
            return None
        first = next((index for index, block in enumerate(blocks) if block.article == article and block.kind == "paragraph"), None)
        here = {self._of_cell(m): None for m in self.bodies.in_block(first) if self._may_report(m)} if first is not None else {}
        named = [name for name in here if name.endswith(_WITH_DEPARTMENTS) and not _RULING.search(name) and self.bodies.place_of(name)]
        return named[0] if len(named) == 1 else None

    def _most_named(self, article: int) -> str | None:
        """The likeliest body without regard to titles: on a page of several articles of those that the article names, if it names any of the own division."""
        if self._untitled is None or self._untitled[0] != len(self.bodies.done):
            names = dict.fromkeys(m.name for m in self.bodies.done if self._may_report(m) and not m.name.endswith(_MEDIA))
            names = {name: None for name in names if not (_RULING.search(name) or _PART.search(name))}
            self._untitled = len(self.bodies.done), self._best(names), names
        _, best, names = self._untitled
        if best is None or not self.bodies.layout.blocks[-1].article or self.bodies.in_article(best, article):
            return best
        here = self._best(name for name in names if self.bodies.in_article(name, article))
        return here if here and (self.bodies.by_name[here].own) else best

    def _we(self, article: int) -> str | None:
        """The body that an article speaks for, where it says 我院 or 我校 at least twice."""
        if self._said is None:
            self._said = {}
            for match in _WE.finditer(self.text):
                self._said.setdefault(self.bodies.article(match.start()), []).append((match.group(1), match.start()))
        said = self._said.get(article, [])
        if len(said) < _SAID:
            return None
        head, first = said[0]
        name = self.own_body_at(head, first, True)
        return self._registered(name, first) if name else None

    def _of_cell(self, mention: Mention) -> str:
        """The office, hospital or firm whose party cell a mention names (县人社局机关党委); its own name if it is none of one."""
        body = house(mention.name)
        return self._registered(body, mention.start) if body else mention.name

    def _registered(self, name: str, first: int) -> str:
        """The name of a body that stands only inside those of its parts, with its body."""
        if name not in self.bodies.by_name:
            head = self.bodies.head_of(name)
            self.bodies.by_name[name] = Body(name, head.type if head else "other", self.is_own(name), first, first)
        return name

    def _lines(self, title: int) -> list[int]:
        """The blocks of a title: its first line and the one behind it that begins with a dash."""
        blocks = self.bodies.layout.blocks
        second = title + 1 < len(blocks) and blocks[title + 1].kind == "heading" and self.text.startswith("—", blocks[title + 1].start)
        return [title, title + 1] if second else [title]

    def _whole(self, name: str) -> str:
        """The hospital, school or firm whose part a name is (县人民医院内科第二党支部); the name itself if it is none of one."""
        house = cut(name, _HOUSES) if _PART.search(name) else None
        if not house or house == name or len(house) < _HOUSE_LENGTH:
            return name
        return self._registered(house, self.bodies.by_name[name].first)

    def _title_blocks(self) -> dict[int, int]:
        """Article → the index of the block that is its title."""
        if self._titles is None:
            self._titles = {}
            for index, block in enumerate(self.bodies.layout.blocks):
                if block.kind == "heading" and block.level <= 1:
                    self._titles.setdefault(block.article, index)
        return self._titles

    def _may_report(self, mention: Mention) -> bool:
        body = self.bodies.by_name.get(mention.name)
        return not (body is None or mention.pronoun or mention.head.kind in ("place", "division") or body.type in _NO_OWNERS)

    def _speaks(self, name: str) -> bool:
        office = name + "办公室"
        return self.bodies.signs(name) or self.bodies.issues(name) or (office in self.bodies.by_name and self.bodies.signs(office))

    def _best(self, names: Iterable[str]) -> str | None:
        """The name that signs or issues, that is of the own division, that stands most often, that stands first; None without any."""

        def rank(name: str) -> tuple[bool, bool, int, int]:
            body = self.bodies.by_name[name]
            return self._speaks(name), body.own, body.count, -body.first

        return max(names, key=rank, default=None)

    def forget(self) -> None:
        """Have the reporting bodies looked up anew, since more bodies are known."""
        self._mains.clear()
        self._untitled = None

    # -- units -------------------------------------------------------------------------------------------------------------------------

    def owner(self, mention: Mention, mentions: list[Mention]) -> Body | None:
        """The body that a department belongs to: the sentence's, the section's, one of its kind, the last one named in its paragraph, the reporting one."""
        if mention.head.text in COURT or mention.text in COURT:
            article = self.bodies.article(mention.start)
            here = {m.name for m in mentions if m.name and self.bodies.article(m.start) == article}
            courts = [b for b in self.bodies.by_name.values() if b.name.endswith("法院")]
            return max(courts, key=lambda b: (b.name in here, b.own, b.count)) if courts else None
        told = self._team(mention, mentions) or self._pointed(mention, mentions) or self._higher(mention)
        if told:
            return self._body(told)
        name = self.section(mention.start)
        force = next((force for force in FORCES if mention.text.startswith(force) or (force[0] == "…" and mention.text.endswith(force[1:]))), None)
        if name and not self.below(name, mention.text) and (force is None or self._has_force(name, force)):
            return self._body((cut(name, WHOLE) or name) if _DEPARTMENT.search(name) else name)
        if mention.text.startswith(_POLICE):
            police = self.police()
            if police:
                return self._body(police)
        sender = self.sender(mention, mentions)
        if sender:
            return self._body(sender)
        able = [m for m in mentions if self._may_own(m) and (force is None or self._has_force(m.name, force)) and _fits(m.type, mention.text)]
        found = self._likeliest(mention, able)
        if found is None or force is None:
            return found if found and _fits(found.type, mention.text) else None
        own = self.is_own(found.name) or not self.bodies.place_of(found.name)
        return found if own and self._has_force(found.name, force) else None

    def _team(self, mention: Mention, mentions: list[Mention]) -> str | None:
        """The team whose provisional party cell a mention is: the last one named before it."""
        if not mention.text.startswith(_PROVISIONAL):
            return None
        article = self.bodies.article(mention.start)
        return next((m.name for m in reversed(mentions) if m.start < mention.start and m.name.endswith(_TEAMS) and len(m.name) > _HOUSE_LENGTH
                     and self.bodies.article(m.start) == article), None)

    def _pointed(self, mention: Mention, mentions: list[Mention]) -> str | None:
        """The body that the word right before a unit in its sentence points at (该局从执法大队抽调), where no other body stands between them."""
        begin = self._sentence(mention)
        near = next((m for m in reversed(mentions) if m.start < mention.start), None)
        if near is None or near.start < begin or not near.pronoun or near.text[0] != "该" or near.end == mention.start:
            return None
        name = self.last_named(near.head.text, near, mentions)
        return name if name and not _PART.search(name) and not self.below(name, mention.text) else None

    def _has_force(self, owner: str, force: str) -> bool:
        """Whether a body has teams of a force: the police, the fire brigade, the armed police; no bureau of another trade has."""
        return any(word in owner for word in FORCES[force])

    def _may_own(self, mention: Mention) -> bool:
        """Whether a mention names a body that has departments."""
        return bool(mention.name) and not mention.pronoun and mention.name in self.bodies.by_name \
            and (mention.head.kind in ("body", "open", "unit") or mention.reason == "defined in the report") \
            and mention.type not in _NO_OWNERS and not _PART.search(mention.name) and not _RULING.search(mention.name)

    def _likeliest(self, mention: Mention, able: list[Mention]) -> Body | None:
        """Of the bodies that have departments the likeliest owner: of the unit's kind, the reporting one, the last one of the paragraph."""
        main = self.main(mention.start)
        body = self.bodies.by_name.get(main or "")
        if body and body.type in _OF_ITS_OWN and body.type == mention.head.type:
            house = body.name if body.name.endswith(_HOUSES) else cut(body.name, _HOUSES) or body.name
            return self._body(self._registered(house, body.first))
        if mention.head.type in _OF_ITS_OWN:
            article = self.bodies.article(mention.start)
            alike = [m for m in able if m.type == mention.head.type and m.name.endswith(_WITH_DEPARTMENTS) and self.bodies.article(m.start) == article]
            before = [m for m in alike if m.start < mention.start]
            if alike:
                return self.bodies.by_name[(before[-1] if before else alike[0]).name]
        if body and body.type in _OF_ITS_OWN:
            return body
        if main and self.below(main, mention.text):
            return None
        if mention.text.endswith(RANKS) or mention.text.startswith(RANKS):
            able = [m for m in able if m.name.endswith(_TEAM) and not self.below(m.name, mention.text)]
        block = self.bodies.block(mention.start)
        convening = self._convening(mention)
        if convening:
            return self._body(convening)
        near = [m for m in able if m.start < mention.start and self.bodies.block(m.start) == block and m.name.endswith(_WITH_DEPARTMENTS)]
        if near:
            return self.bodies.by_name[near[-1].name]
        if main and not self.below(main, mention.text) and (not mention.text.endswith(RANKS) or main.endswith(_TEAM)):
            return self._body(main)
        before = [m for m in able if m.start < mention.start and self.bodies.block(m.start) == block and not self.below(m.name, mention.text)]
        if before:
            return self.bodies.by_name[before[-1].name]
        strong = [m for m in able if m.name.endswith(_WITH_DEPARTMENTS)]
        return max((self.bodies.by_name[m.name] for m in strong), key=lambda b: (self.bodies.titled(b.name), b.count, -b.first), default=None)

    def _higher(self, mention: Mention) -> str | None:
        """The team of the next higher rank that the article has named last before a team (大队 for 二中队)."""
        rank = next((at for at, word in enumerate(RANKS) if mention.text.endswith(word)), 0)
        if not rank:
            return None
        article = self.bodies.article(mention.start)
        return next((m.name for m in reversed(self.bodies.done) if m.start < mention.start and m.name.endswith(RANKS[rank - 1]) and not m.pronoun
                     and self.bodies.article(m.start) == article and self.is_own(m.name)), None)

    def _convening(self, mention: Mention) -> str | None:
        """The body whose party cell the sentence names last before a unit (局党组召开会议,从药械科抽调): the unit's, whatever body stands further left."""
        begin = self._sentence(mention)
        before = sorted((m for m in self.bodies.in_block(self.bodies.block(mention.start)) if begin <= m.start < mention.start), key=lambda m: m.start)
        while before and (before[-1].type == "taskforce" or (before[-1].reason == "unit of the body" and self._of_cell(before[-1]) == before[-1].name)):
            before.pop()
        body = self._of_cell(before[-1]) if before else ""
        return body if before and body != before[-1].name else None

    def below(self, owner: str, text: str) -> bool:
        """Whether `owner` is too low to have the unit: no 大队 has a 支队."""
        rank = next((index for index, word in enumerate(RANKS) if owner.endswith(word)), None)
        unit = next((index for index, word in enumerate(RANKS) if text.endswith(word) or text.startswith(word)), None)
        return rank is not None and unit is not None and rank >= unit

    def police(self) -> str | None:
        """The police of the report's own division: 交警大队 and 派出所 belong to it."""
        found: dict[str, int] = {}
        for body in self.bodies.by_name.values():
            part = cut(body.name, ("公安局",))
            if part and len(part) > 4:
                branch = re.match("[\u4e00-\u9fff]{2,4}分局", body.name[len(part) :])
                name = part + (branch.group() if branch else "")
                found[name] = found.get(name, 0) + body.count * (3 if self.is_own(name) else 1)
        return max(found, key=lambda name: (found[name], name)) if found else None

    def _body(self, name: str) -> Body:
        return self.bodies.by_name.get(name) or Body(name, "government", True, 0, 0)

    # -- words that point ----------------------------------------------------------------------------------------------------------------

    def last_named(self, head: str, mention: Mention, mentions: list[Mention]) -> str | None:
        """The last body before a mention whose name ends with `head`, or has it inside (…医院急诊大厅: 该院)."""
        tails = SAME.get(head, (head,))
        wholes = _wholes(head)
        for other in reversed([m for m in mentions if m.start < mention.start and m.name and not m.pronoun]):
            if self._binds(other, mention) or self._joins(other, tails):
                continue
            if other.name.endswith(tails) or self.is_firm(other, head):
                return self._rather(other, mention, mentions, tails) or other.name
            if len(head) < 3 and self.bodies.article(other.start) == self.bodies.article(mention.start):
                part = cut(other.name, wholes)
                if part and len(part) > len(head) + 2 and part != self.bodies.place_of(part):
                    return part
        return None

    def _before(self, mention: Mention) -> str:
        """The character before a mention, empty at the beginning of the text."""
        return self.text[mention.start - 1 : mention.start] if mention.start else ""

    def _binds(self, other: Mention, mention: Mention) -> bool:
        """Whether a body is the subject of the clause whose object a word is (市税务局到该局检查): the word means another one."""
        return self._before(mention) in _TO_OBJECT and _CLAUSE.search(self.text, other.start, mention.start) is None

    def _joins(self, other: Mention, tails: tuple[str, ...]) -> bool:
        """Whether a body only joins what another one of its kind does (县林业局联合县公安局、县市场监管局开展检查): the latter is spoken of."""
        floor = max(other.start - _FAR, 0)
        begin = max((match.end() for match in _CLAUSE.finditer(self.text, floor, other.start)), default=floor)
        joint = _JOINED.search(self.text, begin, other.start)
        here = self.bodies.in_block(self.bodies.block(other.start)) if joint else []
        return any(begin <= m.start and joint is not None and m.end == joint.start() and m.name.endswith(tails) for m in here)

    def _rather(self, other: Mention, mention: Mention, mentions: list[Mention], tails: tuple[str, ...]) -> str | None:
        """The body of the section or the one that reports, where 该局 means it rather than the one named last: another division's, or only addressed."""
        main = self.main(mention.start)
        sentence = self._sentence(mention)
        if main and main.endswith(tails) and main != other.name and not self.is_own(other.name) and (
                other.start < sentence or any(m.name == main for m in mentions if sentence <= m.start < other.start)):
            return main
        if main and main.endswith(tails) and self.bodies.block(other.start) != self.bodies.block(mention.start) and self.is_own(main):
            return main
        section = self.section(mention.start)
        headed = cut(section, tails) if section else None
        return headed if headed and other.start < sentence and self._before(other) in _TO_OBJECT else None

    def is_firm(self, mention: Mention, head: str) -> bool:
        """Whether 公司 or 企业 may mean this body: a firm that goes by its name and trade (鑫蒂木业)."""
        return (head in _FIRM and mention.type == "company" and mention.head.kind in ("open", "brand") and not _PART.search(mention.name)
                and not self.bodies.place_of(mention.name))

    def own_body(self, head: str, mention: Mention) -> str | None:
        """The body that a word means at a mention (see :meth:`own_body_at`)."""
        return self._headed_item(head, mention) or self.own_body_at(head, mention.start, mention.text[0] in "我本")

    def _headed_item(self, head: str, mention: Mention) -> str | None:
        """The body that heads the paragraph of a word, alone before a full stop or a colon: (九)善达物流公司。公司组建志愿服务队."""
        index = self.bodies.block(mention.start)
        tails = SAME.get(head, (head,))
        for other in self.bodies.in_block(index):
            if (other.end < mention.start and other.start - self.bodies.layout.blocks[index].start <= NUMBERING and other.name.endswith(tails)
                    and self.text[other.end] in "。::" and not other.pronoun):
                return other.name
        return None

    def own_body_at(self, head: str, position: int, ours: bool) -> str | None:
        """The body that reports here and whose name ends with `head`: the section's, the title's, the most often named one of the own division."""
        tails = SAME.get(head, (head,))
        wholes = _wholes(head)
        heading = self.section(position)
        part = cut(heading, tails) if heading else None
        if heading and part and not heading.startswith(_GROUNDS, len(part)):
            return part
        best: tuple[tuple[bool, bool, bool, bool, bool, bool, int, int], str] | None = None
        article, branches = self.bodies.article(position), ("分" + head,) if head in _BRANCHED else ()
        several, level = self.bodies.layout.blocks[-1].article > 0, self.bodies.spoken_level()
        firms = {other.name for other in self.bodies.done if self.is_firm(other, head)} if head in _FIRM else frozenset()
        for full, first in self.bodies.firsts():
            name = full if full.endswith(tails) or full in firms else cut(full, wholes)
            if not name or full.startswith(_GROUNDS, len(name)):
                continue
            body = self.bodies.by_name.get(name)
            own = (body is not None and body.own) or self.is_own(name) or (bool(level) and name.startswith(level))
            here = not several or self.bodies.in_article(full, article)
            rank = (here, self.bodies.titled(full), self._speaks(full), not branches or not name.endswith(branches), own, body is not None,
                    body.count if body else 0, -first)
            if best is None or rank > best[0]:
                best = (rank, name)
        if best is None:
            return None
        (_, titled, speaks, *_, first), name = best
        passing = ours and not (titled or speaks) and -first > position
        if passing and ending(self.bodies.place_of(name)) in TOWNS:
            return None  # the clinic of a town, named in passing later on: the hospital that speaks is never named
        return _university(name) if head in _SCHOOL else name

    def is_own(self, name: str) -> bool:
        """Whether a name holds the report's division, at least its short name (五华分局)."""
        own = self.jurisdiction.name or ""
        at = name.find(own[:-1]) if len(own) > 2 else -1
        return bool(own) and (own in name or at == 0 or (at > 0 and name[at - 1] in _BEFORE_OWN))
