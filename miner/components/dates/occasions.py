"""Evidence for the year from what lies a known time away: counted occasions, happenings, festivals ahead, the age of a house.

In: the text, its expressions, the page's statements. Out: :class:`~miner.components.dates.evidence.Evidence`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

import ahocorasick_rs

from miner.components.dates import calendar as cal
from miner.components.dates.evidence import FIRST_YEAR, LAST_YEAR, YEARS, Evidence, witness
from miner.components.dates.expressions import Expression
from miner.components.dates.numerals import SMALL, small
from miner.components.dates.periods import festival_day
from miner.components.dates.published import CURRENT, Candidate

#: A numeral of up to three digits.
_COUNT = rf"(?P<n>\d{{1,3}}|{SMALL}|[一二]?百[零〇]?{SMALL}?)"
_LAST_YEAR = re.compile(r"(去|前|上|今|本|明)年[((即]?\Z")
_DISTANCES = {"去": 1, "上": 1, "前": 2, "今": 0, "本": 0, "明": -1}
_FROM = re.compile(r"(?:距离?|离)$")
_COUNTDOWN = re.compile(rf"(?:[^,。;\n\d]{{0,6}}?)(?:还有|只剩下?|仅剩|还剩|只有|仅有|不到|不足)(?P<n>\d{{1,2}}|{SMALL})天")
_APPROACHES = re.compile(r"(?:即将)?(?:来临|将至|临近|将近|在即|到来|渐近|越来越近)|前夕|前(?=[,，。])")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_CYCLE = re.compile(f"([{_STEMS}][{_BRANCHES}])年")
_ANIMAL = re.compile(f"([{_ANIMALS}])年(?:新春|春节|除夕|大年|正月|新年|春晚|伊始|吉祥|大吉|贺岁|新禧|来临|到来|年味)")
#: 距2020年…还有三年; 再过一年就是2020年.
_YEARS_LEFT = re.compile(
    rf"[距离再](?:(?:(?<=距)离?|(?<=离))到?(?P<y>20\d\d)年[^,。;\n]{{0,24}}?(?:还有|只剩下?|仅剩|还剩|只有|仅有)(?P<n>[1-9]|{SMALL})年"
    rf"|(?<=再)过(?P<n2>[1-9]|{SMALL})年就是(?P<y2>20\d\d)年)"
)
#: 1985年建厂…30周年; 成立于1998年…20岁生日; 2018年7月建起…已运营四年; 自2013年起,…连续第四年; 1950年3月出生…今年66岁.
_SINCE_THEN = re.compile(
    rf"(?:(?P<before>建于|始建于|成立于|创办于|创建于|创立于|组建于|出生于|生于|自从?|从)(?P<y>(?:19|20)\d\d)年|(?P<y2>(?:19|20)\d\d)年(?:\d{{1,2}}月)?[^,。;\n\d]{{0,8}}?"
    rf"(?:建|成立|创办|出生|组建|投产|投用|开业|启动|开馆|创立|起|以来))"
    rf"[^。;\n\d]{{0,28}}?(?P<which>第|(?:至今)?已?(?:经)?(?:连续)?(?:运营|走过|整整|满|有|开展|坚持|举办|持续)?了?)?(?:的)?(?P<n>\d{{1,3}}|{SMALL}|[一二]?百[零〇]?{SMALL}?)"
    rf"(?P<unit>周年|岁|年(?![级代度底初末]|\d)|个年头|载|华诞)"
)
#: 创建于2006年 … 十周岁生日: the year a house began anywhere before its birthday.
_HOUSE_FOUNDED = re.compile(
    r"(?:建|成立|创办|创建|创立|组建|创刊|落成|生)于(?P<y>(?:19|20)\d\d)年|(?P<y2>(?:19|20)\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?[^,。;\n\d]{0,12}?(?:建[厂院校站所社队]|成立|创办"
    r"|挂牌|出生|诞生|组建|创刊|开馆|建成|生(?![产活意态物]))"
)
#: How far the year stands behind the beginning of what the two patterns above match, at most (成立于2006年).
_BEFORE_YEAR = 3
_YEAR = re.compile(r"(?:19|20)\d\d年")
_BIRTHDAY = re.compile(rf"{_COUNT}(?:周年|周岁|岁生日|岁的?生日|华诞)")
#: 2014级新生, 2009级…毕业, 2016届毕业生.
_COHORT = re.compile(r"(?P<y>20\d\d)[级届](?P<rest>[^,。;\n]{0,14})")
#: 2017—2018采暖季, 2015-2016学年.
_SEASON = re.compile(r"(?P<y>20\d\d)(?:年)?[-—–~至/](?:20)?\d\d(?:年)?度?(?:采暖|供暖|供热|冬春|冬季|榨|捕捞)?(?:学年|采暖季|供暖季|供热季|年度|季|期)")
_LEAP_MONTH = re.compile(r"闰(?P<m>正|[二三四五六七八九十]|十[一二])月")
_SESSION = re.compile(r"(?P<c>十[一二三四五]?)届全国(?:人大|政协|人民代表大会)(?:第)?(?P<s>[一二三四五])次会议")
#: The first session of a National People's Congress, by its number.
_CONGRESS = {"十": 2003, "十一": 2008, "十二": 2013, "十三": 2018, "十四": 2023, "十五": 2028}
#: 有效期五年…至2021年5月16日止; 从今年起用三年时间,到2018年底.
_TERM = re.compile(
    rf"有效期(?:为|限)?(?P<n>\d{{1,2}}|{SMALL})年[^。\n]{{0,24}}?至(?P<y>20\d\d)年|今年(?:起|开始)[^。\n\d]{{0,12}}?(?P<n2>\d{{1,2}}|{SMALL})年(?:时间|左右)?[^。\n]{{0,10}}?到(?P<y2>20\d\d)年"
)
_LUNAR_CYCLE = re.compile(
    f"(?P<c>[{_STEMS}][{_BRANCHES}])年?(?P<m>正月|腊月|冬月|[二三四五六七八九十]月|十[一二]月)(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?)"
)
_TRAVEL = re.compile(r"春运[^。\n\d]{0,8}?(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^。,\n]{0,6}?(?:启动|开始|拉开|起|正式)")
_ITS_WEEKDAY = re.compile(r"(?:周|星期|礼拜)(?P<d>[一二三四五六日天])(?:[,(])?(?:就|便|即|正|恰好|刚好)?(?:是|为|逢)(?:传统的?|农历)?$")
_MEETS = re.compile(r"(?:恰逢|正值|适逢|又逢|正逢|恰是|正是|又是|也是|也逢|喜逢|遇上|巧遇|碰上|撞上)$")
_SAME_DAY = re.compile(r"[^。\n]{0,12}?(?:同一天|同日|重合|撞)")
_TITLED = re.compile(r"《[^《》\n]{0,60}?(?P<y>(?:19|20)\d\d)(?:[-—–~至到](?P<y2>20\d\d))?[^《》\n]{0,60}》")
_NEXT_YEARS = re.compile(r"[^,。\n]{0,4}明年")
_TOLD_OF_LAST_YEAR = re.compile(r"去年[^。\n]{0,24}$")
_NOT_NEW = re.compile(r"\d{4}年?(?:版|修订|修正)")
#: How long after a happening reports still tell of it as news, in days.
_NEWS = 60


def _gates(text: str) -> frozenset[str]:
    """Which of the patterns of ``_GATED`` may match in a text."""
    return frozenset(_GATE_WORDS[number][1] for number in {number for number, _, _ in _GATE.find_matches_as_indexes(text, overlapping=True)})


def evidence(text: str, words: str, expressions: list[Expression], pages: list[Candidate]) -> Iterable[Evidence]:
    """All evidence of this kind.

    Parameters
    ----------
    text
        Clean text.
    words
        The text without page furniture.
    expressions
        The expressions of the report.
    pages
        What the page says of its own date.
    """
    gates, years = _gates(words), [year.start() for year in _YEAR.finditer(words)]
    yield from named_distances(words, gates, years)
    yield from ages(words, gates, years)
    yield from seasons(words, expressions)
    yield from lunar_years(words, gates)
    yield from titled_years(words)
    yield from happenings(words, gates, expressions)
    yield from approaching_festivals(text, expressions, pages)
    yield from meeting_festivals(text, expressions)
    yield from weekdays_of_festivals(text, expressions)
    yield from travel_season(words)
    yield from named_years(words, gates)


def named_distances(text: str, gates: frozenset[str], years: list[int]) -> Iterable[Evidence]:
    """A year beside its distance from the year of writing: 去年(2013年), 距2020年还有三年, 1985年建厂,今年是建厂30周年."""
    beside = {(m[1], text[at : at + 4]) for at in years if (m := _LAST_YEAR.search(text, max(at - 3, 0), at))}
    for name, written in sorted(beside)[:3]:
        year = int(written) + _DISTANCES[name]
        yield Evidence(f"{name}年 is {written}", {year: 4.0}, -2.0)
    if "left" in gates and ("再过" in text or "距" in text or "离" in text):
        for m in _YEARS_LEFT.finditer(text):
            left = small(m["n"] or m["n2"])
            if left:
                yield Evidence(m[0], {int(m["y"] or m["y2"]) - left: 5.5}, -1.5)
    for m in _near_years(_SINCE_THEN, text, years):
        number = _hundreds(m["n"])
        if number and (number > 2 or m["unit"] != "年"):
            ordinal = m["which"] == "第" or m["unit"] == "个年头" or "连续" in text[m.start("which") - 2 : m.start("n")]
            year = int(m["y"] or m["y2"]) + number - (1 if ordinal else 0)
            if FIRST_YEAR <= year <= LAST_YEAR and year > int(m["y"] or m["y2"]):
                told = dict.fromkeys(range(int(m["y"] or m["y2"]), year - 1), 0.0)
                yield Evidence(m[0], told | {year - 1: 1.5, year: 4.0, year + 1: 1.5}, -0.5)


def _near_years(pattern: re.Pattern[str], text: str, years: list[int]) -> Iterable[re.Match[str]]:
    """The matches of a pattern that holds a year at its beginning, as ``finditer`` gives them: tried only where one of the years stands."""
    last = 0
    for at in years:
        for start in range(max(last, at - _BEFORE_YEAR), at + 1):
            m = pattern.match(text, start)
            if m:
                yield m
                last = m.end()
                break


def ages(text: str, gates: frozenset[str], years: list[int]) -> Iterable[Evidence]:
    """The year a house began with its birthday told apart (创办于2006年。…十周岁生日), terms of validity, and cohorts (2014级新生)."""
    founded = {int(m["y"] or m["y2"]) for m in _near_years(_HOUSE_FOUNDED, text, years)}
    counts = {number for m in _BIRTHDAY.finditer(text) if (number := _hundreds(m["n"])) and number > 1} if founded else set()
    for year in sorted(founded)[:4]:
        for count in sorted(counts)[:4]:
            if 2000 <= year + count <= LAST_YEAR:
                yield Evidence(f"{year} and {count} years", {year + count - 1: 1.0, year + count: 3.4, year + count + 1: 0.6}, -0.3)
    for m in _TERM.finditer(text) if "term" in gates else ():
        number = small(m["n"] or m["n2"])
        if number:
            year = int(m["y"] or m["y2"]) - number + (1 if m["n2"] else 0)
            yield Evidence(m[0], {year - 1: 1.0, year: 4.5, year + 1: 0.5}, -1.0)
    for m in _COHORT.finditer(text):
        year, rest = int(m["y"]), m["rest"]
        if m[0][4] == "届":
            yield Evidence(m[0][:5], {year - 1: 1.8, year: 3.2, year + 1: 1.2}, -1.0)
        elif re.search("新生|军训|入学|迎新|报到", rest):
            yield Evidence(f"{m[0][:5]}新生", {year: 4.2, year + 1: 1.0}, -1.5)
        elif re.search("毕业|离校", rest):
            yield Evidence(f"{m[0][:5]}毕业", {year + 2: 1.0, year + 3: 2.6, year + 4: 3.2, year + 5: 1.0, year + 6: 1.8}, -1.5)
        else:
            yield Evidence(m[0][:5], dict.fromkeys(range(FIRST_YEAR, year), -4.0) | {year: 1.4, year + 1: 1.2, year + 2: 1.0, year + 3: 0.6}, -0.5)


def seasons(text: str, expressions: list[Expression]) -> Iterable[Evidence]:
    """2017—2018采暖季, 2015-2016学年: the first year from August on, else the second."""
    months = {m.month for e in expressions if (m := e.first).year is None and m.month and not m.event}
    for match in _SEASON.finditer(text):
        year = int(match["y"])
        early, late = any(month <= 7 for month in months), any(month >= 8 for month in months)
        first, second = (3.4, 1.4) if late and not early else (1.4, 3.4) if early and not late else (2.2, 2.4)
        yield Evidence(match[0], dict.fromkeys(range(FIRST_YEAR, year), -4.0) | {year: first, year + 1: second}, -1.5)
        return


def lunar_years(text: str, gates: frozenset[str]) -> Iterable[Evidence]:
    """今年闰九月: years with that leap month; 戊戌年腊月廿四: the year of that very day."""
    if m := _LEAP_MONTH.search(text):
        month = 1 if m["m"] == "正" else small(m["m"])
        good = [year for year in YEARS if month and cal.lunar_days(year, month, 1, True)]
        yield Evidence(m[0], dict.fromkeys(good, 4.5), -3.0)
    if "cycle" in gates and (m := _LUNAR_CYCLE.search(text)):
        month = {"正": 1, "冬": 11, "腊": 12}.get(m["m"][0]) or small(m["m"][:-1])
        written = m["d"].removeprefix("初").replace("廿", "二十")
        number = small(written)
        for year in YEARS:
            if _STEMS[(year - 4) % 10] + _BRANCHES[(year - 4) % 12] == m["c"] and month and number and (days := cal.lunar_days(year, month, number, False)):
                yield Evidence(m[0], {days[0].year: 5.0}, -2.0)
    if m := _SESSION.search(text):
        first = _CONGRESS.get(m["c"])
        if first:
            year = first + (small(m["s"]) or 1) - 1
            yield Evidence(m[0], dict.fromkeys(range(FIRST_YEAR, year), -4.0) | {year: 4.0, year + 1: 0.8}, -0.5)


def weekdays_of_festivals(text: str, expressions: list[Expression]) -> Iterable[Evidence]:
    """本周五就是端午节: the festival's week day."""
    for e in expressions:
        m = _ITS_WEEKDAY.search(text, max(0, e.start - 14), e.start) if e.first.festival and e.first.year is None else None
        if m and witness(e.first)[0] is not None:
            number = "一二三四五六日天".index(m["d"]) if m["d"] != "天" else 6
            good = [year for year in YEARS if (day := festival_day(e.first.festival or "", year)) and day.weekday() == number]
            yield Evidence(f"{e.first.festival} on a week day", dict.fromkeys(good, 1.9), -3.0)


