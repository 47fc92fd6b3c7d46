"""Each mention resolves to one body and its fullest form."""

import pytest

from miner.components.organisations.abbreviation import abbreviates_end, is_abbreviation
from miner.components.organisations.classifier import make_mention
from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.jurisdiction import find_jurisdiction
from miner.components.organisations.names import Namer
from miner.layout import lay_out

FINDER = OrganisationFinder()
HEAD = "石景山区市场监管局召开会议。石景山区政府印发方案。"


def names(text: str, hint: str | None = None) -> dict[str, str]:
    return {mention.text: mention.name for mention in FINDER.find(lay_out(text), hint).organisations}


@pytest.mark.parametrize(("text", "short", "full"), [
    (HEAD + "区商务局检查超市8家。", "区商务局", "石景山区商务局"),
    (HEAD + "区委要求排查隐患。", "区委", "石景山区委"),
    ("如皋市公安局抓获嫌疑人2名。市应急管理局检查企业6家。", "市应急管理局", "如皋市应急管理局"),
    ("湖北省黄梅县水利局巡堤12公里。省水利厅派出专家3名。", "省水利厅", "湖北省水利厅"),
    ("黄冈市黄梅县遭遇暴雨。黄梅县水利局巡堤12公里。市水利局调来冲锋舟2条。", "市水利局", "黄冈市水利局"),
])
def test_a_level_word_means_the_reports_own_division(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short"), [
    ("黄梅县水利局巡堤12公里。省水利厅派出专家3名。", "省水利厅"),
    ("黄梅县水利局巡堤12公里。市水利局调来冲锋舟2条。", "市水利局"),
])
def test_a_division_that_the_report_never_names_is_not_filled_in(text: str, short: str) -> None:
    assert names(text)[short] == short


def test_bodies_of_two_levels_stay_apart() -> None:
    found = names("黄梅县水利局巡堤12公里。市水利局调来冲锋舟2条。县水利局再派20人。")
    assert found["市水利局"] != found["县水利局"] == "黄梅县水利局"


def test_the_same_office_of_two_counties_is_two_bodies() -> None:
    found = names("黄梅县民政局送来棉被300床。蕲春县民政局送来大米2吨。")
    assert found["黄梅县民政局"] == "黄梅县民政局"
    assert found["蕲春县民政局"] == "蕲春县民政局"


@pytest.mark.parametrize(("text", "short", "full"), [
    (HEAD + "区市监局检查药店3家。", "区市监局", "石景山区市场监管局"),
    ("怀宁县环境保护局关停企业2家。县环保局立案3起。", "县环保局", "怀宁县环境保护局"),
])
def test_an_abbreviation_takes_the_longer_name(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "pointing", "full"), [
    ("怀宁县环保局立案3起。截至目前,该局已结案2起。", "该局", "怀宁县环保局"),
    ("怀宁县环保局关于整治工作的通报\n\n3月以来,我局检查企业20家。", "我局", "怀宁县环保局"),
    ("贵溪市人民法院工作总结\n\n一年来,我院审结案件1200件。", "我院", "贵溪市人民法院"),
    ("清河区东溪街道和平社区走访居民52户。该社区服务居民1300人次。", "该社区", "清河区东溪街道和平社区"),
    ("石泉县前池镇五爱村村委会组织村民修路3公里。该村种植桑树300亩。", "该村", "石泉县前池镇五爱村"),
    ("石泉县前池镇五爱村村委会组织村民修路3公里。村委会发放树苗2000株。", "村委会", "石泉县前池镇五爱村村委会"),
])
def test_pointing_words_take_the_name_of_what_they_point_at(text: str, pointing: str, full: str) -> None:
    assert names(text)[pointing] == full


def test_a_defined_short_name_stands_for_what_was_defined() -> None:
    found = names("昌宁县农业技术推广服务中心(以下简称农技中心)试种水稻30亩。8月,农技中心测产。")
    assert found["农技中心"] == "昌宁县农业技术推广服务中心"


