"""Whose a unit is, which body a short word means: sentence, section, title, signature, level and rank decide."""

import pytest

from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out

FINDER = OrganisationFinder()


def names(text: str) -> dict[str, str]:
    return {mention.text: mention.name for mention in FINDER.find(lay_out(text)).organisations}


@pytest.mark.parametrize(("text", "short", "full"), [
    ("西华县农业农村局(以下简称县局)春耕工作总结\n\n3月,县局抽调骨干组建春耕服务专班,走访农户312户。", "春耕服务专班", "西华县农业农村局春耕服务专班"),
    ("隆回县第二医院工作总结\n\n今年,隆回县第二医院成立由院长任组长的控费专班,核查处方2100张。", "控费专班", "隆回县第二医院控费专班"),
    ("2月3日,南海区里水镇成立防汛专班,巡堤12公里。南海区水务局派员指导。", "防汛专班", "南海区里水镇防汛专班"),
])
def test_a_task_force_belongs_to_the_body_that_sets_it_up(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("石景山区应急管理局牵头,从6个部门抽调18人组建防汛工作专班,排查积水点9处。", "防汛工作专班", "石景山区防汛工作专班"),
    ("怀宁县召开会议。怀宁县委成立森林防火指挥部,出动巡护员300人。", "森林防火指挥部", "怀宁县森林防火指挥部"),
])
def test_a_task_force_of_several_bodies_belongs_to_the_division(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("赤壁市林业局派出的督导组检查卡口8个。", "督导组", "赤壁市林业局督导组"),
    ("监利市水利局派驻的工作组查看涵闸4座。", "工作组", "监利市水利局工作组"),
])
def test_a_unit_belongs_to_the_body_that_sends_it(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("龙海市公安局交警大队工作总结\n\n一年来,角美中队查处酒驾46起。", "角美中队", "龙海市公安局交警大队角美中队"),
    ("桂阳县电力局抢修纪实\n\n桂阳县电力局连夜出动。流峰供电所架线3公里。", "流峰供电所", "桂阳县电力局流峰供电所"),
])
def test_what_is_always_a_part_belongs_to_the_body_that_reports(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("隆回县第二医院接诊患者120人。县财政局拨款30万元。医务科组织会诊12次。", "医务科", "隆回县第二医院医务科"),
    ("炎陵县霞阳镇中心小学开展演练。县教育局派员指导。教务处编排课程6门。", "教务处", "炎陵县霞阳镇中心小学教务处"),
])
def test_a_department_of_a_hospital_or_school_goes_to_one(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("桦甸市公安局夹皮沟派出所巡逻30次。市应急管理局检查矿山2座。交警大队出动警力46人。", "交警大队", "桦甸市公安局交警大队"),
    ("如皋市公安局开展清查。市司法局调解纠纷3起。经侦大队立案2起。", "经侦大队", "如皋市公安局经侦大队"),
])
def test_a_police_unit_belongs_to_the_police(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("监利市农业农村局检查农资店30家。荆州市局抽检种子12批次。荆州市派出工作组。", "荆州市局", "荆州市农业农村局"),
    ("昆明市生态环境局五华分局采集水样506份。4月,按照市局统一部署,巡河12次。", "市局", "昆明市生态环境局"),
    ("监利市农业农村局工作简报\n\n监利市农业农村局向荆州市报送信息。市局采用57条。", "市局", "荆州市农业农村局"),
    ("平度市市场监督管理局南村监管所工作总结\n\n全年检查摊点40个。平度市畜牧兽医局派员。市局通报表扬。", "市局", "平度市市场监督管理局"),
])
def test_the_bureau_of_a_level_is_the_counterpart_of_the_one_that_reports(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("昆明市生态环境局五华分局检查企业38家。盘龙分局互查企业12家。", "盘龙分局", "昆明市生态环境局盘龙分局"),
    ("中山市公安局古镇分局召开会议。中山市公安局古镇分局清查旅馆42家。小榄分局清查网吧9家。", "小榄分局", "中山市公安局小榄分局"),
    ("内江市生态环境局东兴区分局检查企业5家。东兴区分局出动12人。", "东兴区分局", "内江市生态环境局东兴区分局"),
    ("内江市生态环境局东兴区分局检查企业5家。区分局出动12人。", "区分局", "内江市生态环境局东兴区分局"),
])
def test_a_branch_of_the_same_body_takes_its_name(text: str, short: str, full: str) -> None:
    assert names(text).get(short) == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("曹县公安局交警大队查处超员22起。曹县交警提醒司机慢行。", "曹县交警", "曹县公安局交警大队"),
    ("泉州市文化广电新闻出版局走访戏台6处。泉州文广新局放映电影28场。", "泉州文广新局", "泉州市文化广电新闻出版局"),
    ("国家税务总局凯里市税务局宣传税法。凯里市税务局走访企业86户。", "凯里市税务局", "国家税务总局凯里市税务局"),
])
def test_a_short_form_in_daily_use_is_the_body_itself(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "pointing", "full"), [
    ("绿漪印染有限公司整改隐患3处。检查时,该厂没有警示牌。", "该厂", "绿漪印染有限公司"),
    ("光山县人民医院急诊科收治伤员12人。该院开通绿色通道。", "该院", "光山县人民医院"),
    ("贵溪市人民法院审结案件1200件。全院干警加班。贵溪市人民法院调解320件。本院将公开庭审。", "本院", "贵溪市人民法院"),
])
def test_a_pointing_word_may_mean_a_body_of_another_word(text: str, pointing: str, full: str) -> None:
    assert names(text)[pointing] == full


def test_each_article_of_a_page_has_its_own_county() -> None:
    text = ("桂林市农业局春耕动态\n\n本报讯 全州县农业局5月2日发放种子3吨。县植保站设点12个。\n\n"
            "灌阳县春耕忙\n\n本报讯 灌阳县农业局5月6日查封假药摊两个。县植保站统防2.2万亩。")
    layout = lay_out(text)
    found = [mention.name for mention in FINDER.find(layout).organisations if mention.text == "县植保站"]
    assert len({block.article for block in layout.blocks}) == 2
    assert found == ["全州县植保站", "灌阳县植保站"]


@pytest.mark.parametrize(("text", "short", "full"), [
    ("扶贫简报\n\n定西市档案馆走进通渭县榜罗镇岔口湾村。村党支部发放羊羔31只。", "村党支部", "榜罗镇岔口湾村党支部"),
    ("驻村日记\n\n通渭县马营镇柳沟村修路3公里。村党支部组织群众投工120个。", "村党支部", "马营镇柳沟村党支部"),
])
def test_a_village_body_takes_the_village_named_before(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full
