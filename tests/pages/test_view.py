"""Rows of a report become its page: the text whole, every mention at its place, a reason for each cell."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import miner
from miner.pages import report_view
from miner.pages.marks import Mark, pieces, place
from miner.pages.wording import LANGUAGES, Wording, wording

TEXT = "临江市市场监管局通报\n\n2021年8月6日,临江市市场监管局共出动执法人员288人次,检查经营场所1202家次,发现问题21个。\n下一步,该局将开展培训3场。"


def view_of(text: str, language: str = "zh"):
    return report_view(next(miner.mine([text])).rows(), wording(language))


def test_every_cell_says_where_it_comes_from() -> None:
    event = next(event for event in view_of(TEXT).events if event.trigger == "检查")
    assert (event.action, event.modality, event.organisation, event.days) == ("检查督导", "已完成", "临江市市场监管局", "2021-08-06")
    assert [(record["amount"], record["item"]) for record in event.records] == [("1,202家次", "经营场所")]
    cells = {cell.label: cell for cell in event.cells}
    assert cells["行动类型"].words == "检查"
    assert (cells["机构"].value, cells["机构"].words, cells["机构"].reason) == ("临江市市场监管局", "临江市市场监管局", "本句 → 原文写明")
    assert (cells["日期"].value, cells["日期"].words) == ("2021-08-06", "2021年8月6日")
    assert cells["日期"].reason.endswith("原文写明")
    assert (cells["数量"].value, cells["数量"].words) == ("1,202家次 经营场所", "1202家次")
    assert all(cell.reason for cell in event.cells)


def test_a_mention_stands_where_its_words_stand() -> None:
    view = view_of(TEXT)
    said = {}
    for paragraph in view.paragraphs:
        for sentence in paragraph.sentences:
            for piece in sentence.pieces:
                if piece.mark:
                    said[piece.mark.id] = said.get(piece.mark.id, "") + piece.text
    listed = {mention.place: mention.words for kind in view.mentions.values() for mention in kind}
    assert listed
    assert said == listed


def test_markup_and_broken_lines_do_not_move_marks() -> None:
    text = "<p>2021年8月6日,临江市<b>市场</b>监管局&nbsp;检查药\n店12家,</p>\n<p>发现问题3<i>个</i>。</p>"
    view = view_of(text)
    marked = [(piece.mark.kind, piece.text) for p in view.paragraphs for s in p.sentences for piece in s.pieces if piece.mark]
    assert ("date", "2021年8月6日") in marked
    assert ("quantity", "12家") in marked
    assert ("action", "检查") in marked
    assert ("quantity", "3个") in marked


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_are_told_apart(language: str) -> None:
    told = {event.trigger: event.modality for event in view_of(TEXT, language).events}
    assert told["开展培训" if "开展培训" in told else "培训"] == {"en": "planned", "zh": "计划"}[language]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark("date", f"m{i}", min(a, b, len(text)), min(max(a, b), len(text))) for i, (a, b) in enumerate(spans)]
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    assert sorted(anchor for piece in cut for anchor in piece.ids) == sorted(mark.id for mark in marks if mark.start < mark.end)


@given(st.text("甲乙丙", min_size=1, max_size=30), st.data())
def test_a_place_in_an_unbroken_sentence_is_its_offset(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert place({"text": text, "start": 100, "end": 100 + len(text)}, 100 + start, 100 + end, text[start:end]) == (start, end)


def test_reasons_are_chinese_on_a_chinese_page() -> None:
    zh = wording("zh")
    assert zh.reason("week day of 2-29; 29 February") == "星期 2-29；2月29日（闰年）"
    assert zh.reason("rejected: the day the page was called up of 2025-10-09") == "未采用：页面抓取日期 2025-10-09"
    assert zh.reason("下一步 (planned); 将 (planned)") == "“下一步”（计划）；“将”（计划）"
    assert zh.reason("台风“利奇马”") == "台风“利奇马”"
    assert wording("en").reason("own clause") == "own clause"
    page = view_of(TEXT)
    reasons = [cell.reason for event in page.events for cell in event.cells] + [cell.reason for cell in page.facts]
    assert not [reason for reason in reasons if re.search("[a-z]{3}", reason)]


def test_a_number_that_is_one_body_s_own_share_says_so() -> None:
    page = view_of("2月10日,石泉县农商银行、石泉县供电公司分别捐款50万元和30万元。")
    assert [row["organisation"] for event in page.events for row in event.records] == ["石泉县农商银行", "石泉县供电公司"]
    assert [cell.reason.rpartition("; ")[2] for event in page.events for cell in event.cells[4:]] == ["石泉县农商银行的份额", "石泉县供电公司的份额"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language 'fr'"):
        Wording("fr")


def test_both_languages_say_everything() -> None:
    import tomllib
    from importlib.resources import files

    texts = tomllib.loads(files("miner.pages").joinpath("data/interface.toml").read_text("utf-8"))
    assert {key for key, said in texts.items() if len(said) != 2 or not all(said)} == set()
    assert {key for key, (english, chinese) in texts.items() if set(re.findall(r"{\w+}", english)) != set(re.findall(r"{\w+}", chinese))} == set()
