"""Whose a station, a ward or a group is: the town named before, the hospital of the title, the level that the report speaks of."""

import pytest

from miner.components.organisations.bodies import joined
from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out

FINDER = OrganisationFinder()


def names(text: str, hint: str | None = None) -> dict[str, str]:
    return {mention.text: mention.name for mention in FINDER.find(lay_out(text), hint).organisations}


@pytest.mark.parametrize(("text", "short", "full"), [
    ("罗平县水务局送水40车。老厂乡旱情最重,派出所的民警也上山挑水。", "派出所", "老厂派出所"),
    ("千阳县教育局检查校园9所。水沟镇雨后塌方,中心小学停课两天。", "中心小学", "水沟镇中心小学"),
    ("千阳县教育局检查校园9所。派出所配合,处置隐患3处。", "派出所", "派出所"),
])
def test_a_station_goes_by_the_town_named_before_it_and_never_by_the_county(text: str, short: str, full: str) -> None:
    assert names(text, text[:3])[short] == full


def test_a_town_is_the_one_named_last_be_it_without_its_level_word() -> None:
    text = "罗平县妇联走访8个乡镇。老厂乡清理沟渠3公里,钟山乡修路2公里。\n老厂缺幼儿园,乡妇联办起班来。"
    assert names(text, "罗平县")["乡妇联"] == "罗平县老厂乡妇联"


def test_a_county_that_is_never_named_leaves_its_level_word() -> None:
    text = "县财政局、审计局盘点物资。县民政局发放棉被200床,县卫健局送药40箱。住建局消毒楼道5100个。"
    found = names(text)
    assert (found["审计局"], found["住建局"]) == ("县审计局", "县住建局")
    assert names("区教育局检查学校9所。审计局随后到校。")["审计局"] == "审计局"  # said once


def test_the_hospital_whose_ward_the_subtitle_names_is_the_one_that_reports() -> None:
    text = ("# 把病房当战场\n\n# ——黄梅县人民医院内科党支部小结\n\n我院接诊900人次。县里调来氧气瓶60个。\n\n"
            "医院与蔡山镇中心卫生院结对,急诊科派出8人。")
    found = names(text, "黄梅县")
    assert found["我院"] == found["医院"] == "黄梅县人民医院"
    assert found["急诊科"] == "黄梅县人民医院急诊科"


@pytest.mark.parametrize(("text", "unit", "not_owner"), [
    ("湄潭县中医院送药60箱。稽查股查处假药3起。", "稽查股", "医院"),
    ("湄潭县水利局修渠2公里。护理部培训护士30人。", "护理部", "局"),
])
def test_no_hospital_polices_and_no_bureau_nurses(text: str, unit: str, not_owner: str) -> None:
    assert not_owner not in names(text, "湄潭县").get(unit, unit)


def test_a_numbered_group_is_no_unit_of_the_body_named_last() -> None:
    found = names("于都县水务局清退费用4万元。第二检查组进驻银坑镇,查看台账60本。", "于都县")
    assert found["第二检查组"] == "第二检查组"


def test_a_body_that_signs_in_brackets_is_meant_by_we() -> None:
    text = "桂东县桥头乡卫生院接诊600人次。我院派出专家9人。\n\n(桂东县人民医院办公室整理)"
    assert names(text, "桂东县")["我院"] == "桂东县人民医院"


def test_our_party_group_is_of_the_body_that_is_named_later() -> None:
    found = names("我院党组走访人大代表3名。代表们说,区检察院办案有力。")
    assert found["我院党组"] == "区检察院党组"


def test_a_chamber_elsewhere_is_not_of_the_division_whose_short_name_it_bears() -> None:
    text = "会宁县妇联发放贷款9笔。北京会宁商会捐款8万元。我会转交善款。县妇联回访贷款户60户。"
    assert names(text, "会宁县")["我会"] == "会宁县妇联"


def test_one_body_has_one_name_however_many_divisions_stand_before_it() -> None:
    found = names("石家庄市藁城区总工会慰问职工。河北省石家庄市藁城区总工会送出绿豆60袋。藁城区总工会再送西瓜。区总工会回访。", "藁城区")
    assert set(found.values()) == {"石家庄市藁城区总工会"}


def test_the_national_tax_office_lends_its_city_to_no_other_body() -> None:
    found = names("国家税务总局银川市金凤区税务局服务企业90户。区商务局检查超市8家。", "金凤区")
    assert found["区商务局"] == "金凤区商务局"


