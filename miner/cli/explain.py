"""``miner explain``: what was found in a report, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from miner.cli import exits
from miner.cli.extract import mined_sources
from miner.cli.options import JurisdictionOption, Language, ProfileOption, PublishedOption, hints


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(explain)


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report, or an archive of reports.")],
    html: Annotated[Path | None, typer.Option(metavar="OUT.html", help="Write one page of HTML there (no net, no script) and print nothing.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of labels and reasons.")] = Language.en,
    date: PublishedOption = None,
    jurisdiction: JurisdictionOption = None,
    profile: ProfileOption = None,
) -> None:
    """Show a report with every mention in its text marked, the rows made of them, and the reason for each cell.

    Without --html it prints to the terminal: mentions in colour, then each action with its cells, the words behind each and where they were taken from.
    """
    import sys

    from miner.pages import explain_page, report_view
    from miner.pages.terminal import print_view
    from miner.pages.wording import wording
    from miner.reading import Reject

    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    words, rejected, reports = wording(lang.value), False, []
    for result in mined_sources([file], hints(date, jurisdiction, profile)):
        if isinstance(result, Reject):
            typer.echo(f"miner explain: {result.source}: {result.reason}" + (f" ({result.hint})" if result.hint else ""), err=True)
            rejected = True
        else:
            reports.append(result)
    views = [report_view(report.rows(), words, f"r{number}-") for number, report in enumerate(reports, 1)]
    if html is not None and views:
        _write(html, explain_page(views, words))
    elif html is None:
        for view in views:
            print_view(view, words)
    raise typer.Exit(exits.SOME_REJECTED if rejected else exits.OK)


def _write(file: Path, page: str) -> None:
    try:
        file.write_text(page, "utf-8", errors="replace")
    except OSError as fault:
        typer.echo(f"miner explain: {file}: {fault.strerror}", err=True)
        raise typer.Exit(exits.USAGE) from fault
