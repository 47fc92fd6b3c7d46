"""Towns and counties that share one level word."""

import pytest

from miner.components.organisations.distributed import distributed
from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.lexicon import lexicon
from miner.layout import lay_out


def shared(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.text) for m in distributed(text, lexicon(), [])]


@pytest.mark.parametrize(("text", "expected"), [
    ("白兔潭、东富两镇转移群众6270人。", [("白兔潭", "白兔潭镇"), ("东富", "东富镇")]),
    ("其中锦山、长安、头林三镇建成公路27公里。", [("锦山", "锦山镇"), ("长安", "长安镇"), ("头林", "头林镇")]),
    ("当晚,由冯三和花梨2个镇增派民兵60人。", [("冯三", "冯三镇"), ("花梨", "花梨镇")]),
])
def test_each_town_has_its_own_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert shared(text) == expected


@pytest.mark.parametrize("text", [
    "走访了冯三、花梨两镇的群众300户。", "冯三、花梨两镇长到会。", "从公安、石首两县公司抽人86名。", "养牛、种树两个镇都有。", "苹果、香蕉两种水果涨价。",
])
def test_places_ordinary_words_and_counts_of_other_things_are_none(text: str) -> None:
    assert shared(text) == []


def test_the_towns_are_bodies_of_the_report() -> None:
    text = "开阳县应急管理局启动响应。当晚,冯三、花梨两镇转移群众620人。"
    assert {"开阳县冯三镇", "开阳县花梨镇"} <= {one.name for one in OrganisationFinder().find(lay_out(text)).organisations}
