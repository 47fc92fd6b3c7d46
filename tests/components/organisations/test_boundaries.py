"""Where names begin and end in the turns of real reports: lists of any bodies, quotations, numbers, headings, verbs."""

import pytest

from miner.components.organisations.candidates import find_candidates
from miner.components.organisations.classifier import takings
from miner.components.organisations.features import follows_numbering, is_any
from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.lexicon import lexicon
from miner.components.organisations.local import Local, local_divisions
from miner.layout import lay_out

FINDER = OrganisationFinder()


def spans(text: str) -> list[str]:
    return [mention.text for mention in FINDER.find(lay_out(text)).organisations]


@pytest.mark.parametrize(("text", "no_body"), [
    ("黄梅县司法局\n各司法所、律师事务所:\n请于5月底前报送案卷12份。", "律师事务所"),
    ("如皋市水务局要求有关乡镇水利站,各闸管所于7月1日前检修水泵。", "闸管所"),
    ("如皋市公安局抽查中队8个。个别中队台账不全。", "中队"),
])
def test_a_list_that_begins_with_any_names_none(text: str, no_body: str) -> None:
    assert not [one for one in spans(text) if one.endswith(no_body)]


def test_a_name_with_its_own_place_is_one_even_behind_any() -> None:
    assert is_any("各司法所、县法院", 5, lexicon().any_of, placed=True) is False
    assert is_any("各司法所、律师事务所", 5, lexicon().any_of, placed=False) is True
    assert is_any("县法院、律师事务所", 4, lexicon().any_of, placed=False) is False


@pytest.mark.parametrize("stem", ["和平", "向阳", "光明", "前进", "八一", "如意", "滨河", "为民"])
@pytest.mark.parametrize("place", ["", "东溪街道", "清河区东溪街道"])
@pytest.mark.parametrize("kind", ["社区", "社区党委", "社区居委会", "小学", "派出所", "村委会"])
def test_villages_schools_and_stations_are_named_with_ordinary_words(place: str, stem: str, kind: str) -> None:
    assert place + stem + kind in spans(f"昨日,{place}{stem}{kind}走访困难群众52户。")


@pytest.mark.parametrize("name", ["玉山镇状元村党支部", "东溪街道书香社区党委"])
def test_any_noun_between_a_town_and_its_village_is_the_village(name: str) -> None:
    assert name in spans(f"昨日,{name}走访困难群众52户。")


@pytest.mark.parametrize("text", ["东溪街道组织社区党员走访困难群众52户。", "县民政局走访社区困难群众52户。", "县教育局新建小学3所。", "全县创建平安村12个。"])
def test_what_is_done_to_communities_is_no_part_of_a_name(text: str) -> None:
    assert not [one for one in spans(text) if one.endswith(("社区", "社区党员", "小学", "村"))]


@pytest.mark.parametrize(("text", "name"), [
    ("银杏里社区和顺达物业联合走访居民26户。", "顺达物业"), ("前进社区和丰华超市联合走访居民26户。", "丰华超市"),
    ("执法大队突袭恒泰印染有限公司。", "恒泰印染有限公司"),
    ("轮到红旗派出所发言。", "红旗派出所"), ("公司外聘建安达检测公司检测设备26台。", "建安达检测公司"), ("奉贤区卫健委采样26份。", "奉贤区卫健委"),
])
def test_a_conjunction_or_a_verb_before_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert name in spans(text)


def test_a_quoted_sentence_is_no_part_of_a_name() -> None:
    assert "驻村工作队" in spans("怀宁县农业农村局派出驻村工作队。“人心齐,泰山移。”驻村工作队修渠3公里。")
    assert not [one for one in spans("“人心齐,泰山移。”怀宁县驻村工作队修渠3公里。") if "泰山" in one]


@pytest.mark.parametrize("text", ["医疗救助2街8镇群众30人。", "黄梅县慰问3街道5社区老人60名。"])
def test_a_counted_place_is_no_body(text: str) -> None:
    assert not [one for one in spans(text) if one[-1] in "镇街道区"]


