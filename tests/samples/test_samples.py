"""The samples give the tables that are written down beside; how to renew them stands in ``expected.py``."""

import json
from pathlib import Path

import pytest

from tests.samples.expected import SAMPLES, facts, tables

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "expected.json").read_text("utf-8"))
RECORDS = [line.split("\t") for line in (HERE / "records.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def mined(tmp_path_factory):
    return tables(tmp_path_factory.mktemp("samples") / "out")


def test_every_sample_is_read(mined):
    assert mined["rejects"] == []
    assert [row["source"] for row in mined["reports"]] == list(EXPECTED)
    files = {file.relative_to(SAMPLES).as_posix() for file in SAMPLES.rglob("*") if file.is_file()}
    assert files == {next(file for file in files if source == file or source.startswith(f"{file}/")) for source in EXPECTED}


@pytest.mark.parametrize("source", EXPECTED)
def test_facts(mined, source):
    assert facts(mined)[source] == EXPECTED[source]


@pytest.mark.parametrize("record", RECORDS, ids="-".join)
def test_clear_records(mined, record):
    source, organisation, action, value, unit, item = record
    found = [(row["organisation"], row["action"], row["value"], row["unit"], row["item"]) for row in mined["records"] if row["source"] == source]
    assert (organisation, action, float(value), unit, item) in found


def test_samples_hold_every_format_and_layout():
    assert {facts["format"] for facts in EXPECTED.values()} == {"txt", "md", "html", "docx", "xlsx", "pdf", "eml"}
    assert {facts["encoding"] for facts in EXPECTED.values()} >= {"utf-8", "gb18030", "big5hkscs"}
    assert any("/内层.zip/" in source for source in EXPECTED)
    assert max(facts["articles"] for facts in EXPECTED.values()) >= 3


def test_offsets_of_every_table_point_into_the_source(mined):
    lengths = {row["source"]: row["length"] for row in mined["reports"]}
    for name in ("articles", "sentences", "organisation_mentions", "dates", "quantities", "events"):
        assert all(0 <= row["start"] < row["end"] <= lengths[row["source"]] for row in mined[name]), name