def travel_season(text: str) -> Iterable[Evidence]:
    """The spring travel rush begins fifteen days before the Spring Festival and lasts forty: 春运于1月13日启动.

    Source: the practice of the railways since the 1990s.
    """
    if m := _TRAVEL.search(text):
        start = int(m["m"]), int(m["d"])
        good = [year for year in YEARS if (day := festival_day("春节", year)) and (begun := cal.shifted(day, -15)) and (begun.month, begun.day) == start]
        if good:
            yield Evidence(m[0], dict.fromkeys(good, 3.4), -2.0)


def meeting_festivals(text: str, expressions: list[Expression]) -> Iterable[Evidence]:
    """A movable festival that meets a day told near it: 高考第二天恰逢端午节。6月8日 …, 3月5日既是学雷锋日,又是元宵节, 中秋和国庆撞在同一天."""
    fixed = [(e, (m.month, m.day)) for e in expressions if (m := e.first).year is None and m.month and m.day and not m.event and e.last is None]
    for e in expressions:
        name = e.first.festival
        if name is None or e.first.year is not None or witness(e.first)[0] is None:
            continue
        near: tuple[int, int] | None = None
        if _MEETS.search(text, max(0, e.start - 4), e.start):
            before = [day for other, day in fixed if 0 <= e.start - other.end <= 40 and "。" not in text[other.end : e.start]]
            after = [day for other, day in fixed if 0 <= other.start - e.end <= 8]
            near = before[-1] if before else after[0] if after else None
        elif name.startswith("中秋") and _SAME_DAY.search(text, e.end, e.end + 24) and "国庆" in text[max(0, e.start - 6) : e.end + 12]:
            near = 10, 1
        if near:
            good = [year for year in YEARS if (day := festival_day(name, year)) and (day.month, day.day) == near]
            if good:
                yield Evidence(f"{name} on {near[0]}-{near[1]}", dict.fromkeys(good, 3.4), -3.0)


