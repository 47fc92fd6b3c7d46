"""The component ``miner_actions``: triggers that say an action, with type and modality.

In: a Doc whose organisations, dates and quantities are found. Out: ``doc._.findings.triggers``.
"""

from __future__ import annotations

from math import log
from operator import add
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from miner.components.actions.candidates import Candidate, candidates
from miner.components.actions.company import Company, surroundings
from miner.components.actions.features import Values, action_aspects, of_type, type_aspects
from miner.components.actions.lexicon import Lexicon, lexicon, possible_types, with_profile
from miner.components.actions.modality import MODALITIES, Cues, cues, decide_by_rules, modality_aspects, modality_rules, of_modality
from miner.components.actions.neighbours import Neighbours, odds, place_of
from miner.components.actions.weights import ActionWeights
from miner.components.linear import Choices, Key, choice, read_model, sigmoid, thousandths
from miner.components.profile import Profile
from miner.components.scene import Scene, scene_of
from miner.document import Findings, Trigger
from miner.schema import ACTIONS

SHARE = 500
"""What the logarithm of how often training saw a word with a type is worth to that type, in thousandths of log-odds.

Of 22,531 triggers (writers left out) 0.827 get the right type; with a fixed worth of the likeliest type of the lexicon instead 0.821 did.
"""
LIKELIEST, LISTED, SEEN = 1.0, 0.5, 0.01
"""As often the lexicon's likeliest type of a word counts as seen before training begins, its other types, and any other type."""

UNSETTLED = -1.5
"""The log-odds above which a candidate in a clause with a number is kept as unsettled: it is an action if the number proves to be its own."""


