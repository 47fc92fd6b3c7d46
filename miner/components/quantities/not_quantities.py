"""Numbers that count nothing: ordinals, numbers of things, dates and clock times, fixed words, slogans.

In: the text around a number. Out: whether it is no quantity.
The words stand in ``data/fixed_words.tsv``, the conditions of single units in ``data/unit_limits.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from miner.components.quantities.data_files import rows, words
from miner.components.quantities.units import unit_at

CHAIN = re.compile(r"\d+(?:\.\d+)?(?:[-—–/.:]+\d+)+(?:号|院|室|楼|栋|座|单元)?")
"""Arabic numbers chained by marks: dates, phone numbers, addresses (20—2/22—3), version numbers; a single dash makes a range."""
_DATE_AFTER = re.compile(r"年?\d{1,2}月|月(?!嫂|饼)|[号#](?!召)|时(?!间|长)|点(?:\d|[整半许钟]|[零一二三四五六七八九十]+分?)|:\d|日|年\d")
_SLOGAN = re.compile(r"[^“”\"',。,;!?\n]{1,9}[”\"]")
_MODEL_BEFORE = re.compile(r"[A-Za-z][-—.]?$|[#№_/\\]$|[A-Za-z\d]+[-—]$|\.$")
_COUNTED_BEFORE = re.compile(r"(?<![A-Za-z\d])[A-Z]{2,5}$")
_PLACE_BEFORE = re.compile(r"[县市区旗州盟][一-龥]{0,2}$")
_PLACE_AFTER = re.compile(r"[户家里方道河岔桥堡营沟山店屯庄台]?[乡镇](?![镇村民亲])")
_TWO_DIGIT_YEAR = re.compile(r"0\d|[89]\d")
_BIN_WORDS = 2
_PHONE = 7  # digits that a phone number has at least, where a word that looks like a unit follows


@cache
def _words() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in words("fixed_words.tsv")["word"]:
        table.setdefault(word[:_BIN_WORDS], []).append(word)
    return {key: tuple(sorted(listed, key=len, reverse=True)) for key, listed in table.items()}


@cache
def _before(role: str) -> re.Pattern[str]:
    listed = sorted(words("fixed_words.tsv")[role], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed))})[::\s]?$")


@cache
def _last_characters() -> frozenset[str]:
    table = words("fixed_words.tsv")
    return frozenset(word[-1] for word in table["before"] | table["before_phone"]) | frozenset(":: ")


def fixed_word(text: str, start: int) -> str | None:
    """The fixed word that begins with the numeral at `start`, or None."""
    for word in _words().get(text[start : start + _BIN_WORDS], ()):
        if text.startswith(word, start):
            return word
    return None


def named_number(text: str, start: int, end: int) -> bool:
    """Whether the number ``[start, end)`` is an ordinal, a model, a number of a thing, part of a word or of a township's name."""
    if not start:
        return False
    before = text[start - 1]
    if before.isascii() and (before.isalnum() or before in "-.#_/\\") and _MODEL_BEFORE.search(text, max(0, start - 12), start):
        return _COUNTED_BEFORE.search(text, max(0, start - 6), start) is None  # AED15台: what is a model's number is an identifier, which none looks at
    if before == "初" and text[start] in "一二三四五六七八九十":
        return True
    if before == "周" and end - start == 1 and text[start] in "一二三四五六" and text[start - 2 : start - 1] not in ("每", "一", "两"):
        return True
    if before in _last_characters():
        left = max(0, start - 8)
        if _before("before").search(text, left, start):
            return True
        if _before("before_phone").search(text, left, start) and (end - start >= _PHONE or unit_at(text, end) is None):
            return True
    if _PLACE_AFTER.match(text, end) and not text[start:end].isascii() and _PLACE_BEFORE.search(text, max(0, start - 3), start):
        return True  # a township: 铁岭县李千户乡
    joined = words("fixed_words.tsv")["before_yi"]
    return text[start:end] == "一" and (before in joined or text[max(0, start - 3) : start] in joined)


def calendar_number(text: str, start: int, end: int, arabic: bool) -> bool:
    """Whether what follows the number makes it a date or clock time (2月, 15时, 12:00, 2020年, 2019届)."""
    after = text[end : end + 1]
    if after == "届":
        return arabic and end - start == 4 and text[start : start + 2] in ("19", "20")  # 2019届毕业生
    if after not in "年月号#时点:日":
        return False
    if after == "年":
        digits = end - start
        if digits == 4 and (text[start : start + 2] in ("19", "20", "18", "21") or text[start] in "一二"):
            return "余" not in text[start:end] and "十" not in text[start:end] and "百" not in text[start:end]
        return bool(_DATE_AFTER.match(text, end)) or (arabic and _TWO_DIGIT_YEAR.fullmatch(text, start, end) is not None)
    if after == "日":
        return False  # the unit's own conditions decide
    return bool(after) and _DATE_AFTER.match(text, end) is not None


def slogan(text: str, start: int) -> bool:
    """Whether the number begins a short quoted phrase (“四宝”, “五个一”): a slogan."""
    return start > 0 and text[start - 1] in "“\"‘'「" and _SLOGAN.match(text, start) is not None


class Limits:
    """The conditions of one unit."""

    __slots__ = ("after", "before", "han_needs", "needs", "needs_after")

    def __init__(self) -> None:
        self.after: re.Pattern[str] | None = None
        self.before: re.Pattern[str] | None = None
        self.needs: re.Pattern[str] | None = None
        self.needs_after: re.Pattern[str] | None = None
        self.han_needs: re.Pattern[str] | None = None

    def allow(self, text: str, start: int, number_end: int, end: int, small_han: bool) -> bool:
        """Whether a number at ``[start, number_end)`` with this unit up to `end` may be a quantity."""
        if self.after and self.after.match(text, end):
            return False
        left = max(0, start - 8)
        if self.before and self.before.search(text, left, start):
            return False
        if small_han and self.han_needs and not self.han_needs.search(text, left, start):
            return False
        if self.needs is None and self.needs_after is None:
            return True
        return bool((self.needs and self.needs.search(text, left, start)) or (self.needs_after and self.needs_after.match(text, end)))


@cache
def limits() -> dict[str, Limits]:
    """The conditions by unit, read from ``data/unit_limits.tsv``."""
    patterns: dict[tuple[str, str], list[str]] = {}
    for names, condition, pattern in rows("unit_limits.tsv", 3):
        for name in names.split():
            side = ""
            if condition.endswith("needs"):
                side, _, pattern = pattern.partition("|")
            patterns.setdefault((name, f"{condition} {side}".strip()), []).append(pattern)
    table: dict[str, Limits] = {}
    slots = {"not_followed": "after", "not_preceded": "before", "needs before": "needs", "needs after": "needs_after", "han_needs before": "han_needs"}
    for (name, condition), listed in patterns.items():
        joined = "|".join(f"(?:{p})" for p in listed)
        if slots[condition] in ("before", "needs", "han_needs"):
            joined = "|".join(f"(?:{p if p.endswith('$') else p + '$'})" for p in listed)
        setattr(table.setdefault(name, Limits()), slots[condition], re.compile(joined))
    return table
