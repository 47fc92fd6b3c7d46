"""Both segmenters cut alike, and words are features only."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.document.words import segmenter, tagger

ROOT = Path(__file__).parent.parent.parent
REPORTS = sorted([*ROOT.glob("corpora/train/*.ann"), *ROOT.glob("corpora/dev/*.ann")])
jieba = pytest.importorskip("jieba")


@pytest.mark.parametrize("path", REPORTS[:30], ids=lambda path: path.name)
def test_jieba_and_rjieba_cut_our_reports_alike(path):
    text = path.read_text("utf-8")
    assert segmenter("rjieba")(text) == segmenter("jieba")(text)


@pytest.mark.parametrize("text", ["2020-02-13、N95口罩3.5万只", "COVID-19 检测 98.5%", "a.b_c-d 5..3 --", "应急保障组成立了三个小组", "C++ 和 T恤", ""])
def test_they_cut_ascii_runs_alike(text):
    assert segmenter("rjieba")(text) == segmenter("jieba")(text)


@settings(max_examples=200)
@given(st.text(alphabet="检查督导防疫物资一二三十百千万年月日0123456789abcXYZ,。-.%、 ", max_size=40))
def test_they_cut_any_mix_alike(text):
    assert segmenter("rjieba")(text) == segmenter("jieba")(text)


@given(st.text(max_size=60))
def test_words_joined_are_the_text(text):
    assert "".join(segmenter("rjieba")(text)) == text
    assert "".join(word for word, _ in tagger()(text)) == text


def test_an_unknown_backend_is_named():
    with pytest.raises(ValueError, match="unknown segmenter 'x'"):
        segmenter("x")


@pytest.mark.parametrize("backend", ["rjieba", "jieba"])
def test_verb_and_object_that_the_dictionary_joins_are_two_words(backend):
    assert tagger(backend)("审理案件120件")[:2] == [("审理", "v"), ("案件", "n")]
    assert tagger(backend)("收治患者")[0] == ("收治", "v")
    assert tagger(backend)("处理意见")[0] == ("处理意见", "n")
