"""Which verbs say an action here, of which type, in which modality."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.components.actions.candidates import candidates
from miner.components.actions.component import ActionsComponent
from miner.components.actions.features import of_type, type_aspects
from miner.components.actions.lexicon import lexicon, make_lexicon, read_triggers
from miner.components.linear import choice
from miner.components.scene import scene_of
from miner.pipeline import process
from miner.schema import ACTIONS


def triggers(text):
    return [(t.text, t.actions[0], t.modality) for t in process(text)._.findings.triggers]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("市应急局召开防汛工作会议。", [("召开", "meet", "done")]),
    ("临江市慈善总会向柳林社区捐赠口罩3000只。", [("捐赠", "donate", "done")]),
    ("环卫工人清运垃圾35吨。", [("清运", "disinfect", "done")]),
    ("我局抽检食品456批次,合格率98.5%。", [("抽检", "test", "done")]),
    ("区消防大队出动车辆6台,疏散群众45人,扑灭火灾2起。", [("出动", "deploy", "done"), ("疏散", "rescue", "done"), ("扑灭", "rescue", "done")]),
])
def test_plain_statements(sentence, expected):
    assert triggers(sentence) == expected


def test_a_verb_that_only_names_a_plan_is_no_action():
    assert "检查" in lexicon().types  # it could be one
    assert triggers("临江市卫健委印发《医疗机构检查办法》。") == [("印发", "plan", "done")]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("执法人员查看了检查记录。", ["查看"]),
    ("局里通过了检查工作方案。", ["通过"]),
    ("专班起草了排查登记制度。", ["起草"]),
    ("民警查阅了登记台账。", ["查阅"]),
    ("临江市妇联发放健康教育等宣传资料150份。", ["发放"]),
    ("区安委办制定了演练方案。", ["制定"]),
    ("执法人员对餐馆的人员管理、消毒记录、进货登记等情况进行了检查。", ["检查"]),
    ("执法人员对餐馆的人员管理、环境消毒、进货登记等情况进行了检查。", ["检查"]),
    ("区卫健局就核酸采样、环境消杀等工作开展督导。", ["督导"]),
    ("区住建局围绕脚手架搭设、消防通道设置等方面进行抽查。", ["抽查"]),
    ("志愿者的坚守为小区平安提供了有力保障。", []),  # praise is no deed
    ("临江市司法局发放普法宣传手册600册。", ["发放"]),
])
def test_a_verb_that_modifies_a_noun_is_no_action(sentence, expected):
    assert [word for word, _, _ in triggers(sentence)] == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("临江市供销社给隔离户送奶3.6吨、送肉5.1吨。", ["送", "送"]),  # 送奶, 送肉 are one word each to the tagger
    ("临江市水务局再添水泵6台。", ["添"]),
])
def test_a_verb_of_one_character_is_found_within_a_longer_word_where_a_number_follows(sentence, expected):
    assert [word for word, _, _ in triggers(sentence)] == expected


def test_what_the_tagger_takes_for_a_verb_is_a_candidate_where_a_number_stands_in_its_clause_only():
    def words(text):
        return [(c.word, c.known) for c in candidates(scene_of(process(text)._.findings), make_lexicon({"检查": ("inspect",)}))]

    assert words("该局装填沙袋300个,装填很快。检查药店。") == [("装填", False), ("检查", True)]


def test_a_trigger_inside_an_organisation_or_a_counted_noun_is_none():
    # 组成 in 应急保障组成立 and 演出 in 演出场所 are no verbs here
    assert [word for word, _, _ in triggers("甲区应急保障组成立了三个小组。")] == ["成立"]
    assert "演出" not in [word for word, _, _ in triggers("区文体局关停营业性演出场所4家。")]


@pytest.mark.parametrize(("sentence", "modality"), [
    ("县教育局检查了校车36辆。", "done"),
    ("下一步,县教育局将继续开展校车检查。", "planned"),
    ("县交通局拟于下月检查渡口。", "planned"),
    ("市交警支队要求各中队必须严查酒驾。", "required"),
    ("各单位必须检查消防通道。", "required"),
    ("执法人员未检查仓库。", "negated"),
    ("因大雪封路,工作组没有检查山区学校。", "negated"),
    ("社区每天对楼道进行消毒。", "ongoing"),
    ("值班人员24小时轮流值守。", "ongoing"),
    ("遇到行动不便的老人,工作人员便会主动上门办理。", "ongoing"),
    ("三是加强对药店的监管,督导药店落实实名登记,开展暗访。", "ongoing"),  # a practice without any mark of it
    ("局里要求各药店配备口罩,做好人员登记。", "required"),
])
def test_modality(sentence, modality):
    assert triggers(sentence)[-1][2] == modality


@pytest.mark.parametrize("sentence", ["按照上级文件要求,区商务局走访超市8家。", "为落实《关于切实做好渡口检查的通知》,县交通局走访渡口3处。",
                                      "清河区应急保障组走访超市8家。"])
def test_a_noun_a_title_and_a_name_are_no_demand(sentence):
    trigger = process(sentence)._.findings.triggers[-1]
    assert (trigger.text, trigger.modality, trigger.modality_reason) == ("走访", "done", "no cue")


def test_a_cue_of_one_character_counts_only_as_a_word():
    # 要 in 重要, 应 in 供应, 将 in 即将 are parts of words
    assert triggers("该县供应重要物资320吨。")[0][2] == "done"


def test_a_lecture_is_training():
    assert triggers("学校举办讲座3场。")[0][:2] == ("举办", "train")


def test_an_ambiguous_trigger_takes_its_type_from_the_words_around_it():
    assert triggers("市工商联举办座谈会2场。")[0][:2] == ("举办", "meet")


def test_the_lexicon_covers_all_types_and_names_only_known_ones():
    types = {action for found in lexicon().types.values() for action in found}
    assert types == set(ACTIONS)


def test_triggers_file_lists_types_in_order_and_likeliest_comes_first():
    content = '[inspect]\ntriggers = "检测 检查"\n[test]\ntriggers = "检测"\n'
    assert read_triggers(content)["检测"] == ("inspect", "test")
    assert read_triggers(content, "# comment\n检测\ttest\n")["检测"] == ("test", "inspect")


def test_the_automaton_finds_overlapping_triggers():
    found = make_lexicon({"组成": ("organise",), "成立": ("organise",)}).find("保障组成立")
    assert found == [(2, 4, "组成"), (3, 5, "成立")]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="检查督导局将未要,。、了3家口罩的\n", max_size=60))
def test_triggers_never_overlap_and_stand_where_they_say(text):
    doc = process(text)
    end = 0
    for trigger in doc._.findings.triggers:
        assert trigger.start >= end
        assert doc.text[trigger.start : trigger.end] == trigger.text
        assert 0 <= trigger.confidence <= 1
        end = trigger.end


@pytest.mark.parametrize(("seen", "likeliest"), [
    ({}, "inspect"),  # the lexicon's own order
    ({"test": 9.0, "inspect": 2.0}, "test"),
    ({"serve": 12.0, "inspect": 1.0}, "serve"),  # seen in training, though the lexicon does not list it
    ({"serve": 0.5, "inspect": 1.0}, "inspect"),  # once, beside another right type: no type of the word
])
def test_how_often_training_saw_a_word_with_a_type_speaks_for_the_type(seen, likeliest):
    component, scene = ActionsComponent(), scene_of(process("区卫健局检查诊所12家。")._.findings)
    component.type = choice({name: {"bias": 0.0, "weights": {}} for name in ACTIONS}, of_type)  # nothing that stands around tells the types apart
    component.seen = {"检查": seen}
    found = candidates(scene, lexicon())
    place = [candidate.word for candidate in found].index("检查")
    assert component.rank(found[place], component.types("检查"), *type_aspects(scene, found, place))[0] == likeliest
