"""What reading gives: a source text, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORDS = re.compile(r"[^\s\x00-\x1f\u200b-\u200f\ufeff]")


@dataclass(slots=True)
class Source:
    """The text of one report.

    Attributes
    ----------
    name
        Path of the file, for members of archives ``a.zip/inner/b.txt``.
    text
        The source text: decoded, markup and line ends as they are; of formats that hold no plain text the text taken out.
    kind
        ``text`` (may hold stray tags), ``html`` (a whole page), ``markdown``: what :func:`miner.layout.lay_out` needs to know.
    format
        ``txt``, ``html``, ``md``, ``docx``, ``pdf``, ``xlsx``, ``eml``, ``image``.
    encoding
        How the bytes were decoded, None for formats that say so themselves.
    replaced
        Number of replacement characters that stand for bytes which could not be decoded.
    metadata
        What the file says about itself: ``title``, ``published``, ``author``, ``source``, as written there.
    dated
        The part of the name in which a date may stand; None for all of it. (The number of a row is no date.)
    """

    name: str
    text: str
    kind: str = "text"
    format: str = "txt"
    encoding: str | None = None
    replaced: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    dated: str | None = None


@dataclass(slots=True)
class Reject:
    """An input that gave no text.

    Attributes
    ----------
    source
        Its name, as in :class:`Source`.
    stage
        Where it failed: ``open``, ``archive``, ``convert``, ``decode``.
    reason
        What is wrong, for the reader of the table ``rejects``.
    hint
        What can be done about it, "" if nothing.
    """

    source: str
    stage: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or broken input from filling memory.

    Attributes
    ----------
    file_bytes
        Largest single file or archive member.
    characters
        Longest text of one report.
    members
        Most members of one archive.
    depth
        Deepest nesting of archives.
    total_bytes
        Most bytes unpacked from one archive.
    ratio
        Highest ratio of unpacked to packed size of a member of more than a megabyte.
    """

    file_bytes: int = 256 * 2**20
    characters: int = 1_000_000
    members: int = 200_000
    depth: int = 4
    total_bytes: int = 8 * 2**30
    ratio: int = 300


@dataclass(frozen=True, slots=True)
class Columns:
    """Which fields of JSON Lines and Parquet files hold what.

    Attributes
    ----------
    text
        The text of the report.
    id
        What the report is called, unique in its file; None: the number of its row, from 1.
    """

    text: str = "text"
    id: str | None = None


class UnreadableError(Exception):
    """Raised inside this room; becomes a :class:`Reject`."""

    def __init__(self, stage: str, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.stage, self.reason, self.hint = stage, reason, hint

    def reject(self, name: str) -> Reject:
        """The row for the file `name`."""
        return Reject(name, self.stage, self.reason, self.hint)


def checked_source(source: Source, limits: Limits) -> Source:
    """The source itself.

    Raises
    ------
    UnreadableError
        If it holds no text, or more than the limits allow.
    """
    if not _WORDS.search(source.text):
        raise UnreadableError("decode", "the file holds no text")
    if len(source.text) > limits.characters:
        raise UnreadableError("decode", f"longer than {limits.characters} characters", "split it into its reports, or raise --max-characters")
    return source
