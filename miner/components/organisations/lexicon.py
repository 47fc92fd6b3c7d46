"""The word lists of the organisations component, joined for one backward walk.

In: ``data/heads.tsv``, ``functions.tsv``, ``marks.tsv``, ``words.tsv``, the gazetteer and, if given, a user's profile. Out: a :class:`Lexicon`.

Classes of a word (one letter): D division by full name, d division by short name, Z zone (高新区), F function (市场监管), H head (委员会), L level (区),
R role (我, 该), O ordinal, b firm of the whole country (国网), p what never begins a name, v verb, w verb that is also a noun, n noun, a adjective,
e proper name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation

from miner.components.divisions import Division, Gazetteer, gazetteer

_UNITS = frozenset("办处科所组股室队")
_INNER_UNITS = frozenset("科股室部")
_OWNER_ENDS = frozenset("局厅委部队院司心府")
_TOWN_ENDS = "道镇乡场区"
LEVEL_CHARACTERS = "省市区县州旗盟镇乡村"


@dataclass(frozen=True, slots=True)
class Head:
    """The last component of a name: its text, type code and kind (see ``heads.tsv``)."""

    text: str
    type: str
    kind: str


def data_lines(name: str) -> list[list[str]]:
    """The lines of one of the component's data files, cut at tabs, comments left out."""
    content = files("miner.components.organisations").joinpath(f"data/{name}").read_text("utf-8")
    return [line.split("\t") for line in content.splitlines() if line and line[0] != "#"]


NAMING: dict[str, list[str]] = {group: words.split() for group, words in data_lines("naming.tsv")}
"""How short mentions resolve: group → words (``naming.tsv``)."""


