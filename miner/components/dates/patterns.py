"""The terminal patterns of the date grammar and the word tables behind them.

In: the data files of this package. Out: compiled regular expressions, one per class of first character, whose named groups are the kinds
of :mod:`miner.components.dates.grammar`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from miner.components.dates.calendar import rows
from miner.components.dates.numerals import SMALL, YEAR_DIGIT

_JOIN = "(?:[-—–~至到−―]|——|--)"
_N = rf"(?:\d{{1,4}}|{SMALL}|半)"
_UNIT = "(?:个?交易日|个?工作日|天|日|个?星期|个?礼拜|个周|周|个?月|个?季度|年)"
_NOT_MONTH = "(?!龄|嫂|子|饼|台|经|供|薪|票|租|息|报|刊|球|光|影|亮|牙|河|星)"
_NOT_DAY = "(?!龄|均|常|游|内|间|本|元|化|用|程|产|耗|照|渐|志|历|记|供|报社)"
_NOT_NUMBER = "(?!楼|院|线|桥|门|店|厅|棚|井|库|机|台|车|病|仓|馆|令|文|公告|通告|文件|卡|码|房|室|地|小区|社区|住|泵|站|窑|矿|标|岗|坑|段|坝|闸|池|炉|球|选手|队|别墅|煤|路|街|钢|汽|柴|工程|船|轮|舰|艇|家|公馆|幢|栋|墩|平台|位)"
_NOT_HOUR = "(?!间|代|候|期|段|刻|限|常|速|装|尚|评|效|速|政|局|节|而|时|令|分秒|空|事|针)"

DIGIT = re.compile(rf"""
  (?P<iso>(?P<iy>\d{{4}})(?P<sep>[-/. ])(?P<im>\d{{1,2}})(?:(?P=sep)|[-/.])(?P<id>\d{{1,2}})日?(?![\d]|[-/.]\d))
| (?P<isor>(?P<rd>\d{{1,2}})(?P<rsep>[-/.])(?P<rm>\d{{1,2}})(?P=rsep)(?P<ry>(?:19|20)\d\d)(?!\d))
| (?P<event>(?P<em>\d{{1,2}})[·•‧・](?P<ed>\d{{1,2}})(?!\d))
| (?P<isom>(?P<ny>(?:19|20)\d\d)(?:[-/](?P<nm>0?[1-9]|1[0-2])(?![-/.\d]|号|年|期|级)|\.(?P<dm>0?[1-9]|1[0-2])(?={_JOIN}(?:19|20)\d\d)))
| (?P<bare>(?P<by>(?:19|20)\d\d)(?={_JOIN}(?:19|20)\d\d(?:年|(?!\d)))|(?P<by2>(?:19|20)\d\d)(?=、(?:19|20)\d\d年)|(?<=[-—–~至到])(?P<by3>(?:19|20)\d\d)(?![\d.,]|[^\W\d_]))
| (?P<year>(?P<y4>\d{{4}})年(?:度(?!假))?(?!级|制|龄|历史|之久|代|的历史|文明|古|功|画))
| (?P<yy>(?P<y2>\d{{2}})年(?=(?<=0\d年)(?!级|代)|\d{{1,2}}月|十[一二]?月|[一二三四五六七八九]月|底|初|末|上半年|下半年|春节|国庆|第?[一二三四1-4]季度|第?\d+周|年[初底末]))
| (?P<century>(?P<cent>\d{{2}}|二十|十九)世纪(?:(?P<cd>[1-9]0)年代)?)
| (?P<decade>(?P<dec>[1-9]0)年代)
| (?P<months>(?P<m1>\d{{1,2}})(?:月份?)?(?:{_JOIN}|、)(?P<m2>\d{{1,2}})月份?(?!\d{{1,2}}[日号]){_NOT_MONTH})
| (?P<month>(?P<mo>\d{{1,2}})月份?{_NOT_MONTH})
| (?P<days>(?P<d1>\d{{1,2}})(?:{_JOIN}|、)(?P<d2>\d{{1,2}})(?:日{_NOT_DAY}|号{_NOT_NUMBER}))
| (?P<nspan>(?P<n>\d{{1,4}})(?P<nh>个?半)?(?P<nu>{_UNIT})(?P<nh2>半)?(?P<nd>以前|之前|前(?!后|期)|以后|之后|后(?!勤|期|续)))
| (?P<day>(?P<dd>\d{{1,2}})(?:日{_NOT_DAY}|(?P<hao>号){_NOT_NUMBER}))
| (?P<quarter>(?P<q>[1-4])季度)
| (?P<clock>(?P<ch>\d{{1,2}})(?:(?P<cu>[时点]){_NOT_HOUR}(?P<ct>钟|\d{{1,2}}分(?!之)|半(?!年|天|个)|整|许|多钟)?(?:左右|许)?|:[0-5]\d(?::[0-5]\d)?(?![\d:])(?:分|许|左右)?))
| (?P<number>\d[\d,.]*)
""", re.X)

HAN = re.compile(rf"""
  (?P<hyear>(?P<hy4>[{YEAR_DIGIT}]{{4}})年(?:度(?!假))?|(?P<hy2>[{YEAR_DIGIT}]{{2}})年(?=[十一二三四五六七八九]{{1,2}}月))
