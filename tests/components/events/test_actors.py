"""Who acted: names that stand alone above what was done, headings side by side, heads of clauses."""

import pytest

import miner
from miner.components.events.actors import ActorFinder
from miner.components.events.standing import acting_body, standing
from miner.components.events.subjects import Heads
from miner.components.scene import scene_of


def actors(text):
    report = next(miner.mine([text])).to_dict()
    return [(e["trigger"], e["organisation"], e["organisation_reason"]) for e in report["events"]]


def scene(text):
    return scene_of(next(miner.mine([text])).findings)


LEDGER = """临江市环境整治11月份完成情况一览

◆ 市住建局
○ 铺设污水管网3.2公里,更换井盖87套
○ 修补人行道1540平方米
◆ 市城管局
○ 拆除违建43处
"""


def test_a_name_that_stands_alone_on_a_line_acts_in_the_lines_that_follow():
    found = actors(LEDGER)
    assert [(trigger, name) for trigger, name, _ in found] == [
        ("铺设", "临江市住建局"), ("更换", "临江市住建局"), ("修补", "临江市住建局"), ("拆除", "临江市城管局")]


def test_a_name_in_brackets_heads_its_own_paragraph_only():
    text = "临江市卫健局工作动态\n\n【市疾控中心】采集样品120份,送检40份。\n\n截至8月20日,全市排查场所312处。"
    found = scene(text)
    organisations = found.findings.organisations
    alone = standing(found, organisations, [found.block(mention.start) for mention in organisations])
    blocks = {found.text[block.start : block.start + 2]: block for block in found.findings.layout.blocks}
    assert organisations[alone.above(blocks["【市"])].text == "市疾控中心"
    assert alone.above(blocks["截至"]) is None


def test_a_name_with_a_sentence_after_it_does_not_stand_alone():
    found = scene("临江市水务局工作简报\n\n临江市水务局清理河道12公里。\n\n加固堤防3处。")
    organisations = found.findings.organisations
    assert standing(found, organisations, [found.block(mention.start) for mention in organisations]).starts == []


@pytest.mark.parametrize("first", ["认领微心愿226个", "组织党员认领微心愿226个"])
def test_a_line_that_labels_the_unit_names_who_acts_below_it(first):
    text = f"临江市“七一”活动一览\n\n单位:柳林街道\n内容:{first}。\n\n单位:城东街道\n内容:走访老党员13名。\n"
    told = {trigger: name for trigger, name, _ in actors(text)}
    assert told["认领"].endswith("柳林街道")
    assert told["走访"].endswith("城东街道")


@pytest.mark.parametrize(("sentence", "shape", "word"), [
    ("全市17家医院派出选手102名。", "nqn", "医院"),
    ("医护人员采集样本120份。", "n", "人员"),
    ("累计检查药店12家。", "", ""),
    ("临江市水务局清理河道12公里。", "o", ""),
    ("8月6日,临江市水务局工作人员清理河道12公里。", "on", "人员"),
])
def test_the_head_of_a_clause_is_told_by_its_shape_and_its_last_noun(sentence, shape, word):
    found = scene(sentence)
    verb = next(at for at in (sentence.find(v) for v in ("派出", "采集", "检查", "清理")) if at >= 0)
    head = Heads(found).before(found.clauses.index(verb), verb)
    assert (head.shape, head.word) == (shape, word)


@pytest.mark.parametrize(("name", "body"), [
    ("临江市信访局机关党支部", "临江市信访局"), ("柳林社区党支部", "柳林社区党支部"), ("临江市水务局", "临江市水务局"),
])
def test_a_party_branch_stands_for_its_bureau_and_for_no_community(name, body):
    assert acting_body(name) == body


def test_who_acts_jointly_is_named_in_full_and_the_receiver_is_not():
    found = next(miner.mine(["2022年3月1日,临江市慈善总会、远帆集团有限公司向柳林社区捐赠口罩3000只。"])).to_dict()["events"]
    assert [event["organisations"] for event in found] == [["临江市慈善总会", "远帆集团有限公司"]]


def test_a_name_that_stands_alone_reaches_past_lines_that_bear_a_label():
    text = """临江市帮扶单位冬季行动台账

■ 市审计局
  联系村:柳林镇白塔村
  已办:慰问困难户68户,安装路灯30盏

■ 市民政局(市直)
  联系村:南滩镇石桥村
  已办:发放救助金5.6万元
"""
    told = {trigger: name for trigger, name, _ in actors(text)}
    assert (told["慰问"], told["安装"], told["发放"]) == ("临江市审计局", "临江市审计局", "临江市民政局")


