"""The date that governs a place."""

import datetime as dt

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


def test_without_dates_nothing_governs(report):
    assert governing_date(report("街道检查药店。"), 2) is None
