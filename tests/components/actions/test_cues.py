"""The cues of modality, read in their grammar."""

import pytest

from miner.components.actions.candidates import candidates
from miner.components.actions.lexicon import lexicon
from miner.components.actions.modality import cues, modality_features, modality_rules
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
    "清河县应急局将清河县教育局移交的线索查办。",
])
def test_a_preposition_that_takes_up_the_object_is_no_plan(text):
    assert "将" not in [cue for _, cue in near(text)] + [cue for _, cue in last(text)[2].far]


@pytest.mark.parametrize(("text", "cue"), [
    ("该县将检查渡口。", "将"), ("该县将逐户走访。", "将"), ("该县将对渡口进行检查。", "将"),
    ("该县将于近日检查渡口。", "将于"), ("该县将会检查渡口。", "将会"), ("该县将总结经验、推广做法。", "将"),
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


@pytest.mark.parametrize(("heading", "told"), [
    ("三、下一步打算", True), ("二、上半年工作总结及下半年打算", False), ("四、工作任务", True), ("一、任务完成情况", False),
])
def test_a_heading_that_looks_back_tells_no_plan(heading, told):
    scene, candidate, found = last(f"河湾镇工作汇报\n{heading}\n镇里走访企业,检查渡口,部署各项防汛工作。")
    assert any(name.startswith("head=") for name in modality_features(scene, candidate, found, "inspect")) is told