@pytest.mark.parametrize(("sentence", "subjects"), [
    ("临江市教育局从市疾控中心、市人民医院和市卫生监督所抽调专家27人。", ["临江市教育局"]),
    ("临江市水务局会同市公安局、市环保局检查企业12家。", ["临江市水务局"]),
    ("临江市水务局、市公安局和市环保局检查企业12家。", ["临江市水务局", "市公安局", "市环保局"]),
    ("临江市工商联向会员企业、市物流协会发出倡议书。", ["临江市工商联"]),
    ("为此,临江市水务局主动请战,组建了防汛突击队。", ["临江市水务局"]),
])
def test_neither_what_a_preposition_nor_what_a_verb_stands_before_is_a_subject(sentence, subjects):
    found = scene(sentence)
    finder = ActorFinder(found, None)
    assert [mention.text for index, mention in enumerate(found.findings.organisations) if finder.subject(index)] == subjects


def test_an_earlier_event_under_another_mark_is_of_another_unit():
    text = "临江市环境整治一览\n\n◆ 市住建局\n○ 铺设管网3.2公里\n◆ 全市累计\n○ 拆除违建43处\n"
    found = scene(text)
    organisations = found.findings.organisations
    alone = standing(found, organisations, [found.block(mention.start) for mention in organisations])
    units = {found.text[block.start : block.start + 3]: alone.unit(block) for block in found.findings.layout.blocks}
    assert units["○铺设"] == units["◆市住"] != units["◆全市"] == units["○拆除"]


def test_the_foot_of_a_page_says_whose_it_is():
    text = "临江市第二小学举行演练\n\n9月9日,临江市第二小学举行疏散演练。临江市消防大队到校指导。\n\n版权所有 临江市第二小学  技术支持:云帆网络\n"
    finder = ActorFinder(scene(text), None)
    assert finder.prominence.owner is not None and finder.organisations[finder.prominence.owner].name == "临江市第二小学"


def test_whom_a_report_calls_its_own_is_its_own_body():
    finder = ActorFinder(scene("临江市水务局工作简报\n\n6月3日,临江市水务局召开会议。我局已清理河道12公里,市公安局派员维持秩序,市环保局检查企业3家。"), None)
    assert finder.prominence.ours == "临江市水务局"


def test_another_name_in_brackets_is_no_body_beside_the_first():
    found = scene("临江市工商业联合会(市总商会)向柳林社区捐赠口罩3000只。")
    finder = ActorFinder(found, None)
    trigger = next(trigger for trigger in found.findings.triggers if trigger.text == "捐赠")
    named = {found.findings.organisations[c.mention].text for c in finder.candidates(trigger) if c.mention is not None}
    assert "临江市工商业联合会" in named and "市总商会" not in named


def test_a_heading_that_is_a_units_name_gives_its_deeds_to_the_unit():
    text = ("石泉县人民法院2019年工作总结\n\n今年以来,我院受理各类案件3416件,审结3302件。\n\n一、立案庭\n\n全面推行网上立案,调解纠纷486件,设置导诉台3个。\n\n"
            "二、执行局\n\n聚焦涉民生案件,拘留失信被执行人63人,纳入失信名单208人,发放执行款1163万元。\n")
    acted = {event["trigger"]: event["organisation"] for event in next(miner.mine([text])).to_dict()["events"]}
    assert (acted["受理"], acted["调解"]) == ("石泉县人民法院", "石泉县人民法院立案庭")
    assert {acted[verb] for verb in ("拘留", "纳入", "发放") if verb in acted} == {"石泉县人民法院执行局"}


def test_a_candidate_knows_its_kinship_with_the_body_that_the_heading_names():
    found = scene("石泉县人民法院工作总结\n\n石泉县人民法院受理案件3416件。\n\n一、执行局\n\n拘留失信被执行人63人。\n")
    finder = ActorFinder(found, None)
    trigger = next(trigger for trigger in found.findings.triggers if trigger.text == "拘留")
    finder.remember("石泉县人民法院", found.findings.triggers[0])
    keys = {candidate.name: {key[0]: key[1:] for key in candidate.keys} for candidate in finder.candidates(trigger)}
    assert keys["石泉县人民法院执行局"]["headed-by"][:2] == ("same", True)
    assert keys["石泉县人民法院"]["headed-by"][:2] == ("owner", True)
    assert keys["石泉县人民法院执行局"]["kin"][0] == "unit"
    assert keys["石泉县人民法院"]["kin"][0] == "same"