def titled_years(text: str) -> Iterable[Evidence]:
    """A year in the title of a paper that is worked by: 《2016年冬季供暖保障方案》, 《三年行动计划(2018—2020年)》."""
    single: set[int] = set()
    for m in _TITLED.finditer(text):
        first, last = int(m["y"]), int(m["y2"] or m["y"])
        if _NOT_NEW.search(m[0]) or not first <= last <= first + 15:
            continue
        if last == first:
            single.add(first)
            continue
        share = 1.6 / (last - first + 1) ** 0.5
        yield Evidence(f"a paper for {first}–{last}", dict.fromkeys(range(FIRST_YEAR, first - 1), -4.0) | dict.fromkeys(range(first, last + 1), share), -1.0)
    if single:
        top = max(single)
        scores = dict.fromkeys(range(FIRST_YEAR, top - 1), -4.0) | {top - 1: -0.5, top: 2.8, top + 1: 0.6, top + 2: -0.8}
        yield Evidence(f"a paper for {top}", scores, -1.8)


#: What stands between the bars of a pattern that are in no brackets; the plain characters with which it begins.
_ALTERNATIVE, _STEM = re.compile(r"(?:[^|()\[\]]|\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\))+"), re.compile(r"(?:[^|()\[\].?*+\\](?![?*{]))+")


