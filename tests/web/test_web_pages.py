"""Every page in a real browser, in Chinese, at the width of a desk and of a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pyarrow.parquet as pq
import pytest

from tests.browsing import Visit, browser

HOSTILE = quote("恶意.txt")
PAGES = ["/", f"/search?q={quote('检查')}", "/search?q=zzz", "/overview", "/organisations", "/api", f"/report?source={quote('2021/八月转载.txt')}",
         f"/report?source={HOSTILE}", "/report?source=none"]


@pytest.fixture(scope="module")
def started() -> Iterator[Any]:
    with browser() as one:
        yield one


@pytest.fixture
def visit(started: Any, address: str) -> Iterator[Visit]:
    one = Visit(started)
    yield one
    assert {urlsplit(url).netloc for url in one.requests} <= {urlsplit(address).netloc}, "a page asked another machine for something"
    assert (one.complaints, one.dialogs) == ([], [])
    one.close()


def records(store: Path) -> list[dict[str, Any]]:
    return pq.read_table(store / "tables" / "records.parquet").to_pylist()


def hits(visit: Visit) -> list[str]:
    return visit.page.locator(".hit blockquote").all_inner_texts()


def said(places: Any) -> list[str]:
    """The texts of some places, white space as single spaces."""
    return [" ".join(text.split()) for text in places.all_inner_texts()]


def test_a_phrase_is_found_with_its_evidence_and_rows(visit: Visit, address: str) -> None:
    visit.page.goto(address)
    visit.page.fill("#q", "检查药店15家")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search**")
    assert visit.page.inner_text("#hits-name") == "2 个句子"
    assert hits(visit) == ["2021年8月9日,临江市市场监管局检查药店15家,检查超市9家。"] * 2
    assert visit.page.locator("mark.found").all_inner_texts() == ["检查药店15家"] * 2
    rows = said(visit.page.locator(".hit").first.locator(".row"))
    assert rows[0] == "临江市市场监管局 检查督导 15家 药店 2021-08-09"
    assert re.fullmatch("临江市市场监管局 检查督导 9家 .*超市 2021-08-09", rows[1])
    assert visit.page.locator(".hit.repeated").count() == 1
    visit.page.locator(".hit").first.locator(".hit-title").click()
    assert visit.page.locator(".sentence:target").inner_text().startswith("2021年8月9日,临江市市场监管局检查药店15家")


def test_two_filters_narrow_the_hits_and_come_off_again(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}/search?q={quote('2021年')}")
    link = visit.page.locator("#facet-organisation ~ ul a", has_text="临江市市场监管局")
    promised = int(link.locator(".count").inner_text())
    link.click()
    assert visit.page.inner_text("#hits-name") == f"{promised} 个句子" == "3 个句子"
    link = visit.page.locator("#facet-month ~ ul a", has_text="2021-07")
    promised = int(link.locator(".count").inner_text())
    link.click()
    assert visit.page.inner_text("#hits-name") == f"{promised} 个句子" == "1 个句子"
    assert hits(visit) == ["2021年7月6日,临江市市场监管局出动执法人员36人次,检查药店12家,登记隐患3个。"]
    assert visit.page.locator(".chips li").count() == 3
    visit.page.locator(".chips a", has_text="临江市市场监管局").click()
    assert visit.page.locator(".chips li").count() == 2


def test_the_charts_say_what_the_tables_hold_and_lead_to_it(visit: Visit, address: str, store: Path) -> None:
    done = [row for row in records(store) if row["modality"] == "done" and not row["repeated"]]
    visit.page.goto(f"{address}/overview")
    table = dict(row.split("\t") for row in visit.page.locator(".counted.month tbody tr").all_inner_texts())
    assert table == {"2021-07": "3", "2021-08": "3", "2021-09": "2", "无日期": "0"}
    assert {title.split(": ")[0]: title.split(": ")[1] for title in visit.page.locator(".counted.month svg title").all_text_contents()} \
        == {month: n for month, n in table.items() if month != "无日期"}
    by_action = dict(row.split("\t") for row in visit.page.locator(".counted.action tbody tr").all_inner_texts())
    assert int(by_action["检查督导"]) == len({(row["source"], row["event"]) for row in done if row["action"] == "inspect"}) == 4
    assert visit.page.locator(".left-out tbody tr").all_inner_texts() == ["计划、要求、否定或进行中，不是已完成的工作\t1", "所在句子重复前文\t2"]
    visit.page.locator(".counted.action svg a", has_text="检查督导").click()
    visit.page.wait_for_url("**/search?*action=inspect*")
    wanted = {(row["source"], row["sentence"]) for row in records(store) if row["action"] == "inspect" and row["modality"] == "done"}
    assert visit.page.inner_text("#hits-name") == f"{len(wanted)} 个句子"
    visit.page.go_back()
    visit.page.locator(".counted.month svg a", has_text="2021-07").click()
    visit.page.wait_for_url("**/search?*from=2021-07-01&to=2021-07-31*")
    assert hits(visit) == ["2021年7月6日,临江市市场监管局出动执法人员36人次,检查药店12家,登记隐患3个。"]


def test_a_report_shows_rows_reasons_repeats_and_neighbours(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}/report?source={quote('2021/八月转载.txt')}")
    assert visit.page.locator(".report-text a.m.action").all_inner_texts() == ["检查", "检查"]
    assert said(visit.page.locator(".event").first.locator(".row")) == ["临江市市场监管局 15家 药店 2021-08-09"]
    visit.page.locator(".event summary").first.click()
    reasons = visit.page.locator(".event").first.locator(".reasons > div").all_inner_texts()
    assert any(text.startswith("机构") and "临江市市场监管局" in text and "本" in text for text in reasons)
    assert any(text.startswith("数量") and "15家" in text for text in reasons)
    link = visit.page.locator(".sentence.repeat .note a")
    assert link.inner_text() == "首见于 2021/八月.txt"
    link.click()
    assert visit.page.locator("h1").inner_text() == "临江市市场监管局八月工作简报"
    assert visit.page.get_by_role("link", name="2021/八月转载.txt").count() == 1
    visit.page.locator(".pager a[rel=prev]").click()
    assert visit.page.locator("h1").inner_text() == "临江市市场监管局药品检查简报"


def test_an_organisation_shows_what_it_did_and_how_much(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}/organisations?name={quote('市监局')}")
    visit.page.goto(f"{address}/organisations?name={quote('市场监管')}")
    visit.page.get_by_role("link", name="临江市市场监管局").click()
    assert visit.page.inner_text("h1") == "临江市市场监管局"
    sums = [row.split("\t")[:5] for row in visit.page.locator("section[aria-labelledby=sums-name] tbody tr").all_inner_texts()]
    assert ["检查督导", "药店", "27", "家", "2"] in sums
    assert ["检查督导", "超市", "9", "家", "1"] in sums
    assert not [row for row in sums if row[1] == "网吧"], "a plan is no work done"
    assert dict(row.split("\t") for row in visit.page.locator(".counted.month tbody tr").all_inner_texts()) == {"2021-07": "3", "2021-08": "2", "无日期": "0"}
    assert visit.page.locator("#mentions .hit").count() == 4 + 2


def test_what_a_report_holds_never_runs(visit: Visit, address: str) -> None:
    for page in (f"/report?source={HOSTILE}", f"/search?q={quote('<script>alert(1)</script>')}", f"/search?q={quote('script alert')}",
                 f"/organisations?name={quote('<img src=x onerror=alert(1)>')}"):
        visit.page.goto(address + page)
        assert visit.page.locator("script, img").count() == 0
    visit.page.goto(f"{address}/report?source={HOSTILE}")
    assert "<script>alert('甲')</script>" in visit.page.inner_text(".report-text")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_serious_fault_or_overflows(started: Any, address: str, width: int, dark: bool) -> None:
    visit = Visit(started, width, 844, dark)
    body = visit.context.request.get(f"{address}/api/v1/organisations?limit=1").json()["organisations"][0]["organisation_id"]
    for page in [*PAGES, f"/organisation?id={body}"]:
        answer = visit.page.goto(address + page)
        assert answer.status == (404 if "none" in page else 200)
        for details in visit.page.locator("details").all():
            details.evaluate("element => element.open = true")
        assert visit.faults() == [], page
        assert not visit.overflows(), page
    visit.close()


def test_the_keyboard_is_enough(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}/overview")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    reached = []
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        reached.append(visit.page.evaluate("document.activeElement.closest('svg') ? 'svg' : document.activeElement.tagName"))
    assert "svg" not in reached, "the table under a chart has the same links"
    assert reached.count("A") >= 6


def test_the_language_is_chosen_and_kept(started: Any, address: str) -> None:
    visit = Visit(started, locale="en-GB")
    visit.page.goto(f"{address}/overview")
    assert visit.page.inner_text("h1") == "Overview"
    visit.page.get_by_role("link", name="中文").click()
    assert (visit.page.inner_text("h1"), visit.page.get_attribute("html", "lang")) == ("概览", "zh-CN")
    visit.page.locator(".counted.action tbody a").first.click()
    assert visit.page.inner_text("#hits-name").endswith("个句子")
    visit.close()


def test_a_printed_report_shows_its_reasons(started: Any, address: str) -> None:
    visit = Visit(started)
    visit.page.goto(f"{address}/report?source={quote('2021/七月.txt')}")
    visit.page.emulate_media(media="print")
    assert not visit.page.locator("header.site").is_visible()
    assert visit.page.locator(".event .reasons").first.is_visible()
    visit.close()
