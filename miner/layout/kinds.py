"""A line → what it is by its own words: by-line, furniture, caption, table row, list item, or text.

In: a line in clean characters. Out: its kind. The words are in ``data/page_lines.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from miner.layout.bylines import is_byline
from miner.layout.lines import Line
from miner.layout.wording import alternatives, openers, words

END_MARKS = "。!?;…"
_CLOSERS = "”’」』)）】]》〉\"'"
SHORT = 40  # longest heading, caption or line of furniture, in characters

_FILE_NAME = re.compile(
    r"[^\s。,;]{1,80}\.(?:png|jpe?g|gif|bmp|webp|tiff?|svg|mp4|mp3|avi|flv|pdf|docx?|xlsx?|pptx?|wps|zip|rar)(?:\([\d.]+[KM]B?\))?", re.I
)
_IMAGE_NAME = re.compile(r"\S{1,80}\.(?:png|jpe?g|gif|bmp|webp|tiff?)", re.I)
_IMAGE_PLACE = re.compile(r"[\[(【<]?(?:图片?|照片|image|img)[\])】>]?\d{0,3}", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{1,60}")
_COUNTER = re.compile(r"[-—–·.\s|/]*(?:第?\d{1,4}页?(?:[/,]?共?\d{1,4}页?)?[-—–·.\s|/]*)?")
_BUTTONS = re.compile(r"(?:[【\[][^】\[\]【]{1,10}[】\]]\s*){2,}")
_RULE = re.compile(r"[-—–_=*·.~#+|<>○●◎◇◆□■★☆※\s]+")
_LINKS = re.compile(r"[|｜>»›→]|(?<=\s)·(?=\s)")
_PAGE = re.compile(r"第?[A-Z]?\d{1,3}版.{0,12}|.{0,10}第[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})版|[A-Z]\d{1,2}[\u4e00-\u9fff·]{1,10}")
_PLACE = re.compile(r"(?:首页|位置|栏目)[:：]?.{0,60}[>»›→/]|(?:网站)?首页(?:\s|[|｜>»›→])|位置[:：]")
_LIST_MARK = re.compile(r"[•●○◆◇■□▪▲★☆※→➢✦✔√*·\-][^\-]")


@cache
def _furniture_inside() -> re.Pattern[str]:
    return re.compile(alternatives(words("furniture", "holds")))


@cache
def _standing() -> re.Pattern[str]:
    return re.compile(rf"\d{{0,2}}(?:{alternatives(words('furniture', 'standing'))})")


def is_open(text: str) -> bool:
    """Whether the text ends in the middle of a sentence: no end mark, closing quotation marks and brackets aside."""
    if text.endswith(")") and (bracket := text.rfind("(")) > 0 and text[bracket - 1] in END_MARKS + "”":  # 。(张明)
        return False
    core = text.rstrip(_CLOSERS)
    if not core or core[-1] in END_MARKS + ":":
        return False
    return not (core[-1] in "。.!?" and len(core) < len(text))


def is_furniture(line: Line) -> bool:
    """Whether a line is part of the page and not of a report: navigation, counters, notices, file names."""
    text, raw = line.text, line.raw
    if _is_technical(text, raw) or (len(text) <= 12 and (_standing().fullmatch(text) or _PAGE.fullmatch(text))):
        return True
    closed = "。" in text
    word = openers("furniture").match(raw.lstrip("【[(<《 ")) if len(text) <= 60 else ""
    if word and (not closed or len(word) >= 4) and (len(word) >= 4 or not "\u4e00" <= raw.lstrip("【[(<《 ")[len(word) : len(word) + 1] <= "\u9fff"):
        return True
    if (not closed or text.find("。") == len(text) - 1) and _furniture_inside().search(raw):
        return True
    if not closed and len(text) <= SHORT and "首页" in text and is_place(raw):
        return True
    links = 0 if closed else len(_LINKS.findall(raw))
    return links >= 2 and len(text) <= 14 * (links + 1)


def _is_technical(text: str, raw: str) -> bool:
    """A page number, a rule, a file name, an address, a row of buttons."""
    first, last = text[0], text[-1]
    if first in "-—–·._=*~#+|<>第/○●◎◇◆□■★☆※0123456789" and (_COUNTER.fullmatch(text) or _RULE.fullmatch(text)):
        return True
    if last.isascii() and (_FILE_NAME.fullmatch(raw) or _ADDRESS.fullmatch(raw)):
        return True
    if first in "【[" and _BUTTONS.fullmatch(raw):
        return True
    return len(text) <= 10 and _IMAGE_PLACE.fullmatch(text) is not None


def is_place(raw: str) -> bool:
    """Whether a line of furniture leads from the site's front page to this one (首页 > 动态 > 正文): the report begins after it."""
    return _PLACE.search(raw) is not None


def is_image(line: Line) -> bool:
    """Whether a line stands for a picture: its file name or a place holder."""
    return bool(_IMAGE_NAME.fullmatch(line.raw) or _IMAGE_PLACE.fullmatch(line.text))


def is_caption(line: Line) -> bool:
    """Whether a line says by its own words that it belongs to a picture."""
    text = line.text
    if "caption" in line.marks:
        return True
    if len(text) > 60:
        return False
    return bool(openers("caption").match(text)) or (text.rstrip("。").endswith(words("caption", "ends")) and "。" not in text[:-12])


def kind_of(line: Line) -> str:
    """What a line is by its own words.

    Parameters
    ----------
    line
        The line.

    Returns
    -------
    str
        ``heading`` (markup says so), ``list_item``, ``table_row``, ``byline``, ``furniture``, ``caption`` or ``text``.
    """
    text = line.text
    if line.cells > 1:
        return "table_row"
    if len(text) > 120 or (len(text) > 60 and text[-1] in "。”;" and text.find("。") < len(text) - 2 and not line.marks):
        return "list_item" if "li" in line.marks or _LIST_MARK.match(text) else "text"
    if is_byline(line):
        return "byline"
    if is_furniture(line):
        return "furniture"
    if line.marks and any(len(mark) == 2 and mark[0] == "h" for mark in line.marks):
        return "heading"
    if is_caption(line):
        return "caption"
    if "li" in line.marks or _LIST_MARK.match(text):
        return "list_item"
    return "text"
