"""The report's jurisdiction, with evidence."""

import pytest

from miner.components.divisions import gazetteer
from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.jurisdiction import _of_its_bodies, evidence
from miner.components.organisations.tally import Tally
from miner.layout import lay_out

FINDER = OrganisationFinder()


@pytest.mark.parametrize(("text", "expected"), [
    ("如皋市公安局抓获嫌疑人2名。如城街道排查出租屋300间。", "如皋市"),
    ("黄梅县水利局巡堤12公里。县民政局转移群众80人。黄冈市水利局派专家指导。", "黄梅县"),
    ("丰宁县人民法院审结案件120件。县司法局派员调解。", "丰宁县"),
    ("襄樊市工商局检查门店60家。市公安局配合。", "襄樊市"),
])
def test_the_lowest_division_that_covers_the_reporting_bodies(text: str, expected: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name == expected


def test_the_jurisdiction_says_where_it_stands_and_its_code() -> None:
    layout = lay_out("如皋市公安局抓获嫌疑人2名。")
    found = FINDER.find(layout).jurisdiction
    assert found.at is not None
    assert layout.text[slice(*found.at)] == "如皋市"
    assert found.code == "320682"
    assert found.reason


def test_no_division_gives_no_jurisdiction() -> None:
    found = FINDER.find(lay_out("公司检修设备20台。")).jurisdiction
    assert (found.name, found.code) == (None, None)


def test_a_hint_wins() -> None:
    found = FINDER.find(lay_out("如皋市公安局抓获嫌疑人2名。"), "海安市").jurisdiction
    assert (found.name, found.reason) == ("海安市", "given beforehand")


@pytest.mark.parametrize(("code", "parents"), [
    ("230203", ["齐齐哈尔市", "黑龙江省"]), ("110107", ["北京市"]), ("429004001", ["仙桃市", "湖北省"]),
])
def test_the_gazetteer_knows_what_lies_in_what(code: str, parents: list[str]) -> None:
    assert [division.full for division in gazetteer().ancestors(code)] == parents


def test_the_gazetteer_knows_towns_short_names_and_former_names() -> None:
    places = gazetteer()
    assert places.named("老山街道") == ["110107002"]
    assert places.named("石景山") == ["110107"]
    assert places.named("襄樊市") == ["4206"]
    town = places.get("110107002")
    assert town is not None and (town.full, town.level) == ("老山街道", "town")


def test_a_former_city_is_meant_where_the_report_speaks_of_its_level() -> None:
    text = "金坛新闻网\n金坛机床厂交付机器12台。市经信局上门服务,市总工会慰问职工60人。全市订单回升。"
    assert FINDER.find(lay_out(text)).jurisdiction.name == "金坛市"


def test_a_page_of_several_counties_is_the_citys() -> None:
    body = "检查商户{n}家,查处问题{n}个,约谈负责人{n}名,群众拍手称快,经营者表示改正。下一步还要回访。"
    text = "\n\n".join(["沙市区换灯泡", "  本报讯 (记者 梅青)荆州市沙市区城管局" + body.format(n=30) + "沙市区城管局夜间巡查。",
                        "荆州区修路面", "  本报讯 (记者 黄松)荆州市荆州区城管局" + body.format(n=20) + "荆州区城管局备足沥青。"])
    layout = lay_out(text)
    assert layout.blocks[-1].article > 0
    assert FINDER.find(layout).jurisdiction.name == "荆州市"


@pytest.mark.parametrize(("text", "not_meant"), [("马鞍山日报\n本报讯 市城管局清理摊点60处。", "鞍山市"), ("海丰城东镇组织巡逻队上街。", "丰城市")])
def test_a_short_name_inside_a_longer_word_is_none(text: str, not_meant: str) -> None:
    found = FINDER.find(lay_out(text))
    assert found.jurisdiction.name != not_meant
    assert not [one for one in found.organisations if one.name.startswith(not_meant)]


@pytest.mark.parametrize("text", ["工业强镇、农业富镇,三产活镇,全面开花。镇政府抓招商3项。", "驻村干部走访。驻村工作队入户60家。"])
def test_slogans_and_ordinary_words_are_no_division(text: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name is None


def test_the_jurisdiction_tells_how_sure_it_is() -> None:
    assert FINDER.find(lay_out("如皋市公安局抓获嫌疑人2名。市应急管理局检查企业6家。")).jurisdiction.confidence > 0.9
    assert FINDER.find(lay_out("如皋市公安局抓获嫌疑人2名。"), "海安市").jurisdiction.confidence == 1.0


@pytest.mark.parametrize(("text", "expected"), [
    ("首页 > 丰宁新闻 > 部门动态\n\n县总医院义诊进山村\n\n县总医院派出医生12名,接诊群众300人。\n\n主办:丰宁县人民政府  承办:县政务服务中心", "丰宁县"),
    ("县林业局植树5000株\n\n县林业局出动干部60人,县水利局送来抽水机3台。\n\n版权所有 如东县融媒体中心 苏ICP备00000000号", "如东县"),
])
def test_page_furniture_tells_whose_page_it_is(text: str, expected: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("海安日报  2019年6月9日  星期日\n\n市城管局清理占道摊点86处。市总工会慰问环卫工120人。海安街道劝导摊主30人。", "海安市"),
    ("如东日报  2019年6月9日  星期日\n\n县城管局清理占道摊点86处。县总工会慰问环卫工120人。", "如东县"),
])
def test_the_name_of_a_paper_is_that_of_its_county_though_a_town_bears_it_too(text: str, expected: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name == expected


def test_a_short_name_that_is_an_ordinary_word_counts_at_the_head_of_a_title() -> None:
    layout = lay_out("大通交警国庆战果\n\n县交警大队检查车辆2310辆,纠违347起。县人民医院接诊3人。")
    candidates = FINDER.candidates(layout)
    assert FINDER.places(layout, candidates, FINDER.mentions(layout, candidates)).named["大通县"].short_title == 1


@pytest.mark.parametrize("title", ["安康养老院的春节", "大通超市开业", "永安幸福院添新床"])
def test_a_shop_or_home_may_bear_the_short_name_of_a_division_as_an_ordinary_word(title: str) -> None:
    found = FINDER.find(lay_out(f"{title}\n\n清河区民政局送来口罩5000只。区卫健委派出医生4名。"))
    assert found.jurisdiction.name == "清河区"


@pytest.mark.parametrize("text", [
    "市中医医院25名医护人员驰援兰州\n\n市中医医院25人出发,市卫健委送行。",
    "县消防大队增援寿光\n\n县消防大队出动3车18人,县应急管理局调拨雨衣60件。",
])
def test_where_help_goes_by_its_short_name_is_no_jurisdiction(text: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name is None


@pytest.mark.parametrize(("text", "role", "county"), [
    ("娄底新闻网新化讯 新化县中医院接诊群众300人。", "dateline", "新化县"),
    ("本报如东讯 如东县人民医院接诊群众300人。", "dateline", "如东县"),
    ("如东新闻网 县人民医院接诊群众300人。", "media", "如东县"),
    ("海安融媒 市人民医院接诊群众300人。", "media", "海安市"),
])
def test_datelines_and_media_are_roles_of_their_own(text: str, role: str, county: str) -> None:
    layout = lay_out(text)
    candidates = FINDER.candidates(layout)
    named = FINDER.places(layout, candidates, FINDER.mentions(layout, candidates)).named
    assert county in [name for name, tally in named.items() if getattr(tally, role)]


@pytest.mark.parametrize("text", [
    "在吴忠市利通区金星镇富荣社区,志愿者登记住户300户。利通区胜利镇朝阳社区排查车辆60辆。",
    "连云区板桥街道板桥社区发放通行证400张。连云区墟沟街道海棠社区登记住户80户。",
])
def test_a_community_is_not_the_jurisdiction_of_a_report_on_two(text: str) -> None:
    assert not (FINDER.find(lay_out(text)).jurisdiction.name or "").endswith("社区")


def tallies(text: str) -> dict[str, Tally]:
    layout = lay_out(text)
    candidates = FINDER.candidates(layout)
    return FINDER.places(layout, candidates, FINDER.mentions(layout, candidates)).named


@pytest.mark.parametrize(("text", "not_meant"), [
    ("记者从武功山管委会获悉,山上新设护栏2300米。", "武功县"),
    ("到早上八点,卓资山线路车间清理道岔84组。", "卓资县"),
    ("鼓楼派出所查获涉赌人员26名。市公安局通报表扬。", "鼓楼区"),
    ("东城派出所巡逻40次。市公安局派来增援。", "东城区"),
    ("各位领导、各位同仁:\n\n一年来,县文化馆送戏下乡93场。", "同仁县"),
])
def test_a_mountain_a_police_station_or_an_ordinary_word_is_no_county(text: str, not_meant: str) -> None:
    assert not_meant not in tallies(text)


def test_of_several_divisions_of_one_short_name_the_one_beside_those_named_is_meant() -> None:
    assert "鼓楼区" not in tallies("鼓楼公安分局出动警力60人。")
    layout = lay_out("福州市仓山区民政局送来棉被300床。鼓楼公安分局出动警力60人。")
    candidates = FINDER.candidates(layout)
    places = FINDER.places(layout, candidates, FINDER.mentions(layout, candidates))
    assert (places.full("鼓楼"), places.full("石景山")) == ("鼓楼区", "石景山区")


def test_a_masthead_is_a_name_of_media_whatever_it_is_called() -> None:
    assert tallies("都昌视窗  2020年2月13日  星期四\n\n县人民医院接诊1127人次。")["都昌县"].media == 1
    assert tallies("德宏边声  第412期\n\n州公安局缴毒12公斤。")["德宏州"].media == 1


@pytest.mark.parametrize(("text", "above"), [
    ("雪落恩施,州交通运输局储备融雪剂240吨。利川市交通运输局设劝返点2处。建始县交通运输局送出热水900份。", "恩施州"),
    ("雨季又到德宏,全州动员。陇川县林业局发放苗木3万株。盈江县林业局派出技术员12名。", "德宏州"),
])
def test_a_prefecture_told_by_its_counties_and_its_short_name(text: str, above: str) -> None:
    assert tallies(text)[above].parts == 2


def test_where_help_goes_is_a_destination_with_all_that_is_named_there() -> None:
    named = tallies("县卫健局派出9名骨干驰援随州市曾都区中医院。队员来到曾都区万店镇接诊80人。")
    assert (named["随州市"].target, named["曾都区"].target) == (1, 1)
    assert (named["曾都区"].visited, named["万店镇"].visited) == (1, 1)
    assert named["随州市"].elsewhere


@pytest.mark.parametrize("text", [
    "控山村驻村工作队述职\n\n全村312户,危房改造19栋。县水务局埋管8.6公里,镇政府安路灯64盏。",
    "桃林村整治占地小结\n\n全村清理占地13处,村委会复垦22亩。县水务局送来水泵2台,镇政府调来挖掘机1台。",
])
def test_a_village_that_the_title_names_and_the_report_calls_whole_may_report(text: str) -> None:
    village = text[:3]
    layout = lay_out(text)
    candidates = FINDER.candidates(layout)
    assert village in evidence(FINDER.places(layout, candidates, FINDER.mentions(layout, candidates)))


@pytest.mark.parametrize(("text", "name"), [
    ("青石县交警大队护航开学季\n\n大队检查校车73辆。", "青石县"),
    ("南坪区中心医院志愿服务小结\n\n我院举办讲座24场。", "南坪区"),
    ("天还没亮,安平市环卫中心的清扫工已经上街。当晚清雪52万平方米。", "安平市"),
])
def test_a_division_that_no_gazetteer_knows_is_told_by_its_body(text: str, name: str) -> None:
    assert name in tallies(text)


@pytest.mark.parametrize("text", ["队员守牢城市安全,巡逻40次。", "核查之后,书面函告县公安局。", "从公安、石首两县公司抽调86人。", "动员了各村委和市工商局。"])
def test_words_that_end_like_a_division_are_none(text: str) -> None:
    assert not {name for name in tallies(text) if name.endswith(("城市", "告县", "两县", "和市"))}


def test_the_district_of_a_common_name_is_that_of_the_city_told_by_its_short_name() -> None:
    found = FINDER.find(lay_out("年初三的拉萨,阳光正好。城关区城管局巡查街道60条。城关区政府慰问环卫工。")).jurisdiction
    assert (found.name, found.code) == ("城关区", "540102")


@pytest.mark.parametrize(("text", "not_meant"), [
    ("县政府办督导禁烧。\n来源:河南新闻网 县农机局派员12名。", "河南县"),
    ("李沧文化广场上,医生为市民义诊。", "李沧区"),
    ("金桂社区排查积水点,青龙社区转移群众48人。", "青龙县"),
    ("我院医疗队赴苍南医院义诊。", "苍南县"),
])
def test_a_province_a_square_a_community_a_destination_tell_no_county(text: str, not_meant: str) -> None:
    assert not_meant not in tallies(text)


@pytest.mark.parametrize("text", ["国网衢州供电公司出动抢修人员96人。", "中共建始纪委约谈干部20人。"])
def test_a_firm_of_the_whole_country_stands_before_the_place_of_its_branch(text: str) -> None:
    assert {"衢州市", "建始县"} & tallies(text).keys()


def test_what_lies_where_help_goes_is_away_too() -> None:
    named = tallies("镇江市自来水公司抢险队驰援新乡,9天里在卫辉市抢修管网26处。镇江市住建局迎接队员。")
    assert [name for name, tally in named.items() if tally.away] == ["卫辉市"]


def test_one_article_on_the_city_does_not_make_a_districts_paper_the_citys() -> None:
    body = "检查商户{n}家,查处问题{n}个,约谈负责人{n}名,群众拍手称快,经营者表示改正。下一步还要回访。"
    text = "\n\n".join(["广阳区农业农村局守卡口", "  本报讯 (记者 梅青)广阳区农业农村局" + body.format(n=30) + "区妇联送来姜汤。",
                        "第二医院开热线", "  本报讯 (记者 黄松)区妇联联合廊坊市第二医院开通热线。区教育局" + body.format(n=20)])
    layout = lay_out(text)
    assert layout.blocks[-1].article > 0
    assert FINDER.find(layout).jurisdiction.name == "广阳区"


def test_those_who_come_from_a_division_do_not_report_for_it() -> None:
    named = tallies("湘潭市考察组到黄冈市考察。黄冈市商务局介绍情况。")
    assert (named["湘潭市"].guest, named["湘潭市"].body, named["黄冈市"].guest) == (1, 0, 0)


def test_a_school_that_signs_reports_from_its_town_but_does_not_govern_it() -> None:
    named = tallies("防溺水工作小结\n\n学校排查水塘3处。\n\n永登县武胜驿镇中心学校")
    assert (named["武胜驿镇"].signed, named["武胜驿镇"].hosted) == (1, 1)
    named = tallies("防溺水工作小结\n\n镇里排查水塘3处。\n\n永登县武胜驿镇人民政府")
    assert (named["武胜驿镇"].signed, named["武胜驿镇"].hosted) == (1, 0)


def test_who_runs_a_page_stands_in_its_last_line() -> None:
    named = tallies("口岸消杀车辆300台次\n\n市商务局协调车辆20台。\n\n主办:二连浩特市融媒体中心 地址:前进路")
    assert named["二连浩特市"].foot == 1


def test_a_division_that_stands_only_before_one_of_its_own() -> None:
    layout = lay_out("今年以来,寒亭区寒亭街道清理楼道40处。街道干部包靠社区10个。")
    candidates = FINDER.candidates(layout)
    found = evidence(FINDER.places(layout, candidates, FINDER.mentions(layout, candidates)))
    assert "only a parent" in found["寒亭区"]
    assert {"outer only a parent", "inside its parent"} <= set(found["寒亭街道"])


@pytest.mark.parametrize(("text", "name"), [
    ("二连浩特新闻网\n口岸消杀车辆300台次,市商务局协调车辆20台。", "二连浩特市"),
    ("12月22日,我州召开座谈会。与会人员为建设新迪庆献策,州政府当场答复。", "迪庆州"),
    ("望河乡境内江堤12公里,乡里组织巡堤。", "望河乡"),
])
def test_a_long_short_name_an_own_prefecture_and_an_unknown_town(text: str, name: str) -> None:
    assert name in tallies(text)


@pytest.mark.parametrize(("text", "name"), [
    ("鹤山市市场监督管理局龙口市场监督管理所抽检月饼12批次。", "龙口市"),
    ("县志愿服务联合会募集棉衣300件,转赠县福利院100件、转赠县敬老院200件。", "转赠县"),
    ("县交警大队出动警力40人,沙河中队巡逻6次。", "沙河市"),
    (40 * "县福利院收拾院子,迎接客人。" + "惠民食品捐赠月饼600斤。" + 20 * "县福利院收拾院子。", "惠民县"),
])
def test_a_market_a_verb_a_squad_or_a_firm_is_no_division(text: str, name: str) -> None:
    assert name not in tallies(text)


def test_an_autonomous_county_goes_by_the_name_that_the_report_writes() -> None:
    text = "道真自治县应急管理局储备融雪剂40吨。县公安局出动警力120人,三桥镇清扫积雪3公里。"
    found = FINDER.find(lay_out(text))
    assert found.jurisdiction.name == "道真自治县"
    assert [one.name for one in found.organisations][:2] == ["道真自治县应急管理局", "道真自治县公安局"]
    assert gazetteer().named("道真自治县") == gazetteer().named("道真县") == gazetteer().named("道真仡佬族苗族自治县")


def test_a_countys_bureau_inside_a_stations_name_tells_the_county() -> None:
    assert tallies("近日,伊通公安局靠山派出所宣传反诈。")["伊通县"].branch == 1
    assert "海门市" not in tallies(40 * "民警巡逻。" + "海门派出所查获嫌疑人2名。" + 40 * "民警巡逻。" + 90 * "巡逻。")


def test_a_place_in_passing_is_not_whose_report_it_is() -> None:
    text = "兰溪市地处金华市西部。兰溪市公安局出动警力30人。兰溪市教育局检查食堂5家。兰溪市民政局走访老人60户。"
    layout = lay_out(text)
    candidates = FINDER.candidates(layout)
    places = FINDER.places(layout, candidates, FINDER.mentions(layout, candidates))
    assert _of_its_bodies(places, "金华市") == "兰溪市"
    assert _of_its_bodies(places, "兰溪市") == "兰溪市"


@pytest.mark.parametrize(("text", "body"), [
    ("近日,市农业农村局组织5名农技专家赴新疆维吾尔自治区阿克苏市开展技术帮扶。专家组在阿克苏市农业技术推广中心举办培训班2期。", "市农业农村局"),
    ("1月27日,市人民医院抽调的20名医护人员驰援武汉,接管了武汉市第九医院一个病区。市红十字会捐赠口罩5万只,目前我市共派出三批医疗队78人。", "市红十字会"),
])
def test_where_help_goes_is_not_the_division_that_reports(text: str, body: str) -> None:
    found = FINDER.find(lay_out(text))
    assert found.jurisdiction.name is None
    assert found.jurisdiction.confidence < 0.7
    assert body in {mention.name for mention in found.organisations}
    assert not any(mention.name == "武汉市" for mention in found.organisations if mention.text.startswith("我"))


def test_a_division_that_help_goes_to_reports_where_its_bodies_act() -> None:
    found = FINDER.find(lay_out("各地医疗队驰援随州市。随州市卫健委安排床位600张。随州市公安局疏导车辆80台次。随州市民政局转移老人30名。"))
    assert found.jurisdiction.name == "随州市"


@pytest.mark.parametrize(("text", "expected"), [
    ("中共安宁县委组织部培训干部30人。县信访局接待群众12人。", "安宁县"),
    ("甘肃宁县公安局抓获嫌疑人2名。县司法局派员调解。", "宁县"),
    ("肃宁县公安局抓获嫌疑人2名。县司法局派员调解。", "肃宁县"),
])
def test_a_county_of_one_character_is_not_cut_out_of_a_longer_name(text: str, expected: str) -> None:
    assert FINDER.find(lay_out(text)).jurisdiction.name == expected
