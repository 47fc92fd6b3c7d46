"""Where a position stands among stretches: as the library's bisection says."""

from bisect import bisect_left, bisect_right

from hypothesis import given
from hypothesis import strategies as st

from miner.layout.positions import first_from, holding

STARTS = st.lists(st.integers(0, 60)).map(sorted)


@given(STARTS, st.integers(-1, 61), st.integers(0, 5))
def test_positions_are_found_as_the_library_finds_them(starts: list[int], position: int, low: int) -> None:
    low = min(low, len(starts))
    assert first_from(starts, position, low) == bisect_left(starts, position, low)
    assert holding(starts, position) == bisect_right(starts, position) - 1


def test_the_stretch_that_holds_a_position() -> None:
    sentences = [0, 12, 30]
    assert [holding(sentences, position) for position in (0, 11, 12, 45)] == [0, 0, 1, 2]
    assert holding([5], 4) == -1
    assert first_from(sentences, 13) == 2
