"""Divisions that no gazetteer knows but this report names: villages, old or invented names (大通湖区, 临江市, 周洛村).

In: clean text. Out: names → class ``D`` for the walk of this report alone.
"""

from __future__ import annotations

import re
from collections import Counter

from miner.components.organisations.lexicon import Lexicon

_NAME = re.compile(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2,5}?[省市州盟县区旗](?=[\u4e00-\u9fff]))?([\u4e00-\u9fff]{1,4}?(?:街道|[市县区旗镇乡村]))")
_NOT_BEFORE = frozenset("全我本各该市县区省镇乡村在的和与对向从到由是有这那两几多个一二三四五六七八九十于为及")


def local_divisions(text: str, words: Lexicon) -> dict[str, str]:
    """Names of unknown divisions that the report says at the beginning of a clause or right after a known division, at least twice in all."""
    counts: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        name = match.group(1)
        stem = name[:-2] if name.endswith("街道") else name[:-1]
        if len(stem) < 2 or name[0] in _NOT_BEFORE or name in words.classes or name[-2:] in words.common:
            continue
        if words.classes.get(stem, "e") in "ed" and words.classes.get(name[-2:], "u") not in "FHpvw":
            counts[name] += 1
    return {name: "D" for name, count in counts.items() if count > 1 or text.count(name) > 1}