def test_a_role_word_stands_for_the_task_force_named_before() -> None:
    found = names("石景山区市场监管局成立新冠肺炎防控专班。石景山区市场监管局新冠肺炎防控专班采购口罩3万只。2月,专班联系企业86家。")
    assert found["专班"] == "石景山区市场监管局新冠肺炎防控专班"


def test_a_department_takes_the_name_of_its_body() -> None:
    found = names("怀宁县环保局立案3起。局办公室接到举报12件。")
    assert found["局办公室"] == "怀宁县环保局办公室"


def test_a_joint_name_is_two_bodies() -> None:
    found = FINDER.find(lay_out("湖北省黄冈市黄梅县卫健局落实省市疫情防控指挥部要求,检查诊所12家。")).organisations
    joint = next(m for m in found if "指挥部" in m.text)
    assert (joint.name, *joint.joint) == ("湖北省疫情防控指挥部", "黄冈市疫情防控指挥部")


def test_a_national_body_takes_no_place() -> None:
    assert names("怀宁县环保局落实国务院要求,检查企业20家。怀宁县环保局立案3起。")["国务院"] == "国务院"


def test_the_jurisdiction_may_be_given_beforehand() -> None:
    assert names("区商务局检查超市8家。", "石景山区")["区商务局"] == "石景山区商务局"


@pytest.mark.parametrize(("short", "long", "expected"), [
    ("市监局", "市场监管局", True), ("环保局", "环境保护局", True), ("商务局", "商务局", False), ("教育局", "体育局", False), ("公安局", "公共安全局", True),
])
def test_abbreviations_keep_the_order_of_characters(short: str, long: str, expected: bool) -> None:
    assert is_abbreviation(short, long) is expected


def test_an_abbreviation_may_stand_for_the_end_of_a_name() -> None:
    assert abbreviates_end("职康站", "鲁谷街道职业康复站")
    assert not abbreviates_end("职康站", "鲁谷街道卫生服务站")


def test_who_signs_a_notice_is_meant_by_our_bureau() -> None:
    text = "关于秋收的通知\n黄梅县财政局已拨付资金30万元。黄梅县财政局核对账目。我局检查农机42台。\n黄梅县农业农村局\n2022年9月5日"
    assert names(text)["我局"] == "黄梅县农业农村局"


def test_the_bureau_above_a_branch_is_not_the_branch() -> None:
    text = "中山市公安局古镇分局清查旅馆42家。中山市公安局古镇分局抓获嫌疑人3名。市局派来民警12名。"
    assert names(text)["市局"] == "中山市公安局"


@pytest.mark.parametrize(("short", "long"), [
    ("防指", "防汛抗旱指挥部"), ("残联", "残疾人联合会"), ("安委办", "安全生产委员会办公室"), ("中院", "中级人民法院"),
])
def test_the_first_character_of_a_common_head_abbreviates_it(short: str, long: str) -> None:
    assert is_abbreviation(short, long)


@pytest.mark.parametrize(("short", "long"), [("商会", "商业联合会"), ("党委", "党校教研室"), ("院", "医院")])
def test_other_short_words_abbreviate_nothing(short: str, long: str) -> None:
    assert not is_abbreviation(short, long)


def test_a_command_and_its_short_form_are_one_body() -> None:
    found = names("黄梅县防汛抗旱指挥部会商汛情。县防指调运编织袋2万条。")
    assert found["县防指"] == "黄梅县防汛抗旱指挥部"


def test_a_court_and_its_short_form_are_one_body() -> None:
    found = names("祁门县人民法院审结案件120件。祁门县法院再执结8件。")
    assert found["祁门县法院"] == found["祁门县人民法院"] == "祁门县人民法院"


def test_a_body_above_that_the_report_never_places_keeps_its_words() -> None:
    assert names("祁门县法院按照省委部署审结案件12件。")["省委"] == "省委"


