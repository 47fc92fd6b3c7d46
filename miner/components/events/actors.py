"""Actors: which organisation did an action. Rules propose names, a classifier decides.

In: an event's trigger and the report's organisations. Out: the names of the actors, their mentions and where they come from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from miner.components.data_files import toml_data
from miner.components.linear import Key, Partials
from miner.components.scene import DATE, ORGANISATION, Scene
from miner.document import Event, Organisation, Trigger
from miner.layout import Block

NOBODY = ""
_WORDS = toml_data("events", "context_words")
_PREPOSITIONS, _JOINED = frozenset(_WORDS["prepositions"]), frozenset(_WORDS["joint"])
_WE = re.compile("|".join(map(re.escape, sorted(_WORDS["we"], key=len))))
_BODY_ENDS = frozenset(_WORDS["body_ends"])
_BRANCHES: list[str] = _WORDS["party_branches"]


@dataclass(slots=True)
class ActorCandidate:
    """A name that may be the actor, the nearest mention behind it (None if inherited), and its features."""

    name: str
    mention: int | None
    origin: str
    features: list[str] = field(default_factory=list)


class ActorFinder:
    """Proposes and chooses the actors of the events of one report, in the order of the text.

    Parameters
    ----------
    scene
        The report's shared view.
    model
        The pair classifier; None falls back on the nearest subject.
    """

    def __init__(self, scene: Scene, model: Partials | None) -> None:
        self.scene, self.model = scene, model
        self.organisations = scene.findings.organisations
        self.starts = [mention.start for mention in self.organisations]
        self.previous: tuple[str, int, Block] | None = None  # name, sentence and block of the last event with an actor
        self._said_we: dict[tuple[int, int], int] = {}
        self._subjects: dict[int, bool] = {}
        self._headings: dict[int, list[int]] = {}
        self.by_sentence: dict[int, list[int]] = {}
        self.by_block: dict[int, list[int]] = {}
        counts: dict[int, Counter[str]] = {}
        for index, mention in enumerate(self.organisations):
            self.by_sentence.setdefault(scene.sentence(mention.start), []).append(index)
            block = scene.block(mention.start)
            if block.kind != "heading" or block.level == 1 or _heads(block, mention):
                self.by_block.setdefault(block.start, []).append(index)
            name = acting_body(mention.name) if block.kind == "heading" else mention.name
            counts.setdefault(block.article, Counter())[name] += 1
        self.main = {article: names.most_common(1)[0][0] for article, names in counts.items()}

    def candidates(self, trigger: Trigger) -> list[ActorCandidate]:
        """The candidates of one trigger, nobody first."""
        found: dict[str, ActorCandidate] = {}
        sentence = self.scene.sentence(trigger.start)
        block = self.scene.block(trigger.start)
        clause = self.scene.clauses.index(trigger.start)
        here = self.by_sentence.get(sentence, [])
        self._add_mentions(found, here, trigger, clause)
        headed = any(self.scene.findings.layout.blocks[section].level > 1 for section in self._naming_headings(block))
        own = self._own(here, trigger, clause) + ("|headed" if headed else "") + ("|we" if self._says_we(trigger) else "")
        if self.previous is not None:
            name, at, earlier = self.previous
            near = f"prev-{_nearness(earlier, block)}"
            self._add(found, name, "earlier action", [f"prev{min(sentence - at, 4)}", near, f"prev|{own}", f"{near}|{own}"])
        self._add_structure(found, block, sentence, own)
        nobody = ActorCandidate(NOBODY, None, "nobody named")
        quoted = self.scene.text.find("“", max(0, trigger.start - 30), trigger.start) >= 0
        nobody.features = [
            f"nobody|{own}", f"nobody|a={trigger.actions[0]}", f"nobody|w={trigger.text}", f"nobody|cands={min(len(found), 3)}",
            f"nobody|m={trigger.modality}", f"nobody|prev={self.previous is not None}", f"nobody|k={block.kind}", f"nobody|q={quoted}",
        ]
        return [nobody, *found.values()]

    def _add_structure(self, found: dict[str, ActorCandidate], block: Block, sentence: int, own: str) -> None:
        layout = self.scene.findings.layout
        for rank, section in enumerate(self._naming_headings(block)[:3]):
            heading = layout.blocks[section]
            for index in self.by_block[heading.start][:2]:
                features = [f"heading{rank}", f"heading{rank}|{own}", f"heading-level{min(heading.level, 3)}"]
                self._add(found, acting_body(self.organisations[index].name), "heading", features, index)
        for back in (1, 2):
            earlier = self.by_sentence.get(sentence - back, ())
            if earlier and self.scene.block(self.starts[earlier[0]]).kind != "heading":
                self._add(found, self.organisations[earlier[0]].name, "earlier sentence", [f"first-in-{back}"], earlier[0])
                self._add(found, self.organisations[earlier[-1]].name, "earlier sentence", [f"last-in-{back}"], earlier[-1])
        first = self.by_block.get(block.start, ())
        if first:
            self._add(found, self.organisations[first[0]].name, "start of the paragraph", ["first-in-block", f"first-in-block|{own}"], first[0])
        if block.article in self.main:
            self._add(found, self.main[block.article], "main body of the article", ["main", f"main|{own}"])

    def _naming_headings(self, block: Block) -> list[int]:
        """The headings above a block that name a body, nearest first."""
        kept = self._headings.get(block.section)
        if kept is not None:
            return kept
        blocks, section, found = self.scene.findings.layout.blocks, block.section, []
        while section >= 0:
            if blocks[section].start in self.by_block:
                found.append(section)
            section = blocks[section].section
        self._headings[block.section] = found
        return found

    def _add(self, found: dict[str, ActorCandidate], name: str, origin: str, features: list[str], mention: int | None = None) -> None:
        if not name:
            return
        candidate = found.get(name)
        if candidate is None:
            candidate = found[name] = ActorCandidate(name, mention, origin)
        candidate.features += features

    def _add_mentions(self, found: dict[str, ActorCandidate], here: list[int], trigger: Trigger, clause: int) -> None:
        """Add the mentions of the trigger's sentence; of several with one name the nearest before the trigger speaks for it."""
        before = [index for index in here if self.organisations[index].end <= trigger.start]
        subjects = [index for index in before if self.subject(index)]
        for index in here:
            mention = self.organisations[index]
            features = mention_features(self.scene, mention, trigger, clause)
            if index in before:
                features.append(f"rank{min(len(before) - before.index(index), 3)}")
                if index in subjects:
                    features += ["subject", f"subject-rank{min(len(subjects) - subjects.index(index), 3)}"]
                else:
                    features.append(f"no-subject|{'other' if subjects else 'none'}")
            candidate = found.get(mention.name)
            if candidate is None or (mention.start < trigger.start and candidate.mention is not None):
                found[mention.name] = ActorCandidate(mention.name, index, "own sentence", features)

    def _own(self, here: list[int], trigger: Trigger, clause: int) -> str:
        """Whether the trigger's own clause or sentence names a subject already."""
        before = [index for index in here if self.organisations[index].end <= trigger.start and self.subject(index)]
        if not before:
            return "own-none"
        return "own-clause" if self.scene.clauses.index(self.organisations[before[-1]].start) == clause else "own-sentence"

    def _says_we(self, trigger: Trigger) -> bool:
        """Whether the body that reports speaks of itself before the trigger: 我们还同龙海二中结成对子."""
        sentence = self.scene.sentence_span(trigger.start)
        said = self._said_we.get(sentence)
        if said is None:
            match = _WE.search(self.scene.text, *sentence)
            said = self._said_we[sentence] = match.end() if match else len(self.scene.text) + 1
        return said <= trigger.start

    def subject(self, index: int) -> bool:
        """Whether a mention can be a subject: no preposition before it, no 的 after it, at the head of its clause or after a date."""
        kept = self._subjects.get(index)
        if kept is None:
            kept = self._subjects[index] = self._can_be_subject(index)
        return kept

    def _can_be_subject(self, index: int) -> bool:
        mention, text = self.organisations[index], self.scene.text
        start = self.scene.clauses.starts[self.scene.clauses.index(mention.start)]
        before = text[mention.start - 1 : mention.start] if mention.start > start else ""
        if text[mention.end : mention.end + 1] == "的" or (before in _PREPOSITIONS and before not in ("由", "、", "和", "与", "及")):
            return False
        return before in ("", "由", "、", "和", "与", "及") or self.scene.covered[mention.start - 1] == DATE or mention.start - start <= 6

    def choose(self, trigger: Trigger) -> ActorCandidate:
        """The likeliest candidate of one trigger."""
        found = self.candidates(trigger)
        if self.model is None:
            named = [c for c in found if c.mention is not None and self.organisations[c.mention].start < trigger.start and c.origin == "own sentence"]
            return named[0] if named else next((c for c in found if c.origin in ("earlier action", "heading")), found[0])
        weight, common = self.model.weights.get, self.model.__getitem__
        action, modality = trigger.actions[0], trigger.modality
        scores = [common((c.origin, action, modality)) + sum(filter(None, map(weight, c.features))) for c in found]
        return found[scores.index(max(scores))]

    def remember(self, name: str, trigger: Trigger) -> None:
        """Note the actor chosen, for the events that follow."""
        if name:
            self.previous = (name, self.scene.sentence(trigger.start), self.scene.block(trigger.start))

    def joint(self, mention: int) -> list[int]:
        """The mentions that act together with one: 甲局、乙局和丙局, 甲局协同乙局. The first named comes first."""
        text, found = self.scene.text, [mention]
        while found[0] > 0 and self._between(text, found[0] - 1, found[0]) in _JOINED:
            found.insert(0, found[0] - 1)
        while found[-1] + 1 < len(self.organisations) and self._between(text, found[-1], found[-1] + 1) in _JOINED:
            found.append(found[-1] + 1)
        return found

    def _between(self, text: str, left: int, right: int) -> str:
        return text[self.organisations[left].end : self.organisations[right].start]


