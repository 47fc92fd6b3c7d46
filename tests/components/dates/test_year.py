"""The report's own date and year, worked out from all that it gives."""

import datetime as dt

import pytest


def day(findings, text: str):
    return next((date.date_from, date.date_to) for date in findings.dates if date.text == text)


LONG = "镇党委组织村组干部逐户走访,宣传防汛知识,清理沟渠淤泥,加固堤坝,并为低洼地带的老人安排临时住所,确保群众平安度汛。"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("发布时间:2019-07-05 08:30 来源:水利站", dt.date(2019, 7, 5)),
        ("来源:县融媒体中心 2019年7月5日 作者:李明", dt.date(2019, 7, 5)),
        ("(2019年7月5日)", dt.date(2019, 7, 5)),
    ],
)
def test_a_line_at_the_head_states_the_own_date(report, line, expected):
    findings = report("青山镇扎实备汛", line, "7月3日," + LONG)
    assert findings.facts.published == expected
    assert day(findings, "7月3日") == (dt.date(2019, 7, 3), dt.date(2019, 7, 3))


def test_a_signature_states_the_own_date(report):
    findings = report("关于备汛情况的报告", "6月28日," + LONG, "青山镇人民政府", "2019年7月1日")
    assert (findings.facts.published, findings.facts.published_reason) == (dt.date(2019, 7, 1), "signature")


def test_what_is_known_beforehand_decides(report):
    assert report("3月5日,镇里召开会议。", published=dt.date(2018, 4, 1)).facts.published == dt.date(2018, 4, 1)


@pytest.mark.parametrize("stamp", ["今天是2023年5月9日 星期二", "抓取时间:2023-05-09 10:11:12"])
def test_a_day_of_calling_up_is_no_own_date(report, stamp):
    findings = report(stamp, "青山镇抗疫纪实", "2月12日,星期三,镇卫生院核酸检测发热病人。" + LONG)
    assert findings.facts.published is None
    assert findings.facts.year == 2020
    assert findings.facts.published_reason.startswith("rejected")


def test_a_bare_crawl_date_is_outvoted_by_the_calendar(report):
    findings = report("2024年4月25日 星期四", "社区防疫日记", "2月12日,星期三,社区登记返乡人员。2月8日,元宵节,网格员上门测温扫码。" + LONG)
    assert (findings.facts.year, findings.facts.published) == (2020, None)
    assert day(findings, "2月12日")[0] == dt.date(2020, 2, 12)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("1月27日,农历大年初三,民警走访商户。新冠肺炎疫情防控由此展开。", 2020),
        ("2月29日,星期三,税务干部走进茶园。", 2012),
        ("6月26日是第二十三个国际禁毒日,大队焚毁毒品。", 2010),
        ("5月25日,站里给耕牛打耳标。今年是“十二五”开局之年。", 2011),
        ("乙未年正月初三,护林员守在哨卡。", 2015),
        ("根据县政办发〔2017〕12号文件,5月3日开展拉网检查。", 2017),
    ],
)
def test_the_year_hides_in_the_calendar_and_in_words(report, sentence, year):
    assert report("工作简报", sentence + LONG).facts.year == year


def test_two_years_that_fit_alike_stay_unknown_with_a_reason(report):
    facts = report("夜查", "11月9日,星期四,民警检查出租屋。" + LONG).facts
    assert facts.year is None
    assert facts.year_reason == "the evidence does not decide between years"


def test_a_report_of_january_tells_of_the_year_before(report):
    findings = report("2018年工作总结", "2018年,全局受理投诉120件。3月5日启动整治,9月7日通过验收,12月20日完成归档。" + LONG, "2019年1月8日")
    assert (findings.facts.published, findings.facts.year) == (dt.date(2019, 1, 8), 2018)
    assert day(findings, "9月7日")[0] == dt.date(2018, 9, 7)


def test_december_before_january(report):
    findings = report("防疫小结", "2021年1月12日,街道封闭卡口。12月20日以后购进的冷冻食品一律下架。1月19日完成采样。" + LONG)
    assert day(findings, "12月20日以后")[0] == dt.date(2020, 12, 20)


