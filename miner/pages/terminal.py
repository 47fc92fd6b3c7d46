"""The view of a report for a terminal: its text in colours, then its rows with the reason for each cell."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from miner.pages.view import Cell, EventView, ReportView
from miner.pages.wording import Wording

STYLES = {"organisation": "bold blue", "date": "green", "action": "bold red", "quantity": "magenta"}
"""The colours of the kinds of mention."""


def print_view(view: ReportView, words: Wording, console: Console | None = None) -> None:
    """Print the view of one report.

    Parameters
    ----------
    view
        What to show.
    words
        The language.
    console
        Where to; standard output, 120 columns wide where that is no terminal.
    """
    console = console or Console(width=None if Console().is_terminal else 120, highlight=False)
    console.print(Text(view.title, style="bold"))
    if view.source != view.title:
        console.print(Text(view.source, style="dim"))
    for cell in view.facts:
        console.print(Text.assemble(f"{cell.label}: ", (cell.value, "bold"), ("  " + cell.reason if cell.reason else "", "dim")))
    console.print(Text("  ").join(Text(words(kind), style=style) for kind, style in STYLES.items()))
    console.print()
    for paragraph in view.paragraphs:
        line = Text(style={"heading": "bold", "furniture": "dim", "byline": "dim"}.get(paragraph.kind, ""))
        for sentence in paragraph.sentences:
            for piece in sentence.pieces:
                style = STYLES[piece.mark.kind] if piece.mark else ""
                line.append(piece.text, style=f"{style} underline" if piece.mark and piece.mark.target else style)
        console.print(Text("\n").join(_folded(line, console.width)))
    console.print()
    if not view.events:
        console.print(words("no_rows"))
    for number, event in enumerate(view.events, 1):
        console.print(Text.assemble(f"{number}. ", (event.trigger, STYLES["action"]), f" {event.action} ", (event.modality, "dim"),
                                    (f"  {words('repeated')}" if event.repeated else "", "yellow")))
        console.print(Padding(_cells(event, words), (0, 0, 1, 3)))


def _folded(line: Text, width: int) -> list[Text]:
    """The line cut at the terminal's width between any two characters: words without spaces would else leave half a line empty."""
    cuts, used = [], 0
    for position, character in enumerate(line.plain):
        used += cell_len(character)
        if used > width:
            cuts.append(position)
            used = cell_len(character)
    return list(line.divide(cuts))


def _cells(event: EventView, words: Wording) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("cell", "value", "words", "reason", "confidence"):
        table.add_column(words(name), overflow="fold", justify="right" if name == "confidence" else "left")
    for cell in event.cells:
        table.add_row(*_texts(cell, words))
    return table


def _texts(cell: Cell, words: Wording) -> list[Text]:
    style = STYLES.get(cell.kind, "")
    behind = Text(cell.words, style=style) if cell.words is not None else Text(words("not_written") if cell.kind else "", style="dim")
    sure = "" if cell.confidence is None else f"{cell.confidence:.0%}"
    return [Text(cell.label), Text(cell.value, style="bold"), behind, Text(cell.reason), Text(sure)]