def test_a_number_with_its_measure_stands_in_no_name() -> None:
    text = "沼气项目3座有机肥厂停产。"
    plant = next(one for one in FINDER.candidates(lay_out(text)) if one.head.text.endswith("厂"))
    names = [text[plant.starts[taken - 1] if taken else plant.head_start : plant.end] for taken in takings(text, plant)]
    assert names
    assert not [name for name in names if "3" in name]


@pytest.mark.parametrize(("text", "position"), [("一、执行局", 2), ("(三)稽查局", 3), ("工作完成。\n2.机关党委", 8), ("1. 质检科", 3)])
def test_the_number_of_a_heading_opens_a_line(text: str, position: int) -> None:
    assert follows_numbering(text, position)


def test_a_comma_of_a_list_is_no_numbering() -> None:
    assert not follows_numbering("检察院、法院", 4)


def test_a_department_fills_a_numbered_heading() -> None:
    text = "通渭县人民法院2021年工作情况汇报\n一、立案庭\n立案320件。\n二、执行局\n执行局执结86件,到位210万元。"
    assert "执行局" in spans(text)


@pytest.mark.parametrize(("text", "name"), [
    ("8月6日,国网祁门县供电公司抢修线路6条。", "国网祁门县供电公司"),
    ("中共祁门县委宣传部举办培训班3期。", "中共祁门县委宣传部"),
    ("九三学社祁门县委、农工党祁门县委接诊群众300人次。", "农工党祁门县委"),
    ("移动祁门分公司、电信祁门分公司抢修基站21个。", "移动祁门分公司"),
    ("武警祁门中队转移群众45人。", "武警祁门中队"),
    ("祁门县电视台播出公益广告30条。", "祁门县电视台"),
    ("祁门县粮站收购稻谷300吨。", "祁门县粮站"),
    ("黄州区城管局会同公安黄州分局清理摊点40处。", "公安黄州分局"),
    ("如皋市市场监管局立案3起。该局危化科复查企业5家。", "该局危化科"),
])
def test_what_belongs_to_a_name_before_its_place_is_taken(text: str, name: str) -> None:
    assert name in spans(text)


@pytest.mark.parametrize(("text", "name"), [
    ("赤壁市林业局成立控烟专班,检查单位30家。", "控烟专班"),
    ("赤壁市林业局组建了护笋突击队,巡山12次。", "护笋突击队"),
])
def test_what_is_set_up_is_named_in_full(text: str, name: str) -> None:
    assert name in spans(text)


@pytest.mark.parametrize("text", ["湖北省决定实施政府集中采购。", "砥砺前行开新局,黄梅县谱写新篇章。", "李医生跟着王医生学会了12个穴位。"])
def test_verbs_and_slogans_make_no_body(text: str) -> None:
    assert not [one for one in spans(text) if one.endswith(("政府", "局", "学会"))]


@pytest.mark.parametrize(("text", "found", "lost"), [
    ("全县抓好春播\n——岚坳乡柳家湾村驻村工作队总结", "岚坳乡", "坳乡"),
    ("国网祁门县供电公司抢修线路。国网祁门县供电公司巡线。", "", "国网祁门县"),
])
def test_a_town_before_a_village_is_a_division_and_a_firm_before_a_county_is_none(text: str, found: str, lost: str) -> None:
    named = local_divisions(text, lexicon())
    assert lost not in named
    assert not found or found in named


@pytest.mark.parametrize(("text", "court"), [("市中院旁听庭审,黄梅县人民法院审结12件。", "市中院"), ("省高院通报表扬黄梅县人民法院。", "省高院")])
def test_courts_go_by_their_short_names(text: str, court: str) -> None:
    assert court in spans(text)


def beginnings(text: str, head: str) -> list[str]:
    """Every name that the candidate with this head may have."""
    one = next(c for c in find_candidates(text, lexicon(), Local()) if c.head.text == head)
    return [text[one.starts[taken - 1] if taken else one.head_start : one.end] for taken in takings(text, one)]


