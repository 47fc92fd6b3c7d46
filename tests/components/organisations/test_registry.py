"""One body, one identifier, across reports."""

import pytest

from miner.components.organisations.registry import in_full, leading_division, level_and_code, organisation_id


def test_one_name_is_one_body_whatever_the_report_covers() -> None:
    assert organisation_id("石景山区商务局", "石景山区") == organisation_id("石景山区商务局", "北京市") == organisation_id("石景山区商务局", "110107")


def test_offices_of_two_districts_are_two_bodies() -> None:
    assert organisation_id("石景山区商务局", "石景山区") != organisation_id("海淀区商务局", "海淀区")


def test_districts_of_one_name_are_told_apart_by_the_jurisdiction() -> None:
    assert organisation_id("朝阳区商务局", "北京市") != organisation_id("朝阳区商务局", "长春市")


def test_a_name_without_place_is_one_body_within_a_prefecture() -> None:
    assert organisation_id("佳惠超市", "黄梅县") == organisation_id("佳惠超市", "蕲春县")
    assert organisation_id("佳惠超市", "黄梅县") != organisation_id("佳惠超市", "桃江县")


@pytest.mark.parametrize(("name", "jurisdiction", "full"), [
    ("省水利厅", "黄冈市", "湖北省水利厅"),
    ("市应急管理局", "桃江县", "益阳市应急管理局"),
    ("县红十字会", "颍上县", "颍上县红十字会"),
])
def test_a_level_word_is_the_division_that_it_must_mean(name: str, jurisdiction: str, full: str) -> None:
    assert organisation_id(name, jurisdiction) == organisation_id(full, jurisdiction)


@pytest.mark.parametrize("name", ["市场监管局", "省水利厅", "区域协调中心"])
def test_where_the_division_is_unknown_a_name_stays_as_it_is(name: str) -> None:
    assert in_full(name, None) == name


@pytest.mark.parametrize("name", ["市场监管局", "市政工程处", "区域协调中心"])
def test_a_word_that_only_begins_like_a_level_is_none(name: str) -> None:
    assert in_full(name, "421100") == name


def test_national_bodies_are_the_same_everywhere() -> None:
    assert organisation_id("国务院", "黄梅县") == organisation_id("国务院", None)


@pytest.mark.parametrize(("name", "kind", "expected"), [
    ("石景山区商务局", "government", ("county", "110107")),
    ("湖北省水利厅", "government", ("province", "42")),
    ("石景山区老山街道政务服务中心", "government", ("town", "110107002")),
    ("国务院", "government", ("national", None)),
    ("黄冈市人民医院", "health", (None, "4211")),
    ("佳惠超市", "facility", (None, None)),
])
def test_level_and_division_code(name: str, kind: str, expected: tuple[str | None, str | None]) -> None:
    assert level_and_code(name, kind) == expected


def test_a_division_of_several_places_needs_the_jurisdiction() -> None:
    assert leading_division("朝阳区商务局")[0] is None
    assert leading_division("朝阳区商务局", "22")[0] == "220104"
