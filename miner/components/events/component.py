"""The component ``miner_events``: triggers become events with actors, days and quantities.

In: a Doc whose triggers, organisations, dates and quantities are found. Out: ``doc._.findings.events``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.components import dates
from miner.components.events.actors import ActorFinder, fill_actor, of_origin
from miner.components.events.links import Linker, of_link
from miner.components.linear import Partials, read_model, thousandths
from miner.components.scene import scene_of
from miner.document import Event, Findings


class EventsComponent:
    """Builds events."""

    def __init__(self) -> None:
        model = read_model("events") or {}
        self.actor: Partials | None = Partials(thousandths(model["actor"]["weights"]), of_origin) if "actor" in model else None
        self.link: Partials | None = Partials(thousandths(model["link"]["weights"]), of_link) if "link" in model else None

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.findings.events``; a trigger that no number settled is dropped."""
        findings: Findings = doc._.findings
        findings.events = self.build(findings)
        acting = {event.start for event in findings.events}
        findings.triggers = [trigger for trigger in findings.triggers if trigger.start in acting]
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
        events = []
        for number, trigger in enumerate(triggers):
            if not trigger.settled and number not in quantities:
                continue
            told = trigger.text, trigger.actions[0], trigger.modality, trigger.modality_reason
            event = Event(trigger.start, trigger.end, *told, quantities=quantities.get(number, []), confidence=trigger.confidence)
            chosen = finder.choose(trigger)
            fill_actor(event, chosen, finder)
            finder.remember(chosen.name, trigger)
            set_days(event, findings)
            if not trigger.left_out:
                events.append(event)
        return events


def set_days(event: Event, findings: Findings) -> None:
    """Hand the days of the date that governs an event's place to it."""
    governing = dates.governing_date(findings, event.start)
    if governing is None:
        return
    index, event.date_reason = governing
    event.date = index
    event.date_from, event.date_to = dates.governed_days(findings.dates[index])


@Language.factory("miner_events")
def make(nlp: Language, name: str) -> EventsComponent:
    """The spaCy factory."""
    return EventsComponent()
