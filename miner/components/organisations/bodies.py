"""The bodies that one report has named so far, and where: what the names step looks up.

In: the layout, the jurisdiction, resolved mentions one by one. Out: answers on bodies, sections, titles and signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.levels import COUNTIES
from miner.components.organisations.lexicon import NAMING, Head
from miner.components.organisations.mentions import Mention
from miner.components.organisations.nearby import NUMBERING
from miner.components.organisations.places import Places
from miner.layout.model import Block, Layout
from miner.layout.positions import holding

_DATE_LENGTH = 12
_SPOKEN = 3  # how often a report must say 县 before a body's name for it to be a county's
TAX = "国家税务总局"
_PARTY = ("委", "党委", "委员会", "党组", "党工委", "支部", "党支部", "党总支")
_LEGAL_FORMS = ("有限公司", "股份有限公司", "有限责任公司")


def ends(*groups: str) -> re.Pattern[str]:
    """A pattern for the ends of names that the groups of ``naming.tsv`` list."""
    words = [word for group in groups for word in NAMING[group]]
    return re.compile("(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")$")


@dataclass(slots=True)
class Body:
    """One body of the report: its name, type, whether it is of the report's division, where it was first and last mentioned."""

    name: str
    type: str
    own: bool
    first: int
    last: int
    count: int = 0


@dataclass(slots=True)
class _Named:
    """The mentions of one body, in the order of resolving, and what those of them tell that were asked: `tried` for signatures, `read` for headings."""

    mentions: list[Mention] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)
    first: int | None = None
    signs: bool = False
    tried: int = 0
    titled: bool = False
    read: int = 0


