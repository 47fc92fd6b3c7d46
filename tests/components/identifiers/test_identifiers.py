"""Strings that neither count nor date anything."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.components.identifiers import find_identifiers


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in find_identifiers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照市局绥农办字〔2021〕7号文件", [("绥农办字〔2021〕7号", "document")]),
        ("(联防联控机制综发[2020]225号)", [("联防联控机制综发[2020]225号", "document")]),
        ("严格执行第25号公告要求", [("第25号公告", "document")]),
        ("联系电话:0746-8220123", [("0746-8220123", "phone")]),
        ("手机13812345678随时接听", [("手机13812345678", "phone")]),
        ("拨打12345热线", [("拨打12345", "phone")]),
        ("湘ICP备00000000号", [("湘ICP备00000000号", "licence")]),
        ("批准文号为国药准字H20200123", [("国药准字H20200123", "licence")]),
        ("北京一号院(20—2/22—3)", [("一号院", "address"), ("20—2/22—3", "address")]),
        ("封闭5号楼3单元201室", [("5号楼3单元201室", "address")]),
        ("发放N95口罩和KN95口罩", [("N95", "model"), ("KN95", "model")]),
        ("购置X-200型设备", [("X-200型", "model")]),
        ("插图1581987015.png", [("1581987015.png", "file")]),
        ("落实“五个一”制度", [("“五个一”", "slogan")]),
        ("第一批物资到货", [("第一", "ordinal")]),
    ],
)
def test_identifiers(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["发放口罩3000只", "8月5号上午检查", "2020年2月13日", "1月至3月", "参会代表110人", "受理投诉12345件", "检查企业2020家", "核酸检测12320人次"]
)
def test_quantities_and_dates_are_none(text):
    assert found(text) == []


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_string_returns_ascending_spans(text):
    last = 0
    for start, end, _ in find_identifiers(text):
        assert last <= start < end <= len(text)
        last = end


@pytest.mark.parametrize("unit", ["1", "1-", "一", "A", "A1-", "(", "[2020", "第", "0746-", "a@", "路1", "“五"])
def test_time_is_linear(unit):
    def seconds(times: int) -> float:
        start = time.perf_counter()
        find_identifiers(unit * times)
        return time.perf_counter() - start

    seconds(100)
    short, long = seconds(4_000), seconds(32_000)
    assert long < 40 * short + 0.1
