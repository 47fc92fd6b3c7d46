"""Where a name may stand: every head of an institution name, with the places left of it where the name may begin.

In: clean text and the lexicon. Out: :class:`Candidate` objects, ascending by end. Nothing is decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from miner.components.organisations.lexicon import NAMING, Head, Lexicon
from miner.components.organisations.local import Local

MAX_LENGTH = 34
MAX_WORDS = 11
BEYOND = 8
BRANDING = frozenset("uedDab")
"""Classes of words that a firm's proper name is made of."""
_BY = 30  # characters that may say by whom or under whom a body is set up
_OPENING = {"”": "“", ")": "(", "》": "《", "』": "『", "」": "「", "’": "‘", '"': '"'}
_TIMES = frozenset("年月日时点")
_COUNTED = frozenset("年月日时点岁人名个位家户台辆件批次万亿元吨亩天")
"""What follows a number that counts or dates: no name holds it (none of the 18,158 organisations marked in training)."""
_BROKEN = re.compile("[\n,，。!?！？;；:：]")  # what no quoted or bracketed part of a name holds
_NUMERALS = frozenset("一二三四五六七八九十百千万两")
_LANDMARKS = frozenset("道里河江山沟岭岔湾塘桥井泉坪台堡盘团合元门星和川角棵")  # second characters of names that begin with a numeral (三道沟, 五里堆)
_FIRMS = ("公司", "有限", "集团", "股份")
_ROOMS = frozenset(("食堂", "体育馆", "停车场"))  # parts of the body named right before: 水洛小学食堂
_GOING = frozenset("到去给")  # soft characters that end no proper name: right before a head they govern it (送到社区)
_CENTRE, _RULERS, _OF_WORK = "中心", frozenset("委府"), frozenset(("人", "组", "站", "室"))
GOVERNMENT = "政府"
_PLACE_ENDS = frozenset("省市区县州旗盟镇乡村道")
_PLACED = (["D"], ["d"], ["Z"])
_OFFICES = frozenset("局委厅办")
_ASKED = re.compile("应[县市区州旗].{1,16}?(?:请求|邀请|邀约|要求|申请|之邀|之请)")
_PROPER = (["u"], ["e"], ["d"])
_NAMED = (["D"], ["d"], ["u"], ["e"])
_TOWN_ENDS, _COUNTY_LEVELS = frozenset("镇乡村道"), frozenset("省市区县州旗")
_VILLAGE = ("社区", "村")
_BRANCHES = tuple(NAMING["branch office"])
_DIVISION = Head("", "government", "division")
_STREET = Head("", "community", "division")


@dataclass(slots=True)
class Candidate:
    """One head and what stands before it.

    Attributes
    ----------
    head_start, end
        Where the head stands; for a division by itself `head_start` is the division's beginning.
    head
        The head; its kind is ``division`` where a division stands by itself (建华区).
    starts, classes
        Beginnings of the words before the head, nearest first, and their classes (see :mod:`.lexicon`; Q quoted, B in brackets, O ordinal,
        0 digits or Latin letters, u an unknown character). A name may begin at any of `starts` or at `head_start`.
    stop
        Class of the word left of the last of `starts`, ``f`` if it sets a body up (成立), ``|`` for punctuation or a block's edge.
    parted
        Whether white space that the clean text has not stands right behind it.
    likely, plausible
        How many words the rules would take, and whether they hold the result for a definite body (see :mod:`.rules`).
    """

    head_start: int
    end: int
    head: Head
    starts: list[int]
    classes: str
    stop: str
    parted: bool = False
    likely: int = 0
    plausible: bool = False


