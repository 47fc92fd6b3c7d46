"""What a search shows, as a file for a spreadsheet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from fastapi.responses import Response

from miner.schema import TABLES
from miner.search import search
from miner.store.csvfile import write_csv
from miner.store.xlsx import write_xlsx
from miner.web.asked import Asked
from miner.web.refusals import bounded
from miner.web.settings import DOWNLOADED
from miner.web.site import Site

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shown_records(site: Site, question: Asked, limit: int = DOWNLOADED, offset: int = 0) -> list[dict[str, Any]]:
    """The rows of ``records`` behind the hits of a search, hit by hit.

    Where the search asks for work (organisation, action, item, days, modality), the records that meet it; else all of a sentence's records; a sentence
    without any gives one row with its evidence alone.
    """
    names = TABLES["records"].names
    with bounded(site.store, 4 * site.settings.seconds):
        hits = search(site.store, question.query(limit, offset)).hits
    rows = []
    for hit in hits:
        shown = [record for record in hit.records if record.get("matches", True)]
        if shown:
            rows += [{name: record[name] for name in names} for record in shown]
        else:
            bare = {"source": hit.source, "sentence": hit.sentence, "evidence": hit.text, "title": hit.title, "published": hit.published,
                    "jurisdiction": hit.region, "repeated": hit.repeat}
            rows.append(dict.fromkeys(names) | bare)
    return rows


def as_csv(rows: list[dict[str, Any]], language: str | None) -> Response:
    """Rows of ``records`` as a CSV file."""
    return _file(rows, language, "csv", "text/csv; charset=utf-8")


def as_xlsx(rows: list[dict[str, Any]], language: str | None) -> Response:
    """Rows of ``records`` as a workbook."""
    return _file(rows, language, "xlsx", _XLSX)


def _file(rows: list[dict[str, Any]], language: str | None, ending: str, kind: str) -> Response:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"records.{ending}"
        (write_csv if ending == "csv" else write_xlsx)(file, "records", rows, language)
        return Response(file.read_bytes(), media_type=kind, headers={"Content-Disposition": f'attachment; filename="records.{ending}"'})
