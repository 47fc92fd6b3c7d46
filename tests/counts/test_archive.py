"""Counts over an archive of own reports, mined for real; every expected figure is worked out by hand from the sentences in ``archive.py``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from miner.archive import Settings, run
from miner.counts import Counts, Selection, count
from miner.store import Store, open_store
from tests.counts.archive import REPORTS

MARKET, HEALTH, CHARITY = "临江市市场监管局", "临江市卫生健康委", "临江市慈善总会"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("counts")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, "utf-8")
    run(folder / "in", folder / "out", Settings(shard_size=4))
    opened = open_store(folder / "out")
    yield opened
    opened.close()


def cells(counts: Counts, *names: str) -> list[tuple]:
    return [tuple(row[name] for name in names) for row in counts.rows]


def test_sums_by_everything(store: Store) -> None:
    found = count(store, ["month", "organisation", "item"], sum_value=True, explain=True)
    assert cells(found, "month", "organisation", "item", "unit", "value", "approximate", "reported") == [
        ("2021-01", MARKET, "药店", "家", 20, 0, 0),      # 12 and 8; not the reprint's 12, not the 8 told again in other words
        ("2021-01", MARKET, "超市", "家", 30, 0, 0),      # not the reprint's 30
        ("2021-02", "临江市公安局", "工地", "处", 15, 0, 0),
        ("2021-02", "临江市城管局", "工地", "处", 15, 0, 0),  # the same 15: done jointly
        ("2021-02", MARKET, "企业", "家", 100, 0, 0),     # 60, 25 and 40 are within it
        ("2021-03", HEALTH, "疫苗", "剂", 21000, 0, 0),   # 5000 and 12000 are within it
        ("2021-03", CHARITY, "口罩", "只", 5000, 0, 0),
        ("2021-03", CHARITY, "口罩", "箱", 20, 0, 0),     # boxes are no pieces
        ("2021-03", CHARITY, "消毒液", "瓶", 200, 0, 0),
        ("2021-03", "临江市教育局", "教师", "名", 300, 1, 0),
        ("2021-04", "临江市民政局", "困难家庭", "户", 30, 0, 1),
        ("unknown", "临江市民政局", "老人", "名", 45, 0, 0),
    ]
    assert found.notes == {"joint": 1, "approximate": 1, "reported": 1}
    left = [(row.source, row.reason, row.cells["value"], row.instead and row.instead[0]) for row in found.explained if row.reason != "no_value"]
    assert left == [
        ("12_计划.txt", "modality", 50, None),
        ("07_转载.txt", "repeated", 12, None), ("07_转载.txt", "repeated", 30, None),
        ("08_另报.txt", "same_fact", 8, "02_药店.txt"),
        ("04_接种一月.txt", "running", 5000, "06_接种三月.txt"), ("05_接种二月.txt", "running", 12000, "06_接种三月.txt"),
        ("03_企业.txt", "part", 60, "03_企业.txt"), ("03_企业.txt", "part", 25, "03_企业.txt"), ("03_企业.txt", "part", 40, "03_企业.txt"),
    ]
    assert {reason: sum(row.reason == reason for row in found.explained) for reason in found.left_out} == found.left_out


def test_totals_count_joint_work_once(store: Store) -> None:
    found = count(store, (), sum_value=True)
    assert dict(cells(found, "unit", "value")) == {"家": 20 + 30 + 100, "处": 15, "剂": 21000, "只": 5000, "箱": 20, "瓶": 200, "名": 300 + 45, "户": 30}


@pytest.mark.parametrize(("selection", "expected"), [
    (Selection(include_parts=True), 20 + 30 + 100 + 60 + 25 + 40),
    (Selection(duplicates="keep"), 20 + 30 + 100 + 12 + 30 + 8),
    (Selection(modality="planned"), 50),
    (Selection(modality="all"), 20 + 30 + 100 + 50),
    (Selection(item="超市"), 30 + 40),  # asked for alone, the part is what is known of 超市
    (Selection(item="藥店"), 20),
    (Selection(action="inspect", date_from=date(2021, 1, 6), date_to=date(2021, 1, 31)), 8),
])
def test_other_choices(store: Store, selection: Selection, expected: float) -> None:
    rows = dict(cells(count(store, (), True, selection), "unit", "value"))
    assert rows["家"] == expected


def test_running_totals(store: Store) -> None:
    vaccine = Selection(item="疫苗")
    assert cells(count(store, ["month"], True, vaccine), "month", "value") == [("2021-03", 21000), ("unknown", 0)]
    until_february = Selection(item="疫苗", date_to=date(2021, 2, 28))
    assert cells(count(store, ["month"], True, until_february), "month", "value") == [("2021-02", 12000), ("unknown", 0)]
    added = Selection(item="疫苗", running_totals="all")
    assert cells(count(store, ["month"], True, added), "month", "value") == [("2021-01", 5000), ("2021-02", 12000), ("2021-03", 21000), ("unknown", 0)]


def test_actions_by_month(store: Store) -> None:
    found = count(store, ["month"])
    # January: 12 and 30 are one check each of their own (one event or two, as the sentence is read), 8; the running total of January
    events = dict(cells(found, "month", "events"))
    assert events["2021-02"] == 3 and events["2021-03"] == 4 and events["unknown"] >= 1
    assert [row["month"] for row in found.rows] == ["2021-01", "2021-02", "2021-03", "2021-04", "unknown"]


def test_prepared_counts_are_the_counts(store: Store) -> None:
    for by, sums in ((["month"], True), (["organisation"], False), (["item"], True), ([], True)):
        assert count(store, by, sums).rows == count(store, by, sums, explain=True).rows
        assert count(store, by, sums).left_out == count(store, by, sums, explain=True).left_out


def test_what_is_asked_wrongly_is_named(store: Store) -> None:
    with pytest.raises(ValueError, match="colour"):
        count(store, ["colour"])
    with pytest.raises(ValueError, match="flying"):
        count(store, [], selection=Selection(action="flying"))
