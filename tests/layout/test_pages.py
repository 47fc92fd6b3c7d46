"""Whole HTML pages lose their furniture and keep everything that a report says."""

import json
from pathlib import Path

import pytest

from miner.layout import lay_out
from miner.layout.characters import normalise
from miner.reading.decoding import decode

PAGES = Path(__file__).parents[2] / "corpora" / "samples" / "pages"
EXPECTED = json.loads((Path(__file__).parents[2] / "benchmarks" / "html_extraction.json").read_text("utf-8"))


def words(text: str) -> str:
    return "".join(normalise(text).split())


def body(page: str) -> str:
    layout = lay_out(page, "html")
    return words("\n".join(layout.text[b.start : b.end] for b in layout.blocks if b.kind != "furniture"))


@pytest.mark.parametrize("name", EXPECTED)
def test_page(name):
    page = decode((PAGES / f"{name}.html").read_bytes())[0]
    text = body(page)
    want = EXPECTED[name]
    assert [k for k in want["keep"] if words(k) not in text] == []
    assert words(want["date"]) in text
    assert words(lay_out(page, "html").title or "") == words(want["title"])
    left = [d for d in want["drop"] if words(d) in text]
    assert len(left) <= 1 + (name == "forum"), left  # words that stand on the line of the date stay with it


def test_bare_text_between_paragraphs_survives():
    heads = ["区信访局", "区卫健局", "区城管局机关支部"]
    source = "<html><body><div>" + "".join(f"{head} <p>　　{n}月{n}日,{head}检查企业{n}家。</p>" for n, head in enumerate(heads, 1)) + "</div></body></html>"
    for kind in ("text", "html"):
        layout = lay_out(source, kind)
        assert [layout.text[b.start : b.end] for b in layout.blocks if b.kind == "heading"] == heads
        sections = [layout.blocks[b.section] for b in layout.blocks if b.kind == "paragraph"]
        assert [layout.text[s.start : s.end] for s in sections] == heads


def test_a_table_of_data_gives_rows_and_a_table_that_lays_out_the_page_does_not():
    rows = "<table><tr><td>单位</td><td>检查(家)</td></tr><tr><td>市<b>应急</b>局</td><td> 12 </td></tr></table>"
    layout = lay_out(f"<html><body><table><tr><td><p>检查情况如下,请阅。</p>{rows}</td></tr></table></body></html>", "html")
    assert [(b.kind, layout.text[b.start : b.end]) for b in layout.blocks] == [
        ("paragraph", "检查情况如下,请阅。"),
        ("table_row", "单位 检查(家)"),
        ("table_row", "市应急局 12"),
    ]


def test_a_page_without_heading_shows_its_title():
    layout = lay_out("<html><head><title>全市防汛工作纪实_市政府网</title></head><body><p>7月,全市转移群众1260人,无一伤亡。</p></body></html>", "html")
    assert layout.title == "全市防汛工作纪实"
    assert layout.text == "全市防汛工作纪实\n7月,全市转移群众1260人,无一伤亡。"


def test_markdown():
    layout = lay_out("# 一周工作\n\n市局**检查**企业[12家](http://x.cn)。\n\n- 采样30份\n\n| 单位 | 数量 |\n|---|---|\n| 甲局 | 3 |\n", "markdown")
    assert [(b.kind, layout.text[b.start : b.end]) for b in layout.blocks] == [
        ("heading", "一周工作"),
        ("paragraph", "市局检查企业12家。"),
        ("list_item", "采样30份"),
        ("table_row", "单位 数量"),
        ("table_row", "甲局 3"),
    ]
    assert layout.source_text(layout.text.index("检查"), layout.text.index("企业") + 2) == "检查企业"