def find_candidates(text: str, lexicon: Lexicon, local: Local, start: int = 0, end: int | None = None,
                    gaps: frozenset[int] = frozenset()) -> list[Candidate]:
    """Every candidate in ``text[start:end]``.

    Parameters
    ----------
    text
        Clean text.
    lexicon
        The word lists.
    local
        Words of this report alone (divisions that no gazetteer knows), word → class.
    start, end
        The stretch to look at; names do not cross its edges.
    gaps
        Where the source has white space (:meth:`~miner.layout.Layout.gaps`): a name that has begun with its division does not go on across one.
    """
    end = len(text) if end is None else end
    classes, longest, continued = lexicon.classes, lexicon.longest, lexicon.continued
    found: list[Candidate] = []
    for match in lexicon.ends.finditer(text, start, end):
        stop = match.end()
        head = lexicon.head_ending_at(text, stop)
        first = stop - len(head.text) if head else stop
        if (head is None or head.kind == "place") and text[stop - 1] in _PLACE_ENDS:
            name = _division_ending_at(text, stop, start, classes, longest, local)
            if name:
                head, first = _STREET if text[stop - 2 : stop] == "街道" else _DIVISION, stop - name
        if head is None or first < start or (text[stop - 1 : stop + 1] in continued and text[stop : stop + 2] not in lexicon.resumed):
            continue
        if head.text == _CENTRE and text[first - 1] in _RULERS and text.startswith("工作", stop) and text[stop + 2 : stop + 3] not in _OF_WORK:
            continue  # 县委、县政府中心工作
        if head.text == GOVERNMENT and text[first - 1] != "委" and text.startswith(lexicon.governmental, stop) and lexicon.head_ending_at(text, first):
            continue  # 县教育局|政府信息公开, but 镇党委政府采购物资
        if head.text == "室" and lexicon.following.get(text[stop - 3 : stop]) == "spot":
            continue  # 县水利局|值班室
        if head.text in _ROOMS and lexicon.head_ending_at(text, first):
            continue
        if head.text.startswith("街道") and _division_ending_at(text, first + 2, start, classes, longest, local):
            first += 2
        if head.kind == "brand" and (first - 2 < start or word_ending_at(text, first, start, classes, longest, local)[0] not in BRANDING
                                     or _goes_on(text, stop, classes)):
            continue
        starts, kinds, stopped = walk(text, first, start, lexicon, local, gaps, head.type == "company")
        found.append(Candidate(first, stop, head, starts, kinds, stopped, stop in gaps))
    return found


def _goes_on(text: str, end: int, classes: dict[str, str]) -> bool:
    """Whether a firm's trade goes on to the word for firm (恒泽汽车零部件公司): it does not go by the trade alone."""
    return text.startswith(_FIRMS, end) or any(text.startswith(_FIRMS, end + size) and classes.get(text[end : end + size], "u") in "Fn" for size in (2, 3, 4))


def _division_ending_at(text: str, end: int, floor: int, classes: dict[str, str], longest: dict[str, int], local: Local) -> int:
    size = min(longest.get(text[end - 2 : end], 0), end - floor)
    while size > 1 and (classes.get(text[end - size : end]) != "D" or _is_cut(text, end, size, classes)):
        size -= 1
    if local:
        for longer in local.sizes:
            if longer > size and local.get(text[max(end - longer, floor) : end]) == "D":
                return longer
    return size if size > 1 else 0


def _is_cut(text: str, end: int, size: int, classes: dict[str, str]) -> bool:
    """Whether a division before `end` begins inside another word.

    A county of one character in a verb or in another division's name (责成县教育局, 安宁县), 分乡镇 in 部分乡镇, 肃宁县 in 甘肃宁县,
    应 in 应县公安局请求.
    """
    start = end - size
    if text[start] == "应" and size == 2 and _ASKED.match(text, start):
        return True
    kind = classes.get(text[start - 1 : start + 1], "u") if start else "u"
    if kind == "d":
        return classes.get(text[start - 2 : start], "u") not in "dD" if size == 2 else classes.get(text[start + 1 : end]) == "D"
    return kind in "vwp" if size == 2 else kind == "p"


def walk(text: str, at: int, floor: int, lexicon: Lexicon, local: Local, gaps: frozenset[int] = frozenset(),
         firm: bool = False) -> tuple[list[int], str, str]:
    """The words left of `at`, nearest first, by longest match backwards: (beginnings, classes, class of what stopped the walk).

    `firm`: whether a firm's head stands at `at`. A firm's name does not go on across an office to what the office does (市发展改革委|致信集团).
    """
    classes, longest, following = lexicon.classes, lexicon.longest, lexicon.following
    starts: list[int] = []
    found: list[str] = []
    floor = max(floor, at - MAX_LENGTH)
    position = at
    while position > floor and len(starts) < MAX_WORDS:
        kind, size = word_ending_at(text, position, floor, classes, longest, local)
        kept = _bound(text, position, starts[-2] if len(starts) > 1 else at, kind, size, found, lexicon, position in gaps)
        if kept is not None:
            return starts[:kept], "".join(found[:kept]), "|"
        if found and size == 2 and text[position - 2 : position] == "所在":
            kind, size = "p", 1  # 城关所|在惠民购物广场, but 所在社区
        if firm and found and found[-1] in "uv" and text[position - 1] in _OFFICES and _ends_body(text, position, lexicon):
            return starts, "".join(found), "v"
        if kind == "v" and found[-1:] in _PROPER and _ends_body(text, position - size, lexicon):
            return starts, "".join(found), kind  # 县林业局支持|红岭核桃合作社
        if _is_given_name(text, position, floor, kind, found, lexicon):
            kind, size = "u", 2  # 和平|社区
        if kind == "p" and text[position - 1] == "和" and _is_brand(text, position - 2, floor, lexicon):
            kind, size = "u", 2  # 惠和|物业
        if kind in "den" and size > 1 and text[position - size] in "和与" and position - size > floor and _ends_body(text, position - size, lexicon):
            kind, size = "u", size - 1
        if kind == "p" and not found and text[position - size : position] in lexicon.functional and lexicon.heads.get(text[at : at + 1]):
            kind = "F"  # 督查|科
        elif kind == "p":
            kind, size = _inside(text, at, position, size, found, classes)
        elif size > 1 and found and found[-1] == "u" and text[position] != "办" and following.get(text[position - size : position]) == "post":
            kind = "p"  # 总经理郁建国站在门口: behind a post stands a person
        if kind in "p|":
            if kind == "|" and starts and position in starts and text[position] in _COUNTED and text[position - 1].isdecimal():
                return starts[:-1], "".join(found[:-1]), kind  # 5人|医疗队
            if kind == "|" or size > 1 or "s" in found or text[position - 1] not in lexicon.soft:
                return starts, "".join(found), "f" if kind == "p" and _is_founding(text, position, size, lexicon) else kind
            if _ends_body(text, position - 1, lexicon) or (position == at and text[at - 1] in _GOING):
                return starts, "".join(found), kind
            if text[position - 1] in "和与" and not _between_functions(text, position - 1, floor, "".join(found), lexicon, local):
                return starts, "".join(found), kind
            kind, floor = "s", max(floor, position - BEYOND)
        position -= size
        starts.append(position)
        found.append(kind)
    return starts, "".join(found), "|" if position <= 0 or text[position - 1] == "\n" else "_"


