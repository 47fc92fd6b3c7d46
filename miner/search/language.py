"""The language of queries: any text is a query, none is an error.

In: what somebody typed. Out: an :class:`Expression`.

Words stand apart by white space; a sentence must hold every one of them, anywhere, as they are written: ``消毒 学校``. ``"…"`` holds words together with
the white space between them and takes every sign for text. ``OR`` between two words asks for one of them and binds first: ``药店 检查 OR 巡查`` is 药店,
and 检查 or 巡查. ``NOT`` before a word asks for sentences without it, before words bound by ``OR`` for sentences
without any of them. ``AND`` between two words changes nothing. The three are in capitals; one that has
nothing to bind is a word, and so is every other sign: a quotation mark that is never closed, brackets, asterisks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from miner.store.folding import fold, phrase

_WORD = re.compile(r'"([^"]+)"|(\S+)')
_OPERATORS = ("AND", "OR", "NOT")
_EXACT = 48  # a longer word is looked up by its beginning, and the sentences found are read


@dataclass(frozen=True)
class Group:
    """Folded words of which a sentence must hold one, or with `negated` none."""

    words: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Expression:
    """All groups must hold."""

    groups: tuple[Group, ...]

    def words(self) -> tuple[str, ...]:
        """The words that are looked for, without those that must not be there."""
        return tuple(dict.fromkeys(word for group in self.groups if not group.negated for word in group.words))

    def holds(self, folded: str) -> bool:
        """Whether a folded text matches."""
        return all(any(word in folded for word in group.words) != group.negated for group in self.groups)

    def index_query(self) -> tuple[str, bool]:
        """The query of the full-text index, and whether it finds exactly what matches; if not it finds more, and :meth:`holds` decides."""
        long = any(len(word) > _EXACT for group in self.groups for word in group.words)
        required = [f"({' OR '.join(phrase(word[:_EXACT]) for word in group.words)})" for group in self.groups if not group.negated]
        excluded = [phrase(word) for group in self.groups if group.negated for word in group.words if len(word) <= _EXACT]
        query = " AND ".join(required or [phrase("")])
        return f"({query}) NOT ({' OR '.join(excluded)})" if excluded else query, not long


def parse(text: str) -> Expression:
    """Read a query.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    Expression
        Without groups where the text is empty or white space.
    """
    tokens = [(match[1] or match[2], match[1] is None and match[2] in _OPERATORS) for match in _WORD.finditer(text)]
    groups: list[Group] = []
    at, binds = 0, False
    while at < len(tokens):
        if groups and at + 1 < len(tokens) and _is(tokens[at], "AND", "OR") and not _is(tokens[at + 1], "AND", "OR"):
            binds = tokens[at][0] == "OR"
            at += 1
        negated = not binds and _is(tokens[at], "NOT") and at + 1 < len(tokens) and not tokens[at + 1][1]
        at += negated
        word = fold(tokens[at][0])
        if binds:
            groups[-1] = Group((*groups[-1].words, word), groups[-1].negated)
        else:
            groups.append(Group((word,), negated))
        binds = False
        at += 1
    return Expression(tuple(dict.fromkeys(Group(tuple(dict.fromkeys(group.words)), group.negated) for group in groups)))


def _is(token: tuple[str, bool], *names: str) -> bool:
    return token[1] and token[0] in names


def marks(folded: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a folded text: every occurrence, those that touch or overlap as one, ascending."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = folded.find(word, at + 1)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
