"""Divisions that no gazetteer knows but this report names: villages, old or invented names (大通湖区, 临江市, 周洛村).

In: clean text. Out: names → class ``D`` for the walk of this report alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from miner.components.organisations.lexicon import Lexicon

# the mark before a chain leads: quicker than to look behind at every character
_CHAIN = re.compile(r"[^\u4e00-\u9fff\d](?=([\u4e00-\u9fff]{2,5}?[省市州盟县区旗](?=[\u4e00-\u9fff]))?([\u4e00-\u9fff]{1,4}?(?:街道|[市县区旗镇乡村])))")
_NOT_BEFORE = frozenset("受遭获应转赠捐送报请致邀函呈递驻全我本各该市县区省镇乡村在的和与对向从到由是有这那两几多个一二三四五六七八九十于为及")
_VILLAGE = re.compile("[\u4e00-\u9fff]{2,3}(?:村|社区)")
_AUTONOMOUS = re.compile("自治[县州旗]")
_SHORT_BANNER, _LONGEST_BANNER = 4, 8  # characters; shorter ones are told like other divisions
_TAX_OFFICE = re.compile("国家税务总局([\u4e00-\u9fff]{2,8}?[市区县旗州])税务局")
_LEVEL = re.compile("[市县区]")
_STEM = 4  # characters of the longest stem before the name of a people (巴音郭楞)
_SHORT = 3  # characters of a division's name whose first two stand for it (阜川 of 阜川市)
_NO_LOCAL = "省州盟"  # every one of them is in the gazetteer
_GARRISONS = ("军区", "军分区")
_OPENING = frozenset("\n—")
_NO_LINE_BEGINS = frozenset("和与于从向")  # words that join: no line begins with one, so that a name does (和泰县)
_SHARED = ("原创", "转载")  # what pages of accounts put before the body's name
_OFFICES = ("人民政府", "住房和城乡建设",
            *(f"委{office}" for office in ("宣传部", "组织部", "统战部", "政法委", "办公室", "书记", "副书记", "常委", "督查室", "党校", "老干部局")))
_TITLED = re.compile(r"\d{4}年|工作(?:总结|报告|汇报|简报|要点|思路|计划|情况)")  # what follows the reporting body in a title


class Local(dict[str, str]):
    """Words of one report alone: word → class.

    Attributes
    ----------
    sizes
        How long they are, the longest first.
    """

    __slots__ = ("sizes",)

    def __init__(self, words: dict[str, str] | None = None) -> None:
        super().__init__(words or {})
        self.sizes = sorted({len(word) for word in self}, reverse=True)


def local_divisions(text: str, words: Lexicon) -> Local:
    """Names of unknown divisions that the report says at the beginning of a clause or right after a known division.

    They stand there at least twice, or a title says what one did (岚石市通报…) or that it reports (沙棘坪镇2016年工作总结), or a line (a clause,
    for a county or a city of two characters) begins with one and its office, or a town's name stands right before a village's.
    """
    counts: Counter[str] = Counter()
    above: list[tuple[str, str]] = []
    past, before = -1, ""
    for start, end, opens, inside in _names(text, words):
        name = text[start:end]
        if start == past:
            above.append((before, name))
        past, before = end, name
        stem = name[:-2] if name.endswith("街道") else name[:-1]
        first = opens and (start == 0 or text[start - 1] in _OPENING)
        joins = name[0] in _NOT_BEFORE and not (first and name[0] in _NO_LINE_BEGINS)
        if len(stem) < 2 or joins or name.endswith(_GARRISONS) or name in words.classes or name[-2:] in words.common or _holds_known(name, words):
            continue
        kinds = "edn" if inside or (name[-1] == "县" and opens) else "ed"
        if words.classes.get(stem, "e") in kinds and words.classes.get(name[-2:], "u") not in "FHpvw" and not _ordinary(stem, words):
            owns = (opens or (len(name) == 3 and name[-1] in "县市旗" and _NOT_BEFORE.isdisjoint(stem))) and _owns(text, end, words)
            owns = owns or (name[-1] in "镇乡" and text.startswith("境内", end)) or (opens and _titled(text, name, end, words))
            counts[name] += 1 + (owns or (opens and name[-1] in "镇乡" and _VILLAGE.match(text, end) is not None))
    found = {name: "D" for name, count in counts.items() if count > 1 or text.count(name) > 1}
    for name, inner in above:  # 青湾区 of 青湾区宁湖街道, where 宁湖街道 is one
        if name in counts and (inner in found or words.classes.get(inner) == "D"):
            found[name] = "D"
    for name in [*_autonomous(text, words), *_banners(text, words), *_inner(text, words), *_taxed(text, words)]:
        found[name] = "D"
    stems = {name[:-1]: "d" for name in found if len(name) == _SHORT and name[-1] in "市县区旗" and name[:-1] not in words.classes}
    return Local(found | stems)


def _autonomous(text: str, words: Lexicon) -> Iterator[str]:
    """Autonomous counties, prefectures and banners that the gazetteer does not know, wherever they stand: a people's name before 自治县 tells them."""
    for match in _AUTONOMOUS.finditer(text):
        start = match.start()
        while start and (length := next((size for size in (2, 3, 4, 5) if text[start - size : start] in words.peoples), 0)):
            start -= length
        if start == match.start():
            continue
        first = _stem_start(text, start, words)
        name = text[first : match.end()]
        if start - first > 1 and name not in words.classes:
            yield name


