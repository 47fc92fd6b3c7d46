"""Which encoding the bytes are in, and how many characters were lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.reading.decoding import decode
from miner.reading.model import UnreadableError

REPORT = "2月13日下午,柳林街道组织人员检查商铺86家,发放口罩3000只。"
TRADITIONAL = "２月１３日下午，臨江市衛生局檢查旅館８６家，發放口罩３０００個。"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_encodings_of_simplified_text(encoding, named):
    assert decode(REPORT.encode(encoding)) == (REPORT, named, 0)


def test_big5_is_told_from_gbk():
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5hkscs", 0)


@pytest.mark.parametrize("short", ["区商务局检查", "3月5日发放口罩", "疫情防控", "市监局抽检12批次", "李明"])
def test_short_gbk(short):
    assert decode(short.encode("gbk"))[:2] == (short, "gb18030")


def test_the_declared_charset_decides_where_utf8_fails():
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>{REPORT}镕</body></html>'
    assert decode(page.encode("gb18030")) == (page, "gb18030", 0)


def test_a_wrong_declaration_does_not_spoil_utf8():
    page = f'<html><meta charset="gb2312"><body>{REPORT}</body></html>'
    assert decode(page.encode())[:2] == (page, "utf-8")


def test_lost_bytes_are_counted():
    broken = REPORT.encode()
    text, encoding, replaced = decode(broken[:20] + b"\xff" + broken[20:-1])
    assert encoding == "utf-8"
    assert replaced >= 2
    assert "检查商铺86家" in text


def test_a_replacement_character_of_the_text_itself_is_no_loss():
    assert decode((REPORT + "\ufffd").encode())[2] == 0


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 500])
def test_binary_is_refused(data):
    with pytest.raises(UnreadableError):
        decode(data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data):
    try:
        text, encoding, replaced = decode(data)
    except UnreadableError as error:
        assert error.stage == "decode"
    else:
        assert isinstance(text, str)
        assert replaced <= text.count("\ufffd")
        assert encoding


def test_surrogates_written_as_utf8():
    """A character beyond the basic plane as two surrogates is that character; a single surrogate is lost."""
    pair = "\U00020bb7".encode("utf-16-le").decode("utf-16-le", "surrogatepass").encode("utf-16-le")
    written = b"".join(chr(int.from_bytes(pair[i : i + 2], "little")).encode("utf-8", "surrogatepass") for i in (0, 2))
    assert decode(written + REPORT.encode()) == ("\U00020bb7" + REPORT, "utf-8", 0)
    assert decode(b"\xed\xa0\x80" + REPORT.encode()) == ("\ufffd" + REPORT, "utf-8", 1)
