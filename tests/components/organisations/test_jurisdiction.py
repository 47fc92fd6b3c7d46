"""The report's jurisdiction, with evidence."""

import pytest

from miner.components.divisions import gazetteer
from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out

FINDER = OrganisationFinder()


@pytest.mark.parametrize(("text", "expected"), [
    ("如皋市公安局抓获嫌疑人2名。如城街道排查出租屋300间。", "如皋市"),
    ("黄梅县水利局巡堤12公里。县民政局转移群众80人。黄冈市水利局派专家指导。", "黄梅县"),
    ("丰宁县人民法院审结案件120件。县司法局派员调解。", "丰宁县"),
    ("襄樊市工商局检查门店60家。市公安局配合。", "襄樊市"),
])
def test_the_lowest_division_that_covers_the_reporting_bodies(text: str, expected: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name == expected


def test_the_jurisdiction_says_where_it_stands_and_its_code() -> None:
    layout = lay_out("如皋市公安局抓获嫌疑人2名。")
    found = FINDER.find(layout).jurisdiction
    assert found.at is not None
    assert layout.text[slice(*found.at)] == "如皋市"
    assert found.code == "320682"
    assert found.reason


def test_no_division_gives_no_jurisdiction() -> None:
    found = FINDER.find(lay_out("公司检修设备20台。")).jurisdiction
    assert (found.name, found.code) == (None, None)


def test_a_hint_wins() -> None:
    found = FINDER.find(lay_out("如皋市公安局抓获嫌疑人2名。"), "海安市").jurisdiction
    assert (found.name, found.reason) == ("海安市", "given beforehand")


@pytest.mark.parametrize(("code", "parents"), [
    ("230203", ["齐齐哈尔市", "黑龙江省"]), ("110107", ["北京市"]), ("429004001", ["仙桃市", "湖北省"]),
])
def test_the_gazetteer_knows_what_lies_in_what(code: str, parents: list[str]) -> None:
    assert [division.full for division in gazetteer().ancestors(code)] == parents


def test_the_gazetteer_knows_towns_short_names_and_former_names() -> None:
    places = gazetteer()
    assert places.named("老山街道") == ["110107002"]
    assert places.named("石景山") == ["110107"]
    assert places.named("襄樊市") == ["4206"]
    town = places.get("110107002")
    assert town is not None and (town.full, town.level) == ("老山街道", "town")
