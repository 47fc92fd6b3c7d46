"""Which spans are institutions, and where their names begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.components.organisations.finder import OrganisationFinder
from miner.components.organisations.lexicon import lexicon
from miner.layout import lay_out

FINDER = OrganisationFinder()


def spans(text: str) -> list[str]:
    return [mention.text for mention in FINDER.find(lay_out(text)).organisations]


@pytest.mark.parametrize(("text", "expected"), [
    ("4月2日,区教育局与市卫健局联合检查了学校食堂。", ["区教育局", "市卫健局"]),
    ("县公安局会同县交通运输局设卡检查货车210辆。", ["县公安局", "县交通运输局"]),
    ("市应急管理局对辖区企业开展检查。", ["市应急管理局"]),
    ("区委、区政府召开动员会。", ["区委", "区政府"]),
    ("县财政局向县人民医院拨付资金300万元。", ["县财政局", "县人民医院"]),
])
def test_a_name_begins_after_the_word_that_governs_it(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("北京市石景山区市场监管局检查药店12家。", "北京市石景山区市场监管局"),
    ("泸州市龙马潭区总工会慰问职工。", "泸州市龙马潭区总工会"),
    ("市税务局第一税务分局办理退税86户。", "市税务局第一税务分局"),
    ("内江市生态环境局东兴区分局检查企业5家。", "内江市生态环境局东兴区分局"),
    ("云州市自然资源局白塔区分局拆除违法建筑3处。", "云州市自然资源局白塔区分局"),
])
def test_a_name_takes_its_divisions_with_it(text: str, expected: str) -> None:
    assert expected in spans(text)


def test_another_division_s_bureau_is_no_branch_of_the_one_before() -> None:
    assert spans("内江市生态环境局会同东兴区分局检查企业5家。") == ["内江市生态环境局", "东兴区分局"]
    assert "东兴区水务局" in spans("内江市生态环境局东兴区水务局检查企业5家。")


TITLED = ["石泉县人民政府", "石泉县教育局", "石泉县人民法院", "池河镇人民政府", "石泉县消防救援大队", "石泉县总工会", "安康市红十字会"]
TOPICS = ["安全生产工作总结", "消防安全演练", "抗旱保苗工作简报", "乡村振兴工作汇报", "食品安全检查情况通报", "人居环境整治工作简报"]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_topic_of_a_title_is_no_part_of_the_name(topic: str) -> None:
    for body in TITLED:
        assert spans(f"{body}{topic}\n\n5月6日,全体干部走访群众30户。")[:1] == [body]


@pytest.mark.parametrize(("title", "expected"), [
    ("石泉县委组织部工作总结", "石泉县委组织部"),
    ("石泉县公安局交通管理大队工作总结", "石泉县公安局交通管理大队"),
    ("石泉县教育局安全管理股工作总结", "石泉县教育局安全管理股"),
])
def test_what_a_longer_name_reaches_belongs_to_it(title: str, expected: str) -> None:
    assert spans(f"{title}\n\n5月6日,全体干部走访群众30户。")[:1] == [expected]


def test_what_government_qualifies_behind_a_body_is_no_part_of_its_name() -> None:
    assert spans("石泉县教育局政府信息公开年度报告\n\n5月6日,全体干部走访群众30户。")[:1] == ["石泉县教育局"]
    assert spans("池河镇党委政府采购物资30吨,转移群众12户。") == ["池河镇党委政府"]


@pytest.mark.parametrize(("text", "expected"), [
    ("石泉县新型冠状病毒感染的肺炎疫情防控指挥部发布通告2份。", "石泉县新型冠状病毒感染的肺炎疫情防控指挥部"),
    ("石泉县应对新型冠状病毒感染的肺炎疫情工作领导小组办公室发出通知。", "石泉县应对新型冠状病毒感染的肺炎疫情工作领导小组办公室"),
])
def test_a_long_name_of_a_disease_stands_in_names(text: str, expected: str) -> None:
    assert spans(text) == [expected]


def test_what_is_counted_by_visits_is_no_name() -> None:
    assert spans("检查农贸市场58家次,商场超市403家次,药店37家。") == []


def test_a_post_is_no_part_of_a_name() -> None:
    assert spans("县卫生健康局局长王平介绍了情况。") == ["县卫生健康局"]


@pytest.mark.parametrize("text", [
    "全部完成采样送检。", "有关部门要密切配合。", "各地要加强组织领导。", "这种办法处处行得通。", "工作人员分组包干到户。", "他在局部地区见过这种花。",
])
def test_common_words_that_end_like_an_institution_are_none(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["关停练歌厅16家、网吧21家。", "检查企业、学校、医院共30家。"])
def test_generic_bodies_are_none(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["记者在如皋市采访了三天。", "降雨集中在全州县北部。"])
def test_a_place_is_no_body(text: str) -> None:
    assert spans(text) == []


def test_a_short_name_defined_in_the_report_is_found_everywhere() -> None:
    text = "昌宁县农业技术推广服务中心(以下简称农技中心)试种水稻30亩。8月,农技中心测产。"
    assert spans(text).count("农技中心") == 2


@pytest.mark.parametrize("text", ["我局出动执法人员12人。区商务局随后跟进。", "区商务局检查超市8家。该局责令整改2家。"])
def test_words_that_point_at_a_body_are_found_and_marked(text: str) -> None:
    assert any(m.pronoun and m.text in ("我局", "该局") for m in FINDER.find(lay_out(text)).organisations)


def test_a_body_sure_at_one_place_is_believed_at_others() -> None:
    text = "县应急管理局牵头。\n县应急管理局、县消防救援大队检查商场12家。\n县消防救援大队与群众一道清雪。"
    assert spans(text).count("县消防救援大队") == 2


@pytest.mark.parametrize("text", ["全县新建消防站2座。", "组织人员拆除违建后建成口袋公园9座。", "我们会一直站下去。"])
def test_counted_things_and_common_verbs_are_no_bodies(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize("text", ["4月8日,县文化体育和旅游局检查网吧6家。", "会后,县工业和信息化局检查企业9家。"])
def test_a_conjunction_between_two_functions_stays_in_the_name(text: str) -> None:
    assert any(name.endswith(("文化体育和旅游局", "工业和信息化局")) and name.startswith("县") for name in spans(text))


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet=st.sampled_from("区市县局委党院校公司中心的与在我该各第一二三街道社村镇会组队所,。“”()《》\n2a "), max_size=120))
def test_any_text_gives_ascending_spans_of_its_own_words(text: str) -> None:
    layout = lay_out(text)
    end = 0
    for mention in FINDER.find(layout).organisations:
        assert mention.start >= end
        assert layout.text[mention.start : mention.end] == mention.text != ""
        assert mention.name
        assert 0.0 <= mention.confidence <= 1.0
        end = mention.end


def lexical_words() -> list[str]:
    """Words of each kind that names are told by: heads, what stands before and behind a name, levels, characters of function, functions."""
    words = lexicon()
    kinds = (words.heads, words.leading, words.following, words.soft, words.functional, words.any_of, words.zones, "县市区镇村我该本,。、12和与的")
    functions = [word for word, kind in words.classes.items() if kind in "FbR"]
    return [word for kind in (*kinds, functions) for word in kind]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(lexical_words()), max_size=12).map("".join) | st.text(max_size=80))
def test_no_string_raises(text: str) -> None:
    FINDER.find(lay_out(text))


def test_time_grows_with_the_length_alone() -> None:
    import time

    def seconds(text: str) -> float:
        layout = lay_out(text)
        started = time.perf_counter()
        FINDER.find(layout)
        return time.perf_counter() - started

    piece = "区市县局委会办处科室所站队组部(“" * 40
    seconds(piece)
    assert seconds(piece * 16) < 60 * seconds(piece) + 1.0
