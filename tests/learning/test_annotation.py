"""The .ann format: every field, flag and alternative, and every fault with its line."""

from __future__ import annotations

import pytest
from generated_reports import reports
from hypothesis import given, settings

from miner.learning.annotation import AnnotatedReport, AnnotationError, parse_annotated, read_annotated, write_annotated

HEADER = "---\npublished: 2021-08-07\nyear: 2021\njurisdiction: 临江市\ndomain: charity\nlayout: news\narticle: 爱心进社区\ntraps: running-total, plans\n---\n"
FIRST = HEADER.count("\n") + 1  # the line on which the report begins


def read(body: str, header: str = HEADER) -> AnnotatedReport:
    return parse_annotated(header + body, "a.ann")


def only(body: str) -> dict:
    (record,) = read(body).records
    return record


def fault(body: str, header: str = HEADER) -> tuple[int, str]:
    with pytest.raises(AnnotationError) as caught:
        read(body, header)
    assert str(caught.value) == f"a.ann:{caught.value.line}: {caught.value.reason}"
    return caught.value.line, caught.value.reason


def test_header():
    assert read("文").header == {"published": "2021-08-07", "year": 2021, "jurisdiction": "临江市", "domain": "charity", "layout": "news",
                                "article": ["爱心进社区"], "traps": "running-total, plans", "origin": None}


def test_header_entries_may_be_empty_and_articles_may_be_many():
    header = read("文", "---\npublished:\nyear:\ndomain: fire\nlayout: blog\narticle: 甲\narticle:\narticle: 乙: 丙\n---\n").header
    assert (header["published"], header["year"], header["jurisdiction"]) == (None, None, None)
    assert header["article"] == ["甲", "", "乙: 丙"]


def test_the_text_is_what_remains_without_marks():
    report = read("\n  今日,{区商务局}来人。\n| 区商务局 | org | 清河区商务局 | government\n<p>完</p>\n")
    assert report.text == "\n  今日,区商务局来人。\n<p>完</p>\n"
    assert [(r["start"], r["end"], r["text"]) for r in report.records] == [(6, 10, "区商务局")]


def test_organisation():
    assert only("{我局}\n| 我局 | org | 临江市教育局 | government | pron | opt") == {
        "k": "org", "name": "临江市教育局", "type": "government", "pron": True, "opt": True, "text": "我局", "start": 0, "end": 2}


@pytest.mark.parametrize(("days", "expected"), [
    ("2020-02-13", ("2020-02-13", "2020-02-13")),
    ("2020-02-13T08", ("2020-02-13T08", "2020-02-13T08")),
    ("2020-02-01..2020-02-10", ("2020-02-01", "2020-02-10")),
    ("2020-02-13T08..2020-02-13", ("2020-02-13T08", "2020-02-13")),
    ("..2020-02-10", (None, "2020-02-10")),
    ("2020-02-10..", ("2020-02-10", None)),
    ("?", (None, None)),
])
def test_days(days, expected):
    record = only(f"{{2月}}\n| 2月 | date | {days} | day/part")
    assert (record["from"], record["to"], record["grain"]) == (*expected, "day|part")


def test_act():
    assert only("{检查}\n| 检查 | act | inspect/screen | done | 甲局/- | 2020-02-03 | opt") == {
        "k": "event", "type": "inspect|screen", "modality": "done", "org": "甲局|", "when": ["2020-02-03", "2020-02-03"], "opt": True,
        "trigger": "检查", "text": "检查", "start": 0, "end": 2}


def test_an_act_without_days_and_actor():
    record = only("{检查}\n| 检查 | act | inspect | ongoing | - | -")
    assert (record["org"], record["when"]) == ("", None)


@pytest.mark.parametrize(("cell", "value", "high"), [("80", 80, None), ("30..40", 30, 40), ("4.5", 4.5, None), ("2.0", 2, None), ("-30", -30, None),
                                                     ("-20..-29", -20, -29), ("0.5..1.5", 0.5, 1.5)])
def test_value(cell, value, high):
    record = only(f"{{数}}\n| 数 | qty | {cell} | 只 | 口罩 | exact | one | -")
    assert (record["value"], record["hi"]) == (value, high)
    assert isinstance(record["value"], type(value))


def test_quantity():
    assert only("{65%}\n| 65% | qty | 65 | - | 防护物资/- | min/exact | rate | - | opt | alt=达65%") == {
        "k": "qty", "value": 65, "hi": None, "unit": "", "item": "防护物资|", "qual": "min|exact", "scope": "rate", "action": "", "org": "", "when": None,
        "modality": "done", "opt": True, "alt": "达65%", "text": "65%", "start": 0, "end": 3}


def test_the_unit_may_hold_a_stroke():
    assert only("{5元/人}\n| 5元/人 | qty | 5 | 元/人 | 补贴 | exact | rate | -")["unit"] == "元/人"


