"""A report as rows: offsets into the source, one record per event and quantity, `each` spread out."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

import miner

PIECES = [
    "临江市市场监管局", "检查药店12家", ",", "。", "\n\n", "2月13日", '<p class="x">', "</p>", "&nbsp;", " ", "下一步将", "捐赠口罩３０００只",
    "\r\n", "檢查", "“", "(一)",
]


def one(text):
    return next(miner.mine([text]))


def plain(source):
    """What a reader sees of a piece of source, white space aside."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^<>]*>", "", source)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_every_offset_points_to_its_words_in_the_source(text):
    found = one(text).to_dict()
    for kind in ("organisations", "dates", "quantities", "sentences"):
        for mention in found[kind]:
            assert plain(text[mention["start"] : mention["end"]]) == plain(mention["text"])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_offsets_stay_inside_any_source(text):
    found = one(text).to_dict()
    for kind in ("organisations", "dates", "quantities", "sentences", "events"):
        assert all(0 <= mention["start"] < mention["end"] <= len(text) for mention in found[kind])


def test_tags_and_entities_inside_a_mention_are_not_its_words():
    report = one("<p>临江市<b>市场监管局</b>检查药店&nbsp;12&nbsp;家。</p>")
    found = report.to_dict()
    assert found["organisations"][0]["text"] == "临江市市场监管局"
    assert found["quantities"][0]["text"].replace("\xa0", "") == "12家"
    assert report.text[found["organisations"][0]["start"] : found["organisations"][0]["end"]] == "临江市<b>市场监管局"


def test_an_event_with_three_verbs_and_three_numbers_gives_three_records():
    frame = one("8月6日,临江市市场监管局共出动执法人员288人次,检查经营场所1202家次,发现问题21个。").to_frame()
    assert frame[["action", "value", "unit"]].values.tolist() == [["deploy", 288, "人次"], ["inspect", 1202, "家次"], ["inspect", 21, "个"]]
    assert set(frame["organisation"]) == {"临江市市场监管局"}


def test_keys_without_a_value_are_null_or_empty_never_left_out():
    found = one("无可奉告。").to_dict()
    assert found["published"] is None
    assert found["jurisdiction"] is None
    assert found["organisations"] == found["events"] == []


def test_the_frame_of_a_report_without_events_still_has_the_columns():
    from miner.schema import TABLES

    assert tuple(one("").to_frame().columns) == TABLES["records"].names