def _heads(block: Block, mention: Organisation) -> bool:
    """Whether a name in a section's heading is what the section is about: it begins the heading, numbering aside, or is most of it."""
    return mention.start - block.start <= 4 or (mention.end - mention.start) * 10 >= (block.end - block.start) * 6


def acting_body(name: str) -> str:
    """The body whose work a heading tells: the bureau where the heading names its party branch."""
    for branch in _BRANCHES:
        bureau = name.removesuffix(branch)
        if bureau != name and len(bureau) > 2 and bureau[-1] in _BODY_ENDS:
            return bureau
    return name


def _nearness(earlier: Block, block: Block) -> str:
    """How near two blocks stand: the same paragraph, section or article, or none of them."""
    if earlier.start == block.start:
        return "paragraph"
    if earlier.article != block.article:
        return "elsewhere"
    return "section" if earlier.section == block.section else "article"


def with_common(candidate: ActorCandidate, trigger: Trigger) -> list[str]:
    """A candidate's features, its origin, and its origin crossed with the trigger's type and modality."""
    return [*candidate.features, *of_origin((candidate.origin, trigger.actions[0], trigger.modality))]


def of_origin(key: Key) -> list[str]:
    """The features of a candidate's origin, the trigger's type and modality."""
    origin, action, modality = key
    return [origin, f"{origin}|a={action}", f"{origin}|m={modality}"]


