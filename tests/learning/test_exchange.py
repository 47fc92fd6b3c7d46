"""Label Studio and doccano: what is exported comes back the same; what a user changed there arrives."""

from __future__ import annotations

import copy
import json
import xml.etree.ElementTree as ET

import pytest
from generated_reports import reports
from hypothesis import given, settings

from miner.learning.annotation import parse_annotated
from miner.learning.exchange import ExchangeError, file_name
from miner.learning.exchange_doccano import from_row, to_rows
from miner.learning.exchange_label_studio import from_task, label_config, to_tasks
from miner.learning.gold import from_gold, to_gold

CONTENT = """---
published: 2021-08-07
year: 2021
jurisdiction: 临江市
domain: charity
layout: news
article: 爱心
traps: plans
---
{8月6日},{我局}向{柳林社区}{捐赠}口罩{3000只},{7月}已{捐赠}{200只}。
| 8月6日 | date | 2021-08-06T08 | day/hour
| 我局 | org | 临江市市场监管局/临江市场监管局 | government | pron | alt=我局向
| 柳林社区 | org | 临江市柳林社区 | community | opt
| 捐赠 | act | donate/distribute | done | 临江市市场监管局/- | 2021-08-06
| 3000只 | qty | 3000 | 只 | 口罩 | exact | one | @捐赠
| 7月 | date | 2021-07-01..2021-07-31 | month
| 捐赠 | act | donate | done | 临江市市场监管局 | 2021-07-01..2021-07-31 | opt
| 200只 | qty | 150..200 | 只 | 口罩/- | approx/max | one | @捐赠#1 when=?
"""
REPORT = parse_annotated(CONTENT)


def task() -> dict:
    return copy.deepcopy(to_tasks([REPORT], ["甲"])[0])


def row() -> dict:
    return copy.deepcopy(to_rows([REPORT], ["甲"])[0])


def results(one: dict, **wanted) -> list[dict]:
    return [result for result in one["annotations"][0]["result"] if all(result.get(key) == value for key, value in wanted.items())]


def test_both_tools_give_back_what_was_exported():
    assert from_task(task(), 1) == (REPORT, [])
    assert from_row(row(), 1) == (REPORT, [])


@given(reports())
@settings(max_examples=100, deadline=None)
def test_any_report_comes_back_from_label_studio(report):
    assert from_task(json.loads(json.dumps(to_tasks([report], ["甲"])[0])), 1) == (report, [])


@given(reports())
@settings(max_examples=100, deadline=None)
def test_any_report_comes_back_from_doccano(report):
    assert from_row(json.loads(json.dumps(to_rows([report], ["甲"])[0])), 1) == (report, [])


@given(reports())
@settings(max_examples=100, deadline=None)
def test_any_report_comes_back_from_the_guides_form_with_days_in_whole(report):
    back, remarks = from_gold(json.loads(json.dumps(to_gold(report))), report.text, "甲")
    assert remarks == []
    assert back.text == report.text
    assert [r for r in back.records if r["k"] != "qty"] == [r for r in report.records if r["k"] != "qty"]
    assert [r.get("event") for r in back.records] == [r.get("event") for r in report.records]


def test_label_studio_sees_spans_fields_and_relations():
    one = task()
    assert one["data"]["jurisdiction"] == "临江市"
    (mark,) = results(one, id="m1", type="labels")
    assert mark == {"id": "m1", "from_name": "mark", "to_name": "text", "type": "labels", "value": {"start": 5, "end": 7, "text": "我局", "labels": ["org"]}}
    assert results(one, id="m3", from_name="act_type")[0]["value"]["choices"] == ["donate", "distribute"]
    assert results(one, id="m7", from_name="qty_value")[0]["value"] == {"start": 27, "end": 31, "text": ["150..200"]}
    assert results(one, type="relation") == [
        {"type": "relation", "from_id": "m4", "to_id": "m3", "direction": "right", "labels": ["amount_of"]},
        {"type": "relation", "from_id": "m7", "to_id": "m3", "direction": "right", "labels": ["amount_of"]}]


def test_the_labelling_configuration_has_a_control_for_every_result():
    root = ET.fromstring(label_config())
    controls = {element.get("name"): element for element in root.iter() if element.get("toName")}
    assert {result["from_name"] for result in task()["annotations"][0]["result"] if "from_name" in result} <= set(controls)
    assert all(control.get("perRegion") == "true" for name, control in controls.items() if name != "mark")
    assert [choice.get("value") for choice in controls["act_modality"]] == ["done", "ongoing", "planned", "required", "negated"]
    assert root.find("Relations/Relation").get("value") == "amount_of"
    assert "pre-wrap" in root.find("Style").text


