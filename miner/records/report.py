"""A mined report and the object of the contract that stands for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from miner.document import Findings
from miner.pipeline import show_spans
from miner.records.rows import Row, rows_of
from miner.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

_REPORT_KEYS = ("source", "encoding", "length", "title", "published", "year", "jurisdiction")
_LISTS = {"articles": "articles", "sentences": "sentences", "organisations": "organisation_mentions", "dates": "dates", "quantities": "quantities",
          "events": "events"}


class Report:
    """One mined report.

    Parameters
    ----------
    doc
        The Doc that the pipeline made.
    source
        The name of the report (path below the archive's root); None for a bare text.
    encoding, format, replaced
        How its file was read; None for a bare text.
    """

    def __init__(self, doc: Doc, source: str | None = None, encoding: str | None = None, format: str | None = None, replaced: int | None = None) -> None:
        self._doc, self.source, self.encoding, self.format, self.replaced = doc, source, encoding, format, replaced
        self._rows: dict[str, list[Row]] | None = None

    @property
    def doc(self) -> Doc:
        """The Doc, with the findings as span groups."""
        return self._doc if self._doc.spans else show_spans(self._doc)

    @property
    def findings(self) -> Findings:
        """What the components found, in clean offsets."""
        findings: Findings = self._doc._.findings
        return findings

    @property
    def text(self) -> str:
        """The source text, into which all offsets of rows point."""
        return self.findings.layout.source

    def rows(self) -> dict[str, list[Row]]:
        """The report's rows of every table that one report can fill, by table name; each row holds the table's columns."""
        if self._rows is None:
            self._rows = rows_of(self.findings, source=self.source, encoding=self.encoding, format=self.format, replaced=self.replaced)
        return self._rows

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of ``miner extract --format jsonl``: report facts, then the lists of mentions and events; dates as ISO strings."""
        rows = self.rows()
        facts = rows["reports"][0]
        out: dict[str, Any] = {key: _plain(facts[key]) for key in _REPORT_KEYS}
        out |= {key: _plain(value) for key, value in facts.items() if key not in out}
        for key, table in _LISTS.items():
            names = TABLES[table].object_keys()
            out[key] = [{name: _plain(row[name]) for name in names} for row in rows[table]]
        return out

    def to_frame(self) -> pd.DataFrame:
        """The report's flat records as a pandas DataFrame with the columns of the table ``records``."""
        import pandas as pd

        return pd.DataFrame(self.rows()["records"], columns=list(TABLES["records"].names))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
