"""The date that governs a place."""

import datetime as dt

import pytest

from miner.components.dates import governed_days, governing_date


def governs(findings, word: str):
    found = governing_date(findings, findings.layout.text.index(word))
    return (findings.dates[found[0]].text, found[1]) if found else None


def test_the_date_in_the_clause_before_the_one_in_the_sentence(report):
    findings = report("2020年3月5日,街道检查药店12家,3月6日复查3家。")
    assert governs(findings, "检查") == ("2020年3月5日", "own sentence")
    assert governs(findings, "复查") == ("3月6日", "own clause")


def test_the_last_dated_sentence_before_never_a_later_one(report):
    findings = report("2020年3月5日,街道检查药店。发现问题3处。3月9日完成整改。")
    assert governs(findings, "发现") == ("2020年3月5日", "earlier sentence")
    assert governs(report("发现问题3处。2020年3月9日整改。"), "发现") is None


def test_never_across_a_heading(report):
    findings = report("2020年3月5日,街道检查药店。", "二、宣传工作", "发放传单300份。", kinds={1: "heading"})
    assert governs(findings, "发放") is None


def test_the_period_in_a_heading_governs_its_section(report):
    kinds = {0: "heading", 1: "heading", 3: "heading"}
    findings = report("法院执行情况表", "一、11月收结案", "新收案件214件。", "二、其他", "约谈3人。", published=dt.date(2018, 12, 7), kinds=kinds)
    assert governs(findings, "新收") == ("11月", "heading")
    assert governs(findings, "约谈") is None


def test_a_single_day_in_a_heading_governs_no_section(report):
    findings = report("8月5日防汛简报", "转移群众30人。", published=dt.date(2018, 12, 7), kinds={0: "heading"})
    assert governs(findings, "转移") is None


@pytest.mark.parametrize("heading", ["8月5日 小雨", "时间:8月5日", "【第三场】8月5日(周日)"])
def test_a_day_that_leads_the_heading_of_a_section_governs_it(report, heading):
    lines, kinds = ("驻村日记", "8月3日 晴", "修好水渠2处。", heading, "转移群众30人。"), {0: "heading", 1: "heading", 3: "heading"}
    findings = report(*lines, published=dt.date(2018, 12, 7), kinds=kinds)
    for section in (1, 3):
        findings.layout.blocks[section].level = 2
    assert governs(findings, "转移") == ("8月5日", "heading")
    assert governs(findings, "修好") == ("8月3日", "heading")


def test_a_year_that_only_describes_gives_way_to_a_day(report):
    assert governs(report("2020年3月12日,支队召开2020年岗位练兵动员会。"), "动员") == ("2020年3月12日", "own sentence")


def test_names_of_events_and_comparisons_govern_nothing(report):
    findings = report("“7·20”暴雨后排查险情。", published=dt.date(2021, 8, 1))
    assert not findings.dates[0].frame
    assert governs(findings, "排查") is None
    compared = report("8月1日,立案12起,较2019年下降。", published=dt.date(2021, 8, 1))
    assert [date.frame for date in compared.dates] == [True, False]


def test_until_gives_an_open_beginning_also_with_an_hour(report):
    findings = report("截至2021年1月22日8:00,排查商户66家。")
    index, _ = governing_date(findings, findings.layout.text.index("排查"))
    assert governed_days(findings.dates[index]) == (None, dt.date(2021, 1, 22))


def test_to_an_hour_is_a_point_of_the_day_told_and_no_sum_of_all_days_before(report):
    findings = report("发布时间:2020-03-10", "3月9日凌晨大队出动救援艇。到当晚20时,大队转移群众42人。截至当晚22时,累计加固堤防3处。")
    assert days(findings, "转移") == (dt.date(2020, 3, 9), dt.date(2020, 3, 9))
    assert days(findings, "加固") == (None, dt.date(2020, 3, 9))


def test_a_deadline_or_a_day_ahead_told_before_does_not_date_what_has_happened(report):
    findings = report("发布时间:2020-03-10", "2月20日召开动员会。3月底前完成改造12处。已检查单位48家。")
    checked = findings.layout.text.index("检查")
    assert findings.dates[governing_date(findings, checked)[0]].text == "3月底前"
    assert findings.dates[governing_date(findings, checked, happened=True)[0]].text == "2月20日"
    findings = report("发布时间:2020-03-10", "截至目前共到位资金4万元。同时帮助农户30户。")
    assert findings.dates[governing_date(findings, findings.layout.text.index("帮助"), happened=True)[0]].text == "截至目前"