@cache
def _happenings() -> tuple[list[tuple[str, re.Pattern[str]]], list[tuple[re.Pattern[str], dt.date]]]:
    """Every alternative of the words, with the characters without which it need not be looked for; each row with its day."""
    table = [(words, dt.date.fromisoformat(day)) for words, day in cal.rows("happenings.tsv")]
    every = dict.fromkeys(one for words, _ in table for one in _ALTERNATIVE.findall(words))
    stems = [(stem[0], re.compile(one)) for one in every if (stem := _STEM.match(one))]
    assert len(stems) == len(every), "every happening must begin with plain characters"
    return stems, [(re.compile(words), day) for words, day in table]


def _named_happenings(text: str, gates: frozenset[str]) -> Iterable[re.Match[str]]:
    """Where a text names happenings, each name once; of overlapping ones the first."""
    found = [hit for stem, words in _happenings()[0] if f"happening {stem}" in gates for hit in words.finditer(text)]
    found.sort(key=_start)  # those that begin together stay in the order of the table
    seen, last = set(), 0
    for hit in found:
        if hit.start() >= last:
            last = hit.end()
            if hit[0] not in seen:
                seen.add(hit[0])
                yield hit


def _start(match: re.Match[str]) -> int:
    return match.start()


def happenings(text: str, gates: frozenset[str], expressions: list[Expression]) -> Iterable[Evidence]:
    """What happened on a known day (芦山地震): days told within two months after it name its year; else it is a lower bound, and its year likely."""
    table = _happenings()[1]
    told = [(m.month, m.day or 15) for e in expressions if (m := e.first).year is None and m.month and not m.event]
    for hit in _named_happenings(text, gates):
        days = [day for words, day in table if words.fullmatch(hit[0])]
        scores = dict.fromkeys(range(FIRST_YEAR, min(days).year), -5.0)
        last_year = _TOLD_OF_LAST_YEAR.search(text, max(0, hit.start() - 26), hit.start()) is not None
        for day in days:
            after = [later for month, number in told if (later := cal.make_day(day.year, month, number) or cal.make_day(day.year, month, 28))]
            if _NEXT_YEARS.match(text, hit.end()):
                scores = {day.year - 1: 4.0}
                continue
            if last_year:
                scores[day.year + 1] = 3.5
                continue
            fresh = any(-3 <= (later - day).days <= _NEWS for later in after)
            scores[day.year] = 4.0 if fresh else 1.6
            scores[day.year + 1] = max(scores.get(day.year + 1, 0.6), 0.6)
        yield Evidence(f"{hit[0]} of {', '.join(str(day.year) for day in days)}", scores, 0.0)


