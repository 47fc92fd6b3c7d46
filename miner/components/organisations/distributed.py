"""Towns and counties that share one level word: 新安、太平两镇 are 新安镇 and 太平镇, 大庙、城子两个乡镇 are 大庙镇 and 城子乡.

In: clean text, the word lists, the mentions decided. Out: a mention for each where they act: where a clause begins with them.
"""

from __future__ import annotations

import re

from miner.components.organisations.lexicon import Head, Lexicon
from miner.components.organisations.mentions import Mention

_SHARED = re.compile(
    r"([两二三四五六七八九十]|[2-9])个?(乡镇|镇街|街镇|镇乡|镇|乡|街道|村|社区|区|县|市|旗)(?![\u4e00-\u9fff]?[长级]|公司|[\u4e00-\u9fff]{0,6}[局委院])")
_STEMS = re.compile("(?:[\u4e00-\u9fff]{2,4}、)*[\u4e00-\u9fff]{2,4}[、和与][\u4e00-\u9fff]{2,4}$")
_REACH = 40  # characters that the stems may take
_LEVELS = {"乡镇": ("镇", "乡"), "镇街": ("镇", "街道"), "街镇": ("街道", "镇"), "镇乡": ("镇", "乡")}
_NUMBERS = "零一二三四五六七八九十"
_BEFORE = re.compile("[\\n。,，;；:：!！?？、》】)）]|其中|由|和|与")
_NOT_ACTING = frozenset("的内境等之辖")
_CONFIDENCE = 0.8


def distributed(text: str, words: Lexicon, mentions: list[Mention]) -> list[Mention]:
    """The mentions with those that share a level word; one that overlaps them gives way.

    Parameters
    ----------
    text
        Clean text.
    words
        The word lists: which towns there are.
    mentions
        The mentions decided, ascending.
    """
    found: list[Mention] = []
    for match in _SHARED.finditer(text):
        stems_at = _STEMS.search(text, max(match.start() - _REACH, 0), match.start())
        if stems_at is None:
            continue
        number = match.group(1)
        wanted = int(number) if number.isdecimal() else 2 if number == "两" else _NUMBERS.index(number)
        stems = re.split("[、和与]", stems_at.group())
        if len(stems) < wanted or text[match.end() : match.end() + 1] in _NOT_ACTING:
            continue
        levels = _LEVELS.get(match.group(2), (match.group(2),))
        found += _names(text, match.start(), stems[-wanted:], levels, words)
    if not found:
        return mentions
    kept = [m for m in mentions if not any(m.start < one.end and one.start < m.end for one in found)]
    return sorted([*kept, *found], key=lambda m: m.start)


def _names(text: str, end: int, stems: list[str], levels: tuple[str, ...], words: Lexicon) -> list[Mention]:
    """The mentions of the stems that end at `end`, none where fewer than half are known divisions or no clause begins there."""
    spans: list[tuple[int, int, str]] = []
    known = 0
    for index, stem in enumerate(reversed(stems)):
        first = index == len(stems) - 1
        name = _division(stem, levels, words, text, first)
        known += name is not None
        length = len(name) - len(_level(name, levels)) if name else min(len(stem), 2) if first else len(stem)
        spans.append((end - length, end, name or stem[len(stem) - length :] + levels[0]))
        end -= len(stem) + 1
    start = spans[-1][0]
    before = text[max(start - 2, 0) : start]
    if 2 * known < len(spans) or (before and not _BEFORE.search(before[-1:]) and not _BEFORE.search(before)):
        return []
    kind = "community" if levels[0] in ("街道", "村", "社区") else "government"
    return [Mention(first, last, name, Head("", kind, "division"), [], _CONFIDENCE) for first, last, name in reversed(spans)]


def _division(stem: str, levels: tuple[str, ...], words: Lexicon, text: str, cut: bool) -> str | None:
    """The known division that a stem names, with its level; `cut`: it may begin inside the stem (由新安)."""
    for at in range(len(stem) - 1 if cut else 1):
        for level in levels:
            name = stem[at:] + level
            if words.classes.get(name) == "D" or name in text:
                return name
    return None


def _level(name: str, levels: tuple[str, ...]) -> str:
    return next(level for level in levels if name.endswith(level))