def test_a_correction_in_label_studio_arrives():
    one = task()
    results(one, id="m1", from_name="org_name")[0]["value"]["text"] = ["旧", "临江市教育局"]
    results(one, id="m3", from_name="act_type")[0]["value"]["choices"] = ["approve"]
    one["annotations"][0]["result"] = [r for r in one["annotations"][0]["result"] if not (r["type"] == "relation" and r["from_id"] == "m7")]
    report, remarks = from_task(one, 1)
    assert remarks == []
    assert report.records[1]["name"] == "临江市教育局"
    assert (report.records[4]["action"], report.records[4]["event"]) == ("approve", 3)
    assert "event" not in report.records[7]


def test_a_new_mark_without_fields_gets_what_the_program_reads_from_it():
    one = task()
    one["annotations"][0]["result"] = [r for r in one["annotations"][0]["result"] if r.get("id") not in ("m0", "m1", "m4", "m7") and r["type"] != "relation"]
    one["annotations"][0]["result"] += [
        {"id": "x", "type": "labels", "value": {"start": 0, "end": 4, "text": "8月6日", "labels": ["date"]}},
        {"id": "y", "type": "labels", "value": {"start": 5, "end": 7, "text": "我局", "labels": ["org"]}},
        {"id": "z", "type": "labels", "value": {"start": 16, "end": 21, "text": "3000只", "labels": ["qty"]}}]
    report, remarks = from_task(one, 1)
    assert [(r["from"], r["to"]) for r in report.records if r["text"] == "8月6日"] == [("2021-08-06", "2021-08-06")]
    assert [r["name"] for r in report.records if r["text"] == "我局"] == ["我局"]
    assert [(r["value"], r["unit"]) for r in report.records if r["k"] == "qty"] == [(3000, "只")]
    assert remarks[0] == "甲: '8月6日' at 0 has no days, grain; written: 2021-08-06, day"
    assert len(remarks) == 3


def test_offsets_in_utf16_units_are_understood():
    one = to_tasks([parse_annotated(CONTENT.replace("{8月6日}", "𠮷{8月6日}"))], ["甲"])[0]
    for result in one["annotations"][0]["result"]:
        if "value" in result:
            result["value"]["start"] += 1
            result["value"]["end"] += 1
    report, _ = from_task(one, 1)
    assert [r["start"] for r in report.records[:2]] == [1, 6]
    one["annotations"][0]["result"][0]["value"]["start"] += 5
    with pytest.raises(ExchangeError, match="'8月6日' does not stand at 7–6"):
        from_task(one, 1)


def test_line_ends_of_another_system_are_read():
    one = to_tasks([parse_annotated(CONTENT.replace("向{柳", "向\n{柳"))], ["甲"])[0]
    expected, _ = from_task(copy.deepcopy(one), 1)
    one["data"]["text"] = one["data"]["text"].replace("\n", "\r\n")
    for result in one["annotations"][0]["result"]:
        if "value" in result and result["value"]["start"] > 8:
            result["value"]["start"] += 1
            result["value"]["end"] += 1
    assert from_task(one, 1)[0] == expected


@pytest.mark.parametrize(("change", "reason"), [
    (lambda one: one.pop("data"), r"task 1 has no data\.text; export the project as JSON \(not JSON-MIN\)"),
    (lambda one: results(one, id="m0", type="labels")[0]["value"].update(end=6, text="8月6日,我"), "甲: the marks '8月6日,我' and '我局' at 5 overlap"),
    (lambda one: results(one, id="m0", type="labels")[0]["value"].update(labels=["day"]), "unknown label 'day'"),
    (lambda one: results(one, id="m0", from_name="date_days")[0]["value"].update(text=["gestern"]), "甲: '8月6日' at 0: 'gestern' is no ISO date"),
    (lambda one: results(one, id="m7", from_name="qty_own_days")[0]["value"].update(text=["bald"]), "甲: '200只' at 27: own_days: 'bald' is no ISO date"),
    (lambda one: results(one, id="m0", type="labels")[0].pop("value"), "甲: the annotation is not of Label Studio's form"),
])
def test_what_cannot_be_imported_from_label_studio_is_named(change, reason):
    one = task()
    change(one)
    with pytest.raises(ExchangeError, match=reason):
        from_task(one, 1)


def test_of_several_annotations_the_last_submitted_one_counts():
    one = task()
    one["annotations"] += [{"result": []}, {"result": "?", "was_cancelled": True}]
    report, remarks = from_task(one, 1)
    assert (report.records, remarks) == ([], ["甲: the last of 2 annotations was taken"])


