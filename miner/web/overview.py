"""Counts as charts, each with its table; every bar leads to the search for the work that it counts."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from miner.counts import UNKNOWN, Counts
from miner.pages.view import number
from miner.pages.wording import Wording
from miner.web.asked import Asked
from miner.web.charts import Bar, Chart, columns, ranked
from miner.web.site import Site

TOP = 12
YEARS = 3
"""Work within so many years is shown by month, more by year."""
RANKED = ("organisation", "action", "item", "region")


@dataclass(frozen=True)
class Section:
    """A count that a page shows: its name, chart, the counts themselves and the bars of its table."""

    name: str
    chart: Chart
    bars: list[Bar]
    counts: Counts


def sections(site: Site, asked: Asked, words: Wording, names: tuple[str, ...] = RANKED) -> list[Section]:
    """The counts by time, then by each of the names that no filter settles.

    Parameters
    ----------
    site
        Where to count.
    asked
        Filters that hold for all of them.
    words
        The language of labels.
    names
        Columns to rank, out of ``miner.counts.BY``.
    """
    chosen = asked.selection()
    shown = tuple(name for name in names if name not in ("organisation", "action") or getattr(asked, name) is None)
    tables = site.tables(("year", "month", *shown), chosen, TOP + 1)
    return [_over_time(tables, asked, words), *(_ranked(name, tables[name], asked, words) for name in shown)]


def _over_time(tables: dict[str, Counts], asked: Asked, words: Wording) -> Section:
    known = [int(row["year"]) for row in tables["year"].rows if row["year"] != UNKNOWN]
    name = "year" if known and max(known) - min(known) >= YEARS else "month"
    counts = tables[name]
    bars = [_time_bar(name, row, asked, words) for row in _without_gaps(name, counts.rows)]
    drawn = [bar for bar in bars if bar.note != UNKNOWN]
    return Section(name, columns(drawn), [bar for bar in bars if bar.value or bar.note == UNKNOWN], counts)


def _without_gaps(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with empty ones for months or years without work between, so that a chart's axis is time."""
    known = {str(row[name]): row for row in rows if row[name] != UNKNOWN}
    if not known:
        return rows
    at, last, out = min(known), max(known), []
    while at <= last:
        out.append(known.get(at, {name: at, "events": 0}))
        at = _next(name, at)
    return out + [row for row in rows if row[name] == UNKNOWN]


def _next(name: str, at: str) -> str:
    if name == "year":
        return f"{int(at) + 1:04d}"
    year, month = int(at[:4]), int(at[5:7])
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def _time_bar(name: str, row: dict[str, Any], asked: Asked, words: Wording) -> Bar:
    value, said = row["events"], str(row[name])
    if said == UNKNOWN:
        return Bar(words("undated"), value, number(value), None, UNKNOWN)
    first, last = period(said)
    if asked.date_from and asked.date_from > first:
        first = asked.date_from
    if asked.date_to and asked.date_to < last:
        last = asked.date_to
    return Bar(said, value, number(value), asked.link("/search", modality=asked.modality or "done", date_from=first, date_to=last) if value else None)


def period(said: str) -> tuple[dt.date, dt.date]:
    """First and last day of a year (``2021``) or month (``2021-08``)."""
    year = int(said[:4])
    if len(said) == 4:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = int(said[5:7])
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _ranked(name: str, counts: Counts, asked: Asked, words: Wording) -> Section:
    bars = []
    for row in [row for row in counts.rows if row[name]][:TOP]:
        value = row["organisation_id"] if name == "organisation" and row.get("organisation_id") else row[name]
        label = words.code("action", row[name]) if name == "action" else str(row[name])
        href = asked.link("/search", **{"modality": asked.modality or "done", name: str(value)})
        bars.append(Bar(label, row["events"], number(row["events"]), href))
    without = sum(row["events"] for row in counts.rows if not row[name])
    rest = [Bar(words("not_said"), without, number(without), None, UNKNOWN)] if without else []
    return Section(name, ranked(bars), bars + rest, counts)


def amounts(site: Site, asked: Asked) -> Counts:
    """What and how much: the sums of an action's quantities by item and unit, those of most actions first."""
    counts = site.counted(("action", "item"), asked.selection(), sum_value=True)
    rows = sorted((row for row in counts.rows if row["item"]), key=lambda row: (-row["events"], -(row["value"] or 0)))[: 2 * TOP]
    return replace(counts, rows=rows)
