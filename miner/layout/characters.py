"""Characters → the one form that everything downstream reads, one to one, so that no position moves.

In: any string. Out: a string of the same length. Full-width forms become ASCII, traditional characters simplified ones, corner brackets Chinese
quotation marks, compatibility and radical forms of Han characters (as PDF files have them) the characters themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_FREQUENT = {"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"}
_KEPT_WIDE = "＜＞＆"  # as ASCII they would read as markup
_OTHER = {
    "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "〝": "“", "〞": "”", "｡": "。", "､": "、", "﹐": ",", "﹑": "、", "﹒": ".", "﹔": ";",
    "﹕": ":", "﹖": "?", "﹗": "!", "﹙": "(", "﹚": ")", "﹝": "〔", "﹞": "〕", "﹪": "%", "∶": ":", "︰": ":", "‧": "·", "・": "·", "•": "·", "−": "-",
}  # fmt: skip
_TRADITIONAL_SHARE = 0.02  # share of characters only traditional text has, above which the whole text counts as traditional
_ROUND_ZERO = re.compile(r"(?<=[〇零一二三四五六七八九○◯])[○◯]|[○◯](?=[〇零一二三四五六七八九])")


@cache
def _tables() -> tuple[dict[int, int], re.Pattern[str], dict[int, int], re.Pattern[str]]:
    """Map of all forms with the pattern that finds one; map for traditional text with the pattern that counts its characters."""
    always: dict[int, int] = {}
    traditional: dict[int, int] = {}
    for line in (files("miner.layout") / "data" / "traditional.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            old, new, when = line.split("\t")
            (always if when == "always" else traditional)[ord(old)] = ord(new)
    counted = re.compile("[" + "".join(map(chr, always)) + "]")
    for wide in range(0xFF01, 0xFF5F):
        if chr(wide) not in _KEPT_WIDE:
            always[wide] = wide - 0xFEE0
    always |= {ord(old): ord(new) for old, new in _OTHER.items()}
    for form in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAE0)):
        plain = unicodedata.normalize("NFKC", chr(form))
        if len(plain) == 1 and plain != chr(form):
            always[form] = always.get(ord(plain), ord(plain))
    always |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)  # lone surrogates cannot be written to any file
    return always, re.compile("[" + "".join(re.escape(chr(c)) for c in always) + "]"), always | traditional, counted


def plain_forms() -> dict[int, int]:
    """For code points that have a plainer form (full-width, traditional, compatibility …) the code point of that form, whatever the text around them."""
    return _tables()[2]


def normalise(text: str) -> str:
    """Write `text` in the forms that the components read; the length stays the same.

    Parameters
    ----------
    text
        Any string.

    Returns
    -------
    str
        The same text, character for character: ``２`` → ``2``, ``：`` → ``:``, ``檢`` → ``检``. ``，`` between two digits stays, since there it separates
        numbers, where ``,`` groups the digits of one. Characters that simplified text has as well (``後`` as a name, ``乾``) change in traditional text only.
    """
    plain = text
    for old, new in _FREQUENT.items():
        plain = plain.replace(old, new)
    always, some, traditional, counted = _tables()
    if some.search(plain):
        sample = plain[:20_000]
        if len(counted.findall(sample)) > _TRADITIONAL_SHARE * len(sample):
            plain = plain.translate(traditional)
        else:
            plain = some.sub(lambda found: chr(always[ord(found.group())]), plain)
    if "○" in plain or "◯" in plain:
        plain = _ROUND_ZERO.sub("〇", plain)
    return _restore_separators(text, plain) if "，" in text else plain


_BETWEEN_DIGITS = re.compile(r"(?<=[0-9０-９])，(?=[0-9０-９])")


def _restore_separators(text: str, plain: str) -> str:
    places = [m.start() for m in _BETWEEN_DIGITS.finditer(text)]
    if not places:
        return plain
    characters = list(plain)
    for place in places:
        characters[place] = "，"
    return "".join(characters)