ACTS = "{发放}甲{3只}乙{发放}丙{4只}丁{捐赠}\n| 发放 | act | distribute | done | 甲局 | 2020-02-01\n| 3只 | qty | 3 | 只 | - | exact | one | %s\n" \
       "| 发放 | act | distribute | planned | 乙局 | -\n| 4只 | qty | 4 | 只 | - | exact | one | %s\n| 捐赠 | act | donate | done | 丙局 | 2020-03-01.."


@pytest.mark.parametrize(("row", "event"), [("@发放", 0), ("@发放#1", 0), ("@发放#2", 2), ("@捐赠", 4)])
def test_row_is_the_last_act_before_the_quantity_else_the_next_or_the_numbered_one(row, event):
    records = read(ACTS % (row, "-")).records
    quantity, act = records[1], records[event]
    assert quantity["event"] == event
    assert [quantity[key] for key in ("action", "org", "when", "modality")] == [act[key] for key in ("type", "org", "when", "modality")]
    assert "event" not in records[3]


def test_the_last_act_of_the_name_counts():
    assert read(ACTS % ("-", "@发放")).records[3]["event"] == 2


def test_days_of_its_own_override_those_of_the_act():
    quantity = read(ACTS % ("@发放 when=2020-01-01..2020-01-31", "-")).records[1]
    assert quantity["when"] == ["2020-01-01", "2020-01-31"]
    assert quantity["org"] == "甲局"


def test_a_mark_may_run_over_a_line_end_and_repeat_its_text_without_white_space():
    report = read("共{3\n 万只}口罩\n| 3万只 | qty | 30000 | 只 | 口罩 | exact | one | -")
    assert report.text == "共3\n 万只口罩"
    assert report.records[0]["text"] == "3万只"


@pytest.mark.parametrize(("written", "text", "span"), [
    ("{{甲}}", "{甲}", None),
    ("||甲|乙", "|甲|乙", None),
    ("|甲", "|甲", None),
    ("|||", "||", None),
    ("{{{甲局}}}", "{甲局}", (1, 3)),  # the brace next to the mention is the mark's
    ("{甲{{}}局}", "甲{}局", (0, 4)),
    ("甲{{{{{局}", "甲{{局", (3, 4)),
])
def test_doubled_braces_and_bars(written, text, span):
    notes = f"\n| {text[span[0]:span[1]]} | org | 名 | other" if span else ""
    report = read(written + notes)
    assert report.text == text
    assert [(r["start"], r["end"]) for r in report.records] == ([span] if span else [])


@pytest.mark.parametrize(("body", "line", "reason"), [
    ("{甲局", 0, "a mark is not closed: '甲局'"),
    ("甲局}", 0, "a mark closes that was not opened"),
    ("文\n{甲{乙}局}", 1, "a mark opens inside a mark"),
    ("{}局", 0, "a mark is empty"),
    ("{ }局", 0, "a mark is empty"),
    ("文\n{甲局}", 1, "the mark '甲局' has no line that describes it"),
    ("文\n| 甲局 | org | 甲局 | government", 1, "'甲局' is described, but no mark is left"),
    ("{甲局}\n| 乙局 | org | 乙局 | government", 1, "this line describes '乙局', but the next mark (line 10) is '甲局'"),
    ("{甲局}\n| 甲局 | organisation | 甲局 | government", 1, "the second field must be one of org, date, qty, act"),
    ("{甲局}\n| 甲局", 1, "the second field must be one of"),
    ("{甲局}\n| 甲局 | org | 甲局", 1, "too few fields: org needs name | type"),
    ("{甲局}\n| 甲局 | org | 甲局 | bureau", 1, "unknown type 'bureau'; known: government, party"),
    ("{甲局}\n| 甲局 | org | 甲局 | government | sure", 1, "unknown flag 'sure'; known here: opt, pron, alt"),
    ("{甲局}\n| 甲局 | org | 甲局 | government | opt=yes", 1, "unknown flag 'opt=yes'"),
    ("{甲局}\n| 甲局 | org | 甲局 | government | alt=", 1, "alt= names no span"),
    ("{甲日}\n| 甲日 | date | 2020-02-13 | day | pron", 1, "unknown flag 'pron'; known here: opt, alt"),
    ("{甲日}\n| 甲日 | date | 2020-2-13 | day", 1, "'2020-2-13' is no ISO date"),
    ("{甲日}\n| 甲日 | date | 2020-02-13T24 | day", 1, "'2020-02-13T24' is no ISO date"),
    ("{甲日}\n| 甲日 | date | 2021-02-29 | day", 1, "day is out of range for month"),
    ("{甲日}\n| 甲日 | date | 2020-02-13..2020-02-01 | day", 1, "ends before it begins"),
    ("{甲日}\n| 甲日 | date | .. | day", 1, "'..' names no day; write ?"),
    ("{甲日}\n| 甲日 | date | 2020-02-13 | decade", 1, "unknown grain 'decade'"),
    ("{多只}\n| 多只 | qty | 80万 | 只 | - | exact | one | -", 1, "'80万' is no number"),
    ("{多只}\n| 多只 | qty | nan | 只 | - | exact | one | -", 1, "'nan' is no number"),
    ("{多只}\n| 多只 | qty | 40..30 | 只 | - | exact | one | -", 1, "'40..30' ends below its beginning"),
    ("{多只}\n| 多只 | qty | 3 | 只 | - | about | one | -", 1, "unknown qualifier 'about'"),
    ("{多只}\n| 多只 | qty | 3 | 只 | - | exact | some | -", 1, "unknown scope 'some'"),
    ("{多只}\n| 多只 | qty | 3 | 只 | - | exact | one", 1, "too few fields: qty needs value | unit | item | qualifier | scope | row"),
    ("{多只}\n| 多只 | qty | 3 | 只 | - | exact | one | @发放", 1, "no act '@发放' stands near"),
    ("{多只}\n| 多只 | qty | 3 | 只 | - | exact | one | 发放", 1, "no act '发放' stands near"),
    ("{检查}\n| 检查 | act | look | done | - | -", 1, "unknown type 'look'"),
    ("{检查}\n| 检查 | act | inspect | maybe | - | -", 1, "unknown modality 'maybe'"),
    ("{检查}\n| 检查 | act | inspect | done | - | - | alt=查", 1, "unknown flag 'alt=查'; known here: opt"),
    (ACTS % ("@发放#3", "-"), 2, "no act '@发放#3' stands near (write @TRIGGER, or @TRIGGER#2"),
    (ACTS % ("@发放 on=2020-01-01", "-"), 2, "unknown override 'on=2020-01-01'; only when=FROM..TO may follow"),
    (ACTS % ("@发放 when=January", "-"), 2, "'January' is no ISO date"),
])
def test_faults_name_their_line(body, line, reason):
    found_line, found_reason = fault(body)
    assert reason in found_reason
    assert found_line == FIRST + line


