"""Trains the chooser of items: which noun phrase near a number says what is counted.

In: annotated reports with the findings of the components before the quantities. Out: the content of ``models/quantities.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from miner.components.quantities.aspects import features
from miner.components.quantities.candidates import Candidate, Surroundings
from miner.components.quantities.component import finder_of
from miner.components.quantities.items import plain
from miner.components.quantities.spans import Measure
from miner.document import Findings
from miner.learning.annotation import AnnotatedReport, overlapping
from miner.learning.linear import Group, train_ranker

STRENGTH = 0.06
LEAST = 3


def same_item(annotated: str, text: str) -> bool:
    """Whether a candidate says the annotated item, attributes aside; `annotated` may hold alternatives with ``|``."""
    return any(_same(wanted, text) for wanted in annotated.split("|"))


def _same(wanted: str, text: str) -> bool:
    return wanted == text or (min(len(wanted), len(text)) >= 2 and (wanted.endswith(text) or text.endswith(wanted)))


def _text_of(candidate: Candidate, text: str) -> str:
    return candidate.item.text if candidate.item else plain(text[candidate.start : candidate.end]) if candidate.start >= 0 else ""


def examples(report: AnnotatedReport, findings: Findings) -> list[Group]:
    """The choices of one annotated report; numbers marked ``opt`` and those without a right candidate give none.

    The item of a number that later numbers may take over is the annotated one.
    """
    annotated = [record for record in report.records if record["k"] == "qty"]
    text, span = findings.layout.text, findings.layout.source_map.span
    groups: list[Group] = []

    def choose(measure: Measure, around: Surroundings, found: list[Candidate]) -> Candidate:
        start, end = span(measure.start, measure.end)
        gold = next(overlapping(annotated, start, end), None)
        if gold is None:
            return found[0]
        labels = [int(same_item(gold["item"], _text_of(candidate, text))) for candidate in found]
        if not gold.get("opt") and 0 < sum(labels) < len(labels):
            groups.append(([features(around, candidate) for candidate in found], labels))
        right = [candidate for candidate, label in zip(found, labels, strict=True) if label]
        exact = [candidate for candidate in right if _text_of(candidate, text) in gold["item"].split("|")]
        return (exact or right or found)[0]

    finder_of(findings, choose).quantities()
    return groups


def train(reports: Sequence[tuple[AnnotatedReport, Findings]]) -> dict[str, Any]:
    """The model of quantities (the content of ``models/quantities.json``).

    Parameters
    ----------
    reports
        Annotated reports, each with findings whose identifiers, organisations and dates are there.
    """
    groups = [group for report, findings in reports for group in examples(report, findings)]
    ranker = train_ranker(groups, STRENGTH, LEAST)
    return {"items": {"weights": ranker["weights"]}, "trained_on": {"reports": len(reports), "choices": len(groups)}}