def _stem_start(text: str, end: int, words: Lexicon) -> int:
    """Where the stem begins that ends at a position: at the clause, or behind a division or a word that no name begins with (根据云垭彝族自治县)."""
    first = end
    while first and end - first < _STEM and "\u4e00" <= text[first - 1] <= "\u9fff" and text[first - 1] not in _NOT_BEFORE:
        first -= 1
        if words.classes.get(text[first : first + 2]) in ("p", "v", "w", "b", "O", "L") and end - first > 3:
            return first + 2
        if end - first > 1 and any(words.classes.get(text[first - size : first]) == "D" for size in (3, 4)):
            return first
    bounded = not first or not "\u4e00" <= text[first - 1] <= "\u9fff" or text[first - 1] in _NOT_BEFORE
    return first if bounded else end - 2


def _banners(text: str, words: Lexicon) -> Iterator[str]:
    """Banners with long names (赛音宝力格旗) at the beginning of a clause: no two characters of such a name make a Chinese word."""
    end = text.find("旗") + 1
    while end:
        start = end - 1
        while start and end - start <= _LONGEST_BANNER and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1
        name = text[start:end]
        if _SHORT_BANNER < len(name) <= _LONGEST_BANNER and not text[start - 1 : start].isdecimal() and name not in words.classes:
            plain = _NOT_BEFORE.isdisjoint(name) and all(words.classes.get(name[at : at + 2], "e") == "e" for at in range(len(name) - 1))
            if plain and (text.count(name) > 1 or _owns(text, end, words)):
                yield name
        end = text.find("旗", end) + 1


def _taxed(text: str, words: Lexicon) -> Iterator[str]:
    """Divisions that the national tax service names its office after (国家税务总局呼勒图旗税务局), without a known one before them."""
    for match in _TAX_OFFICE.finditer(text):
        name = match.group(1)
        known = next((size for size in range(len(name), 1, -1) if words.classes.get(name[:size]) == "D"), 0)
        if len(name) - known > 2 and name[known:] not in words.classes:
            yield name[known:]


def _inner(text: str, words: Lexicon) -> Iterator[str]:
    """Divisions of two characters before an office inside a clause, where the report uses their short name elsewhere (宁川市卫生健康委, 宁川医科大学)."""
    for match in _LEVEL.finditer(text):
        end = match.end()
        name, stem = text[max(end - 3, 0) : end], text[max(end - 3, 0) : end - 1]
        if name in words.classes or stem in words.classes or name[-2:] in words.common or not stem.isalpha() or not _NOT_BEFORE.isdisjoint(stem):
            continue
        if not _owns(text, end, words) or _part_of_word(text, end, words) or _ordinary(stem, words):
            continue
        if text.count(stem) > text.count(name):
            yield name


def _part_of_word(text: str, end: int, words: Lexicon) -> bool:
    """Whether the three characters before `end` are cut out of a longer name (科|尔沁区) or begin inside a word."""
    before = text[max(end - 4, 0) : max(end - 3, 0)]
    known = words.classes.get(before + text[end - 3], "e") != "e" and words.classes.get(before, "e") != "p"
    return known or any(words.classes.get(text[end - size : end]) == "D" for size in range(4, 9))


def _names(text: str, words: Lexicon) -> Iterator[tuple[int, int, bool, bool]]:
    """Where a division may be named: both links of a chain that begins a clause (越西县, then 马拖乡), without the party or a national firm before it.

    Start, end, whether a line begins with the chain, and whether a known division stands right before.
    """
    classes = words.classes
    for chain in _CHAIN.finditer("\n" + text):
        start, middle = chain.start(), chain.start(2) - 1  # behind the mark before it, which is one place further on
        opens = start == 0 or text[start - 1] in _OPENING
        if text.startswith("—记", start - 1) and not text.startswith("者", start + 1):
            start += 1  # a subtitle: ——记青泽县审计局
        if classes.get(text[start : start + 2]) == "b" or text.startswith(_SHARED, start):
            start += 2
        start += next((size for size in (2, 3) if text[start : start + size] in words.provinces and middle - start != size + 1), 0)
        above = text[start : max(start, middle)]
        known = classes.get(above) == "D"
        if above and not known and above[-1] not in _NO_LOCAL:
            yield start, middle, opens, False
        yield max(start, middle), chain.end(2) - 1, opens, known


def _titled(text: str, name: str, end: int, words: Lexicon) -> bool:
    """Whether a line that begins with a division is its title or heading.

    A city or county does something there (岚石市通报…), a town reports on its year, a section is a district's (云岫区:先啃“硬骨头”).
    """
    if _TITLED.match(text, end) or (len(name) == _SHORT and text[end : end + 1] in ":：" and text[end : end + 1]):
        return True
    if name[-1] in "县市旗" and len(name) == _SHORT and text[end - 1 : end + 1] not in words.classes and not _part_of_word(text, end, words):
        return words.classes.get(text[end : end + 2]) in ("v", "w", "p")
    return False


def _holds_known(name: str, words: Lexicon) -> bool:
    """Whether a name ends with a known division of three characters or more (国网寿宁县): then that one is meant."""
    return any(words.classes.get(name[at:]) == "D" for at in range(1, len(name) - 2))


def _ordinary(stem: str, words: Lexicon) -> bool:
    """Whether a stem holds ordinary words (支队会同, 组建了): no place is named so."""
    pairs = any(words.classes.get(stem[at : at + 2], "u") in "FHpvwt" for at in range(len(stem) - 1)) if len(stem) > 2 else False
    return pairs or any(words.classes.get(character) == "p" and character not in words.soft for character in stem)


def _owns(text: str, end: int, words: Lexicon) -> bool:
    """Whether a word of public office or a body's head follows (大通湖区应急管理局, 青石县医院, 澄屿市委宣传部): then one occurrence is enough."""
    return text.startswith(_OFFICES, end) or any(words.classes.get(text[end : end + size], "u") in "FH" for size in (2, 3, 4))
