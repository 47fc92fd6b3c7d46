"""The page's own date: what the page says of the day it was published.

In: the layout and the expressions found. Out: candidates, each with its place, its weight and the reason; :mod:`miner.components.dates.year` weighs them
against the calendar. A newspaper's 2月13日 without a year is a candidate too: the solver finds its year.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from miner.components.dates import calendar as cal
from miner.components.dates.expressions import Expression
from miner.layout.model import Block, Layout

#: Weights: how far a statement is to be believed before the calendar has been asked.
LABELLED, SIGNED, BYLINE, MASTHEAD, UNSURE, LINE, NAME, STAMP, CURRENT = 5.0, 5.0, 4.0, 3.0, 2.9, 1.0, 3.5, 3.5, 0.0

PICTURE = "day a picture was taken"
_LABEL = re.compile(
    r"(?:发布时间|发布日期|发表时间|发表日期|发文日期|成文日期|生成日期|印发日期|发稿时间|刊发时间|更新时间|更新日期|录入时间|添加时间|公开日期|填报日期|填表日期|报送日期|"
    r"时间|日期|来源|信息来源|稿源|编辑|作者|发布者|发布机构)[^。\n]{0,40}$|(?:发布|印发)于$"
)
_CURRENT = re.compile(
    r"(?:今天是?|今日是?|现在是?|(?:当前|现在|系统|服务器|北京|本地)(?:时间|日期)|(?:网页)?快照(?:时间|日期|于)?|(?:抓取|采集|访问|打印|导出|下载|查询|浏览|检索|缓存)(?:时间|日期|于)?|欢迎(?:您|访问|光临)[^。\n]{0,20})[::,!]?$"
)
_WIDGET = re.compile(r"^[^\n]{0,8}(?:欢迎|您好|天气|气温|空气|今日浏览|\|?简体|\|?繁体|-?\d+℃|多云|晴|阴|小雨|\|?登录|\|?设为|\|?加入收藏|手机版)")
#: 农历 beside the day stands in the heads of newspapers and in the calendars of web pages.
_ALMANAC = re.compile(r"^[^\n]{0,8}农历")
_TODAY = re.compile(r"(?:^|[。!?\n,“])今[天日](?:是|,|\(|:)?$")
_TODAY_NOT = re.compile(r"[^。\n]{0,30}”")
_NAVIGATION = re.compile(r"首页|设为|收藏|登录|注册|手机版|(?:手机|移动)客户端|客户端下载|[|·>]\s?客户端|无障碍|简体|繁体|RSS|天气|空气质量|搜索")
_NOT_PAGE = re.compile(
    r"(?:备案|版权(?:所有)?|保质期?|到期|开工|竣工|发证|立案|受理|报案|出厂|入院|入职|有效期|截[至止]|生效|施行|出生)(?:时间|日期)?[::]?[^。\n]{0,12}$"
    r"|(?:生产|购买|会议(?!上)|活动|开始|结束|报名|检查|实施|采样|抽样|验收|中标|考试|接种)(?:(?:时间|日期)[::]?[^。\n]{0,12}|[::]?[^。\n]{0,3})$|©[^\n]{0,30}$|Copyright[^\n]{0,30}$",
    re.I,
)
#: 公示期自1月31日至2月6日: a notice is put up on the first of its days.
_NOTICE = re.compile(r"公示(?:期|时间|期限)[为是:]?[自从]?$")
_ISSUED = re.compile(r"^(?:印发|发布|公布|印(?!象)|编发)")
_WIRE = re.compile(r"^(?:电|讯|消息)[\s())]?")
_ABOUT = re.compile(r"关于|[自从在于至到]$|《")
#: 12月13日 校团委: a signature with the body behind the day.
_SIGNER = re.compile(r" ?(?:于|写于)?[\u4e00-\u9fff]{2,12}(?:局|委|会|办|科|室|队|所|站|院|校|厂|社|部|组|处|中心|公司|政府|政)?")
_SHORT = re.compile(r"(?:发布时间|发布日期|更新时间|更新日期|日期|时间)[::] ?(?P<m>0?[1-9]|1[0-2])[-/](?P<d>0?[1-9]|[12]\d|3[01])(?![-/.:\d])")
_OWN = re.compile(r"来源|作者|编辑|记者|通讯员|发布|发表|责编")
#: 编辑:阿珠 03-02 16:40 热度:352: month and day without a year in the line under the title.
_MONTH_DAY = re.compile(r"(?<![\d\-/.:年])(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![-/.:\d]*-)(?!\d)(?P<c> {0,2}[0-2]?\d:[0-5]\d)?")
_FIRST_LINES = 1200
_BESIDE = re.compile(r"来源|编辑|编审|作者|发布|浏览|点击|热度|阅读|记者|通讯员|字[号体]|打印|责编|人气|次数|评论")
#: 2020年2月3日10:30,执法队…: the moment of a deed.
_TOLD = re.compile(r"(?:许|左右)?,[\u4e00-\u9fff“]")
_BARE = re.compile(r"[ ()|,:\d]*(?:(?:星期|周|礼拜)[一二三四五六日天])?[ ()|,:\d]*")
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_SHEET = re.compile(
    r"(?:日|晚|晨|时|周|早|都市|快|商|工人|青年|农民|法制|法治)报(?!道|告|名|送|警)|晨刊|特刊|周刊|专刊|导报"
    r"|第?[A-Z]?\d{1,2}版|[A-Z]\d{1,2}版|总第|第\d+期|第[一二三四五六七八九十]+版|·[^,。]{1,6}版"
)
_NAME = re.compile(r"(?P<y>20[0-3]\d)[-_/]?(?P<m>0[1-9]|1[0-2])[-_/]?(?P<d>0[1-9]|[12]\d|3[01])(?:(?!\d)|(?=(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)))")
#: Names that cameras and telephones give: the day of the picture, not that of the page.
_PICTURE = re.compile(r"(?:微信图片|IMG|DSC|WX|mmexport|Screenshot|QQ图片|MVIMG|VID)_?$", re.I)
_ADDRESS = re.compile(r"(?<=/)(?P<y>20[0-3]\d)[-/](?P<m>0?[1-9]|1[0-2])[-/](?P<d>0?[1-9]|[12]\d|3[01])(?=/)")
_STAMP = re.compile(r"(?<![\w.])(?P<s>1[0-9]{9})(?:\d{3})?(?:\(\d+\))?\.(?:png|jpe?g|gif|webp|bmp)", re.I)
_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|bmp|s?html?|docx?|pdf)", re.I)
_FILE = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z_]{0,12}20[0-3]\d[-_/]?(?:0[1-9]|1[0-2])[-_/]?(?:0[1-9]|[12]\d|3[01])[A-Za-z0-9_./\-]{0,40}\.(?:png|jpe?g|gif|webp|s?html?|docx?|pdf)",
    re.I,
)


@dataclass(slots=True)
class Candidate:
    """A day that the page may have been published on; `year` None where the page leaves it out; `timed`: with hour and minute."""

    year: int | None
    month: int
    day: int
    weight: float
    reason: str
    place: tuple[int, int] | None = None
    timed: bool = False

    def in_year(self, year: int) -> dt.date | None:
        """The day, in `year` if it names none."""
        return cal.make_day(self.year or year, self.month, self.day)


def candidates(layout: Layout, expressions: list[Expression]) -> list[Candidate]:
    """Every statement of the page about its own date, in reading order.

    Parameters
    ----------
    layout
        The report laid out; kinds of blocks help but are not needed.
    expressions
        The expressions of the report, ascending.
    """
    text, blocks = layout.text, layout.blocks
    found: list[Candidate] = []
    index, first_long = 0, _first_long(blocks)
    for expression in expressions:
        m = expression.first
        if (
            m.month is None
            or m.day is None
            or (expression.last is not None and not _NOTICE.search(text, max(0, expression.start - 8), expression.start))
            or expression.bound not in ("", "upto")
            or m.event
            or cal.make_day(m.year or 2000, m.month, m.day) is None
        ):
            continue
        while index + 1 < len(blocks) and blocks[index + 1].start <= expression.start:
            index += 1
        block = blocks[index] if blocks else Block(0, len(text))
        statement = _statement(text, block, expression, index <= first_long)
        if statement and (m.year is not None or statement[0] > CURRENT):
            clock = _CLOCK.match(text, expression.end + 1) or _CLOCK.search(text, expression.start, expression.end)
            found.append(Candidate(m.year, m.month, m.day, *statement, (expression.start, expression.end), clock is not None))
    for short in _SHORT.finditer(text, 0, 2000):
        if cal.make_day(2000, int(short["m"]), int(short["d"])):
            found.append(Candidate(None, int(short["m"]), int(short["d"]), LABELLED, "byline", (short.start("m"), short.end("d"))))
    found.extend(_short_days(layout))
    _doubt_stamps(layout, found)
    _demote_clocks(layout, found)
    _names(layout.source if len(layout.source) < 400_000 else "", found)
    return found


def _short_days(layout: Layout) -> list[Candidate]:
    """Month and day in figures with a clock or beside the words of a by-line, among the first lines of the page."""
    text = layout.text
    found: list[Candidate] = []
    if text.find("-", 0, _FIRST_LINES) < 0:
        return found
    for m in _MONTH_DAY.finditer(text, 0, _FIRST_LINES):
        start, end = text.rfind("\n", 0, m.start()) + 1, text.find("\n", m.end())
        line = text[start : end if end >= 0 else len(text)]
        if len(line) <= 120 and not re.search("[。;!?]", line) and (m["c"] or _BESIDE.search(line)) and not _NOT_PAGE.search(text, start, m.start()):
            found.append(Candidate(None, int(m["m"]), int(m["d"]), BYLINE, "byline", (m.start("m"), m.end("d")), bool(m["c"])))
    return found


def _doubt_stamps(layout: Layout, found: list[Candidate]) -> None:
    """A moment above the title (2022-12-20 13:05:44 企业资讯网) may be that of a copy: it dates the page unless the calendar is against it."""
    title = next((block.start for block in layout.blocks if block.kind == "heading" and block.level <= 1), 0)
    for page in found:
        if page.place is None or page.place[0] >= title or page.weight not in (BYLINE, MASTHEAD):
            continue
        line = next(block for block in reversed(layout.blocks) if block.start <= page.place[0])
        written = layout.text[line.start : line.end]
        if _CLOCK.search(written) and not _SHEET.search(written) and not _OWN.search(written):
            page.weight, page.reason = UNSURE, "moment above the title"


def _demote_clocks(layout: Layout, found: list[Candidate]) -> None:
    """A bare day above the title is the clock of the web site where an earlier day stands between title and text."""
    titles = [block.start for block in layout.blocks if block.kind == "heading" and block.level <= 1]
    for upper in found:
        if upper.year is None or upper.place is None or upper.weight not in (BYLINE, MASTHEAD, LINE):
            continue
        line = next(block for block in reversed(layout.blocks) if block.start <= upper.place[0]) if layout.blocks else Block(0, len(layout.text))
        around = layout.text[line.start : upper.place[0]] + layout.text[upper.place[1] : line.end]
        if not _BARE.fullmatch(around):
            continue
        for lower in found:
            if lower.year is None or lower.place is None or lower.weight < MASTHEAD or not any(upper.place[1] <= title < lower.place[0] for title in titles):
                continue
            if (lower.year, lower.month, lower.day) < (upper.year, upper.month, upper.day):
                upper.weight, upper.reason = CURRENT, "the day the page was called up"
                break


def _first_long(blocks: list[Block]) -> int:
    """Index of the first block of running text: what stands before it is the head of the page."""
    return next((i for i, block in enumerate(blocks) if block.kind not in ("heading", "byline", "furniture") and block.end - block.start > 60), len(blocks))


def _statement(text: str, block: Block, expression: Expression, head: bool) -> tuple[float, str] | None:
    """What is said of the page's date here: weight and reason, None where the date is of something else."""
    before = text[max(block.start, expression.start - 60) : expression.start]
    rest = text[expression.end : block.end]
    line = text[block.start : block.end]
    whole = expression.first.year is not None
    sheet = len(line) <= 60 and _SHEET.search(line) is not None
    navigation = len(line) < 160 and _NAVIGATION.search(line) and not _LABEL.search(before)
    if not whole and block.kind == "paragraph" and _TODAY.search(before) and not _TODAY_NOT.match(rest):
        return MASTHEAD, "called today"
    if _CURRENT.search(before) or (whole and head and not sheet and (_WIDGET.match(rest) or _ALMANAC.match(rest) or navigation)):
        return CURRENT, "the day the page was called up"
    if _NOTICE.search(before):
        return MASTHEAD, "first day of the public notice"
    if _NOT_PAGE.search(before):
        return None
    if whole and block.kind != "furniture" and _ISSUED.match(rest):
        return SIGNED, "issued"
    if len(line) <= 160 and _LABEL.search(before) and (whole or head or block.kind == "byline") and not re.search("[。!?;]", before):
        return LABELLED, "byline"
    if block.kind == "furniture" and not head:
        return None
    if block.kind == "byline" and (whole or head):
        return BYLINE, "byline"
    if head and _WIRE.match(rest):
        return MASTHEAD, "dateline"
    if head and whole and expression.first.hour is not None and _CLOCK.search(text, expression.start, expression.end) and not _TOLD.match(rest):
        return BYLINE, "day and minute at the head of the page"
    if head and sheet:
        return MASTHEAD, "masthead"
    if head and whole and _inside_brackets(before, rest):
        return MASTHEAD, "in brackets under the title"
    return _line(line, before, rest, head, whole)


