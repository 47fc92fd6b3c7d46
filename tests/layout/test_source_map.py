"""Every clean character maps back to the source, whatever the source is."""

import html
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from miner.layout import lay_out
from miner.layout.characters import normalise

PIECES = st.sampled_from(
    [
        "市市场监管局",
        "8月6日",
        "２",
        "０",
        "12",
        ",",
        "，",
        "。",
        "!",
        "；",
        "“",
        "”",
        " ",
        "\u3000",
        "\n",
        "\r\n",
        "\n\n",
        "\t",
        "\x00",
        "\ufeff",
        "\u200b",
        "&nbsp;",
        "&amp;",
        "&ldquo;",
        "&#8212;",
        "&#x6d4b;",
        "&bogus;",
        "&",
        "<p>",
        "</p>",
        '<p class="a>b">',
        "<br/>",
        "<b>",
        "</b>",
        "<",
        ">",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<td>",
        "<tr>",
        "<h2>",
        "<img src='1.png'>",
        "本报讯",
        "来源:",
        "1.png",
        "COVID",
        "work",
        "檢查",
        "�",
        "一、",
        "(一)",
        "编辑:刘友",
        "|",
        "# ",
        "**",
        "- ",
        "[",
        "](",
        ")",
        "```",
        "<nav>",
        "</nav>",
        "<title>",
        "</title>",
        "report",
    ]
)
SOURCES = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200))
KINDS = st.sampled_from(["text", "html", "markdown"])


def reading(source: str) -> str:
    """What the source says at one place, read on its own."""
    return normalise(html.unescape(source))


@settings(max_examples=400, deadline=None)
@given(SOURCES, KINDS)
@example("<p>口罩&nbsp;3000&nbsp;只</p>", "text")
@example("a&nbsp;\n&nbsp;b", "text")
def test_every_character_stands_in_the_source(source, kind):
    layout = lay_out(source, kind)
    after = 0
    for position, character in enumerate(layout.text):
        start, end = layout.source_map.span(position, position + 1)
        assert 0 <= start < end <= len(source)
        assert start >= after
        after = end
        written = source[start:end]
        if character not in "\n ":
            assert reading(written) == character or normalise(source)[start] == character
        elif character == "\n" or not written.isspace():
            assert re.search(r"\s|<|&|\x00|[^\w]", written), written


@settings(max_examples=300, deadline=None)
@given(SOURCES, KINDS)
def test_blocks_articles_and_sentences_cover_the_text_in_order(source, kind):
    layout = lay_out(source, kind)
    assert "\n".join(layout.text[b.start : b.end] for b in layout.blocks) == layout.text
    assert all(layout.text[b.start : b.end].strip() for b in layout.blocks)
    joined = "".join(layout.text[s:e] for s, e in layout.sentences)
    assert joined == layout.text.replace("\n", "")
    assert all(any(b.start <= s < e <= b.end for b in layout.blocks) for s, e in layout.sentences)
    assert [b.article for b in layout.blocks] == sorted(b.article for b in layout.blocks)
    for number, article in enumerate(layout.articles):
        inside = [b for b in layout.blocks if b.article == number]
        assert inside
        assert article.start <= inside[0].start
        assert inside[-1].end <= article.end
    for index, block in enumerate(layout.blocks):
        assert -1 <= block.section < len(layout.blocks)
        if block.section >= 0:
            assert layout.blocks[block.section].kind == "heading"
            assert block.section < index


def test_a_separator_of_entity_and_tag_is_white_space():
    layout = lay_out("２&nbsp;<td>市局")
    assert layout.text == "2 市局"
    assert layout.source_text(0, 4) == "２ 市局"


@settings(max_examples=200, deadline=None)
@given(SOURCES, st.data())
def test_source_text_is_what_the_source_says(source, data):
    layout = lay_out(source)
    if not layout.text:
        return
    start = data.draw(st.integers(0, len(layout.text) - 1))
    end = data.draw(st.integers(start + 1, len(layout.text)))
    said = re.sub(r"\s", "", normalise(layout.source_text(start, end)))
    assert said == re.sub(r"\s", "", layout.text[start:end])


def test_spans_of_joined_and_spaced_words():
    source = "区市场监管局发放口罩 ３\u3000０００\r\n只,用于各卡口的疫情防控工作和居民的日\r\n常防护。"
    layout = lay_out(source)
    start = layout.text.index("口罩")
    assert layout.source_text(start, start + 2) == "口罩"
    assert layout.source_map.span(start, start + 2) == (8, 10)


def test_an_entity_is_one_character_of_the_width_of_the_entity():
    source = "捐赠口罩&ldquo;3000&rdquo;只。"
    layout = lay_out(source)
    assert layout.text == "捐赠口罩“3000”只。"
    assert layout.source_map.span(4, 5) == (4, 11)
    assert layout.source_text(4, 10) == "“3000”"


def test_gaps_are_where_the_source_has_white_space_in_whatever_form() -> None:
    plain, page = "来源:石泉县水利局  作者:何清", "<p>来源:石泉县水利局&nbsp;<b>&nbsp;作者</b>:何清</p>"
    for source in (plain, page):
        layout = lay_out(source)
        assert [layout.text[at : at + 2] for at in sorted(layout.gaps())] == ["作者"]
    assert lay_out("石 泉 县 水 利 局").gaps() == frozenset()
