"""The cues of modality, read in their grammar."""

import pytest

from miner.components.actions.candidates import candidates
from miner.components.actions.lexicon import lexicon
from miner.components.actions.modality import TOLD, cues, modality_features, modality_rules
from miner.components.scene import scene_of
from miner.pipeline import process


def last(text):
    """The scene of a text, its last candidate and the cues around it."""
    scene = scene_of(process(text)._.findings)
    candidate = candidates(scene, lexicon())[-1]
    return scene, candidate, cues(scene, candidate, scene.sentence_span(candidate.start), modality_rules())


def near(text):
    return [(modality, cue) for modality, cue, _ in last(text)[2].near]


@pytest.mark.parametrize("text", [
    "消防员将老人送往医院。", "该县将3名工人纳入低保。", "派出所将其拘留。", "区里将检查情况每晚汇总上报。",
    "清河县应急局将清河县教育局移交的线索查办。", "县红十字会将接收的防护服拨付给医院。", "县人民法院将执行到位的案款发还农民工。",
])
def test_a_preposition_that_takes_up_the_object_is_no_plan(text):
    assert "将" not in [cue for _, cue in near(text)] + [cue for _, cue, _ in last(text)[2].far]


@pytest.mark.parametrize(("text", "cue"), [
    ("该县将检查渡口。", "将"), ("该县将逐户走访。", "将"), ("该县将对渡口进行检查。", "将"),
    ("该县将于近日检查渡口。", "将于"), ("该县将会检查渡口。", "将会"), ("该县将总结经验、推广做法。", "将"),
    ("该县将发放补贴、检查渡口。", "将"),
])
def test_what_lies_ahead_is_a_plan(text, cue):
    assert ("planned", cue) in near(text)


@pytest.mark.parametrize("text", [
    "对未按要求登记的药店检查。", "该镇根据工作需要增派民警。", "商户响应政府号召捐款。", "企业负责人捐款。",
    "货主被告知货物征用。",
    "为贯彻县委、县政府和市教育局、市公安局关于做好校园安全与防汛备汛各项重点工作的文件要求,县局约谈校长。",
])
def test_nouns_are_no_cues(text):
    assert not {"要求", "需要", "号召", "负责", "告知"} & {cue for _, cue in near(text)}


def test_a_negation_reaches_its_own_verb_alone():
    assert ("negated", "未") in near("该局未检查。")
    assert ("negated", "未") not in near("该局对未标价的予以查处。")
    assert ("negated", "没有") not in near("该局对没有证照的取缔。")


def test_a_demand_ends_where_the_sentence_tells_what_has_been_done():
    assert ("required", "严禁") in near("该局严禁商户涨价,检查药店。")
    assert ("required", "严禁") not in near("该局严禁商户涨价,已检查药店。")


@pytest.mark.parametrize(("text", "ended"), [
    ("该县计划治理河道8条,种植防护林。", False), ("该县计划治理河道8条,目前已种植防护林。", True),
])
def test_an_earlier_plan_is_told_apart_where_the_sentence_has_turned_to_what_is_done(text, ended):
    scene, candidate, found = last(text)
    assert ("planned", "计划", ended) in found.far
    assert f"far-planned|ended={ended}" in modality_features(scene, candidate, found, "build")


@pytest.mark.parametrize(("heading", "told"), [
    ("二、2022年工作打算", True), ("二、2022年工作思路", True), ("三、下步工作安排", True),
    ("三、下一步打算", True), ("二、上半年工作总结及下半年打算", False), ("四、工作任务", True), ("一、任务完成情况", False),
])
def test_a_heading_that_looks_back_tells_no_plan(heading, told):
    scene, candidate, found = last(f"河湾镇工作汇报\n{heading}\n镇里走访企业,检查渡口,部署各项防汛工作。")
    assert any(name.startswith("head=") for name in modality_features(scene, candidate, found, "inspect")) is told


@pytest.mark.parametrize(("text", "told"), [
    ("该局购置到了口罩。", True), ("该局对药店进行了检查。", True), ("该局共计检查药店160家次。", True), ("民警昼夜巡逻,累计值守160个班次。", True),
    ("该局检查药店。", False), ("该局累计检查药店。", False), ("该局不间断检查药店160家次。", False), ("该局将检查完药店再进行了解。", False),
])
def test_aspect_and_totals_before_a_number_tell_a_deed(text, told):
    scene, candidate, found = last(text)
    assert (f"{TOLD}=done" in modality_features(scene, candidate, found, "inspect")) is told


