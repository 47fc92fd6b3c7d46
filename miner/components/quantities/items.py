"""An item: what a quantity counts. The noun phrases that :mod:`behind` and :mod:`before` find become items here.

In: a text and the parts of a phrase. Out: an :class:`Item`. Places, in the order in which they are tried: behind the unit (1000件防护服), before the number
(防护物资80多万件, 修复长度1071米), distributed over a list (口罩、手套各500个), after 分别 in the order of the subjects, the thing measured before a verb of
change (水位上涨3.6米), the item of an earlier number of the same kind (检查商户90家,关停3家) or of the list that a number closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Item:
    """The item of a quantity.

    `phrase` is the full noun phrase, `items` its parts where it names several, `at` its span, `source` where it was found (``behind``, ``before``, ``subject``,
    ``respective``, ``inherited``), `listed` whether it is an entry of a list of numbers.
    """

    text: str = ""
    phrase: str = ""
    items: list[str] = field(default_factory=list)
    at: tuple[int, int] | None = None
    each: bool = False
    source: str = ""
    listed: bool = False


@dataclass(slots=True)
class Phrase:
    """A noun phrase found in a row of words: its span, the spans of its coordinated parts, and the span with its attributes."""

    start: int
    end: int
    parts: list[tuple[int, int]]
    full: tuple[int, int]


_PLAIN = re.compile(r"^[“《‘]|[”》’]$")


def make_item(text: str, phrase: Phrase, source: str) -> Item:
    """The item that a phrase of `text` names."""
    start, end = phrase.start, phrase.end
    listed = [text[a:b] for a, b in phrase.parts]
    return Item(text[start:end], text[phrase.full[0] : phrase.full[1]], listed, (start, end), False, source)


def plain(item: str) -> str:
    """An item that is one quotation, without its marks."""
    if len(item) > 2 and item[0] in "“《‘" and item[-1] in "”》’" and item[0] not in item[1:]:
        return _PLAIN.sub("", item)
    return item
