"""JSON Lines and Parquet files with a report per row, lists of paths, remote stores."""

import gzip
import http.server
import json
import subprocess
import sys
import threading
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from miner.archive import Settings, run
from miner.archive.plan import list_inputs
from miner.reading import Columns
from miner.store.parquet import read_rows

REPORT = "2021年8月6日,临江市市场监管局检查药店{}家。"


def values(out):
    """The number that every report of a run gives, by source."""
    return {row["source"]: row["value"] for row in read_rows(out / "tables" / "records.parquet")}


def rejects(out):
    return {row["source"]: row["reason"] for row in read_rows(out / "tables" / "rejects.parquet")}


def write_lines(file, lines):
    data = "".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "surrogatepass")
    file.write_bytes(gzip.compress(data) if file.name.endswith(".gz") else data)


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_every_line_is_a_report_and_bad_lines_are_rejects(tmp_path, name):
    lines = [{"text": REPORT.format(1)}, "\n", "{broken\n", "[1]\n", {"body": "x"}, {"text": None}, {"text": 5}, {"text": "  "}, {"text": REPORT.format(9)}]
    write_lines(tmp_path / name, lines)
    run(tmp_path / name, tmp_path / "out", Settings())
    assert values(tmp_path / "out") == {f"{name}/1": 1, f"{name}/9": 9}
    found = rejects(tmp_path / "out")
    assert found.pop(f"{name}/3").startswith("the line is no JSON: ")
    assert found == {
        f"{name}/4": "the line is no JSON object", f"{name}/5": "the row has no field 'text'; it has: body", f"{name}/6": "the row holds no text",
        f"{name}/7": "'text' holds no text but int", f"{name}/8": "the file holds no text",
    }  # fmt: skip


def write_parquet(file, columns, **options):
    pq.write_table(pa.table(columns), file, **options)


@pytest.mark.parametrize("row_group", [40, 1000])
def test_rows_of_parquet_files_are_cut_in_pieces(tmp_path, row_group):
    file = tmp_path / "rows.parquet"
    write_parquet(file, {"id": [f"r{n}" for n in range(250)], "body": [REPORT.format(n) if n % 100 else None for n in range(250)]}, row_group_size=row_group)
    settings = Settings(columns=Columns("body"), shard_size=1, workers=2)
    assert run(file, tmp_path / "out", settings).inputs == 3
    assert values(tmp_path / "out") == {f"rows.parquet/{n + 1}": n for n in range(250) if n % 100}
    assert rejects(tmp_path / "out") == {f"rows.parquet/{n + 1}": "the row holds no text" for n in (0, 100, 200)}


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.parquet"])
def test_ids_name_the_rows_and_one_that_stands_twice_is_a_reject(tmp_path, name):
    keys = [f"k{n}" for n in range(150)]
    keys[120] = "k3"
    keys[130] = None
    texts = [REPORT.format(n) for n in range(150)]
    if name.endswith("parquet"):
        write_parquet(tmp_path / name, {"key": keys, "text": texts})
    else:
        write_lines(tmp_path / name, [{"key": key, "text": text} for key, text in zip(keys, texts, strict=True)])
    run(tmp_path / name, tmp_path / "out", Settings(columns=Columns(id="key")))
    assert values(tmp_path / "out") == {f"{name}/k{n}": n for n in range(150) if n not in (120, 130)}
    assert rejects(tmp_path / "out") == {f"{name}/121": "an earlier row has the same id as this one: k3", f"{name}/131": "the row has no 'key'"}


def test_a_column_that_is_not_there_is_named(tmp_path):
    write_parquet(tmp_path / "rows.parquet", {"body": ["x"], "id": [1]})
    run(tmp_path / "rows.parquet", tmp_path / "out", Settings())
    (row,) = read_rows(tmp_path / "out" / "tables" / "rejects.parquet")
    assert (row["source"], row["stage"], row["hint"]) == ("rows.parquet", "convert", "name the column with --text-column")
    assert row["reason"] == "the file has no column 'text'; it has: body, id"


