"""Which divisions a report names, where, and what 区, 县, 市 alone mean in it.

In: the laid-out report, the mentions found, the divisions named in full. Out: :class:`Places`: a :class:`~.tally.Tally` for each division named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from miner.components.divisions import Division
from miner.components.organisations.levels import LEVEL_OF, TOWNS, ending, level_word
from miner.components.organisations.lexicon import NAMING, Lexicon
from miner.components.organisations.mentions import Mention
from miner.components.organisations.nearby import LOW, Nearby
from miner.components.organisations.short_names import STREETS, tally_short_names
from miner.components.organisations.tally import Tally
from miner.components.organisations.unlisted import tally_unlisted
from miner.layout.model import Layout
from miner.layout.positions import holding

PUBLIC = ("government", "party", "social", "taskforce")
_OWN = re.compile(r"[全我本](省|市|县|区|旗|州|盟|镇|乡|村|街道|社区)(?!场|长|民)")
_OURS = re.compile(r"[我本](村|社区)(?!场|长|民)")
_LOCAL = re.compile("(?:所|站|庭|队|点|院|校|学|园|店|厂|场|超市)$")
_TOWN_BODY = re.compile("(?:所|站|庭|队|场|矿|水库)$")
_BRANCHES = tuple(NAMING["branch office"])
_TOWARDS = re.compile("(?:[驰支增]?援|援助|赴|奔赴|赶赴|前往|开往|驶往|送往|运往|发往|寄往|捐给|送给|捐赠给)$")
_SENT_TO = re.compile("[援助赴往给]")  # how a word of sending or going ends
_REACHED = re.compile("(?:来到|到|走进|深入|抵达|走访|慰问|调研)$")
_OTHERS = ("该", "此", "某")
_TITLE = 50
_NATIONWIDE = ("国家", "中国", "国网")
_GUESTS = ("考察组", "考察团", "代表团", "参观团", "访问团", "学习团", "学习组")
_BUREAU = re.compile("公安局|分局|交警|[\u4e00-\u9fff]局[\u4e00-\u9fff]{2}")
_COLLEGES = ("大学", "学院")
_FOOT = 80
_SIGNATURE = 12  # characters beside a name that a signature may hold: a date


def _of_nature(mention: Mention) -> bool:
    """Whether a name that begins with a division's short name begins with a mountain's or a river's (武功山管委会 is not of 武功县)."""
    after = mention.pieces[len(mention.prefix) :]
    return bool(after) and after[0].kind == "u" and after[0].text[0] in STREETS


