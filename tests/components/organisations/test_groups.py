"""Whose task groups are: those of a command or task force, those of a body that shares its work among several."""

import pytest

from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out

FINDER = OrganisationFinder()


def names(text: str) -> dict[str, str]:
    return {mention.text: mention.name for mention in FINDER.find(lay_out(text)).organisations}


@pytest.mark.parametrize(("text", "short", "full"), [
    ("余干县财政局参加调度。余干县防汛抗旱指挥部下设物资、安置、抢险3个工作组。7月9日,抢险组封堵管涌3处。", "抢险组", "余干县防汛抗旱指挥部抢险组"),
    ("灌云县气象局发布预警。灌云县抗旱保供专班下设水源组、宣传组,驻守泵站4座。水源组打井6眼。", "水源组", "灌云县抗旱保供专班水源组"),
])
def test_a_group_belongs_to_the_task_force_that_is_said_to_have_it(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_a_group_belongs_to_the_command_that_the_title_is_about() -> None:
    text = "灯火通明的夜晚\n\n——泾县疫情防控指挥部值守手记\n\n社区防控组是指挥部的底座。1月6日,泾县商务局送来口罩2000只。医疗救治组转运患者12人。"
    found = names(text)
    assert found["医疗救治组"] == "泾县疫情防控指挥部医疗救治组"
    assert found["社区防控组"] == "泾县疫情防控指挥部社区防控组"


def test_so_does_a_task_force_unless_its_sentence_says_who_sets_it_up() -> None:
    text = "仓库里的灯\n\n——房县疫情防控指挥部物资保障组值守记\n\n采购专班签下口罩8000只。\n\n房县市场监管局成立质量专班,抽检口罩60批次。"
    found = names(text)
    assert found["采购专班"] == "房县疫情防控指挥部物资保障组采购专班"
    assert found["质量专班"] == "房县市场监管局质量专班"


def test_task_forces_of_several_kinds_are_parts_of_the_bureau_that_reports() -> None:
    text = "守好市场的门\n\n——海安市市场监管局工作纪实\n\n价格监管专班受理举报48件。\n\n药械质量专班检查药店60家。专班责令整改5家。"
    found = names(text)
    assert found["价格监管专班"] == "海安市市场监管局价格监管专班"
    assert found["专班"] == "海安市市场监管局药械质量专班"


def test_a_single_task_force_without_an_owner_is_the_divisions() -> None:
    text = "山阳县农业农村局工作总结\n\n防疫保供专班调运物资30吨。"
    assert names(text)["防疫保供专班"] == "山阳县防疫保供专班"


@pytest.mark.parametrize(("text", "full"), [
    ("绩溪县文旅局连夜开会,组建文旅系统疫情防控专班,抽调干部46名。", "绩溪县文旅系统疫情防控专班"),
    ("绩溪县文旅局连夜开会,局长汪志清牵头,从执法大队抽调9人,成立文旅市场专班。", "绩溪县文旅局文旅市场专班"),
])
def test_the_task_force_of_a_trade_is_more_than_that_of_its_bureau(text: str, full: str) -> None:
    assert full in names(text).values()


@pytest.mark.parametrize(("text", "short", "full"), [
    ("临澧县新冠肺炎疫情防控指挥部部署三轮核酸检测。1月3日,县指挥部物资保障组发放试剂8000份。", "县指挥部物资保障组", "临澧县新冠肺炎疫情防控指挥部物资保障组"),
    ("临澧县教育局党组开会,成立局疫情防控领导小组,排查师生1200人。", "局疫情防控领导小组", "临澧县教育局疫情防控领导小组"),
])
def test_a_command_named_shortly_is_the_one_named_in_full(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("安溪县工商联组建青年企业家志愿服务队,值守卡口9处。", "青年企业家志愿服务队", "安溪县工商联青年企业家志愿服务队"),
    ("企业支援防疫情况\n\n(一)广源物流公司。公司组建志愿服务队。\n\n(二)永丰面业公司。公司党支部捐款2万元。", "公司党支部", "永丰面业公司党支部"),
])
def test_a_team_belongs_to_the_body_that_founds_it(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_a_numbered_party_branch_leaves_no_number_in_the_names_of_what_it_founds() -> None:
    text = "江苏博诚医疗科技有限公司抗疫纪实\n\n1月3日,江苏博诚医疗科技有限公司第二党支部成立防控专班,排班12人。"
    assert names(text)["防控专班"] == "江苏博诚医疗科技有限公司防控专班"