def test_local_offices_whose_names_begin_with_a_word_for_land() -> None:
    assert names("香格里拉市人民政府召开会议。市防汛办、国土资源局参加会议。", "香格里拉市")["国土资源局"] == "香格里拉市国土资源局"


@pytest.mark.parametrize(("owner", "unit", "name"), [
    ("平江交警大队", "平江交警大队天岳中队", "平江交警大队天岳中队"), ("平江交警大队", "交警大队天岳中队", "平江交警大队天岳中队"),
    ("公安局三里中队", "中队", "公安局三里中队"), ("县医院", "护理部", "县医院护理部"),
])
def test_what_owner_and_unit_both_say_stands_once(owner: str, unit: str, name: str) -> None:
    assert joined(owner, unit) == name


def test_the_wards_of_a_report_that_says_we_are_of_the_hospital_that_speaks() -> None:
    text = ("同志们:\n过去一年,我院接诊21万人次。湘雅二医院专家7人带教我院医师18名。\n心内科已能放支架,护理部培训护士60名。\n"
            "(桂东县人民医院办公室整理)")
    found = names(text, "桂东县")
    assert (found["心内科"], found["护理部"]) == ("桂东县人民医院心内科", "桂东县人民医院护理部")


def test_the_school_of_a_college_is_its_university() -> None:
    found = names("江城师范学院外国语学院团总支组织支教。我校共组建小队60支。")
    assert found["我校"] == "江城师范学院"


def test_a_village_committee_goes_by_the_village_that_the_text_names_alone() -> None:
    text = "德江县烟草局帮扶3个村。\n新场村缺劳力。村党支部组织党员代耕,村委会送肥40袋。"
    found = names(text, "德江县")
    assert (found["村党支部"], found["村委会"]) == ("新场村党支部", "新场村委会")


def test_a_division_does_not_begin_inside_a_word_of_function() -> None:
    assert "分乡镇学校" not in names("督查组对部分乡镇学校的安全工作进行了督查。")


def test_an_office_of_two_joined_functions_is_one_body() -> None:
    found = names("2022年,岳塘区城市管理和综合执法局拆除违建60处。", "岳塘区")
    assert found == {"岳塘区城市管理和综合执法局": "岳塘区城市管理和综合执法局"}


def test_in_a_section_that_a_county_heads_the_county_is_meant() -> None:
    text = ("# 安康市检察工作简报\n\n安康市检察院评查案卷20件。安康市水利局巡河60公里。\n\n"
            "## 旬阳市院:护河有三招\n\n旬阳市检察院发出建议3份。水利局关停砂场5家。\n\n"
            "## 石泉县院:五家人管一个孩子\n\n平利县来人取经。县民政局、县妇联到会,石泉县检察院主持。")
    found = names(text, "安康市")
    assert (found["水利局"], found["县民政局"], found["县妇联"]) == ("旬阳市水利局", "石泉县民政局", "石泉县妇联")


def test_the_headquarters_of_a_street_is_not_the_citys() -> None:
    text = "兴平市西城街道设卡口6处。市疫情防控指挥部决定在西城街道启动检测。\n\n兴平市西城街道疫情防控指挥部\n2022年4月10日"
    assert names(text, "兴平市")["市疫情防控指挥部"] == "兴平市疫情防控指挥部"


@pytest.mark.parametrize(("text", "name"), [
    ("临汾新闻网讯 市生态环境局霍州分局检查企业8家。霍州市交通局查车60辆。", "临汾市生态环境局霍州分局"),
    ("市生态环境局霍州分局检查企业8家。霍州市交通局查车60辆。", "市生态环境局霍州分局"),
])
def test_the_branch_in_a_countys_city_is_of_the_prefecture(text: str, name: str) -> None:
    assert names(text, "霍州市")["市生态环境局霍州分局"] == name


def test_a_town_whose_name_holds_a_level_word_owns_its_stations() -> None:
    assert names("卢市镇开展安全检查。派出所检查烟花销售点6处。", "卢市镇")["派出所"] == "卢市镇派出所"


def test_our_court_is_the_countys_where_the_report_speaks_of_the_county() -> None:
    text = "县委书记听取汇报,县公安局、县法院到会。县政府拨款6万元。市中院通报排名,我院升到第五。"
    assert names(text)["我院"] == "县法院"


