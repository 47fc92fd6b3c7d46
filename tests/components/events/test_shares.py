"""Whose each number is where several bodies share an event: rows name the body whose own share it is."""

import pytest

import miner


def rows(text: str) -> list[tuple[str | None, str, float | None]]:
    return [(row["organisation"], row["action"], row["value"]) for report in miner.mine([text]) for row in report.to_frame().to_dict("records")
            if row["value"] is not None and row["value"] == row["value"]]


@pytest.mark.parametrize(("text", "expected"), [
    ("2月10日,石泉县农商银行、石泉县供电公司分别捐款50万元和30万元。", [("石泉县农商银行", "donate", 500000), ("石泉县供电公司", "donate", 300000)]),
    ("2月10日,石泉县公安局、石泉县教育局分别出动人员50人、30人。", [("石泉县公安局", "deploy", 50), ("石泉县教育局", "deploy", 30)]),
])
def test_respectively_hands_the_numbers_out_in_order(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("石泉县红十字会收到以下单位捐赠:石泉县农商银行50万元、石泉县供电公司30万元。", ["石泉县农商银行", "石泉县供电公司"]),
    ("石泉县红十字会接收以下单位捐赠:天成物流有限公司口罩5000只,云岭传媒有限公司3万元。", ["天成物流有限公司", "云岭传媒有限公司"]),
])
def test_where_something_is_received_the_bodies_of_a_list_gave_it(text: str, expected: list[str]) -> None:
    assert [name for name, action, _ in rows(text) if action == "donate"][-2:] == expected


@pytest.mark.parametrize("text", [
    "2月10日,石泉县公安局捐赠石泉县中医院口罩500只,捐赠石泉县人民医院口罩800只。",
    "2月10日,石泉县公安局捐赠口罩500只,其中石泉县中医院300只、石泉县人民医院200只。",
    "2月10日,石泉县公安局、石泉县教育局捐赠口罩500只、手套300双。",
])
def test_who_is_given_something_has_no_share(text: str) -> None:
    assert {name for name, _, _ in rows(text)} == {"石泉县公安局"}
