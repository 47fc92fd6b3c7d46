"""The trigger lexicon: which words can say an action, and of which types."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick_rs

from miner.components.profile import Profile


@dataclass(frozen=True)
class Lexicon:
    """Triggers with their possible action types, and the automaton that finds them.

    `own`: the triggers that a profile gives, whose type is settled; `only_own`: what others say is no event; `replaced`: the types that a profile has
    replaced, which no other trigger has any more.
    """

    types: dict[str, tuple[str, ...]]
    automaton: ahocorasick_rs.AhoCorasick
    words: tuple[str, ...]
    own: frozenset[str] = frozenset()
    only_own: bool = False
    replaced: frozenset[str] = frozenset()

    def likeliest(self, word: str) -> str:
        """The likeliest type of a trigger by itself, ``?`` for a word that the lexicon lacks."""
        known = self.types.get(word)
        return known[0] if known else "?"

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """All places of all triggers, overlaps included: (start, end, trigger)."""
        words = self.words
        return [(start, end, words[index]) for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True)]


def possible_types(listed: tuple[str, ...], seen: dict[str, float]) -> tuple[str, ...]:
    """The types that a trigger may have: those that the lexicon lists, then those that training saw it with at least once."""
    return listed + tuple([action for action, often in seen.items() if often >= 1 and action not in listed])


def make_lexicon(
    types: dict[str, tuple[str, ...]], own: frozenset[str] = frozenset(), only_own: bool = False, replaced: frozenset[str] = frozenset()
) -> Lexicon:
    """A lexicon from triggers and their types."""
    words = tuple(types)
    automaton = ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    return Lexicon(types, automaton, words, own, only_own, replaced)


def with_profile(base: Lexicon, profile: Profile) -> Lexicon:
    """The lexicon with a user's own actions: a trigger of the user says the user's type alone, whatever the lexicon or training said of it."""
    if not profile.actions:
        return base
    replaced = frozenset(action.code for action in profile.actions if action.replaces)
    shipped = {word: tuple(code for code in codes if code not in replaced) for word, codes in base.types.items()}
    own = {word: (action.code,) for action in profile.actions for word in action.triggers}
    return make_lexicon({word: codes for word, codes in shipped.items() if codes} | own, frozenset(own), profile.replace_actions, replaced)


def read_triggers(content: str, likeliest: str = "") -> dict[str, tuple[str, ...]]:
    """Triggers and their types, likeliest first.

    Parameters
    ----------
    content
        The content of a ``triggers.toml``; it lists the triggers of each type.
    likeliest
        The content of a ``likeliest.tsv``: the likeliest type of a trigger where that is not the first one that lists it.
    """
    found: dict[str, list[str]] = {}
    for action, entry in tomllib.loads(content).items():
        for word in entry["triggers"].split():
            types = found.setdefault(word, [])
            if action not in types:
                types.append(action)
    for line in likeliest.splitlines():
        if line and not line.startswith("#"):
            word, action = line.split("\t")
            types = found.setdefault(word, [])
            found[word] = [action, *(other for other in types if other != action)]
    return {word: tuple(types) for word, types in found.items()}


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    data = files("miner.components.actions").joinpath("data")
    return make_lexicon(read_triggers(data.joinpath("triggers.toml").read_text("utf-8"), data.joinpath("likeliest.tsv").read_text("utf-8")))