def approaching_festivals(text: str, expressions: list[Expression], pages: list[Candidate]) -> Iterable[Evidence]:
    """A movable festival that lies ahead of the days told: 离中秋节只剩一天 by its count, 中秋节前夕 by being near."""
    days = {(m.month, m.day) for e in expressions if (m := e.first).year is None and m.month and m.day and not m.event and e.bound != "before"}
    days |= {(page.month, page.day) for page in pages if page.weight > CURRENT}
    if not days:
        return
    seen = set()
    for e in expressions:
        name = e.first.festival
        if name is None or name in seen or e.first.year is not None or witness(e.first, holiday=True)[0] is None:
            continue
        counted = _COUNTDOWN.match(text, e.end) if _FROM.search(text, max(0, e.start - 3), e.start) else None
        if not counted and e.first.festival_part != "eve" and not _APPROACHES.match(text, e.end):
            continue
        seen.add(name)
        number = small(counted["n"]) if counted else None
        nearest, furthest = (number - 1, number + 1) if number else (0, 25)
        good = [year for year in YEARS if (day := festival_day(name, year)) and any(nearest <= gap <= furthest for gap in _gaps(days, day))]
        gain, loss = (2.4, -2.0) if number else (1.0, -1.0)
        yield Evidence(f"{name} {f'is {number} days away' if number else 'is near'}", dict.fromkeys(good, gain), loss)


