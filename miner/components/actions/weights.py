"""What the aspects of a trigger candidate weigh for the decision whether it says an action.

In: :class:`~miner.components.actions.features.Aspects` and the weights of the model by the names of features. Out: their sum, in thousandths of log-odds.
Each aspect has a table of its own, keyed by what determines it, so that no name is written to look it up.
"""

from __future__ import annotations

from miner.components.actions.features import ALWAYS, CROSSED, FAMILIES, SELDOM, Aspects, of_word
from miner.components.linear import Families, Partials

_MOST_WORDS = 20_000


class ActionWeights:
    """The weights of the classifier of actions.

    Parameters
    ----------
    weights
        Weight of each feature by its name, in thousandths.
    """

    def __init__(self, weights: dict[str, int]) -> None:
        self.families = Families(weights)
        self._words = _Words(weights, self.families)
        self._always = [Partials(weights, features) for features in ALWAYS.values()]
        self._seldom = {name: Partials(weights, lambda key: SELDOM[key[0]](*key[1:])) for name in SELDOM}
        self._values = [self.families.table(family) for family in FAMILIES]

    def total(self, seen: Aspects) -> int:
        """The sum of the weights of all features of a candidate."""
        word = self._words[seen.word]
        total = word.alone
        for sums, key in zip(self._always, seen.keys, strict=True):
            total += sums[key]
        for table, value in zip(self._values, seen.values, strict=True):
            total += table.get(value, 0)
        if word.crossed:
            for crossed, beside in zip(word.crossed, seen.crossed, strict=True):
                total += crossed.get(beside, 0)
        if seen.told:
            total += self.families.total(seen.told)
        for key in seen.seldom:
            total += self._seldom[key[0]][key]
        return total


class _Word:
    """What a word weighs by itself, and what each value of ``CROSSED`` weighs beside it (nothing: the model crosses the word with none)."""

    __slots__ = ("alone", "crossed")

    def __init__(self, alone: int, crossed: list[dict[str | None, int]]) -> None:
        self.alone, self.crossed = alone, crossed


class _Words(dict[str, _Word]):
    """The weights of the words met so far."""

    def __init__(self, weights: dict[str, int], families: Families) -> None:
        super().__init__()
        self.weights = weights
        self.tables: dict[str, list[dict[str | None, int]]] = {}
        for place, family in enumerate(CROSSED):
            for value, weight in families.table(family).items():
                word, _, beside = (value or "").partition("|")
                self.tables.setdefault(word, [{} for _ in CROSSED])[place][beside] = weight

    def __missing__(self, word: str) -> _Word:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = _Word(sum([self.weights.get(feature, 0) for feature in of_word(word)]), self.tables.get(word, []))
        return found