class ActionsComponent:
    """Finds triggers.

    Parameters
    ----------
    words
        The trigger lexicon.
    """

    def __init__(self, words: Lexicon | None = None) -> None:
        self.lexicon = words or lexicon()
        self.rules = modality_rules()
        self.action: ActionWeights | None = None
        self.bias = 0
        self.type: Choices | None = None
        self.modality: Choices | None = None
        self.neighbours: Neighbours | None = None
        self.company: Company | None = None
        self.thresholds = {True: 0.0, False: 0.0}
        self.seen: dict[str, dict[str, float]] = {}
        self._worth: dict[str, list[int]] = {}
        self._possible: dict[str, tuple[str, ...]] = {}
        model = read_model("actions")
        if model is not None:
            self.use(model)

    def use(self, model: dict[str, Any]) -> None:
        """Decide by a trained model (the content of ``models/actions.json``)."""
        self.action, self.bias = ActionWeights(thousandths(model["action"]["weights"])), round(model["action"]["bias"] * 1000)
        self.type, self.modality = choice(model["type"], of_type), choice({name: model["modality"][name] for name in MODALITIES}, of_modality)
        self.neighbours = Neighbours(model["neighbours"])
        self.company = Company(model["company"])
        self.thresholds = {True: model["threshold"], False: model["threshold_without_number"]}
        self.seen, self._worth, self._possible = model["types_seen"], {}, {}

    def use_profile(self, profile: Profile) -> None:
        """Look for a user's own actions too."""
        self.lexicon, self._worth, self._possible = with_profile(self.lexicon, profile), {}, {}

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.triggers``."""
        findings: Findings = doc._.findings
        findings.triggers = self.find(findings)
        return doc

    def find(self, findings: Findings) -> list[Trigger]:
        """The triggers of one report, ascending."""
        if not findings.layout.text or not findings.layout.blocks:
            return []
        scene = scene_of(findings)
        found = candidates(scene, self.lexicon)
        triggers: list[Trigger] = []
        heard: list[Cues] = []
        aspects: list[list[Key]] = []
        for index, (candidate, score) in enumerate(zip(found, self.scores(scene, found), strict=True)):
            settled = score >= self.thresholds[candidate.numbered] and not _within_item(scene, candidate)
            if not settled and (not candidate.numbered or score < UNSETTLED):
                continue
            trigger = self._trigger(scene, found, index, score)
            trigger.settled = settled
            trigger.left_out = self.lexicon.only_own and candidate.word not in self.lexicon.own
            triggers.append(trigger)
            heard.append(cues(scene, candidate, scene.sentence_span(candidate.start), self.rules))
            if self.modality is not None:
                aspects.append(modality_aspects(scene, candidate, heard[-1], self.lexicon.likeliest(candidate.word)))
        self._tell_modality(scene, triggers, heard, aspects)
        return triggers

    def _tell_modality(self, scene: Scene, triggers: list[Trigger], heard: list[Cues], aspects: list[list[Key]]) -> None:
        """Write modality and reason into the triggers: by the rules without a model, else by the odds of each one's own words and of its neighbours."""
        if self.modality is None or self.neighbours is None or not triggers:
            alone = chosen = [decide_by_rules(found) for found in heard]
        else:
            own = odds(self.modality.scores(aspects) / 1000)
            alone = [MODALITIES[best] for best in own.argmax(axis=1).tolist()]
            places = [place_of(scene, trigger.start) for trigger in triggers]
            chosen = self.neighbours.decide(own, places, [trigger.settled for trigger in triggers])
        for trigger, found, before, after in zip(triggers, heard, alone, chosen, strict=True):
            said = [f"{cue} ({name})" for name, cue, _ in found.near] or ["no cue"]
            trigger.modality, trigger.modality_reason = after, "; ".join(said if after == before else [*said, f"neighbours ({after})"])

    def scores(self, scene: Scene, found: list[Candidate]) -> list[float]:
        """The log-odds that each candidate says an action: by itself, then in its company."""
        if self.action is None or self.company is None:
            return [0.0] * len(found)
        alone = [(self.bias + self.action.total(action_aspects(scene, found, index))) / 1000 for index in range(len(found))]
        return self.company.scores(alone, [surroundings(candidate, place_of(scene, candidate.start)) for candidate in found])

    def types(self, word: str) -> tuple[str, ...]:
        """The types that a trigger may have: those of the lexicon, then those seen in training."""
        known = self.lexicon.types.get(word)
        if known is None:
            return tuple(ACTIONS)
        if word in self.lexicon.own:
            return known
        kept = self._possible.get(word)
        if kept is None:
            kept = self._possible[word] = self._types(word, known)
        return kept

    def _types(self, word: str, known: tuple[str, ...]) -> tuple[str, ...]:
        return tuple([name for name in possible_types(known, self.seen.get(word, {})) if name not in self.lexicon.replaced or name in known])

    def rank(self, c: Candidate, types: tuple[str, ...], aspects: list[Key], features: Values) -> tuple[str, ...]:
        """The types of a candidate, likeliest first."""
        if self.type is None:
            return types
        if not c.known:
            types = self.type.names
        scores = list(map(add, self.type.scores_of(types, aspects, features), self._shares(c.word, types)))
        return tuple([name for _, name in sorted(zip(scores, types, strict=True), key=_score, reverse=True)])

    def _shares(self, word: str, types: tuple[str, ...]) -> list[int]:
        """What each type of a word is worth by itself."""
        kept = self._worth.get(word)
        if kept is not None:
            return kept
        listed, seen = self.lexicon.types.get(word, ()), self.seen.get(word, {})
        if not listed and not seen:
            return [0] * len(types)  # all alike, and there is no end of such words to keep
        before = [LIKELIEST if listed[:1] == (name,) else LISTED if name in listed else SEEN for name in types]
        kept = self._worth[word] = [round(SHARE * log(seen.get(name, 0.0) + often)) for name, often in zip(types, before, strict=True)]
        return kept

    def _trigger(self, scene: Scene, among: list[Candidate], index: int, score: float) -> Trigger:
        c = among[index]
        types = self.types(c.word)
        if self.type is not None and len(types) > 1:
            types = self.rank(c, types, *type_aspects(scene, among, index))
        return Trigger(c.start, c.end, c.word, types, round(sigmoid(score), 4))


def _score(scored: tuple[int, str]) -> int:
    return scored[0]


def _within_item(scene: Scene, c: Candidate) -> bool:
    """Whether a candidate stands in a counted noun phrase, before its head: 演出 in 演出场所4家."""
    return bool(scene.items[c.start] and scene.items[c.end])


@Language.factory("miner_actions")
def make(nlp: Language, name: str) -> ActionsComponent:
    """The spaCy factory."""
    return ActionsComponent()
