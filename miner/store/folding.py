"""The form in which text is searched: script, width and letter case do not matter; and the bigrams that stand for it in the index.

In: any string. Out: a string of the same length (positions stay), its tokens for the index, a phrase of the index's query language.
"""

from __future__ import annotations

from miner.layout.characters import plain_forms

FOLDING = 1
"""Raised by any change here that makes an index out of date."""

_SHIFT = 0x100000  # ASCII stands here in tokens: the tokenizer takes every code point above ASCII for a letter, and a space ends a token
_EVERY = "\U0010fffd"  # a token that every sentence has
_UNREADABLE = 0xFFFD
_SPACE = 0x20


class _Folding(dict[int, int]):
    """Code point → code point of its folded form; filled as characters occur."""

    def __missing__(self, code: int) -> int:
        found = self[code] = _fold_one(plain_forms().get(code, code))
        return found


def _fold_one(code: int) -> int:
    character = chr(code)
    if _SHIFT <= code < _SHIFT + 128 or character == _EVERY or 0xD800 <= code < 0xE000:
        return _UNREADABLE
    if 0xFF01 <= code < 0xFF5F:  # what the plain forms keep wide, since it would read as markup
        return _fold_one(code - 0xFEE0)
    if character.isspace():
        return _SPACE
    return next((ord(form) for form in (character.casefold(), character.lower()) if len(form) == 1), code)


_FORMS = _Folding()
_LETTERS = {code: _SHIFT + code for code in range(128)}


def fold(text: str) -> str:
    """The text in the form in which it is compared: full-width → ASCII, traditional → simplified, capitals → small letters, any white space → a space.

    Parameters
    ----------
    text
        Any string.

    Returns
    -------
    str
        A string of the same length.
    """
    return text.translate(_FORMS)


def tokens(folded: str) -> str:
    """The tokens of a folded text, separated by spaces: every two neighbouring characters, then the last one, then the token of every sentence.

    So a character is the beginning of a token wherever it stands, and a longer passage is a row of tokens.
    """
    letters = folded.translate(_LETTERS)
    return " ".join([letters[at : at + 2] for at in range(len(letters))] + [_EVERY])


def phrase(folded: str) -> str:
    """The query of the index for texts that hold `folded`; the empty string matches every text."""
    if not folded:
        return f'"{_EVERY}"'
    letters = folded.translate(_LETTERS)
    if len(letters) == 1:
        return f'"{letters}" *'
    return '"' + " ".join(letters[at : at + 2] for at in range(len(letters) - 1)) + '"'
