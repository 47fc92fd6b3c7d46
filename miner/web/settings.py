"""What an application is made with, and the limits that it keeps."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

VARIABLE = "MINER_WEB"
"""Environment variable through which the settings reach worker processes."""

PAGE = 20
"""Hits on a page."""
DEEPEST = 10_000
"""No hit beyond this one is shown; filters reach the others."""
MOST = 1_000
"""Rows of a count, hits behind the records, that the JSON interface gives at once."""
DOWNLOADED = 5_000
"""Hits whose records one download holds."""
LONGEST = {"q": 1_000, "source": 1_000, "organisation": 200, "item": 200, "region": 100, "action": 64, "modality": 16, "order": 16}
"""Characters of a parameter."""
LONGEST_QUERY = 16_384
"""Bytes of the whole query string."""


@dataclass(frozen=True)
class Settings:
    """The settings of an application.

    Attributes
    ----------
    out
        The folder of a run, or a ``reports.db``.
    token
        Where given, nothing is answered without it.
    hosts
        The names under which the application may be asked for; empty for any (a page elsewhere that points its own name here is refused otherwise).
    seconds
        How long the store may work on one answer.
    """

    out: str
    token: str | None = None
    hosts: tuple[str, ...] = ()
    seconds: float = 5.0

    def publish(self) -> None:
        """Put the settings where worker processes find them."""
        os.environ[VARIABLE] = json.dumps(asdict(self))

    @staticmethod
    def published() -> Settings:
        """The settings that the parent process put there."""
        data = json.loads(os.environ[VARIABLE])
        return Settings(**data | {"hosts": tuple(data["hosts"])})
