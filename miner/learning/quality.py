"""The docs' page of figures: ``python -m miner.learning.quality "unseen (test)=corpora/test" "tuned on (dev)=corpora/dev" > docs/quality.md``.

In: folders of annotated reports with their titles. Out: a Markdown page; the first folder is also broken down by every facet.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from miner.learning.evaluation import Evaluation, Figures, evaluate, read_examples
from miner.learning.scoring import FACETS, FOUND_FIGURES, headline

MEANINGS = {
    "org.exact": "organisations found with exactly their characters",
    "org.overlap": "organisations found, their ends aside",
    "org.name": "the full name, of those found",
    "org.type": "the type, of those found",
    "date.span": "dates found, their ends aside",
    "date.exact": "dates found with exactly their characters",
    "date.resolved": "dates found and resolved to the right days",
    "qty.span": "quantities found, their ends aside",
    "qty.exact": "quantities found with exactly their characters",
    "qty.value_unit": "quantities found with the right value and unit",
    "qty.item": "what is counted, of all quantities",
    "qty.qualifier": "exact, about, at least, at most, of all quantities",
    "qty.scope": "one, total, part, rate, duration, of all quantities",
    "action.sentence": "pairs of sentence and action type",
    "event.trigger": "actions found with the right type where they stand",
    "event.modality": "done, ongoing, planned, required, negated, of those found",
    "event.organisation": "the actor, of those found",
    "row.action": "the action type of a quantity's row",
    "row.organisation": "the actor of a quantity's row",
    "row.date": "the days of a quantity's row",
    "row.modality": "the modality of a quantity's row",
    "row.no_action": "quantities that only describe and belong to no row",
    "row.exact": "whole rows: value, unit, item, action, actor, days and modality all right",
    "report.published": "the day of publication",
    "report.jurisdiction": "the division that reports",
    "report.article_count": "the number of articles on the page",
}
"""The figures in the order of the page."""
_SHOWN = ("org.exact", "org.name", "date.resolved", "qty.value_unit", "qty.item", "action.sentence", "event.organisation", "event.modality", "row.exact")


def page(evaluations: Mapping[str, Evaluation]) -> str:
    """The page: one column of figures per evaluation, then the first one by every facet."""
    titles = list(evaluations)
    lines = ["# How well it works", "", "Made by `python -m miner.learning.quality`; do not edit. Figures are F1 where something is to be found, and accuracy",
             "where a cell is to be filled; what the annotation calls optional counts neither way. `miner evaluate DIR` gives the same figures",
             "with precision, recall and counts.", "", f"| figure | {' | '.join(titles)} | meaning |", "| --- |" + " ---: |" * len(titles) + " --- |"]
    sizes = [evaluation.size() for evaluation in evaluations.values()]
    lines += [f"| reports | {' | '.join(str(reports) for reports, _ in sizes)} | |",
              f"| characters | {' | '.join(str(characters) for _, characters in sizes)} | |"]
    figures = [evaluation.figures() for evaluation in evaluations.values()]
    lines += [f"| `{name}` | {' | '.join(_cell(found, name) for found in figures)} | {'F1' if name in FOUND_FIGURES else 'accuracy'}: {meaning} |"
              for name, meaning in MEANINGS.items()]
    first = evaluations[titles[0]]
    for facet in FACETS:
        lines += ["", f"## By {facet}: {titles[0]}", "", *_breakdown(facet, first.breakdown(facet))]
    return "\n".join(lines) + "\n"


def _breakdown(facet: str, groups: Mapping[str, Figures]) -> list[str]:
    names = [name for name in _SHOWN if any(name in found for found in groups.values())]
    rows = [f"| {value} | {' | '.join(_cell(found, name, count=True) for name in names)} |" for value, found in groups.items()]
    return [f"| {facet} | {' | '.join(f'`{name}`' for name in names)} |", "| --- |" + " ---: |" * len(names), *rows]


def _cell(figures: Figures, name: str, count: bool = False) -> str:
    figure = figures.get(name)
    if figure is None:
        return "–"
    of = figure["of"] if "of" in figure else int(figure["tp"] or 0) + int(figure["fn"] or 0)
    return f"{headline(figure):.3f}" + (f" ({of})" if count else "")


if __name__ == "__main__":
    if not sys.argv[1:] or not all("=" in argument for argument in sys.argv[1:]):
        sys.exit('usage: python -m miner.learning.quality "TITLE=DIR"...')
    folders = dict(argument.split("=", 1) for argument in sys.argv[1:])
    print(page({title: evaluate(read_examples(Path(folder))) for title, folder in folders.items()}), end="")
