"""Items of events: the verb that makes the event is no part of what is counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import miner


def items(text):
    return {q["text"]: q["item"] for q in next(miner.mine([text])).to_dict()["quantities"]}


@pytest.mark.parametrize(("sentence", "number", "item"), [
    ("临江市人民医院救治伤员19人。", "19人", "伤员"),
    ("临江市水务局集中约谈会上,共支出资金1247万元。", "1247万元", "资金"),
    ("临江市福华公司首日生产口罩2万只。", "2万只", "口罩"),
    ("临江市公安局疏散转移群众1960人。", "1960人", "群众"),
])
def test_the_verb_of_the_event_is_left_out(sentence, number, item):
    assert items(sentence)[number] == item


@pytest.mark.parametrize(("sentence", "number", "item"), [
    ("临江市民政局设立31个安置点。", "31个", "安置点"),
    ("临江市市场监管局立案4起,罚没款5.8万元。", "5.8万元", "罚没款"),
])
def test_a_verb_that_qualifies_its_noun_stays(sentence, number, item):
    assert items(sentence)[number] == item


def test_items_of_a_list_lose_the_verb_once():
    quantity = next(q for q in next(miner.mine(["临江市教育局发放校服、书包各500件。"])).to_dict()["quantities"])
    assert quantity["items"] == ["校服", "书包"]


def test_the_first_of_several_items_loses_it_with_the_whole():
    (quantity,) = next(miner.mine(["临江市福华公司共生产口罩、防护服各500件。"])).to_dict()["quantities"]
    assert (quantity["item"], quantity["items"]) == ("口罩、防护服", ["口罩", "防护服"])
    assert not quantity["item_phrase"].startswith("生产")


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["救治", "支出", "生产", "疏散", "发放", "安置", "检查"]), st.sampled_from(["伤员", "资金", "口罩", "群众", "企业", "学生"]),
       st.integers(2, 900))
def test_an_item_stands_where_it_says(verb, noun, number):
    report = next(miner.mine([f"8月6日,临江市水务局{verb}{noun}{number}个。"]))
    findings = report.doc._.findings
    for quantity in findings.quantities:
        if quantity.item_at:
            assert findings.layout.text[slice(*quantity.item_at)] == quantity.item
            assert not any(event.start == quantity.item_at[0] < event.end < quantity.item_at[1] - 1 for event in findings.events)
