"""search, count, export and index as a user calls them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from miner.archive import Settings, run
from miner.cli.main import app


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    (folder / "in").mkdir()
    for name, number, day in (("a", 12, 6), ("b", 15, 9)):
        text = f"药品检查\n\n2021年8月{day}日,临江市市场监管局出动执法人员{number * 3}人次,检查药店{number}家。\n\n下一步,市市场监管局将检查医院30家。\n"
        (folder / "in" / f"{name}.txt").write_text(text, "utf-8")
    run(folder / "in", folder / "OUT", Settings())
    return folder / "OUT"


def miner(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_search_marks_what_it_found_and_the_rows_that_meet_the_conditions(out: Path) -> None:
    done = miner("search", out, "藥店 执法", "--action", "检查督导", "--limit", 1, "--lang", "zh")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[1] == "  2021年8月9日,临江市市场监管局出动【执法】人员45人次,检查【药店】15家。"
    assert [line.strip() for line in lines[2:]] == ["* 临江市市场监管局  检查督导  已完成  15家  药店", "临江市市场监管局  派员出动  已完成  45人次  执法人员"]
    assert "2 sentences, 1 shown" in done.stderr


def test_search_as_json_and_csv(out: Path) -> None:
    found = json.loads(miner("search", out, "药店", "--format", "json", "--facets", 5).stdout)
    assert found["total"] == 2 and [found["hits"][0]["text"][start:end] for start, end in found["hits"][0]["marks"]] == ["药店"]
    assert {facet["value"]: facet["hits"] for facet in found["facets"]["item"]} == {"药店": 2, "人员": 2}
    rows = list(csv.DictReader(io.StringIO(miner("search", out, "药店", "--format", "csv", "--order", "oldest").stdout)))
    assert [row["source"] for row in rows] == ["a.txt", "b.txt"]
    assert rows[0]["text"][slice(*map(int, rows[0]["marks"].split("-")))] == "药店"


def test_search_by_conditions_alone(out: Path) -> None:
    assert "2 sentences" in miner("search", out, "--modality", "planned").stderr
    assert "1 sentences" in miner("search", out, "--from", "2021-08-07", "--to", "2021-08-31", "--item", "药店").stderr


def test_count_in_every_format(out: Path, tmp_path: Path) -> None:
    arguments = ("count", out, "--by", "month,item", "--sum", "value", "--action", "inspect")
    expected = [("2021-08", "药店", "家", 27.0), ("unknown", None, None, 0.0)]
    assert [(row["month"], row["item"], row["unit"], row["value"]) for row in json.loads(miner(*arguments, "--format", "json").stdout)["rows"]] == expected
    assert miner(*arguments, "--format", "parquet", "--output", tmp_path / "c.parquet").exit_code == 0
    assert [(row["month"], row["item"], row["unit"], row["value"]) for row in pq.read_table(tmp_path / "c.parquet").to_pylist()] == expected
    assert [row["value"] for row in csv.DictReader(io.StringIO(miner(*arguments, "--format", "csv").stdout))] == ["27", "0"]
    shown = miner(*arguments, "--lang", "zh", "--explain")
    assert "2021-08" in shown.stdout and "modality\ta.txt#" in shown.stderr and "not asked for" in shown.stderr


def test_count_draws(out: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    assert miner("count", out, "--by", "month", "--plot", tmp_path / "c.svg").exit_code == 0
    assert (tmp_path / "c.svg").read_text("utf-8").startswith("<svg")
    wrong = miner("count", out, "--by", "month", "--plot", tmp_path / "c.gif")
    assert wrong.exit_code == 2 and "NAME.png" in wrong.stderr


@pytest.mark.parametrize(("arguments", "message"), [
    (("search", "{out}", "x", "--action", "flying"), "flying"), (("count", "{out}", "--by", "colour"), "colour"),
    (("count", "{out}", "--modality", "maybe"), "maybe"), (("count", "{out}", "--format", "parquet"), "--output"),
    (("search", "nowhere", "x"), "miner run"), (("count", "nowhere"), "miner run"), (("index", "nowhere"), "miner run"),
    (("export", "elasticsearch", "nowhere", "es"), "miner run"),
    (("count", "{out}", "--format", "csv", "--output", "/no/such/folder/c.csv"), "/no/such/folder"),
])
def test_wrong_usage_is_told(out: Path, arguments: tuple[str, ...], message: str) -> None:
    done = miner(*(argument.replace("{out}", str(out)) for argument in arguments))
    assert done.exit_code == 2 and message in done.stderr and done.stdout == ""


def test_index_makes_the_store_anew(out: Path) -> None:
    before = miner("count", out, "--by", "item", "--format", "csv").stdout
    (out / "reports.db").unlink()
    done = miner("index", out)
    assert done.exit_code == 0 and "2 reports" in done.stderr
    assert miner("count", out, "--by", "item", "--format", "csv").stdout == before