def _gaps(days: set[tuple[int, int]], festival: dt.date) -> Iterable[int]:
    """How many days before the festival each day lies, in the year before which it comes next."""
    for month, number in days:
        day = cal.make_day(festival.year, month, number)
        if day and day > festival:
            day = cal.make_day(festival.year - 1, month, number)
        if day:
            yield (festival - day).days


#: Every phrase that names a year holds one of these words, or an ordinal.
_NAMING_WORDS = ("华诞", "周年", "之年", "局年", "步年", "官年", "第一年", "第四年", "亚运", "大运", "世博", "台风", "峰会", "奥")
_ORDINAL = re.compile("第.{1,4}?(?:[个届次]|[三世国中全植消进]|“)")
#: Words without which a text holds no match of a pattern; one look for all of them is quicker than one for each pattern.
_GATED = {
    "named": _NAMING_WORDS, "cycle": tuple(stem + branch for stem in _STEMS for branch in _BRANCHES), "animal": tuple(animal + "年" for animal in _ANIMALS),
    "term": ("有效期", "今年起", "今年开始"), "left": ("还有", "只剩", "仅剩", "还剩", "只有", "仅有", "就是20"),
} | {f"happening {stem}": (stem,) for stem, _ in _happenings()[0]}
_GATE_WORDS = [(word, name) for name, words in _GATED.items() for word in words]
_GATE = ahocorasick_rs.AhoCorasick([word for word, _ in _GATE_WORDS], implementation=ahocorasick_rs.Implementation.ContiguousNFA)


@cache
def _named_years() -> tuple[list[tuple[str, re.Pattern[str], int]], list[tuple[str, re.Pattern[str], int]]]:
    """Counted occasions and fixed phrases, each with the word without which it need not be looked for."""
    counted = [(cue, re.compile(words.replace("N", _COUNT)), int(base)) for words, base, cue in cal.rows("anniversaries.tsv")]
    fixed = [(cue, re.compile(words), int(year)) for words, year, cue in cal.rows("occasions.tsv")]
    return counted, fixed


def named_years(text: str, gates: frozenset[str]) -> Iterable[Evidence]:
    """Phrases that name a year without its number: 第二十三个国际禁毒日, “十二五”开局之年, 乙未年."""
    if "named" in gates or _ORDINAL.search(text):
        counted, fixed = _named_years()
        for cue, words, base in counted:
            m = words.search(text) if cue in text else None
            number = _hundreds(m["n"]) if m else None
            if m and number:
                yield Evidence(m[0], _around(text, m.start(), base + number), -3.0)
        for cue, words, year in fixed:
            if cue in text and (m := words.search(text)):
                yield Evidence(m[0], {year: 4.0}, -2.0)
    if "cycle" in gates and (m := _CYCLE.search(text)):
        index = next((i for i in range(60) if _STEMS[i % 10] + _BRANCHES[i % 12] == m[1]), None)
        if index is not None:
            yield Evidence(f"{m[1]}年", {y: 4.0 for y in YEARS if (y - 4) % 60 == index}, -2.0)
    if "animal" in gates and (m := _ANIMAL.search(text)):
        yield Evidence(m[0], {y: 2.2 for y in YEARS if (y - 4) % 12 == _ANIMALS.index(m[1])}, -1.5)


def _around(text: str, start: int, year: int) -> dict[int, float]:
    """The years of writing, of words that name `year`: 去年是新中国成立70周年 is written in the next, 喜迎 … perhaps in the one before."""
    before = text[max(0, start - 8) : start]
    if "去年" in before:
        return {year + 1: 5.0}
    if "明年" in before:
        return {year - 1: 5.0}
    if re.search("迎接|喜迎|即将|将迎来", before):
        return {year: 4.0, year - 1: 3.0}
    return {year: 5.0}


def _hundreds(text: str) -> int | None:
    hundreds, mark, rest = text.partition("百")
    if not mark:
        return small(text)
    return 100 * (small(hundreds) or 1) + (small(rest.strip("零〇")) or 0)
