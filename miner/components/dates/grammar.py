"""The date grammar on characters: text → calendar expressions, unresolved.

In: a clean text and the spans that are identifiers. Out: :class:`~miner.components.dates.expressions.Expression` records, ascending, not overlapping.

A gate (one regular expression) finds the characters at which an expression may begin; there the grammar reads terminals from left to right, each state
allowing certain terminals next (year → month → day → part of day → clock), then a bound (起, 以来, 前), then a range (至 …). All work is local to a
candidate, so time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from miner.components.dates import patterns as p
from miner.components.dates.contexts import CONTEXTS
from miner.components.dates.expressions import NARRATIVE, Expression, Moment
from miner.components.dates.numerals import small
from miner.components.dates.terminals import FILLS, SECOND, eras, fill_word

_MONTHLY = frozenset(("month", "hmonth", "months", "hmonths"))
_DAILY = frozenset(("day", "hday", "days"))
_CLOCK = frozenset(("clock", "hclock"))
_AFTER_YEAR = _MONTHLY | {
    "hmd",
    "half",
    "firstquarters",
    "firstmonth",
    "quarter",
    "quarters",
    "hquarter",
    "hquarters",
    "ordquarter",
    "ordinal",
    "lunarmark",
    "lunar",
    "newyear",
    "yearseason",
    "seasons",
}
#: state → kinds of terminal that may follow directly; words are named ``word:KIND``.
FOLLOWS: dict[str, frozenset[str]] = {
    "year": _AFTER_YEAR | {"word:festival", "word:month"},
    "month": _DAILY | {"ordinal"},
    "lunar mark": frozenset(("hmd", "lunar", "newyear", "hmonth", "month", "word:festival", "chu")),
    "day": _CLOCK | {"word:part"},
    "festival": _CLOCK | {"word:part"},
    "daypart": _CLOCK | {"word:part"},
    "week": frozenset(("word:part",)),
}
#: 一周三次, 每周三, 上周三: the week is counted or pointed at by what stands before.
_WORD_BEFORE_WEEK = re.compile(r"[一二两三四五六七八九十几数每个半满首上下本这外\d]$")
_TITLE = re.compile(r"《[^《》\n]{0,120}》")
_GLUE = re.compile(r"的? ?")
_SPACE_CLOCK = re.compile(r"[ T](?=\d{1,2}:\d)")


@dataclass(slots=True)
class _Reading:
    """How far the grammar has read: where the expression ends so far, in which state, and the second half of a terminal that held two numbers."""

    moment: Moment
    end: int
    state: str
    first_kind: str
    second: Moment | None = None
    bound: str = ""
    open_bound: bool = False


class Grammar:
    """Reads the expressions of one text.

    Parameters
    ----------
    text
        Clean text.
    blocked
        Ascending ``(start, end)`` spans that are no dates.
    """

    def __init__(self, text: str, blocked: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        titles = [m.span() for m in _TITLE.finditer(text)] if "《" in text else []
        self.blocked = sorted([*blocked, *titles])
        self._next_blocked = 0
        self._after_point = -1
        self._words = p.words()
        self._by_character = p.words_by_character()

    def expressions(self) -> list[Expression]:
        """The expressions of the text, in order."""
        text, position = self.text, 0
        firsts, seconds = p.gate()
        found: list[Expression] = []
        lunar_end = -1
        for m in firsts.finditer(text):
            start = m.start()
            if start < position:
                continue
            if "." in m[0] and (point := p.NUMBERED_POINT.match(text, start)) and (not start or text[start - 1] == "\n"):
                start = self._after_point = point.end()
            following = seconds.get(text[start])
            if following is not None and text[start + 1 : start + 2] not in following:
                continue
            barrier = self._blocking(start)
            if barrier > start:
                position = barrier
                continue
            chained = lunar_end >= 0 and start == lunar_end + 1 and text[lunar_end] in "、和及与"
            reading, position = self._moment(start, chained, chained)
            if reading is None:
                continue
            expression = self._complete(start, reading)
            lunar_end = expression.end if _lunar(reading.moment) else -1
            position = max(expression.end, start + 1)
            if self._blocking(expression.end - 1) <= expression.end - 1:
                found.append(expression)
        return found

    def _blocking(self, position: int) -> int:
        """The end of the blocked span that holds `position`, else -1 (positions must ascend)."""
        while self._next_blocked < len(self.blocked) and self.blocked[self._next_blocked][1] <= position:
            self._next_blocked += 1
        if self._next_blocked < len(self.blocked) and self.blocked[self._next_blocked][0] <= position:
            return self.blocked[self._next_blocked][1]
        return -1

    # reading terminals -------------------------------------------------------------------------------------------------------------

    def _terminal(self, at: int) -> tuple[str, re.Match[str]] | None:
        """The terminal that begins at a position: its kind and match."""
        text = self.text
        if at >= len(text):
            return None
        character = text[at]
        if "0" <= character <= "9":
            m = p.DIGIT.match(text, at)
            return (m.lastgroup or "number", m) if m else None
        pattern = self._by_character.get(character)
        if pattern and (m := pattern.match(text, at)):
            word = self._words[m[0]]
            if word.fits(text, at, m.end()):
                return f"word:{word.kind.partition('-')[0]}", m
        if character in p.FIXED_STARTS and (m := p.FIXED.match(text, at)):
            return m.lastgroup or "", m
        m = p.HAN.match(text, at)
        return (m.lastgroup or "", m) if m else None

    def _directed(self, at: int, state: str) -> tuple[str, re.Match[str]] | None:
        """The next terminal, where the state tells how to read it: after a month a number before 日 is its day, never a duration (20日以后)."""
        pattern = {"month": p.DAY_OF_MONTH, "lunar mark": p.LUNAR_MONTH_DAY}.get(state)
        m = pattern.match(self.text, at) if pattern else None
        return (m.lastgroup or "", m) if m else self._terminal(at)

    def _fill(self, kind: str, m: re.Match[str], moment: Moment) -> str | None:
        if kind.startswith("word:"):
            word = self._words[m[0]]
            return fill_word(word.kind, word.value, moment)
        if kind == "lunarmark":
            return "lunar mark"
        fill = FILLS.get(kind)
        return fill(m, moment) if fill else None

    def _lunar_day(self, at: int) -> tuple[str, re.Match[str]] | None:
        """初七 after another lunar day (初六、初七; 除夕至初五), where nothing need follow; else what stands there."""
        m = p.CHAINED.match(self.text, at)
        return ("chu", m) if m else self._terminal(at)

    def _moment(self, start: int, within: bool = False, chained: bool = False) -> tuple[_Reading | None, int]:
        """Read one moment; returns it (None if there is none) and where to search on.

        `within`: it stands after a range's 至, so that what would be too bare by itself counts. `chained`: after a lunar day, in a list or range.
        """
        terminal = self._lunar_day(start) if chained else self._terminal(start)
        if terminal is None:
            return None, start + 1
        kind, m = terminal
        if kind == "number":
            return None, m.end()
        if kind == "every":
            return None, self._skip_habit(m.end())
        moment = Moment()
        state = self._fill(kind, m, moment)
        if state is None:
            return None, m.end() if "0" <= self.text[start] <= "9" else start + 1
        reading = _Reading(moment, m.end(), state, kind, self._second(kind, m))
        self._extend(reading)
        if state == "lunar mark" and reading.state == "lunar mark":
            return None, m.end()
        if not self._stands(start, reading, within):
            return None, m.end() if "0" <= self.text[start] <= "9" else start + 1
        return reading, reading.end

    @staticmethod
    def _second(kind: str, m: re.Match[str]) -> Moment | None:
        if kind not in SECOND:
            return None
        group, fill = SECOND[kind]
        moment = Moment()
        number = m[group]
        return moment if fill(moment, int(number) if number.isdigit() else small(number)) else None

    def _extend(self, reading: _Reading) -> None:
        """Read on while the state allows a terminal that stands directly after."""
        text, moment = self.text, reading.moment
        while reading.second is None:
            if self._tail(reading):
                continue
            follows = FOLLOWS.get(reading.state)
            if follows is None:
                return
            at = reading.end
            if reading.state == "year" and (glue := _GLUE.match(text, at)):
                at = glue.end()
            elif reading.state == "month" and text.startswith("的第", at):
                at += 1
            elif reading.state == "day" and (space := _SPACE_CLOCK.match(text, at)):
                at = space.end()
            terminal = self._directed(at, reading.state)
            if terminal is None or terminal[0] not in follows:
                return
            kind, m = terminal
            lunar = reading.state == "lunar mark"
            state = self._fill(kind, m, moment)
            if state is None:
                return
            reading.end, reading.state = m.end(), state
            reading.second = self._second(kind, m)
            if lunar and state == "month":
                self._lunar_month(reading)

    def _lunar_month(self, reading: _Reading) -> None:
        """农历8月23号: the numbers after the mark are of the lunar calendar."""
        moment = reading.moment
        month, moment.month = moment.month, None
        m = p.LUNAR_DAY.match(self.text, reading.end)
        day = small(m["n"]) if m else None
        if m and day and day <= 30:
            reading.end, reading.state = m.end(), "day"
        else:
            reading.state = "lunar month"
        moment.lunar = (month or 1, day, False)

    def _tail(self, reading: _Reading) -> bool:
        """Read a suffix that is no date by itself (初, 上旬, 当天, 期间 …)."""
        text, state, moment = self.text, reading.state, reading.moment
        pattern = {
            "year": p.YEAR_TAIL,
            "month": p.MONTH_TAIL,
            "day": p.DAY_TAIL,
            "festival": p.FESTIVAL_TAIL,
            "week": p.WEEK_TAIL,
            "lunar month": p.MONTH_TAIL,
        }.get(state)
        if pattern is None:
            return False
        m = pattern.match(text, reading.end + 1 if state == "year" and text.startswith("的前", reading.end) else reading.end)
        if m is None:
            return False
        group = m.lastgroup or ""
        if state == "week":
            if moment.weekday is not None or (moment.week_shift is None and moment.part is None):
                return False
            if m["wd"]:
                reading.state = self._fill("weekday", m, moment) or state
            else:
                moment.weekday, reading.state = 7, "weekend"
        elif state == "day":
            if moment.daypart is not None:
                return False
            moment.daypart = {"sameeve": (18, 24), "samemorn": (4, 10)}.get(group)
            reading.state = "daypart" if moment.daypart else "whole day"
            if reading.state == "whole day":
                reading.end = m.end()
                self._extend_day(reading)
                return True
        elif state == "festival":
            moment.festival_part = {"holiday": "holiday", "eve": "eve", "next": "next"}.get(group, "")
            moment.daypart = (18, 24) if group == "night" else None
            reading.state = "part" if group == "holiday" else "day"
        else:
            filled = self._fill(group, m, moment)
            if filled is None:
                return False
            reading.state = filled
        reading.end = m.end()
        return True

    def _extend_day(self, reading: _Reading) -> None:
        """A part of the day after 当天, 当日."""
        terminal = self._terminal(reading.end)
        if terminal and terminal[0] in FOLLOWS["day"]:
            state = self._fill(terminal[0], terminal[1], reading.moment)
            if state:
                reading.end, reading.state = terminal[1].end(), state

    def _skip_habit(self, at: int) -> int:
        """Past what follows 每 (每年3月, 每周三上午): habits name no point on the calendar."""
        terminal = self._terminal(at)
        if terminal is None or terminal[0] == "every":
            return at
        reading, _ = self._moment(at, within=True)
        if reading is None:
            return at
        join = p.JOIN.match(self.text, reading.end)
        if join and (terminal := self._terminal(join.end())) and terminal[0] != "every":
            second, _ = self._moment(join.end(), within=True)
            if second:
                return second.end
        return reading.end

    # what counts -------------------------------------------------------------------------------------------------------------------

    def _stands(self, start: int, reading: _Reading, within: bool) -> bool:
        """Whether what was read is a date where it stands, and not a duration, an address, a ratio."""
        text, kind = self.text, reading.first_kind
        before = text[start - 1] if start else ""
        if kind[0] != "h" and before and before in "0123456789.第" and "0" <= text[start] <= "9" and start != self._after_point:
            return False
        if kind in ("weekday", "weekend") and _WORD_BEFORE_WEEK.match(before):
            return False
        if kind == "bare" and not within and text[reading.end : reading.end + 1] not in tuple("-—–~至到、年"):
            return False
        check = CONTEXTS.get(kind)
        if check is None:
            return self._stands_named(start, reading)
        return within or check(text, start, reading.end, reading.state)

    def _stands_named(self, start: int, reading: _Reading) -> bool:
        """A named stretch needs its tail (“十四五” + 期间); every other kind stands by itself."""
        if reading.first_kind != "era":
            return True
        needs = eras()[self.text[start : reading.end]][2]
        m = p.ERA_TAIL[needs].match(self.text, reading.end)
        if m is None:
            return False
        reading.end = m.end()
        reading.open_bound = needs == "以来" or m[0].endswith("以来")
        if m[0].endswith("末") and reading.moment.known and (last := reading.moment.known[1]):
            reading.moment.known = (last.replace(month=1, day=1), last)
        return True

    # bounds and ranges -------------------------------------------------------------------------------------------------------------

    def _complete(self, start: int, reading: _Reading) -> Expression:
        text = self.text
        expression = Expression(start, reading.end, reading.moment, reading.second)
        if reading.moment.event:
            self._event(expression)
            return expression
        if reading.open_bound:
            expression.bound = "so far"
            return expression
        self._bound(expression, reading)
        if expression.last is None and expression.bound in ("", "since"):
            self._range(expression, reading)
        if not expression.bound and not expression.first.now and (p.AS_OF.search(text, max(0, start - 4), start) or self._counts_up(expression)):
            expression.bound = "upto"
            expression.marks.add("as of")
        return expression

    def _counts_up(self, expression: Expression) -> bool:
        """到10月底,累计 …; 至6月底开工2268套; 保电至3月8日,小组累计 …: until that day all was counted."""
        text, start, moment = self.text, expression.start, expression.first
        if expression.last is not None or (moment.base == NARRATIVE and moment.day_shift == 0):
            return False
        opens = p.UP_TO.search(text, max(0, start - 3), start)
        head = opens and (p.COUNTED.match(text, expression.end) or (text[start - 1] == "至" and not moment.only_hours() and moment.hour is None))
        return bool(head or (p.UP_TO_INSIDE.search(text, max(0, start - 2), start) and p.ADDED_UP.match(text, expression.end)))

    def _event(self, expression: Expression) -> None:
        text = self.text
        expression.marks.add("event")
        if expression.start and text[expression.start - 1] in '“‘"' and expression.end < len(text) and text[expression.end] in '”’"':
            expression.start, expression.end = expression.start - 1, expression.end + 1
            if tail := p.EVENT_TAIL.match(text, expression.end):
                expression.end = tail.end()

    def _bound(self, expression: Expression, reading: _Reading) -> None:
        if reading.first_kind in ("nspan", "hspan") or reading.state == "now":
            return
        m = p.BOUND.match(self.text, expression.end)
        if m is None:
            self._since_deed(expression)
            return
        group = m.lastgroup or ""
        if group == "period" and reading.moment.only_hours():
            return
        if m[0] in ("开始", "始") and not self._opens(expression.start, m.end()):
            return
        expression.end = m.end()
        if group not in ("about", "period"):
            expression.bound = "so far" if group == "sofar" else group
        if group == "period" and expression.first.festival:
            expression.first.festival_part = "holiday"

    def _since_deed(self, expression: Expression) -> None:
        """自6月20日行动开始以来, 7月29日进村至今: the bound behind the deed that began on the day."""
        if m := p.DEED_UNTIL_NOW.match(self.text, expression.end):
            expression.end, expression.last = m.end(), Moment(now=True)
            return
        m = p.SINCE_DEED.match(self.text, expression.end)
        if m is not None and (expression.first.day is not None or p.SINCE_HEAD.search(self.text, max(0, expression.start - 8), expression.start)):
            expression.end, expression.bound = m.end(), "so far"

    def _opens(self, start: int, end: int) -> bool:
        """从3月1日开始, 2018年开始的: a bound; 8月19日开始搭建: a verb."""
        text = self.text
        return text[max(0, start - 1) : start] in ("从", "自", "由") or text[end : end + 1] in ("", ",", "。", ";", "、", ")", "的", "至", "到")

    def _range(self, expression: Expression, reading: _Reading) -> None:
        text = self.text
        m = p.UNTIL_NOW.match(text, expression.end)
        if m and reading.state != "clock":
            expression.end, expression.last, expression.bound = m.end(), Moment(now=True), ""
            return
        m = p.JOIN.match(text, expression.end)
        if m is None or m.end() >= len(text) or text[m.end()] == "每":
            return
        if reading.first_kind == "iso" and (short := p.SHORT_DAY.match(text, m.end())) and int(short["m"]) <= 12:
            expression.end, expression.last = short.end(), Moment(month=int(short["m"]), day=int(short["d"]))
            return
        second, _ = self._moment(m.end(), within=True, chained=_lunar(reading.moment))
        if second is None or second.moment.now or second.first_kind in ("nspan", "hspan", "relspan") or not _pairs(reading.moment, second.moment):
            return
        expression.end, expression.last, expression.bound = second.end, second.moment, ""
        if tail := p.RANGE_TAIL.match(text, expression.end):
            expression.end = tail.end()


def _lunar(moment: Moment) -> bool:
    """Whether a day of the lunar calendar is told, so that 初五 after it is one too."""
    return (moment.lunar is not None and moment.lunar[1] is not None) or moment.festival in ("除夕", "春节", "大年三十", "年三十")


def _pairs(first: Moment, second: Moment) -> bool:
    """Whether two moments can be the ends of one range: the second may not be coarser than the first without naming a year or month itself."""
    return not (first.only_hours() and not second.only_hours()) and not second.event
