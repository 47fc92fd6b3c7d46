"""Short names that the report itself defines: 中山市公安局古镇分局(以下简称分局).

In: clean text and the mentions decided. Out: the short names with the mention that each stands for, and the places where they are used.
"""

from __future__ import annotations

import re

from miner.components.organisations.mentions import Mention

_DEFINITION = re.compile(
    r"(?:[(（](?:(?:以下|下面|下文|以后|后文|本文|下|后)?(?:均|统|都|皆)?(?:简称|简作|简写为|称作|称为|称|统称)|即|又称|俗称)|[,，](?:以下|下文)(?:均|统)?简?称)[:为作是]?"
    r"[“\"《「‘]?([^()（）“”\"《》「」‘’,，。;；\n]{2,16})[”\"》」’]?[)）,，。;；]")


def defined_names(text: str, mentions: list[Mention]) -> dict[str, Mention]:
    """Short name → the mention it is defined after."""
    ends = {mention.end: mention for mention in mentions}
    found: dict[str, Mention] = {}
    if "称" not in text and "(即" not in text:
        return found
    for match in _DEFINITION.finditer(text):
        mention = ends.get(match.start())
        if mention is not None:
            found[match.group(1)] = mention
    return found


def uses(text: str, definitions: dict[str, Mention], mentions: list[Mention]) -> list[Mention]:
    """New mentions where a defined short name stands outside every mention found; a mention that ends inside one is left alone."""
    taken = {position for mention in mentions for position in range(mention.start, mention.end)}
    added: list[Mention] = []
    for short, full in definitions.items():
        at = text.find(short)
        while at >= 0:
            if not any(position in taken for position in range(at, at + len(short))):
                added.append(Mention(at, at + len(short), short, full.head, [], 0.95))
                taken.update(range(at, at + len(short)))
            at = text.find(short, at + len(short))
    return sorted([*mentions, *added], key=lambda m: m.start)
