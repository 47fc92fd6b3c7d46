"""Which readings are dates only in a fitting place: 13日 and not 连续13日, 19:00 and not 比例1:10.

In: the text, where a reading begins and ends, and the state in which it ended. Out: whether it stands there as a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CLAUSE_START = re.compile(
    r"(?:^|[\s,。;:!?、()\[\]“”‘’\"'—|>…·】【」』「『])$"
    r"|(?:在|于|从|自|到|至|截至|截止|将|的|是|与|和|及|比|较|对|把|据|了|即|定|达|后|前|晚|年|月)$"
)
_DURATION_BEFORE = re.compile(
    r"(?:连续|为期|历时|历经|长达|用时|耗时|共|达|近|超|超过|不到|不足|不少于|余|多|满|过去|每|各|仅|只用|提前|推迟|延长|缩短"
    r"|[一二两三四五六七八九十几数半]|拘留|停工|停产|停业|停课|休息|工作|坚守|奋战|隔离|培训)$"
)
_RATIO_BEFORE = re.compile(r"(?:比|比例|比分|按|配比|以|稀释)$")
_POINTS = re.compile(r"建议|要求|意见|措施|做法|体会|希望|经验|看法|问题|不足|共识|启示|内容|特点|思考|承诺")
_EVENT_NAME = re.compile(r"特大|重大|暴雨|事故|火灾|地震|爆炸|洪|案|专案|疫情|消防|国际|国家|全国|世界|扶贫|防灾|禁毒|普法|宪法|消费者")
_UNTIL = re.compile(r"(?:^|[,。;!”\n])[到至]$")
_NUMBERED = re.compile(r"[^上下中早晚凌]")


def _clause_start(text: str, start: int) -> bool:
    return start == 0 or bool(_CLAUSE_START.search(text, max(0, start - 4), start))


def _counts(text: str, start: int) -> bool:
    """Whether the words before make a duration of the number."""
    return bool(_DURATION_BEFORE.search(text, max(0, start - 4), start))


def _lone_day(text: str, start: int, end: int, state: str) -> bool:
    """13日, 25号: a day, unless the words around make it a duration or a number."""
    if _counts(text, start) or (start and text[start - 1].isascii() and text[start - 1].isalnum()):
        return False
    unit = next((character for character in text[start:end] if character in "日号"), "日")
    digits = text[start].isdigit()
    if unit == "日" and digits:
        return True
    if not _clause_start(text, start):
        return False
    if state != "day":
        return True
    followed = end == len(text) or text[end] in ",。;、至到起前后晚早-—~(" or (unit == "号" and digits and not _NUMBERED.match(text, end))
    return followed and (digits or end - start > 2)


def _lone_clock(text: str, start: int, end: int, state: str) -> bool:
    """19:00, 18时许: a time of the day, unless it is a ratio or a list of points."""
    written = text[start:end]
    if ":" in written:
        before = text[start - 1] if start else ""
        joined = before in (":", "-", ".") or (before.isascii() and before.isalpha())
        return not joined and not _RATIO_BEFORE.search(text, max(0, start - 3), start)
    if not written[0].isdigit():
        return "时" in written and written[-1] in "半整许分" and _clause_start(text, start)
    if _counts(text, start):
        return False
    if "时" in written or written[-1] in "半整许钟右":
        return True
    return _clause_start(text, start) and not _POINTS.match(text, end) and end < len(text) and text[end] in "至到起左开,前后-"


def _lone_daypart(text: str, start: int, end: int, state: str) -> bool:
    """傍晚, 上午, 到中午: alone only at the head of a clause, before a comma; with a clock time anywhere."""
    head = not start or text[start - 1] in ",。;!”\n" or bool(_UNTIL.search(text, max(0, start - 2), start))
    return state == "clock" or (head and text[end : end + 1] == ",")


def _lone_span(text: str, start: int, end: int, state: str) -> bool:
    """三天前, 近三年: counted from today, unless words before make it a duration."""
    return _clause_start(text, start) and not _counts(text, start)


def _lone_month(text: str, start: int, end: int, state: str) -> bool:
    """一月: a month if it is not 一月一次; digits always."""
    if text[start].isdigit() or state != "month":
        return True
    after = text[end : end + 1]
    if _clause_start(text, start):
        return after not in ("一", "内", "之", "两", "三", "有", "多")
    return after in ("", ",", "。", "、", ")") and not _counts(text, start)


def _past_year(text: str, start: int, end: int, state: str) -> bool:
    """一年来, unless it is the end of a longer numeral."""
    return not (start and text[start - 1] in "零〇一二三四五六七八九十百千几多余0123456789")


def _lone_weekday(text: str, start: int, end: int, state: str) -> bool:
    """星期天 inside a name in quotation marks is no day."""
    return text[end : end + 1] not in ("”", "’", "刊", "报")


def _lone_part(text: str, start: int, end: int, state: str) -> bool:
    """年底, 月初 stand for those of this year or month."""
    return start == 0 or text[start - 1] not in "每多半几数整0123456789一二两三四五六七八九十"


def _lone_event(text: str, start: int, end: int, state: str) -> bool:
    """7·20: a day that names an event, in quotation marks or before its name."""
    quoted = bool(start) and text[start - 1] in '“‘"' and text[end : end + 1] in ("”", "’", '"')
    return quoted or bool(_EVENT_NAME.match(text, end))


def _never(text: str, start: int, end: int, state: str) -> bool:
    """第一周, 春季, 首月 need a year or month before them."""
    return False


#: Kinds that are dates only in a fitting place.
CONTEXTS: dict[str, Callable[[str, int, int, str], bool]] = {
    **dict.fromkeys(("day", "hday", "days"), _lone_day),
    **dict.fromkeys(("clock", "hclock"), _lone_clock),
    **dict.fromkeys(("nspan", "hspan", "relspan", "hmd", "chu"), _lone_span),
    **dict.fromkeys(("hmonth", "hmonths"), _lone_month),
    **dict.fromkeys(("weekday", "weekend"), _lone_weekday),
    **dict.fromkeys(("yearpart", "monthpart"), _lone_part),
    **dict.fromkeys(("ordinal", "firstmonth", "yearseason", "tenday"), _never),
    **dict.fromkeys(("word:part", "evening"), _lone_daypart),
    "pastyear": _past_year,
    "event": _lone_event,
}
