"""Rows: who acted, when, and which number belongs to which verb."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import miner

PIECES = ["临江市水务局", "该局", "检查", "8月6日", "12家", "药店", ",", "。", "\n\n", "由", "和", "、", "的", "将", "共", "发现", "其中"]


def rows(text):
    report = next(miner.mine([text])).to_dict()
    return [(e["trigger"], e["organisation"], [report["quantities"][i]["text"] for i in e["quantities"]]) for e in report["events"]]


def events(text):
    return next(miner.mine([text])).to_dict()["events"]


def test_each_verb_takes_its_own_number():
    found = rows("8月6日,临江市市场监管局共出动执法人员288人次,检查经营场所1202家次,发现问题21个。")
    assert found == [("出动", "临江市市场监管局", ["288人次"]), ("检查", "临江市市场监管局", ["1202家次"]), ("发现", "临江市市场监管局", ["21个"])]


def test_one_verb_takes_several_numbers():
    assert rows("临江市消防救援大队出动车辆6台、消防员32名。") == [("出动", "临江市消防救援大队", ["6台", "32名"])]


def test_a_number_that_describes_belongs_to_no_event():
    found = rows("全镇有5所学校,临江市教育局为学校安装空调120台。")
    assert found == [("安装", "临江市教育局", ["120台"])]


@pytest.mark.parametrize(("sentence", "deed"), [
    ("临江市教育局走访家长300户,下辖12个校区。", "300户"), ("临江市第二中学维修路灯8盏。学校占地20亩。", "8盏"),
    ("临江市医院接诊病人230人次,编制床位300张。", "230人次"),
])
def test_what_a_body_has_belongs_to_no_deed_beside_it(sentence, deed):
    assert [quantity for found in rows(sentence) for quantity in found[2]] == [deed]


@pytest.mark.parametrize(("sentence", "actor"), [
    ("临江市市场监管局检查药店12家。", "临江市市场监管局"),
    ("临江市慈善总会向柳林社区捐赠口罩3000只。", "临江市慈善总会"),
    ("由临江市水务局清理河道12公里。", "临江市水务局"),
])
def test_the_subject_is_the_actor_and_not_the_one_acted_upon(sentence, actor):
    assert rows(sentence)[0][1] == actor


def test_a_clause_without_subject_inherits_the_actor_of_the_one_before():
    found = rows("临江市应急管理局检查企业45家。共发现隐患82处,已整改80处。")
    assert {actor for _, actor, _ in found} == {"临江市应急管理局"}


def test_a_heading_names_the_actor_of_what_follows():
    text = "临江市直属机关工作简报\n\n临江市水务局\n\n汛期以来,清理河道12公里,加固堤防3处。\n\n临江市教育局\n\n开学以来,检查食堂46家。\n"
    assert [(trigger, actor) for trigger, actor, _ in rows(text)] == [("清理", "临江市水务局"), ("加固", "临江市水务局"), ("检查", "临江市教育局")]


def test_a_heading_that_names_a_party_branch_speaks_of_its_bureau():
    text = "机关党支部抗疫纪实\n\n临江市信访局机关党支部\n\n党员干部下沉社区,值守卡口4个。\n"
    assert rows(text)[-1][1] == "临江市信访局"


def test_joint_actors_are_all_named_the_first_one_first():
    (event,) = events("临江市市场监管局、临江市商务局联合检查超市18家。")[-1:]
    assert event["organisations"] == ["临江市市场监管局", "临江市商务局"]
    assert event["organisation"] == "临江市市场监管局"


def test_the_date_of_the_clause_is_the_date_of_the_event_and_its_place_is_told():
    text = "2021年8月6日,临江市市场监管局检查药店12家。8月9日,该局检查诊所5家。"
    first, second = (event for event in events(text) if event["trigger"] == "检查")
    assert (first["date_from"], second["date_from"]) == ("2021-08-06", "2021-08-09")
    assert text[slice(*second["date_at"])] == "8月9日"
    assert text[slice(*first["organisation_at"])] == "临江市市场监管局"


def records(text):
    found = next(miner.mine([text])).rows()["records"]
    return [(r["organisation"], str(r["date_from"]), r["action"], r["modality"], r["value"], r["unit"], r["item"]) for r in found if r["value"] is not None]


@pytest.mark.parametrize(("text", "expected"), [
    ("2022年7月4日,临江市交通局共检测车辆5838台,人员9592人。", [("test", 5838, "台", "车辆"), ("test", 9592, "人", "人员")]),
    ("2022年7月4日,临江市市场监管局录入药品信息855条、化妆品信息1549条。", [("screen", 855, "条", "药品信息"), ("screen", 1549, "条", "化妆品信息")]),
    ("2022年7月4日,临江市文旅局关停场所123家,其中歌厅16家、演出场所4家。",
     [("enforce", 123, "家", "场所"), ("enforce", 16, "家", "歌厅"), ("enforce", 4, "家", "演出场所")]),
    ("2022年7月4日,临江市文旅局检查场所202家,关停123家。其中练歌广场16家、营业性演出场所4家、网吧21家。",
     [("inspect", 202, "家", "场所"), ("enforce", 123, "家", "场所"), ("enforce", 16, "家", "练歌广场"), ("enforce", 4, "家", "营业性演出场所"),
      ("enforce", 21, "家", "网吧")]),
    ("2022年7月4日,临江市水务局再添水泵6台,抢筑子堤1.2公里。", [("procure", 6, "台", "水泵"), ("build", 1.2, "公里", "子堤")]),
])
def test_lists_go_on_with_the_verb_before_and_parts_with_that_of_their_total(text, expected):
    actor = text[text.index(",") + 1 : text.index("局") + 1]
    assert records(text) == [(actor, "2022-07-04", action, "done", *amount) for action, *amount in expected]


@pytest.mark.parametrize(("text", "amount"), [
    ("临江市财政局拨付防疫经费286万元,比上年多41万元。", 2_860_000), ("临江市医院接诊病人230人次,较去年同期减少12人次。", 230),
    ("临江市公交公司疏运市民82人次,比前一天多17人次。", 82),
])
def test_how_much_more_or_less_belongs_to_no_event(text: str, amount: float) -> None:
    assert [row[4] for row in records(text) if row[2]] == [amount]


def test_each_cell_tells_where_it_comes_from():
    text = "临江市两局工作简报(2022年)\n\n一、临江市商务局\n\n7月4日,走访企业32家。解决难题14个。\n\n二、临江市农业农村局\n\n7月5日,派出技术员18名。\n"
    told = [(e["trigger"], e["organisation"], e["organisation_reason"], e["date_from"], e["date_reason"]) for e in events(text)]
    assert told == [("走访", "临江市商务局", "heading", "2022-07-04", "own sentence"),
                    ("解决", "临江市商务局", "earlier action", "2022-07-04", "earlier sentence"),
                    ("派出", "临江市农业农村局", "heading", "2022-07-05", "own sentence")]
    assert all(0 < e["confidence"] <= 1 for e in events(text))


def test_a_plan_and_a_demand_are_rows_of_their_own_modality():
    assert records("下一步,临江市住建局将改造老旧小区18个。") == [("临江市住建局", "None", "build", "planned", 18, "个", "老旧小区")]
    assert records("临江市民政局要求各养老院每月演练不少于2次。")[0][2:5] == ("train", "required", 2)


def test_a_doubtful_verb_is_an_event_only_with_a_number_of_its_own():
    found = next(miner.mine(["2022年7月4日,临江市文旅局关停营业性演出场所4家。"]))
    assert [e["trigger"] for e in found.to_dict()["events"]] == ["关停"]
    assert all(trigger.start in {event.start for event in found.findings.events} for trigger in found.findings.triggers)


def test_a_quantity_belongs_to_at_most_one_event():
    found = events("区城管局排查修复围栏破损150余处,修复长度1071米,封闭小门280处。")
    linked = [index for event in found for index in event["quantities"]]
    assert len(linked) == len(set(linked))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_links_point_to_what_exists(text):
    found = next(miner.mine([text])).to_dict()
    for event in found["events"]:
        assert all(0 <= index < len(found["quantities"]) for index in event["quantities"])
        assert event["organisation"] == (event["organisations"][0] if event["organisations"] else None)
        assert event["action"]
        assert event["trigger"]