def test_this_bureau_is_the_reporting_one_not_one_that_only_praises_it() -> None:
    text = "遵化市环保局夜查企业38家\n遵化市环保局出动60人。遵化市环保局立案6起。唐山市环保局通报表扬。下一步,该局将复查一遍。"
    assert names(text)["该局"] == "遵化市环保局"


def test_a_superior_squad_is_no_part_of_the_reporting_one() -> None:
    found = names("安国市消防大队工作汇报\n大队在支队党委领导下检查单位120家,支队调来车辆3台。")
    assert found["支队党委"] == "支队党委"


@pytest.mark.parametrize(("heading", "name"), [("龙胜:护林员进山", "龙胜县林业局"), ("灌阳:林场清明上岗", "灌阳县林业局")])
def test_each_article_has_its_own_county(heading: str, name: str) -> None:
    parts = {"龙胜县林业局": ("龙胜:护林员进山", "龙胜"), "灌阳县林业局": ("灌阳:林场清明上岗", "灌阳")}
    text = "桂林晨讯 绿色版\n\n" + "\n\n".join(
        f"{title}\n\n  本报{short}讯 (记者 李青)4月3日,{short}护林员巡山{hours}小时,清理枯枝{hours}吨,劝返携带火种的游客多名,群众十分配合。"
        f"山里风大,检查站昼夜有人。县林业局派出专家{hours}名,驻点指导到清明结束。" for hours, (title, short) in enumerate(parts.values(), 12))
    found = FINDER.find(lay_out(text), "桂林市").organisations
    at = lay_out(text).text.index(heading)
    mention = next(one for one in found if one.text == "县林业局" and one.start > at)
    assert mention.name == name


def test_a_long_name_is_not_doubled() -> None:
    text = "黄山市祁门县消防大队检查商场6家。安徽黄山市祁门县消防大队立案2起。"
    assert set(names(text).values()) <= {"黄山市祁门县消防大队", "安徽黄山市祁门县消防大队"}


@pytest.mark.parametrize("text", [
    "祁门县水利局巡堤12公里。祁门县水利局排险3处。县民政局转移80人。",
    "志愿者3人从大埔县出发,经祁门县回来。县民政局送来棉被40床。",
])
def test_a_name_is_never_surer_than_the_jurisdiction_that_fills_it_in(text: str) -> None:
    found = FINDER.find(lay_out(text))
    filled = [one for one in found.organisations if one.reason == "jurisdiction filled in"]
    assert filled
    assert all(0 < one.confidence <= found.jurisdiction.confidence <= 1 for one in filled)


def test_a_jurisdiction_named_before_bodies_is_surer_than_one_named_in_passing() -> None:
    sure = FINDER.find(lay_out("祁门县水利局巡堤12公里。祁门县水利局排险3处。县民政局转移80人。")).jurisdiction
    doubtful = FINDER.find(lay_out("志愿者3人从大埔县出发,经祁门县回来。县民政局送来棉被40床。")).jurisdiction
    assert sure.confidence > doubtful.confidence


