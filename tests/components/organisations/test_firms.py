"""Firms that go by their proper name and their trade, without a word for firm."""

import pytest

from miner.components.organisations.candidates import find_candidates
from miner.components.organisations.classifier import make_mention, takings
from miner.components.organisations.definitions import uses
from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.jurisdiction import Jurisdiction
from miner.components.organisations.lexicon import lexicon
from miner.components.organisations.local import Local
from miner.components.organisations.mentions import Mention
from miner.components.organisations.names import Namer
from miner.layout import lay_out

FINDER = OrganisationFinder()


def firms(text: str) -> list[str]:
    """The longest name of every candidate firm."""
    found = [c for c in find_candidates(text, lexicon(), Local()) if c.head.kind == "brand"]
    return [text[c.starts[max(takings(text, c)) - 1] : c.end] for c in found if takings(text, c)]


@pytest.mark.parametrize(("text", "firm"), [
    ("恒信纺机交付梳棉机6台。", "恒信纺机"),
    ("当天,金鑫陶瓷停用窑炉2座。", "金鑫陶瓷"),
    ("县运管局到成纪客运查车。", "成纪客运"),
    ("由济南中冶环境设计图纸。", "济南中冶环境"),
])
def test_a_proper_name_with_a_trade_may_be_a_firm(text: str, firm: str) -> None:
    assert firm in firms(text)


@pytest.mark.parametrize("text", ["检查食品经营户60家。", "全县水产养殖户30户。", "销售家具200件。", "学校食品留样12份。", "的燃气泄漏1处。"])
def test_a_trade_behind_an_ordinary_word_is_none(text: str) -> None:
    assert firms(text) == []


def named(text: str, *wanted: str) -> dict[str, str]:
    """The names of the mentions of `text` when `wanted` are mentions too."""
    layout = lay_out(text)
    candidates = FINDER.candidates(layout)
    spans = [(layout.text.index(word), layout.text.index(word) + len(word)) for word in wanted]
    mentions = [m for m in FINDER.mentions(layout, candidates) if not any(m.start < end and start < m.end for start, end in spans)]
    for word in wanted:
        at = layout.text.index(word)
        one = next(c for c in candidates if c.end == at + len(word) and c.head.kind == "brand")
        mentions.append(make_mention(layout.text, one, next(t for t in takings(layout.text, one) if one.starts[t - 1] == at), 0.9))
    mentions.sort(key=lambda m: m.start)
    Namer(layout, Jurisdiction(), FINDER.places(layout, candidates, mentions)).resolve(mentions)
    return {m.text: m.name for m in mentions}


@pytest.mark.parametrize(("text", "short", "full"), [
    ("金穗粮机抢出脱粒机1200台。湖南金穗粮机股份有限公司捐款20万元。", "金穗粮机", "湖南金穗粮机股份有限公司"),
    ("福建恒泰纺织集团有限公司招工320名。恒泰纺织还包了车票。", "恒泰纺织", "福建恒泰纺织集团有限公司"),
])
def test_the_short_form_of_a_firm_is_the_firm(text: str, short: str, full: str) -> None:
    found = named(text, short) if text.startswith(short) else named(text)
    assert found.get(short, full) == full
    assert full in found.values()


@pytest.mark.parametrize(("text", "firm", "pointing"), [
    ("宏源模具交付模具60副。该公司又招工12人。", "宏源模具", "该公司"),
    ("清源水务修复管线320米。该公司还维修泵房3座。", "清源水务", "该公司"),
])
def test_this_company_may_be_a_firm_without_a_word_for_firm(text: str, firm: str, pointing: str) -> None:
    assert named(text, firm).get(pointing, firm) == firm


def test_a_defined_short_name_of_a_firm_is_found() -> None:
    text = "滕州恒昌机床(以下简称恒昌)交付机床60台。恒昌连续三年盈利。"
    one = next(c for c in find_candidates(text, lexicon(), Local()) if c.head.text == "机床")
    full = make_mention(text, one, max(takings(text, one)), 0.9)
    assert isinstance(full, Mention)
    assert [m.text for m in uses(text, {"恒昌": full}, [full])] == ["滕州恒昌机床", "恒昌", "恒昌"]