@pytest.mark.parametrize(("text", "group", "name"), [
    ("市审计局第二督查组进驻3个单位。", "市审计局第二督查组", "市审计局第二督查组"),
    ("市妇联、市人社局组成的督查组来县检查贷款60笔。", "督查组", "督查组"),
    ("由县委督查室牵头、县水务局参加的督查组抽查育苗点9个。", "督查组", "督查组"),
])
def test_a_group_that_several_form_is_no_unit_of_the_last(text: str, group: str, name: str) -> None:
    assert names(text)[group] == name


@pytest.mark.parametrize(("text", "mention", "name"), [
    ("朝阳市龙城区市场监管局检查餐饮店12家。该局双塔所责令整改2家。", "该局双塔所", "朝阳市龙城区市场监管局双塔所"),
    ("罗平县人民医院、罗平县疾控中心联合开展义诊。我院富乐分院派出医生3名。", "我院富乐分院", "罗平县人民医院富乐分院"),
    ("罗平县教育局检查校园9所。随后,罗平县应急管理局到场,该局危化科复查企业3家。", "该局危化科", "罗平县应急管理局危化科"),
])
def test_a_unit_behind_a_word_that_points_is_the_bodys_also_where_its_name_is_a_place(text: str, mention: str, name: str) -> None:
    assert names(text)[mention] == name


def test_a_unit_that_bears_the_brand_of_its_firm_says_it_once() -> None:
    found = names("罗平恒通纺织有限公司检修设备30台。恒通技术科更换零件12件。")
    assert found["恒通技术科"] == "罗平恒通纺织有限公司技术科"


@pytest.mark.parametrize("body", ["工商联", "文联", "科学技术协会", "信用联社", "农商银行", "烟草公司", "图书馆", "文化馆"])
def test_bodies_of_which_each_county_has_one_are_the_countys(body: str) -> None:
    assert names(f"罗平县教育局检查校园9所。全县动员后,{body}捐款3万元,并派人参加清扫。")[body] == f"罗平县{body}"


def test_the_party_committee_of_an_office_in_the_title_speaks_for_the_office() -> None:
    text = ("青泽县人社局机关党委工作纪实\n青泽县人社局机关党委组织党员76名。\n劳动监察大队党支部\n大队检查工地137个,联系县住建局追回工资46万元。\n"
            "劳动人事争议仲裁院党支部\n仲裁院受理案件62件。")
    found = names(text)
    assert found["劳动监察大队党支部"] == "青泽县人社局劳动监察大队党支部"
    assert found["劳动人事争议仲裁院党支部"] == "青泽县人社局劳动人事争议仲裁院党支部"


def test_units_are_those_of_the_office_whose_party_group_meets() -> None:
    text = ("青泽县市场监管局战疫纪实\n保障组由青泽县市场监管局牵头,县商务局、县卫健委派员参加。"
            "当晚,局党组召开紧急会议,从药械科、稽查大队、质量股抽调11人充实力量。")
    found = names(text)
    assert found["质量股"] == "青泽县市场监管局质量股"


def test_the_subject_of_a_clause_is_not_meant_by_its_object() -> None:
    text = "青泽县税务局便民纪实\n青泽县税务局办理业务320笔。3月9日,市税务局督导组到该局检查。"
    assert names(text)["该局"] == "青泽县税务局"


def test_the_bureau_of_a_higher_division_is_not_meant_without_its_level() -> None:
    text = "青泽县民政局救灾纪实\n青泽县民政局启动响应3次,向市民政局上报信息73期。与此同时,民政局调运帐篷380顶。"
    assert names(text)["民政局"] == "青泽县民政局"


def test_the_command_stands_above_the_bodies_of_all_sections() -> None:
    text = ("青泽县战疫纪实\n青泽县疫情防控指挥部召开会议。\n县信访局机关党支部\n县信访局接到指挥部通知,集结党员19名。\n"
            "县发改局机关党支部\n县发改局监测商超12家,每晚报送指挥部。")
    assert names(text)["指挥部"] == "青泽县疫情防控指挥部"


def test_the_party_cell_of_a_named_body_is_that_bodys() -> None:
    text = "青泽县民政局救灾纪实\n青泽县民政局调运帐篷380顶。县信访局设立接访点3处。信访局机关党支部选派党员12名。"
    assert names(text)["信访局机关党支部"] == "青泽县信访局机关党支部"


