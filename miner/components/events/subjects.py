"""What stands where a clause has its subject: 各支部 in 各支部主动认领136件, 全市17家医院 in 全市17家医院派出选手102名, nothing in 累计检查12家.

In: the scene of a report. Out: the shape and the last word of the noun phrase that heads a clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from miner.components.data_files import toml_data
from miner.components.scene import Scene

_WORDS = toml_data("events", "context_words")
_SKIPPED, _SKIPPED_WORDS = frozenset(_WORDS["skipped_tags"]), frozenset(_WORDS["skipped_words"])
_NOMINAL: dict[str, str] = _WORDS["nominal_tags"]
LONGEST = 4


@dataclass(slots=True)
class Head:
    """The noun phrase that heads a clause.

    `shape`: its parts, ``o`` organisation, ``q`` number, ``n`` noun, ``p`` person, ``r`` pronoun, equal ones beside each other once, four at most, empty where
    the clause begins with its verb; `word`: the last two characters of its last noun; `after`: the kind of the word after it.
    """

    shape: str
    word: str
    after: str


class Heads:
    """The heads of the clauses of one report.

    Parameters
    ----------
    scene
        The report's shared view.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._tags, self._starts = scene.padded_tags[2:-2], [*scene.tag_starts, len(scene.text)]
        self._whole: dict[int, Head] = {}
        self._known: dict[int, Head] = {}

    def of(self, clause: int) -> Head:
        """The head of a whole clause."""
        kept = self._whole.get(clause)
        if kept is None:
            kept = self._whole[clause] = self.within(*self.scene.clauses.span(clause))
        return kept

    def before(self, clause: int, position: int) -> Head:
        """The head of a clause as far as a verb in it."""
        kept = self._known.get(clause)
        if kept is None:
            kept = self.within(self.scene.clauses.starts[clause], position)
            if kept.after:  # another verb ends the head before this one: so it does for the verbs that follow
                self._known[clause] = kept
        return kept

    def within(self, start: int, end: int) -> Head:
        """The head of what stands between the beginning of a clause and a verb in it."""
        tags, starts, text = self._tags, self._starts, self.scene.text
        at, last = self.scene.first_word(start), self.scene.first_word(end)
        while at < last and (tags[at] in _SKIPPED or text[starts[at] : starts[at + 1]] in _SKIPPED_WORDS):
            at += 1
        shape = word = ""
        while at < last:
            tag = tags[at]
            kind = _NOMINAL.get(tag) or _NOMINAL.get(tag[0])
            if not kind:
                return Head(shape[:LONGEST], word, tag[0])
            if kind != "-":
                if shape[-1:] != kind:
                    shape += kind
                word = text[starts[at] : starts[at + 1]][-2:] if kind == "n" else ""
            at += 1
        return Head(shape[:LONGEST], word, "")


def heads_of(scene: Scene) -> Heads:
    """The heads of a report's clauses, one for all who ask."""
    kept: Heads | None = scene.kept.get("heads")
    if kept is None:
        kept = scene.kept["heads"] = Heads(scene)
    return kept
