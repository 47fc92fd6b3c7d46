"""Plain text: lines, paragraphs, headings, by-lines, furniture, articles."""

from pathlib import Path

import pytest

from miner.layout import lay_out, repeated_sentences, sentence_keys
from miner.layout.bylines import is_names
from miner.layout.characters import normalise

REPORTS = Path(__file__).parents[3] / "shared" / "yardstick" / "reports"


def blocks(source: str) -> list[tuple[str, str]]:
    layout = lay_out(source)
    return [(b.kind, layout.text[b.start : b.end]) for b in layout.blocks]


def kinds(source: str) -> dict[str, str]:
    return {text: kind for kind, text in blocks(source)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("２０２０年１月，檢查企業３家", "2020年1月,检查企业3家"),
        ("（共５家）：Ａ类", "(共5家):A类"),
        ("1，2，3月", "1，2，3月"),
        ("酒駕「零容忍」", "酒驾“零容忍”"),
        ("市衞生健康局、市衛生局", "市卫生健康局、市卫生局"),
        ("二○二○年", "二〇二〇年"),
        ("显著、乾隆、皇后", "显著、乾隆、皇后"),
        ("市政府關於加強檢查後續工作的報告", "市政府关于加强检查后续工作的报告"),
    ],
)
def test_characters(written, read):
    assert normalise(written) == read
    assert len(normalise(written)) == len(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020 年 2 月 13 日", "2020年2月13日"),
        ("口罩 3 000 只", "口罩3000只"),
        ("２ ０ ２ ０ 年", "2020年"),
        ("开 展 检 查", "开展检查"),
        ("work report 检查 COVID 19", "work report检查COVID19"),
        ("2021-04-06 09:12", "2021-04-06 09:12"),
        ("2018/3/4 9:20:30", "2018/3/4 9:20:30"),
        ("电话 010 12345678", "电话010 12345678"),
        ("检查<b>12</b>家&nbsp;&amp;&nbsp;3家", "检查12家&3家"),
        ("气温<30度,a<b", "气温<30度,a<b"),
    ],
)
def test_white_space_and_markup(written, read):
    assert lay_out(written).text == read


def test_broken_columns_are_joined_and_marked():
    source = (
        "守住卡口不松劲\n\n本报讯(记者 陆远)3月12日清晨,柳林街道翠湖社区卡口前,值班员江涛已经站了三个小\n"
        "时。街道从机关抽调干部64名,编成16个小组,24小时值守,累计登记车\n辆1.2万台次。\n"
        "    街道还筹集口罩8600只、消毒液420桶,全部发到各个卡口的值班员手里,另有备用的二\n百套防护服。\n"
    )
    layout = lay_out(source)
    joined = [layout.text[b.start : b.end] for b in layout.blocks if b.joined]
    assert len(layout.blocks) == 3
    assert [text[-8:] for text in joined] == ["车辆1.2万台次。"[-8:], "另有备用的二百套防护服。"[-8:]]
    assert "三个小时。" in joined[0]


def test_a_line_broken_across_blank_lines_goes_on():
    source = (
        "工作纪实\n\n疫情发生以来,区里建立采购专班,从各个渠道收集物资信息,来自电话、微信、购物平台的信\n\n息源源不断汇集到专班。此外还有1000多家企业名单。\n"
    )
    assert len(blocks(source)) == 2
    assert "平台的信息源源不断" in lay_out(source).text


def test_lines_that_are_whole_are_not_joined():
    source = "检查情况\n\n1.检查超市12家\n2.检查饭店30家\n3.检查药店8家\n\n区商务局:口罩200只\n区卫健局:口罩300只\n"
    assert [text for _, text in blocks(source)][1:] == ["1.检查超市12家", "2.检查饭店30家", "3.检查药店8家", "区商务局:口罩200只", "区卫健局:口罩300只"]


