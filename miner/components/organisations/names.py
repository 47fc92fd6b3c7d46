"""Within one report, each mention resolves to one body and its fullest form.

In: the mentions in order, the layout's sections, the jurisdiction. Out: `name`, `type`, `reason`, `heading` of every mention.

The order of work: mentions that say themselves whose they are (石景山区…, 区…, 局…); then in text order those that must be matched to a body named elsewhere
(信访局, 市监局, 执法大队), units of a body (药械科), and last the words that only point (我局, 该公司, 全院).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from miner.components.organisations.abbreviation import abbreviates_end, is_abbreviation
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.lexicon import data_lines
from miner.components.organisations.mentions import Mention
from miner.components.organisations.places import LEVEL_OF, Places, ending
from miner.components.profile import KnownOrganisation
from miner.layout.model import Block, Layout

_JOINT = re.compile(r"^(省市县|省市区|省市|市县|市区|区县|县乡|县镇|区街)(?=[\u4e00-\u9fff]{2})")
_OWN_BODY = frozenset("校院局厂矿行段社司会所站馆园")


def _naming() -> dict[str, list[str]]:
    return {group: words.split() for group, words in data_lines("naming.tsv")}


def _ends(words: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")$")


_WORDS = _naming()
_BARE = frozenset(_WORDS["bare"])
_UNIT = re.compile("(?:机关)?" + _ends(_WORDS["cell"]).pattern)
_DEPARTMENT, _SECTION, _INDEPENDENT = _ends(_WORDS["department"]), _ends(_WORDS["section"]), _ends(_WORDS["independent"])
_WITH_DEPARTMENTS, _NATIONAL = tuple(_WORDS["able"]), tuple(_WORDS["national"])
_SAME = {group[5:]: tuple(words) for group, words in _WORDS.items() if group.startswith("same ")}
_SISTER = {group[7:]: tuple(words) for group, words in _WORDS.items() if group.startswith("sister ")}
_NUMBERING = 4  # characters that a heading's number may take
_NUMBERED = re.compile("第?[一二三四五六七八九十]+[\u4e00-\u9fff]{0,4}分局$")
_DATE_LENGTH = 12
_INSTITUTIONS = ("government", "party", "social")


@dataclass(slots=True)
class Body:
    """One body of the report: its name, type, the text that named it, where it was first and last mentioned."""

    name: str
    type: str
    own: bool
    first: int
    last: int
    count: int = 0


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
        self.layout, self.jurisdiction, self.places = layout, jurisdiction, places
        self.definitions, self.known = definitions or {}, known or {}
        self.bodies: dict[str, Body] = {}
        known_places = {jurisdiction.long or "", jurisdiction.name or "", *jurisdiction.levels.values(), *places.named} - {""}
        self._places = sorted(known_places, key=lambda place: (-len(place), place))
        self._prefixes: dict[str, str] = {}
        self._national_begins = {name[0] for name in places.national}
        self.block_starts = [block.start for block in layout.blocks]
        self.done: list[Mention] = []

    def resolve(self, mentions: list[Mention]) -> None:
        """Fill in name, type and reason of every mention."""
        later: list[Mention] = []
        sisters: list[Mention] = []
        defined: list[Mention] = []
        for mention in mentions:
            mention.type = mention.head.type
            mention.heading = self._in_heading(mention.start)
            if mention.text in self.definitions and mention is not self.definitions[mention.text]:
                defined.append(mention)
            elif not mention.pronoun and mention.prefix and (mention.rest in _SISTER or mention.rest in _BARE):
                sisters.append(mention)
            elif mention.pronoun or not self._explicit(mention):
                later.append(mention)
        later += [mention for mention in sisters if not self._explicit(mention)]
        later.sort(key=lambda m: m.start)
        self._merge_abbreviations(mentions)
        for mention in self.definitions.values():
            if not mention.name:
                self._implicit(mention, mentions)
        for mention in defined:
            full = self.definitions[mention.text]
            self._register(mention, full.name, "defined in the report", full.type)
        for mention in later:
            if not mention.pronoun and not mention.name:
                self._implicit(mention, mentions)
        for mention in later:
            if mention.pronoun:
                self._pointing(mention, mentions)
        for mention in mentions:
            if not mention.name:
                self._register(mention, mention.text, "written")

    # -- shared ------------------------------------------------------------------------------------------------------------------------

    def _block(self, position: int) -> int:
        return bisect_right(self.block_starts, position) - 1

    def _in_heading(self, position: int) -> bool:
        index = self._block(position)
        return index >= 0 and self.layout.blocks[index].kind == "heading"

    def _register(self, mention: Mention, name: str, reason: str, type_: str | None = None) -> None:
        if name.endswith("机关") and name[-3:-2] in tuple("局委厅院"):
            name = name[:-2]
        mention.name, mention.reason = name, reason
        self.done.append(mention)
        body = self.bodies.get(name)
        if body is None:
            own = self.jurisdiction.name
            body = self.bodies[name] = Body(name, type_ or mention.type, bool(own and own in name), mention.start, mention.start)
        mention.type = body.type
        body.count += 1
        body.first, body.last = min(body.first, mention.start), max(body.last, mention.start)

    # -- mentions that say whose they are -----------------------------------------------------------------------------------------------

    def _explicit(self, mention: Mention) -> bool:
        if mention.text in self.known:
            self._register(mention, self.known[mention.text].name, "profile", self.known[mention.text].type)
            return True
        if mention.text.startswith(_NATIONAL) or (mention.text[0] in self._national_begins and self._is_national(mention.text)):
            self._register(mention, mention.text, "written")
            return True
        name = self._placed_name(mention)
        if name is None:
            return False
        self._register(mention, name, "written" if name == mention.text else "jurisdiction filled in")
        return True

    def _is_national(self, text: str) -> bool:
        return any(text[:size] in self.places.national for size in range(2, min(len(text), 9) + 1))

    def _placed_name(self, mention: Mention) -> str | None:
        """The full name of a mention with a division or level word before it, None if it has none."""
        prefix, text = mention.prefix, mention.text
        if mention.head.kind == "division":
            return self._division_name(text)
        if not prefix and len(mention.head.text) == 2 and mention.head.text[1] == "委" and text[0] in LEVEL_OF and text == mention.head.text:
            return self._level_name(text[0], "委", mention.start)
        joint = _JOINT.match(text)
        if joint:
            return self._joint(mention, joint.group(1))
        while prefix and prefix[0].kind == "R":
            text, prefix = text[len(prefix[0].text) :], prefix[1:]
        if not prefix:
            return None
        last = prefix[-1]
        length = sum(len(p.text) for p in prefix)
        rest = text[length:]
        if last.kind == "D":
            return self._written(prefix[0].text if prefix[0].kind == "D" else last.text, text)
        if last.kind == "d":
            return None if mention.head.text in ("法庭", "人民法庭") else text
        if last.kind == "Z":
            own = self.jurisdiction.long or ""
            return (own if own.endswith(text[:length]) and len(prefix) == 1 else text[:length]) + rest
        if last.kind == "L" and last.text in LEVEL_OF:
            return self._level_name(last.text, rest, mention.start)
        if last.kind == "L" and len(prefix) > 1 and prefix[-2].text in LEVEL_OF:
            owner = self._level_name(prefix[-2].text, last.text, mention.start)
            return owner + rest if owner else None
        return None

    def _written(self, division: str, text: str) -> str:
        """A name that begins with a division in full: the report's own division takes its long form, a town the division it lies in."""
        own, long = self.jurisdiction.name, self.jurisdiction.long
        if own and long and division == own and long != own:
            return long + text[len(own) :]
        if ending(division) in ("镇", "乡", "街道"):
            return self._division_name(division) + text[len(division) :]
        return text

    def _division_name(self, name: str) -> str:
        """A town's name with the county it lies in before it, where that county is the report's own."""
        own, long = self.jurisdiction.name or "", self.jurisdiction.long or ""
        if ending(name) not in ("镇", "乡", "街道") or not own or LEVEL_OF.get(ending(own)) in ("town", "village") or name.startswith(own):
            return name
        if self.jurisdiction.code and len(self.jurisdiction.code) < 6 and own[-1] != "区" and self.jurisdiction.code not in ("4419", "4420", "4604", "6202"):
            return name
        codes = self.places.gazetteer.towns.get(name, [])
        if self.jurisdiction.code and codes and not any(code.startswith(self.jurisdiction.code) for code in codes):
            return name
        return long + name

    def _level_name(self, word: str, rest: str, position: int) -> str | None:
        full = self.places.meant(word, position, self.jurisdiction.levels)
        if full is None:
            return None
        if ending(full) in ("镇", "乡", "街道"):
            full = self._division_name(full)
        if rest in _SISTER or rest in _BARE:
            return self._sister(full, rest) or full + rest
        return full + rest

    def _sister(self, division: str, head: str) -> str | None:
        """The body meant by 市局, 市支队: one of that division with that head, else the own body's counterpart there."""
        tails = _SISTER.get(head, (head,))
        named = [b for b in self.bodies.values() if _local(b.name).startswith(division) and b.name.endswith(tails[0]) and not b.name.endswith("分" + tails[0])
                 and len(_local(b.name)) > len(division) + len(head) and not self._lower(_local(b.name), division)]
        if named:
            return max(named, key=lambda b: (self._kinship(_local(b.name)[len(division) :]), b.count, -b.first)).name
        own = self.jurisdiction.long or self.jurisdiction.name or ""
        for tail in tails:
            mine = [b for b in self.bodies.values() if own and _local(b.name).startswith((own, self.jurisdiction.name or own)) and b.name.endswith(tail)]
            if mine:
                best = _local(max(mine, key=lambda b: (b.count, -b.first)).name)
                best = _whole(best, tail)
                core = best[len(own) if best.startswith(own) else len(self.jurisdiction.name or "") :]
                if len(core) > len(tail):
                    return division + core[: -len(tail)] + (head if head != "总" else tail)
        cuts = [_cut(_whole(b.name, tails[0]), tails[:1]) for b in self.bodies.values() if b.name.startswith(division)]
        return next((cut for cut in cuts if cut and len(cut) > len(division) + len(head)), None)

    def _lower(self, name: str, division: str) -> bool:
        """Whether a name that begins with `division` goes on with a division inside it (益阳市 in 益阳市大通湖区应急管理局)."""
        return len(self._place_of(name)) > len(division)

    def _kinship(self, core: str) -> int:
        """How often the report's own bodies share their function's first two characters with `core`."""
        return sum(body.count for body in self.bodies.values() if body.own and core[:2] in body.name)

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
        """区市监局 and 区市场监管局 are one body under the longer name, if only one body of that division fits."""
        names = sorted(self.bodies, key=len)
        longer: dict[str, str] = {}
        for index, name in enumerate(names):
            place = self._place_of(name)
            core = name[len(place) :]
            fits = [n for n in names[index + 1 :] if n.startswith(place) and is_abbreviation(core, n[len(place) :]) and place]
            if len(fits) == 1:
                longer[name] = fits[0]
        for mention in mentions:
            if mention.name in longer:
                mention.name, mention.reason = longer[mention.name], "abbreviation"
        for name, full in longer.items():
            gone, kept = self.bodies.pop(name), self.bodies.get(full)
            if kept:
                kept.count, kept.first, kept.last = kept.count + gone.count, min(kept.first, gone.first), max(kept.last, gone.last)

    def _place_of(self, name: str) -> str:
        """The divisions that a name begins with."""
        best = self._prefixes.get(name)
        if best is None:
            best = self._prefixes[name] = next((place for place in self._places if name.startswith(place) and len(place) < len(name)), "")
        return best

    # -- mentions that need another one ---------------------------------------------------------------------------------------------------

    def _implicit(self, mention: Mention, mentions: list[Mention]) -> None:
        text = mention.text
        pieces = [piece for piece in mention.pieces if piece.kind != "R"]
        first = pieces[0] if pieces else None
        if first and first.kind in "LH" and (first.text in _OWN_BODY or first.text in _BARE):
            owner = self._own_body(first.text, mention, mentions)
            if owner:
                rest = text[text.index(first.text) + len(first.text) :]
                self._register(mention, owner + rest, "unit of the body", self._unit_type(mention))
                return
        bare = not mention.pieces and mention.head.kind in ("open", "role", "place")
        body = self._matching(mention)
        if body and bare and not self._in_reach(body, mention):
            section = self._section_body(mention)
            if section and mention.head.kind != "place":
                self._register(mention, section + text, "unit of the section's body", mention.head.type)
                return
            body = None
        if body is None and bare and mention.head.kind == "place":
            full = self.places.meant(text, mention.start, self.jurisdiction.levels)
            if full and full != text:
                self._register(mention, self._division_name(full), "the division named before", mention.head.type)
                return
        if body:
            self._register(mention, body.name, "matched by its ending", body.type)
            return
        self._register(mention, *self._new_name(mention, mentions))

    def _in_reach(self, body: Body, mention: Mention) -> bool:
        """Whether a bare role word may stand for a body: it was named in the same article, and not only under the heading of another body."""
        last = self._last_before(body.name, mention.start) if body.name in self.bodies else body.first
        there, here = self.layout.blocks[self._block(last)], self.layout.blocks[self._block(mention.start)]
        if there.article != here.article:
            return False
        own = self._section_body(mention)
        return own is None or self._heading_of(there) == self._heading_of(here) or body.name.startswith(own)

    def _heading_of(self, block: Block) -> int:
        """The nearest heading above a block that names a body, -1 if none."""
        index = block.section
        while index >= 0:
            heading = self.layout.blocks[index]
            if any(heads(heading, other.start, other.end) for other in self.done):
                return index
            index = heading.section
        return -1

    def _new_name(self, mention: Mention, mentions: list[Mention]) -> tuple[str, str]:
        """The name of a body that the report names without a place."""
        text, own = mention.text, self.jurisdiction.long
        if own and text[1:2] == "直" and text[0] == own[-1]:
            return own + text[1:], "jurisdiction filled in"
        if any(piece.kind == "L" and piece.text in LEVEL_OF for piece in mention.prefix):
            return text, "written"
        if text in ("团县委", "团区委", "团市委", "团省委", "团州委", "团旗委"):
            full = self.places.meant(text[1], mention.start, self.jurisdiction.levels)
            return (full[:-1] + text, "jurisdiction filled in") if full else (text, "written")
        if self._is_department(mention):
            owner = self._owner(mention, mentions)
            if owner:
                mention.type = self._unit_type(mention, owner.type)
                return owner.name + text, "unit of the body"
        if mention.head.kind in ("body", "unit") and own and mention.head.type in _INSTITUTIONS and "国" not in text[:2]:
            return own + text, "jurisdiction filled in"
        if mention.head.kind == "role" and own and _INDEPENDENT.search(text):
            return own + text, "jurisdiction filled in"
        if mention.head.kind == "open" and mention.head.type == "government" and own and all(piece.kind in "FwnHO" for piece in mention.pieces):
            return own + text, "jurisdiction filled in"
        if text.endswith(("街道", "镇", "乡")) and len(text) > 2:
            return self._division_name(text), "jurisdiction filled in"
        return text, "written"

    def _is_department(self, mention: Mention) -> bool:
        """Whether a mention without a place names a part of another body (药械科, 护理部, 执法大队) rather than a body of its own (秀山派出所)."""
        text, head = mention.text, mention.head
        if head.text in ("办公室", "机关", "法庭", "人民法庭", "庭", "审判庭", "执行局") or _NUMBERED.match(text):
            return True
        if _INDEPENDENT.search(text):
            return False
        if head.kind == "open":
            function_only = all(piece.kind in "FwnHO" for piece in mention.pieces)
            return _SECTION.search(text) is not None or (head.type == "government" and text.endswith(("队", "分局")) and function_only)
        return _DEPARTMENT.search(text) is not None

    def _unit_type(self, mention: Mention, owner: str | None = None) -> str:
        if mention.head.kind == "unit" and owner in ("health", "education", "company", "social"):
            return owner
        return mention.head.type

    def _matching(self, mention: Mention) -> Body | None:
        """The body that a short mention stands for: its name ends with it or is abbreviated by it; the report's own first, then the last named."""
        text = mention.text
        while mention.pieces and text[:1] in "该此本原" and len(text) > 2:
            text = text[1:]
        found = [b for b in self.bodies.values() if b.name.endswith(text)] or [b for b in self.bodies.values() if abbreviates_end(text, b.name)]
        if mention.head.kind == "body" or (mention.head.kind == "unit" and mention.pieces):
            own = [b for b in found if b.own or not self._place_of(b.name)]
            found = own if self.jurisdiction.name else found
        found = [b for b in found if b.name not in _BARE]
        before = [b for b in found if b.first < mention.start]
        if not before and not mention.pieces and mention.head.kind in ("open", "role", "place"):
            return self._inner(mention) or (found[0] if len(found) == 1 else None)
        if before:
            return max(before, key=lambda b: self._last_before(b.name, mention.start))
        return max(found, key=lambda b: b.count) if found and len(text) > 2 else (found[0] if found else None)

    def _inner(self, mention: Mention) -> Body | None:
        """A body that stands only inside the name of another one before (…供电公司党委 → 公司)."""
        tails = _SAME.get(mention.text, (mention.text,))
        for other in reversed([m for m in self.done if m.start < mention.start]):
            cut = _cut(other.name, tails)
            if cut and len(cut) > len(mention.text) + 1:
                return self.bodies.get(cut) or Body(cut, mention.head.type, False, other.start, other.start)
        return None

    def _last_before(self, name: str, position: int) -> int:
        body = self.bodies[name]
        if body.last < position:
            return body.last
        return max((m.start for m in self.done if m.name == name and m.start < position), default=body.first)

    def _owner(self, mention: Mention, mentions: list[Mention]) -> Body | None:
        """The body that a department belongs to: the last one named in its paragraph, else the section's, else the report's main body."""
        if mention.head.text in ("法庭", "人民法庭", "庭", "审判庭", "执行局"):
            courts = [b for b in self.bodies.values() if b.name.endswith("法院")]
            return max(courts, key=lambda b: (b.own, b.count)) if courts else None
        heading = self._section_body(mention)
        if heading:
            return self.bodies.get(heading) or Body(heading, "government", True, 0, 0)
        block = self._block(mention.start)
        able = [m for m in mentions if m.name and not m.pronoun and m.name in self.bodies and m.head.kind in ("body", "open", "unit")
                and not _DEPARTMENT.search(m.name) and m.type not in ("facility", "community", "taskforce")]
        near = [m for m in able if m.start < mention.start and self._block(m.start) == block]
        if near:
            strong = [m for m in near if m.name.endswith(_WITH_DEPARTMENTS)]
            return self.bodies[(strong or near)[-1].name]
        return max((self.bodies[m.name] for m in able), key=lambda b: (self._titled(b.name, able), b.count, -b.first), default=None)

    def _section_body(self, mention: Mention) -> str | None:
        """The body that the heading above names, without its party cell or office."""
        index = self._block(mention.start)
        seen = 0
        while index >= 0 and seen < 4:
            index = self.layout.blocks[index].section
            seen += 1
            if index < 0:
                return None
            block = self.layout.blocks[index]
            for other in self.done:
                if heads(block, other.start, other.end):
                    return _UNIT.sub("", other.name) or other.name
        return None

    # -- words that point ------------------------------------------------------------------------------------------------------------------

    def _pointing(self, mention: Mention, mentions: list[Mention]) -> None:
        head = mention.head.text
        word = head if head in LEVEL_OF else ""
        if word:
            full = self.places.meant(word, mention.start, self.jurisdiction.levels)
            if full:
                self._register(mention, self._division_name(full), "the report's own division", mention.head.type)
                return
        if mention.text[0] in "该此":
            name = self._last_named(head, mention, mentions)
        else:
            name = self._own_body(head, mention, mentions) or self._last_named(head, mention, mentions)
        if name:
            body = self.bodies.get(name)
            self._register(mention, name, "pointed at", body.type if body else None)

    def _last_named(self, head: str, mention: Mention, mentions: list[Mention]) -> str | None:
        tails = _SAME.get(head, (head,))
        for other in reversed([m for m in mentions if m.start < mention.start and m.name and not m.pronoun]):
            if other.name.endswith(tails):
                return other.name
        return None

    def _own_body(self, head: str, mention: Mention, mentions: list[Mention]) -> str | None:
        """The body that reports here and whose name ends with `head`: the section's, the title's, the most often named one of the own division."""
        tails = _SAME.get(head, (head,))
        heading = self._section_body(mention)
        cut = _cut(heading, tails) if heading else None
        if cut:
            return cut
        best: tuple[tuple[bool, bool, bool, int, int], str] | None = None
        for other in mentions:
            if other.pronoun or not other.name:
                continue
            name = other.name if other.name.endswith(tails) else None
            if name and name in self.bodies:
                body = self.bodies[name]
                rank = (self._titled(name, mentions), self._signs(name, mentions), body.own, body.count, -body.first)
                if best is None or rank > best[0]:
                    best = (rank, name)
        if best:
            return best[1]
        for other in mentions:
            cut = _cut(other.name, tails) if other.name and not other.pronoun else None
            if cut:
                return cut
        return None

    def _signs(self, name: str, mentions: list[Mention]) -> bool:
        """Whether a block holds nothing but this body, and at most a date: the line that a notice is signed with."""
        for mention in mentions:
            if mention.name == name and not mention.heading and not mention.pronoun:
                block = self.layout.blocks[max(self._block(mention.start), 0)]
                if block.start == mention.start and block.end - mention.end <= _DATE_LENGTH:
                    return True
        return False

    def _titled(self, name: str, mentions: list[Mention]) -> bool:
        return any(m.heading and m.name == name for m in mentions)


def heads(block: Block, start: int, end: int) -> bool:
    """Whether a name in a heading is what the section is about: it begins the heading (numbering aside) or is most of it.

    驰援定点医院 only mentions the hospital; 二、药学部与采购中心 and 区信访局机关党支部 name who acts.
    """
    return block.start <= start < block.end and (start - block.start <= _NUMBERING or (end - start) * 10 >= (block.end - block.start) * 6)


def _local(name: str) -> str:
    """A name without the national body that it begins with (国家税务总局石景山区税务局)."""
    return name[6:] if name.startswith("国家税务总局") else name


def _whole(name: str, tail: str) -> str:
    """The body whose branch a name is (中山市公安局古镇分局: 中山市公安局), the name itself if it is none."""
    if name.endswith("分" + tail) and tail in name[: -len(tail) - 1]:
        return name[: name.index(tail) + len(tail)]
    return name


def _cut(name: str, tails: tuple[str, ...]) -> str | None:
    """The part of a name through the last of `tails` in it, None if it has none."""
    for tail in tails:
        at = name.rfind(tail)
        if at > 1:
            return name[: at + len(tail)]
    return None
