"""The component ``miner_events``: triggers become events with actors, days and quantities.

In: a Doc whose triggers, organisations, dates and quantities are found. Out: ``doc._.findings.events``.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from miner.components import dates
from miner.components.events.actor_features import of_actor
from miner.components.events.actors import ActorFinder, fill_actor
from miner.components.events.items import leave_out_deeds
from miner.components.events.link_features import LinkWeights
from miner.components.events.links import Linker
from miner.components.events.shares import share_out
from miner.components.linear import Partials, read_model, thousandths
from miner.components.scene import DATE, Scene, scene_of
from miner.document import Event, Findings

_HAPPENED = frozenset(("done", "ongoing", "negated"))


class EventsComponent:
    """Builds events."""

    def __init__(self) -> None:
        self.actor: Partials | None = None
        self.link: LinkWeights | None = None
        model = read_model("events")
        if model is not None:
            self.use(model)

    def use(self, model: dict[str, Any]) -> None:
        """Decide by a trained model (the content of ``models/events.json``)."""
        self.actor = Partials(thousandths(model["actor"]["weights"]), of_actor) if "actor" in model else None
        self.link = LinkWeights(thousandths(model["link"]["weights"])) if "link" in model else None

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.events``; a trigger that no number settled is dropped."""
        findings: Findings = doc._.findings
        findings.events = self.build(findings)
        leave_out_deeds(findings)
        if findings.events:
            share_out(findings, scene_of(findings))
        acting = {event.start for event in findings.events}
        findings.triggers = [trigger for trigger in findings.triggers if trigger.start in acting]
        findings.scene = None  # it holds the findings: reports that are done with are freed at once, without waiting for the garbage collector
        return doc

    def build(self, findings: Findings) -> list[Event]:
        """The events of one report, ascending."""
        if not findings.triggers:
            return []
        scene = scene_of(findings)
        triggers = findings.triggers
        quantities: dict[int, list[int]] = {}
        for index, link in enumerate(Linker(scene, triggers, self.link).run()):
            if link is not None:
                quantities.setdefault(link, []).append(index)
        finder = ActorFinder(scene, self.actor)
        days, events = Days(scene), []
        for number, trigger in enumerate(triggers):
            if not trigger.settled and number not in quantities:
                continue
            told = trigger.text, trigger.actions[0], trigger.modality, trigger.modality_reason
            event = Event(trigger.start, trigger.end, *told, quantities=quantities.get(number, []), confidence=trigger.confidence)
            chosen = finder.choose(trigger)
            fill_actor(event, chosen, finder)
            finder.remember(chosen.name, trigger, chosen.origin)
            days.set(event)
            if not trigger.left_out:
                events.append(event)
        return events


class Days:
    """Hands events the days of the date that governs their place.

    Parameters
    ----------
    scene
        The report's shared view.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._kept: dict[tuple[int, bool], tuple[int, str] | None] = {}

    def governing(self, position: int, happened: bool = False) -> tuple[int, str] | None:
        """The governing date of what has happened or of anything else; in a clause without a date it is the same everywhere."""
        clause = self.scene.clauses.index(position)
        key = clause, happened
        if key in self._kept:
            return self._kept[key]
        found = dates.governing_date(self.scene.findings, position, happened)
        if self.scene.covered.find(DATE, *self.scene.clauses.span(clause)) < 0:
            self._kept[key] = found
        return found

    def set(self, event: Event) -> None:
        """Write the days, the date that tells them and the reason into an event."""
        governing = self.governing(event.start, event.modality in _HAPPENED)
        if governing is None:
            return
        index, event.date_reason = governing
        event.date = index
        event.date_from, event.date_to = dates.governed_days(self.scene.findings.dates[index])


@Language.factory("miner_events")
def make(nlp: Language, name: str) -> EventsComponent:
    """The spaCy factory."""
    return EventsComponent()
