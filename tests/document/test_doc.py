"""Character spans and spaCy spans are one and the same: token i is character i."""

import spacy
from hypothesis import given
from hypothesis import strategies as st

import miner
from miner.document import make_doc
from miner.layout import lay_out
from miner.pipeline import process

VOCAB = spacy.blank("zh").vocab


def test_a_mention_that_cuts_through_jieba_words_is_a_spacy_span():
    # jieba reads 应急 保障 组成 立 了: the body 甲区应急保障组 ends inside the word 组成
    doc = process("甲区应急保障组成立了三个小组。")
    assert [doc[o.start : o.end].text for o in doc._.findings.organisations] == ["甲区应急保障组"]
    assert [doc[q.start : q.end].text for q in doc._.findings.quantities] == ["三个"]
    assert [doc[e.start : e.end].text for e in doc._.findings.events] == ["成立"]


def test_span_groups_show_what_was_found():
    doc = miner.load()("2021年8月6日,临江市市场监管局检查药店12家。")
    assert {name: [span.text for span in group] for name, group in doc.spans.items()} == {
        "organisations": ["临江市市场监管局"], "dates": ["2021年8月6日"], "quantities": ["12家"], "events": ["检查"],
    }
    assert doc.spans["events"][0].label_ == "inspect"


@given(st.text(max_size=200))
def test_doc_text_is_the_clean_text(text):
    layout = lay_out(text)
    doc = make_doc(VOCAB, layout)
    assert doc.text == layout.text
    assert len(doc) == len(layout.text)


def test_the_string_store_does_not_grow_with_numbers():
    nlp = miner.load()
    process("共检查12家。", nlp=nlp)
    before = len(nlp.vocab.strings)
    for number in range(1000, 1400):
        process(f"共检查{number}家。", nlp=nlp)
    assert len(nlp.vocab.strings) <= before + 10  # the ten digits, once


def test_characters_first_met_in_a_memory_zone_are_known_after_it():
    nlp = spacy.blank("zh")
    layout = lay_out("鼍鱓共3只。")
    with nlp.memory_zone():
        assert make_doc(nlp.vocab, layout).text == "鼍鱓共3只。"
    assert make_doc(nlp.vocab, layout).text == "鼍鱓共3只。"


def test_a_mined_report_shows_its_span_groups():
    report = next(miner.mine(["2021年8月6日,临江市市场监管局检查药店12家。"]))
    assert {name: [span.text for span in group] for name, group in report.doc.spans.items()} == {
        "organisations": ["临江市市场监管局"], "dates": ["2021年8月6日"], "quantities": ["12家"], "events": ["检查"],
    }
