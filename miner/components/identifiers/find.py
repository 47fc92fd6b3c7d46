"""Finds identifiers: document numbers, phone and licence numbers, addresses, model numbers, file names.

In: clean text. Out: ``(start, end, kind)`` spans, ascending and not overlapping. What they hold is neither a date nor a quantity; the components for both
read them as blocked spans, so that nothing depends on which of them runs first. The patterns are data (``data/identifiers.tsv``).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

#: A numeral of an ordinal or a document.
_NUMERAL = r"(?:\d{1,6}|[一二三四五六七八九十百千零〇]{1,7})"
#: Kinds whose prefix of Chinese characters is cut back to the issuing body's sign (绥农办字〔2021〕7号).
_SIGNED = "document"
_BODY = re.compile(r"[局委府厅院部会处市县区镇乡省社团体]|[据照按依由把将对和与及的、]")
@cache
def _rules() -> list[tuple[str, str]]:
    text = files("miner.components.identifiers").joinpath("data", "identifiers.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(kind, pattern.replace("{N}", _NUMERAL)) for kind, pattern in lines]


@cache
def _pattern() -> tuple[re.Pattern[str], list[str]]:
    """One alternation of all patterns that need no long prefix, and the kind of each group."""
    parts, kinds = [], []
    for kind, pattern in _rules():
        if pattern.startswith("(?:[\\u4e00-\\u9fff]{0,12})"):
            pattern = pattern.removeprefix("(?:[\\u4e00-\\u9fff]{0,12})")
        parts.append(f"({pattern})")
        kinds.append(kind)
    return re.compile("|".join(parts)), kinds


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
#: Words of two characters with which an identifier may begin.
_WORDS = (
    "许可 执照 证书 证号 备案 登记 批号 批次 编号 注册 代码 文号 "
    "电话 热线 手机 传真 咨询 拨打 举报 客服 微信 监督 值班 邮政 邮编 股票 国药 国道 省道 县道 乡道 高速 公网"
)
#: What a short number is followed by where it begins an identifier; numbers of three digits and more may begin one anyhow.
_AFTER_NUMBER = r"[-—A-Za-z号栋幢单楼国省县弄型/@+_~(·]|\.[A-Za-z]"


@cache
def _gate() -> re.Pattern[str]:
    """Where an identifier may begin: a first character that some pattern has, with what some pattern lets follow. One character class leads, for speed."""
    seconds: dict[str, str] = {}
    for word in _WORDS.split():
        seconds[word[0]] = seconds.get(word[0], "") + word[1]
    seconds |= {street: seconds.get(street, "") + "0-9" for street in "路街巷道弄里"}
    seconds |= {province: seconds.get(province, "") + "A-Z公卫" for province in _PROVINCES}
    seconds |= {"第": r"0-9一二三四五六七八九十百千零〇A-Z", "〔": "12", "[": "12", "【": "12", "(": "0-9"}
    groups: dict[str, str] = {}
    for first, following in seconds.items():
        groups[following] = groups.get(following, "") + first
    hans = "|".join(f"(?<=[{re.escape(firsts)}])(?=[{following}])" for following, firsts in groups.items())
    numerals = "一二三四五六七八九十"
    return re.compile(
        f"[A-Za-z0-9“\"{re.escape(''.join(seconds))}{numerals}](?:(?<=[0-9])(?<![0-9][0-9])(?<![0-9][.,][0-9])(?:(?=[0-9]{{2}})|(?=[0-9]?(?:{_AFTER_NUMBER})))"
        f"|(?<=[A-Za-z])(?<![A-Za-z][A-Za-z])|(?<=[“\"])|(?<=[{numerals}])(?=[{numerals}]{{0,2}}号)|(?<=[{re.escape(''.join(seconds))}])(?=[{''.join(seconds.values())}])(?:{hans}))"
    )


def find_identifiers(text: str) -> list[tuple[int, int, str]]:
    """The identifiers of a text.

    Parameters
    ----------
    text
        Clean text.

    Returns
    -------
    list of (int, int, str)
        Start, end (excluded) and kind, ascending, not overlapping; the kinds are ``url, email, file, document, licence, standard, plate, phone,
        postcode, stock, address, sheet, model, slogan, ordinal``.
    """
    pattern, kinds = _pattern()
    search, match = _gate().search, pattern.match
    found: list[tuple[int, int, str]] = []
    position, last = 0, 0
    while gate := search(text, position):
        start = gate.start()
        m = match(text, start)
        if m is None:
            position = _past(text, start)
            continue
        kind = kinds[_group(m) - 1]
        end = m.end()
        if kind == _SIGNED and text[start] in "〔[【(":
            start = _issuer(text, start, last)
        found.append((start, end, kind))
        position = last = max(end, start + 1)
    return found


def _group(m: re.Match[str]) -> int:
    """The number of the alternative that matched; its patterns hold no groups of their own."""
    return m.lastindex or 1


def _past(text: str, start: int) -> int:
    """Where to look on: after a whole run of digits or of Latin letters, since an identifier never begins inside one."""
    m = _RUN.match(text, start)
    return m.end() if m else start + 1


_RUN = re.compile(r"\d[\d.,]*|[A-Za-z]+")


def _issuer(text: str, bracket: int, floor: int) -> int:
    """Where a document's number begins: the issuing body's sign before the bracket (三安办通〔2017〕41号), not the body's name before it."""
    m = _HAN_RUN.search(text, max(floor, bracket - 14), bracket)
    if m is None:
        return bracket
    run = m[0]
    cut = max((body.end() for body in _BODY.finditer(run[:-2])), default=0 if len(run) <= 8 else len(run) - 4)
    return bracket - min(len(run) - cut, 8)


_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+\Z")
