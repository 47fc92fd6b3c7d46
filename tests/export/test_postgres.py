"""Export to a PostgreSQL server that the test starts (Debian's package ``postgresql``)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from miner.archive import Settings, run
from miner.schema import TABLES
from miner.store import open_store
from miner.store.folding import fold
from miner.store.parquet import read_rows

psycopg = pytest.importorskip("psycopg")
_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parent.parent.name))
pytestmark = pytest.mark.skipif(not _PROGRAMS, reason="no PostgreSQL server is installed (Debian: apt install postgresql)")


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    """A server of its own on a socket; it does not run as root, so root hands it to another user."""
    programs, folder = _PROGRAMS[-1].parent, Path(tempfile.mkdtemp(prefix="pg"))
    user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "postgres", "postgres")
    common: dict[str, Any] = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL, **user}
    subprocess.run([programs / "initdb", "-D", folder / "data", "-U", "tester", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"], **common)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"], **common)
    yield f"host={folder} user=tester dbname=postgres"
    subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **common)
    shutil.rmtree(folder, ignore_errors=True)


def rows(dsn: str, query: str, *values: Any) -> list[tuple]:
    with psycopg.connect(dsn) as db:
        return db.execute(query, values).fetchall()


def test_tables_search_and_repetition(dsn: str, archive: Path, tmp_path: Path) -> None:
    from miner.export.postgres import export

    shutil.copytree(Path(__file__).parent.parent.parent / "corpora" / "samples", archive / "samples")
    (archive / "odd.txt").write_text("2021年8月9日,临江市市场监管局检查'药店'\\医院\"5家\",ＡＢＣ與Ünï。\n", "utf-8")
    run(archive, tmp_path / "out", Settings())
    numbers = export(open_store(tmp_path / "out"), dsn)
    assert export(open_store(tmp_path / "out"), dsn) == numbers  # safe to repeat
    for name, table in TABLES.items():
        expected = list(read_rows(tmp_path / "out" / "tables" / f"{name}.parquet"))
        columns = ", ".join(f'"{column}"' for column in table.names)
        found = [dict(zip(table.names, row, strict=True)) for row in rows(dsn, f"SELECT {columns} FROM miner.{name}")]
        assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert numbers["counted"] == rows(dsn, "SELECT count(*) FROM miner.counted WHERE month IS NOT NULL")[0][0] > 0

    sentences = list(read_rows(tmp_path / "out" / "tables" / "sentences.parquet"))
    for passage in ("检查", "檢查", "家", "药店12家", "', ", "'药店'\\", "\\医", '"5', "abc与ü", "。", "市场监管局检查", "没有这样的话", "12", "ＡＢＣ"):
        expected_keys = {(row["source"], row["sentence"]) for row in sentences if fold(passage) in fold(row["text"])}
        assert set(rows(dsn, "SELECT source, sentence FROM miner.sentences WHERE grams @@ miner.words(%s)", passage)) == expected_keys, passage

    (archive / "a.txt").unlink()
    text = (archive / "odd.txt").read_text("utf-8")
    (archive / "odd.txt").write_text(text.replace("医院", "学校"), "utf-8")
    run(archive, tmp_path / "out", Settings())
    export(open_store(tmp_path / "out"), dsn)
    assert rows(dsn, "SELECT source FROM miner.reports WHERE source = 'a.txt'") == []
    assert len(rows(dsn, "SELECT 1 FROM miner.sentences WHERE grams @@ miner.words('学校\"5家')")) == 1


def test_the_index_is_used(dsn: str) -> None:
    with psycopg.connect(dsn) as db:
        db.execute("SET enable_seqscan = off")
        plan = "\n".join(row[0] for row in db.execute("EXPLAIN SELECT 1 FROM miner.sentences WHERE grams @@ miner.words('药店')"))
    assert "sentences_grams" in plan


def test_a_server_that_is_not_there_is_told(archive: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from miner.cli.main import app

    run(archive, tmp_path / "out", Settings())
    result = CliRunner().invoke(app, ["export", "postgres", str(tmp_path / "out"), f"host={tmp_path} dbname=none"])
    assert result.exit_code == 2 and "miner export:" in result.output