def days(findings, word: str):
    index, _ = governing_date(findings, findings.layout.text.index(word))
    return governed_days(findings.dates[index])


def test_days_listed_side_by_side_govern_together(report):
    findings = report("发布时间:2020-03-10", "2月13日、14日分两批选派医护人员5名。2月8日和2月20日两次下达资金。")
    assert days(findings, "选派") == (dt.date(2020, 2, 13), dt.date(2020, 2, 14))
    assert days(findings, "下达") == (dt.date(2020, 2, 8), dt.date(2020, 2, 20))
    assert [(date.date_from, date.date_to) for date in findings.dates[1:3]] == [(dt.date(2020, 2, d), dt.date(2020, 2, d)) for d in (13, 14)]


def test_what_goes_on_since_an_event_ends_with_the_own_date(report):
    findings = report("发布时间:2020-03-10", "自2月25日行动启动以来,累计检查小区54个。从3月1日在县城开讲算起,讲课103场。")
    assert days(findings, "检查") == (dt.date(2020, 2, 25), dt.date(2020, 3, 10))
    assert days(findings, "讲课") == (dt.date(2020, 3, 1), dt.date(2020, 3, 10))


def test_a_date_that_only_tells_which_thing_is_meant_governs_nothing(report):
    day = dt.date(2021, 8, 20)
    assert governs(report("7月31日,街道把7月22日那场演出的观众找出来,核实1906人。", published=day), "核实") == ("7月31日", "own sentence")
    assert governs(report("8月19日,慈善会启动今年的“暖冬行动”。", published=day), "启动") == ("8月19日", "own sentence")
    assert governs(report("腊月二十三,党委专题研究春节安保,部署警力。", published=dt.date(2021, 3, 1)), "部署") == ("腊月二十三", "own sentence")


@pytest.mark.parametrize("aim", ["为迎接7月1日建党节", "喜迎国庆节", "为确保6月25日庆典顺利举行", "为做好端午节期间保障工作"])
def test_the_day_for_which_something_is_done_is_not_the_day_on_which_it_is(report, aim):
    findings = report(f"6月15日,{aim},公路局检修路灯12盏。", published=dt.date(2021, 6, 18))
    assert governs(findings, "检修") == ("6月15日", "own sentence")


def test_a_festival_beside_its_day_gives_the_days_of_that_day(report):
    own = dt.date(2024, 3, 8)
    until = report("截至2月24日(元宵节),全县共走访群众2.7万户次。", published=own)
    assert days(until, "走访") == (None, dt.date(2024, 2, 24))
    eve = report("5月10日,国际护士节前夕,护理部比武2场。", published=dt.date(2024, 6, 2))
    assert days(eve, "比武") == (dt.date(2024, 5, 10), dt.date(2024, 5, 10))


@pytest.mark.parametrize("told", ["取消全体干部春节休假", "决定放弃春节假期"])
def test_a_holiday_that_is_given_up_tells_no_day(report, told):
    findings = report(f"1月22日,局党组连夜开会,{told}。次日,区局抽调26名骨干。", published=dt.date(2020, 3, 6))
    assert days(findings, "抽调") == (dt.date(2020, 1, 23), dt.date(2020, 1, 23))
    kept = report("春节假期,民警走访商户30家。", published=dt.date(2020, 3, 6))
    assert days(kept, "走访")[0] == dt.date(2020, 1, 24)


def test_january_of_the_year_that_a_report_looks_back_on_lies_behind(report):
    review = report("某市应急局2021年工作总结", "(2021年12月30日)", "一年来,成效明显。1月14日,签订责任书21份。", kinds={0: "heading"})
    assert days(review, "签订")[0] == dt.date(2021, 1, 14)
    notice = report("关于元旦值班的通知", "(2021年12月30日)", "1月3日,恢复上班。", kinds={0: "heading"})
    assert days(notice, "恢复")[0] == dt.date(2022, 1, 3)


def test_without_dates_nothing_governs(report):
    assert governing_date(report("街道检查药店。"), 2) is None