| (?P<hcentury>(?P<hcent>二十|十九)世纪(?:(?P<hcd>[二三四五六七八九])十年代)?)
| (?P<hdecade>(?P<hdec>[二三四五六七八九])十年代)
| (?P<hmd>(?P<hm>十[一二]?|[一二三四五六七八九])月(?P<hd>初{SMALL}|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?)(?=[晚夜当这那前后至就才下,。;、!“”()\n]|$))
| (?P<hmonths>(?P<hm1>十[一二]?|元|[一二三四五六七八九])(?:月份?)?(?:[至到]|、)(?P<hm2>十[一二]?|[一二三四五六七八九])月份?(?!{SMALL}[日号]){_NOT_MONTH})
| (?P<hmonth>(?P<hmo>十[一二]?|元|[一二三四五六七八九])月份?{_NOT_MONTH})
| (?P<hspan>(?P<hn>{SMALL}|半)(?P<hh>个?半)?(?P<hu>{_UNIT})(?P<hh2>半)?(?P<hdir>以前|之前|前(?!后|期)|以后|之后|后(?!勤|期|续)))
| (?P<hday>(?P<hdd>{SMALL})(?:日{_NOT_DAY}|(?P<hhao>号){_NOT_NUMBER}))
| (?P<hquarter>(?P<hq>[一二三四])季度)
| (?P<hclock>(?P<hc>{SMALL})(?P<hcu>[时点]){_NOT_HOUR}(?P<hct>钟|{SMALL}分(?!之)|半(?!年|天|个)|整|许)?(?:左右)?)
""", re.X)

_WEEKDAY_TAIL = "[一二三四五六日天](?!直|共|些|般|样|个|次|起|定|步|名|家|均|常|楼|边|体|期)"

#: Patterns that begin with a fixed character.
FIXED = re.compile(rf"""
  (?P<every>每(?:一)?(?:年|个?月|周末?|个?星期|个?礼拜|季度|个季度|天|日|晚|早|逢|隔)的?)
