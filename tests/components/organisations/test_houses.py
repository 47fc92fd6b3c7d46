"""Whose a name is on a page of several articles, in the report of a university, a firm, a bank, a bureau and its branches."""

import pytest

from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out

FINDER = OrganisationFinder()
TWO_COUNTIES = ("商洛日报 2020年3月6日 星期五 第2版 县区\n\n"
                "# 山头上的两盏灯\n\n本报讯(记者 李岚)丹凤县水利局值班室灯火通明,两名干部守着水情屏幕。该局检修水库9座。\n"
                "县财政局拨款40万元。\n\n雨停以后,规划股派出干部2名,查看堤防9处。\n\n"
                "# 护林人\n\n本报讯(记者 周青)在秦岭深处的柞水县,林地占到八成以上。\n"
                "县林业局召开视频会,发放喇叭420个。县林业局联合县公安局、县市场监管局检查集市37家。下一步,该局将增配无人机6架。"
                "护林员把两个外乡人交给下梁镇,镇党委派车送人。\n")


def found(text: str, hint: str | None = None) -> list[tuple[str, str]]:
    return [(mention.text, mention.name) for mention in FINDER.find(lay_out(text), hint).organisations]


def names(text: str, hint: str | None = None) -> dict[str, str]:
    return dict(found(text, hint))


def test_each_article_of_a_citys_page_speaks_of_the_county_that_it_names_be_it_as_a_place() -> None:
    assert lay_out(TWO_COUNTIES).blocks[-1].article == 1
    full = names(TWO_COUNTIES, "商洛市")
    assert (full["县财政局"], full["县林业局"]) == ("丹凤县财政局", "柞水县林业局")
    assert full["镇党委"] == "柞水县下梁镇党委"


def test_an_article_is_about_the_body_that_its_opening_paragraph_names() -> None:
    assert names(TWO_COUNTIES, "商洛市")["规划股"] == "丹凤县水利局规划股"


def test_the_body_that_others_join_is_spoken_of_not_the_last_that_joins() -> None:
    said = [name for text, name in found(TWO_COUNTIES, "商洛市") if text == "该局"]
    assert said == ["丹凤县水利局", "柞水县林业局"]


@pytest.mark.parametrize("university", ["江城师范大学", "江岭工程大学"])
def test_a_universitys_library_offices_and_colleges_are_its_own(university: str) -> None:
    text = (f"# 围墙里的四十天\n\n# ——{university}校园管理纪实\n\n"
            "3月10日,校党委召开紧急会议,成立学校疫情防控指挥部。保卫处连夜封闭校门6个。校医院每日采样900人。\n"
            "图书馆送书到楼下,体育学院的老师开网课12节。后勤处储备蔬菜65吨。\n")
    full = names(text)
    assert full["学校疫情防控指挥部"] == university + "疫情防控指挥部"
    assert full["校医院"] == university + "校医院"
    assert {full[unit] for unit in ("图书馆", "体育学院", "后勤处")} == {university + unit for unit in ("图书馆", "体育学院", "后勤处")}


def test_a_countys_library_stays_the_countys() -> None:
    assert names("凤凰县文化旅游广电局检查场馆9家。图书馆恢复开放。", "凤凰县")["图书馆"] == "凤凰县图书馆"


def test_branches_and_numbered_works_are_the_firms_that_reports() -> None:
    text = "# 临江市水务集团保供水\n\n临江市水务集团成立专班。一水厂加大消毒。管网分公司抢修水管46处,分公司党支部派出党员9名。\n"
    full = names(text, "临江市")
    assert (full["一水厂"], full["管网分公司"]) == ("临江市水务集团一水厂", "临江市水务集团管网分公司")