def test_columns_in_the_wrong_order_are_not_joined_but_told():
    source = (
        "消防练兵不松劲\n\n络视频系统同步收看会议。大家时刻保持最佳状态,更新完善救援预案,\n\n"
        "本报讯(记者 李明)3月12日,清河区消防大队召开动员部署视频会,两百名指战员在主会场参会,获奖指战员家属通过网\n\n"
        "从最复杂、最困难的地方出发,加强与微型消防站联动,确保取得实效。"
    )
    layout = lay_out(source)
    assert len(layout.articles) == 1
    assert [b.continues for b in layout.blocks] == [-1, 2, -1, 1]
    assert not any(b.joined for b in layout.blocks)


def test_headings_have_levels_and_govern():
    source = (
        "全市检查通报\n\n城区\n\n一、消防安全\n\n检查商场12家,整改隐患3处。\n\n(一)整改情况\n\n已整改2处,其余限期整改。\n\n"
        "二、食品安全\n\n抽检食品30批次。\n\n郊区\n\n检查农家乐9家。\n"
    )
    layout = lay_out(source)
    heads = [(layout.text[b.start : b.end], b.level) for b in layout.blocks if b.kind == "heading"]
    assert heads == [("全市检查通报", 1), ("城区", 2), ("一、消防安全", 3), ("(一)整改情况", 4), ("二、食品安全", 3), ("郊区", 2)]
    governed = {
        layout.text[b.start : b.end]: layout.text[layout.blocks[b.section].start : layout.blocks[b.section].end] for b in layout.blocks if b.section >= 0
    }
    assert governed["抽检食品30批次。"] == "二、食品安全"
    assert governed["二、食品安全"] == "城区"
    assert governed["检查农家乐9家。"] == "郊区"


@pytest.mark.parametrize(
    "line",
    [
        "来源:临江日报 2020-02-18 10:20",
        "作者:周启明",
        "编辑:刘友 审核:何平",
        "(记者 李明 通讯员 王芳)",
        "本报记者 史小军 通讯员 张颖",
        "2024年04月25日 星期四",
        "二〇二〇年二月十八日",
        "(2013年12月27日)",
        "石泉日报/2018 年/3 月/4 日/第 003 版",
        "临安办〔2021〕17号",
        "第三期",
        "山那边的老韩 2018-06-20",
        "友邻88123456",
        "第2版 2011年4月22日 责编 刘慧",
        "县人民法院院长 白云峰",
        "发表于2022年9月17日 由 品牌部",
    ],
)
def test_bylines(line):
    assert blocks(f"检查通报\n{line}\n市局检查企业12家,整改隐患3处。\n")[1][0] == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务动态 > 正文",
        "【字体:大 中 小】 浏览次数:1,308次",
        "上一篇:关于暂停采砂的公告",
        "分享到:微信 微博",
        "版权所有 临江市政府 ICP备00000号",
        "1581987015.png",
        "- 3 -",
        "股票代码 600016",
        "【打印】【关闭】",
        "要闻",
        "责任声明|网站地图|联系我们",
    ],
)
def test_furniture(line):
    assert blocks(f"检查通报\n\n市局检查企业12家,整改隐患3处。\n\n{line}\n\n市局抽检30批次,全部合格。\n")[2][0] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "打印宣传单3000份。",
        "关闭企业12家,整改3家。",
        "上一篇文章说的是错的,应当更正。",
        "来源不明的肉品12批次被查封。",
        "时间:2月3日起,各单位轮班值守。",
        "首页的检查情况已经公布。",
        "作者站本周接待群众36人次。",
    ],
)
def test_lines_of_work_are_no_furniture(line):
    assert blocks(f"检查通报\n\n市局检查企业12家,整改隐患3处。\n\n{line}\n")[2][0] == "paragraph"


