"""Facts of reports and articles: what they rest on, where they stand, and what a batch says of them beside their text."""

import datetime as dt

import pytest

from miner.archive import Settings, run
from miner.components.dates.outside import named_span
from miner.document import Hints
from miner.store.parquet import read_rows

BARE = "柳林街道卫生检查\n\n3月12日,临江市柳林街道组织检查餐馆12家。12月28日,柳林街道发放口罩300只。\n"
DAY, PUBLISHED = dt.date(2021, 3, 12), dt.date(2021, 3, 15)


def mined(tmp_path, name, data, hints=None):
    path = tmp_path / "archive" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    run(tmp_path / "archive", tmp_path / "out", Settings(hints=hints or Hints()))
    (report,) = read_rows(tmp_path / "out" / "tables" / "reports.parquet")
    dates = [row["date_from"] for row in read_rows(tmp_path / "out" / "tables" / "dates.parquet")]
    return report, dates


def test_a_report_that_tells_no_year_has_none(tmp_path):
    report, dates = mined(tmp_path, "通报.txt", BARE)
    assert (report["year"], report["published"], dates) == (None, None, [None, None])


@pytest.mark.parametrize("name", ["2021/03/15/通报.txt", "20210315_简报.txt", "2021-03/2021年3月15日通报.txt", "t20210315_4711.txt"])
def test_a_day_in_the_name_dates_a_report_that_is_silent(tmp_path, name):
    report, dates = mined(tmp_path, name, BARE)
    assert (report["published"], report["published_at"], report["year"]) == (PUBLISHED, None, 2021)
    assert report["published_reason"] == "day in the name of the file or its folder"
    assert "2021-03-15 in the name of the file" in report["year_reason"]
    assert dates == [DAY, dt.date(2020, 12, 28)]


@pytest.mark.parametrize("name", ["2021年3月/通报.txt", "202103/通报.txt", "2021/03/7.txt"])
def test_a_month_in_the_name_gives_the_year(tmp_path, name):
    report, dates = mined(tmp_path, name, BARE)
    assert (report["published"], report["year"]) == (None, 2021)
    assert dates == [DAY, dt.date(2020, 12, 28)]


def test_the_page_counts_more_than_its_name(tmp_path):
    report, dates = mined(tmp_path, "20210315_简报.txt", BARE + "\n发布时间:2019-03-20\n")
    assert (report["published"], report["year"], dates[0]) == (dt.date(2019, 3, 20), 2019, dt.date(2019, 3, 12))
    text = BARE + "\n发布时间:2019-03-20\n"
    assert text[slice(*report["published_at"])] == "2019-03-20"


def test_week_days_count_more_than_a_name(tmp_path):
    week_days = BARE.replace("3月12日", "3月12日(星期四)").replace("12月28日", "3月13日(星期五)").replace("检查餐馆", "为战疫情检查餐馆")
    assert mined(tmp_path, "20210315_简报.txt", week_days)[0]["year"] != 2021


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><meta name='PubDate' content='2021-03-15 09:30'></head><body><h1>柳林街道卫生检查</h1><p>{BARE.splitlines()[2]}</p></body></html>",
        f"<html><head><title>柳林街道卫生检查</title></head><body><p>{BARE.splitlines()[2]}</p><script>var ct = '1615770000';</script></body></html>",
    ],
)
def test_the_head_of_a_page_dates_it(tmp_path, page):
    report, dates = mined(tmp_path, "a.html", page)
    assert (report["published"], report["published_at"]) == (PUBLISHED, None)
    assert report["published_reason"] == "declared by the head of the page or mail"
    assert dates[0] == DAY