@pytest.mark.parametrize(("text", "modality"), [
    ("县里拟卖出石料。", "planned"), ("县里将检查药店。", "planned"), ("县里未检查药店。", "negated"), ("各单位必须检查药店。", "required"),
    ("县里每周检查药店。", "ongoing"),
    ("县里要求各乡镇检查药店。", "required"), ("县里准备检查药店。", "planned"), ("各乡镇应检查药店。", "required"),
    ("县里将逐户检查药店。", None), ("县里每天检查药店。", None), ("按照计划检查药店。", None),
])
def test_some_words_right_before_the_verb_leave_no_doubt(text, modality):
    scene, candidate, found = last(text)
    told = [name for name in modality_features(scene, candidate, found, "inspect") if name.startswith(TOLD)]
    assert told == ([] if modality is None else [f"{TOLD}={modality}"])


@pytest.mark.parametrize(("text", "cue"), [("县里拟卖出石料。", "拟"), ("各乡镇应上岗。", "应"), ("请各单位检查药店。", "请各")])
def test_a_cue_that_the_tagger_joins_with_its_verb_is_one(text, cue):
    assert cue in [found for _, found in near(text)]


def test_a_character_inside_a_word_is_no_cue():
    assert near("县里重要检查。") == []


@pytest.mark.parametrize(("text", "where"), [
    ("本报2021年3月2日讯 清河县教育局启动工程,3月20日前完成校舍改造。", "clause"),
    ("本报2021年3月2日讯 清河县教育局要在3月20日前把校舍危房摸清,逐栋改造。", "sentence"),
    ("本报2021年3月2日讯 清河县教育局2月20日完成校舍改造。", None),
    ("本报2021年3月2日讯 清河县教育局3月20日前改造校舍。清河县住建局检查工地。", None),
])
def test_a_day_ahead_of_the_report_s_own_is_told_of_its_sentence(text, where):
    scene, candidate, found = last(text)
    ahead = [name for name in modality_features(scene, candidate, found, "build") if name.startswith("ahead=")]
    assert ahead == ([] if where is None else [f"ahead={where}"])


@pytest.mark.parametrize(("text", "goes_on"), [
    ("县水利局拟新建水库3座,加固堤防12公里,清淤河道8公里。", True), ("县农业局计划培训农民1200人次,发放种子2万公斤。", True),
    ("县水利局拟新建水库3座,石泉县交通局修复道路8公里。", False), ("县水利局拟新建水库3座,6月3日加固堤防12公里。", False),
    ("县水利局拟新建水库3座,目前已加固堤防12公里。", False), ("县水利局拟新建水库3座,资金由乡镇承担,加固堤防12公里。", False),
    ("县教育局制定培训计划3份,签订责任书210份。", False),
])
def test_a_plan_goes_on_from_verb_to_verb(text, goes_on):
    found = last(text)[2]
    assert found.goes_on == goes_on
    assert goes_on == ("planned" in [modality for modality, _, _ in found.near])


@pytest.mark.parametrize(("heading", "announced"), [
    ("二、2022年工作打算", "打算"), ("四、下一步工作计划", "计划"), ("五、明年工作思路", "思路"), ("三、下半年重点工作安排", "安排"),
    ("四、问题和下一步打算", ""), ("二、2022年工作计划完成情况", ""), ("二、采购计划", ""), ("一、今年的安排", ""),
])
def test_a_heading_of_plans_alone_makes_plans_of_the_verbs_below(heading, announced):
    *_, found = last(f"石泉县教育局2021年工作总结\n一、工作情况\n2021年,培训教师1200人次。\n{heading}\n(一)教师培训\n轮训教师1500人次。\n")
    assert [word for modality, word, _ in found.near if modality == "planned"] == ([announced] if announced else [])


def test_what_a_clause_says_itself_goes_before_its_heading():
    *_, found = last("石泉县教育局总结\n一、2022年工作打算\n目前已培训教师1200人次。\n")
    assert "planned" not in [modality for modality, _, _ in found.near]


@pytest.mark.parametrize(("text", "planned"), [
    ("2022年,工作重心放在补短板上。加固水库6座。", ["2022年"]), ("2021年,工作重心放在补短板上。加固水库6座。", []),
    ("2022年,工作重心放在补短板上。5月8日加固水库6座。", []), ("明年,县水利局加固水库6座。", ["明年"]), ("县水利局承诺加固水库6座。", ["承诺"]),
    ("根据工作计划,县水利局加固水库6座。", []), ("县水利局列入年度计划加固水库6座。", []),
])
def test_words_and_years_that_look_ahead(text, planned):
    *_, found = last(f"石泉县工作动态\n2021年6月3日\n{text}")
    assert [cue for modality, cue, _ in found.near if modality == "planned"] == planned
