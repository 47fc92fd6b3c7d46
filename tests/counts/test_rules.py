"""The rules one by one, on rows that are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from miner.counts import Counts, Selection, count
from tests.stores import report, store_of

Rows = list[dict[str, Any]]
A = {"organisation": "甲局", "item": "药店", "unit": "家", "value": 10.0, "date_from": "2021-03-01", "date_to": "2021-03-01"}


@pytest.fixture
def counted(tmp_path: Path) -> Callable[..., Counts]:
    """The sums over reports (published, records), each record as (overrides of A)."""

    def sums(*reports: tuple[str | None, Rows], by: tuple[str, ...] = (), quantities: Rows = [], **selection: Any) -> Counts:  # noqa: B006
        made = [report(f"{n}.txt", [f"第{n}句"], published, "临江市", "220681", [A | record for record in records], quantities)
                for n, (published, records) in enumerate(reports)]
        return count(store_of(tmp_path, made), by, True, Selection(**selection), explain=True)

    return sums


def values(counts: Counts, *names: str) -> list[Any]:
    rows = [tuple(row[name] for name in (*names, "value")) for row in counts.rows]
    return rows if names else [row[0] for row in rows]


@pytest.mark.parametrize("other", [{"organisation": "乙局"}, {"action": "enforce"}, {"item": "超市"}, {"value": 11.0}, {"date_to": "2021-03-02"},
                                   {"date_from": None},
                                   {"organisation": None}, {"unit": None, "item": "药店"}])
def test_what_differs_in_anything_is_another_fact(counted: Callable[..., Counts], other: dict[str, Any]) -> None:
    found = counted(("2021-03-02", [{}]), ("2021-03-03", [other]))
    assert found.left_out == {}
    assert sum(values(found)) == 10 + other.get("value", 10)


def test_equal_but_missing_dates_are_kept_and_listed(counted: Callable[..., Counts]) -> None:
    missing = {"date_from": None, "date_to": None}
    found = counted(("2021-03-02", [missing]), ("2021-04-03", [missing]), by=("month",))
    assert values(found, "month", "reported") == [("2021-03", 1, 10), ("2021-04", 1, 10), ("unknown", 0, 0)]
    assert [(pair.first, pair.second, pair.differs) for pair in found.near_matches] == [(("0.txt", 0), ("1.txt", 0), "dates")]


@pytest.mark.parametrize(("other", "differs"), [({"item": "药品经营店"}, "item"), ({"unit": "户"}, "unit"), ({"date_to": "2021-03-05"}, "dates"),
                                                ({"date_from": "2021-05-01", "date_to": "2021-05-01"}, None), ({"item": "超市", "unit": "户"}, None)])
def test_near_matches(counted: Callable[..., Counts], other: dict[str, Any], differs: str | None) -> None:
    found = counted(("2021-03-02", [{}]), ("2021-03-03", [other]))
    assert [pair.differs for pair in found.near_matches] == [differs] * (differs is not None)
    assert sum(values(found)) == 20


def test_the_first_published_of_one_fact_stands(counted: Callable[..., Counts]) -> None:
    found = counted(("2021-03-09", [{}]), (None, [{}]), ("2021-03-02", [{}]))
    assert values(found) == [10]
    assert {row.source: row.instead for row in found.explained} == {"0.txt": ("2.txt", 0), "1.txt": ("2.txt", 0)}


def test_running_totals_need_the_same_start(counted: Callable[..., Counts]) -> None:
    def total(start: str | None, end: str | None, value: float) -> dict[str, Any]:
        return {"date_from": start, "date_to": end, "value": value, "scope": "total"}

    found = counted(("2021-06-01", [total("2021-01-01", "2021-01-31", 5.0), total("2021-01-01", "2021-02-28", 9.0), total("2021-02-01", "2021-02-28", 4.0),
                                    total(None, "2021-02-28", 90.0), total(None, "2021-03-31", 95.0)]), by=("month",))
    assert values(found, "month") == [("2021-02", 9 + 4), ("2021-03", 95), ("unknown", 0)]
    assert found.left_out == {"running": 2}


def test_an_open_total_runs_to_the_day_of_publication(counted: Callable[..., Counts]) -> None:
    since = {"date_from": "2021-01-01", "date_to": None, "scope": "total"}
    found = counted(("2021-02-01", [since | {"value": 3.0}]), ("2021-05-01", [since | {"value": 8.0}]), ("2021-04-01", [since | {"value": 6.0}]))
    assert values(found) == [8]


def test_a_total_of_one_day_does_not_run(counted: Callable[..., Counts]) -> None:
    found = counted(("2021-03-02", [{"scope": "total", "value": 3.0}, {"scope": "total", "value": 8.0}]))
    assert values(found) == [11]


PARTS = [{"value": 100.0, "quantity": 0, "item": "企业", "scope": "total"}, {"value": 60.0, "quantity": 1, "part_of": 0, "scope": "part"},
         {"value": 25.0, "quantity": 2, "part_of": 1, "scope": "part"}]
QUANTITIES = [{"quantity": 0, "part_of": None}, {"quantity": 1, "part_of": 0}, {"quantity": 2, "part_of": 1}]


def test_parts_of_parts(counted: Callable[..., Counts]) -> None:
    found = counted(("2021-03-02", PARTS), quantities=QUANTITIES)
    assert values(found) == [100] and found.left_out == {"part": 2}
    assert [row.instead for row in found.explained] == [("0.txt", 0), ("0.txt", 0)]


def test_a_part_whose_total_is_no_record_counts(counted: Callable[..., Counts]) -> None:
    assert values(counted(("2021-03-02", PARTS[1:]), quantities=QUANTITIES)) == [60]


def test_a_part_of_a_plan_is_added_where_it_is_done(counted: Callable[..., Counts]) -> None:
    assert values(counted(("2021-03-02", [PARTS[0] | {"modality": "planned"}, *PARTS[1:]]), quantities=QUANTITIES)) == [60]


def test_a_part_with_an_action_of_its_own(counted: Callable[..., Counts]) -> None:
    rows = [{"action": "screen", "item": "隐患", "unit": "处", "value": 20.0, "quantity": 0},
            {"action": "rectify", "item": "隐患", "unit": "处", "value": 15.0, "quantity": 1, "part_of": 0}]
    found = counted(("2021-03-02", rows), by=("action",), quantities=QUANTITIES)
    assert values(found, "action") == [("rectify", 15), ("screen", 20)] and found.notes == {"parts": 1}
    assert values(counted(("2021-03-02", rows), quantities=QUANTITIES)) == [20]


def test_parts_in_a_ring_do_no_harm(counted: Callable[..., Counts]) -> None:
    rows = [{"value": 1.0, "quantity": 0, "part_of": 1}, {"value": 2.0, "quantity": 1, "part_of": 0}]
    assert counted(("2021-03-02", rows), quantities=[{"quantity": 0, "part_of": 1}, {"quantity": 1, "part_of": 0}]).left_out


def test_parts_of_a_running_total_run_with_it(counted: Callable[..., Counts]) -> None:
    months = [("2021-02-01", "2021-01-31", 40.0), ("2021-03-01", "2021-02-28", 70.0)]
    reports = [(published, [{"date_from": None, "date_to": end, "value": 100.0, "quantity": 0, "item": "企业", "scope": "total"},
                            {"date_from": None, "date_to": end, "value": value, "quantity": 1, "part_of": 0, "item": "超市", "scope": "part"}])
               for published, end, value in months]
    found = counted(*reports, by=("item",), quantities=QUANTITIES[:2], include_parts=True)
    assert values(found, "item") == [("企业", 100), ("超市", 70)]


def test_rates_are_not_added_up(counted: Callable[..., Counts]) -> None:
    found = counted(("2021-03-02", [{"unit": "%", "value": 65.0, "scope": "rate"}, {"unit": "%", "value": 80.0, "scope": "rate", "item": "超市"}, {}]))
    assert values(found, "unit") == [("家", 10)] and found.left_out == {"rate": 2}


def test_ranges_and_bounds_are_flagged(counted: Callable[..., Counts]) -> None:
    found = counted(("2021-03-02", [{"value": 30.0, "high": 40.0}, {"item": "超市", "qualifier": "min"}]))
    assert [(row["value"], row["high"], row["approximate"]) for row in found.rows] == [(40, 50, 2)]


def test_joint_actors(counted: Callable[..., Counts]) -> None:
    joint = {"organisations": ["甲局", "乙局"], "quantity": 0}
    found = counted(("2021-03-02", [joint]), by=("organisation",), quantities=[{"quantity": 0, "each": False}])
    assert values(found, "organisation") == [("乙局", 10), ("甲局", 10)] and found.notes["joint"] == 1
    assert values(counted(("2021-03-02", [joint]), quantities=[{"quantity": 0, "each": False}])) == [10]
    assert values(counted(("2021-03-02", [joint]), by=("organisation",), organisation="乙"), "organisation") == [("乙局", 10)]


def test_each_of_joint_actors(counted: Callable[..., Counts]) -> None:
    rows = [{"organisation": name, "organisations": ["甲局", "乙局"], "quantity": 0, "event": 0} for name in ("甲局", "乙局")]
    found = counted(("2021-03-02", rows), by=("organisation",), quantities=[{"quantity": 0, "each": True}])
    assert values(found, "organisation") == [("乙局", 10), ("甲局", 10)] and "joint" not in found.notes
    assert values(counted(("2021-03-02", rows), quantities=[{"quantity": 0, "each": True}])) == [20]


def test_units_of_one_dimension_on_demand(counted: Callable[..., Counts]) -> None:
    rows = [{"unit": "吨", "value": 2.0, "normalised_value": 2000.0, "normalised_unit": "kg"},
            {"unit": "公斤", "value": 30.0, "high": 40.0, "normalised_value": 30.0, "normalised_unit": "kg"}]
    assert values(counted(("2021-03-02", rows)), "unit") == [("公斤", 30), ("吨", 2)]
    found = counted(("2021-03-02", rows), normalised_units=True)
    assert [(row["unit"], row["value"], row["high"]) for row in found.rows] == [("kg", 2030, 2040)]


def test_days_asked_for(counted: Callable[..., Counts]) -> None:
    rows = [{}, {"date_to": "2021-04-02", "value": 20.0}, {"date_from": None, "date_to": None, "value": 40.0}]
    reports = ((None, rows),)
    march = {"date_from": date(2021, 3, 1), "date_to": date(2021, 3, 31)}
    found = count_between(counted, reports, march)
    assert values(found) == [10] and found.left_out == {"no_date": 1}
    assert values(count_between(counted, reports, march, by=("month",)), "month") == [("2021-03", 10), ("unknown", 40)]


def count_between(counted: Callable[..., Counts], reports: tuple, days: dict[str, date], **more: Any) -> Counts:
    return counted(*reports, **more, **days)


@pytest.mark.parametrize(("region", "expected"), [("临江", [10]), ("临江市", [10]), ("22", [10]), ("220681", [10]), ("23", []), ("清河", [])])
def test_regions(counted: Callable[..., Counts], region: str, expected: list[float]) -> None:
    assert values(counted(("2021-03-02", [{}]), region=region)) == expected
