"""The options of a run: those that decide rows and travel to the workers, and those of the run itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from miner.reading.model import Columns, Limits

if TYPE_CHECKING:
    from miner.document import Hints


@dataclass(frozen=True)
class Options:
    """How one report is mined.

    Attributes
    ----------
    hints
        What is known of all reports beforehand.
    limits
        The bounds of reading; a report of more characters becomes a reject.
    columns
        Which fields of JSON Lines and Parquet files hold text and id.
    """

    hints: Hints | None = None
    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns)

    def deciding(self) -> dict[str, Any]:
        """The options as the manifest holds them."""
        published = self.hints.published if self.hints else None
        return {"date": published.isoformat() if published else None, "jurisdiction": self.hints.jurisdiction if self.hints else None,
                "text_column": self.columns.text, "id_column": self.columns.id, "max_characters": self.limits.characters}


@dataclass
class Settings:
    """The settings of a run.

    Attributes
    ----------
    shard_size
        Reports per shard.
    workers
        Worker processes; 0 works in this process, where a report that kills the process or never ends cannot be stopped.
    language
        ``zh`` or ``en`` for labels in CSV and XLSX, None for column names and codes.
    xlsx
        Whether ``records.xlsx`` is written, which takes long for millions of records.
    hints, limits, columns
        See :class:`Options`.
    report_seconds
        The longest time for reading or mining one report, in seconds; what takes longer becomes a reject (not with 0 workers).
    engine
        ``local`` (processes of this machine) or ``spark``.
    spark_master
        Where Spark runs (``local[2]``, ``yarn``, ``k8s://…``); None for what Spark is configured for.
    """

    shard_size: int = 200
    workers: int = 0
    language: str | None = None
    xlsx: bool = True
    hints: Hints | None = None
    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns)
    report_seconds: float = 300
    engine: str = "local"
    spark_master: str | None = None

    @property
    def options(self) -> Options:
        """What travels to the workers."""
        return Options(self.hints, self.limits, self.columns)