def _is_given_name(text: str, end: int, floor: int, kind: str, found: list[str], lexicon: Lexicon) -> bool:
    """Whether the ordinary word before `end` is the name of the village, school or station that follows.

    It is one that they are named with, at the beginning of a clause or behind a place or a word that no name begins with; or any noun between a town
    and its village (玉山镇|状元|村党支部).
    """
    if kind in "DdHR" or end - 2 < floor or not text.startswith(lexicon.named_so, end) or (found and found[-1] != "L"):
        return False
    before = text[end - 3 : end - 2]
    if text[end - 2 : end] in lexicon.given:
        return before in _PLACE_ENDS or not "\u4e00" <= before <= "\u9fff" or lexicon.classes.get(before) == "p" or (
            lexicon.classes.get(text[end - 4 : end - 2]) in ("p", "v", "w"))
    return kind in "na" and before in _TOWN_ENDS and text.startswith(_VILLAGE, end) and lexicon.classes.get(text[end - 2 : end]) == kind


def _is_brand(text: str, start: int, floor: int, lexicon: Lexicon) -> bool:
    """Whether 和 makes a firm's name with the one character before it (惠和物业): that character opens a clause and is one that firms are named with."""
    if start < floor or text[start] not in lexicon.auspicious:
        return False
    before = text[start - 1 : start]
    return not "\u4e00" <= before <= "\u9fff" or lexicon.classes.get(before) == "p" or lexicon.classes.get(text[start - 2 : start]) in ("p", "v")


def _bound(text: str, end: int, next_end: int, kind: str, size: int, found: list[str], lexicon: Lexicon, parted: bool) -> int | None:
    """How many of the words found make the longest name that begins at `end`, where it cannot begin further left; None where it may.

    The word to the left is of `kind` and `size`, the one found last ends at `next_end`; `parted`: the source has white space between them.
    """
    if text[end - 1] in _TIMES and text[end - 2 : end - 1].isdecimal():
        return len(found) - (found[-1:] == ["u"] and text[end] == "起")  # 2月11日起|医务科
    if parted and (kind in "vwpH" or (found[-1:] in _PLACED and kind not in "Ddb")):
        return len(found)  # 战高温 保供水 宜春水务集团
    if not found or kind in "p|":
        return None
    if kind == "R" and found[-1] == "L" and text[end] in _COUNTY_LEVELS and found[-2:-1] in _NAMED:
        return len(found) - 1  # 我县|城关镇政府
    return len(found) if _begins(text, end, next_end, kind, size, found, lexicon) else None


def _begins(text: str, end: int, next_end: int, kind: str, size: int, found: list[str], lexicon: Lexicon) -> bool:
    """Whether a name begins at `end`, whatever the word to the left is: 督导|石泉县教育局, 消息后|县教育局, 我县|石泉县教育局.

    What stands before a division in full inside a name is a larger division, a body, a firm of the whole country.
    """
    before, last = text[end - 1], found[-1]
    if kind == "L" and last == "D" and text.startswith(_BRANCHES, next_end):
        return False  # 内江市生态环境局|东兴区分局
    if before == "后" and kind == "u":
        return lexicon.classes.get(text[end - 3 : end - 1], "u") in "vwn"
    if last == "D" and next_end - end > 2:
        if kind == "u":
            return before in lexicon.fore
        return kind in "vwaR" and size > 1 if text[next_end - 1] in _TOWN_ENDS else kind in "vwanFLR"
    return last == "L" and size > 1 and kind in "vw" and found[-2:-1] in (["F"], ["H"]) and text[end] in _COUNTY_LEVELS