@pytest.mark.parametrize(("text", "short", "full"), [
    ("# 国家税务总局天长市税务局助企纾困\n\n天长市税务局走访企业90家。秦栏税务分局辅导企业30家。", "秦栏税务分局", "国家税务总局天长市税务局秦栏税务分局"),
    ("# 淅川县公安局守卡纪实\n\n淅川县公安局设卡5处。荆紫关派出所劝返车辆90辆。", "荆紫关派出所", "淅川县公安局荆紫关派出所"),
    ("# 晋江农商银行支持春耕\n\n晋江农商银行放贷20亿元。陈埭支行走访农户300户。", "陈埭支行", "晋江农商银行陈埭支行"),
    ("# 南召县公安局接警纪实\n\n南召县公安局接警900起。云阳派出所出警30次。", "云阳派出所", "南召县公安局云阳派出所"),
    ("淅川县卫健局设卡5处。荆紫关派出所劝返车辆90辆。", "荆紫关派出所", "荆紫关派出所"),
])
def test_stations_and_branches_are_those_of_the_body_of_their_kind_that_reports(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_the_law_section_of_a_bureau_is_no_police_unit() -> None:
    text = "# 天长市财政局支持企业\n\n天长市财政局走访企业90家,法制股梳理政策28条。"
    assert names(text, "天长市")["法制股"] == "天长市财政局法制股"


def test_the_body_whose_office_signs_in_full_goes_by_that_name() -> None:
    text = ("简报\n第3期\n国家税务总局永春县税务局办公室 2023年4月28日\n# 春风送暖——永春县税务局服务企业\n\n"
            "永春县税务局走访企业300家。县局开出窗口6个。\n")
    full = names(text, "永春县")
    assert full["永春县税务局"] == full["县局"] == "国家税务总局永春县税务局"


def test_the_office_of_a_bulletin_speaks_for_its_body() -> None:
    text = ("工作简报\n第12期\n咸安区财政局办公室编 2020年2月28日\n# 区财政局、区商务局联手保供\n\n"
            "区财政局拨款300万元,区商务局调菜90吨。区商务局又开超市14家。\n\n为保急用,社保股5名干部核对单据600份。\n")
    assert names(text, "咸安区")["社保股"] == "咸安区财政局社保股"


def test_two_bodies_of_one_sentence_are_two() -> None:
    text = "阆中市纪委监委检查卡口90个。按照南充市审计局统一安排,市审计局抽选业务骨干16人。市审计局审计资金3000万元。"
    assert names(text, "阆中市")["市审计局"] == "阆中市审计局"


def test_a_group_for_discipline_is_sent_by_the_commission() -> None:
    text = "阆中市纪委监委坚持每日调度。驻市住建局纪检监察组检查工地11个。"
    assert names(text, "阆中市")["驻市住建局纪检监察组"] == "阆中市纪委监委驻市住建局纪检监察组"
    assert names("# 天长市税务局改作风\n\n天长市税务局召开会议。纪检组暗访窗口9个。", "天长市")["纪检组"] == "天长市税务局纪检组"


def test_a_firm_before_a_unit_is_the_one_named_last_where_a_bureau_reports() -> None:
    text = ("# 滕州市工信局:同心战疫\n\n滕州市工信局协调企业90家。\n滕州恒泰食品有限公司捐款10万元。公司质检科检测样品20批。\n"
            "西岗煤电公司转产口罩。公司职工医院派出医生6名。\n")
    assert names(text, "滕州市")["公司质检科"] == "滕州恒泰食品有限公司质检科"


def test_a_street_goes_with_the_district_that_the_report_writes_before_it() -> None:
    text = ("# 二十八个日夜\n\n# ——邗江区蒋王街道纪实\n\n蒋王街道连夜开会。我街道设置采样点19个,街道党工委派出党员90名。"
            "街道综合执法队检查店铺300家。\n")
    assert names(text)["街道党工委"] == "邗江区蒋王街道党工委"


def test_an_article_that_opens_with_a_neighbouring_county_speaks_of_that_county() -> None:
    text = ("定西日报 2022年7月22日 星期五 第3版 县区\n\n# 路口的十二天——临洮县公安局交警大队见闻\n\n"
            "本报讯(记者 李岚)临洮县公安局交警大队守卡12天,临洮县卫健局送药90箱。"
            "临洮县交通运输局派车20辆。\n\n# 七个不眠小时\n\n本报讯(记者 周青)深夜,陇西县疾控中心的灯还亮着。县公安局调取监控46处,县卫健局安排负压车5辆。\n")
    assert lay_out(text).blocks[-1].article == 1
    full = names(text, "临洮县")
    assert full["县公安局"] == "陇西县公安局"
    assert [name for short, name in found(text, "临洮县") if short == "县卫健局"] == ["陇西县卫健局"]


def test_a_bank_keeps_its_legal_form_before_a_branch() -> None:
    text = "# 安徽霍邱农村商业银行股份有限公司支持春耕\n\n安徽霍邱农村商业银行股份有限公司放贷9亿元。姚李支行走访农户300户。"
    assert names(text)["姚李支行"] == "安徽霍邱农村商业银行股份有限公司姚李支行"


def test_an_article_about_a_countys_city_means_it_by_city_though_it_names_the_prefecture() -> None:
    text = ("宣城日报 2020年2月18日 星期二 第3版\n\n# 围墙里的灯——广德市民政局守护养老机构纪实\n\n本报讯 广德市民政局召开会议,广德市社会福利院封闭管理。"
            "安徽省民政厅和宣城市民政局部署后,市民政局抽调26人。\n\n# 郎溪县:封住一扇门\n\n本报讯 郎溪县民政局检查敬老院14所。\n")
    assert lay_out(text).blocks[-1].article == 1
    assert names(text, "宣城市")["市民政局"] == "广德市民政局"


def test_a_branch_belongs_to_the_hospital_that_reports() -> None:
    text = "# 余干县人民医院抗疫纪实\n\n余干县人民医院召开会议。瑞洪分院检测体温53人次,黄金埠分院排查260人。"
    assert names(text, "余干县")["瑞洪分院"] == "余干县人民医院瑞洪分院"


def test_a_squad_belongs_to_the_brigade_named_last_in_its_article() -> None:
    text = "# 唐河县农业农村局工作简报\n\n唐河县农业农村局召开会议。县农业综合行政执法大队检查农资店260家,县市场监管局配合。二中队查获假种子3吨。"
    assert names(text, "唐河县")["二中队"].endswith("农业综合行政执法大队二中队")