def test_a_team_stationed_in_a_village_has_its_sender_in_its_name() -> None:
    title = "他乡作故乡\n——记青泽县审计局驻石井村帮扶工作队\n石井村种植黄芪860亩。石井村的贫困户有60户,工作队逐户走访。"
    assert names(title)["工作队"] == "青泽县审计局驻石井村帮扶工作队"
    assert "青泽县审计局驻石井村帮扶工作队" in names("青泽县审计局驻石井村帮扶工作队走访农户20户。")


def test_a_provisional_party_cell_is_the_teams() -> None:
    text = "新余市人民医院派员\n新余市人民医院选派队员30名。4月3日,新余市援沪医疗队出发,医疗队在列车上成立了临时党支部。"
    assert names(text)["临时党支部"] == "新余市援沪医疗队临时党支部"


def test_a_unit_is_that_of_the_body_that_the_word_before_it_points_at() -> None:
    text = "青泽县水利局“护堤”工作队出发\n县委、县政府部署后,青泽县水利局负责三处险段。该局分别从执法大队和县水文站抽调6名职工,编成护堤工作队。"
    assert names(text)["执法大队"] == "青泽县水利局执法大队"


@pytest.mark.parametrize(("text", "short", "full"), [
    ("吴堡县总工会慰问职工60名。团吴堡县委党支部清扫街道3公里。", "团吴堡县委党支部", "团吴堡县委党支部"),
    ("吴堡县总工会慰问职工60名。团县委党支部组织党员12名。", "团县委党支部", "吴堡团县委党支部"),
])
def test_units_of_the_league_committee_take_its_name(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_centre_work_is_no_centre() -> None:
    assert all("中心" not in name for name in names("青泽县妇联围绕县委、县政府中心工作走访群众60户。"))


def test_groups_are_those_of_the_centre_named_before_not_of_a_squad_named_later() -> None:
    text = ("吴堡县疾控中心连夜部署,设流调核查组、物资配送组、后勤保障组,流调核查组联系密接者860人。\n"
            "县公安局网安大队比对轨迹320条。流调核查组增派8人。")
    assert names(text)["流调核查组"] == "吴堡县疾控中心流调核查组"


def test_a_body_that_is_only_addressed_or_obeyed_sets_nothing_up() -> None:
    text = "青泽县税务局便民纪实\n青泽县税务局按照市税务局要求,成立便民服务专班。"
    assert names(text)["便民服务专班"] == "青泽县税务局便民服务专班"


def test_the_service_centre_and_the_bailiffs_are_the_courts() -> None:
    text = ("纳溪区人民法院便民纪实\n纳溪区人民法院审结案件320件。区公安局派员协助。诉讼服务中心接待群众60人次。"
            "法警大队值守大厅,法警大队检查来访人员900人次。诉讼服务中心设置窗口6个。")
    found = names(text)
    assert (found["诉讼服务中心"], found["法警大队"]) == ("纳溪区人民法院诉讼服务中心", "纳溪区人民法院法警大队")


def test_the_works_and_gangs_of_the_reporting_firm_are_its_parts() -> None:
    found = names("岚溪县供电公司开展春检\n3月5日,岚溪县供电公司启动春检。配电工区更换绝缘子86只,调度中心开操作票30张。")
    assert found["配电工区"] == "岚溪县供电公司配电工区"


@pytest.mark.parametrize(("text", "short", "full"), [
    ("鲁谷街道一周工作快讯\n石景山区鲁谷街道党政办整理 7月23日\n鲁谷街道慰问老人12人。", "鲁谷街道", "石景山区鲁谷街道"),
    ("柳滩镇防汛工作简报\n柳滩镇党政办编印\n7月16日,镇卫生院转移病人12名。\n报:岚峪县防汛抗旱指挥部", "镇卫生院", "岚峪县柳滩镇卫生院"),
    ("松涛街道工作快讯\n临浦区松涛街道党政办整理 7月23日\n街道综合行政执法队检查12家。", "街道综合行政执法队", "临浦区松涛街道综合行政执法队"),
    ("青峪乡工作总结\n今年,在沱源县委的领导下,青峪乡党委慰问老人12人。", "沱源县委", "沱源县委"),
])
def test_a_report_of_a_town_says_its_county_elsewhere(text: str, short: str, full: str) -> None:
    assert names(text)[short] == full


def test_the_party_committee_of_a_town_is_no_short_name_of_another_committee() -> None:
    assert names("顺德区陈村镇党政办\n陈村镇委慰问老人12人。陈村镇公共卫生委员会检查药店12家。")["陈村镇委"] == "陈村镇委"
