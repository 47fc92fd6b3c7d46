"""A batch of reports gives what its reports give one by one; a stream is read no further than a batch."""

import gc
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

import miner
from miner.pipeline import batches, no_collection
from miner.pipeline.batches import MOST_CHARACTERS, MOST_REPORTS

REPORTS = [f"2021年8月{day}日,临江市市场监管局检查药店{day + 10}家,整改问题{day}个。次日,该局抽检药品{day + 3}批次。" for day in range(1, 29)]


def test_reports_of_a_batch_are_mined_as_each_alone():
    together = [report.to_dict() for report in miner.mine(REPORTS)]
    assert together == [next(miner.mine([text])).to_dict() for text in REPORTS]
    assert [event["organisation"] for event in together[20]["events"]] == ["临江市市场监管局"] * 3


def test_the_first_report_of_a_stream_waits_for_no_other():
    taken = []
    stream = (taken.append(number) or REPORTS[number % 28] for number in count())
    mined = miner.mine(stream)
    next(mined)
    assert taken == [0]
    list(islice(mined, 40))
    assert len(taken) == 1 + 2 * MOST_REPORTS, "then whole batches are taken"


def test_what_came_before_a_fault_of_the_stream_is_mined():
    def stream():
        yield from REPORTS[:6]
        raise OSError("the disk is gone")

    mined = miner.mine(stream())
    assert [report.text for report in islice(mined, 6)] == REPORTS[:6]
    with pytest.raises(OSError, match="the disk is gone"):
        next(mined)


@given(st.lists(st.integers(0, 2 * MOST_CHARACTERS), max_size=60), st.sampled_from([1, 3, MOST_REPORTS]))
def test_batches_keep_order_and_are_bounded(lengths, first):
    found = list(batches(lengths, int, first))
    assert [length for batch in found for length in batch] == lengths
    assert all(0 < len(batch) <= MOST_REPORTS for batch in found)
    assert all(len(batch) == 1 or sum(batch) <= MOST_CHARACTERS for batch in found)
    assert not found or len(found[0]) <= first


def test_the_collector_rests_while_a_batch_is_mined_and_is_left_as_it_was():
    with no_collection():
        assert not gc.isenabled()
    mined = miner.mine(REPORTS[:3])
    next(mined)
    assert gc.isenabled()
    gc.disable()
    try:
        next(mined)
        assert not gc.isenabled()
    finally:
        gc.enable()
