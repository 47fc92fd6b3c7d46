"""Words of the text between quantities, as features for items: jieba's dictionary and tags through rjieba, corrected by ``data/item_words.tsv``.

In: a text tagged once as a whole. Out: per stretch a list of :class:`Word` with one-letter classes. Spans of numbers are never decided here.

Classes: ``n`` noun, ``w`` verbal noun, ``v`` verb, ``a`` adjective or attributive, ``d`` adverb, ``p`` preposition, ``c`` coordination (和, 、),
``u`` 的, ``l`` 了/着/过, ``m`` number or measure word, ``f`` word that ends an item, ``r`` determiner, ``q`` quotation or title mark,
``o`` a body's name, ``.`` other mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from miner.components.quantities.data_files import words
from miner.document.words import in_dictionary, tagger
from miner.layout.positions import first_from

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


@dataclass(slots=True)
class Word:
    """A word: where it stands, its letters, its class, whether the lists name it a governing verb (`govern`), whether it names a place."""

    start: int
    end: int
    text: str
    kind: str
    govern: bool = False
    place: bool = False
    role: str = ""


class Row:
    """The words of a stretch.

    Attributes
    ----------
    words
        The words, in order.
    kinds, roles
        One letter for each word, its class and its role: what stands between two words is a piece of a string.
    """

    __slots__ = ("kinds", "roles", "words")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.kinds = "".join([word.kind for word in words])
        self.roles = "".join([word.role for word in words])


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
    return in_dictionary(word)


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


def _pieces(word: str, tag: str) -> tuple[tuple[str, str], ...]:
    """A word taken apart where the tagger joins what does not belong together.

    An adverb of amount with a verb (共出动 → 共 + 出动), a governing verb with its object (检查企业 → 检查 + 企业),
    a noun with what follows it (率为 → 率 + 为).
    """
    if tag == "f" and len(word) == 2 and word[1] in "中里内上下外" and word[0] not in "其之以":
        return (word[0], "n"), (word[1], "f")
    if len(word) < 3:
        if len(word) == 2 and word[0] in words("item_words.tsv")["joined"] and not _known(word) and word[1] in _govern():
            return (word[0], "d"), (word[1], "v")
        if len(word) == 2 and word[1] in words("item_words.tsv")["behindnoun"] and word[0] in words("item_words.tsv")["suffix"] and not _known(word):
            return (word[0], "n"), (word[1], "v")
        return ((word, tag),)
    known = _known(word)
    for length in (2, 1):
        first, rest = word[:length], word[length:]
        if first in words("item_words.tsv")["joined"] and (rest in _govern() or (not known and len(rest) > 1 and _known(rest))):
            return ((first, "d"), *_pieces(rest, "v" if rest in _govern() else _tag(rest)))
    if not known and len(word) > 3 and word[:2] in _govern():
        return (word[:2], "v"), (word[2:], "n")
    return ((word, tag),)


def _tag(word: str) -> str:
    """The tag that the dictionary gives a word by itself."""
    tagged = tagger()(word)
    return tagged[0][1] if len(tagged) == 1 else "n"


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the characters of `spans` as line breaks, so that no word straddles the edge of a mention."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            pieces += (text[at:start], "\n" * (end - start))
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


class TaggedText:
    """The words of a whole text, tagged once, from which the words of any stretch are read.

    Parameters
    ----------
    text
        The text.
    tagged
        Words with tags that, joined, have the length of `text`; masked characters are line breaks.
    names
        Start → end of the mentions that stand as one word of class ``o`` (organisations) in it.
    dates
        Start → end of the mentions that stand as one word of class ``d`` (dates).
    """

    def __init__(self, text: str, tagged: Sequence[tuple[str, str]], names: dict[int, int], dates: dict[int, int]) -> None:
        self.text, self.tagged, self.names, self.dates = text, tagged, names, dates
        self.starts = list(accumulate([len(word) for word, _ in tagged], initial=0))

    def row(self, begin: int, end: int) -> Row:
        """The words of the stretch ``[begin, end)``; a word or mention that reaches over its edge is left out."""
        text, starts, tagged, pieces_of = self.text, self.starts, self.tagged, _PIECES
        suffixes, weak = _suffixes()
        row: list[Word] = []
        index = first_from(starts, begin)
        at = starts[index]
        last = len(tagged)
        while at < end and index < last:
            pair = tagged[index]
            word = pair[0]
            if word == "\n" and text[at] != "\n":
                kind, stop = ("o", self.names[at]) if at in self.names else ("d", self.dates.get(at, at + 1))
                if stop <= end and stop > at + 1:
                    row.append(Word(at, stop, text[at:stop], kind, False, False, kind))
                at = stop
                index = first_from(starts, at, index)
                continue
            index += 1
            stop = starts[index]
            if stop > end:
                break
            if stop == at + 1 and row and word in suffixes:
                previous = row[-1]
                if previous.end == at and previous.kind in "nwva" and len(previous.text) > 1 and not (previous.kind == "v" and word in weak):
                    joined = previous.text + word
                    row[-1] = Word(previous.start, stop, joined, "n", False, False, "N" if previous.kind in "vw" else "n")
                    at = stop
                    continue
            pieces = pieces_of[pair]
            if len(pieces) == 1:
                written, class_of, govern, place, role = pieces[0]
                row.append(Word(at, stop, written, class_of, govern, place, role))
                at = stop
                continue
            for written, class_of, govern, place, role in pieces:
                follow = at + len(written)
                row.append(Word(at, follow, written, class_of, govern, place, role))
                at = follow
        return Row(row)


class _Pieces(dict[tuple[str, str], tuple[tuple[str, str, bool, bool, str], ...]]):
    """Tagged word → the words it is, without their places."""

    def __missing__(self, pair: tuple[str, str]) -> tuple[tuple[str, str, bool, bool, str], ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = tuple((piece, *_classify(piece, own), own == "ns", _role(piece, *_classify(piece, own))) for piece, own in _pieces(*pair))
        self[pair] = found
        return found


_MOST_WORDS = 1 << 16
_PIECES = _Pieces()


@cache
def _suffixes() -> tuple[frozenset[str], frozenset[str]]:
    lists = words("item_words.tsv")
    return lists["suffix"], lists["weaksuffix"]


def _role(word: str, kind: str, govern: bool) -> str:
    """What a word does between an item and its number, one letter or mark.

    ``s`` strip, ``R`` rest, ``P`` process, ``C`` change, ``G`` govern (the lists of ``data/item_words.tsv``), a mark itself, else the class.
    ``N`` stands for a noun made of a verb and a suffix.
    """
    lists = words("item_words.tsv")
    if kind == "." or kind == "u":
        return word[0]
    if word in lists["process"]:
        return "P"
    if govern and kind in "vw":
        return "G"
    for role, name in (("s", "strip"), ("R", "rest"), ("C", "change")):
        if word in lists[name]:
            return role
    return kind
