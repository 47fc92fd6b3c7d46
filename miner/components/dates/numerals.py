"""Small numerals as dates write them: 13, 十三, 廿三, 二〇二〇.

In: the characters. Out: an int, None for what is no numeral of this kind.
"""

from __future__ import annotations

import re

DIGITS = {"零": 0, "〇": 0, "○": 0, "O": 0, "一": 1, "元": 1, "首": 1, "正": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
HAN = "一二两三四五六七八九十廿卅"
YEAR_DIGIT = "〇零○O一二三四五六七八九"
#: A numeral from 1 to 99 in Chinese characters, as a regular expression.
SMALL = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一]?|[一二两三四五六七八九])"
_SMALL = re.compile(f"{SMALL}$")


def small(text: str) -> int | None:
    """A numeral below 100: ``13``, ``十三``, ``廿三``, ``两``; 半 is not one."""
    if text.isdigit() and text.isascii():
        return int(text) if len(text) <= 6 else None
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text]
    if not _SMALL.match(text):
        return None
    if text[0] in "廿卅":
        return (20 if text[0] == "廿" else 30) + (DIGITS[text[1]] if len(text) > 1 else 0)
    tens, ten, ones = text.partition("十")
    if not ten:
        return DIGITS[text]
    return 10 * (DIGITS[tens] if tens else 1) + (DIGITS[ones] if ones else 0)


def year_number(text: str) -> int | None:
    """A year written digit by digit: ``2020``, ``二〇二〇``, ``20``, ``零七``; two digits mean 1950–2049."""
    if not text.isascii() or "O" in text:
        try:
            text = "".join(str(DIGITS[character]) for character in text)
        except KeyError:
            return None
    if not text.isdigit():
        return None
    value = int(text)
    if len(text) == 2:
        return value + (1900 if value >= 50 else 2000)
    return value if len(text) == 4 else None
