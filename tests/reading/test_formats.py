"""One report says the same in every format; archives give their members under names that can be read."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from miner.layout import lay_out
from miner.reading import Reject, Source, formats, read, read_bytes

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"


def only(data: bytes, name: str) -> Source:
    (source,) = read_bytes(data, name)
    assert isinstance(source, Source), source
    return source


def laid(source: Source) -> list[tuple[str, str]]:
    layout = lay_out(source.text, source.kind)
    return [(block.kind, layout.text[block.start : block.end]) for block in layout.blocks]


def test_every_sample_is_read():
    found = list(read(SAMPLES))
    assert not [item for item in found if isinstance(item, Reject)]
    assert {item.format for item in found} >= {"txt", "md", "docx", "xlsx", "pdf", "eml", "html"}
    assert [item.name for item in found if item.name.startswith("archive")] == [
        "archive.tar.gz/2021/通报.txt",
        "archive.tar.gz/2021/内层.zip/街道/报纸.txt",
        "archive.tar.gz/2021/内层.zip/街道/新闻.txt",
        "archive_gbk_names.zip/街道/报纸.txt",
        "archive_gbk_names.zip/街道/新闻.txt",
    ]


@pytest.mark.parametrize("other", ["news_gb18030.txt", "news.docx"])
def test_a_report_reads_the_same_in_other_formats(other):
    plain = only((SAMPLES / "news.txt").read_bytes(), "news.txt")
    assert laid(only((SAMPLES / other).read_bytes(), other)) == laid(plain)


def test_a_report_reads_the_same_as_a_page():
    text = (SAMPLES / "news.txt").read_text("utf-8")
    rows = [line for line in text.split("\n") if line]
    page = (
        f"<!DOCTYPE html><html><head><title>{rows[0]}</title></head><body><h1>{rows[0]}</h1>"
        + "".join(f"<p>{row}</p>\n" for row in rows[1:])
        + "</body></html>"
    )
    source = only(page.encode(), "news.html")
    assert source.kind == "html"
    assert laid(source) == laid(only(text.encode(), "news.txt"))


def test_a_pdf_reads_as_its_text():
    pdf = [words for kind, words in laid(only((SAMPLES / "bulletin.pdf").read_bytes(), "bulletin.pdf"))]
    assert pdf == [words for kind, words in laid(only((SAMPLES / "bulletin.txt").read_bytes(), "bulletin.txt"))]


def test_a_workbook_gives_sheets_and_rows():
    source = only((SAMPLES / "workbook.xlsx").read_bytes(), "workbook.xlsx")
    assert source.text.splitlines()[:3] == ["物资发放", "2021年1月物资发放情况", "单位\t物资\t数量(只)\t日期"]
    assert "柳林街道\t口罩\t12000\t2021-01-14" in source.text


def test_a_mail_gives_its_body_and_its_attachments():
    body, attached = read_bytes((SAMPLES / "mail.eml").read_bytes(), "mail.eml")
    assert (body.format, body.encoding) == ("eml", "gb18030")
    assert body.metadata == {"title": "市慈善总会春节慰问情况", "author": "office@example.org", "published": "2021-01-21"}
    assert "捐赠棉被200床" in body.text
    assert attached.name == "mail.eml/通报.txt"


def test_page_metadata_is_kept_as_written():
    page = (
        '<html><head><title>检查通报_市政府</title><meta name="PubDate" content="2021-02-08 10:12"><meta name="ContentSource" con'
        'tent="市应急局"></head><body><p>检查企业3家。</p></body></html>'
    )
    assert only(page.encode(), "a.htm").metadata == {"title": "检查通报_市政府", "published": "2021-02-08 10:12", "source": "市应急局"}


def test_what_the_bytes_say_counts_more_than_the_name():
    docx = (SAMPLES / "news.docx").read_bytes()
    assert only(docx, "news.txt").format == "docx"
    assert only(b"<html><body><p>\xe6\xa3\x80\xe6\x9f\xa5</p></body></html>", "page.txt").kind == "html"
    assert only("检查企业<p>3家</p>。".encode(), "part.html").kind == "text"


def test_nested_archives_down_to_the_limit():
    def packed(depth: int) -> bytes:
        data = "检查企业3家。".encode()
        for level in range(depth):
            box = io.BytesIO()
            with zipfile.ZipFile(box, "w") as file:
                file.writestr("a.txt" if level == 0 else "inner.zip", data)
            data = box.getvalue()
        return data

    assert only(packed(4), "a.zip").text == "检查企业3家。"
    (reject,) = read_bytes(packed(5), "a.zip")
    assert isinstance(reject, Reject)
    assert "nested deeper" in reject.reason


def test_tar_streams_with_and_without_packing():
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w:xz") as file:
        info = tarfile.TarInfo("内/一.txt")
        info.size = 6
        file.addfile(info, io.BytesIO("检查".encode()))
    assert only(box.getvalue(), "a.tar.xz").name == "a.tar.xz/内/一.txt"


def test_formats_name_what_is_missing():
    listed = {known.name: known for known in formats()}
    assert listed["txt"].available
    assert all(known.available or known.hint.startswith("pip install") for known in listed.values())
