"""The bodies of a report: how often each is named, and which of them the title, the by-line, the foot of the page and 我局 point to.

In: the organisations of a report. Out: what each article tells of each body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from miner.components.data_files import toml_data
from miner.components.events.standing import acting_body
from miner.components.scene import Scene
from miner.document import Organisation
from miner.layout import Block

_OWNED = re.compile(toml_data("events", "context_words")["owned"])
_OURS = ("我", "本")

Known = tuple[str, int, int, str, bool, str]
"""What an article tells of a body: its type, how often it is named, how often as a subject, whether most often of all (``named``, ``subject``), whether
title or by-line name it, whether 我局 is it."""


class Prominence:
    """How prominent the bodies of one report are, by name.

    Parameters
    ----------
    scene
        The report's shared view.
    organisations
        The mentions of the report, ascending.
    block_of
        The block of each of them.
    subject
        Whether the mention of an index can be a subject.

    Attributes
    ----------
    mentions_of
        The mentions of each body.
    titled, signed
        The mentions in the title and in the by-lines of each article.
    main, main_subject
        The body that each article names most often, and most often as a subject.
    owner
        A mention of the body whose page it is, None if the page does not say.
    ours
        The body that the report calls its own (我局, 本院), None if there is none.
    """

    def __init__(self, scene: Scene, organisations: list[Organisation], block_of: list[Block], subject: Callable[[int], bool]) -> None:
        self._organisations = organisations
        self._named: Counter[tuple[int, str]] = Counter()
        self._as_subject: Counter[tuple[int, str]] = Counter()
        self._known: dict[tuple[int, str], Known] = {}
        self.mentions_of: dict[str, list[int]] = {}
        self.titled: dict[int, list[int]] = {}
        self.signed: dict[int, list[int]] = {}
        for index, (mention, block) in enumerate(zip(organisations, block_of, strict=True)):
            name = acting_body(mention.name) if block.kind == "heading" else mention.name
            self._named[block.article, name] += 1
            self.mentions_of.setdefault(name, []).append(index)
            if block.kind == "heading" and block.level == 1:
                self.titled.setdefault(block.article, []).append(index)
            elif block.kind == "byline":
                self.signed.setdefault(block.article, []).append(index)
            elif subject(index):
                self._as_subject[block.article, name] += 1
        self._pointed = {(article, acting_body(organisations[index].name))
                         for places in (self.titled, self.signed) for article, found in places.items() for index in found}
        self.main, self.main_subject = _most(self._named), _most(self._as_subject)
        own = Counter([mention.name for mention in organisations if mention.pronoun and mention.text[0] in _OURS])
        self.ours = own.most_common(1)[0][0] if own else None
        self.owner = _owner(scene, organisations)

    def known(self, article: int, name: str) -> Known:
        """What an article tells of a body."""
        kept = self._known.get((article, name))
        if kept is None:
            mentions = self.mentions_of.get(name)
            most = ("named" if self.main.get(article) == name else "") + ("subject" if self.main_subject.get(article) == name else "")
            ours = "unknown" if self.ours is None else str(self.ours == name)
            kept = self._known[article, name] = (
                self._organisations[mentions[0]].type if mentions else "", min(self._named[article, name], 4), min(self._as_subject[article, name], 3), most,
                (article, name) in self._pointed, ours)
        return kept


def _most(counts: Counter[tuple[int, str]]) -> dict[int, str]:
    """The body counted most often in each article."""
    found: dict[int, str] = {}
    for (article, name), _ in counts.most_common():
        found.setdefault(article, name)
    return found


def _owner(scene: Scene, organisations: list[Organisation]) -> int | None:
    """The body whose page it is, as the furniture of the page says: 版权所有 临江市第二小学, 主办单位:临江市总工会."""
    for block in scene.findings.layout.blocks:
        if block.kind == "furniture" and (owned := _OWNED.search(scene.text, block.start, block.end)):
            said = scene.text[owned.end() : block.end]
            return next((index for index, mention in enumerate(organisations) if not mention.pronoun and said.startswith(mention.text)), None)
    return None
