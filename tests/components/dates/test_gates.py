"""Quick looks go before slow patterns: whatever a pattern matches, the look before it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.components.dates import calendar, occasions
from miner.components.dates.grammar import Grammar
from miner.components.dates.planning import planned


@pytest.mark.parametrize("words", [row[0] for row in calendar.rows("happenings.tsv")])
@given(data=st.data())
def test_every_wording_of_a_happening_is_looked_for(words, data):
    text = "专题报道," + data.draw(st.from_regex(words, fullmatch=True)) + "发生以来"
    assert list(occasions.happenings(text, occasions._gates(text), [])), text


PLANS = "下一步 下步 接下来 计划 预计 力争 拟 打算 将于 将在 定于 有望 届时 争取 将从 将自 下阶段 最晚 最迟 不晚于 不迟于 将 要 必须 务必 须 确保 准备 安排 应"


@pytest.mark.parametrize("word", PLANS.split())
def test_a_word_of_the_future_makes_a_day_planned(word):
    assert _planned(f"局里{word}在9月10日完工")


def test_without_one_a_day_is_no_plan():
    assert not _planned("局里在9月10日完工")
    assert not _planned("水库9月10日的水位不高,将军山一带没有要闻")


def _planned(text):
    [day] = Grammar(text).expressions()
    return planned(text, day, 0, len(text))