def test_a_mail_is_of_the_day_it_was_sent(tmp_path):
    head = "From: office@example.org\r\nSubject: =?utf-8?b?5Y2r55Sf5qOA5p+l?=\r\nDate: Mon, 15 Mar 2021 09:00:00 +0800\r\n"
    report, dates = mined(tmp_path, "a.eml", f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{BARE}")
    assert (report["published"], dates[0]) == (PUBLISHED, DAY)


def test_the_day_that_the_user_gives_holds_where_pages_state_none(tmp_path):
    report, dates = mined(tmp_path, "a.txt", BARE, Hints(published=dt.date(2020, 3, 16)))
    assert (report["published"], report["published_reason"], dates[0]) == (dt.date(2020, 3, 16), "given", dt.date(2020, 3, 12))
    report, _ = mined(tmp_path, "a.txt", BARE + "\n发布时间:2021-03-15\n", Hints(published=dt.date(2020, 3, 16)))
    assert report["published"] == PUBLISHED


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2021/03/15/通报.txt", "2021-03-15", "2021-03-15"),
        ("20210315103000.txt", "2021-03-15", "2021-03-15"),
        ("简报2021.3.5.docx", "2021-03-05", "2021-03-05"),
        ("2020年/2021年1月/简报.txt", "2021-01-01", "2021-01-31"),
        ("归档.zip/2021-03/简报.txt", "2021-03-01", "2021-03-31"),
        ("2021年工作总结.txt", "2021-01-01", "2021-12-31"),
        ("2021年第3期.txt", "2021-01-01", "2021-12-31"),
        ("2021/3.txt", "2021-01-01", "2021-12-31"),
    ],
)
def test_spans_in_names(name, first, last):
    assert named_span(name) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("name", ["通报.txt", "20210231.txt", "13920210315.txt", "通报2021-3期.txt", "run-2021/a.txt", "010-82021035.txt", ""])
def test_names_that_tell_no_date(name):
    assert named_span(name) is None


def test_facts_stand_where_they_say(tmp_path):
    text = "临江市水务局开展防汛检查\r\n来源：临江市水务局　作者：何清　２０２１年６月２日\r\n\r\n　　6月1日，临江市水务局检查堤防３６公里。\r\n"
    report, _ = mined(tmp_path, "a.txt", text)
    at = {key: text[slice(*report[f"{key}_at"])] for key in ("title", "author", "publisher", "published", "jurisdiction")}
    assert at["title"] == "临江市水务局开展防汛检查"
    assert (at["author"], at["publisher"], at["published"], at["jurisdiction"]) == ("何清", "临江市水务局", "２０２１年６月２日", "临江市")


def test_articles_have_title_author_and_the_day_they_state(tmp_path):
    piece = "{0}\n来源:临江日报 作者:{1} {2}\n\n　　{3},临江市水务局组织巡查河道36公里,清理漂浮物12吨,更换警示牌8块。\n\n"
    text = piece.format("水务局巡河", "何清", "2021-06-02", "6月1日") + piece.format("夏季清淤开工", "罗平", "2021-06-05", "6月4日")
    text += "河长制见成效\n本报讯(记者 高原)6月3日,临江市河长办对河道开展督查,发现问题6个。\n"
    mined(tmp_path, "a.txt", text)
    found = [(row["title"], row["author"], row["published"]) for row in read_rows(tmp_path / "out" / "tables" / "articles.parquet")]
    assert found == [("水务局巡河", "何清", dt.date(2021, 6, 2)), ("夏季清淤开工", "罗平", dt.date(2021, 6, 5)), ("河长制见成效", "高原", None)]


def test_sentences_of_joined_lines_say_so(tmp_path):
    mined(tmp_path, "a.txt", "一线值守\n\n3月12日清晨,柳林街道翠湖社区卡口前,值班员江涛已经站了三个小\n\n时,登记车辆86台次。\n\n街道筹集口罩8600只。\n")
    found = {row["text"][:6]: row["joined"] for row in read_rows(tmp_path / "out" / "tables" / "sentences.parquet")}
    assert found == {"一线值守": False, "3月12日清": True, "街道筹集口罩": False}