def _line(line: str, before: str, rest: str, head: bool, whole: bool) -> tuple[float, str] | None:
    """A date that has a line to itself, or nearly so."""
    closed = not rest.strip(" ])。夜晚晨") or (not head and not before.strip() and bool(_SIGNER.fullmatch(rest)))
    alone = closed and len(before.strip(" ([")) <= 40 and not re.search("[,。;!?]", before)
    if alone and not head and (whole or len(before) <= 2):
        return SIGNED, "signature"
    if closed and not head and before.endswith("(") and rest.endswith(")"):
        return MASTHEAD, "in brackets at the end"
    if head and whole and len(line) <= 60 and len(before) <= 12 and not re.search("[,。;!?]", line) and not _ABOUT.search(before):
        bare = re.fullmatch(r"[ (]*(?:(?:星期|周|礼拜)[一二三四五六日天])?[ )]*", rest) and not before.strip()
        return (LINE if bare and rest.strip() else MASTHEAD), "line at the head of the page"
    weekday = re.match(r"[ (]*(?:星期|周|礼拜)[一二三四五六日天]\)?$", rest)
    if head and len(line) <= 60 and (closed or weekday) and not line.endswith(("。", "!")) and not re.search("[,。;!?]", before):
        return (LINE if weekday and whole else MASTHEAD), "line at the head of the page"
    return None


