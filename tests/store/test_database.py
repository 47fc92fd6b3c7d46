"""``OUT/reports.db``: the same rows as the tables, shard by shard, whatever happens in between."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from miner.archive import Settings, run
from miner.indexing import StoreKeeper, rebuild
from miner.schema import TABLES
from miner.search import Query, search
from miner.store import Store, StoreError, open_store
from miner.store.parquet import read_rows
from miner.store.reader import typed
from tests.stores import report, write

ROOT = Path(__file__).parent.parent.parent


def contents(out: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of the views, sorted."""
    store = open_store(out)
    rows = {name: [typed(row) for row in store.connection().execute(f"SELECT * FROM v_{name}")] for name in TABLES}
    store.close()
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def derived(out: Path) -> list[list[tuple]]:
    """What the store works out itself, without its internal numbers."""
    db = sqlite3.connect(out / "reports.db")
    queries = ["SELECT * FROM v_counted", "SELECT * FROM v_counted_by_organisation", "SELECT * FROM v_left_out", "SELECT * FROM prepared",
               """SELECT p.source, s.sentence, t.record, f.place, o.value, a.value, i.value, w.value, r.value, m.value, f.day FROM facts f
                  JOIN sentences s ON s.id = f.sentence_id JOIN reports p ON p.id = s.report_id LEFT JOIN records t ON t.id = f.record_id
                  LEFT JOIN terms o ON o.id = f.organisation LEFT JOIN terms a ON a.id = f.action LEFT JOIN terms i ON i.id = f.item
                  LEFT JOIN terms w ON w.id = f.words LEFT JOIN terms r ON r.id = f.region LEFT JOIN terms m ON m.id = f.modality"""]
    found = [sorted(((row[1:] if "v_counted" in query else row) for row in db.execute(query)), key=repr) for query in queries]
    db.close()
    return found


def merged(out: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: sorted(read_rows(out / "tables" / f"{name}.parquet"), key=repr) for name in TABLES}