def test_since_ends_with_the_own_date(report):
    findings = report("发布时间:2020-03-10", "2月1日以来,社区消杀楼道40次。截至目前,累计排查住户900户。" + LONG)
    assert day(findings, "2月1日以来") == (dt.date(2020, 2, 1), dt.date(2020, 3, 10))
    assert day(findings, "截至目前") == (None, dt.date(2020, 3, 10))


def test_a_picture_carries_a_time_stamp(report):
    findings = report("应急保障侧记", "1581987015.png", "2月13日,应急组筹集口罩。" + LONG)
    assert findings.facts.published == dt.date(2020, 2, 18)


def test_from_the_year_under_review(report):
    findings = report("2018年工作总结", "2019年1月8日", "全年受理投诉120件,比上年增加5件。年末办结率98%。明年拟再建站点2处。" + LONG)
    assert findings.facts.year == 2018
    assert day(findings, "全年") == (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
    assert day(findings, "上年") == (dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    assert day(findings, "年末") == (dt.date(2018, 12, 1), dt.date(2018, 12, 31))


def test_from_the_month_under_review(report):
    findings = report("综合执法局10月份整治清单", "发布时间:2020-11-06", "本月受理投诉1874件。" + LONG, kinds={0: "heading"})
    assert day(findings, "本月") == (dt.date(2020, 10, 1), dt.date(2020, 10, 31))


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("9月6日至8日中秋假期,景区接待游客。县政办发〔2013〕3号文件已印发。", 2014),
        ("除夕至初六(1月30日至2月5日),消防出动车辆。县政办发〔2013〕3号文件已印发。", 2014),
        ("2月3日,马年正月初四,检查酒店8家。", 2014),
        ("农历六月十五(公历7月11日),出动车辆3台。", 2014),
        ("与2013年相比,受理投诉减少30件。5月8日,检查酒店8家。", 2014),
        ("去年(2013年)检查酒店80家。5月8日,复查8家。5月9日,整改8家。", 2014),
        ("第25个世界湿地日,站里清点候鸟。2月2日,放飞天鹅。", 2021),
        ("受台风“利奇马”影响,8月10日转移群众300人。", 2019),
    ],
)
def test_the_year_hides_beside_other_names_of_the_day(report, sentence, year):
    assert report("工作简报", sentence + LONG).facts.year == year


def test_a_newspaper_calls_the_day_of_its_lead_yesterday(report):
    findings = report("慈善会“暖冬行动”昨启动", "本报讯(记者 何静)12月19日,星期五,农历十月廿八,慈善会启动今年的行动。余下的本周末再送。")
    assert findings.facts.published == dt.date(2014, 12, 20)
    assert day(findings, "本周末") == (dt.date(2014, 12, 20), dt.date(2014, 12, 21))


def test_a_public_notice_is_of_its_first_day(report):
    findings = report("款物收支公示", "款物收支公布于后。" + LONG, "公示期自2024年1月31日至2月6日。如有疑问,可向区民政局反映。")
    assert findings.facts.published == dt.date(2024, 1, 31)
    assert report("数据表", "数据截止:2014年2月15日", "累计检查车辆300台。" + LONG).facts.published is None


def test_the_small_hours_after_an_evening(report):
    findings = report("发布时间:2020-07-13", "7月8日21时,山洪来袭。民兵背出老人;凌晨1点,官兵赶到。")
    assert day(findings, "凌晨1点")[0] == dt.date(2020, 7, 9)


def test_a_section_of_plans_looks_ahead(report):
    head = {0: "heading", 2: "heading"}
    blocks = ("2022年工作总结", "2023年1月12日,全局拆除违建300处。" + LONG, "三、下一步打算", "6月底前拆除存量128处,其中一季度完成50处。", "2023年1月12日")
    findings = report(*blocks, kinds=head)
    assert day(findings, "一季度") == (dt.date(2023, 1, 1), dt.date(2023, 3, 31))
    assert day(findings, "6月底前") == (None, dt.date(2023, 6, 30))


def test_a_lunar_date_listed_beside_its_day(report):
    findings = report("抗洪发言", "今年6月16日、农历五月初七,水文站监测到暴雨。截至7月20日,修复渠道28公里。" + LONG)
    assert findings.facts.year == 2021
    assert day(findings, "7月20日") == (None, dt.date(2021, 7, 20))


