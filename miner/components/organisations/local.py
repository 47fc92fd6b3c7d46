"""Divisions that no gazetteer knows but this report names: villages, old or invented names (大通湖区, 临江市, 周洛村).

In: clean text. Out: names → class ``D`` for the walk of this report alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from miner.components.organisations.lexicon import Lexicon

_CHAIN = re.compile(r"(?<![\u4e00-\u9fff\d])([\u4e00-\u9fff]{2,5}?[省市州盟县区旗](?=[\u4e00-\u9fff]))?([\u4e00-\u9fff]{1,4}?(?:街道|[市县区旗镇乡村]))")
_NOT_BEFORE = frozenset("转赠捐送报请致邀函呈递驻全我本各该市县区省镇乡村在的和与对向从到由是有这那两几多个一二三四五六七八九十于为及")
_VILLAGE = re.compile("[\u4e00-\u9fff]{2,3}(?:村|社区)")
_SHORT = 3  # characters of a division's name whose first two stand for it (阜川 of 阜川市)
_NO_LOCAL = "省州盟"  # every one of them is in the gazetteer
_OPENING = frozenset("\n—")


def local_divisions(text: str, words: Lexicon) -> dict[str, str]:
    """Names of unknown divisions that the report says at the beginning of a clause or right after a known division.

    They stand there at least twice, or a line (a clause, for a county or a city of two characters) begins with one and its
    office, or a town's name stands right before a village's.
    """
    counts: Counter[str] = Counter()
    for start, end, opens, inside in _names(text, words):
        name = text[start:end]
        stem = name[:-2] if name.endswith("街道") else name[:-1]
        if len(stem) < 2 or name[0] in _NOT_BEFORE or name in words.classes or name[-2:] in words.common or _holds_known(name, words):
            continue
        kinds = "edn" if inside or (name[-1] == "县" and opens) else "ed"
        if words.classes.get(stem, "e") in kinds and words.classes.get(name[-2:], "u") not in "FHpvw" and not _ordinary(stem, words):
            owns = (opens or (len(name) == 3 and name[-1] in "县市旗" and _NOT_BEFORE.isdisjoint(stem))) and _owns(text, end, words)
            owns = owns or (name[-1] in "镇乡" and text.startswith("境内", end))
            counts[name] += 1 + (owns or (opens and name[-1] in "镇乡" and _VILLAGE.match(text, end) is not None))
    found = {name: "D" for name, count in counts.items() if count > 1 or text.count(name) > 1}
    stems = {name[:-1]: "d" for name in found if len(name) == _SHORT and name[-1] in "市县区旗" and name[:-1] not in words.classes}
    return found | stems


def _names(text: str, words: Lexicon) -> Iterator[tuple[int, int, bool, bool]]:
    """Where a division may be named: both links of a chain that begins a clause (越西县, then 马拖乡), without the party or a national firm before it.

    Start, end, whether a line begins with the chain, and whether a known division stands right before.
    """
    classes = words.classes
    for chain in _CHAIN.finditer(text):
        start, middle = chain.start(), chain.start(2)
        opens = start == 0 or text[start - 1] in _OPENING
        if text.startswith("—记", start - 1) and not text.startswith("者", start + 1):
            start += 1  # a subtitle: ——记青泽县审计局
        if classes.get(text[start : start + 2]) == "b":
            start += 2
        above = text[start:middle]
        known = classes.get(above) == "D"
        if above and not known and above[-1] not in _NO_LOCAL:
            yield start, middle, opens, False
        yield max(start, middle), chain.end(), opens, known


def _holds_known(name: str, words: Lexicon) -> bool:
    """Whether a name ends with a known division of three characters or more (国网寿宁县): then that one is meant."""
    return any(words.classes.get(name[at:]) == "D" for at in range(1, len(name) - 2))


def _ordinary(stem: str, words: Lexicon) -> bool:
    """Whether a stem holds ordinary words (支队会同, 组建了): no place is named so."""
    pairs = any(words.classes.get(stem[at : at + 2], "u") in "FHpvwt" for at in range(len(stem) - 1)) if len(stem) > 2 else False
    return pairs or any(words.classes.get(character) == "p" and character not in words.soft for character in stem)


def _owns(text: str, end: int, words: Lexicon) -> bool:
    """Whether a word of public office or a body's head follows (大通湖区应急管理局, 青石县医院): then one occurrence is enough."""
    return any(words.classes.get(text[end : end + size], "u") in "FH" or text.startswith("人民政府", end) for size in (2, 3, 4))
