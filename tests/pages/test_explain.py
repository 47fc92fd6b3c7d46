"""``miner explain``: in the terminal, and as a page that a browser opens without a script or a request."""

import base64
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browsing import Visit, browser

HOSTILE = "<title>标题</title><p>2021年8月6日,临江市市场监管局检查药店12家。</p>&lt;script&gt;alert('甲')&lt;/script&gt;\n" \
          "&lt;img src=http://evil.example/x onerror=alert(1)&gt;\"' {{ 7*7 }}"


def explain(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "miner", "explain", str(file), *options], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    report, page = folder / "report.txt", folder / "report.html"
    report.write_text(HOSTILE, "utf-8")
    done = explain(report, "--html", str(page), "--lang", "zh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return page


def test_the_terminal_shows_text_rows_and_reasons(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("2021年8月6日,临江市市场监管局检查药店12家。", "utf-8")
    done = explain(report, "--lang", "zh")
    assert done.returncode == 0
    assert "2021年8月6日,临江市市场监管局检查药店12家。" in done.stdout
    assert re.search(r"机构 +临江市市场监管局 +临江市市场监管局 +本.*原文写明", done.stdout)
    assert re.search(r"数量 +12家 药店 +12家", done.stdout)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = explain(tmp_path / "none.txt")
    assert done.returncode == 1
    assert "none.txt: no such file" in done.stderr


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("2021年8月6日,临江市市场监管局检查药店12家。", "utf-8")
    done = explain(report, "--html", str(tmp_path / "none" / "x.html"))
    assert done.returncode == 2
    assert "No such file or directory" in done.stderr


def test_the_policy_allows_the_style_and_nothing_else(page: Path) -> None:
    text = page.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(re.search("<style>(.*)</style>", text, re.S)[1].encode()).digest()).decode()  # type: ignore[index]
    assert f"content=\"default-src &#39;none&#39;; style-src &#39;sha256-{digest}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;\"" in text
    assert "<script" not in text
    assert not re.search(r"<[^<>]*\s(?:src|href)=\"?(?![#\"])", re.sub(r"<style>.*</style>", "", text, flags=re.S))


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_browser_shows_it_harmless_and_legible(page: Path, width: int, dark: bool) -> None:
    with browser() as started:
        visit = Visit(started, width, dark=dark)
        visit.page.goto(page.as_uri())
        assert visit.requests == [page.as_uri()]
        assert (visit.complaints, visit.dialogs) == ([], [])
        assert "alert('甲')" in visit.page.inner_text(".report-text")
        assert visit.page.locator(".event h3").first.inner_text().split() == ["检查", "检查督导", "已完成"]
        visit.page.locator(".event summary").first.click()
        assert visit.page.locator(".reasons .quantity .value").first.inner_text() == "12家 药店"
        visit.page.locator(".reasons .quantity a").first.click()
        assert visit.page.locator(":target").inner_text() == "12家"
        assert visit.page.evaluate("getComputedStyle(document.querySelector('a.m.quantity')).backgroundColor") != "rgba(0, 0, 0, 0)"
        for details in visit.page.locator("details").all():
            details.evaluate("element => element.open = true")
        assert visit.faults() == []
        assert not visit.overflows()
