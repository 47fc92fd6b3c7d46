"""What two reports share: sentences and long stretches, mark-up and fixed terms aside."""

from __future__ import annotations

import pytest

from miner.learning.overlap import shared_sentences, shared_stretches

FIRST = "城关镇把河堤分成七段。\n每段派两名老船工昼夜守着水尺，水涨一寸便敲一遍锣。\n散会。"


def pairs(found):
    return [(one.first, one.second, one.text) for one in found]


def test_reports_of_their_own_share_nothing():
    other = "水位回落以后，渡口重新开航，船工们先把水尺擦干净。\n散会。"
    assert shared_sentences([("a", FIRST), ("b", other)]) == []
    assert shared_stretches([("a", FIRST), ("b", other)]) == []


@pytest.mark.parametrize("sentence", [
    "每段派两名老船工昼夜守着水尺，水涨一寸便敲一遍锣。",
    "每段派两名老船工昼夜守着水尺,水涨一寸便敲一遍锣!",  # other punctuation
    "<p>每段派<b>两名</b>老船工&nbsp;昼夜守着水尺，水涨一寸便敲一遍锣。</p>",
    "雨又下了一夜，河水漫过了\n码头最下面的三级石阶，镇\n上的人都睡不着。每段派两\n名老船工昼夜守着水尺，水\n涨一寸便敲一遍锣。",  # a column
])
def test_a_shared_sentence_is_found_under_any_mark_up(sentence):
    (found,) = pairs(shared_sentences([("a", FIRST), ("b", "别的事情。\n" + sentence)]))
    assert found == ("a", "b", "每段派两名老船工昼夜守着水尺水涨一寸便敲一遍锣")


def test_short_sentences_may_be_shared():
    assert shared_sentences([("a", "会议开得很短。"), ("b", "会议开得很短。")]) == []


def test_a_sentence_of_three_reports_counts_for_every_pair():
    reports = [(name, "每段派两名老船工昼夜守着水尺。") for name in "abc"]
    assert [(one.first, one.second) for one in shared_sentences(reports)] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_a_sentence_that_one_report_repeats_is_not_shared():
    assert shared_sentences([("a", FIRST + "\n" + FIRST)]) == []


def test_the_longest_shared_stretch_is_named_once():
    other = "昨夜又有两名老船工昼夜守着水尺水涨一寸时换了岗。"
    (found,) = pairs(shared_stretches([("a", FIRST), ("b", other)]))
    assert found == ("a", "b", "两名老船工昼夜守着水尺水涨一寸")


def test_fixed_terms_count_as_one_character():
    term = "新型冠状病毒感染的肺炎"
    assert shared_stretches([("a", f"为了防住{term}，村里封了路。"), ("b", f"厂里也怕{term}，停了三条线。")]) == []
    shared = f"挨家挨户讲清楚{term}怎么防怎么治"
    (found,) = pairs(shared_stretches([("a", f"先是{shared}，"), ("b", f"再去{shared}。")]))
    assert found[2] == shared
