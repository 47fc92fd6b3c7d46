"""The queries of docs/recipes.md and docs/datasette.json, run as they stand there."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from miner.archive import Settings, run
from miner.counts import count
from miner.counts.write import write_parquet
from miner.search import Query, search
from miner.store import open_store
from tests.counts.archive import REPORTS

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, "utf-8")
    run(folder / "in", folder / "OUT", Settings())
    store = open_store(folder / "OUT")
    write_parquet(count(store, ["month", "action", "item"], True), folder / "counts.parquet")
    return folder


def blocks(program: str) -> list[str]:
    return re.findall(rf"```sql\n(-- {program}.*?)```", (DOCS / "recipes.md").read_text("utf-8"), re.S)


def test_duckdb(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(out)
    by_month, counted, together = (duckdb.sql(block).fetchall() for block in blocks("duckdb"))
    assert ("2021-03", "donate", "只", 5000.0, 1) in by_month and ("2021-01", "inspect", "家", 12.0 + 8 + 30 + 8, 4) in by_month  # 8 is told twice
    assert counted == [("2021-01", 50.0), ("2021-02", 100.0)]
    assert together == [("临江市公安局", "临江市城管局", 1)]


def test_sqlite(out: Path) -> None:
    db = sqlite3.connect(out / "OUT" / "reports.db")
    by_month, organisations, reasons = (db.execute(block).fetchall() for block in blocks("sqlite"))
    expected = count(open_store(out / "OUT"), ["month", "action"], True).rows
    assert sorted(by_month) == sorted((row["month"], row["action"], row["unit"], row["value"], row["records"]) for row in expected if row["records"])
    assert ("临江市公安局", "2021-02", 1) in organisations and ("临江市城管局", "2021-02", 1) in organisations
    assert dict(reasons) == {"modality": 1, "repeated": 2, "running": 2, "same_fact": 1, "part": 3}


@pytest.mark.parametrize("passage", ["检查", "药店12家", "家", "2021年1月5日,临江", "没有", "1"])
def test_datasette(out: Path, passage: str) -> None:
    queries = json.loads((DOCS / "datasette.json").read_text("utf-8"))["databases"]["reports"]["queries"]
    db = sqlite3.connect(out / "OUT" / "reports.db")
    found = [row[1:3] for row in db.execute(queries["search"]["sql"], {"passage": passage})]
    assert found == [(hit.source, hit.sentence) for hit in search(open_store(out / "OUT"), Query(f'"{passage}"', limit=100)).hits]
    assert db.execute(queries["by_month"]["sql"], {"item": "疫苗"}).fetchall() == [("2021-03", "rescue", "剂", 21000.0, 1, 0, 0)]
