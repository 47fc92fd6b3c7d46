"""What Excel, pandas and DuckDB open: real dates and numbers, labels, and no cell that acts as a formula."""

import csv
import datetime as dt

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from miner.schema import TABLES
from miner.store.csvfile import write_csv
from miner.store.parquet import read_rows, write_rows
from miner.store.xlsx import write_xlsx

NAMES = TABLES["records"].names
DANGEROUS = ["=1+1", "+86 138", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def record(**cells):
    return {**dict.fromkeys(NAMES), "source": "a.txt", "record": 0, "organisations": [], **cells}


@pytest.fixture
def rows():
    return [
        record(organisation="临江市市场监管局", action="inspect", modality="done", date_from=dt.date(2021, 8, 6), value=12.0, unit="家",
               item="药店", qualifier="exact"),
        record(record=1, evidence=DANGEROUS[0], item=DANGEROUS[1], trigger=DANGEROUS[2], unit=DANGEROUS[3], value=-5.5,
               organisations=["甲局", "乙局"]),
    ]


def read_csv(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_csv_begins_with_a_byte_order_mark_so_that_excel_reads_it(tmp_path, rows):
    write_csv(tmp_path / "r.csv", "records", rows)
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfsource,record,organisation,")


def test_csv_writes_whole_numbers_dates_and_lists_plainly(tmp_path, rows):
    write_csv(tmp_path / "r.csv", "records", rows)
    first, second = (dict(zip(NAMES, line, strict=True)) for line in read_csv(tmp_path / "r.csv")[1:])
    assert (first["value"], first["date_from"], first["date_to"]) == ("12", "2021-08-06", "")
    assert (second["value"], second["organisations"]) == ("-5.5", "甲局; 乙局")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_csv_cell_begins_a_formula(tmp_path, text):
    write_csv(tmp_path / "r.csv", "records", [record(evidence=text)])
    cell = dict(zip(NAMES, read_csv(tmp_path / "r.csv")[1], strict=True))["evidence"]
    assert cell == "'" + text


def test_chinese_labels_for_columns_and_codes(tmp_path, rows):
    write_csv(tmp_path / "r.csv", "records", rows, "zh")
    header, first, _ = read_csv(tmp_path / "r.csv")
    cells = dict(zip(header, first, strict=True))
    assert (cells["机构"], cells["行动类型"], cells["情态"], cells["确数约数"]) == ("临江市市场监管局", "检查督导", "已完成", "确数")


def test_xlsx_has_real_dates_numbers_frozen_header_and_filter(tmp_path, rows):
    write_xlsx(tmp_path / "r.xlsx", "records", rows, "zh")
    sheet = load_workbook(tmp_path / "r.xlsx").active
    header = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.title == "记录"
    assert sheet.cell(2, header["开始日期"]).value == dt.datetime(2021, 8, 6)
    assert sheet.cell(2, header["开始日期"]).number_format == "yyyy-mm-dd"
    assert sheet.cell(2, header["数值"]).value == 12
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.column_dimensions["C"].width > 20


def test_xlsx_stores_what_looks_like_a_formula_as_text(tmp_path, rows):
    write_xlsx(tmp_path / "r.xlsx", "records", rows)
    sheet = load_workbook(tmp_path / "r.xlsx").active
    header = {cell.value: cell.column for cell in sheet[1]}
    for name, text in (("evidence", DANGEROUS[0]), ("item", DANGEROUS[1]), ("unit", DANGEROUS[3])):
        cell = sheet.cell(3, header[name])
        assert (cell.value, cell.data_type) == (text, "s")


def test_empty_tables_still_have_their_header(tmp_path):
    write_xlsx(tmp_path / "r.xlsx", "records", [])
    write_csv(tmp_path / "r.csv", "records", [])
    assert load_workbook(tmp_path / "r.xlsx").active.cell(1, 1).value == "source"
    assert len(read_csv(tmp_path / "r.csv")) == 1


def test_parquet_keeps_types_and_order(tmp_path, rows):
    write_rows(tmp_path / "all.parquet", "records", rows)
    assert str(pq.read_schema(tmp_path / "all.parquet").field("date_from").type) == "date32[day]"
    assert [row["record"] for row in read_rows(tmp_path / "all.parquet")] == [0, 1]
    assert list(read_rows(tmp_path / "all.parquet"))[1]["organisations"] == ["甲局", "乙局"]


def test_a_lone_surrogate_in_a_text_does_not_stop_the_writers(tmp_path):
    rows = [record(evidence="坏\udc80字")]
    write_rows(tmp_path / "r.parquet", "records", rows)
    assert next(read_rows(tmp_path / "r.parquet"))["evidence"] == "坏?字"
    write_csv(tmp_path / "r.csv", "records", rows)