@pytest.mark.parametrize(("text", "hint", "short", "full"), [
    ("枣庄市环保局突击检查铸造车间。市环保局下达治理通知3份。", "滕州市", "市环保局", "枣庄市环保局"),
    ("郴州市水利局来人。市水利局查看堤防6处。", "资兴市", "市水利局", "郴州市水利局"),
])
def test_a_body_named_in_full_before_is_meant_again(text: str, hint: str, short: str, full: str) -> None:
    assert names(text, hint)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("涉县信访局接待群众138人次。涉县司法局派出律师15名。县委召开专题会。", "县委", "涉县县委"),
    ("单县公安局抓获嫌疑人6名。单县司法局调解纠纷20件。县委召开专题会。", "县委", "单县县委"),
])
def test_a_county_of_one_character_keeps_its_level_before_its_committee(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("桂林市农业局设立专班(以下简称“护堤专班”)。护堤专班巡堤12公里。", "护堤专班", "桂林市农业局护堤专班"),
    ("如皋市应急管理局成立抢险专班(以下简称“护堤抢险专班”)。护堤抢险专班巡堤12公里。", "护堤抢险专班", "如皋市应急管理局护堤抢险专班"),
])
def test_a_short_name_that_says_more_gives_the_name(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("田东县税务局走访企业130家。思林分局检查合作社9家。", "思林分局", "田东县税务局思林分局"),
    ("开阳县市场监管局抽检粽子60批次。城关分局立案2起。", "城关分局", "开阳县市场监管局城关分局"),
])
def test_a_branch_belongs_to_the_bureau_of_its_paragraph(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize(("source", "text"), [("内乡县中医院", "我院派出医生12名,接诊群众230人次。"), ("如东县教育局", "我局检查学校38所。")])
def test_the_body_in_the_line_of_source_reports(source: str, text: str) -> None:
    page = f"送温暖活动开展\n作者:宣传科 来源:{source} 时间:2016-08-15\n\n{text}马山口镇卫生院配合。市教育局点评。"
    found = names(page)
    assert found[text[:2]] == source


@pytest.mark.parametrize(("text", "short", "full"), [
    ("五常市消防救援大队出动70人。\n阿城区消防救援大队带来小艇12艘。\n大队没有一人伤亡。", "大队", "五常市消防救援大队"),
    ("静宁县公安局交警大队除冰6公里。静宁县公安局交警大队转运116人。\n静宁县公安局刑侦大队配合。\n大队已排好班。", "大队", "静宁县公安局交警大队"),
])
def test_a_bare_word_in_a_paragraph_of_its_own_means_the_reporting_body(text: str, short: str, full: str) -> None:
    title = full + "战报\n\n"
    assert names(title + text)[short] == full


@pytest.mark.parametrize("station", ["大树派出所", "水上派出所", "板桥工商所", "绿葱坡养护站", "勐马法庭", "畹町海关"])
def test_a_station_goes_by_the_place_that_it_serves(station: str) -> None:
    found = names(f"宣威市政府召开调度会。宣威市应急管理局检查工地20处。{station}派出9人配合检查。")
    assert found[station] == station


@pytest.mark.parametrize(("text", "full"), [
    ("泸西县供排水公司改装洒水车5台。县医院、县中医院派出医生30名。", "泸西县医院"),
    ("安溪县总工会组织捐款。安溪县中医院捐款3万元,县医院捐款9.8万元。", "安溪县医院"),
    ("盐津县人民医院接诊群众300人。盐津县中医院派出医生6名。这两年县医院变了样。", "盐津县人民医院"),
])
def test_the_county_hospital_is_not_that_of_chinese_medicine(text: str, full: str) -> None:
    assert names(text)["县医院"] == full


@pytest.mark.parametrize(("text", "team", "full"), [
    ("海安市城管局约谈渣土公司12家。司机培训由交警大队民警讲盲区。", "交警大队", "海安市交警大队"),
    ("都昌县卫健委联系车辆4台,交警大队一路放行。", "交警大队", "都昌县交警大队"),
    ("海安市公安局检查旅馆60家。交警大队查纠违法84起。", "交警大队", "海安市公安局交警大队"),
    ("英山县气象局发布预警3次。武警英山中队60名官兵封堵管涌。", "武警英山中队", "武警英山中队"),
    ("长汀县民政局走访慰问优抚对象70人。武警长汀中队派出官兵20名参加抢险。", "武警长汀中队", "武警长汀中队"),
])
def test_no_bureau_of_another_trade_has_police(text: str, team: str, full: str) -> None:
    assert names(text)[team] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("安徽省市场监管局公布抽检结果。一季度,省市场监管局组织抽检食品1.2万批次。", "省市场监管局", "安徽省市场监管局"),
    ("通海县教育局检查食堂40家。市场监管局查处无证摊点2处。", "市场监管局", "通海县市场监管局"),
])
def test_the_market_in_a_bureaus_name_is_no_city(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def resolved(text: str, hint: str, *spans: str) -> dict[str, str]:
    """The names that these spans get, whatever the trained decision makes of them."""
    layout = lay_out(text)
    candidates = FINDER.candidates(layout)
    found = {(c.starts[taken - 1] if taken else c.head_start, c.end): (c, taken) for c in candidates for taken in range(len(c.starts) + 1)}
    mentions = [make_mention(layout.text, *found[span], 1.0) for span in sorted(found) if layout.text[slice(*span)] in spans]
    places = FINDER.places(layout, candidates, mentions)
    Namer(layout, find_jurisdiction(places, None, hint), places).resolve(mentions)
    return {mention.text: mention.name for mention in mentions}


def test_a_bare_word_means_no_body_of_another_place_after_its_sentence() -> None:
    text = "洪湖市水务局派员。洪湖市自来水公司抢修管道43条。荆州市自来水公司派来两支队伍。到傍晚,公司恢复供水1200户。"
    spans = ("洪湖市水务局", "洪湖市自来水公司", "荆州市自来水公司", "公司")
    assert resolved(text, "洪湖市", *spans)["公司"] == "洪湖市自来水公司"
    assert resolved(text.replace("队伍。到傍晚", "队伍,到傍晚"), "洪湖市", *spans)["公司"] == "荆州市自来水公司"


@pytest.mark.parametrize(("title", "village"), [("桃林村脱贫攻坚工作总结", "桃林村"), ("三岔村扶贫手记", "三岔村")])
def test_a_team_that_stays_in_a_village_is_called_after_it(title: str, village: str) -> None:
    found = names(f"{title}\n\n驻村工作队有5人。{village}共有312户。工作队走访农户96次。")
    assert found["驻村工作队"] == f"{village}驻村工作队"


def test_a_short_name_defined_after_a_pointing_word_stands_for_what_is_pointed_at() -> None:
    found = names("铁西区税务局关闭窗口3个。该局(以下简称区局)把其余窗口搬到线上。4月,区局办理退税210笔。")
    assert found["区局"] == "铁西区税务局"


@pytest.mark.parametrize(("body", "full"), [
    ("中医院", "平昌县中医院"), ("疾控中心", "平昌县疾控中心"), ("供电公司", "平昌县供电公司"), ("总工会", "平昌县总工会"), ("移动公司", "移动公司"),
])
def test_a_body_of_which_each_county_has_one_is_the_countys_own(body: str, full: str) -> None:
    assert names(f"平昌县教育局检查学校9所。次日,{body}派出人员12名配合。")[body] == full


@pytest.mark.parametrize(("text", "short", "full"), [
    ("彭阳交警国庆战果\n\n彭阳县公安局部署夜查。县交警大队检查车辆2310辆。彭阳交警纠违347起。", "彭阳交警", "彭阳县交警大队"),
    ("青石县公安局交通警察大队设护学岗12处。县交警大队还检查校车73辆。", "县交警大队", "青石县公安局交通警察大队"),
])
def test_the_traffic_police_of_a_county_are_one_body(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_a_village_lies_in_the_county_that_stands_before_it() -> None:
    found = names("我的驻村日记\n——记越西县马拖乡尔甘村二三事\n\n尔甘村有农户186户。县农业农村局请来技术员3名。乡政府送来水泥20吨。", "尔甘村")
    assert (found["县农业农村局"], found["乡政府"]) == ("越西县农业农村局", "越西县马拖乡政府")


def test_the_group_above_a_railway_section_is_no_unit_of_a_bureau() -> None:
    assert names("喜德县文旅局送来图书600册。工区被局集团公司授予称号。")["局集团公司"] == "局集团公司"


@pytest.mark.parametrize(("text", "committee", "full"), [
    ("夏集乡人大视察村道。乡党委、政府印发方案4份。", "乡党委", "夏集乡政府"),
    ("夏集乡人大视察村道。乡党委政府印发方案4份。", "乡党委", "夏集乡政府"),
    ("夏集乡人大视察村道。县委、政府慰问困难户60家。", "县委", "县政府"),
])
def test_the_government_behind_the_committee_is_of_the_same_division(text: str, committee: str, full: str) -> None:
    assert resolved(text, "夏集乡", "夏集乡人大", committee, "政府")["政府"] == full


def test_our_hospital_is_no_towns_hospital_named_in_passing() -> None:
    found = names("我院组织医疗队下乡义诊\n\n7月30日,我院派出医师8名到达马站镇。马站镇医院派人引路。")
    assert found["我院"] == "我院"


@pytest.mark.parametrize("bureau", ["合浦县农业局", "合浦县生态环境局"])
def test_a_trade_in_a_bureaus_name_is_no_factory(bureau: str) -> None:
    found = names(f"{bureau}派员查看。31台机床浸了水。该厂没有坐等,抽水两天。")
    assert found.get("该厂", "该厂") == "该厂"


@pytest.mark.parametrize("heading", ["区图书馆党支部", "区教育局党支部"])
def test_a_bare_branch_of_the_party_is_the_one_in_the_heading(heading: str) -> None:
    text = (f"禅城区直机关党支部提升行动\n\n禅城区直机关党支部召开会议3次,要求各支部走访居民。\n\n{heading}\n\n"
            "书香润心。支部联合石湾镇街道走访困难户35家,送去图书200册。")
    assert names(text)["支部"] == "禅城" + heading


def test_a_power_station_is_no_part_of_a_safety_committee() -> None:
    found = names("沂源县政府安委会发放明白纸6000张。张家坡供电所排查线路11条。")
    assert found["张家坡供电所"] == "张家坡供电所"


@pytest.mark.parametrize(("text", "short", "full"), [
    ("市慈善总会收到毛毯500条。7月3日,我市慈善总会为困难户发放大米20吨。", "我市慈善总会", "市慈善总会"),
    ("近日,区消防救援大队联合经开区滨河街道综合执法局开展检查。", "经开区滨河街道综合执法局", "经开区滨河街道综合执法局"),
])
def test_words_before_a_name_do_not_double_it(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


@pytest.mark.parametrize("part", ["研究所", "工会"])
def test_what_a_firm_has_within_it_is_the_firms(part: str) -> None:
    found = names(f"恒信纺机有限公司年度小结\n\n恒信纺机有限公司投产织机40台。今年3月,{part}组织职工攻关12项。恒信纺机有限公司交付机器90台。")
    assert found[part] == f"恒信纺机有限公司{part}"


def test_the_partys_mark_is_no_part_of_the_schools_name() -> None:
    assert names("中共汐川师范大学机关委员会简报\n4月2日,我校发放口罩2000只。")["我校"] == "汐川师范大学"


@pytest.mark.parametrize("province", ["", "湖北省", "湖北"])
def test_a_province_before_a_county_is_left_out_of_the_name(province: str) -> None:
    found = names(f"{province}黄梅县水利局巡堤12公里。县财政局拨付资金30万元。")
    assert found[f"{province}黄梅县水利局"] == "黄梅县水利局"
    assert found["县财政局"] == "黄梅县财政局"


def test_a_firm_goes_by_one_name_with_and_without_the_firm_of_the_country() -> None:
    found = names("黄梅县供电公司抢修线路\n8月6日,国网黄梅县供电公司出动120人。县供电公司更换电杆12根。该公司还检修变压器6台。")
    assert set(found.values()) == {"国网黄梅县供电公司"}


@pytest.mark.parametrize(("text", "pointing", "full"), [
    ("怀宁县卫健局开展培训。该单位还检查商户12家。", "该单位", "怀宁县卫健局"),
    ("怀宁县公路局2019年工作总结\n\n今年以来,我单位修补路面1200平方米。", "我单位", "怀宁县公路局"),
    ("怀宁县苍岭林场2011年工作总结\n\n今年以来,我场造林8600亩。", "我场", "怀宁县苍岭林场"),
    ("佳惠超市捐款3万元。该店还送来大米50袋。", "该店", "佳惠超市"),
])
def test_words_for_any_unit_point_at_the_body_spoken_of(text: str, pointing: str, full: str) -> None:
    assert names(text)[pointing] == full