def test_captions_beside_pictures_and_tags_at_the_end():
    source = "检查通报\n\n市局检查企业12家,整改隐患3处。\n\n15819.png\n执法人员检查灭火器\n\n图为检查现场。\n\n市局还将再查一遍。\n\n检查\n\n企业\n\n隐患\n"
    found = kinds(source)
    assert found["执法人员检查灭火器"] == found["图为检查现场。"] == "caption"
    assert found["检查"] == found["企业"] == found["隐患"] == "furniture"


def test_notices_after_the_report_are_furniture():
    found = kinds("检查通报\n\n市局检查企业12家,整改隐患3处。\n\n版权声明\n\n本文仅代表作者观点,与本站无关。\n\n如有问题请与我们联系\n")
    assert found["本文仅代表作者观点,与本站无关。"] == found["如有问题请与我们联系"] == "furniture"


def test_the_office_and_the_date_that_sign():
    found = blocks("检查通报\n\n各街道办事处:\n市局检查企业12家,整改隐患3处。\n\n      市应急管理局\n      2021年4月6日\n")
    assert found[1] == ("paragraph", "各街道办事处:")
    assert found[-2:] == [("byline", "市应急管理局"), ("byline", "2021年4月6日")]


def test_articles_of_a_newspaper_page():
    source = (
        "采购员们的三天三夜\n——区市场监管局保障纪实\n\n区市场监管局采购口罩20万只,送到各个卡口和医院。\n\n火线采购\n\n"
        "专班打了三千个电话,联系企业86家。\n\n李家明 刘长庆\n\n"
        "电话预约、线上办理……\n\n政务服务有实招\n\n本报讯 老城街道政务大厅推行预约办理,每天接待群众60人次。\n\n易明\n\n"
        "做好检查 保障复工\n\n本报讯(通讯员刘慧)3月11日,广安街道检查企业16家。\n"
    )
    layout = lay_out(source)
    assert [a.title for a in layout.articles] == ["采购员们的三天三夜", "政务服务有实招", "做好检查 保障复工"]
    assert [a.author for a in layout.articles] == ["李家明、刘长庆", "易明", "刘慧"]
    assert layout.title == "采购员们的三天三夜"
    first = [layout.text[b.start : b.end] for b in layout.blocks if b.article == 0]
    assert first[-1] == "李家明刘长庆"
    levels = {layout.text[b.start : b.end]: b.level for b in layout.blocks if b.kind == "heading"}
    assert levels["——区市场监管局保障纪实"] == levels["电话预约、线上办理……"] == 1
    assert levels["火线采购"] == 2


def test_articles_with_their_own_bylines():
    source = (
        "市局检查加油站\n来源:市应急局 2021-04-09\n市局检查加油站21座,发现隐患34处。\n\n街道慰问老人\n来源:柳林街道 2021-04-10\n"
        "街道慰问老人86名,送去棉被86床。\n"
    )
    layout = lay_out(source)
    assert [a.title for a in layout.articles] == ["市局检查加油站", "街道慰问老人"]
    assert layout.origin == "市应急局"


def test_pieces_signed_at_their_end():
    source = (
        "市城管局:昼夜清雪保畅\n1月5日夜,市城管局出动人员1200名、机械86台。(张明)\n\n市供电公司:抢修线路\n公司派出抢修队9支,5小时恢复供电。(王芳 李强)\n\n"
        "市公交公司:加密班次\n公司投入车辆320台。(来源:市公交公司)\n"
    )
    layout = lay_out(source)
    assert [(a.title, a.author) for a in layout.articles] == [
        ("市城管局:昼夜清雪保畅", "张明"),
        ("市供电公司:抢修线路", "王芳、李强"),
        ("市公交公司:加密班次", None),
    ]


def test_a_page_of_lists():
    found = blocks("今日战报\n一、疫情数据\n新增确诊0例\n治愈出院2例\n二、卡口检查\n检查车辆 12,368 台\n检测体温 2.6 万人次\n")
    assert [kind for kind, _ in found] == ["heading", "heading", "list_item", "list_item", "heading", "list_item", "list_item"]
    assert found[5][1] == "检查车辆12,368台"


