"""Divisions and zones that no gazetteer knows: how the report itself tells what they are called, and whose its bodies are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.lexicon import lexicon
from miner.components.organisations.local import local_divisions
from miner.layout import lay_out

FINDER = OrganisationFinder()


def names(text: str) -> dict[str, str]:
    """Mention → name."""
    return {o.text: o.name for o in FINDER.find(lay_out(text)).organisations}


def jurisdiction(text: str) -> str | None:
    return FINDER.find(lay_out(text)).jurisdiction.name


def test_the_party_before_a_county_is_no_part_of_the_countys_name() -> None:
    assert local_divisions("中共房县县委办公室\n中共房县县委召开会议。\n中共青泽县委召开会议。中共青泽县委要求整改。", lexicon()).keys() == {"青泽县", "青泽"}
    text = "妇联简报\n中共房县县委群团工作领导小组办公室\n县妇联走访慰问留守儿童120名,县环卫所清运垃圾3吨。我县妇女踊跃参加。"
    assert names(text)["县妇联"] == "房县妇联"


def test_an_unknown_county_is_read_whole_though_its_name_holds_a_known_one() -> None:
    text = "颍宁县农业农村局召开会议\n颍宁县农业农村局出动收割机20台。县气象局发布预警3次,县供销社调运化肥80吨。"
    assert jurisdiction(text) == "颍宁县"
    assert names(text)["县气象局"] == "颍宁县气象局"


def test_an_unknown_county_is_known_by_its_short_name_too() -> None:
    text = "临川市援北原医疗队返程\n9月1日,临川市援北原医疗队离开北原市。北原市的居民前来送行,北原市疾控中心赠送锦旗1面。"
    assert "临川市援北原医疗队" in names(text)


@pytest.mark.parametrize(("text", "division"), [
    ("汐洲日报 02 要闻\n寒潮里的守护\n汐洲供电公司出动抢修队员120名。市城管局清运积雪300吨,汐洲农商行捐款5万元。全市供水平稳。", "汐洲市"),
    ("区直机关战疫纪实\n汐水区区直各党支部闻令而动。区财政局拨付资金80万元。汐水籍企业家捐赠口罩2万只。汐水经济开发区管委会走访企业12家。",
     "汐水区"),
])
def test_the_names_of_its_bodies_tell_a_division_that_is_never_named(text: str, division: str) -> None:
    assert jurisdiction(text) == division
    level = division[-1]
    assert all(name.startswith(division) for short, name in names(text).items() if short[0] == level)


def test_firms_of_one_brand_make_no_division() -> None:
    text = "企业捐赠暖人心\n远帆集团捐赠口罩2万只,远帆商贸捐赠手套3000双。市商务局、市红十字会现场接收,全市企业踊跃捐款。"
    assert names(text)["市商务局"] == "市商务局"


@pytest.mark.parametrize(("text", "zone"), [
    ("汐澜经济技术开发区\n助企专班简报\n我区组建助企专班。区人社局发布岗位320个,区财政金融局拨付补贴60万元。汐澜农商行发放贷款900万元。", "汐澜经济技术开发区"),
    ("银川经济技术开发区\n企业复工\n区工信局走访工厂16家,区安委办督促整改30处。区财政局发放补贴。\n主办单位:银川经济技术开发区管委会", "银川经济技术开发区"),
])
def test_a_report_may_call_a_zone_its_district(text: str, zone: str) -> None:
    assert jurisdiction(text) == zone
    assert all(name.startswith(zone) for short, name in names(text).items() if short[0] == "区")


def test_a_zone_alone_takes_the_place_that_the_report_says() -> None:
    text = "昆明市商务局走访企业\n昆明市商务局走访昆明经开区企业18家。经开区管委会发放补贴30万元。市经开区管委会召开会议。"
    assert names(text)["经开区管委会"] == "昆明经开区管委会"
    assert names(text)["市经开区管委会"] == "昆明市经开区管委会"


def test_a_management_committee_is_a_zones() -> None:
    text = "高新区清理积雪\n高新区城管局按党工委、管委会安排,投入铲车12台,清理新城街道积雪300吨。"
    assert names(text)["管委会"] == "高新区管委会"


def test_the_park_is_the_zone_that_reports() -> None:
    text = "德阳高新区管委会走访企业30家。德阳高新区管委会发放补贴80万元。园区管委会修路2公里。"
    assert names(text)["园区管委会"] == "德阳高新区管委会"


def test_a_town_of_another_county_gives_no_county() -> None:
    text = "白洋镇防汛纪实\n镇党委、镇政府转移群众860人。县水利局拨付资金40万元,县气象局发布预警3次。国网南丰县供电公司出动抢修队员85名。全镇道路畅通。"
    assert names(text)["县水利局"] == "南丰县水利局"


def test_a_league_committee_of_a_county_of_one_character_keeps_the_level() -> None:
    text = "房县总工会送清凉\n房县总工会慰问职工5380人,团县委组织志愿者60名。县妇联发放物资。"
    assert names(text)["团县委"] == "房县团县委"


def test_a_subtitle_tells_of_a_county_and_a_reporter_of_none() -> None:
    words = lexicon()
    assert "青泽县" in local_divisions("他乡作故乡\n——记青泽县审计局工作队\n青泽县的山路很长。", words)
    assert not local_divisions("记者从市气象台获悉,记者从市发改委获悉。\n——记者从市生态环境局获悉", words)


@given(st.text(alphabet="中共房县市区镇乡街道汐洲日报供电公司经开高新管委会局、。\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = FINDER.find(lay_out(text))
    assert all(o.name for o in found.organisations)


@pytest.mark.parametrize(("text", "division"), [
    ("他是汐垭彝族自治县公安局民警。", "汐垭彝族自治县"),
    ("根据沅屏土家族苗族自治州卫生健康委通知,医院抽调医生12人。", "沅屏土家族苗族自治州"),
    ("青海省汐源藏族自治县应急管理局排查隐患30处。", "汐源藏族自治县"),
    ("草原来信\n——苏音塔拉旗商务局保供侧记\n苏音塔拉旗地处边境。", "苏音塔拉旗"),
    ("国家税务总局查干图旗税务局走访企业12家。", "查干图旗"),
    ("医院根据汐川市卫生健康委安排开诊,汐川医科大学派出专家3人。", "汐川市"),
])
def test_an_unknown_division_is_known_by_how_it_is_named(text: str, division: str) -> None:
    assert division in local_divisions(text, lexicon())


@pytest.mark.parametrize("text", [
    "景宁畲族自治县应急管理局排查隐患30处。民族区域自治县域治理成效明显。",
    "群众给派出所送来锦旗。群众给派出所送来锦旗。",
    "国家税务总局上海市浦东新区税务局、国家税务总局杭州市西湖区税务局走访企业12家。",
    "通辽市科尔沁区教育局检查食堂5家,尔沁湖边开展宣传。",
])
def test_known_divisions_and_ordinary_words_are_no_new_ones(text: str) -> None:
    assert not local_divisions(text, lexicon())


def test_an_autonomous_county_calls_itself_so() -> None:
    text = "汐垭彝族自治县市场监管局检查药店12家。自治县公安局出动警力30人。县商务局调运蔬菜9车。"
    found = names(text)
    assert found["自治县公安局"] == "汐垭彝族自治县公安局"
    assert found["县商务局"] == "汐垭彝族自治县商务局"


def test_a_short_name_cut_out_of_a_longer_word_tells_no_division() -> None:
    assert jurisdiction("近日,白桦川农场组织运动会。汐川市体育局检查场馆5个。") == "汐川市"  # no 桦川县


def test_an_unknown_district_before_a_street_of_its_own_is_one() -> None:
    text = "汐澜区宁湖街道防疫简报\n宁湖街道组织消杀3次。宁湖街道发放口罩2万只。"
    assert {"汐澜区", "宁湖街道"} <= set(local_divisions(text, lexicon()))


@pytest.mark.parametrize(("text", "division"), [
    ("岚石市通报一批消费维权案例\n2019-03-16\n昨日,市消费者协会召开会议。", "岚石市"),
    ("和泰县沙棘坪镇2016年工作总结和2017年工作思路\n全年镇政府修路12公里。", "沙棘坪镇"),
    ("云岫区:先啃“硬骨头”\n区城管局清运垃圾26吨。", "云岫区"),
    ("受白岔河满族自治县政府委托,我代表县财政局报告工作。", "白岔河满族自治县"),
    ("原创雁塬区民政局\n区民政局慰问老人26名。", "雁塬区"),
    ("江西永溪县水务局转移群众26人。", "永溪县"),
    ("澄屿市住房和城乡建设局2020年工作总结\n市财政局拨付资金300万元。", "澄屿市"),
    ("沐桥市委宣传部编印\n市妇联培训妇女300人。", "沐桥市"),
])
def test_titles_headings_and_mandates_name_unknown_divisions(text: str, division: str) -> None:
    assert division in local_divisions(text, lexicon())


@pytest.mark.parametrize("text", ["农贸市场整治出动26人。", "湘岭军分区出动民兵260人。", "大超市推出优惠26项。"])
def test_markets_and_garrisons_are_no_divisions(text: str) -> None:
    assert not local_divisions(text, lexicon())


@pytest.mark.parametrize(("text", "short", "full"), [
    ("澜川市指挥部播报\n澜川市水务局清淤12公里。\n云岫区:先啃“硬骨头”\n区城管局清运垃圾26吨。\n青坨区:红黑榜上见高低\n区妇联走访26户。",
     "区妇联", "青坨区妇联"),
    ("澜川市应急管理局一周要情\n澜川市应急管理局检查企业26家。\n霜溪县:2月27日夜,县交警大队撒盐22吨。\n岭头县:2月29日,镇政府转移36人。", "县交警大队",
     "霜溪县交警大队"),
    ("芷溪县检察院工作纪实\n芷溪县检察院办理案件26件,应林城县检察院请求帮教2人。", "林城县检察院", "林城县检察院"),
])
def test_a_section_or_a_name_tells_its_unknown_division(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_a_county_that_bears_the_word_for_at_the_request_of_is_meant_only_where_nothing_is_asked() -> None:
    assert names("霜溪县应急管理局要情\n霜溪县应急管理局出动26人。应县供电公司请求,县公路段撒盐22吨。")["县公路段"] == "霜溪县公路段"
    assert names("山西省应县公安局2019年工作总结\n应县公安局破案12起,县公安局走访群众120户。")["县公安局"] == "应县公安局"
