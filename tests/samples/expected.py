"""The expected facts of the samples: what hangs on reading, layout and dates, not on the trained models.

Usage, after looking at what changed: ``python -m tests.samples.expected > tests/samples/expected.json``.
Few clear records stand in ``records.tsv``, which is written by hand.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from miner.archive import Settings, run
from miner.store.parquet import read_rows

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
FACTS = ("format", "encoding", "replaced", "title", "author", "publisher", "published", "year", "jurisdiction")
#: Names of divisions that a gazetteer places elsewhere; what is right there is not settled by the sample.
OPEN = {"jurisdiction": ("news.txt", "news_gb18030.txt", "news.docx", "新闻.txt", "mail.eml")}


def tables(out: Path) -> dict[str, list[dict[str, Any]]]:
    """Mine the samples into a folder; the rows of the tables by name."""
    run(SAMPLES, out, Settings())
    return {file.stem: list(read_rows(file)) for file in (out / "tables").glob("*.parquet")}


def facts(rows: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """The facts of every sample, by source."""
    articles = Counter(row["source"] for row in rows["articles"])
    sentences = Counter(row["source"] for row in rows["sentences"])
    found = {}
    for row in rows["reports"]:
        source = row["source"]
        told = {name: row[name] for name in FACTS if not source.endswith(OPEN.get(name, ("\n",)))}
        told["published"] = told["published"].isoformat() if told["published"] else None
        found[source] = told | {"articles": articles[source], "sentences": sentences[source]}
    return found


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(json.dumps(facts(tables(Path(folder) / "out")), ensure_ascii=False, indent=1))
