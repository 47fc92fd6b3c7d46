"""`miner run` as a library: tables, rejects, resume, and the same rows whatever the shards and workers."""

import json

import pytest

from miner.archive import Settings, run
from miner.schema import TABLES
from miner.store.parquet import read_rows


def rows_of(out, name):
    return list(read_rows(out / "tables" / f"{name}.parquet"))


@pytest.fixture
def out(tmp_path, archive):
    run(archive, tmp_path / "out", Settings())
    return tmp_path / "out"


def test_every_table_is_written_as_parquet_and_records_also_as_csv_and_xlsx(out):
    assert {file.name for file in (out / "tables").iterdir()} == {f"{name}.parquet" for name in TABLES} | {"records.csv", "records.xlsx"}


def test_the_workbook_can_be_left_out_and_had_later(tmp_path, archive):
    run(archive, tmp_path / "out", Settings(xlsx=False))
    assert not (tmp_path / "out" / "tables" / "records.xlsx").exists()
    assert run(archive, tmp_path / "out", Settings()).worked == 0
    assert (tmp_path / "out" / "tables" / "records.xlsx").exists()


def test_every_input_ends_as_rows_or_as_a_reject(out):
    assert [row["source"] for row in rows_of(out, "reports")] == ["a.txt", "b.txt", "二季度/c.html"]
    (reject,) = rows_of(out, "rejects")
    assert reject["source"] == "empty.txt"
    assert reject["reason"]


def test_encodings_and_formats_give_the_same_rows(out):
    found = {row["source"]: row for row in rows_of(out, "records") if row["item"] == "药店"}
    assert [found[source]["value"] for source in ("a.txt", "b.txt", "二季度/c.html")] == [12, 15, 18]
    same = [{key: row[key] for key in ("organisation", "action", "modality", "unit", "date_from", "date_to")} for row in found.values()]
    assert same[0] == same[1] == same[2]
    assert (same[0]["organisation"], same[0]["action"], str(same[0]["date_from"])) == ("临江市市场监管局", "inspect", "2021-08-06")


def test_the_registry_holds_one_row_per_body(out):
    names = [row["name"] for row in rows_of(out, "organisations")]
    assert "临江市市场监管局" in names
    assert len(names) == len(set(names))


def test_a_second_run_mines_only_what_is_new(tmp_path, archive, report_text):
    settings = Settings(shard_size=1)
    assert run(archive, tmp_path / "out", settings).worked == 4
    assert run(archive, tmp_path / "out", settings).worked == 0
    (archive / "d.txt").write_text(report_text, "utf-8")
    assert run(archive, tmp_path / "out", settings).worked == 1
    (archive / "a.txt").unlink()
    assert run(archive, tmp_path / "out", settings).worked == 0
    assert [row["source"] for row in rows_of(tmp_path / "out", "reports")] == ["b.txt", "d.txt", "二季度/c.html"]


def test_shards_and_workers_do_not_change_a_row(tmp_path, archive):
    run(archive, tmp_path / "one", Settings())
    run(archive, tmp_path / "two", Settings(shard_size=1, workers=2))
    for name in TABLES:
        assert rows_of(tmp_path / "one", name) == rows_of(tmp_path / "two", name), name


def test_what_depends_on_the_run_lives_in_the_manifest(out, archive):
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["archive"] == str(archive)
    assert manifest["rows"]["reports"] == 3
    assert [found["source"] for found in manifest["inputs"]] == ["a.txt", "b.txt", "empty.txt", "二季度/c.html"]


def test_results_inside_the_archive_are_not_mined(archive):
    run(archive, archive / "out", Settings())
    assert run(archive, archive / "out", Settings()).inputs == 4


def test_offsets_point_into_the_source(tmp_path, archive):
    run(archive / "a.txt", tmp_path / "out", Settings())
    text = (archive / "a.txt").read_text("utf-8")
    for row in rows_of(tmp_path / "out", "quantities"):
        assert text[row["start"] : row["end"]] == row["text"]


def test_a_missing_archive_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        run(tmp_path / "nowhere", tmp_path / "out", Settings())
