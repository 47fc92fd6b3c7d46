"""Approximation and bounds: 约, 近, 超过, 不足, 以上, 左右 … around a number.

In: a text and the edge of a number. Out: the qualifier ``approx``, ``min`` or ``max``. The words stand in ``data/approximation.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from miner.components.quantities.data_files import rows

_ADVERBS = "(?:了|共|已|均|的|人民币|达到?|为|有|到)?"
_NOT_ABOUT = re.compile(r"(?:节|制|违|签|预|合|公|条|契|简|解|毁|失|邀|履|特|相|缩|隐)约$")
_LIMIT = re.compile(r"(?:期|有|权|界|局|无|极|年|时|上|下|受|不)限$")
_AT_LEAST = re.compile(r"(?:至少|不少于|最少|起码)[\u4e00-\u9fff]{1,5}$")
_NOT_NEAR = re.compile(r"(?:附|最|临|邻|就|靠|远|将|走|亲|新)近$")


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    table = {word: qualifier for place, qualifier, listed in rows("approximation.tsv", 3) if place == "before" for word in listed.split()}
    words = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    last = frozenset(w[-1] for w in table) | frozenset("了共已均的币达到为有")
    return re.compile(rf"({words}){_ADVERBS}$"), table, last


@cache
def _after() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]], frozenset[str]]:
    table = {word: (qualifier, place == "after") for place, qualifier, listed in rows("approximation.tsv", 3) if place != "before" for word in listed.split()}
    words = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?:{words})"), table, frozenset(w[0] for w in table)


def reading_of(text: str, start: int, bare: bool = False) -> str | None:
    """The qualifier that the words directly before a number give it, or None.

    Parameters
    ----------
    text, start
        The text and where the number begins.
    bare
        True for a number of one or two characters, where 过 and 破 may be prepositions of degree (过亿, 破万) and not aspect marks (开过3次).
    """
    pattern, table, last = _before()
    if not start:
        return None
    if text[start - 1] not in last:
        return "min" if "至少" in text[max(0, start - 7) : start] and _AT_LEAST.search(text, max(0, start - 9), start) else None
    match = None
    for begin in range(max(0, start - 9), start):
        match = pattern.match(text, begin, start)
        if match:
            break
    if match is None:
        return None
    word = match.group(1)
    if word == "约" and _NOT_ABOUT.search(text, max(0, match.start() - 1), match.end(1)):
        return None
    if word == "限" and _LIMIT.search(text, max(0, match.start() - 1), match.end(1)):
        return None
    if word == "近" and _NOT_NEAR.search(text, max(0, match.start() - 1), match.end(1)):
        return "approx" if text[match.start() - 1] == "将" else None
    if word in ("过", "破") and not (bare and text[start] in "百千万亿"):
        return None
    if word == "超" and text[match.start() - 1 : match.start()] == "赶":
        return None
    return table[word]


def trailing_mark(text: str, end: int, kind: str) -> tuple[int, str, bool] | None:
    """(length, qualifier, whether it belongs to the span) of the mark directly behind a unit, or None."""
    pattern, table, first = _after()
    character = text[end : end + 1]
    if not character:
        return None
    if character in "多余" and kind in ("time", "physical", "money", "ratio") and text[end + 1 : end + 2] not in tuple("功种方次名项元样头个家"):
        return 1, "approx", True
    if character not in first:
        return None
    match = pattern.match(text, end)
    if match is None:
        return None
    qualifier, inside = table[match.group()]
    if match.group() == "内" and (kind != "time" or text[end + 1 : end + 2] in tuple("部容外地科心设")):
        return None
    return len(match.group()), qualifier, inside