def test_a_damaged_file_is_a_reject(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    write_parquet(folder / "a.parquet", {"text": [REPORT.format(1)]})
    data = (folder / "a.parquet").read_bytes()
    (folder / "a.parquet").write_bytes(data[: len(data) // 2])
    write_lines(folder / "b.jsonl.gz", [{"text": REPORT.format(n)} for n in range(3000)])
    data = (folder / "b.jsonl.gz").read_bytes()
    (folder / "b.jsonl.gz").write_bytes(data[: len(data) // 2])
    run(folder, tmp_path / "out", Settings())
    found = rejects(tmp_path / "out")
    assert found["a.parquet"].startswith("the Parquet file is damaged")
    assert found["b.jsonl.gz"].startswith("the file is damaged")
    assert 0 < len(values(tmp_path / "out")) < 3000


def test_a_file_that_grew_is_mined_from_its_last_piece_on(tmp_path):
    lines = [{"text": REPORT.format(n)} for n in range(230)]
    write_lines(tmp_path / "rows.jsonl", lines)
    assert run(tmp_path / "rows.jsonl", tmp_path / "out", Settings()).worked == 3
    write_lines(tmp_path / "rows.jsonl", [*lines, *({"text": REPORT.format(n)} for n in range(230, 410))])
    assert run(tmp_path / "rows.jsonl", tmp_path / "out", Settings()).worked == 3, "lines 201 to 300, 301 to 400, 401 to 410"
    assert values(tmp_path / "out") == {f"rows.jsonl/{n + 1}": n for n in range(410)}


def test_the_number_of_a_row_is_no_date(tmp_path):
    text = "3月12日,柳林街道消毒楼道46个。"
    write_lines(tmp_path / "rows.jsonl", ["\n"] * 2020 + [{"text": text, "day": "2021-03-15"}])
    run(tmp_path / "rows.jsonl", tmp_path / "out", Settings())
    assert next(read_rows(tmp_path / "out" / "tables" / "reports.parquet"))["year"] is None
    run(tmp_path / "rows.jsonl", tmp_path / "named", Settings(columns=Columns(id="day")))
    assert next(read_rows(tmp_path / "named" / "tables" / "reports.parquet"))["year"] == 2021


def test_a_million_rows_are_planned_without_holding_them(tmp_path):
    """Planned in a process of its own, whose memory grows by less than the file's size; the shards are ranges of rows."""
    file = tmp_path / "rows.jsonl"
    line = json.dumps({"text": REPORT.format(1) * 4}, ensure_ascii=False).encode() + b"\n"
    with file.open("wb") as out:
        for _ in range(1000):
            out.write(line * 1000)
    code = f"""
import resource
from miner.archive.plan import list_inputs, make_shards
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
inputs = list_inputs({str(file)!r})
shards = make_shards(inputs, 200, "")
print(len(inputs), len(shards), inputs[-1].piece.first, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    inputs, shards, first, grown = map(int, done.stdout.split())
    assert (inputs, shards, first) == (10_000, 5_002, 999_900)  # the last four are smaller
    assert grown < 60 < file.stat().st_size / 2**20, "MB"


def test_rows_inside_a_zip(tmp_path):
    write_lines(tmp_path / "rows.jsonl", [{"text": REPORT.format(1)}, {"text": REPORT.format(2)}])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.write(tmp_path / "rows.jsonl", "in/rows.jsonl")
    run(tmp_path / "a.zip", tmp_path / "out", Settings())
    assert values(tmp_path / "out") == {"a.zip/in/rows.jsonl/1": 1, "a.zip/in/rows.jsonl/2": 2}


@pytest.mark.parametrize("between", ["\n", "\0"])
def test_a_list_of_paths_on_standard_input(tmp_path, between):
    (tmp_path / "folder").mkdir()
    for number, name in enumerate(("a.txt", "folder/b.txt", "folder/c.txt"), 1):
        (tmp_path / name).write_text(REPORT.format(number), "utf-8")
    listed = between.join(["folder", "a.txt", "nowhere.txt", "a.txt"]) + between
    done = subprocess.run([sys.executable, "-m", "miner", "run", "-", "--out", "out", "--workers", "0"], input=listed, cwd=tmp_path, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert values(tmp_path / "out") == {"a.txt": 1, "folder/b.txt": 2, "folder/c.txt": 3}
    assert list(rejects(tmp_path / "out")) == ["nowhere.txt"]


def test_a_store_that_fsspec_reaches(tmp_path):
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    store.pipe("/reports/2021/a.txt", REPORT.format(1).encode())
    store.pipe("/reports/b.jsonl", "".join(json.dumps({"text": REPORT.format(n)}) + "\n" for n in range(2, 4)).encode())
    store.pipe("/reports/c.docx", b"PK\x03\x04 nothing")
    run("memory://reports", tmp_path / "out", Settings())
    assert values(tmp_path / "out") == {"2021/a.txt": 1, "b.jsonl/1": 2, "b.jsonl/2": 3}
    assert list(rejects(tmp_path / "out")) == ["c.docx"]
    assert run("memory://reports", tmp_path / "out", Settings()).worked == 0
    store.pipe("/reports/2021/a.txt", REPORT.format(7).encode())
    assert run("memory://reports", tmp_path / "out", Settings()).worked == 1
    assert values(tmp_path / "out")["2021/a.txt"] == 7
    store.rm("/reports", recursive=True)


def test_files_of_a_web_server_by_workers(tmp_path):
    pytest.importorskip("fsspec")
    pytest.importorskip("aiohttp")
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "a.txt").write_text(REPORT.format(5), "utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(tmp_path / "www"))

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/a.txt"
        listed = subprocess.run([sys.executable, "-m", "miner", "run", "-", "--out", str(tmp_path / "out"), "--workers", "1"], input=address + "\n",
                                capture_output=True, text=True, check=False)  # fmt: skip
        server.shutdown()
    assert listed.returncode == 0, listed.stderr
    assert values(tmp_path / "out") == {address: 5}


def test_a_store_whose_library_is_missing_is_named(tmp_path):
    pytest.importorskip("fsspec")
    command = [sys.executable, "-m", "miner", "run", "nosuchstore://x", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nosuchstore://x cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_is_the_same_twice(tmp_path):
    write_lines(tmp_path / "rows.jsonl", [{"text": REPORT.format(n)} for n in range(230)])
    assert list_inputs(tmp_path) == list_inputs(tmp_path)