class Lexicon:
    """Everything the component looks up.

    Parameters
    ----------
    places
        The gazetteer.
    suffixes
        A user's own suffixes → type code.

    Attributes
    ----------
    heads
        Head text → Head.
    classes
        Word → class letter.
    ends
        Finds every character that can end a head or a division.
    soft
        Characters of function that stand inside names as well.
    functional
        Words that begin no name but say what a unit does right before its head (督查科).
    fore
        Characters that stand in names, but never right before a division in full.
    governmental
        What 政府 qualifies right behind another body (县教育局|政府信息公开).
    document
        What titles of reports end with (简报, 宣传活动).
    auspicious
        Characters that firms are named with.
    given, named_so
        Ordinary words that villages, schools and stations are named with; how such names go on (社区, 小学).
    anywhere
        Short names of divisions that tell none when they stand alone (城东).
    zones
        What development zones are called (高新区).
    any_of
        Words that make a name mean any body of its kind (各, 有关).
    ordinary
        Words that end like a head or a level but name no body (开新局, 禁养区).
    continued
        Words of two characters whose first one ends no name (部门).
    resumed
        Words of two characters that follow a name all the same (县医院落实, though 院落 is a word).
    provinces
        Short and full names of provinces, municipalities left out.
    peoples
        The peoples that autonomous divisions are named after (彝族).
    shorts, short_pairs
        Short names of divisions that are no ordinary words, and what finds their first two characters.
    following
        Word → group of what may follow a body (post, staff, adverb, spot, noun).
    own_suffixes, national
        A user's suffixes; names of bodies of the whole country.
    leading
        Word → group of what may stand left of a name (locative, coordinate, agent, object, founded).
    verbal
        Words of function that are verbs too (立案).
    longest
        Last two characters of a word → length of the longest word that ends so (the walk's gate).
    """

    def __init__(self, places: Gazetteer, suffixes: dict[str, str] | None = None) -> None:
        self.heads: dict[str, Head] = {}
        self.classes: dict[str, str] = {}
        self.places = places
        self._read_words()
        self._read_places()
        functions = [word for line in data_lines("functions.tsv") for word in line[0].split()]
        self.verbal = frozenset(word for word in functions if self.classes.get(word) in ("v", "w"))
        self.classes.update(dict.fromkeys(functions, "F"))
        self._read_heads()
        self.loose = frozenset(text for line in data_lines("heads.tsv") if line[2] == "loose" for text in line[0].split())
        self.own_suffixes = frozenset(suffixes or ())
        for suffix, kind in (suffixes or {}).items():
            self.heads[suffix] = Head(suffix, kind, "open")
            self.classes[suffix] = "H"
        marks = self._read_marks()
        self.national = frozenset(name for line in data_lines("national.tsv") for name in line[0].split())
        self.national_begins = frozenset(name[0] for name in self.national)
        self.following = {word: group for group in ("noun", "spot", "adverb", "staff", "post", "body") for word in marks[group]}
        self.longest_following: dict[str, int] = {}
        for word in self.following:
            self.longest_following[word[0]] = max(len(word), self.longest_following.get(word[0], 0))
        self.leading = {word: group for group in ("object", "agent", "coordinate", "locative", "founded") for word in marks[group]}
        self.longest: dict[str, int] = {}
        for word in self.classes:
            if len(word) > self.longest.get(word[-2:], 0):
                self.longest[word[-2:]] = len(word)
        self.longest_head: dict[str, int] = {}
        for head in self.heads:
            if len(head) > 1:
                self.longest_head[head[-2:]] = max(len(head), self.longest_head.get(head[-2:], 0))
        self.before_short = frozenset(w[-1] for w, c in self.classes.items() if c in "FL")
        self.shorts = frozenset(name for name in self.places.by_short if self.classes.get(name) == "d")
        self.short_pairs = AhoCorasick(sorted({name[:2] for name in self.shorts}), implementation=Implementation.ContiguousNFA)
        self.ends = self._ends()

    def _ends(self) -> re.Pattern[str]:
        """Finds every last character of a head or a division; one that only trades end with only behind a character that stands there in one of them."""
        single = {text[-1] for text, head in self.heads.items() if head.kind != "brand"} | set(LEVEL_CHARACTERS)
        trades = {text[-2:] for text in self.heads if text[-1] not in single} or {"\0\0"}
        first, last, ends = ("".join(sorted(characters)) for characters in ({t[0] for t in trades}, {t[1] for t in trades}, single))
        return re.compile(f"[{ends}{last}](?:(?<=[{ends}])|(?<=[{first}][{last}]))")

    def _read_marks(self) -> dict[str, list[str]]:
        """Class the words of ``marks.tsv``; its groups."""
        marks: dict[str, list[str]] = {}
        for group, listed in data_lines("marks.tsv"):
            marks.setdefault(group, []).extend(listed.split())
        self.classes.update(dict.fromkeys(marks["stop"], "p"))
        self.common = frozenset(marks["common"])
        self.continued = frozenset(marks["continued"])
        self.resumed = frozenset(marks["resumed"])
        self.soft = frozenset(marks["soft"])
        self.fore = frozenset(marks["fore"])
        self.governmental, self.document = tuple(marks["governmental"]), tuple(marks["document"])
        self.functional = frozenset(marks["function"])
        self.auspicious = frozenset(marks["auspicious"])
        self.given, self.named_so = frozenset(marks["given"]), tuple(marks["named"])
        self.anywhere = frozenset(marks["anywhere"])
        self.zones = tuple(zone for zone in marks["zone"] if zone[-1] == "区")
        for word in self.common:
            self.classes.pop(word, None)
        self.any_of = tuple(marks["any"])
        self.ordinary = frozenset(marks["ordinary"])
        self.classes.update(dict.fromkeys((word for word in self.ordinary if self.classes.get(word) != "F"), "n"))
        self.classes.update(dict.fromkeys(marks["brand"], "b"))
        self.classes.update(dict.fromkeys(marks["place"], "d"))
        self.classes.update(dict.fromkeys(marks["level"], "L"))
        for level in marks["level"]:
            for role in marks["role"]:
                self.classes.pop(role + level, None)
        self.classes.update(dict.fromkeys(marks["role"], "R"))
        self.classes.update(dict.fromkeys(marks["zone"], "Z"))
        return marks

    def _read_words(self) -> None:
        for kind, length, words in data_lines("words.tsv"):
            size = int(length)
            listed = [words[i : i + size] for i in range(0, len(words), size)]
            if kind == "t":
                self.classes.update((word, "O" if word[0] == "第" and size == 2 else "p") for word in listed)
            else:
                self.classes.update(dict.fromkeys(listed, kind))
        for first in LEVEL_CHARACTERS:
            for second in LEVEL_CHARACTERS:
                self.classes.pop(first + second, None)
            for role in "全我本该各后":  # 接指令后|市中医院: no 后市
                self.classes.pop(role + first, None)

    def _read_places(self) -> None:
        self.classes.update(dict.fromkeys((name for name in self.places.towns if name[-1] in _TOWN_ENDS), "D"))
        self.classes.update(dict.fromkeys((name for name in self.places.by_short if self.classes.get(name, "e") == "e"), "d"))
        self.classes.update(dict.fromkeys(self.places.by_full, "D"))
        self.classes.update(dict.fromkeys(self.places.by_common, "D"))
        self.provinces = frozenset(word for division in self.places.divisions.values() if division.level == "province" and division.full[-1] != "市"
                                   for word in (division.short, division.full))
        self.peoples = frozenset(name for division in self.places.divisions.values() if "自治" in division.full for name in _peoples(division))
        # divisions that a report does not name: 甲区, 某市
        self.classes.update((stem + level, "D") for stem in ("甲", "乙", "丙", "丁", "某", "某某") for level in LEVEL_CHARACTERS)

    def _read_heads(self) -> None:
        for texts, kind, form in data_lines("heads.tsv"):
            for text in texts.split():
                if form == "brand" and text in self.heads:
                    continue
                self.heads[text] = Head(text, kind, "unit" if form == "loose" else form)
                if len(text) > 1 and form != "brand" and self.classes.get(text) != "F":
                    self.classes[text] = "H"

    def head_ending_at(self, text: str, end: int) -> Head | None:
        """The longest head that ends at `end`; a head of one character only where a word of function, level or role ends before it.

        A loose one stands also where it makes no common word with the character before it, a unit also soon after a body's end (环保局大气办).
        """
        size = self.longest_head.get(text[end - 2 : end], 0)
        while size > 1:
            head = self.heads.get(text[end - size : end])
            if head is not None:
                return None if text[end - 3 : end] in self.ordinary else head
            size -= 1
        head = self.heads.get(text[end - 1])
        if head is None or end < 2 or text[end - 3 : end] in self.ordinary:
            return None
        if head.kind == "place":
            return head
        before = text[end - 2]
        if before == head.text:
            return None
        pair = self.classes.get(text[end - 2 : end])
        said = self.classes.get(text[end - 3 : end - 1], "-")
        if before in self.before_short and (pair is None or pair in "FH" or said == "F"):
            return head
        if head.text in _INNER_UNITS and pair is not None and said in "vwn":
            return head  # 市容管理|科, no 理科; 女职工|部
        if head.text in _UNITS and pair is None and not _OWNER_ENDS.isdisjoint(text[end - 5 : end - 2]):
            return head
        if pair is None and head.text in self.loose and "\u4e00" <= before <= "\u9fff":
            return head
        return None


def _peoples(division: Division) -> list[str]:
    """The peoples in a division's name: 土家族, 苗族 of 湘西土家族苗族自治州."""
    written = division.full.removeprefix(division.short).partition("自治")[0]
    return re.findall(".+?族|.+", written)


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read on first use."""
    return Lexicon(gazetteer())
