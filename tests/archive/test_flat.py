"""Flat files: however many processes write them, they are those that one writer makes of all rows."""

import datetime as dt
import zipfile

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from miner.archive import flat
from miner.archive.aside import Aside
from miner.schema import TABLES
from miner.store import xlsx
from miner.store.csvfile import write_csv
from miner.store.parquet import arrow_table
from miner.store.xlsx import join_workbook, write_parts, write_xlsx

ROWS = [
    {**dict.fromkeys(TABLES["records"].names), "source": f"{number // 3}.txt", "record": number % 3, "organisations": ["市应急局"],
     "evidence": f"检查 <{number}> 家 & 整改",
     "value": number / 2, "date_from": dt.date(2021, 1, 1) + dt.timedelta(number), "repeated": number % 2 == 0}
    for number in range(230)
]


@pytest.fixture
def folder(tmp_path):
    pq.write_table(arrow_table("records", ROWS), tmp_path / "records.parquet", row_group_size=40)
    return tmp_path


def sheets(file):
    with zipfile.ZipFile(file) as book:
        return {name: book.read(name) for name in book.namelist() if "core.xml" not in name}


@pytest.mark.parametrize("processes", [0, 1, 2])
@pytest.mark.parametrize("language", [None, "zh"])
def test_pieces_of_several_processes_make_the_files_of_one(folder, processes, language):
    with Aside(processes) as aside:
        flat.write_flat(folder, language, True, aside)
    write_csv(folder / "one.csv", "records", ROWS, language)
    write_xlsx(folder / "one.xlsx", "records", ROWS, language)
    assert (folder / "records.csv").read_bytes() == (folder / "one.csv").read_bytes()
    assert sheets(folder / "records.xlsx") == sheets(folder / "one.xlsx")
    assert {path.name for path in folder.iterdir()} == {"records.parquet", "records.csv", "records.xlsx", "one.csv", "one.xlsx"}


def test_an_archive_without_rows_gives_headings(tmp_path):
    pq.write_table(arrow_table("records", []), tmp_path / "records.parquet")
    flat.write_flat(tmp_path)
    assert (tmp_path / "records.csv").read_text("utf-8-sig").splitlines() == [",".join(TABLES["records"].names)]
    assert load_workbook(tmp_path / "records.xlsx").active.max_row == 1


def test_a_full_sheet_is_followed_by_another(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS_PER_SHEET", 100)
    first, second = (arrow_table("records", rows) for rows in (ROWS[:150], ROWS[150:]))
    parts = [*write_parts(tmp_path, "a", "records", [first], 0), *write_parts(tmp_path, "b", "records", [second], 150)]
    assert [(part.sheet, part.rows) for part in parts] == [(0, 100), (1, 50), (1, 50), (2, 30)]
    join_workbook(tmp_path / "r.xlsx", "records", parts)
    book = load_workbook(tmp_path / "r.xlsx")
    assert [sheet.max_row for sheet in book] == [101, 101, 31]
    at = TABLES["records"].names.index("evidence")
    assert [row[at] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)] == [row["evidence"] for row in ROWS]
