"""A chosen span with its parts, as the names step reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

from miner.components.organisations.lexicon import Head


@dataclass(slots=True)
class Piece:
    """One word of a mention with its class (see :mod:`.lexicon`)."""

    kind: str
    text: str


@dataclass(slots=True)
class Mention:
    """A span decided to be an institution.

    `pieces` are the words before the head, left to right, `prefix` the leading ones that say where (divisions, zones, levels, roles);
    `name`, `type`, `reason` are filled in by the names step.
    """

    start: int
    end: int
    text: str
    head: Head
    pieces: list[Piece]
    confidence: float
    name: str = ""
    type: str = ""
    reason: str = ""
    pronoun: bool = False
    heading: bool = False
    joint: tuple[str, ...] = ()
    prefix: list[Piece] = field(init=False)

    def __post_init__(self) -> None:
        kinds = "".join([piece.kind for piece in self.pieces])
        self.prefix = self.pieces[: len(kinds) - len(kinds.lstrip("DdZLR"))]

    @property
    def rest(self) -> str:
        """The mention without its prefix."""
        return self.text[sum(len(p.text) for p in self.prefix) :]
