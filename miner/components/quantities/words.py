"""Words of the text between quantities, as features for items: jieba's dictionary and tags through rjieba, corrected by ``data/item_words.tsv``.

In: stretches of text. Out: per stretch a list of :class:`Word` with one-letter classes. Spans of numbers are never decided here.

Classes: ``n`` noun, ``w`` verbal noun, ``v`` verb, ``a`` adjective or attributive, ``d`` adverb, ``p`` preposition, ``c`` coordination (和, 、),
``u`` 的, ``l`` 了/着/过, ``m`` number or measure word, ``f`` word that ends an item, ``r`` determiner, ``q`` quotation or title mark, ``.`` other mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from miner.components.quantities.data_files import words

_TAGS = {
    "n": "n", "v": "v", "a": "a", "d": "d", "p": "p", "c": "f", "u": "l", "m": "m", "q": "m", "r": "f", "t": "d", "f": "f", "b": "a",
    "s": "n", "z": "a", "y": "f", "e": "f", "o": "a", "h": "a", "k": "n", "i": "a", "l": "n", "j": "n", "g": "n", "x": "n",
}
"""First letters of jieba's tags → classes."""
_JOINERS = frozenset(("、", "和", "及", "与", "以及", "或", "或者", "暨", "&"))
_QUOTES = frozenset("“”‘’《》「」『』\"")
_FIXED = {"的": "u", "之": "u", "了": "l", "着": "l", "过": "l"}
_FUNCTION = frozenset("由因被把将从对向在以未无不已")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Word(NamedTuple):
    """A word: where it stands, its letters, its class, whether the lists name it a governing verb (`govern`), whether it names a place."""

    start: int
    end: int
    text: str
    kind: str
    govern: bool = False
    place: bool = False


@cache
def _kinds() -> dict[str, str]:
    """Classes of words that the lists fix."""
    lists = words("item_words.tsv")
    heads = frozenset().union(*words("item_heads.tsv").values()) - lists["govern"] - lists["process"] - lists["stop"]
    table: dict[str, str] = {head: "n" for head in heads if len(head) > 1}
    for word in lists["modifier"]:
        table[word] = "r"
    for word in lists["stop"]:
        table[word] = "f"
    for word in lists["noun"]:
        table[word] = "n"
    table.update(_FIXED)
    table.update(dict.fromkeys(_JOINERS, "c"))
    table.update(dict.fromkeys(_QUOTES, "q"))
    return table


@cache
def _govern() -> frozenset[str]:
    return words("item_words.tsv")["govern"]


@cache
def _verb_characters() -> frozenset[str]:
    """First characters of verb and object in one word (喷药, 设卡), which the tagger takes for nouns."""
    return words("item_words.tsv")["verbchar"]


def _known(word: str) -> bool:
    """Whether jieba's dictionary holds the word (if not, its tag is a guess)."""
    import rjieba

    return bool(rjieba.has_word(word))


@cache
def _classify(word: str, tag: str) -> tuple[str, bool]:
    kind = _kinds().get(word)
    govern = word in _govern()
    if kind is not None:
        return kind, govern
    first = word[0]
    if first not in _LETTERS and not first.isdigit() and not "\u3400" <= first <= "\u9fff" and first not in "①②③·":
        return ".", False
    if tag[0] in "nv" and len(word) > 1 and first in _FUNCTION and not _known(word):
        return "f", False
    if tag[0] == "n" and len(word) == 2 and first in _verb_characters() and not _known(word):
        return "v", True
    if tag[0] == "v" and len(word) > 2 and not govern and not _known(word):
        return "n", False
    if tag in ("vn", "an"):
        return "w", govern
    if len(word) == 1 and tag in ("zg", "q", "m", "ng", "b", "g", "x") and word in words("item_words.tsv")["suffix"]:
        return "n", False
    if tag in ("eng",):
        return "n", False
    if first.isdigit() or (tag == "m" and len(word) < 4 and word[-1] not in "类级线等期甲"):
        return ("n", False) if any(c in _LETTERS for c in word) else ("m", False)
    if tag in ("m", "q", "zg") and word[-1] in "类级线等期甲点件":
        return "a", False
    if tag.startswith("u") and len(word) > 1:
        return "f", False
    if govern:
        return ("w" if tag[0] == "n" else "v"), True
    return _TAGS.get(tag[0], "n"), False


def _split_places(tagged: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """柜中 → 柜 + 中, 检查企业 → 检查 + 企业: what the tagger joins by guess."""
    for word, tag in tagged:
        if tag == "f" and len(word) == 2 and word[1] in "中里内上下外" and word[0] not in "其之以":
            yield word[0], "n"
            yield word[1], "f"
        elif len(word) > 3 and word[:2] in _govern() and not _known(word):
            yield word[:2], "v"
            yield word[2:], "n"
        else:
            yield word, tag


def tag_stretches(text: str, stretches: Sequence[tuple[int, int]]) -> list[list[Word]]:
    """The words of each stretch ``[start, end)`` of `text`; one call of the tagger for all of them."""
    import rjieba

    if not stretches:
        return []
    suffixes, weak = words("item_words.tsv")["suffix"], words("item_words.tsv")["weaksuffix"]
    joined = "\n".join(text[start:end].replace("\n", " ") for start, end in stretches)
    result: list[list[Word]] = [[]]
    at = stretches[0][0]
    current = result[0]
    new = tuple.__new__  # a NamedTuple's own constructor takes three times as long
    for word, tag in _split_places(rjieba.tag(joined)):
        if word == "\n":
            current = []
            at = stretches[len(result)][0]
            result.append(current)
            continue
        end = at + len(word)
        if end == at + 1 and current and word in suffixes:
            previous = current[-1]
            if previous.end == at and previous.kind in "nwva" and len(previous.text) > 1 and not (previous.kind == "v" and word in weak):
                current[-1] = Word(previous.start, end, previous.text + word, "n")
                at = end
                continue
        kind, govern = _classify(word, tag)
        current.append(new(Word, (at, end, word, kind, govern, tag == "ns")))
        at = end
    return result
