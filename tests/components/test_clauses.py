"""Clauses, and which stretch holds a position."""

from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from miner.components.clauses import Clauses, numbers_at


@given(st.lists(st.integers(0, 40)).map(sorted), st.integers(0, 40))
def test_the_stretch_that_holds_a_position_is_the_last_that_begins_before_it(starts: list[int], length: int) -> None:
    assert numbers_at(starts, length) == [bisect_right(starts, position) - 1 for position in range(length + 1)]


def test_a_clause_ends_at_a_mark_but_not_within_a_number() -> None:
    text = "检查药店1,200家,发现问题3个。"
    clauses = Clauses(text)
    assert [text[slice(*clauses.span(number))] for number in range(3)] == ["检查药店1,200家", "发现问题3个", ""]
    assert [clauses.index(text.index(word)) for word in ("检查", "发现", "个")] == [0, 1, 1]
    assert clauses.index(len(text)) == 2
