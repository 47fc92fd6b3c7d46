"""Shares: whose each number of an event is, where several bodies share the event out among them.

In: the events of a report with actors and quantities. Out: ``Quantity.organisation``, the body whose share a number is, and the givers as the event's actors.
"""

from __future__ import annotations

import re

from miner.components.data_files import toml_data
from miner.components.scene import ORGANISATION, Scene
from miner.document import Event, Findings

_RESPECTIVELY = "分别"
_GIVEN, _RECEIVED = "donate", "procure"
_RECEIVING = tuple(toml_data("events", "context_words")["receiving"])
_LISTED = re.compile(r"其中[,:]?|[,;:、。\n]")
_TAKERS = re.compile(r"[向给为对往][^,。;:\n]{0,24}$")
_LONGEST = 40  # characters between the end of a giver's name and the number of its gift
_STOP = re.compile("[,。;\n]")
SHARE = "its own share"


def share_out(findings: Findings, scene: Scene) -> None:
    """Tell whose share each quantity is.

    ``甲、乙分别捐款50万元和30万元``: in their order. ``收到捐款120万元,其中甲50万元、乙30万元``: where something is received, a body named right before a gift
    gave it. What is given *to* the bodies of a list (``捐赠口罩500只,其中甲300只``, ``向下列单位捐赠:甲口罩500只``) is no share of theirs.
    """
    for event in findings.events:
        if len(event.quantities) > 1 and len(event.organisations) > 1:
            _in_order(event, findings)
        if event.quantities and (event.action == _GIVEN or (event.action == _RECEIVED and event.trigger in _RECEIVING)):
            _from_givers(event, findings, scene)


def _in_order(event: Event, findings: Findings) -> None:
    """Hand as many numbers as there are actors to them one by one, if the text says so."""
    actors = sorted(event.organisations, key=lambda index: findings.organisations[index].start)
    numbers = [findings.quantities[index] for index in event.quantities]
    last = findings.organisations[actors[-1]].end
    if len(actors) == len(numbers) and last < numbers[0].start and len({number.unit for number in numbers}) == 1 \
            and _RESPECTIVELY in findings.layout.text[last : numbers[0].start]:
        for number, actor in zip(numbers, actors, strict=True):
            number.organisation = actor


def _from_givers(event: Event, findings: Findings, scene: Scene) -> None:
    """Find the givers of a list; where every gift has one and they follow the verb, they are those who gave, and what was received was given by them.

    A total of what was received keeps its receiver, and then so do its parts, unless the text says that they were given.
    """
    givers: list[int | None] = []
    said = findings.layout.text[scene.sentence_span(event.start)[0] : event.end]
    if _TAKERS.search(said) or not any(word in said for word in _RECEIVING):
        return
    for index in event.quantities:
        quantity = findings.quantities[index]
        free = quantity.start >= event.end and quantity.organisation is None
        givers.append(_giver(findings, scene, event.end, quantity.start) if free else None)
    named = [giver for giver in givers if giver is not None]
    whole = bool(named) and len(named) == len(givers)
    if not whole and event.action != _GIVEN:
        return
    for index, giver in zip(event.quantities, givers, strict=True):
        if giver is not None:
            findings.quantities[index].organisation = giver
    if whole:
        event.action, event.organisation_reason = _GIVEN, SHARE
        event.organisations = list(dict.fromkeys(named))
        event.organisation_names = list(dict.fromkeys(findings.organisations[giver].name for giver in named))


def _giver(findings: Findings, scene: Scene, verb: int, number: int) -> int | None:
    """The body with which the entry of a list begins that a number stands in: nothing but what is given stands between them."""
    text, floor = findings.layout.text, max(verb, number - _LONGEST)
    at = scene.covered.rfind(ORGANISATION, floor, number)
    if at < 0:
        return None
    index = next((i for i, body in enumerate(findings.organisations) if body.start <= at < body.end), None)
    if index is None:
        return None
    body = findings.organisations[index]
    before = text[max(verb, body.start - 3) : body.start]
    opens = any(match.end() == len(before) for match in _LISTED.finditer(before))
    return index if opens and not scene.says_verb(body.end, number) and not _STOP.search(text, body.end, number) else None