def test_doccano_sees_labels_with_the_main_code():
    one = row()
    assert one["entities"][:2] == [{"id": 1, "label": "date:day", "start_offset": 0, "end_offset": 4},
                                   {"id": 2, "label": "org:government", "start_offset": 5, "end_offset": 7}]
    assert one["relations"] == [{"id": 5, "from_id": 5, "to_id": 4, "type": "amount_of"}, {"id": 8, "from_id": 8, "to_id": 4, "type": "amount_of"}]
    assert one["meta"]["marks"]["5-7"] == {"kind": "org", "name": "临江市市场监管局/临江市场监管局", "type": "government", "flags": ["pron"], "alt": "我局向"}


def test_ids_are_unique_over_a_doccano_file():
    rows = to_rows([REPORT, REPORT], ["甲", "乙"])
    ids = [entity["id"] for one in rows for entity in one["entities"]]
    assert len(set(ids)) == len(ids) == 16
    assert from_row(rows[1], 2) == (REPORT, [])


def test_corrections_in_doccano_arrive_though_it_numbers_entities_anew():
    one = row()
    for entity in one["entities"]:
        entity["id"] += 700
    one["relations"] = [{"id": 1, "from_id": 705, "to_id": 707, "type": "amount_of"}]
    one["entities"][1]["label"] = "org:education"
    one["entities"][3]["label"] = "act:distribute"  # one of the alternatives: both stay
    one["entities"][2]["end_offset"] -= 2
    one["entities"].reverse()
    report, remarks = from_row(one, 1)
    assert report.records[1]["type"] == "education"
    assert report.records[3]["type"] == "donate|distribute"
    assert (report.records[2]["text"], report.records[2]["name"]) == ("柳林", "临江市柳林社区")
    assert (report.records[4]["event"], report.records[4]["when"]) == (6, ["2021-07-01", "2021-07-31"])
    assert remarks == ["甲: '柳林' at 8 was moved from 8-12 and keeps the fields it had there"]


def test_a_doccano_file_without_relations_or_meta_is_read():
    report, remarks = from_row({"id": 3, "text": "甲局检查12家", "label": [[0, 2, "org:government"], [2, 4, "act:inspect"], [4, 7, "qty"]]}, 1)
    assert [(r["k"], r.get("type"), r.get("value")) for r in report.records] == [("org", "government", None), ("event", "inspect", None), ("qty", None, 12)]
    assert report.path == "line-3"
    assert len(remarks) == 3


@pytest.mark.parametrize(("change", "reason"), [
    (lambda one: one.pop("text"), "line 4 has no text"),
    (lambda one: one["entities"][0].update(label="person"), "unknown label 'person'"),
    (lambda one: one["entities"][0].pop("start_offset"), "line 4 is not of doccano's form"),
    (lambda one: one["entities"][1].update(label="org:bureau"), "unknown type 'bureau'"),
    (lambda one: one["entities"][0].update(end_offset=900, start_offset=890), "marks no text"),
])
def test_what_cannot_be_imported_from_doccano_is_named(change, reason):
    one = row()
    change(one)
    with pytest.raises(ExchangeError, match=reason):
        from_row(one, 4)


def test_foreign_gold_links_a_quantity_to_the_nearest_act_of_its_type():
    records = [{"k": "doc", "sentences": [[0, 9]]},
               {"k": "event", "s": 0, "trigger": "检查", "type": "inspect", "org": "甲局", "modality": "done", "start": 2, "end": 4},
               {"k": "qty", "s": 0, "text": "12家", "value": 12, "hi": None, "unit": "家", "item": "", "qual": "exact", "scope": "one", "action": "inspect",
                "org": "甲局", "when": ["2021-08-06", "2021-08-06"], "modality": "done", "start": 4, "end": 7},
               {"k": "org", "s": 0, "text": "查12", "name": "查", "type": "other", "start": 3, "end": 6}]
    report, remarks = from_gold(records, "甲局检查12家。", "甲")
    assert [(r["k"], r.get("event"), r.get("when")) for r in report.records] == [("event", None, None), ("qty", 0, ["2021-08-06", "2021-08-06"])]
    assert remarks == ["甲: '查12' at 3 overlaps '检查' and was left out; marks never nest"]
    records[1]["type"] = "meet"
    _, remarks = from_gold(records, "甲局检查12家。", "甲")
    assert "甲: no act inspect for '12家' at 4; its row was left empty" in remarks


@pytest.mark.parametrize(("name", "expected"), [("a-001", "a-001"), ("../../x/报告 1.ann", "报告_1"), ("..", "report"), ("C:\\a\\b", "b")])
def test_a_name_never_leaves_its_folder(name, expected):
    assert file_name(name) == expected