class Bodies:
    """The bodies of one report.

    Parameters
    ----------
    layout
        The report laid out.
    jurisdiction, places
        The report's own division, and all that it names.

    Attributes
    ----------
    by_name
        Name → body.
    done
        The mentions resolved, in the order of resolving.
    branded
        Name of a firm without the firm of the whole country that it belongs to → the name with it (云岫县供电公司, 国网云岫县供电公司).
    """

    def __init__(self, layout: Layout, jurisdiction: Jurisdiction, places: Places) -> None:
        self.layout, self.jurisdiction, self.places = layout, jurisdiction, places
        self.by_name: dict[str, Body] = {}
        self.branded: dict[str, str] = {}
        self.done: list[Mention] = []
        self._block_starts = [block.start for block in layout.blocks]
        known_places = {jurisdiction.long or "", jurisdiction.name or "", *jurisdiction.levels.values(), *places.named} - {""}
        self._places = sorted(known_places, key=lambda place: (-len(place), place))
        self._prefixes: dict[str, str] = {}
        self._spoken: str | None = None
        self._seen = 0  # mentions of `done` that are in the two below
        self._of_name: dict[str, _Named] = {}
        self._of_block: dict[int, list[Mention]] = {}

    def register(self, mention: Mention, name: str, reason: str, type_: str | None = None) -> None:
        """Give a mention its name; the body takes the type of its first mention."""
        if name.endswith("机关") and name[-3:-2] in tuple("局委厅院"):
            name = name[:-2]
        name = self.branded.get(name, name)
        if mention.name and mention.name != name:
            self._look_again()
        mention.name, mention.reason = name, reason
        self.done.append(mention)
        body = self.by_name.get(name)
        if body is None:
            own = self.jurisdiction.name
            body = self.by_name[name] = Body(name, type_ or mention.type, bool(own and own in name), mention.start, mention.start)
        mention.type = body.type
        body.count += 1
        body.first, body.last = min(body.first, mention.start), max(body.last, mention.start)

    def rename(self, old: str, new: str) -> None:
        """Let the body `old` go by the name of another one that it turned out to be; its mentions have it already."""
        self._look_again()
        gone, kept = self.by_name.pop(old), self.by_name.get(new)
        if kept:
            kept.count, kept.first, kept.last = kept.count + gone.count, min(kept.first, gone.first), max(kept.last, gone.last)
        else:
            gone.name, self.by_name[new] = new, gone

    def _look_again(self) -> None:
        self._seen = 0
        self._of_name.clear()
        self._of_block.clear()

    def _look(self) -> None:
        for mention in self.done[self._seen :]:
            named = self._of_name.setdefault(mention.name, _Named())
            named.mentions.append(mention)
            named.articles.add(self.article(mention.start))
            if not mention.pronoun and mention.head.kind != "division" and mention.name:
                named.first = mention.start if named.first is None else min(named.first, mention.start)
            self._of_block.setdefault(self.block(mention.start), []).append(mention)
        self._seen = len(self.done)

    def _named(self, name: str) -> _Named:
        self._look()
        return self._of_name.get(name) or _Named()

    def firsts(self) -> Iterator[tuple[str, int]]:
        """The names that were given, and where a mention that is no pronoun and no bare division has each of them first."""
        self._look()
        return ((name, named.first) for name, named in self._of_name.items() if named.first is not None)

    def in_block(self, index: int) -> list[Mention]:
        """The mentions that begin in a block, in the order of resolving."""
        self._look()
        return self._of_block.get(index, [])

    def block(self, position: int) -> int:
        """The index of the block that holds a position, -1 if none."""
        return holding(self._block_starts, position)

    def article(self, position: int) -> int:
        """The article that holds a position."""
        index = self.block(position)
        return self.layout.blocks[index].article if index >= 0 else 0

    def in_heading(self, position: int) -> bool:
        """Whether a position lies in a heading."""
        index = self.block(position)
        return index >= 0 and self.layout.blocks[index].kind == "heading"

    def place_of(self, name: str) -> str:
        """The divisions that a name begins with."""
        best = self._prefixes.get(name)
        if best is None:
            best = self._prefixes[name] = next((place for place in self._places if name.startswith(place) and len(place) < len(name)), "")
        return best

    def county(self, position: int) -> str | None:
        """The county inside the jurisdiction that a passage is about: a heading above begins with it, or it is the only one of an article of its own."""
        nearby, code = self.places.nearby, self.jurisdiction.code
        headed = nearby.headed(self.places, COUNTIES, position, code)
        return headed if headed or self._names_own(position) else nearby.of_article(self.places, COUNTIES, position, code)

    def _names_own(self, position: int) -> bool:
        """Whether the article at a position names the jurisdiction itself."""
        own = self.jurisdiction.name
        return own not in self.places.named or bool(self.places.articles_of(own)[self.article(position)])

    def spoken_level(self) -> str:
        """The level word of a report that names no division but says 县财政局, 县民政局: its 审计局 is 县审计局."""
        if self._spoken is None:
            spoken = self.places.used + self.places.own
            (word, most), *rest = [*spoken.most_common(2), ("", 0)]
            fits = not self.jurisdiction.name and word in COUNTIES and most >= _SPOKEN and most >= 2 * sum(count for other, count in rest)
            self._spoken = word if fits else ""
        return self._spoken

    def head_of(self, name: str) -> Head | None:
        """The head that a name ends with."""
        return self.places.lexicon.head_ending_at(name, len(name))

    @staticmethod
    def short_of(division: str) -> str:
        """The last division of a long name without its level word (咸阳市秦都区: 秦都)."""
        return re.split("[省市州盟]", division[:-1])[-1]

    def place_before(self, position: int) -> str | None:
        """The town or village that ends right before a position (里水镇 in 里水镇成立…)."""
        text = self.layout.text
        return next((place for place in self._places if place.endswith(("镇", "乡", "街道", "村", "社区")) and text.endswith(place, 0, position)), None)

    def core(self, name: str) -> str:
        """A name without the national body and the divisions that it begins with."""
        name = local(name)
        return name[len(self.place_of(name)) :]

    def last_before(self, name: str, position: int) -> int:
        """Where a body was last mentioned before a position; its first mention if never."""
        body = self.by_name[name]
        if body.last < position:
            return body.last
        return max((m.start for m in self._named(name).mentions if m.start < position), default=body.first)

    def section_body(self, position: int) -> str | None:
        """The name that the headings above a position give: who acts in that section."""
        index = self.block(position)
        seen = 0
        while index >= 0 and seen < 4:
            index = self.layout.blocks[index].section
            seen += 1
            if index < 0:
                return None
            block = self.layout.blocks[index]
            for other in self.in_block(index):
                if heads(block, other.start, other.end):
                    return other.name
        return None

    def heading_of(self, position: int) -> int:
        """The nearest heading above a position that names a body, -1 if none."""
        index = self.layout.blocks[self.block(position)].section
        while index >= 0:
            heading = self.layout.blocks[index]
            if any(heads(heading, other.start, other.end) for other in self.in_block(index)):
                return index
            index = heading.section
        return -1

    def signs(self, name: str) -> bool:
        """Whether a block holds nothing but this body, and at most a date: the line that a notice is signed with."""
        named = self._named(name)
        while not named.signs and named.tried < len(named.mentions):
            mention = named.mentions[named.tried]
            named.tried += 1
            if not mention.heading and not mention.pronoun:
                block = self.layout.blocks[max(self.block(mention.start), 0)]
                opens = block.start == mention.start or (block.start == mention.start - 1 and self.layout.text[block.start] == "(")
                named.signs = opens and block.end - mention.end <= _DATE_LENGTH and "。" not in self.layout.text[mention.end : block.end]
        return named.signs

    def in_article(self, name: str, article: int) -> bool:
        """Whether an article names this body."""
        return article in self._named(name).articles

    def issues(self, name: str) -> bool:
        """Whether a line of source or author names this body: it reports."""
        blocks = self.layout.blocks
        return any(mention.name == name and blocks[max(self.block(mention.start), 0)].kind == "byline" for mention in self.done)

    def titled(self, name: str) -> bool:
        """Whether a heading names this body."""
        named = self._named(name)
        while not named.titled and named.read < len(named.mentions):
            named.titled = named.mentions[named.read].heading
            named.read += 1
        return named.titled