def test_words_of_captions_and_bylines_in_the_middle_of_a_column_are_text():
    source = (
        "志愿者一日\n\n本报讯 昨天清早,社区工作人员在广场\n搭起展板,活动的照片由市摄影家协会提供\n"
        "第2版刊出的三位编辑,也随队来到现场\n为居民讲解防火知识,共发放宣传册三千\n份,接待群众八百余人。\n"
    )
    assert [kind for kind, _ in blocks(source)] == ["heading", "paragraph"]


def test_an_office_above_its_title():
    source = "社港镇人民政府文件\n社政发〔2025〕6号\n\n社港镇人民政府\n关于清明期间森林防火工作的通知\n\n各村:\n现将有关事项通知如下。\n"
    assert lay_out(source).title == "社港镇人民政府关于清明期间森林防火工作的通知"


def test_sentences():
    layout = lay_out("他说:“一定要快!”大家都赶去了。检查12家;整改3处……还有吗?有。")
    assert [layout.text[s:e] for s, e in layout.sentences] == ["他说:“一定要快!”", "大家都赶去了。", "检查12家;", "整改3处……还有吗?", "有。"]


def test_repeats_word_for_word_and_nearly():
    passage = "来访大厅及时发布公告,倡导群众网上信访,每天安排专人负责,共受理投诉案件40件,全部转送责任单位。"
    nearly = passage.replace("每天安排专人负责", "每日派专人负责")
    layout = lay_out(f"工作纪实\n\n{passage}另外,街道组织志愿者86人参加值守。\n\n{passage}\n\n{nearly}新增投诉3件。\n")
    assert [round(r.share, 1) for r in layout.repeats] == [1.0, 0.8]
    assert all(layout.text[r.first_start : r.first_end].startswith("来访大厅") for r in layout.repeats)
    assert len(repeated_sentences(layout)) == 2
    keys = [key for key in sentence_keys(layout) if key]
    assert len(keys) - len(set(keys)) == 1


def test_set_phrases_are_no_repeats():
    assert lay_out("检查\n\n按照统一部署,街道检查企业3家。\n\n按照统一部署,社区排查住户80户。\n").repeats == []


@pytest.mark.parametrize(
    ("line", "names"), [("李明 王小红", True), ("周  莉", True), ("欧阳文静", True), ("检查情况", False), ("易明", True), ("工作 总结", False)]
)
def test_names(line, names):
    assert is_names(line) is names


@pytest.mark.skipif(not REPORTS.exists(), reason="the yardstick is not here")
@pytest.mark.parametrize(("name", "articles"), [("000", 5), ("001", 1), ("002", 1)])
def test_articles_of_real_reports(name, articles):
    assert len(lay_out((REPORTS / f"{name}.txt").read_text("utf-8")).articles) == articles


@pytest.mark.parametrize("source", ["", "\n\n", "　", "<p></p>", "\x00", "&nbsp;"])
def test_nothing_in_nothing_out(source):
    for kind in ("text", "html", "markdown"):
        layout = lay_out(source, kind)
        assert (layout.text, layout.blocks, layout.articles, layout.sentences) == ("", [], [], [])


def test_a_line_that_begins_with_a_day_and_tells_what_was_done_is_no_byline():
    layout = lay_out("临江市药品检查简报\n2021年8月6日,市市场监管局检查药店12家,\n发现问题3个。\n")
    assert [block.kind for block in layout.blocks] == ["heading", "paragraph"]
    assert layout.text[layout.blocks[1].start : layout.blocks[1].end] == "2021年8月6日,市市场监管局检查药店12家,发现问题3个。"
    assert [block.kind for block in lay_out("临江市药品检查简报\n2021年8月6日,星期五\n市市场监管局检查药店12家。\n").blocks][1] == "byline"