def test_a_client_named_as_source_is_no_navigation(report):
    assert report("管涌险情得到控制", "2020-07-11 21:30 饶州晚听客户端", "今天凌晨2时,圩堤冒水。" + LONG).facts.published == dt.date(2020, 7, 11)


def test_days_told_that_end_just_before_the_page_s_day_speak_for_its_year(report):
    findings = report("网站首页 登录", "2020年7月22日 农历六月初二", "镇里连夜巡堤", "7月19日夜里,水漫到窗台。21日18时,安置点住进群众963人。" + LONG)
    assert findings.facts.year == 2020
    assert day(findings, "21日18时") == (dt.date(2020, 7, 21), dt.date(2020, 7, 21))


def test_a_newspaper_s_head_with_the_lunar_day_is_its_own_date(report):
    findings = report("沿江晨报 2020年7月22日 农历六月初二 防汛 3", "镇里连夜巡堤", "7月19日夜里,水漫到窗台。" + LONG)
    assert findings.facts.published == dt.date(2020, 7, 22)


@pytest.mark.parametrize(
    ("sentences", "year"),
    [
        ("离中秋节只剩一天,糕点摊排起长队。9月9日,星期一,执法队检查作坊12家。9月12日又查商超3家。", 2019),
        ("距端午节还有3天,6月20日,星期三,镇里检查龙舟码头。", 2012),
        ("离中秋节还有4天,9月23日,星期三,站里走访困难职工5户。", 2015),
    ],
)
def test_the_days_left_until_a_festival_narrow_the_year(report, sentences, year):
    assert report(sentences + LONG).facts.year == year


def test_the_year_that_the_body_plans_for_is_not_the_year_of_the_report(report):
    findings = report("在总结会上的发言", "2013年,我局取缔占道摊点6800余处,清运量比2012年多出1.1万吨。", "2014年,我局将启动二期工程,计划投入1800万元。")
    assert findings.facts.year == 2013
    findings = report("年度汇报", "2018年,全站完成大修36台次。", "2019年工作打算:更换闸门两座。")
    assert findings.facts.year == 2018


def test_a_wrong_week_day_shortly_before_the_own_date_is_a_slip(report):
    findings = report("志愿者日记", "2月14日,星期四,大雪。执勤第一天。" + LONG, published=dt.date(2020, 3, 1))
    assert day(findings, "2月14日")[0] == dt.date(2020, 2, 14)


def test_the_clock_above_the_title_is_not_the_own_date(report):
    lines = ("2025年12月16日 星期二", "县里检查粮库", "2022-09-13 08:52:11", "9月9日,检查组来到粮库。" + LONG)
    findings = report(*lines, kinds={0: "byline", 1: "heading", 2: "byline"})
    assert findings.facts.published == dt.date(2022, 9, 13)
    assert day(findings, "9月9日")[0] == dt.date(2022, 9, 9)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("该厂1985年建厂,今年正值建厂30周年。3月5日,厂工会慰问职工40名。", 2015),
        ("成立于1998年的惠民医院迎来20岁生日。5月3日,医院组织义诊。", 2018),
        ("村里2018年7月建起的养老院已运营四年,7月3日,义工送来大米50袋。", 2022),
        ("自2013年起,公司连续第四年开展助学,8月20日发放助学金12万元。", 2016),
        ("距2020年全面小康还有三年,5月8日,镇里走访贫困户30户。", 2017),
        ("再过一年就是2020年,3月2日,走访贫困户20户。", 2019),
        ("10月12日,市局印发《2016年冬季供暖保障方案》,检查供热站12个。", 2016),
        ("4月21日,红十字会为芦山地震灾区募集帐篷500顶。", 2013),
        ("台风“海葵”登陆后,8月10日,村里转移群众60人。", 2012),
        ("台风“海葵”过境,9月6日,村里转移群众60人。", 2023),
        ("3月5日是第53个学雷锋纪念日,团委组织志愿者清扫街道。", 2016),
        ("去年是新中国成立70周年,今年5月4日,团委组织青年植树。", 2020),
        ("第六次全国人口普查11月1日零时开始,11月2日,普查员入户登记1200户。", 2010),
    ],
)
def test_what_lies_a_known_time_away_names_the_year(report, sentence, year):
    assert report(sentence + LONG).facts.year == year


