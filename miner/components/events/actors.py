"""Actors: which organisation did an action. Rules propose names, a classifier decides.

In: an event's trigger and the report's organisations. Out: the names of the actors, their mentions and where they come from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import ahocorasick_rs

from miner.components.data_files import toml_data
from miner.components.events.actor_features import of_actor
from miner.components.events.prominence import Prominence
from miner.components.events.standing import acting_body, heads, standing
from miner.components.events.subjects import heads_of
from miner.components.linear import Key, Partials
from miner.components.scene import DATE, ORGANISATION, Scene
from miner.document import Event, Trigger
from miner.layout import Block
from miner.layout.positions import first_from

NOBODY = ""
_NUMBERING = 5  # so many characters the number of a heading takes: (十一)、
_NEAR_START = 6  # so many characters into a clause a subject still begins: 日前, 为此, 与此同时
_WORDS = toml_data("events", "context_words")
_RELATIONS = {word: relation for relation, words in _WORDS["relations"].items() for word in words.split()}
_PREPOSITIONS, _JOINED = frozenset(_WORDS["prepositions"]), frozenset(_WORDS["joint"])
_AREA = re.compile(_WORDS["whole_area"])
_WE, _PASSIVE = ahocorasick_rs.AhoCorasick(_WORDS["we"]), ahocorasick_rs.AhoCorasick(_WORDS["passive"])
_LISTED = frozenset(("、", "和", "与", "及", "以及"))


@lru_cache(10_000)
def _area(noun: str) -> str:
    """The last character of words for a whole area (全县), else nothing."""
    return noun[-1] if _AREA.fullmatch(noun) else ""


@dataclass(slots=True)
class ActorCandidate:
    """A name that may be the actor, the nearest mention behind it (None if inherited), and what speaks for it: aspects and names of features."""

    name: str
    mention: int | None
    origin: str
    keys: list[Key] = field(default_factory=list)
    features: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Told:
    """What all candidates of one trigger share: its place, and what its clause and sentence say before it."""

    trigger: Trigger
    sentence: int
    block: Block
    unit: int
    clause: int
    here: list[int]
    before: list[int]
    subjects: list[int]
    own: str
    headed: bool
    shape: str
    word: str
    after: str
    chain: str
    passive: bool
    area: str
    headed_by: tuple[str, bool]


@dataclass(slots=True)
class _Earlier:
    """An earlier event's actor."""

    name: str
    sentence: int
    block: Block
    unit: int
    action: str
    origin: str


