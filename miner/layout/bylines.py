"""By-lines: the lines that tell source, author, date and staff of a report.

In: a line. Out: whether it is one, and its parts. The labels are in ``data/page_lines.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from miner.layout.lines import Line
from miner.layout.wording import alternatives, openers, surnames, words

HAN = r"\u4e00-\u9fff\u3400-\u4dbf〇"
_FIGURES = "〇零一二三四五六七八九十"
DAY = (
    rf"(?:(?:19|20)\d\d(?:[-./]|年/?)\d{{1,2}}(?:[-./]|月/?)\d{{1,2}}日?"
    rf"|[一二][{_FIGURES}]{{3}}年[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日)"
)
_CLOCK = r"(?:[T ]?\d{1,2}(?:时(?!\d)|[:时]\d{1,2})(?:[:分]\d{1,2}秒?|分)?|(?:上午|下午|晚上|凌晨)\d{1,2}[:时点]\d{0,2}分?)"
_WEEK_DAY = r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?"
_LUNAR = rf"(?:(?:农历)?[{HAN}]{{0,6}}[初十廿][一二三四五六七八九十])"
_DATE_LINE = re.compile(rf"[(\[【]?{DAY}{_CLOCK}?(?:{_WEEK_DAY})?{_CLOCK}?[)\]】]?{_LUNAR}?")
_DAY_WITHIN = re.compile(DAY)
_NAMED_DATE = re.compile(rf"[^。,;!?:]{{1,24}}?{DAY}{_CLOCK}?(?:发布|发表|更新|印发|编印|编|制)?")
_DATED_NOTE = re.compile(rf"\([^()]{{0,20}}{DAY}[^()]{{0,24}}\)")
_PERIOD = re.compile(rf"(?:(?:19|20)\d\d|[一二][{_FIGURES}]{{3}})年(?:度|上半年|下半年|第?[一二三四1-4]季度|\d{{1,2}}月份?(?:[-—至]\d{{1,2}}月份?)?)")
# a comma after the day mostly begins a sentence (2021年8月6日,市水利局…), so there a page's own words must follow
_DATE_FIRST = re.compile(rf"[(\[]?{DAY}(?:(?:\s|$|\||星期|周[一二三四五六日]|农历)[^。]{{0,50}}|,\s*(?:星期|周[一二三四五六日]|农历|第)[^。]{{0,30}})")
_POSTED = re.compile(rf"(?:发表|发布|更新|刊登|刊发|编辑)于{DAY}.{{0,30}}")
#: 03-02 16:40 编辑:阿珠: month and day in figures, the year left out.
_SHORT_DAY = re.compile(r"(?<![\d\-/.])(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![-/.\d])(?P<clock>\s{0,2}\d{1,2}:\d\d)?")
_WRITTEN = re.compile("作者|来源|记者|编辑|发布|浏览|通讯员|阅读|抓取")
_MASTHEAD = re.compile(rf"第?[A-Z]?(?:\d{{1,3}}|[{_FIGURES}]{{1,3}})版")
_MONTH_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_ISSUE_NUMBER = rf"[{_FIGURES}百\d]{{1,5}}期"
_ISSUE = re.compile(rf"[(]?(?:总|本年|今年|年)?第?{_ISSUE_NUMBER}[)]?(?:[(]总第?\d{{1,5}}期[)])?")
_DOCUMENT_NUMBER = re.compile(rf"[{HAN}A-Z]{{2,20}}[〔\[(【](?:19|20)\d\d[〕\])】](?:第)?\d{{1,5}}号")
_USER = re.compile(rf"[{HAN}A-Za-z_]{{1,8}}\d{{5,}}")
_MEDIUM = "(?:本报|本网|本台|本刊|首席|见习|实习|特约|全媒体|融媒体|融媒)"
_SIGNED = re.compile(
    rf"[(]?{_MEDIUM}{{0,3}}(?:记者|通讯员|实习生|撰稿人|作者)[{HAN}A-Za-z ·、/]{{2,60}}(?:文/?图?|报道|摄影报道|图文|文并摄)?[)]?"
)
_POST = "[长记任员师授事局院厅委会所科办部组队心校司道镇乡处站社学园馆厂店业]"
_SPEAKER = re.compile(rf"[{HAN}]{{2,30}}{_POST}\s+(?P<names>[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{1,4}}){{0,4}})")
_PARENTHESISED = re.compile(r"\([^()。,]{0,16}(?:供稿|报道|来源|作者|撰稿|记者|通讯员)[^()。]{0,30}\)")
_COLON = r"[:|｜丨/]"
_COLON_NEAR = re.compile(rf".{{1,9}}?\s?{_COLON}")
_TELLING = re.compile(r"[\d(:|｜丨/期号年版]|记者|通讯员|作者|撰稿|实习生")
_PADDED = re.compile(r"(?<![^\s、(])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![^\s、)])")
_LOOSE_LABELS = {"时间", "日期", "名称", "报", "送", "报送", "分类", "标签", "栏目"}  # these begin ordinary lines too (时间:2月3日,地点:…)


@cache
def label_pattern() -> re.Pattern[str]:
    """Finds a labelled field of a by-line (来源:…); the group says which: origin, author, staff, time, other."""
    groups = "|".join(f"(?P<{name}>{alternatives(words('byline', name))})" for name in ("origin", "author", "staff", "time", "other"))
    return re.compile(rf"[【\[(]?(?:{groups})\s*{_COLON}\s*")


@cache
def _label_inside() -> re.Pattern[str]:
    names = [word for name in ("origin", "author", "staff", "time") for word in words("byline", name) if len(word) > 1]
    return re.compile(rf"(?:{alternatives(names)}){_COLON}")


def join_padded(raw: str) -> str:
    """Names of two characters that are padded to the width of three (周 莉), without the padding."""
    return _PADDED.sub(r"\1\2", raw)


@cache
def _first_characters() -> frozenset[str]:
    return frozenset(name[0] for name in surnames())


def is_names(raw: str) -> bool:
    """Whether a line holds names of persons and nothing else (李明 王小红)."""
    if len(raw) > 60 or raw.lstrip(" (\u3000")[:1] not in _first_characters():
        return False
    parts = re.split(r"[\s、/]+", join_padded(raw.strip(" ()\u3000")))
    return 1 <= len(parts) <= 8 and all(_is_name(part) for part in parts)


def _is_name(part: str) -> bool:
    if not 2 <= len(part) <= 4 or not all("\u4e00" <= c <= "\u9fff" for c in part):
        return False
    return part[:2] in surnames() if len(part) == 4 else part[0] in surnames()


def is_byline(line: Line) -> bool:
    """Whether a line tells source, author, date or staff of the report."""
    text, raw = line.text, line.raw
    if len(text) > 100 or "。" in text[:-1]:
        return False
    if len(raw) == len(text) and not _TELLING.search(text):
        return False
    if _COLON_NEAR.match(text) and (match := label_pattern().match(text)):
        return _label_holds(match, text[match.end() :])
    return _is_date(text, raw) or _is_signature(text, raw) or _is_masthead(text)


def _is_date(text: str, raw: str) -> bool:
    if _ISSUE.fullmatch(text) or _DOCUMENT_NUMBER.fullmatch(text) or _PERIOD.fullmatch(text):
        return True
    if len(text) <= 80 and "-" in raw and (short := _SHORT_DAY.search(raw)) and (short["clock"] or _WRITTEN.search(text)):
        return "。" not in text
    if not _DAY_WITHIN.search(text):
        return False
    if _DATE_LINE.fullmatch(text) or _POSTED.fullmatch(text) or _DATED_NOTE.fullmatch(text) or (len(text) <= 80 and _label_inside().search(text)):
        return True
    if len(text) <= 80 and (_DATE_FIRST.fullmatch(raw) or (("|" in text or " " in raw) and _WRITTEN.search(text))):
        return True
    return len(text) <= 60 and _NAMED_DATE.fullmatch(text) is not None and _DAY_WITHIN.search(raw) is not None


def _is_signature(text: str, raw: str) -> bool:
    if len(text) > 60:
        return False
    if _USER.fullmatch(text):
        return not openers("furniture").match(text)
    if _SIGNED.fullmatch(raw.lstrip("□■●◆◎▲△◇○ ")) or _PARENTHESISED.fullmatch(raw) or (text[0] == "(" and text[-1] == ")" and is_names(raw)):
        return True
    speaker = _SPEAKER.fullmatch(raw) if len(text) <= 40 and len(raw) > len(text) else None
    return speaker is not None and is_names(speaker["names"])


def _is_masthead(text: str) -> bool:
    """Whether it is the head of a newspaper page: its number and its date or editor (第2版 2011年4月22日 责编 刘慧)."""
    if len(text) > 60 or not _MASTHEAD.search(text):
        return False
    return _MONTH_DAY.search(text) is not None or _DAY_WITHIN.search(text) is not None or "责编" in text or "编辑" in text


def _label_holds(match: re.Match[str], rest: str) -> bool:
    if match["time"] or match["other"]:
        loose = (match["time"] or match["other"]) in _LOOSE_LABELS
        return not loose or not rest or _DAY_WITHIN.match(rest) is not None or (match["other"] in ("报", "送", "报送") and len(rest) <= 60)
    if match["author"] or match["staff"]:
        return len(rest) <= 40 or _label_inside().search(rest) is not None
    return len(rest) <= 60


def tells_origin(text: str) -> bool:
    """Whether a short piece of text tells source, author or date."""
    return len(text) <= 100 and bool(label_pattern().match(text) or _label_inside().search(text) or _DAY_WITHIN.search(text))