@pytest.mark.parametrize("sentence", ["羊年伊始,2月26日,县医院组织义诊。", "5月6日,星期一,工会慰问职工。", "根据《三年行动计划(2018—2020年)》,5月8日修路。"])
def test_what_fits_several_years_leaves_the_year_unknown(report, sentence):
    assert report(sentence + LONG).facts.year is None


def test_an_address_tells_the_day_of_the_page(report):
    assert report("原文链接:http://jyj.example/art/2019/3/7/art_1234_56789.html", "3月6日," + LONG).facts.published == dt.date(2019, 3, 7)


def test_what_is_made_the_grip_is_no_plan(report):
    assert report("2013年,我局将食品安全作为头等大事,比2012年多查320家。").facts.year == 2013


def test_a_month_of_a_yearly_report_is_not_put_ahead_by_an_emergency_drill(report):
    findings = report("2019年度工作总结", "6月组织职业暴露应急演练,参训412人。", published=dt.date(2020, 1, 3))
    assert day(findings, "6月")[0] == dt.date(2019, 6, 1)


def test_what_is_counted_up_does_not_take_the_year_of_another_sentence(report):
    findings = report("企业复工一线", "项目去年8月动工,年末试产。截至1月30日,到岗2870人。", published=dt.date(2023, 1, 31))
    assert day(findings, "1月30日") == (None, dt.date(2023, 1, 30))


@pytest.mark.parametrize(
    "line", ["03-02 16:40 编辑:阿珠 热度:352", "来源:霍山县广播电视台 03-02 09:12 记者 朱延", "发布者:政教处 03-02 10:26 点击:108", "03-02 责编:洪雅 浏览:67"]
)
def test_month_and_day_in_figures_under_the_title_are_the_own_date(report, line):
    findings = report("消防排除险情", line, "2月29日,星期三,仓库冒出黄烟。" + LONG, kinds={0: "heading", 1: "byline"})
    assert findings.facts.published == dt.date(2012, 3, 2)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("6月3日,星期一,市局公布抽检结果。本周五就是端午节,市民应选购带标签的粽子。", 2019),
        ("假期(9月29日至10月6日,其中29日为农历八月十五)查处违法287起。", 2023),
        ("春运于1月13日启动,站里增开窗口4个。", 2017),
        ("9月3日,2014级新生军训开始,教官32名到校。", 2014),
        ("6月22日,2009级本科生毕业典礼举行。", 2013),
        ("11月20日,2017-2018采暖季供热满月,检修管网9公里。", 2017),
        ("今年闰九月,敬老院把寿宴定在后一个重阳,10月31日开席。", 2014),
        ("戊戌年腊月廿四,急诊科接诊27人。", 2019),
        ("3月5日既是学雷锋纪念日,又是元宵节。志愿者服务80人次。", 2015),
        ("高考第二天恰逢端午节。6月8日早晨,考点外巡逻民警32人。", 2008),
        ("中秋和国庆撞在了同一天。10月1日,升旗仪式后发放月饼300盒。", 2020),
        ("3月的北京,十二届全国人大三次会议闭幕,代表3月16日返程。", 2015),
        ("新证有效期五年,至2021年5月16日止,5月17日起使用。", 2016),
        ("3月1日反家庭暴力法开始施行,3月9日,法院发出首份保护令。", 2016),
    ],
)
def test_what_names_the_year_by_a_second_count(report, sentence, year):
    assert report(sentence + LONG).facts.year == year


def test_a_title_that_looks_back_and_a_call_for_the_next_year(report):
    findings = report("驻村工作队2019年工作总结", "9月底硬化通组路5公里。2020年是全面小康决胜之年,我们必须一鼓作气。" + LONG, kinds={0: "heading"})
    assert findings.facts.year == 2019


def test_a_range_of_months_is_of_the_year_in_which_it_ended(report):
    findings = report("垃圾治理进度", "1—11月,投入资金2346万元。", published=dt.date(2015, 12, 4))
    assert day(findings, "1—11月") == (dt.date(2015, 1, 1), dt.date(2015, 11, 30))


def test_a_lunar_day_in_a_report_of_december_lies_back(report):
    findings = report("畜牧中心汇报", "大年初一,我们的人在卡口上。", published=dt.date(2019, 12, 18))
    assert day(findings, "大年初一")[0] == dt.date(2019, 2, 5)