_Around = tuple[str, str, str, str, str, str, str, bool]
"""Preposition, tag and word before a mention, character, tag and word after it, what it begins, and whether a verb stands before it in its clause."""
_Proposed = tuple[str, str, int | None, tuple[str, ...]]
"""A name, its origin, the mention behind it, and the places that propose it."""


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
        self.heads = heads_of(scene)
        self.earlier: list[_Earlier] = []  # the last event with an actor, and the last one with another actor
        self.last_named: bool | None = None
        self.acted: Counter[tuple[int, str]] = Counter()
        self._passives = [start for _, start, _ in _PASSIVE.find_matches_as_indexes(scene.text)]
        self._we = [(start, end) for _, start, end in _WE.find_matches_as_indexes(scene.text)]
        self._trigger_starts = [trigger.start for trigger in scene.findings.triggers if trigger.settled]
        self._sentences: dict[int, tuple[Block, int, bool, int, list[int], tuple[str, bool]]] = {}
        self._last: _Told | None = None
        self._subjects: dict[int, bool] = {}
        self._headings: dict[int, list[int]] = {}
        self._around: dict[int, _Around] = {}
        self._above: dict[int, list[_Proposed]] = {}
        self._back: dict[int, list[_Proposed]] = {}
        self.sentence_of = [scene.sentence(start) for start in self.starts]
        self.clause_of = [scene.clauses.index(start) for start in self.starts]
        self.block_of = [scene.block(start) for start in self.starts]
        self.list_head = self._list_heads()
        self.by_sentence: dict[int, list[int]] = {}
        self.by_block: dict[int, list[int]] = {}
        for index, block in enumerate(self.block_of):
            if not self._other_name(index):
                self.by_sentence.setdefault(self.sentence_of[index], []).append(index)
            if block.kind != "heading" or block.level == 1 or heads(block, self.organisations[index]):
                self.by_block.setdefault(block.start, []).append(index)
        self.prominence = Prominence(scene, self.organisations, self.block_of, self.subject)
        self.standing = standing(scene, self.organisations, self.block_of)

    def _list_heads(self) -> list[int]:
        """For each mention the first one of the list that it stands in, mostly itself: 从甲局、乙局和丙局抽调."""
        found: list[int] = []
        for index in range(len(self.organisations)):
            listed = index and self._between(self.scene.text, index - 1, index) in _LISTED
            found.append(found[-1] if listed else index)
        return found

    def _other_name(self, index: int) -> bool:
        """Whether a mention only gives another name of the one before it: 县工商联(总商会)."""
        text, end = self.scene.text, self.organisations[index].end
        return index > 0 and text[end : end + 1] == ")" and self._between(text, index - 1, index) == "("

    def candidates(self, trigger: Trigger) -> list[ActorCandidate]:
        """The candidates of one trigger, nobody first."""
        told = self._last = self._told(trigger)
        found: dict[str, ActorCandidate] = {}
        self._add_mentions(found, told)
        place = (told.own, told.shape, told.chain, told.passive)
        for rank, earlier in enumerate(self.earlier):
            near = _nearness(earlier, told)
            key = ("previous" if rank == 0 else "before-previous", min(told.sentence - earlier.sentence, 4), near, told.own, told.shape, earlier.origin,
                   earlier.action == trigger.actions[0])
            candidate = found.get(earlier.name)
            if candidate is None:
                candidate = found[earlier.name] = ActorCandidate(earlier.name, None, "earlier action")
            candidate.keys.append(key)
        self._add_structure(found, told, place)
        self._describe(found, told)
        return [self._nobody(told, len(found)), *found.values()]

    def _told(self, trigger: Trigger) -> _Told:
        scene = self.scene
        sentence, clause = scene.sentence(trigger.start), scene.clauses.index(trigger.start)
        shared = self._sentences.get(sentence)
        if shared is None:
            block, (first, last) = scene.block(trigger.start), scene.sentence_span(trigger.start)
            headed = self.standing.above(block) is not None or any(scene.findings.layout.blocks[s].level > 1 for s in self._naming_headings(block))
            said_we = next((end for start, end in self._we if start >= first), last + 1)
            here = self.by_sentence.get(sentence, [])
            shared = self._sentences[sentence] = block, first, headed, said_we if said_we <= last else last + 1, here, self._headed_by(block)
        block, first, headed, we, here, headed_by = shared
        before = [index for index in here if self.organisations[index].end <= trigger.start] if here else here
        subjects = [index for index in before if self.subject(index)] if before else before
        own = self._own(subjects, clause) + ("|headed" if headed else "") + ("|we" if we <= trigger.start else "")
        head = self.heads.before(clause, trigger.start)
        chain, noun, at, starts = "", head.word, clause - 1, scene.clauses.starts
        while not head.shape and not chain and at >= 0 and at > clause - 5 and starts[at] >= first:
            above = self.heads.of(at)
            chain, noun = above.shape, above.word
            at -= 1
        passive = self._is_passive(starts[clause], trigger.start)
        area = _area(noun)
        return _Told(trigger, sentence, block, self.standing.unit(block), clause, here, before, subjects, own, headed, head.shape, head.word, head.after,
                     chain, passive, area, headed_by)

    def _headed_by(self, block: Block) -> tuple[str, bool]:
        """The body that the nearest heading above a block names, and whether the heading says nothing else; no name where it names none."""
        above = self.standing.above(block)
        if above is not None:
            return self.organisations[above].name, True
        for section in self._naming_headings(block)[:1]:
            heading = self.scene.findings.layout.blocks[section]
            mention = self.organisations[self.by_block[heading.start][0]]
            if heading.level > 1:
                return mention.name, mention.start - heading.start <= _NUMBERING and heading.end - mention.end <= 1
        return "", False

    def _is_passive(self, start: int, end: int) -> bool:
        """Whether a word of the passive stands between two positions."""
        at = first_from(self._passives, start)
        return at < len(self._passives) and self._passives[at] < end

    def _nobody(self, told: _Told, others: int) -> ActorCandidate:
        trigger = told.trigger
        quoted = self.scene.text.find("“", max(0, trigger.start - 30), trigger.start) >= 0
        nobody = ActorCandidate(NOBODY, None, "nobody named")
        nobody.keys = [
            ("origin", "nobody named", trigger.actions[0], trigger.modality),
            ("nobody", told.own, min(others, 3), trigger.modality, str(self.last_named), told.block.kind, quoted),
            ("clause", told.own, told.shape, told.chain, told.after, told.passive, trigger.actions[0], self.prominence.ours is not None),
        ]
        nobody.keys += [("nobody-verb", trigger.text), ("nobody-head", told.word, told.own)]
        if told.area:
            nobody.features.append("nobody|whole-area")
        return nobody

    def _add_structure(self, found: dict[str, ActorCandidate], told: _Told, place: tuple[str, str, str, bool]) -> None:
        """Add what stands around the trigger's sentence: headings, the sentences before, the head of the paragraph, the main body of the article."""
        for listed in (self._before(told.sentence), self._above_block(told.block)):
            for name, origin, mention, places in listed:
                if mention is not None and self.starts[mention] >= told.trigger.start:
                    continue
                candidate = found.get(name)
                if candidate is None:
                    candidate = found[name] = ActorCandidate(name, mention, origin)
                candidate.keys.append(("places", places, place))

    def _before(self, sentence: int) -> list[_Proposed]:
        """Who is named in the two sentences before: first, last, and the last that can be a subject."""
        kept = self._back.get(sentence)
        if kept is not None:
            return kept
        out: list[tuple[str, str, str, int | None]] = []
        for back in (1, 2):
            earlier = self.by_sentence.get(sentence - back, ())
            if earlier and self.block_of[earlier[0]].kind != "heading":
                subject = next((index for index in reversed(earlier) if self.subject(index)), None)
                for where, index in (("first", earlier[0]), ("last", earlier[-1]), ("subject", subject)):
                    if index is not None:
                        out.append((self.organisations[index].name, "earlier sentence", f"{where}-in-{back}{self._governed(index)}", index))
        kept = self._back[sentence] = _grouped(out)
        return kept

    def _above_block(self, block: Block) -> list[_Proposed]:
        """Who is named above a block: in its headings, alone on a line, at its own head, in the title, most often in the article."""
        kept = self._above.get(block.start)
        if kept is not None:
            return kept
        blocks = self.scene.findings.layout.blocks
        out: list[tuple[str, str, str, int | None]] = []
        above = self.standing.above(block)
        naming = [(min(blocks[section].level, 3), self.by_block[blocks[section].start][:2]) for section in self._naming_headings(block)[:3]]
        for rank, (level, indices) in enumerate([*([] if above is None else [(3, [above])]), *naming]):
            for index in indices:
                name = acting_body(self.organisations[index].name)
                out += [(name, "heading", f"heading{rank}", index), (name, "heading", f"heading-level{level}", index)]
        for index in self.by_block.get(block.start, ())[:1]:
            out.append((self.organisations[index].name, "start of the paragraph", f"first-in-block{self._governed(index)}", index))
        prominence = self.prominence
        for where, listed in (("title", prominence.titled.get(block.article, ())[:2]), ("signed", prominence.signed.get(block.article, ())[:2]),
                              ("owner", () if prominence.owner is None else (prominence.owner,))):
            out += [(acting_body(self.organisations[index].name), "title", where, index) for index in listed]
        for where, body in (("main", prominence.main.get(block.article)), ("main-subject", prominence.main_subject.get(block.article))):
            if body:
                out.append((body, "main body of the article", where, None))
        kept = self._above[block.start] = _grouped(out)
        return kept

    def _describe(self, found: dict[str, ActorCandidate], told: _Told) -> None:
        """Give every candidate the features of its origin and of the body itself."""
        article, section, action, modality = told.block.article, told.block.section, told.trigger.actions[0], told.trigger.modality
        prominence, elsewhere = self.prominence, "headed" if told.headed else "-"
        for name, candidate in found.items():
            where = "here" if candidate.origin == "own sentence" else elsewhere
            candidate.keys += [
                ("origin", candidate.origin, action, modality),
                ("name", prominence.known(article, name), action, where, min(self.acted.get((section, name), 0), 3),
                 self._ago(prominence.mentions_of.get(name), told)),
            ]
            heading, alone = told.headed_by
            if heading:
                candidate.keys.append(("headed-by", _kin(name, heading), alone, candidate.origin, told.own))
            if self.earlier:
                candidate.keys.append(("kin", _kin(name, self.earlier[0].name), candidate.origin, told.own))
            if told.area:
                candidate.features.append("whole-area" if name[-1] == told.area else f"part-of-area|{where}")

    def _ago(self, mentions: list[int] | None, told: _Told) -> str:
        """How many sentences ago the report named a body, and whether in the same paragraph or section."""
        last = None
        for index in mentions or ():
            if self.starts[index] >= told.trigger.start:
                break
            last = index
        if last is None:
            return "never"
        block = self.block_of[last]
        if block is told.block:
            return f"paragraph{min(told.sentence - self.sentence_of[last], 4)}"
        return "section" if block.section == told.block.section else "elsewhere"

    def _naming_headings(self, block: Block) -> list[int]:
        """The headings above a block that name a body, nearest first."""
        kept = self._headings.get(block.section)
        if kept is not None:
            return kept
        blocks, section, found = self.scene.findings.layout.blocks, block.section, []
        while section >= 0:
            beside = section  # headings that follow one another with nothing between them head together: 单位:西屏街道, 时间:6月24日
            while beside >= 0 and blocks[beside].kind == "heading" and blocks[beside].level == blocks[section].level:
                if blocks[beside].start in self.by_block:
                    found.append(beside)
                beside -= 1
            section = blocks[section].section
        self._headings[block.section] = found
        return found

    def _add_mentions(self, found: dict[str, ActorCandidate], told: _Told) -> None:
        """Add the mentions of the trigger's sentence; of several with one name the nearest before the trigger speaks for it."""
        before, subjects = told.before, told.subjects
        for index in told.here:
            mention = self.organisations[index]
            candidate = found.get(mention.name)
            if candidate is None or (mention.start < told.trigger.start and candidate.mention is not None):
                candidate = found[mention.name] = ActorCandidate(mention.name, index, "own sentence")
                self._mention_features(candidate, index, told)
                if index in before:
                    is_subject = index in subjects
                    candidate.keys.append(("order", min(len(before) - before.index(index), 3), is_subject,
                                           min(len(subjects) - subjects.index(index), 3) if is_subject else 0, bool(subjects),
                                           self._triggers_between(mention.end, told.trigger.start), min(told.clause - self.clause_of[index], 2)))

    def _triggers_between(self, start: int, end: int) -> int:
        """How many settled triggers stand between two positions, as far as two."""
        return min(first_from(self._trigger_starts, end) - first_from(self._trigger_starts, start), 2)

    def _surroundings(self, index: int) -> _Around:
        """What stands around a mention; before one in a list, what stands before the list."""
        kept = self._around.get(index)
        if kept is None:
            mention, scene = self.organisations[index], self.scene
            _, _, _, behind, _ = scene.tags_around(mention.start, mention.end)
            end, mention = mention.end, self.organisations[self.list_head[index]]
            _, tag, _, _, _ = scene.tags_around(mention.start, mention.end)
            clause = scene.clauses.starts[self.clause_of[index]]
            starts = "-"
            if mention.start - scene.block(mention.start).start <= 2:
                starts = "block"
            elif mention.start - scene.sentence_span(mention.start)[0] <= 1:
                starts = "sentence"
            elif mention.start == clause:
                starts = "clause"
            before = scene.text[mention.start - 1 : mention.start]
            if before and (before in _PREPOSITIONS or before == "的"):
                preposition = before
            else:
                preposition = "start" if mention.start == clause else _RELATIONS.get(scene.word_before(mention.start), "-")
            kept = self._around[index] = (preposition, tag, scene.word_before(mention.start), scene.text[end : end + 1], behind, scene.word_after(end), starts,
                                          scene.says_verb(clause, mention.start))
        return kept

    def _mention_features(self, candidate: ActorCandidate, index: int, told: _Told) -> None:
        scene, trigger, mention = self.scene, told.trigger, self.organisations[index]
        text = scene.text
        at = self.clause_of[index]
        preposition, tag_before, word_before, after, tag_after, word_after, starts, verb = self._surroundings(index)
        side = "before" if mention.start < trigger.start else "after"
        apart = min(abs(told.clause - at), 4)
        candidate.keys.append(("mention", side, apart, preposition, mention.type, after, self.list_head[index] != index, verb))
        together = apart == 0
        passive = False
        features = candidate.features
        candidate.keys.append(("word-before", word_before, side, together))
        if side == "before":
            gap = trigger.start - mention.end
            near = "0" if gap == 0 else "4" if gap <= 4 else "12" if gap <= 12 else "30" if gap <= 30 else "far"
            between = _runs(scene.covered, mention.end, trigger.start)
            candidate.keys.append(("gap", near, preposition, after, between))
            if text[trigger.end : trigger.end + 1] == "的":
                candidate.keys.append(("relative", near, preposition, between))
            passive = gap < 60 and self._is_passive(mention.end, trigger.start)
            candidate.keys.append(("word-behind", word_after, side, together))
            if after == "的":
                features.append("possessor")
        else:
            features += [f"by={text[trigger.end:mention.start] if mention.start - trigger.end <= 2 else 'far'}",
                         f"pre2={text[max(mention.start - 2, 0):mention.start]}|after"]
        candidate.keys.append(("surroundings", side, together, tag_before, tag_after, passive, starts, told.shape))
        if together:
            candidate.keys.append(("verb", side, trigger.text))
        if mention.pronoun:
            features.append("pronoun")

    def _own(self, subjects: list[int], clause: int) -> str:
        """Whether the trigger's own clause or sentence names a subject already."""
        if not subjects:
            return "own-none"
        return "own-clause" if self.clause_of[subjects[-1]] == clause else "own-sentence"

    def subject(self, index: int) -> bool:
        """Whether a mention can be a subject: no preposition and no verb before it, no 的 after it, at the head of its clause or after a date."""
        kept = self._subjects.get(index)
        if kept is None:
            kept = self._subjects[index] = self._can_be_subject(index)
        return kept

    def _governed(self, index: int) -> str:
        """A mark for the places of mentions that can be no subject: 在区委的领导下, 由副院长带领外科, 来到柳林社区."""
        return "" if self.subject(index) else "-governed"

    def _governs(self, start: int, end: int) -> bool:
        """Whether a verb or a preposition stands between two positions: 向全体会员企业、商协会发出倡议."""
        tags, first = self.scene.tags, self.scene.first_word
        return any(tags[at][0] in "vp" for at in range(first(start), first(end)))

    def _can_be_subject(self, index: int) -> bool:
        text, mention = self.scene.text, self.organisations[index]
        if text[mention.end : mention.end + 1] == "的":
            return False
        mention = self.organisations[self.list_head[index]]
        start = self.scene.clauses.starts[self.clause_of[index]]
        before = text[mention.start - 1 : mention.start] if mention.start > start else ""
        if before == "、":
            return not self._governs(start, mention.start)
        if before in _PREPOSITIONS and before != "由":
            return False
        if before in ("", "由") or self.scene.covered[mention.start - 1] == DATE:
            return True
        return mention.start - start <= _NEAR_START and not self.scene.says_verb(start, mention.start)

    def choose(self, trigger: Trigger) -> ActorCandidate:
        """The likeliest candidate of one trigger."""
        found = self.candidates(trigger)
        if self.model is None:
            named = [c for c in found if c.mention is not None and self.organisations[c.mention].start < trigger.start and c.origin == "own sentence"]
            return named[0] if named else next((c for c in found if c.origin in ("earlier action", "heading")), found[0])
        scores = [self._score(candidate, self.model) for candidate in found]
        return found[scores.index(max(scores))]

    def _score(self, candidate: ActorCandidate, model: Partials) -> int:
        total, weights = 0, model.weights
        for key in candidate.keys:
            total += model[key]
        for feature in candidate.features:
            total += weights.get(feature, 0)
        return total

    def remember(self, name: str, trigger: Trigger, origin: str = "own sentence") -> None:
        """Note the actor chosen, for the events that follow."""
        self.last_named = bool(name)
        if name:
            told = self._last if self._last is not None and self._last.trigger is trigger else self._told(trigger)
            self.acted[told.block.section, name] += 1
            if origin == "earlier action":
                origin = next((one.origin for one in self.earlier if one.name == name), origin)
            now = _Earlier(name, told.sentence, told.block, told.unit, trigger.actions[0], origin)
            self.earlier = [now, *[one for one in self.earlier if one.name != name][:1]]

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


