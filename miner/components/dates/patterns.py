"""The terminal patterns of the date grammar and the word tables behind them.

In: ``data/grammar.tsv``, ``data/words.tsv``, ``data/festivals.tsv``, ``data/eras.tsv``. Out: compiled regular expressions, one per class of
first character, whose outermost named groups are the kinds of :mod:`miner.components.dates.terminals`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from miner.components.dates.calendar import rows
from miner.components.dates.numerals import SMALL, YEAR_DIGIT


@cache
def _tables() -> dict[str, list[tuple[str, str]]]:
    """The rows of ``grammar.tsv`` by table."""
    tables: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, kind, pattern in rows("grammar.tsv"):
        tables[table].append((kind, pattern))
    return tables


@cache
def _macros() -> dict[str, str]:
    eras = "|".join(sorted((re.escape(row[0]) for row in rows("eras.tsv")), key=len, reverse=True))
    macros = {"SMALL": SMALL, "YEAR_DIGIT": YEAR_DIGIT, "ERAS": eras}
    for name, pattern in _tables()["macro"]:
        macros[name] = _expanded(pattern, macros)
    return macros


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    return re.sub(r"%([A-Z_]+)%", lambda m: macros[m[1]], pattern)


def _table(name: str) -> re.Pattern[str]:
    """One alternation of a table's patterns, each in a group named after its kind."""
    return re.compile("|".join(f"(?P<{kind}>{_expanded(pattern, _macros())})" for kind, pattern in _tables()[name]))


DIGIT, HAN, FIXED = _table("digit"), _table("han"), _table("fixed")
#: What may follow a year, a month, a day directly, and is no date by itself.
YEAR_TAIL, MONTH_TAIL, DAY_TAIL, FESTIVAL_TAIL, WEEK_TAIL = (_table(f"{unit}_tail") for unit in ("year", "month", "day", "festival", "week"))
BOUND, DAY_OF_MONTH, LUNAR_MONTH_DAY = _table("bound"), _table("day_of_month"), _table("lunar_month_day")
#: Characters at which a terminal of the table ``fixed`` may begin.
FIXED_STARTS = frozenset(first for first, _ in _tables()["gate"]) | frozenset(row[0][0] for row in rows("eras.tsv")) | frozenset("一二两三四五六七八九十")
JOIN = re.compile(r"起?(?:——|--|[-—–~−―]|(?:一?直)?至|(?:一?直)?到) ?")
UNTIL_NOW = re.compile(r"(?:至今|到现在|至目前|到目前|至现在|迄今)(?!年|天|日|晚|早|晨|后)")
CHAINED = re.compile(
    "(?:初(?P<cn>十|[一二三四五六七八九])(?![中级年])"
    "|(?P<ct>廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十)(?=[,。;、)日期前晚夜]|$))"
)
#: 3.5月16日 at the head of a line: point 3, then a day.
NUMBERED_POINT = re.compile(r"\d{1,2}\.(?=(?:[1-9]|1[0-2])月(?:\d|[份初底中上下,]))")
AS_OF = re.compile(r"(?:截至到?|截止到?|截止至|截到)[::]?$")
#: What follows the number with which an expression begins; numbers with points are looked at anyhow.
AFTER_NUMBER = "年月日号时点:/-·•‧・—–~−―至到、世季天周个星礼交工半 "
#: 到10月底,累计 …: a bound of what is counted up, at the head of a clause.
UP_TO = re.compile(r"(?:^|[,。;:!?”)\n])(?:至|到|直到)$")
#: 保电至3月8日,小组累计 …: inside a clause where the next one adds up.
UP_TO_INSIDE, ADDED_UP = re.compile(r"[\u4e00-\u9fff](?:至|到)$"), re.compile(r",[^,。;:\n]{0,14}?(?:累计|共计|总共|合计)")
COUNTED = re.compile(r",|(?:已经?|累计|共|[只仅尚](?!要|有)|先后|总计|全[市县区镇乡村局年省]|我[局所队])")
LUNAR_DAY = re.compile(rf"初?(?P<n>\d{{1,2}}|{SMALL})[日号]?")
#: 6月20日行动开始以来, 2009年成立以来: a deed between the day and its bound.
SINCE_HEAD = re.compile(r"[自从][\u4e00-\u9fff]{0,6}$")
SINCE_DEED = re.compile(r"[\u4e00-\u9fff“”]{1,9}?(?<![有将要近])以来")
DEED_UNTIL_NOW = re.compile(r"[\u4e00-\u9fff]{2,6}?(?<![有将要近迄])至今(?=[,。;])")
#: 2023.11.1-11.30: the second end of a range in figures.
SHORT_DAY = re.compile(r"(?P<m>\d{1,2})[./](?P<d>\d{1,2})(?![\d./])")
#: “3·15”期间: what may hang on a day that stands in quotation marks.
EVENT_TAIL = re.compile(r"期间|当天|当日")
RANGE_TAIL = re.compile(r"(?:为?止|期间|之间)")
ERA_TAIL = {
    "期间": re.compile('[”"]?(?:规划)?(?:期间|时期|初期|末期|以来|末|期末)'),
    "以来": re.compile("(?:胜利|召开|闭幕)?(?:以来|之后|以后)"),
    "": re.compile(""),
}

#: 第30个教师节: the day itself, unlike 一个教师节.
_NTH = re.compile(r"第[0-9一二三四五六七八九十百]{1,5}个$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that names a time: its kind and value, and what must not stand after and before it."""

    kind: str
    value: str
    not_before: re.Pattern[str] | None
    not_after: str

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the word at ``[start, end)`` is the time it names, and no part of another word."""
        if self.not_before and self.not_before.match(text, end):
            return False
        before = text[start - 1] if start and self.not_after else ""
        return not (before and before in self.not_after) or (before == "个" and bool(_NTH.search(text, max(0, start - 8), start)))


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
def gate() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """Where an expression may begin, and for each first character but the digits the second characters that follow it.

    The pattern finds a first character before any second one, and a number that has a point or stands before a character of :data:`AFTER_NUMBER`.
    """
    seconds: dict[str, set[str]] = defaultdict(set)
    for form in (*words(), *(row[0] for row in rows("eras.tsv"))):
        seconds[form[0]].add(form[1])
    for firsts, following in _tables()["gate"]:
        for first in firsts:
            seconds[first].update(following)
    firsts = "".join(sorted(first for first in seconds if not first.isdigit()))
    second = "".join(sorted({character for following in seconds.values() for character in following}))
    number = rf"(?<=[0-9])(?<![0-9][0-9])(?:[0-9,]*+\.[0-9,.]*+|[0-9,.]*+(?=[{re.escape(AFTER_NUMBER)}]|\Z))"
    return re.compile(f"[{firsts}0-9](?:(?<![0-9])(?=[{re.escape(second)}])|{number})"), {  # one class leads, for speed
        first: frozenset(following) for first, following in seconds.items() if not first.isdigit()
    }