def test_that_day_counts_from_the_single_day_told_before_a_part_of_a_month(report):
    findings = report("6月3日,星期一,市局公布结果:5月下旬抽取粽子96批次。当天下午,查封成品粽1340个。本周五就是端午节。" + LONG)
    assert day(findings, "当天下午")[0] == dt.date(2019, 6, 3)
    assert day(findings, "本周五")[0] == dt.date(2019, 6, 7)


def test_what_begins_on_the_own_day_is_open(report):
    assert day(report("通告", "3月2日起逐家检查。", published=dt.date(2012, 3, 2)), "3月2日起") == (dt.date(2012, 3, 2), None)


def days(findings):
    return {date.text: (str(date.date_from), str(date.date_to)) for date in findings.dates}


def test_words_in_quotation_marks_are_spoken_on_the_day_behind_them(report):
    found = days(report("发布时间:2022-05-23", "“昨天填的表,今天钱就到了。”5月20日,公司财务说。", kinds={0: "byline"}))
    assert found["昨天"] == ("2022-05-19", "2022-05-19")
    assert found["今天"] == ("2022-05-20", "2022-05-20")


def test_a_quotation_that_is_never_closed_is_not_spoken_on_a_later_paragraphs_day(report):
    found = days(report("发布时间:2022-05-23", "“今天钱就到了,财务说。", "5月20日,公司开会。", kinds={0: "byline"}))
    assert found["今天"] == ("2022-05-23", "2022-05-23")


def test_this_week_in_a_report_of_monday_is_the_week_before(report):
    found = days(report("2012年11月12日", "本周全县检查企业30家。"))
    assert found["本周"] == ("2012-11-05", "2012-11-11")


def test_this_week_in_a_plan_of_monday_is_the_week_that_begins(report):
    found = days(report("2012年11月12日", "本周将检查企业30家。"))
    assert found["本周"] == ("2012-11-12", "2012-11-18")


def test_a_day_under_the_heading_of_a_month_is_of_that_month(report):
    findings = report("大事记(2019年第三季度)", "7月", "3日,召开会议。", "8月", "2日,培训56人。", kinds={0: "heading", 1: "heading", 3: "heading"})
    found = days(findings)
    assert found["3日"] == ("2019-07-03", "2019-07-03")
    assert found["2日"] == ("2019-08-02", "2019-08-02")


def test_a_day_after_the_own_date_lies_in_the_month_before(report):
    found = days(report("2008年6月20日", "6月2日,工作队返回。其间,22日设立帐篷医院,28日撤出。"))
    assert found["22日"] == ("2008-05-22", "2008-05-22")
    assert found["28日"] == ("2008-05-28", "2008-05-28")


def test_that_day_is_no_planned_one(report):
    found = days(report("2021年8月27日", "8月20日,专班进驻。整改定于9月30日前后完成。当日22时收队。"))
    assert found["当日22时"] == ("2021-08-20", "2021-08-20")


def test_two_week_days_outvote_the_line_under_the_title_and_one_slip_does_not(report):
    head = "发布时间:2015-03-20"
    assert report(head, "3月11日,星期日,植树300株。3月12日,星期一,补植60株。", kinds={0: "byline"}).facts.published is None
    assert str(report(head, "3月11日,星期日,植树300株。", kinds={0: "byline"}).facts.published) == "2015-03-20"


def test_a_day_of_calling_up_speaks_for_the_years_next_before_it(report):
    findings = report("今天是2025年9月11日", "正月初八复工。到2月29日,开行班列30列。")
    assert findings.facts.year == 2024


def test_a_plan_for_later_days_does_not_unseat_the_line_of_issue(report):
    findings = report("〔2017〕38号", "办公室编印 9月27日", "9月22日,检查工地8处。各乡镇要把10月份的迎检资料备齐。", kinds={0: "byline", 1: "byline"})
    assert str(findings.facts.published) == "2017-09-27"


def test_a_review_whose_day_is_unknown_counts_from_the_year_under_review(report):
    findings = report("2017年工作情况汇报", "我局全年检查企业30家,8月开展夜查。2018年,将新建站房2座。", kinds={0: "heading"})
    assert days(findings)["全年"] == ("2017-01-01", "2017-12-31")