@pytest.mark.parametrize(("text", "head", "name"), [
    ("三道沟派出所侦破失火案1起。", "派出所", "三道沟派出所"),
    ("五里堆卫生院接诊30人。", "卫生院", "五里堆卫生院"),
    ("六盘山薯业公司收购马铃薯300吨。", "公司", "六盘山薯业公司"),
])
def test_a_name_may_begin_with_a_numeral(text: str, head: str, name: str) -> None:
    assert name in beginnings(text, head)


@pytest.mark.parametrize(("text", "head", "never"), [
    ("县医院和龙垭镇卫生院的医生解答疑问。", "卫生院", "县医院和龙垭镇卫生院"),
    ("市工会和技术中心联手办擂台。", "中心", "市工会和技术中心"),
    ("县河长办将提请县纪委约谈3人。", "纪委", "县河长办将提请县纪委"),
    ("责成县教育局作出检讨。", "局", "成县教育局"),
    ("组成县检查组6个。", "检查组", "成县检查组"),
])
def test_a_body_and_what_follows_it_are_no_one_name(text: str, head: str, never: str) -> None:
    candidates = [c for c in find_candidates(text, lexicon(), Local()) if c.head.text == head]
    assert candidates
    assert never not in [text[c.starts[taken - 1] if taken else c.head_start : c.end] for c in candidates for taken in takings(text, c)]


@pytest.mark.parametrize("text", ["社区宣传员翠湖社区报到。", "网格员柳林社区值守。"])
def test_a_person_begins_no_name(text: str) -> None:
    assert not [name for name in beginnings(text, "社区") if name.startswith("员")]


@pytest.mark.parametrize(("text", "name"), [
    ("双鸭山市跃进街道办事处发动志愿者80名。", "双鸭山市跃进街道办事处"),
    ("石景山区老山街道办事处排查住户300户。", "石景山区老山街道办事处"),
])
def test_a_street_whose_name_is_an_ordinary_word_has_its_office(text: str, name: str) -> None:
    assert name in spans(text)


@pytest.mark.parametrize("text", ["检查水洛小学食堂,封存食品43包。", "在锦屏中学体育馆接种疫苗300剂。"])
def test_a_room_of_a_body_is_none(text: str) -> None:
    assert not [c for c in find_candidates(text, lexicon(), Local()) if c.head.text in ("食堂", "体育馆")]


@pytest.mark.parametrize(("text", "name"), [
    ("2月10日,恒泽汽车零部件公司总经理郁建国站在厂门口。", "恒泽汽车零部件公司"),
    ("2月10日,湖南中锂传媒广告有限公司捐款5万元。", "湖南中锂传媒广告有限公司"),
    ("(十一)智云软件公司。团队用五天开发小程序。", "智云软件公司"),
    ("企业减税2780万元(含康宁公司86.4万元)。", "康宁公司"),
    ("祁门县指挥部确定县人民医院为定点医院。", "县人民医院"),
    ("厂房提供给市指挥部作健康驿站,配齐热水器180台。", "市指挥部"),
    ("——南安市工商联引领商会组织捐款。", "南安市工商联"),
    ("市民捐款286万元,其中华岳置业公司捐50万元。", "华岳置业公司"),
    ("凉州区文体广电和旅游局检查网吧9家。", "凉州区文体广电和旅游局"),
])
def test_a_name_ends_where_its_verb_or_number_begins_and_holds_its_trade(text: str, name: str) -> None:
    assert name in spans(text)