def heads(block: Block, start: int, end: int) -> bool:
    """Whether a name in a heading is what the section is about: it begins the heading (numbering aside) or is most of it.

    驰援定点医院 only mentions the hospital; 二、药学部与采购中心 and 区信访局机关党支部 name who acts.
    """
    return block.start <= start < block.end and (start - block.start <= NUMBERING or (end - start) * 10 >= (block.end - block.start) * 6)


def local(name: str) -> str:
    """A name without the national body that it begins with (国家税务总局石景山区税务局)."""
    return name[len(TAX) :] if name.startswith(TAX) else name


def whole(name: str, tail: str) -> str:
    """The body whose branch a name is (中山市公安局古镇分局: 中山市公安局), the name itself if it is none."""
    if name.endswith("分" + tail) and tail in name[: -len(tail) - 1]:
        return name[: name.index(tail) + len(tail)]
    return name


def cut(name: str, tails: tuple[str, ...]) -> str | None:
    """The part of a name through the last of `tails` in it, None if it has none; a bank or firm with its legal form (…商业银行股份有限公司) is one.

    The party's mark before its committee is none of the house's: 江城师范学院 of 中共江城师范学院委员会.
    """
    for tail in tails:
        at = name.rfind(tail)
        if at > 1:
            part = name[: at + len(tail)]
            return name if name[at + len(tail) :] in _LEGAL_FORMS else part if tail in _PARTY else part.removeprefix("中共")
    return None


def joined(owner: str, unit: str) -> str:
    """The name of a unit of a body; what both say stands once (平江交警大队 and 交警大队天岳中队, 县教育局 and 局领导小组)."""
    size = next((size for size in range(min(len(owner), len(unit)), 1, -1) if owner.endswith(unit[:size])), int(owner[-1:] == unit[:1] == "局"))
    return owner + unit[size:]


def without_brand(unit: str, firm: str) -> str:
    """A unit without the brand of its firm before it: 技术科 for 恒通技术科 of 临江恒通纺织有限公司."""
    size = next((size for size in range(len(unit) - 2, 1, -1) if unit[:size] in firm), 0)
    return unit[size:]