def mention_features(scene: Scene, mention: Organisation, trigger: Trigger, clause: int) -> list[str]:
    """The features of a mention in the trigger's own sentence."""
    text, covered = scene.text, scene.covered
    at = scene.clauses.index(mention.start)
    before = text[mention.start - 1 : mention.start]
    after = text[mention.end : mention.end + 1]
    side = "before" if mention.start < trigger.start else "after"
    apart = min(abs(clause - at), 4)
    preposition = before if before and before in _PREPOSITIONS else "start" if mention.start == scene.clauses.starts[at] else "-"
    out = [f"{side}{apart}", f"{side}{apart}|pre={preposition}", f"{side}|pre={preposition}", f"pre={preposition}", f"type={mention.type}",
           f"type={mention.type}|{side}", f"after={after}|{side}", f"{side}{apart}|w={trigger.text}" if apart == 0 else side]
    if side == "before":
        gap = trigger.start - mention.end
        near = "0" if gap == 0 else "4" if gap <= 4 else "12" if gap <= 12 else "30" if gap <= 30 else "far"
        out += [f"gap={near}", f"gap={near}|pre={preposition}", f"gap={near}|after={after}"]
        out.append(f"orgs-between={_runs(covered, mention.end, trigger.start)}")
        if after == "的":
            out.append("possessor")
    else:
        out.append(f"by={text[trigger.end:mention.start] if mention.start - trigger.end <= 2 else 'far'}")
        out.append(f"pre2={text[max(mention.start - 2, 0):mention.start]}|after")
    if mention.pronoun:
        out.append("pronoun")
    return out


def _runs(covered: bytes, start: int, end: int) -> int:
    """How many organisation mentions begin between two positions, as far as two."""
    found, at = 0, covered.find(ORGANISATION, start, end)
    while at >= 0 and found < 2:
        found += covered[at - 1] != ORGANISATION
        at = covered.find(ORGANISATION, at + 1, end)
    return found


def fill_actor(event: Event, candidate: ActorCandidate, finder: ActorFinder) -> None:
    """Write the chosen actor, and those who act jointly with it, into an event."""
    if not candidate.name:
        event.organisation_reason = candidate.origin
        return
    event.organisation_reason = candidate.origin
    event.organisation_names = [candidate.name]
    if candidate.mention is not None and candidate.origin == "own sentence":
        event.organisations = finder.joint(candidate.mention)
        acting = [finder.organisations[i] for i in event.organisations]
        event.organisation_names = list(dict.fromkeys(name for mention in acting for name in (mention.name, *mention.joint)))