class Places:
    """The divisions that one report names.

    Parameters
    ----------
    layout
        The report laid out.
    mentions
        The mentions decided.
    divisions
        Every division named by its full name: start, end, name; ascending.
    page
        Those named in page furniture.
    villages
        Where the text names a village by itself, and its name.
    lexicon
        The word lists with the gazetteer.

    Attributes
    ----------
    named
        Division → its tally.
    own
        How often 全区, 我县 … speak of the own division of that level.
    ours
        How often 我村, 本社区 … do.
    used
        How often a level word alone stands before a body (区商务局).
    joined
        Division → the divisions that stand right before it.
    nearby
        Which town or county a passage is about.
    long_forms
        Division → the name with the one before it, where a body's name begins so (海口市龙华区税务局); a province is left out.
    """

    def __init__(self, layout: Layout, mentions: list[Mention], divisions: list[tuple[int, int, str]], lexicon: Lexicon,
                 page: list[tuple[int, int, str]] | None = None, villages: list[tuple[int, str]] | None = None) -> None:
        self.gazetteer, self.lexicon, self.layout, self.text = lexicon.places, lexicon, layout, layout.text
        self.national = lexicon.national
        self.named: dict[str, Tally] = {}
        self.joined: dict[str, Counter[str]] = {}
        self.long_forms: dict[str, str] = {}
        self.own: Counter[str] = Counter(_OWN.findall(layout.text))
        self.used: Counter[str] = Counter()
        self.ours: Counter[str] = Counter(_OURS.findall(layout.text))
        self._codes: dict[str, str | None] = {}
        self._starts = [block.start for block in layout.blocks]
        self.nearby = Nearby(villages or [])
        self._articles: dict[str, tuple[int, Counter[int]]] = {}  # with the number of spots that were counted
        self._endings: tuple[int, dict[str, list[str]]] | None = None  # with the number of divisions that were sorted
        self.title_end = self._end_of_title()
        self._foot = self._start_of_foot()
        self.used.update([level_word(mention.prefix[-1].text) or mention.prefix[-1].text for mention in mentions
                          if mention.prefix and mention.prefix[-1].kind == "L" and mention.prefix[0].text not in _OTHERS])
        self._full_names(divisions, mentions)
        for mention in mentions:
            self._mention(mention)
        tally_short_names(self)
        tally_unlisted(self, mentions)
        self._destinations()
        for start, end, name in page or ():
            self.on_page(name, start, end)

    # -- collecting --------------------------------------------------------------------------------------------------------------------

    def _end_of_title(self) -> int:
        """Where the first title ends: the first heading with its second line, or else the first block that is short and no furniture and no line of source."""
        end = 0
        for block in self.layout.blocks[:12]:
            if end and not self.text.startswith("—", block.start):
                return end
            if block.kind == "heading" or end:
                end = block.end
        first = next((block for block in self.layout.blocks if block.kind not in ("furniture", "byline")), None)
        return first.end if first and first.end - first.start <= _TITLE else 0

    def _start_of_foot(self) -> int:
        """Where the last line begins, if it is no sentence (主办:…); else the end of the text."""
        last = self.layout.blocks[-1] if self.layout.blocks else None
        if last is None or last.end - last.start > _FOOT or last.start < self.title_end or "。" in self.text[last.start : last.end]:
            return len(self.text) + 1
        return last.start

    def block(self, position: int) -> int:
        """The index of the block that holds a position."""
        return max(holding(self._starts, position), 0)

    def articles_of(self, name: str) -> Counter[int]:
        """How often each article names a division."""
        spots = self.named[name].spots
        known = self._articles.get(name)
        if known is None or known[0] != len(spots):
            known = self._articles[name] = len(spots), Counter([self.layout.blocks[self.block(spot)].article for spot in spots])
        return known[1]

    def ending_with(self, word: str) -> list[str]:
        """The divisions named whose level word is `word`."""
        if self._endings is None or self._endings[0] != len(self.named):
            self._endings = len(self.named), {}
            for name in self.named:
                self._endings[1].setdefault(ending(name), []).append(name)
        return self._endings[1].get(word, [])

    def tally(self, name: str, start: int, end: int) -> Tally:
        """The tally of a division, with one more place where it stands."""
        tally = self.named.get(name)
        if tally is None:
            tally = self.named[name] = Tally((start, end))
        elif start < tally.first[0]:
            tally.first = (start, end)
        tally.spots.append(start)
        return tally

    def on_page(self, name: str, start: int, end: int) -> None:
        """A division in page furniture: no place of the text, but whose page it is."""
        tally = self.named.get(name)
        if tally is None:
            tally = self.named[name] = Tally((start, end))
        tally.page += 1

    def _full_names(self, divisions: list[tuple[int, int, str]], mentions: list[Mention]) -> None:
        begins = [mention.start for mention in mentions]
        starts = {start: name for start, _, name in divisions}
        past, directed, visited = -1, False, False
        for start, end, name in divisions:
            tally = self.tally(name, start, end)
            directed, visited = self.directed(start) or (directed and start == past), self._visited(start) or (visited and start == past)
            past = end
            tally.target += directed
            tally.visited += visited
            kind = self.layout.blocks[self.block(start)].kind if self.layout.blocks else ""
            tally.line += kind == "byline"
            index = holding(begins, start)
            owner = mentions[index] if index >= 0 and mentions[index].end > start else None
            if end in starts:
                inner = starts[end]
                self.joined.setdefault(inner, Counter())[name] += 1
                if owner and owner.end > end + len(inner):
                    # 国家税务总局银川市金凤区税务局 has the city in it wherever it stands
                    if not owner.text.startswith(_NATIONWIDE) and name not in self.lexicon.provinces:
                        self.long_forms[inner] = name + inner
                    tally.over += owner.type in PUBLIC or owner.head.type in PUBLIC
                tally.parent += 1
                tally.title_over += start < self.title_end
                continue
            branch = self._branch(owner) if owner and owner.start == start else None
            if branch and branch != name:
                self.joined.setdefault(branch, Counter())[name] += 1
                tally.parent += 1
                continue
            if owner is not None and owner.end > end:
                self._before_body(tally, owner, start, kind, directed)
            else:
                tally.place += 1
                tally.guest += self.text.startswith(_GUESTS, end)
                tally.title += start < self.title_end and not directed

    def _before_body(self, tally: Tally, owner: Mention, start: int, kind: str, directed: bool = False) -> None:
        if owner.text.endswith(_GUESTS):
            tally.guest += 1
            tally.place += 1
            return
        public = owner.type in PUBLIC or owner.head.type in PUBLIC
        if public:
            tally.body += 1
        else:
            tally.other += 1
        titled = start < self.title_end and not directed
        tally.title_body += titled
        tally.heading += kind == "heading" and start >= self.title_end
        tally.source += kind == "byline"
        block = self.layout.blocks[self.block(owner.start)]
        signed = block.start == owner.start and block.end - owner.end <= _SIGNATURE and owner.start >= self.title_end
        tally.signed += signed
        tally.hosted += not public and (titled or signed or kind == "byline")
        tally.foot += block.start >= self._foot

    def directed(self, start: int) -> bool:
        """Whether help or people go there: a word of sending or going stands right before."""
        return _TOWARDS.search(self.text, max(start - 4, 0), start) is not None

    def _visited(self, start: int) -> bool:
        """Whether somebody comes there: a word of arriving stands right before."""
        return _REACHED.search(self.text, max(start - 3, 0), start) is not None

    def _mention(self, mention: Mention) -> None:
        """Divisions in a mention that no full name told: zones, short names, villages."""
        prefix = mention.prefix
        if not prefix and mention.pieces and mention.pieces[0].kind == "b":  # 国网衢州供电公司
            prefix = [piece for piece in mention.pieces[:2] if piece.kind in "bd"]
        if not mention.pieces or (prefix and prefix[-1].kind in "LDR" and len(prefix) == len(mention.pieces)):
            return
        if mention.head.kind == "place" and mention.pieces and not prefix and mention.text not in self.named:
            self.tally(mention.text, mention.start, mention.end).title += mention.start < self.title_end
        length = sum(len(piece.text) for piece in prefix)
        block = self.layout.blocks[self.block(mention.start)] if self.layout.blocks else None
        kind = block.kind if block else ""
        if prefix and prefix[-1].kind == "Z" and len(prefix) > 1 and prefix[-2].kind in "Dd":
            zone = prefix[-2].text + prefix[-1].text
            start = mention.start + length - len(zone)
            city = prefix[-2].text if prefix[-2].kind == "D" else self.full(prefix[-2].text)
            self._before_body(self.tally(zone, start, start + len(zone)), mention, mention.start, kind)
            if city:
                self.joined.setdefault(zone, Counter())[city] += 1
        elif prefix and prefix[-1].kind == "d" and self._tells_division(mention):
            full = self.full(prefix[-1].text)
            if full and (full in self.named or not self._is_common(prefix[-1].text, mention, full)):
                tally = self.tally(full, mention.start, mention.start + length)
                if (len(prefix) > 1 and prefix[0].kind != "b") or _LOCAL.search(mention.head.text):
                    tally.branch += 1
                    tally.branch_title += mention.start < self.title_end
                else:
                    self._before_body(tally, mention, mention.start, kind)
        branch = self._branch(mention)
        if branch:
            tally = self.tally(branch, mention.start, mention.end)
            tally.branch += 1
            tally.branch_title += mention.start < self.title_end
            self._before_body(tally, mention, mention.start, kind)

    def _is_common(self, short: str, mention: Mention, division: str) -> bool:
        """Whether a mention's short name tells no division: it is a town's station's (海门派出所), borne by many (红旗), or a university's (江城师范学院)."""
        if _TOWN_BODY.search(mention.head.text) and not _BUREAU.search(mention.text):
            return True
        return short in self.lexicon.anywhere or (self.level(division) == "county" and any(word in mention.text for word in _COLLEGES))

    def _tells_division(self, mention: Mention) -> bool:
        """Whether the short name that a mention begins with is a division's: no mountain's, square's or community's, nor where help goes."""
        return not (_of_nature(mention) or mention.head.kind in ("place", "brand") or mention.head.type == "facility" or self.directed(mention.start))

    def _branch(self, mention: Mention) -> str | None:
        """The division that a branch is for: 芗城区 for 漳州市公安局芗城分局交警大队."""
        pieces = mention.pieces
        if len(pieces) == len(mention.prefix):
            return None
        following = [piece.text for piece in pieces[1:]] + [mention.head.text]
        for piece, after in zip(pieces[len(mention.prefix) :], following[len(mention.prefix) :], strict=False):
            if piece.kind in "Dd" and after.startswith(_BRANCHES):
                return piece.text if piece.kind == "D" else self.full(piece.text)
        return None

    def _destinations(self) -> None:
        """Where help or people go, and what lies in it (驰援新乡, then 卫辉市)."""
        to = {name for name, tally in self.named.items() if tally.target}
        text, shorts = self.text, self.lexicon.shorts
        for match in _SENT_TO.finditer(text):
            at = match.end()
            if (text[at : at + 2] in shorts or text[at : at + 3] in shorts) and self.directed(at):
                full = next((self.full(short, True) for short in (text[at : at + 3], text[at : at + 2]) if short in shorts), None)
                if full:
                    to.add(full)
        for name, tally in self.named.items() if to else ():
            code = self.code(name)
            tally.away = name in to or bool(code and any(self.form(above) in to for above in self.gazetteer.ancestors(code)))

    def is_furniture(self, position: int) -> bool:
        """Whether a position lies in page furniture."""
        return bool(self.layout.blocks) and self.layout.blocks[self.block(position)].kind == "furniture"

    # -- asking ------------------------------------------------------------------------------------------------------------------------

    def full(self, short: str, county: bool = False) -> str | None:
        """The full name of a division by its short name.

        One that the report names in full, or whose parents it names, or whose level it speaks of. A former name where the report speaks of the
        level that it was then (金坛新闻网 with 市总工会: 金坛市).
        None where there are several and nothing tells which, or where the report names a town or a road so (海门街道), unless it is known to be no town
        (`county`: 海安日报).
        """
        codes = self.gazetteer.by_short.get(short, [])
        if codes and len(codes[0]) == 2:  # 河南 is the province, not 河南县
            codes = codes[:1]
        if not county and (any(short + word in self.named for word in TOWNS) or short + "路" in self.text):
            codes = []
        names = [self.form(self.gazetteer.divisions[code]) for code in codes]
        former = [name for code in codes for name in self.gazetteer.former.get(code, ()) if name[:-1] == short]
        for name in (*names, *former):
            if name in self.named:
                return name
        if former and not any(self.speaks_of(name) for name in names):
            meant = next(filter(self.speaks_of, former), None)
            if meant:
                return meant
        for code, name in zip(codes, names, strict=True):
            if any(self.form(above) in self.named for above in self.gazetteer.ancestors(code)):
                return name
        own = [name for name in names if self.speaks_of(name)]
        if len(own or names) == 1:
            return (own or names)[0]
        near = [name for code, name in zip(codes, names, strict=True) if name in own or not own if self._beside_named(code)]
        return next(iter(near or own), None)

    def above(self, name: str) -> Division | None:
        """The division that one known to the gazetteer lies in."""
        code = self.code(name)
        return self.gazetteer.parent(code) if code else None

    def form(self, division: Division) -> str:
        """The name of a division that the report writes (道真自治县), its common one if none."""
        forms = division.forms
        return forms[0] if len(forms) == 1 else next((name for name in forms if name in self.text), forms[-1])

    def _beside_named(self, code: str) -> bool:
        """Whether the report names a division of the same prefecture."""
        return any(mine[:4] == code[:4] for name in self.named for mine in [self.code(name)] if mine and len(mine) > 2)

    def speaks_of(self, name: str) -> bool:
        """Whether the report speaks of its own division of that level (全市, 市商务局)."""
        word = ending(name)
        return bool(self.own[word] or self.used[word])

    def code(self, name: str) -> str | None:
        """The code of a division; of several with one name the one whose parents the report names, None if that tells nothing."""
        if name in self._codes:
            return self._codes[name]
        codes = self.gazetteer.named(name)
        self._codes[name] = found = (codes[0] if codes else None) if len(codes) < 2 else self._nearest(codes)
        return found

    def _nearest(self, codes: list[str]) -> str | None:
        weights = [sum(1 + self.named[name].full for d in self.gazetteer.ancestors(code) if (name := self.form(d)) in self.named) for code in codes]
        best = max(weights)
        if not best:
            weights = [int(any(self.says(d.short) for d in self.gazetteer.ancestors(code))) for code in codes]
            best = max(weights) if sum(weights) == 1 else 0
        return codes[weights.index(best)] if best > 0 else None

    def is_county_city(self, name: str) -> bool:
        """Whether a 市 is one of county level."""
        return name.endswith("市") and any(len(code) == 6 for code in self.gazetteer.by_full.get(name, []))

    def level(self, name: str) -> str:
        """The level of a division by its name."""
        return "county" if self.is_county_city(name) else LEVEL_OF.get(ending(name), "county")

    def in_title(self, name: str) -> bool:
        """Whether the title writes a division's name."""
        return name in self.text[: self.title_end]

    def says(self, *names: str) -> bool:
        """Whether the report writes one of these names."""
        return any(name in self.text for name in names)

    def meant(self, word: str, position: int, levels: dict[str, str], code: str | None = None) -> str | None:
        """The division that a level word means at `position`.

        On a page of several articles the one that the article itself names, else the jurisdiction's own, else the last one of that level named before.

        Parameters
        ----------
        word
            市, 县, 镇 …
        position
            Where it stands.
        levels
            What the words mean by the jurisdiction.
        code
            The jurisdiction's code: a division above it is its own, no other one.
        """
        low = word in LOW
        here = None if low else self.nearby.headed(self, (word,), position, code) or self._in_article(word, position, levels.get(word), code)
        if here:
            return here
        about = None if low or self._names(levels.get(word, ""), position) else self.nearby.of_article(self, (word,), position, code)
        if about or word in levels:
            return about or levels[word]
        if low:
            return self.nearby.last_low(self, word, position)
        spots = sorted((spot, name) for name, tally in self.named.items() if ending(name) == word and self._may_be_meant(name, tally, code, position)
                       for spot in tally.spots)
        before = [name for spot, name in spots if spot <= position]
        if before:
            return before[-1]
        return spots[0][1] if spots else None

    def _names(self, division: str, position: int) -> bool:
        """Whether the article at a position names a division."""
        article = self.article(position)
        return any(division.endswith(name) and self.articles_of(name)[article] > 0 for name in self.ending_with(ending(division))) if division else False

    def _section(self, position: int) -> tuple[int, int]:
        """The article and the heading that a position stands under."""
        block = self.layout.blocks[self.block(position)]
        return block.article, block.section

    def article(self, position: int) -> int:
        """The article that holds a position."""
        return self.layout.blocks[self.block(position)].article if self.layout.blocks else 0

    def _in_article(self, word: str, position: int, usual: str | None, code: str | None) -> str | None:
        """The division inside the jurisdiction whose bodies one of several articles names, where it never names the usual one, or later and less often."""
        blocks = self.layout.blocks
        if not blocks or not blocks[-1].article:
            return None
        article = self.article(position)
        counts = {name: count for name in self.ending_with(word)
                  if (self.named[name].bodies or self.named[name].short) and (count := self.articles_of(name)[article])}
        superior = next((name for name in counts if usual and usual.endswith(name)), None)
        if superior:  # 宣城市民政局 as the superior of 广德市民政局, which the article is about
            often, at = counts.pop(superior), self._first_in(superior, article)
            counts = {name: count for name, count in counts.items() if count > often and self._first_in(name, article) < at}
        if not counts:
            return None
        before = [(spots[at - 1], name) for name in counts for spots in [self.named[name].spots] if (at := bisect_right(spots, position))]
        near = [(spot, name) for spot, name in before if self._section(spot) == self._section(position)]
        best = max(near)[1] if near else max(counts, key=lambda name: (counts[name], -self.named[name].first[0]))
        mine = self.code(best)
        return best if not (code and mine) or mine.startswith(code) else None

    def _first_in(self, name: str, article: int) -> int:
        """Where an article first names a division."""
        return next((spot for spot in self.named[name].spots if self.article(spot) == article), len(self.text))

    def _may_be_meant(self, name: str, tally: Tally, code: str | None, position: int) -> bool:
        """Whether a level word may mean a division that is not the jurisdiction's: a town or village is, one above only if the jurisdiction lies in it."""
        if tally.page_only or tally.abroad:
            return False
        level = self.level(name)
        if level in ("town", "village"):
            return True
        if tally.elsewhere or not (tally.bodies or tally.title or tally.short or tally.branch):
            return self.block(tally.spots[-1]) == self.block(position) and not tally.elsewhere
        mine = self.code(name)
        return not (code and mine) or code.startswith(mine) or len(mine) >= len(code)