@pytest.mark.parametrize("text", [
    "负责审核的小蔡上大学时就是志愿者。", "女儿刚学会走路。", "党员凌晨敲开社区干部的门。", "封控区陆续解封,封控区居民领菜。",
    "连续检测全部阴性。", "代购药品214盒,代取快递800件。",
])
def test_ordinary_words_that_end_like_a_head_name_no_body(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(("text", "name"), [
    ("石泉县人民医院落实防控措施12条。", "石泉县人民医院"),
    ("石泉县公安局部署夜查,出动警力60人。", "石泉县公安局"),
    ("石泉县教育局面向全县招聘教师46名。", "石泉县教育局"),
    ("石泉县中医院线上问诊300人次。", "石泉县中医院"),
    ("石泉县城关镇卫生院落实首诊负责制。", "石泉县城关镇卫生院"),
])
def test_a_verb_behind_a_name_takes_no_character_of_it(text: str, name: str) -> None:
    assert name in spans(text)


@pytest.mark.parametrize("text", ["各院落实现雨污分流26处。", "公安部门检查26次。", "站点26个。"])
def test_the_first_character_of_a_word_ends_no_name(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(("text", "body"), [
    ("接报后石泉县消防救援大队出动消防车3台。", "石泉县消防救援大队"),
    ("接到群众来电后县水利局派出抢险队员12名。", "县水利局"),
    ("险情发生后石泉县水利局转移群众26人。", "石泉县水利局"),
    ("此次巡查石泉县水利局发现隐患5处。", "石泉县水利局"),
    ("近期我县中池镇卫生院接种疫苗300剂。", "中池镇卫生院"),
    ("雨天路滑,虽石泉县水利局多次提醒,仍有3辆车驶入。", "石泉县水利局"),
])
def test_a_name_begins_with_its_division_whatever_stands_before_it(text: str, body: str) -> None:
    assert spans(text)[:1] == [body]


@pytest.mark.parametrize("text", [
    "中国农业银行石泉县支行发放贷款26笔。", "国网石泉县供电公司更换电杆12根。", "安康市石泉县水利局修渠3公里。", "中共石泉县委宣传部召开会议。",
    "审计局驻石泉县中池镇工作队慰问老人6名。"])
def test_a_body_or_a_larger_division_before_a_division_belongs_to_the_name(text: str) -> None:
    assert text.startswith(spans(text)[0])


@pytest.mark.parametrize(("text", "bodies"), [
    ("战高温 保供水 宜春水务集团全力做好供水保障", ["宜春水务集团"]),
    ("石泉县应急管理局 石泉县公安局\n联合检查企业26家。", ["石泉县应急管理局", "石泉县公安局"]),
    ("石泉县城关镇 中心小学捐款2600元。", ["石泉县城关镇中心小学"]),
    ("石 泉 县 水 利 局 文 件\n修渠3公里。", ["石泉县水利局"]),
])
def test_white_space_parts_what_is_no_one_name(text: str, bodies: list[str]) -> None:
    assert spans(text) == bodies


@pytest.mark.parametrize("rest", ["修渠3公里。", "立户26个。", "留观2人。"])
def test_a_report_begins_as_any_line_does(rest: str) -> None:
    assert spans(f"石泉县水利局{rest}") == spans(f"工作通报\n石泉县水利局{rest}") == ["石泉县水利局"]


@pytest.mark.parametrize(("text", "body"), [
    ("重大险情由县防汛指挥部核实26处。", "县防汛指挥部"),
    ("接市里指令后市中医院采样队出动120人。", "市中医院采样队"),
    ("2月11日起县人民医院医务科培训260人。", "县人民医院医务科"),
])
def test_no_name_begins_with_words_that_govern_it_or_count(text: str, body: str) -> None:
    assert spans(f"石泉县应急管理局工作通报。\n{text}")[1:2] == [body]


@pytest.mark.parametrize("unit", ["督查科", "市容管理科", "养护科", "组织股", "女职工部", "警务保障室", "管网维护班", "支援队", "投诉举报组"])
def test_units_by_what_they_do(unit: str) -> None:
    assert f"石泉县应急管理局{unit}" in spans(f"石泉县应急管理局{unit}出动人员26人,走访群众130户。")


def test_the_word_for_in_ends_a_name_though_it_makes_a_word_with_a_stations_last_character() -> None:
    found = [o.text for o in FINDER.find(lay_out("河东所在惠民购物广场抽检蔬菜20批次。")).organisations]
    assert found == ["河东所", "惠民购物广场"]


@pytest.mark.parametrize(("text", "body"), [
    ("县林业局支持红岭核桃合作社嫁接良种900亩。", "红岭核桃合作社"),
    ("石泉县发展改革委致信集团,感谢职工26人。", "石泉县发展改革委"),
    ("县气象局借移动公司平台发送短信41万条。", "县气象局"),
    ("施工方兴茂建筑公司加固脚手架260米。", "兴茂建筑公司"),
    ("涉及的供货商广源蔬菜批发部退货13批。", "广源蔬菜批发部"),
    ("当晚即召集起蓝天救援队26人。", "蓝天救援队"),
    ("11月,全市先后接收市救助站转来的流浪人员12名。", "市救助站"),
    ("泾东区委区政府慰问群众26户。", "区政府"),
])
def test_who_does_what_to_a_body_or_what_it_is_to_them_is_no_part_of_its_name(text: str, body: str) -> None:
    assert body in spans(text)


@pytest.mark.parametrize("firm", [
    "惠和物业", "北方化工厂", "悦颜美容院", "同和采石场", "百汇烟酒行", "永通再生资源回收站", "金河造船厂", "祥云小吃店", "新华医学检验所"])
def test_shops_works_and_services_by_their_proper_names(firm: str) -> None:
    assert firm in spans(f"执法人员对{firm}进行突击检查。")


@pytest.mark.parametrize("text", ["县住建局和物业公司一道检修电梯12部。", "县水利局与化工厂一道检修管道12公里。"])
def test_a_conjunction_makes_a_firms_name_with_no_office(text: str) -> None:
    assert not any("和物业" in one or "与化工" in one for one in spans(text))


def test_what_is_set_up_begins_with_no_character_of_function() -> None:
    (found,) = [c for c in find_candidates("党委据此组建家乡服务队8支。", lexicon(), Local()) if c.head.text == "服务队"]
    assert takings("党委据此组建家乡服务队8支。", found) == [1]
    assert spans("党委据此组建家乡服务队8支。") == ["党委"]


@pytest.mark.parametrize("verb", ["检查", "督导", "慰问", "培训", "监测", "收治", "改造", "奖励"])
@pytest.mark.parametrize(("body", "target"), [
    ("石泉县卫健局", "城关镇卫生院"), ("县水利局", "县职教中心"), ("石泉县消防救援大队", "天成物流有限公司"), ("县公安局交警大队", "池河镇中心小学"),
])
def test_no_name_goes_on_over_what_one_body_does_to_another(body: str, verb: str, target: str) -> None:
    found = [mention.text for mention in FINDER.find(lay_out(f"2021年6月3日,{body}{verb}{target}。石泉县")).organisations]
    assert found[:2] == [body, target]


@pytest.mark.parametrize("name", ["石泉县疫情防控督查组", "市城管局城关分局巡查二中队", "石泉县审计局驻双柏村工作队",
                                  "石泉县水利局防汛抗旱办公室", "石泉县政务服务中心"])
def test_such_a_verb_stands_in_names_of_units_all_the_same(name: str) -> None:
    assert [mention.text for mention in FINDER.find(lay_out(f"2021年6月3日,{name}检查药店12家。")).organisations] == [name]


@pytest.mark.parametrize(("title", "body"), [
    ("石泉县市场监督管理局网吧检查简报", "石泉县市场监督管理局"), ("石泉县卫生健康局村卫生室督导情况", "石泉县卫生健康局"),
    ("石泉县公安局机关党建工作汇报", "石泉县公安局"),
])
def test_an_office_has_no_shop_of_its_own(title: str, body: str) -> None:
    assert [mention.text for mention in FINDER.find(lay_out(f"{title}\n6月3日,检查12家。")).organisations] == [body]


@pytest.mark.parametrize("body", ["后柳镇", "鲁谷街道", "柳林社区"])
@pytest.mark.parametrize("topic", ["防汛工作简报", "2021年工作总结", "森林防火工作情况汇报", "暑期安全宣传活动"])
def test_a_town_opens_the_title_of_its_report(body: str, topic: str) -> None:
    assert spans(f"{body}{topic}\n6月3日,出动巡查人员120人次。\n") == [body]


def test_a_town_acts_where_a_number_stands_in_its_clause() -> None:
    assert spans("2月3日,池河镇值守卡口12处,城关镇消杀公共场所30处。") == ["池河镇", "城关镇"]
    assert spans("2月3日,池河镇境内连降暴雨。") == []