| (?P<lunarmark>(?:农历|阴历|旧历|古历)的?)
| (?P<lunar>(?P<lm>正月|腊月|冬月|闰(?:十[一二]?|[一二三四五六七八九])月)(?P<ld>初{SMALL}|(?:廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?)(?:日|夜)?)?)
| (?P<newyear>(?:大年|正月|年)初(?P<ny1>{SMALL}|[1-9]\d?))
| (?P<chu>初(?P<cn>十|[一二三四五六七八九])(?=[日至到,。当、]))
| (?P<half>(?P<hx>[上下])半(?P<hxu>年|月|周)(?!来|刊))
| (?P<firstquarters>前(?P<fq>[二两三23])个?季度|(?P<fq1>首季度?|首个季度))
| (?P<firstmonth>首月)
| (?P<ordquarter>第(?P<oq>[一二三四1-4])个?季度)
| (?P<ordinal>第(?P<on>{SMALL}|\d{{1,2}})个?(?P<ou>周|星期|月))
| (?P<relspan>(?P<rw>近|最近|过去|刚刚过去的|未来|今后|前|上|下|此前)(?P<rn>\d{{1,3}}|{SMALL}|半)(?:个?(?P<ru>交易日|天|日|星期|礼拜|周|季度|年)|个(?P<rm>月))(?P<rt>以来|来(?!自)|间)?)
| (?P<pastyear>(?P<pn>一)年来(?!自))
| (?P<seasons>今冬明春|去冬今春)
| (?P<season>(?P<sr>今|去|明)(?P<sn>[春夏秋冬])(?:季|天)?)
| (?P<yearseason>(?P<yn>[春夏秋冬])(?:季|天)(?!来))
| (?P<yearpart>年(?P<yp>初|底|末|中)(?!考|奖|检|审|级))
| (?P<monthpart>月(?P<mp>初|底|末|中)(?!考))
| (?P<tenday>(?P<td>[上中下])旬)
| (?P<weekend>周末(?!效应))
| (?P<weekday>(?:星期|周|礼拜)(?P<wd>{_WEEKDAY_TAIL}))
| (?P<era>ERAS)
""".replace("ERAS", "|".join(sorted((re.escape(r[0]) for r in rows("eras.tsv")), key=len, reverse=True))), re.X)
FIXED_STARTS = "一二两三四五六七八九十每农阴旧古正腊冬闰大年初上下前首第近最过刚未今后此去明春夏秋月中周星礼" + "".join({r[0][0] for r in rows("eras.tsv")})

#: What may follow a year, a month, a day directly, and is no date by itself.
YEAR_TAIL = re.compile(r"(?P<yearpart>年?(?P<yp>初期?|底|末|中期|终|伊始|前期|后期)(?!考|奖)|中(?=[,。;、至到起]))|(?P<months_first>前(?P<mf>\d{1,2}|十[一二]?|[一二两三四五六七八九])个?月)|"
                       r"(?P<weeks_first>前(?P<wf>\d{1,2}|[一二两三四五六七八九])个?(?:周|星期))|(?P<yearseason>(?P<yn>[春夏秋冬])(?:季|天|(?=[,。;至、])))|(?P<sameperiod>的?同期|的?同一?时期)|(?P<nthweek>第?(?P<nw>\d{1,2})周)")
MONTH_TAIL = re.compile(r"(?P<tenday>(?P<td>[上中下])旬)|(?P<halfmonth>(?P<hm>[上下])半月)|(?P<monthpart>(?P<mp>初(?![一二三四五六七八九十])|底|末|月底|月初)|(?P<mpm>中(?=[,。;、]))|(?P<start>伊始))|"
                        r"(?P<days_first>(?P<dw>前|最后|后|头)(?P<df>\d{1,2}|[一二两三四五六七八九十])天)")
DAY_TAIL = re.compile(r"(?P<sameday>当天|当日|这天|那天|这一天|全天|整天|一整天)|(?P<sameeve>当晚|当夜|晚(?!于|报|会|婚|年|稻|宴|餐|点名|上|间|些)|夜(?!间|里|晚|以继|市|班|校|景|查|巡|访))|(?P<samemorn>早(?!已|期|在|日|就|上|晨|间|些|班|餐|市)|晨)")
FESTIVAL_TAIL = re.compile(r"(?P<holiday>(?:法定)?(?:小长假|长假|假期|假日|放假|黄金周|休假)(?:期间)?|“?小长假”?(?:期间)?|期间|[三七]天(?:假期)?)|(?P<eve>前夕|前夜|前一(?:天|日|晚))|(?P<next>次日|第二天|后一天)|(?P<day>当天|当日|这天|那天|这一天|节)|(?P<night>夜(?!间|里|晚)|晚(?!会|报|宴|上|间))")
WEEK_TAIL = re.compile(rf"(?:的?(?:星期|周|礼拜))?(?:(?P<wd>{_WEEKDAY_TAIL})|(?P<we>末))")
BOUND = re.compile(r"(?P<sofar>(?:之后|以后|开始)?以来)|(?P<since>(?:或|及)(?:之|以)后|起始?(?!火|草|诉|飞|步|降|重|义|床|身|到|获|伏|底|来|源|因|点|效|价|早|死|爆|止|跑|航|运|吊|用时)|开始(?!前)|始(?!终|建|于|发))|"
                   r"(?P<upto>(?:或|及)(?:之|以)前|(?:为)?止(?!损|步|于|血))|(?P<after>以后|之后|过后|后(?!勤|期|续|备|台|来|者|方|果|排|面|天|年|仍|进|半|遗|重|街|村|山))|"
                   r"(?P<before>以前|之前|前(?!后|往|期|来|去|赴|台|述|列|段|夕|夜|方|沿|一天|一晚|一日|提|瞻|进|不久|三|两|几|十|\d))|(?P<about>左右|前后|上下(?=[,。]))|(?P<period>期间|间(?=[,。]))")
JOIN = re.compile(r"起?(?:——|--|[-—–~−―]|(?:一?直)?至|(?:一?直)?到) ?")
UNTIL_NOW = re.compile(r"(?:至今|到现在|至目前|到目前|至现在|迄今)(?!年|天|日|晚|早|晨|后)")
AS_OF = re.compile(r"(?:截至到?|截止到?|截止至|截到)[::]?$")
#: 到10月底,累计 …: a bound of what is counted up, at the head of a clause.
UP_TO = re.compile(r"(?:^|[,。;:!?”)\n])(?:至|到|直到)$")
COUNTED = re.compile(r",|(?:已经?|累计|共|全[市县区镇乡村局年省]|我[局所队])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that names a time: its kind and value, and what must not stand after and before it."""

    kind: str
    value: str
    not_before: re.Pattern[str] | None
    not_after: str

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the word at ``[start, end)`` is the time it names, and no part of another word."""
        return not (self.not_before and self.not_before.match(text, end)) and not (self.not_after and start and text[start - 1] in self.not_after)


@cache
def words() -> dict[str, Word]:
    """The relative words and the festivals, by form."""
    table = {}
    for form, kind, value, *rest in rows("words.tsv"):
        table[form] = _word(kind, value, rest)
    for form, _, _, _, *rest in rows("festivals.tsv"):
        table[form] = _word("festival", form, rest)
    return table


def _word(kind: str, value: str, rest: list[str]) -> Word:
    not_before, not_after = ([*rest, "", ""])[:2]
    return Word(kind, value, re.compile(not_before) if not_before else None, not_after)


@cache
def words_by_character() -> dict[str, re.Pattern[str]]:
    """One pattern per first character, longest word first."""
    forms: dict[str, list[str]] = defaultdict(list)
    for form in words():
        forms[form[0]].append(form)
    return {first: re.compile("|".join(map(re.escape, sorted(group, key=len, reverse=True)))) for first, group in forms.items()}


@cache
def gate() -> re.Pattern[str]:
    """Where an expression may begin: a first character and, for the common ones, a second that some expression has."""
    seconds: dict[str, set[str]] = defaultdict(set)
    for form in words():
        seconds[form[0]].add(form[1])
    fixed = {"每": "一年个月周星礼季天日晚早逢隔", "农": "历", "阴": "历", "旧": "历", "古": "历", "正": "月", "腊": "月", "冬": "月季天", "闰": "十一二三四五六七八九", "大": "年",
             "年": "初底末中终", "初": "一二三四五六七八九十", "上": "半旬一二两三四五六七八九十0123456789", "下": "半旬一二两三四五六七八九十0123456789", "首": "季月个", "第": "一二三四五六七八九十0123456789",
             "最": "近后", "过": "去", "刚": "刚", "未": "来", "今": "冬后春夏秋", "此": "前", "去": "冬春夏秋", "明": "春夏秋冬", "春": "季天", "夏": "季天", "秋": "季天", "月": "初底末中", "中": "旬", "周": "一二三四五六日天末",
             "星": "期", "礼": "拜", "近": "一二两三四五六七八九十半0123456789", "前": "一二两三四五六七八九十半0123456789"}
    for form in (r[0] for r in rows("eras.tsv")):
        seconds[form[0]].add(form[1])
    for first, following in fixed.items():
        seconds[first].update(following)
    numerals = "一二两三四五六七八九十廿卅半元〇零○"
    after_numeral = "一二三四五六七八九十〇零○O廿月日号天年周个时点季世星礼交工、至到半"
    for first in numerals:
        seconds[first].update(after_numeral)
    groups: dict[str, list[str]] = defaultdict(list)
    for first, following in seconds.items():
        groups["".join(sorted(following))].append(first)
    starts = "".join(sorted(seconds)) + "0-9"
    tails = "|".join(f"(?<=[{''.join(sorted(firsts))}])[{re.escape(following)}]" for following, firsts in sorted(groups.items()))
    return re.compile(f"[{starts}](?=(?<=[0-9])|{tails})")
LUNAR_MONTH_DAY = re.compile(rf"(?P<hmd>(?P<hm>十[一二]?|[一二三四五六七八九])月(?P<hd>初{SMALL}|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九](?=日)))日?")
DAY_OF_MONTH = re.compile(rf"(?P<days>(?P<d1>\d{{1,2}})(?:日?{_JOIN}|、)(?P<d2>\d{{1,2}})(?:日{_NOT_DAY}|号{_NOT_NUMBER})(?!\d))|(?P<day>(?P<dd>\d{{1,2}})[日号])|(?P<hday>(?P<hdd>{SMALL})[日号])")
LUNAR_DAY = re.compile(rf"初?(?P<n>\d{{1,2}}|{SMALL})[日号]?")
RANGE_TAIL = re.compile(r"(?:为?止|期间|之间)")
ERA_TAIL = {"期间": re.compile("[”\"]?(?:规划)?(?:期间|时期|初期|末期|以来|末|期末)"), "以来": re.compile("(?:胜利|召开|闭幕)?(?:以来|之后|以后)"), "": re.compile("")}

_CLAUSE_START = re.compile(r"(?:^|[\s,。;:!?、()\[\]“”‘’\"'—|>…·】【」』「『])$|(?:在|于|从|自|到|至|截至|截止|早在|就在|将|的|是|与|和|及|比|较|对|把|据|了|即|定|达|后|前|晚|年|月)$")
_DURATION_BEFORE = re.compile(r"(?:连续|为期|历时|历经|长达|用时|耗时|共|达|近|超|超过|不到|不足|余|多|满|过去|每|各|仅|只用|提前|推迟|延长|缩短|[一二两三四五六七八九十几数半]|拘留|工作|坚守|奋战|隔离|培训|不少于)$")
_RATIO_BEFORE = re.compile(r"(?:比|比例|比分|按|配比|以|稀释)$")
_POINTS = re.compile(r"建议|要求|意见|措施|做法|体会|希望|经验|看法|问题|不足|共识|启示|内容|特点|思考|承诺")


def _clause_start(text: str, start: int) -> bool:
    return bool(_CLAUSE_START.search(text, max(0, start - 4), start)) or start == 0


def _lone_day(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """13日, 25号: a day, unless the words around make it a duration or a number."""
    if _DURATION_BEFORE.search(text, max(0, start - 4), start) or (start and text[start - 1].isascii() and text[start - 1].isalnum()):
        return False
    unit = next((c for c in text[start:end] if c in "日号"), "日")
    if unit == "日" and "0" <= text[start] <= "9":
        return True
    return _clause_start(text, start) and (state != "day" or end == len(text) or text[end] in ",。;、至到起前后晚早-—~(" or unit == "号" and text[start].isdigit() and not _NUMBERED.match(text, end)) \
        and (text[start].isdigit() or state != "day" or end - start > 2)


_NUMBERED = re.compile(r"[^上下中早晚凌]")


def _lone_clock(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """19:00, 18时许: a time of the day, unless it is a ratio or a list of points."""
    written = text[start:end]
    if ":" in written:
        return len(written.split(":")[0]) <= 2 and not _RATIO_BEFORE.search(text, max(0, start - 3), start) and not (start and (text[start - 1] in ":-." or text[start - 1].isascii() and text[start - 1].isalpha()))
    if not written[0].isdigit():
        return "时" in written and written[-1] in "半整许分" and _clause_start(text, start)
    if _DURATION_BEFORE.search(text, max(0, start - 4), start):
        return False
    return "时" in written or written[-1] in "半整许钟右" or (_clause_start(text, start) and not _POINTS.match(text, end) and end < len(text) and text[end] in "至到起左开,前后-")


def _lone_daypart(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """傍晚, 上午: alone only at the head of a clause, before a comma; with a clock time anywhere."""
    return state == "clock" or (_clause_start(text, start) and text[end : end + 1] == "," and (not start or text[start - 1] in ",。;!”\n"))


def _lone_span(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """三天前, 近三年: counted from today, unless words before make it a duration."""
    return _clause_start(text, start) and not _DURATION_BEFORE.search(text, max(0, start - 3), start)


def _lone_month(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """一月: a month if it is not 一月一次; digits always."""
    if text[start].isdigit() or state != "month":
        return True
    after = text[end : end + 1]
    return (_clause_start(text, start) and after not in ("一", "内", "之", "两", "三", "有", "多")) or (after in ("", ",", "。", "、", ")") and not _DURATION_BEFORE.search(text, max(0, start - 2), start))


def _lone_ordinal(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """第一周 and 前两个月 need a year or month before them."""
    return False


def _past_year(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """一年来, unless it is the end of a longer numeral."""
    return not (start and text[start - 1] in "零〇一二三四五六七八九十百千几多余0123456789")


def _lone_weekday(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """星期天 inside a name in quotation marks is no day."""
    return text[end : end + 1] not in ("”", "’", "刊", "报")


def _lone_season(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """春季 alone names no stretch of a known year."""
    return False


def _lone_part(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """年底, 月初, 中旬 stand for those of this year or month."""
    return _clause_start(text, start) or text[start - 1] not in "每多半几数整0123456789一二两三四五六七八九十"


def _lone_event(text: str, start: int, end: int, state: str, moment: object) -> bool:
    """7·20: a day that names an event, in quotation marks or before its name."""
    quoted = start and text[start - 1] in "“‘\"" and text[end : end + 1] in ("”", "’", '"')
    return bool(quoted) or bool(_EVENT_NAME.match(text, end))


_EVENT_NAME = re.compile(r"特大|重大|暴雨|事故|火灾|地震|爆炸|洪|案|专案|疫情|消防|国际|国家|全国|世界|扶贫|防灾|禁毒|普法|宪法|消费者")


def _lone_decade(text: str, start: int, end: int, state: str, moment: object) -> bool:
    return True


#: Kinds that are dates only in a fitting place: kind → test(text, start, end, state, moment).
CONTEXTS = {
    "day": _lone_day, "hday": _lone_day, "days": _lone_day, "clock": _lone_clock, "hclock": _lone_clock, "word:part": _lone_daypart,
    "nspan": _lone_span, "hspan": _lone_span, "relspan": _lone_span, "hmonth": _lone_month, "hmonths": _lone_month, "hmd": _lone_span, "ordinal": _lone_ordinal,
    "firstmonth": _lone_ordinal, "pastyear": _past_year, "weekday": _lone_weekday, "weekend": _lone_weekday, "yearseason": _lone_season, "yearpart": _lone_part, "monthpart": _lone_part, "tenday": _lone_ordinal, "event": _lone_event, "chu": _lone_span,
}