def _inside_brackets(before: str, rest: str) -> bool:
    opened = before.rfind("(") > before.rfind(")")
    closing = rest.find(")")
    return opened and 0 <= closing <= 20


def _names(source: str, found: list[Candidate]) -> None:
    """Days in the names of pictures and addresses (t20200218_1.jpg, 1581987015.png); the clock of China."""
    if not _SUFFIX.search(source):
        return
    for m in _STAMP.finditer(source):
        moment = int(m["s"])
        if 946_684_800 <= moment <= 2_000_000_000:
            day = (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=moment + 8 * 3600)).date()
            found.append(Candidate(day.year, day.month, day.day, STAMP, "time stamp in the name of a picture"))
    for m in _FILE.finditer(source):
        name = _NAME.search(m[0])
        day_ = cal.make_day(int(name["y"]), int(name["m"]), int(name["d"])) if name else None
        if day_:
            taken = _PICTURE.search(source[max(0, m.start() - 8) : m.start() + (name.start() if name else 0)])
            found.append(Candidate(day_.year, day_.month, day_.day, NAME, PICTURE if taken else "day in the name of a file"))
    for m in _ADDRESS.finditer(source):
        day_ = cal.make_day(int(m["y"]), int(m["m"]), int(m["d"]))
        if day_:
            found.append(Candidate(day_.year, day_.month, day_.day, NAME, "day in an address"))
