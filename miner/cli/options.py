"""Options that several commands share."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from miner.document import Hints


class Language(StrEnum):
    """Languages of labels."""

    en = "en"
    zh = "zh"


PublishedOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Day on which the reports were published, where the pages do not say it."),
]
JurisdictionOption = Annotated[str | None, typer.Option(help="Division whose bodies report (石景山区), where the reports do not say it.")]


def hints(published: datetime | None, jurisdiction: str | None) -> Hints:
    """The hints that the options give."""
    from miner.document import Hints

    return Hints(published.date() if published else None, jurisdiction)
