"""Bytes → text: which encoding, and how many characters were lost.

In: the bytes of a text file, perhaps a declared charset. Out: the text, the name of the encoding, the count of replacement characters.
The order: byte order mark, strict UTF-8, the declared charset, then UTF-8, GB 18030, Big5 and UTF-16 by the share of common characters.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from importlib.resources import files

from miner.reading.model import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""", re.I)
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs",
}  # fmt: skip
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 65_536
_LOST = "\ufffd"
_UNLIKELY = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\ufffc\ufffe\uffff\U000f0000-\U0010ffff]")
_BINARY_SHARE = 0.1
_GUESS = 0.1  # a guessed encoding that gives fewer common characters is no text …
_SHORT = 8  # … unless it is a name or a word
_BINARY = UnreadableError("decode", "no text: the bytes are binary or in an unknown encoding", "convert the file to UTF-8 text")


@cache
def common_characters() -> frozenset[str]:
    """The characters that running text is made of, ASCII letters, digits and white space included."""
    lines = (files("miner.reading") / "data" / "common_characters.txt").read_text("utf-8").splitlines()
    plain = "".join(line for line in lines if not line.startswith("#"))
    return frozenset(plain) | frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\n\r\t")


def likelihood(text: str) -> float:
    """How much a text looks like text: share of common characters, lost and unlikely ones counted against it."""
    if not text:
        return 0.0
    common = common_characters()
    good = sum(character in common for character in text)
    return (good - 2 * text.count(_LOST) - 2 * len(_UNLIKELY.findall(text))) / len(text)


def declared_charset(data: bytes) -> str | None:
    """The charset that markup declares in its first kilobytes."""
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii").lower() if match else None


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, int]:
    """Decode the bytes of a text file.

    Parameters
    ----------
    data
        The bytes.
    declared
        A charset known from outside (a mail's header); else the one that markup declares is used.

    Returns
    -------
    text, encoding, replaced
        The text (without byte order mark), how it was decoded, and how many replacement characters it holds because of undecodable bytes.

    Raises
    ------
    UnreadableError
        If no encoding gives text: the file is binary.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        repaired = _with_surrogates(data)
        if repaired is not None:
            return _checked(repaired, "utf-8", repaired.count(_LOST))
    else:
        if "\x00" not in text[:_SAMPLE] or likelihood(text[:_SAMPLE]) > 0.5:
            return _checked(text, "utf-8", 0)
    declared = declared or declared_charset(data)
    if declared:
        encoding = _WIDER.get(declared, declared)
        try:
            return _checked(data.decode(encoding), encoding, 0)
        except (UnicodeDecodeError, LookupError, UnreadableError, ValueError):
            pass
    text, encoding, replaced = _decoded(data, _likeliest(data))
    if len(text) > _SHORT and likelihood(text[:_SAMPLE]) < _GUESS:
        raise _BINARY
    return text, encoding, replaced


def _with_surrogates(data: bytes) -> str | None:
    """UTF-8 in which a program wrote surrogates: pairs become their character, single ones are lost; None if that is not all that is wrong."""
    if b"\xed" not in data:
        return None
    try:
        return data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    except UnicodeDecodeError:
        return None


def _likeliest(data: bytes) -> str:
    sample = data[:_SAMPLE]
    scores = []
    for rank, encoding in enumerate(_CANDIDATES):
        if encoding.startswith("utf-16") and len(sample) % 2:
            scores.append((likelihood(sample[:-1].decode(encoding, "replace")), -rank, encoding))
        else:
            scores.append((likelihood(sample.decode(encoding, "replace")), -rank, encoding))
    return max(scores)[2]


def _decoded(data: bytes, encoding: str) -> tuple[str, str, int]:
    own = data.count(_LOST.encode(encoding)) if not encoding.startswith(("gb", "big5")) else 0
    text = data.decode(encoding, "replace")
    return _checked(text, encoding, max(0, text.count(_LOST) - own))


def _checked(text: str, encoding: str, replaced: int) -> tuple[str, str, int]:
    sample = text[:_SAMPLE]
    odd = len(_UNLIKELY.findall(sample)) + sample.count(_LOST) - sample.count("\x00") // 2
    if sample and (odd > _BINARY_SHARE * len(sample) and likelihood(sample) < 0.35):
        raise _BINARY
    return text, encoding, replaced
