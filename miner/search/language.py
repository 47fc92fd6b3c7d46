"""The language of queries: any text is a query, none is an error.

In: what somebody typed. Out: an :class:`Expression`.

Words stand apart by white space; a sentence must hold every one of them, anywhere, as they are written: ``消毒 学校``. ``"…"`` holds words together with
the white space between them and takes every sign for text. ``OR`` between two words asks for one of them and binds first: ``药店 检查 OR 巡查`` is 药店,
and 检查 or 巡查. ``NOT`` before a word asks for sentences without it. ``AND`` between two words changes nothing. The three are in capitals; one that has
nothing to bind is a word, and so is every other sign: a quotation mark that is never closed, brackets, asterisks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from miner.store.folding import fold, phrase

_WORD = re.compile(r'"([^"]+)"|(\S+)')
_OPERATORS = ("AND", "OR", "NOT")
_EXACT = 48  # a longer word is looked up by its beginning, and the sentences found are read
_MOST = 200  # words that the index is asked for; where there are more, the sentences found are read


@dataclass(frozen=True)
class Literal:
    """A folded word that a sentence must hold, or with `negated` must not hold."""

    word: str
    negated: bool = False


@dataclass(frozen=True)
class Expression:
    """All groups must hold; a group holds where one of its literals does."""

    groups: tuple[tuple[Literal, ...], ...]

    def words(self) -> tuple[str, ...]:
        """The words that are looked for, without those that must not be there."""
        return tuple(dict.fromkeys(literal.word for group in self.groups for literal in group if not literal.negated))

    def holds(self, folded: str) -> bool:
        """Whether a folded text matches."""
        return all(any((literal.word in folded) != literal.negated for literal in group) for group in self.groups)

    def index_query(self) -> tuple[str, bool]:
        """The query of the full-text index, and whether it finds exactly what matches; if not it finds more, and :meth:`holds` decides."""
        required: list[str] = []
        excluded: list[str] = []
        exact, asked = True, 0
        for group in sorted(self.groups, key=lambda group: min(literal.negated for literal in group)):
            asked += len(group)
            if asked > _MOST and (required or any(literal.negated for literal in group)):
                return _conjunction(required, excluded), False
            if len(group) == 1 and group[0].negated:
                if len(group[0].word) > _EXACT:
                    exact = False  # its beginning alone would exclude too much
                else:
                    excluded.append(phrase(group[0].word))
                continue
            exact = exact and all(len(literal.word) <= _EXACT for literal in group)
            if any(literal.negated and len(literal.word) > _EXACT for literal in group):
                continue
            required.append("(" + " OR ".join(_alternative(literal) for literal in group) + ")")
        return _conjunction(required, excluded), exact


def _alternative(literal: Literal) -> str:
    found = phrase(literal.word[:_EXACT])
    return f"({phrase('')} NOT {found})" if literal.negated else found


def _conjunction(required: list[str], excluded: list[str]) -> str:
    query = " AND ".join(required or [phrase("")])
    return f"({query}) NOT ({' OR '.join(excluded)})" if excluded else query


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
    groups: list[list[Literal]] = []
    at, joined = 0, False
    while at < len(tokens):
        word, operator = tokens[at]
        binds = operator and at + 1 < len(tokens)
        if binds and word != "NOT" and groups and not joined and not _is(tokens[at + 1], "AND", "OR"):
            joined = word == "OR"
            at += 1
            if not joined:
                continue
            word, operator = tokens[at]
            binds = operator and at + 1 < len(tokens)
        negated = binds and word == "NOT" and not tokens[at + 1][1]
        if negated:
            at += 1
        literal = Literal(fold(tokens[at][0]), negated)
        if joined:
            groups[-1].append(literal)
        else:
            groups.append([literal])
        joined = False
        at += 1
    return Expression(tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups)))


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