def _grouped(listed: list[tuple[str, str, str, int | None]]) -> list[_Proposed]:
    """What places propose, by name; the first place gives origin and mention."""
    found: dict[str, _Proposed] = {}
    for name, origin, place, mention in listed:
        if not name:
            continue
        kept = found.get(name)
        if kept is None:
            found[name] = (name, origin, mention, (place,))
        elif place not in kept[3]:
            found[name] = (*kept[:3], (*kept[3], place))
    return list(found.values())


def _kin(name: str, other: str) -> str:
    """How one body's name is related to another one's: the same, its owner, a unit of it, or not at all."""
    if name == other:
        return "same"
    return "owner" if other.startswith(name) else "unit" if name.startswith(other) else "-"


def _nearness(earlier: _Earlier, told: _Told) -> str:
    """How near an earlier event stands: in the same paragraph, section or article, or none of them, under another mark (◆县住建局 … ◆全县累计)."""
    before, block = earlier.block, told.block
    if before.start == block.start:
        return "paragraph"
    if before.article != block.article:
        return "elsewhere"
    if earlier.unit != told.unit:
        return "unit"
    return "section" if before.section == block.section else "article"


def features_of(candidate: ActorCandidate) -> list[str]:
    """The names of all features of a candidate."""
    return [*candidate.features, *[name for key in candidate.keys for name in of_actor(key)]]


def _runs(covered: bytes, start: int, end: int) -> int:
    """How many organisation mentions begin between two positions, as far as two."""
    found, at = 0, covered.find(ORGANISATION, start, end)
    while at >= 0 and found < 2:
        found += covered[at - 1] != ORGANISATION
        at = covered.find(ORGANISATION, at + 1, end)
    return found


def fill_actor(event: Event, candidate: ActorCandidate, finder: ActorFinder) -> None:
    """Write the chosen actor, and those who act jointly with it, into an event."""
    event.organisation_reason = candidate.origin
    if not candidate.name:
        return
    event.organisation_names = [candidate.name]
    if candidate.mention is not None and candidate.origin == "own sentence":
        event.organisations = finder.joint(candidate.mention)
        acting = [finder.organisations[i] for i in event.organisations]
        event.organisation_names = list(dict.fromkeys(name for mention in acting for name in (mention.name, *mention.joint)))
