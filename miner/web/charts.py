"""Charts as SVG: lengths in per cent and heights in pixels, so that they fit any width while their letters keep their size.

In: labels, numbers, addresses. Out: the geometry that ``_charts.html`` draws; colours are classes of the style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

ROW = 38  # pixels of a ranked bar with its label above
HIGH = 170  # pixels of the tallest column
LABELS = 6  # at most so many months are named under the columns: they must not run into each other on a phone


@dataclass(frozen=True)
class Bar:
    """A bar: what it counts, its address (None where no search finds just that), and a note for the reader."""

    label: str
    value: float
    shown: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Drawn:
    """A bar with its place: `x`, `width` in per cent, `y`, `height` in pixels; `named` where its label is written."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float
    named: bool = True


@dataclass(frozen=True)
class Chart:
    """A chart: its kind (``ranked`` or ``columns``), its height in pixels, its bars, the value at its top."""

    kind: str
    height: float
    bars: tuple[Drawn, ...]
    top: str = ""


def ranked(bars: list[Bar]) -> Chart:
    """Bars one below the other, longest first as given."""
    most = max((bar.value for bar in bars), default=0) or 1
    drawn = tuple(Drawn(bar, 0, at * ROW + 20, round(max(100 * bar.value / most, 0.3), 2), 10) for at, bar in enumerate(bars))
    return Chart("ranked", len(bars) * ROW + 2, drawn)


def columns(bars: list[Bar]) -> Chart:
    """Columns side by side, in the order given."""
    most = max((bar.value for bar in bars), default=0) or 1
    share = 100 / max(len(bars), 1)
    every = -(-len(bars) // LABELS)
    drawn = []
    for at, bar in enumerate(bars):
        tall = round(max(HIGH * bar.value / most, 1 if bar.value else 0), 1)
        width = min(share * 0.78, 8)
        drawn.append(Drawn(bar, round(at * share + (share - width) / 2, 3), HIGH + 22 - tall, round(width, 3), tall, at % every == 0))
    return Chart("columns", HIGH + 46, tuple(drawn), max(bars, key=lambda bar: bar.value).shown if bars else "")