@pytest.mark.parametrize(("header", "line", "reason"), [
    ("", 1, "an annotated report begins with a line '---'"),
    ("---\ndomain: fire", 2, "the header has no closing '---'"),
    ("---\n\ndomain: fire\n---\n", 2, "unknown header line ''"),
    ("---\ndomain: fire\nauthor: 王\n---\n", 3, "unknown header line 'author: 王'; known keys: published, year"),
    ("---\ndomain\n---\n", 2, "unknown header line 'domain'"),
    ("---\ndomain: fire\ndomain: flood\n---\n", 3, "a second 'domain:'"),
    ("---\ndomain: fire\n---\n", 3, "the header needs 'layout:'"),
    ("---\nlayout: news\npublished: 昨天\n---\n", 3, "published must be an ISO date (2020-02-13) or empty, not '昨天'"),
    ("---\npublished: 2021-02-29\n---\n", 2, "published must be an ISO date"),
    ("---\nyear: 二零二零\n---\n", 2, "year must have four digits or be empty, not '二零二零'"),
])
def test_faults_of_the_header_name_their_line(header, line, reason):
    found_line, found_reason = fault("" if "closing" in reason else "文", header)
    assert reason in found_reason
    assert found_line == line


def test_a_file_that_is_no_utf8_is_named(tmp_path):
    file = tmp_path / "坏.ann"
    file.write_bytes(b"---\n" + "领域".encode("gb18030"))
    with pytest.raises(AnnotationError, match=r"坏\.ann:2: this is no UTF-8 text"):
        read_annotated(file)


@given(reports())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_again(report):
    assert parse_annotated(write_annotated(report)) == report


@pytest.mark.parametrize(("change", "reason"), [
    ({"name": "纪委/监委"}, "'/' separates alternatives"),
    ({"alt": "甲 | 乙"}, "cannot stand in a field"),
    ({"name": "-"}, "'-' is the empty one"),
    ({"name": "甲\n乙"}, "cannot stand in a field"),
    ({"start": 0, "end": 0}, "does not follow"),
    ({"start": 2, "end": 9}, "leaves the text"),
])
def test_what_the_format_cannot_say_is_not_written(change, reason):
    report = read("{甲局}来人\n| 甲局 | org | 甲局 | government")
    report.records[0] |= change
    with pytest.raises(ValueError, match=reason):
        write_annotated(report)


def test_marks_that_nest_are_not_written():
    report = read("{甲局}来{人}\n| 甲局 | org | 甲局 | government\n| 人 | org | 人 | other")
    report.records[1] |= {"start": 1, "end": 3}
    with pytest.raises(ValueError, match="does not follow"):
        write_annotated(report)