def _inside(text: str, at: int, end: int, size: int, found: list[str], classes: dict[str, str]) -> tuple[str, int]:
    """Class and size of a word that begins no name but may stand in one: 湖南中锂传媒 is no 南中, 市纪委监委派驻市住建局纪检监察组."""
    if text[end - 1] == "中" and found and found[-1] == "u" and classes.get(text[end - 3 : end - 1]) == "d":
        return "u", 1
    return "w" if size == 2 and text.startswith("派驻", end - 2) and text.startswith("纪检", at) else "p", size


def _ends_body(text: str, end: int, lexicon: Lexicon) -> bool:
    """Whether a head or a division ends at `end`: 和 after it joins two bodies (县医院和龙垭镇卫生院), it begins no place (和龙)."""
    return lexicon.head_ending_at(text, end) is not None or lexicon.classes.get(text[end - 3 : end]) == "D"


def _is_founding(text: str, end: int, size: int, lexicon: Lexicon) -> bool:
    """Whether the word of `size` characters before `end` sets a body up (成立, 成立了, 成立由院长任组长的)."""
    if text[end - 1] == "的":
        by = max(text.rfind("由", max(end - _BY, 0), end), text.rfind("以", max(end - _BY, 0), end))
        return by > 1 and not _BROKEN.search(text, by, end) and lexicon.leading.get(text[by - 2 : by]) == "founded"
    end, size = (end - 1, 2) if text[end - 1] == "了" else (end, size)
    return lexicon.leading.get(text[end - size : end]) == "founded"


def _between_functions(text: str, at: int, floor: int, right: str, lexicon: Lexicon, local: Local) -> bool:
    """Whether 和 or 与 at `at` joins two functions of one body (文化和旅游局) rather than two bodies."""
    if right.strip("F") or at <= floor:
        return False
    kind, size = word_ending_at(text, at, floor, lexicon.classes, lexicon.longest, local)
    return kind == "F" and text[at - size : at] not in lexicon.heads


def word_ending_at(text: str, end: int, floor: int, classes: dict[str, str], longest: dict[str, int], local: Local) -> tuple[str, int]:
    """Class and length of the longest known word that ends at `end`."""
    character = text[end - 1]
    if not "\u4e00" <= character <= "\u9fff":
        return _other_ending_at(text, end, floor)
    if local:
        for size in local.sizes:
            if end - size >= floor and text[end - size : end] in local:
                return local[text[end - size : end]], size
    size = longest.get(text[end - 2 : end], 0)
    if size > end - floor:
        size = end - floor
    while size > 1:
        word = text[end - size : end]
        kind = classes.get(word)
        if (kind == "D" or (kind == "e" and size == 2 and word[1] in _PLACE_ENDS)) and _is_cut(text, end, size, classes):
            kind = None
        if word[0] == "中" and text[end - size - 1 : end - size + 1] == "其中":
            kind = None  # 其中华岳公司捐款: no 中华
        if kind is not None:
            return ("u" if kind == "p" and size == 2 and word[0] in _NUMERALS and word[1] in _LANDMARKS else kind), size
        size -= 1
    if character in "一二三四五六七八九十" and end - 2 >= floor and text[end - 2] == "第":
        return "O", 2
    if character == "员" and end - 3 >= floor and classes.get(text[end - 3 : end - 1], "u") in "FHvwn":
        return "p", 3  # 宣传员, 网格员: a person begins no name
    return classes.get(character, "u"), 1


def _other_ending_at(text: str, end: int, floor: int) -> tuple[str, int]:
    """A quoted or bracketed piece, or a run of digits and letters."""
    character = text[end - 1]
    if character in _OPENING:
        opening = text.rfind(_OPENING[character], max(floor, end - 16), end - 1)
        if opening >= 0 and not _BROKEN.search(text, opening, end):
            inside = text[opening + 1 : end - 1]
            if character == ")" and (end - opening < 4 or inside.isdecimal() or "称" in inside or _NUMERALS.issuperset(inside)):
                return "|", 1
            return ("B" if character == ")" else "Q"), end - opening
        return "|", 1
    if character.isalnum() or character in "·-":
        start = end
        while start > floor and end - start < 12 and ((text[start - 1].isascii() and text[start - 1].isalnum()) or text[start - 1] in "·-"):
            start -= 1
        if start < end and text[start:end].isdecimal() and text[end : end + 1] in _COUNTED and text[start - 1 : start] != "第":
            return "|", 1  # 率5人|专家组, 2月11日起|医务科
        if start < end:
            return ("O" if start > floor and text[start - 1] == "第" else "0"), end - start + (1 if start > floor and text[start - 1] == "第" else 0)
    return "|", 1
