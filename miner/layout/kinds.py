"""A line → what it is by its own words: by-line, furniture, caption, table row, list item, lead, or text.

In: a line in clean characters. Out: its kind. The words are in ``data/page_lines.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from miner.layout.lines import Line

END_MARKS = "。!?;…"
_CLOSERS = "”’」』)）】]》〉\"'"
SHORT = 40  # longest heading, caption or line of furniture, in characters

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf〇"
_DAY = r"(?:(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?|[一二][〇零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
_CLOCK = r"(?:[T ]?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?|分)?|(?:上午|下午|晚上|凌晨)\d{1,2}[:时点]\d{0,2}分?)"
_WEEK_DAY = r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?"
_DATE_LINE = re.compile(rf"[(\[【]?{_DAY}{_CLOCK}?(?:{_WEEK_DAY})?{_CLOCK}?[)\]】]?(?:(?:农历)?[{_HAN}]{{0,6}}[初十廿][一二三四五六七八九十])?")
_DAY_WITHIN = re.compile(_DAY)
_NAMED_DATE = re.compile(rf"[^。,;!?:]{{1,24}}?{_DAY}{_CLOCK}?(?:发布|发表|更新)?")
_MASTHEAD = re.compile(rf"(?:[{_HAN}]{{0,10}}|\d{{1,3}})第?[A-Z]?\d{{1,3}}版|第[A-Z]?\d{{1,3}}版|^[A-Z]?\d{{1,2}}版")
_ISSUE = re.compile(r"(?:[(]?(?:总|本年|今年|年)?第?[〇零一二三四五六七八九十百\d]{1,5}期[)]?|[(]?第[〇零一二三四五六七八九十百\d]{1,5}期[)]?(?:[(]?总第?\d{1,5}期[)]?)?)")
_DOCUMENT_NUMBER = re.compile(rf"[{_HAN}A-Z]{{2,20}}[〔\[(【](?:19|20)\d\d[〕\])】](?:第)?\d{{1,5}}号")
_USER = re.compile(rf"[{_HAN}A-Za-z_]{{1,8}}\d{{5,}}")
_FILE_NAME = re.compile(r"[^\s。,;]{1,80}\.(?:png|jpe?g|gif|bmp|webp|tiff?|svg|mp4|mp3|avi|flv|pdf|docx?|xlsx?|pptx?|wps|zip|rar)(?:\([\d.]+[KM]B?\))?", re.I)
_IMAGE_NAME = re.compile(r"\S{1,80}\.(?:png|jpe?g|gif|bmp|webp|tiff?)", re.I)
_IMAGE_PLACE = re.compile(r"[\[(【<]?(?:图片?|照片|image|img)[\])】>]?\d{0,3}", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+")
_COUNTER = re.compile(r"[-—–·.\s|/]*(?:第?\d{1,4}页?(?:[/,]?共?\d{1,4}页?)?)?[-—–·.\s|/]*")
_BUTTONS = re.compile(r"(?:[【\[][^】\[\]【]{1,10}[】\]]\s*){2,}")
_RULE = re.compile(r"[-—–_=*·.~#+|<>\s]{1,}")
_LINKS = re.compile(r"[|｜>»›]")
_SIGNED = re.compile(rf"[(]?(?:(?:本报|本网|本台|本刊|首席|见习|实习|特约|全媒体|融媒体|融媒)*(?:记者|通讯员|特约记者|实习生|实习记者|撰稿人|作者))[{_HAN}A-Za-z ·、/]{{2,60}}(?:文/?图?|报道|摄影报道|图文|文并摄)?[)]?")
_SPEAKER = re.compile(rf"[{_HAN}]{{2,30}}[长记任员师授事局院厅委会所科办部组队心校司道镇乡处站社]\s+(?P<names>[{_HAN}]{{2,4}}(?:[\s、]+[{_HAN}]{{1,4}}){{0,4}})")
_DATED_NOTE = re.compile(rf"\([^()]{{0,20}}{_DAY}[^()]{{0,24}}\)")
_PARENTHESISED = re.compile(rf"\([^()。,]{{0,16}}(?:供稿|报道|来源|作者|撰稿|记者|通讯员)[^()。]{{0,30}}\)")
_LIST_MARK = re.compile(r"[•●○◆◇■□▪▲★☆※→➢✦✔√*·\-][^\-]")
_COLON = r"[:|｜丨/]"


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("miner.layout") / "data" / "page_lines.toml").read_text("utf-8"))


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """A list of ``page_lines.toml``."""
    return tuple(_words()[section][name])


@cache
def surnames() -> frozenset[str]:
    """The family names, of one and of two characters."""
    names: set[str] = set()
    for line in (files("miner.layout") / "data" / "surnames.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            names.update(line.split() if " " in line else line)
    return frozenset(names)


def _alternatives(items: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(item) for item in sorted(items, key=len, reverse=True))


@cache
def label_pattern() -> re.Pattern[str]:
    """Finds a labelled field of a by-line (来源:…); the group says which."""
    groups = "|".join(f"(?P<{name}>{_alternatives(words('byline', name))})" for name in ("origin", "author", "staff", "time", "other"))
    return re.compile(rf"[【\[(]?(?:{groups})\s*{_COLON}\s*")


@cache
def _label_inside() -> re.Pattern[str]:
    names = [w for name in ("origin", "author", "staff", "time") for w in words("byline", name) if len(w) > 1]
    return re.compile(rf"(?:{_alternatives(names)}){_COLON}")


@cache
def furniture_start() -> re.Pattern[str]:
    """Finds the words that begin a line of furniture."""
    return re.compile(rf"(?:{_alternatives(words('furniture', 'starts'))})")


@cache
def _furniture_inside() -> re.Pattern[str]:
    return re.compile(_alternatives(words("furniture", "holds")))


@cache
def lead_pattern() -> re.Pattern[str]:
    """Finds the first words of a newspaper report at the begin of a line."""
    return re.compile(rf"[【\[(]?(?:{_alternatives(words('lead', 'starts'))})")


@cache
def _caption_start() -> re.Pattern[str]:
    return re.compile(_alternatives(words("caption", "starts")))


def is_open(text: str) -> bool:
    """Whether the text ends in the middle of a sentence: no end mark, closing quotation marks and brackets aside."""
    core = text.rstrip(_CLOSERS)
    if not core or core[-1] in END_MARKS + ":":
        return False
    return not (core[-1] in "。.!?" and len(core) < len(text))


_PADDED = re.compile(r"(?<![^\s、(])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![^\s、)])")


def join_padded(raw: str) -> str:
    """Names of two characters that are padded to the width of three (周 莉), without the padding."""
    return _PADDED.sub(r"\1\2", raw)


def is_names(raw: str) -> bool:
    """Whether a line holds names of persons and nothing else (李明 王小红)."""
    parts = re.split(r"[\s、/]+", join_padded(raw.strip(" ()\u3000")))
    return 1 <= len(parts) <= 8 and all(_is_name(part) for part in parts) and (len(parts) > 1 or len(parts[0]) <= 3)


def _is_name(part: str) -> bool:
    if not 2 <= len(part) <= 4 or not all("\u4e00" <= c <= "\u9fff" for c in part):
        return False
    return part[:2] in surnames() and len(part) > 2 if len(part) == 4 else part[0] in surnames()


def is_byline(line: Line) -> bool:
    """Whether a line tells source, author, date or staff of the report."""
    text = line.text
    if len(text) > 100 or "。" in text[:-1]:
        return False
    if _DATE_LINE.fullmatch(text) or _DATED_NOTE.fullmatch(text) or _ISSUE.fullmatch(text) or _DOCUMENT_NUMBER.fullmatch(text):
        return True
    if _USER.fullmatch(text):
        return not furniture_start().match(text)
    match = label_pattern().match(text)
    if match:
        return _label_holds(match, text[match.end() :], line)
    if len(text) <= 60 and (_SIGNED.fullmatch(line.raw) or _PARENTHESISED.fullmatch(line.raw) or (text[0] == "(" and text[-1] == ")" and is_names(line.raw)) or (_NAMED_DATE.fullmatch(text) and is_open(text) and _DAY_WITHIN.search(line.raw))):
        return True
    if len(text) <= 40 and (speaker := _SPEAKER.fullmatch(line.raw)) and is_names(speaker["names"]):
        return True
    if _MASTHEAD.search(text) and (_DAY_WITHIN.search(text) or "责编" in text or "编辑" in text) and len(text) <= 60:
        return True
    return bool(_label_inside().search(text)) and bool(_DAY_WITHIN.search(text)) and len(text) <= 80


def _label_holds(match: re.Match[str], rest: str, line: Line) -> bool:
    if match["time"] or match["other"]:
        short = match["time"] in ("时间", "日期") or match["other"] in ("名称", "报", "送", "分类", "报送", "标签", "栏目")
        return not short or not rest or bool(_DAY_WITHIN.match(rest)) or (match["other"] in ("报", "送", "报送") and len(rest) <= 60)
    if match["author"] or match["staff"]:
        return len(rest) <= 40 or bool(_label_inside().search(rest))
    return len(rest) <= 60


def is_furniture(line: Line) -> bool:
    """Whether a line is part of the page and not of a report: navigation, counters, notices, file names."""
    text, raw = line.text, line.raw
    if _COUNTER.fullmatch(text) or _RULE.fullmatch(text) or _FILE_NAME.fullmatch(raw) or _ADDRESS.fullmatch(raw) or _BUTTONS.fullmatch(raw) or _IMAGE_PLACE.fullmatch(text):
        return True
    if text in words("furniture", "standing"):
        return True
    if len(text) <= 120:
        match = furniture_start().match(raw)
        if match and (len(text) <= 60 and ("。" not in text or len(match.group()) >= 4) and _stands_alone(match, raw)):
            return True
        if "。" not in text[:-1] and _furniture_inside().search(raw):
            return True
    if _MASTHEAD.fullmatch(text) or (len(text) <= 12 and re.fullmatch(rf"\d{{1,2}}(?:{_alternatives(words('furniture', 'standing'))})", text)):
        return True
    links = len(_LINKS.findall(raw))
    return links >= 2 and len(text) <= 14 * (links + 1) and "。" not in text


def _stands_alone(match: re.Match[str], raw: str) -> bool:
    after = raw[match.end() : match.end() + 1]
    return len(match.group()) >= 4 or not ("\u4e00" <= after <= "\u9fff")


def is_image(line: Line) -> bool:
    """Whether a line stands for a picture: its file name or a place holder."""
    return bool(_IMAGE_NAME.fullmatch(line.raw) or _IMAGE_PLACE.fullmatch(line.text))


def is_caption(line: Line) -> bool:
    """Whether a line says by its own words that it belongs to a picture."""
    text = line.text
    if "caption" in line.marks:
        return True
    if len(text) > 80:
        return False
    if _caption_start().match(text) and len(text) <= 60:
        return True
    return len(text) <= 60 and text.rstrip("。").endswith(words("caption", "ends")) and "。" not in text[:-12]


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
    if any(len(mark) == 2 and mark[0] == "h" for mark in line.marks):
        return "heading"
    if is_caption(line):
        return "caption"
    if "li" in line.marks or _LIST_MARK.match(text):
        return "list_item"
    return "text"
