"""Quantities: sentence in, expected rows out."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import miner
from miner.components.quantities.find import find_in
from miner.document import Date


def rows(sentence: str, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(q[key] for key in keys) for q in miner.find_quantities(sentence)]


def full(sentence: str) -> list[tuple[Any, ...]]:
    return rows(sentence, "text", "value", "high", "unit", "item", "qualifier", "scope")


FULL_ROWS = [
    # the item behind the unit
    ("昨日,镇里运来3000只口罩。", [("3000只", 3000, None, "只", "口罩", "exact", "one")]),
    ("街道组建了4支由退休教师带队的巡逻队。", [("4支", 4, None, "支", "巡逻队", "exact", "one")]),
    ("派出12名卫生监督人员前往现场。", [("12名", 12, None, "名", "卫生监督人员", "exact", "one")]),
    ("对9家未按要求登记的旅馆责令整改。", [("9家", 9, None, "家", "旅馆", "exact", "one")]),
    # before the number
    ("共检查餐饮单位1,204家次,查出隐患86处。",
     [("1,204家次", 1204, None, "家次", "餐饮单位", "exact", "total"), ("86处", 86, None, "处", "隐患", "exact", "total")]),
    ("本月新铺管道长度870米。", [("870米", 870, None, "米", "管道长度", "exact", "one")]),
    ("出动消防车两辆、消防员13人。", [("两辆", 2, None, "辆", "消防车", "exact", "one"), ("13人", 13, None, "人", "消防员", "exact", "one")]),
    # approximation and bounds, apart from the value
    ("累计接种疫苗36.5万余剂次。", [("36.5万余剂次", 365000, None, "剂次", "疫苗", "approx", "total")]),
    ("约200名群众参加。", [("200名", 200, None, "名", "群众", "approx", "one")]),
    ("现场近千人围观。", [("千人", 1000, None, "人", "", "approx", "one")]),
    ("投资3亿元以上,工期不超过90天。", [("3亿元以上", 300000000, None, "元", "投资", "min", "one"), ("90天", 90, None, "天", "", "max", "duration")]),
    ("至少安排5名值班员,库存不足10吨。", [("5名", 5, None, "名", "值班员", "min", "one"), ("10吨", 10, None, "吨", "库存", "max", "one")]),
    ("几十名志愿者搬来上百个沙袋。", [("几十名", 10, 90, "名", "志愿者", "approx", "one"), ("上百个", 100, None, "个", "沙袋", "approx", "one")]),
    # ranges
    ("每组3—5人,巡查三四十家店铺。", [("3—5人", 3, 5, "人", "", "exact", "rate"), ("三四十家", 30, 40, "家", "店铺", "approx", "one")]),
    ("背着30、40斤重的水泵上山。", [("30、40斤", 30, 40, "斤", "水泵", "approx", "one")]),
    # temperature, share, multiple
    ("夜间最低气温零下28度。", [("零下28度", -28, None, "度", "最低气温", "exact", "one")]),
    ("合格率达98.5%,同比提高2个百分点。",
     [("98.5%", 98.5, None, "%", "合格率", "exact", "rate"), ("2个百分点", 2, None, "个百分点", "合格率", "exact", "rate")]),
    ("水位一夜上涨3.6米。", [("3.6米", 3.6, None, "米", "水位", "exact", "one")]),
    # scope
    ("民警24小时值守,每天巡查6次。", [("24小时", 24, None, "小时", "", "exact", "duration"), ("6次", 6, None, "次", "", "exact", "rate")]),
    ("截至目前,已办结投诉58件。", [("58件", 58, None, "件", "投诉", "exact", "total")]),
    ("平均每人每天值守6个小时。", [("6个小时", 6, None, "个小时", "", "exact", "rate")]),
]

# every writing once more, in another sentence
MORE_ROWS = [
    ("全年筹集善款1,234,567元。", [("1,234,567元", 1234567, None, "元", "善款", "exact", "one")]),
    ("投入两万五千元修渠。", [("两万五千元", 25000, None, "元", "", "exact", "one")]),
    ("一亿二千万元的救灾款到账。", [("一亿二千万元", 120000000, None, "元", "救灾款", "exact", "one")]),
    ("罚款壹佰贰拾元。", [("壹佰贰拾元", 120, None, "元", "", "exact", "one")]),
    ("停电半个小时。", [("半个小时", 0.5, None, "个小时", "", "exact", "duration")]),
    ("减税1.5亿元。", [("1.5亿元", 150000000, None, "元", "", "exact", "one")]),
    ("惠及3千户。", [("3千户", 3000, None, "户", "", "exact", "one")]),
    ("入库率为百分之九十八点五。", [("百分之九十八点五", 98.5, None, "%", "入库率", "exact", "rate")]),
    ("四分之三的村民参加投票。", [("四分之三", 0.75, None, "", "村民", "exact", "one")]),
    ("七成商户复工。", [("七成", 7, None, "成", "商户", "exact", "rate")]),
    ("减排3.2‰。", [("3.2‰", 3.2, None, "‰", "", "exact", "rate")]),
    ("满意度提高2.3个百分点。", [("2.3个百分点", 2.3, None, "个百分点", "满意度", "exact", "rate")]),
    ("每组8至10人。", [("8至10人", 8, 10, "人", "", "exact", "rate")]),
    ("来了十几个志愿者。", [("十几个", 11, 19, "个", "志愿者", "approx", "one")]),
    ("来回用了一个半小时,工期缩短两个半月。",
     [("一个半小时", 1.5, None, "个小时", "", "exact", "duration"), ("两个半月", 2.5, None, "个月", "", "exact", "duration")]),
    ("接听电话73个,热线24小时有人值守。",
     [("73个", 73, None, "个", "电话", "exact", "one"), ("24小时", 24, None, "小时", "", "exact", "duration")]),
    ("法院审理案件120件,化解矛盾纠纷41起。", [("120件", 120, None, "件", "案件", "exact", "one"), ("41起", 41, None, "起", "矛盾纠纷", "exact", "one")]),
    ("共消除隐患137处,指导企业12家。", [("137处", 137, None, "处", "隐患", "exact", "total"), ("12家", 12, None, "家", "企业", "exact", "total")]),
    ("当天收治患者112人。", [("112人", 112, None, "人", "患者", "exact", "one")]),
    ("我校举行2019届毕业典礼。", []),
    ("先后检查农贸市场312个次。", [("312个次", 312, None, "个次", "农贸市场", "exact", "total")]),
    ("三支队伍出发,组织三轮核酸检测。",
     [("三支", 3, None, "支", "队伍", "exact", "one"), ("三轮", 3, None, "轮", "核酸检测", "exact", "one")]),
    ("户籍人口不到5万。", [("5万", 50000, None, "", "户籍人口", "max", "one")]),
    ("全县六十多万乡亲。", [("六十多万", 600000, None, "", "乡亲", "approx", "one")]),
    ("几百名群众疏散。", [("几百名", 100, 900, "名", "群众", "approx", "one")]),
    ("产量增长3倍。", [("3倍", 3, None, "倍", "产量", "exact", "rate")]),
    ("销量翻两番。", [("两番", 2, None, "番", "销量", "exact", "rate")]),
    ("最低温度零下12℃。", [("零下12℃", -12, None, "℃", "最低温度", "exact", "one")]),
    ("气温降到零下30度。", [("零下30度", -30, None, "度", "气温", "exact", "one")]),
    ("花费万余元。", [("万余元", 10000, None, "元", "", "approx", "one")]),
    ("电价0.5元/千瓦时。", [("0.5元/千瓦时", 0.5, None, "元/千瓦时", "电价", "exact", "rate")]),
    ("水深1米8。", [("1米8", 1.8, None, "米", "水深", "exact", "one")]),
    ("买来三斤半茶叶。", [("三斤半", 3.5, None, "斤", "茶叶", "exact", "one")]),
    ("历时3小时20分。", [("3小时20分", 200, None, "分", "", "exact", "duration")]),
    ("演练持续1小时30分。", [("1小时30分", 90, None, "分", "", "exact", "duration")]),
    ("出动车辆46台次。", [("46台次", 46, None, "台次", "车辆", "exact", "one")]),
    ("登记器械120件次。", [("120件次", 120, None, "件次", "器械", "exact", "one")]),
    ("收购稻谷3500公斤。", [("3500公斤", 3500, None, "公斤", "稻谷", "exact", "one")]),
    ("流转土地300亩。", [("300亩", 300, None, "亩", "土地", "exact", "one")]),
    ("铺设管线12公里。", [("12公里", 12, None, "公里", "管线", "exact", "one")]),
    ("12栋楼900余户2600余人转移。",
     [("12栋", 12, None, "栋", "楼", "exact", "one"), ("900余户", 900, None, "户", "", "approx", "one"), ("2600余人", 2600, None, "人", "", "approx", "one")]),
    ("3个乡镇45个村通水。", [("3个", 3, None, "个", "乡镇", "exact", "one"), ("45个", 45, None, "个", "村", "exact", "one")]),
    ("女性占六成五。", [("六成五", 6.5, None, "成", "女性", "exact", "rate")]),
    ("不少于200人参加。", [("200人", 200, None, "人", "", "min", "one")]),
    ("逾期不超过30天。", [("30天", 30, None, "天", "", "max", "duration")]),
    ("超过500名师生参演。", [("500名", 500, None, "名", "师生", "min", "one")]),
    ("近5000名职工体检。", [("5000名", 5000, None, "名", "职工", "approx", "one")]),
]


@pytest.mark.parametrize(("sentence", "expected"), FULL_ROWS + MORE_ROWS)
def test_full_rows(sentence: str, expected: list[tuple[Any, ...]]) -> None:
    assert full(sentence) == expected


WRITINGS = [
    ("捐款5.6万元", 56000, "元", 56000, "CNY"), ("罚款人民币3000元整", 3000, "元", 3000, "CNY"), ("收入万余元", 10000, "元", 10000, "CNY"),
    ("出口额200万美元", 2000000, "美元", 2000000, "USD"), ("￥350", 350, "元", 350, "CNY"),
    ("重两斤半", 2.5, "斤", 1.25, "kg"), ("高1米8", 1.8, "米", 1.8, "m"),
    ("历时3小时20分", 200, "分", 12000, "s"), ("值守216小时", 216, "小时", 777600, "s"),
    ("流转土地300亩", 300, "亩", 200000, "m2"), ("占比七成", 7, "成", 70, "%"),
    ("九成五的企业", 9.5, "成", 95, "%"), ("误差3‰", 3, "‰", 0.3, "%"), ("三分之二的村民", 2 / 3, "", None, None), ("产值翻一番", 1, "番", 2, "倍"),
    ("工期18个月", 18, "个月", 18, "mo"), ("装机12千瓦", 12, "千瓦", 12000, "W"), ("检查企业30家", 30, "家", None, None),
    ("出动288人次", 288, "人次", None, None),
    ("挖填土方2300㎥", 2300, "㎥", 2300, "m3"), ("流转土地50市亩", 50, "市亩", 33333.333333, "m2"), ("重立电杆311基", 311, "基", None, None),
    ("发射增雨弹36发", 36, "发", None, None), ("栽植毛竹200蔸", 200, "蔸", None, None),
    ("单价35元/吨", 35, "元/吨", None, None), ("两百〇五间房", 205, "间", None, None), ("抢修3个多小时", 3, "个小时", 10800, "s"),
]


@pytest.mark.parametrize(("sentence", "value", "unit", "normal_value", "normal_unit"), WRITINGS)
def test_units_and_their_normal_form(sentence: str, value: float, unit: str, normal_value: float | None, normal_unit: str | None) -> None:
    (found,) = miner.find_quantities(sentence)
    assert (found["value"], found["unit"]) == (pytest.approx(value), unit)
    assert (found["normalised_value"], found["normalised_unit"]) == (pytest.approx(normal_value) if normal_value is not None else None, normal_unit)


NO_QUANTITIES = [
    "第一批、第二批名单", "第25号公告", "佩戴N95口罩", "佩戴KN95口罩", "进入TOP10名单", "乘坐MH370航班", "购置CRH380型动车组",
    "位于一号院6楼", "X-200型测温仪", "2月13日下午", "2020年",
    "15时30分", "截至12:00", "1.加强领导", "“五个一”工程",
    "落实防疫“四宝”", "一手抓生产", "一线员工", "两会期间", "四个意识", "国发[2020]225号", "北京一号院(20—2/22—3)",
    "电话0532-87651234", "星期三", "周五", "农历初八", "二类管控小区",
    "过了几天", "说了几句话", "热线12345", "骑三轮车",
    "统一部署", "逐一登记", "一起出发", "千方百计", "一家企业负责人说", "5G基站", "三级医院", "浏览次数:1308次",
    "清河县李千户乡的村民", "临江市三里镇", "抢修110千伏线路", "抢修35kV线路", "35千伏以上变电站停运", "全省5基层法院", "企业3发展规划", "3车间工人",
]


@pytest.mark.parametrize("sentence", NO_QUANTITIES)
def test_numbers_that_count_nothing(sentence: str) -> None:
    assert rows(sentence, "text") == []


@pytest.mark.parametrize(("sentence", "text", "item"), [
    ("检查KTV12家。", "12家", "KTV"), ("清理违规APP2600个。", "2600个", "违规APP"), ("配备AED15台。", "15台", "AED"), ("完成CT86人次。", "86人次", "CT"),
    ("安装GPS1200余套。", "1200余套", "GPS"),
])
def test_letters_right_before_a_number_may_be_what_is_counted(sentence: str, text: str, item: str) -> None:
    assert rows(sentence, "text", "item") == [(text, item)]


def test_townships_that_are_counted_are_no_name() -> None:
    assert rows("全县三十个乡镇、清河县两百户村民。", "text") == [("三十个",), ("两百户",)]


def test_a_number_distributed_over_a_list_holds_for_each() -> None:
    for sentence in ("慰问组带来口罩、手套各500个。", "仓库备有口罩和手套各500个。"):
        (found,) = miner.find_quantities(sentence)
        assert (found["items"], found["each"]) == (["口罩", "手套"], True)
    (money,) = miner.find_quantities("远帆集团、佳惠超市分别捐款50万元。")
    assert money["each"]
    assert not miner.find_quantities("远帆集团捐款50万元。")[0]["each"]


def test_respectively_follows_the_order_of_the_subjects() -> None:
    assert rows("门诊和急诊分别占65%和80%。", "text", "item") == [("65%", "门诊"), ("80%", "急诊")]
    assert rows("知晓率、满意率分别为97.2%、81.5%。", "text", "item") == [("97.2%", "知晓率"), ("81.5%", "满意率")]


@pytest.mark.parametrize(("sentence", "found"), [
    ("才湾镇、永岁镇分别聘请12名和15名老党员当监督员。", [("12名", "党员"), ("15名", "党员")]),
    ("县局先后抽检8批、9批、11批蔬菜。", [("8批", "蔬菜"), ("9批", "蔬菜"), ("11批", "蔬菜")]),
    ("县局采购口罩12箱和15箱消毒液。", [("12箱", "口罩"), ("15箱", "消毒液")]),
])
def test_numbers_joined_by_a_conjunction_count_the_noun_behind_the_last(sentence: str, found: list[tuple[str, str]]) -> None:
    assert rows(sentence, "text", "item") == found


def test_lists_carry_each_its_own_item() -> None:
    assert rows("录入药品类855条、化妆品类1549条。", "value", "item") == [(855, "药品类"), (1549, "化妆品类")]
    assert rows("接警中火灾671起、抢险救援804起。", "value", "item") == [(671, "火灾"), (804, "抢险救援")]


def test_a_kind_that_is_counted_is_no_part_of_what_is_counted() -> None:
    assert rows("抽检粮油、肉制品等12大类食品186批次。", "value", "unit", "item") == [(12, "大类", "食品"), (186, "批次", "食品")]


def test_numbers_without_an_item_take_that_of_the_same_kind_before() -> None:
    assert rows("抽检样品37份,合格35份。", "value", "item") == [(37, "样品"), (35, "样品")]
    assert rows("排查隐患45处,已整改40处。", "value", "item") == [(45, "隐患"), (40, "隐患")]


JOINED = [
    ("临江市市场监管局共出动执法人员288人次。", "执法人员"), ("县消防大队累计检查商铺90家。", "商铺"), ("区水务局已清理河道12条。", "河道"),
    ("各乡镇先后召开动员会6场。", "动员会"), ("两家企业各捐赠口罩3000只。", "口罩"),
    ("机关党支部合计捐出棉被300床。", "棉被"), ("柳林街道均配备灭火器40具。", "灭火器"), ("供电所派来两头猪慰问。", "猪"),
]


@pytest.mark.parametrize(("sentence", "item"), JOINED)
def test_actor_and_adverb_are_no_part_of_the_item(sentence: str, item: str) -> None:
    assert rows(sentence, "item")[-1] == (item,)


@pytest.mark.parametrize(("sentence", "item"), [
    ("志愿者修剪树木31棵。", "树木"), ("受灾群众领到棉被120床。", "棉被"), ("医生诊治病人310名。", "病人"), ("企业复工率达98%。", "企业复工率"),
    ("老人健康体检表51份。", "老人健康体检表"), ("村里有志愿者服务岗6个。", "志愿者服务岗"),
])
def test_a_verb_behind_those_who_do_things_governs_the_item(sentence: str, item: str) -> None:
    assert rows(sentence, "item") == [(item,)]


@pytest.mark.parametrize(("sentence", "item"), [
    ("志愿者服务居民1300人次。", "居民"), ("全年补助学生210名。", "学生"), ("辅导企业84户。", "企业"), ("全区现有物业服务企业138家。", "物业服务企业"),
    ("开放服务窗口12个。", "服务窗口"),
])
def test_verbs_that_make_compounds_govern_plain_nouns_of_people(sentence: str, item: str) -> None:
    assert rows(sentence, "item") == [(item,)]


@pytest.mark.parametrize(("sentence", "item"), [
    ("下架不合格产品12批次。", "不合格产品"), ("16起不文明行为被曝光。", "不文明行为"), ("3家不达标企业停产。", "不达标企业"), ("未发现隐患3处。", "隐患"),
])
def test_what_negates_an_attribute_belongs_to_the_item(sentence: str, item: str) -> None:
    assert rows(sentence, "item") == [(item,)]


@pytest.mark.parametrize(("sentence", "item"), [
    ("走访留守儿童26名。", "留守儿童"), ("接诊发热病人31人。", "发热病人"), ("排查返乡人员412人。", "返乡人员"), ("派出抢修人员38人。", "抢修人员"),
    ("下达整改通知书20份。", "整改通知书"), ("疏散人员300人。", "人员"), ("检查企业30家。", "企业"),
])
def test_verbs_without_an_object_and_those_of_workers_and_notices_belong_to_their_noun(sentence: str, item: str) -> None:
    assert rows(sentence, "item") == [(item,)]


@pytest.mark.parametrize(("sentence", "item"), [
    ("县住建局在城区查验石料31吨。", "石料"), ("社区为群众代办证照31件。", "证照"), ("公司沿河岸补栽法桐26株。", "法桐"), ("全市在各校开展讲座12场。", "讲座"),
])
def test_a_verb_behind_a_place_governs_the_item(sentence: str, item: str) -> None:
    assert rows(sentence, "item") == [(item,)]


@pytest.mark.parametrize(("sentence", "item"), [
    ("供电公司立杆311基。", "杆"), ("林场植树3.4万株。", "树"), ("钢厂炼钢45炉。", "钢"), ("工程队修桥2座。", "桥"), ("村民挖坑30个。", "坑"),
])
def test_verb_and_object_in_one_word_give_the_object(sentence: str, item: str) -> None:
    assert rows(sentence, "item") == [(item,)]


def test_cases_are_counted_beside_their_people() -> None:
    assert rows("法院移送拒执犯罪5案6人。", "text") == [("5案",), ("6人",)]


def test_a_name_found_before_ends_the_item() -> None:
    text = "临江市供水集团抢修队队员30人到场"
    (found,) = find_in(text, [(0, len(text))], [(0, 10)], [(0, 10)])
    assert found.item == "队员"


def test_parts_belong_to_their_total_and_sums_are_checked() -> None:
    keys = ("value", "item", "scope", "part_of", "sum_check")
    nested = rows("累计关停场所23家,其中网吧10家、体育单位13家(其中台球厅9家、健身馆4家)。", *keys)
    assert nested == [(23, "场所", "total", None, "equal"), (10, "网吧", "part", 0, None), (13, "体育单位", "part", 0, "equal"),
                      (9, "台球厅", "part", 2, None), (4, "健身馆", "part", 2, None)]
    assert rows("处置险情30起,其中管涌12起、渗水8起。", *keys)[0][4] == "less"
    assert rows("甲市场采样61个、乙市场采样44个,合计105个样本。", "value", "part_of") == [(61, 2), (44, 2), (105, None)]
    assert rows("抽检样品37份,合格35份,不合格2份。", "value", "scope", "part_of") == [(37, "one", None), (35, "part", 0), (2, "part", 0)]
    assert rows("将3台发电机中的两台借给邻村。", "value", "scope", "item") == [(3, "one", "发电机"), (2, "part", "发电机")]


SCOPES = [
    ("反馈问题52条,已整改46条。", ["one", "part"]), ("交办的5个问题中,1个尚未完成。", ["one", "part"]), ("抽查灭火器90具,余下8具本周更换。", ["one", "part"]),
    ("先后召开会议3场,走访农户120户。", ["total", "total"]), ("派来3支队伍共45人,走访16个村。", ["one", "total", "one"]),
    ("每3小时报告一次。", ["duration", "rate"]), ("全县共投放鱼苗30万尾;捐款2万元。", ["total", "one"]),
]


@pytest.mark.parametrize(("sentence", "scopes"), SCOPES)
def test_scope_follows_the_words_that_govern_the_number(sentence: str, scopes: list[str]) -> None:
    assert [scope for (scope,) in rows(sentence, "scope")] == scopes


def test_an_exact_sum_links_parts_in_other_sentences() -> None:
    text = "东湖镇出动120人。西坪镇出动85人。南山乡出动64人。三地合计269人。"
    assert rows(text, "value", "scope", "part_of") == [(120, "part", 3), (85, "part", 3), (64, "part", 3), (269, "total", None)]


DAYS = [
    ("共登记线索1500条,其中2020年1180条,2021年320条。", [None, "2020年", "2021年"]), ("出动执法人员286人次(10月158人次,11月128人次)。", [None, "10月", "11月"]),
    ("3月和6月分别走访企业22家和31家。", ["3月", "6月"]), ("3月走访企业22家。", [None]), ("截至6月检查企业22家,处罚3家。", [None, None]),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_number_has_days_of_its_own_where_its_neighbour_has_others(text: str, expected: list[str | None]) -> None:
    dates = [Date(m.start(), m.end(), m.group(), dt.date(2020, 1, 1) + dt.timedelta(m.start()), dt.date(2022, 1, 1)) for m in re.finditer(r"\d+[年月]", text)]
    day_of = {date.text: date.date_from for date in dates}
    found = find_in(text, [(0, len(text))], [(d.start, d.end) for d in dates], dates=dates)
    assert [q.date_from for q in found] == [day_of[expression] if expression else None for expression in expected]


def test_several_quantities_in_one_breath_stay_apart() -> None:
    assert rows("来自3省4市的专家", "text", "unit") == [("3省", "省"), ("4市", "市")]
    assert rows("涉及12栋楼900余户2600余人", "value", "unit", "item") == [(12, "栋", "楼"), (900, "户", ""), (2600, "人", "")]


def test_normalised_items_come_from_the_lexicon() -> None:
    assert rows("采购医用外科口罩5000只。", "item", "normalised_item") == [("医用外科口罩", "口罩")]
    assert rows("慰问一线医护人员35名。", "normalised_item") == [("医护人员",)]


def test_offsets_count_the_given_text() -> None:
    text = "共检查　企业 ２３ 家，\n查出隐患<b>5</b>处。"
    for quantity in miner.find_quantities(text):
        assert text[quantity["start"]] in "２5"
        assert text[quantity["end"] - 1] in "家处"


def test_numbers_inside_dates_and_names_are_left_alone() -> None:
    text = "3月5日第三医院接诊12人"
    assert [text[q.start : q.end] for q in find_in(text, [(0, len(text))], [(0, 4), (4, 8)])] == ["12人"]


@given(st.text(alphabet="一二三十百千万亿两半几多余约近共其中各分别每第年月日号时家名个人次元%0123456789.,。、()“”口罩企业检查的和——-/:第\n ", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_string_is_read_and_spans_round_trip(text: str) -> None:
    last = 0
    for index, q in enumerate(found := find_in(text, [(0, len(text))])):
        assert last <= q.start < q.end <= len(text)
        assert text[q.start : q.end] == q.text
        assert q.high is None or q.high >= q.value
        assert q.item_at is None or 0 <= q.item_at[0] < q.item_at[1] <= len(text)
        assert q.part_of is None or (0 <= q.part_of < len(found) and q.part_of != index)
        last = q.end


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    miner.find_quantities(text)


@pytest.mark.parametrize("piece", ["检查3家,", "3、", "(其中3家", "一", "每3", "“三", "分之", "的", "3家和"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        begin = time.perf_counter()
        find_in(text, [(0, len(text))])
        return time.perf_counter() - begin

    seconds(100)
    assert seconds(4000) < 3
