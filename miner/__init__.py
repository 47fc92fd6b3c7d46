"""Mine Chinese work reports: who did what, when, and how much of it, each figure with the place that proves it.

>>> import miner
>>> report = next(miner.mine(["2021年8月6日,临江市市场监管局检查药店12家。"]))
>>> [(event["organisation"], event["action"]) for event in report.to_dict()["events"]]
[('临江市市场监管局', 'inspect')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miner import version

if TYPE_CHECKING:
    from spacy.language import Language

    from miner.records import Report

__version__ = version.VERSION

__all__ = ["__version__", "extract", "find_dates", "find_quantities", "load", "mine", "parse_numeral"]


def mine(texts: Iterable[str], profile: str | Path | None = None) -> Iterator[Report]:
    """Mine texts in this process.

    Parameters
    ----------
    texts
        Source texts: plain text, also with stray tags. A stream may be endless; up to thirty-two texts are taken from it at a time (the first one alone).
    profile
        The file of your own organisations, aliases and suffixes (TOML).

    Yields
    ------
    Report
        One per text, in order.
    """
    from miner.document import Hints
    from miner.pipeline import Told, batches, no_collection, process_batch
    from miner.records import Report

    hints = Hints(profile=str(profile) if profile else None)
    for batch in batches(texts, len, first=1):
        with no_collection():
            reports = [Report(doc) for doc in process_batch([Told(text, hints=hints) for text in batch])]
            for report in reports:
                report.rows()
        yield from reports


def extract(path: str | Path, profile: str | Path | None = None) -> Iterator[Report]:
    """Mine one file: one report, or one per member of an archive.

    Parameters
    ----------
    path
        The file.
    profile
        The file of your own organisations, aliases and suffixes (TOML).

    Raises
    ------
    ValueError
        If the file, a member of it or the profile cannot be read; the message names it and the reason.
    """
    from miner.archive.work import mine_source
    from miner.document import Hints
    from miner.reading import Reject, read

    for source in read(Path(path)):
        if isinstance(source, Reject):
            raise ValueError(f"{source.source}: {source.reason}")
        yield mine_source(source, Hints(profile=str(profile) if profile else None))


def load() -> Language:
    """The spaCy pipeline: ``nlp(text)._.findings`` holds what was found, ``doc.spans`` shows it."""
    from miner.pipeline import load as load_pipeline

    return load_pipeline()


def find_dates(text: str, anchor: str | None = None) -> list[dict[str, Any]]:
    """The calendar expressions of a bare text, resolved, in the form of the table ``dates``.

    Parameters
    ----------
    text
        Any text.
    anchor
        ISO date from which relative and year-less expressions count.
    """
    from miner.components.dates import find_dates as find

    return find(text, anchor)


def find_quantities(text: str) -> list[dict[str, Any]]:
    """The quantities of a bare text, in the form of the table ``quantities``."""
    from miner.components.quantities import find_quantities as find

    return find(text)


def parse_numeral(text: str) -> dict[str, Any] | None:
    """The number that a numeral says: ``{"value": 25000, "high": None, "qualifier": "exact"}`` for 两万五, None for what is no numeral."""
    from miner.components.quantities import parse_numeral as parse

    return parse(text)