def test_the_views_hold_what_the_tables_hold(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpora" / "samples", archive / "samples")
    run(archive, tmp_path / "out", Settings(shard_size=3))
    assert contents(tmp_path / "out") == merged(tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").glob("*.db*")] == ["reports.db"]  # one file that can be copied


def test_what_is_added_changed_and_removed(archive: Path, tmp_path: Path) -> None:
    out, settings = tmp_path / "out", Settings(shard_size=2)
    run(archive, out, settings)
    shutil.copytree(ROOT / "corpora" / "samples" / "pages", archive / "更多")
    text = (archive / "a.txt").read_text("utf-8")
    (archive / "a.txt").write_text(text.replace("药店", "医院"), "utf-8")
    run(archive, out, settings)
    (archive / "b.txt").unlink()
    run(archive, out, settings)
    assert contents(out) == merged(out)
    incremental, words = derived(out), {word: search(open_store(out), Query(word)).total for word in ("药店", "医院", "检查", "。")}
    rebuild(out)
    assert derived(out) == incremental
    assert {word: search(open_store(out), Query(word)).total for word in words} == words
    db = sqlite3.connect(out / "reports.db")
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    db.close()


def test_a_report_moves_from_one_shard_to_another(tmp_path: Path) -> None:
    first = write(tmp_path, "one", [report("a.txt", ["检查药店。"]), report("b.txt", ["检查学校。"])])
    second = write(tmp_path, "two", [report("b.txt", ["检查医院。"])])
    with StoreKeeper(tmp_path) as keeper:
        keeper.add(first)
        keeper.add(second)
        assert keeper.writer.shards() == {"two"}  # "one" lacks b.txt now, and would be taken in again if it were asked for
        assert keeper.writer.db.execute("SELECT source, text FROM v_sentences ORDER BY source").fetchall() == [("a.txt", "检查药店。"), ("b.txt", "检查医院。")]
        keeper.finish([first])
    store = open_store(tmp_path)
    assert [hit.text for hit in search(store, Query("检查", order="oldest")).hits] == ["检查学校。", "检查药店。"] or store.sizes()["sentences"] == 2
    assert search(store, Query("医院")).total == 0


def test_a_reader_sees_a_shard_whole_or_not_at_all(tmp_path: Path) -> None:
    """Readers ask while a writer adds and removes shards; every answer holds all ten sentences of a shard or none."""
    parts = [write(tmp_path, f"s{n}", [report(f"{n}/{m}.txt", [f"检查药店{n}。"], f"2021-01-{1 + n:02}") for m in range(10)]) for n in range(8)]
    with StoreKeeper(tmp_path) as keeper:
        keeper.add(parts[0])
    store, stop, seen, wrong = open_store(tmp_path), threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            found = search(store, Query("药店", limit=200, facets=5))
            seen.add(found.total)
            if found.total % 10 or len(found.hits) != found.total or sum(facet.hits for facet in found.facets["month"]) != found.total:
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    with StoreKeeper(tmp_path) as keeper:
        for part in parts[1:]:
            keeper.add(part)
        keeper.finish(parts[::2])
    time.sleep(0.1)
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong and len(seen) > 2 and search(store, Query("药店")).total == 40


_ADD = """
import sys
from pathlib import Path
from miner.indexing import StoreKeeper
out = Path(sys.argv[1])
print("ready", flush=True)
with StoreKeeper(out) as keeper:
    keeper.finish(sorted(part.name for part in (out / "parts").iterdir()))
"""


def test_killed_at_any_moment_the_same_command_ends_alike(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for n in range(6):
        write(out, f"s{n}", [report(f"{n}/{m}.txt", [f"第{m}次检查药店{k}家。" for k in range(30)], "2021-01-05",
                                    records=[{"organisation": "甲局", "value": 1.0 * m}]) for m in range(20)])
    kills = 0
    for delay in (0.0, 0.003, 0.006, 0.01, 0.02, 0.05, 0.1, 0.3, 0.8):  # the first ones hit on the fastest machine
        process = subprocess.Popen([sys.executable, "-c", _ADD, str(out)], stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert process.stdout is not None and process.stdout.readline()
        time.sleep(delay)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
        if (out / "reports.db").exists():
            with suppress(StoreError):  # killed before the first transaction made its tables
                assert open_store(out).sizes()["sentences"] % 600 == 0  # shards are whole
    subprocess.run([sys.executable, "-c", _ADD, str(out)], check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    found = contents(out), derived(out)
    (out / "reports.db").unlink()
    rebuild(out)
    assert kills >= 2
    assert (contents(out), derived(out)) == found


def test_a_store_on_a_medium_that_cannot_be_written(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", Settings())
    (tmp_path / "out" / "reports.db").chmod(0o444)
    (tmp_path / "out").chmod(0o555)
    try:
        assert search(open_store(tmp_path / "out"), Query("药店")).total == 3
    finally:
        (tmp_path / "out").chmod(0o755)


def test_an_open_store_notices_that_it_was_made_anew(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archive, out, Settings())
    store = open_store(out)
    before = store.generation()
    assert search(store, Query("医院")).total == 0
    (archive / "new.txt").write_text("2021年8月9日,临江市市场监管局检查医院5家。\n", "utf-8")
    run(archive, out, Settings())
    assert search(store, Query("医院")).total == 1 and store.generation() != before
    rebuild(out)
    assert search(store, Query("医院")).total == 1


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be one" * 100])
def test_what_is_no_store_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reports.db").write_bytes(content)
    with pytest.raises(StoreError, match="miner index"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="miner run"):
        open_store(tmp_path / "nowhere")


def test_a_damaged_store_is_made_anew_by_the_next_run(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", Settings())
    (tmp_path / "out" / "reports.db").write_bytes(b"damaged" * 1000)
    run(archive, tmp_path / "out", Settings())
    assert contents(tmp_path / "out") == merged(tmp_path / "out")


def test_one_report_with_all_its_rows(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", Settings())
    store: Store = open_store(tmp_path / "out")
    rows = store.report("a.txt")
    assert rows is not None and store.report("nothing.txt") is None
    for name, found in rows.items():
        expected = [row for row in read_rows(tmp_path / "out" / "tables" / f"{name}.parquet") if row["source"] == "a.txt"]
        assert [{column: row[column] for column in TABLES[name].names} for row in found] == expected
    (body,) = store.organisations("市場監管局")
    assert rows["records"][0]["organisation_ids"] == [body["organisation_id"]] and store.organisation(body["organisation_id"]) == body
    assert {mention["source"] for mention in store.mentions(body["organisation_id"])} == {"a.txt", "b.txt", "二季度/c.html"}
    assert all(mention["text"] in mention["sentence_text"] for mention in store.mentions(body["organisation_id"]))
    assert store.repeats_of("b.txt") and store.neighbours("a.txt") == (None, "b.txt")
