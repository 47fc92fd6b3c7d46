"""The registry over an archive: one row per body, with what all reports say of it."""

import datetime as dt

import pytest

from miner.archive import Settings, run
from miner.archive.order import Ordered
from miner.archive.parts import load_all
from miner.archive.registry import write_registry
from miner.store.parquet import read_rows

REPORTS = {
    "a.txt": "2021年8月6日,石景山区商务局检查超市12家。8月7日,区商务局抽检蔬菜30批次。",
    "b.txt": "2021-09-01\n\n石景山区市场监督管理局开展检查\n\n8月30日,石景山区市场监督管理局检查药店5家。区市监局、区商务局约谈企业3家。",
    "c.txt": "2021年8月6日,海淀区商务局检查超市8家。区商务局走访商场2家。",
    "d.txt": "2021年7月2日,黄梅县水利局巡堤12公里。省水利厅派出专家3名。",
    "e.txt": "2021年7月5日,湖北省水利厅调拨编织袋5万条。",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registry")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, "utf-8")
    run(folder / "in", folder / "out", Settings())
    return folder / "out"


@pytest.fixture(scope="module")
def bodies(out):
    return {row["name"]: row for row in read_rows(out / "tables" / "organisations.parquet")}


def test_the_office_of_two_districts_is_two_rows(bodies):
    one, other = bodies["石景山区商务局"], bodies["海淀区商务局"]
    assert one["organisation_id"] != other["organisation_id"]
    assert (one["division_code"], other["division_code"]) == ("110107", "110108")


def test_a_row_tells_names_type_level_code_and_counts(bodies):
    row = bodies["石景山区商务局"]
    assert row["names_used"] == ["区商务局", "石景山区商务局"]
    assert (row["type"], row["level"], row["division_code"]) == ("government", "county", "110107")
    assert (row["reports"], row["mentions"]) == (2, 3)
    assert row["events"] == 3


def test_first_and_last_seen_are_the_days_of_the_reports(bodies):
    assert (bodies["石景山区市场监督管理局"]["first_seen"], bodies["石景山区市场监督管理局"]["last_seen"]) == (dt.date(2021, 9, 1), dt.date(2021, 9, 1))
    assert bodies["海淀区商务局"]["first_seen"] == bodies["海淀区商务局"]["last_seen"]


def test_an_abbreviation_is_no_body_of_its_own(bodies):
    assert bodies["石景山区市场监督管理局"]["names_used"] == ["区市监局", "石景山区市场监督管理局"]
    assert "石景山区市监局" not in bodies


def test_a_body_that_one_report_names_in_full_and_another_by_its_level_is_one_row(bodies):
    assert [name for name in bodies if name.endswith("水利厅")] == ["湖北省水利厅"]
    assert bodies["湖北省水利厅"]["names_used"] == ["湖北省水利厅", "省水利厅"]
    assert bodies["湖北省水利厅"]["reports"] == 2


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("most", [1, 4, 10])
def test_bodies_that_wait_on_disk_make_the_same_table(out, tmp_path, most, batch):
    ordered = Ordered(((part, index) for part in load_all(out / "parts") for index in range(len(part.inputs))), batch)
    made = list(read_rows(out / "tables" / "organisations.parquet"))
    assert write_registry(ordered, tmp_path / "organisations.parquet", most) == len(made) == 5
    assert list(read_rows(tmp_path / "organisations.parquet")) == made
    assert [file.name for file in tmp_path.iterdir()] == ["organisations.parquet"]
