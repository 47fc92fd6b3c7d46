"""Numbers with their units: where they stand, what number they write, exact or not.

In: normalised text, and spans that belong to dates, identifiers and organisations. Out: :class:`Measure` objects, ascending, not overlapping.
Items and scopes come later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from miner.components.quantities.approximation import reading_of, trailing_mark
from miner.components.quantities.data_files import words
from miner.components.quantities.not_quantities import CHAIN, calendar_number, fixed_word, limits, named_number, slogan
from miner.components.quantities.numerals import RUN, Numeral, read_numeral, runs, shared_multiplier
from miner.components.quantities.units import Unit, unit_at, units
from miner.schema.numbers import Number

_LINK = re.compile(r"[-—–]{1,2}|[~～至到]")
_NOUN_BEFORE_ONE = re.compile(r"[\u4e00-\u9fff](?<![的这那了每有没无第再又任某哪不各是成为同于在到地得着过出给买办开做来去上下仅只])$")
_MINUTE = Unit("分", "time", "time", 60.0, "s")
_MINUTES = re.compile(r"分(?:零?[\d一二三四五六七八九十]+秒|半)")
_CENT = Unit("分", "money", "money", 0.01, "CNY")
_MONEY_BEFORE = re.compile(r"(港币|人民币|美金|欧元|[¥￥]|RMB|US\$|\$|€|£)$")
_MONEY_SIGNS = {"人民币": "元", "¥": "元", "￥": "元", "RMB": "元", "US$": "美元", "$": "美元", "€": "欧元", "£": "英镑"}
_HALVED = ("小时", "钟头", "月")
_ROUGHLY = ("多万", "余万", "多亿", "余亿")
_PLURAL = re.compile(r"[\d多几数两十百千万余]")
_BARE_AFTER = re.compile(r"(?=[,，。;；、!?)）\n])|$")
_SIGN = re.compile(r"(?:零下|负|(?<![\w\u4e00-\u9fff)）%])[-－])$")


@dataclass(slots=True)
class Measure:
    """A number with its unit. `number_at` is the span of the numeral alone; `days` is True where a time unit tells an age or a length of time."""

    start: int
    end: int
    value: Number
    high: Number | None
    unit: Unit
    qualifier: str
    number_at: tuple[int, int]
    article: bool = False
    normal: tuple[Number, str] | None = None


NO_UNIT = Unit("", "count")
_TEN_THOUSANDTH = Unit("‱", "ratio", "ratio", 0.01, "%")


def find_measures(text: str, blocked: Sequence[tuple[int, int]] = ()) -> list[Measure]:
    """All numbers with units (and the few without) in `text`.

    Parameters
    ----------
    text
        Normalised text (see the layout).
    blocked
        Ascending spans that hold no quantities: dates, identifiers, names of organisations.
    """
    found: list[Measure] = []
    reader = _Reader(text)
    at, last = 0, len(blocked)
    for match in runs(text):
        start, end = match.span()
        if start < reader.position:
            continue
        if end - start == 1 and text[start] == "一" and text[end : end + 1] not in _first_characters():
            continue
        while at < last and blocked[at][1] <= start:
            at += 1
        if at < last and blocked[at][0] < end:
            reader.ordinal_end = end
            continue
        measure = reader.read(match)
        if measure is None:
            continue
        if at < last and blocked[at][0] < measure.end:
            continue
        found.append(measure)
        reader.position = measure.end
    return found


def _context() -> dict[str, frozenset[str]]:
    return words("number_context.tsv")


def _any(role: str) -> str:
    return "|".join(map(re.escape, sorted(_context()[role], key=len, reverse=True)))


@cache
def _great() -> re.Pattern[str]:
    """大 of 三大物流园区."""
    return re.compile(rf"大(?!{_any('not_great')})(?=[\u4e00-\u9fff])")


@cache
def _people() -> re.Pattern[str]:
    return re.compile(_any("people"))


@cache
def _announced() -> re.Pattern[str]:
    """The end of words that announce a bare number: 人数达."""
    return re.compile(rf"(?:{_any('amount')})已?(?:{_any('amount_verb')})?$")


@cache
def _first_characters() -> frozenset[str]:
    return frozenset(name[0] for name in units()) | frozenset("大半分")


class _Reader:
    """Reads one measure after the other from a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.ordinal_end = -9
        self.known: Numeral | None = None
        self.known_unit: tuple[Unit, int, int] | None = None

    def read(self, match: re.Match[str]) -> Measure | None:
        """The measure whose numeral `match` may be."""
        text = self.text
        start, end = match.span()
        numeral = read_numeral(text, match)
        if numeral is None or self._rejected(start, end):
            return None
        if text.startswith("分之", end):
            return self._fraction(numeral)
        arabic = text[start].isascii()
        if calendar_number(text, start, end, arabic):
            self.position = end
            return None
        measure = self._range(numeral) or self._and_a_half(numeral) or self._simple(numeral) or self._without_unit(numeral)
        if measure is not None:
            measure = self._signed(measure)
            self._qualify(measure)
        return measure

    def _rejected(self, start: int, end: int) -> bool:
        text = self.text
        chain = CHAIN.match(text, start) if text[start].isascii() and text[end : end + 1] in "-—–/:." and text[end:] else None
        if chain and chain.end() > end and self._no_range(chain, start):
            self.position = chain.end()
            return True
        if named_number(text, start, end) or (text[start - 1 : start] in "、和至到—-~" and self.ordinal_end == start - 1):
            self.ordinal_end = end
            return True
        after = text[end : end + 1]
        if after.isascii() and after.isalpha() and unit_at(text, end) is None:
            return True
        word = fixed_word(text, start)
        if word and not (text.startswith("分之", end) or start + len(word) < end):
            self.position = max(start + len(word), end)
            return True
        return slogan(text, start)

    def _no_range(self, chain: re.Match[str], start: int) -> bool:
        marks = re.findall(r"[-—–/.:]+", chain.group())
        marks = [m for m in marks if m != "."] if len(marks) < 3 else marks
        if not marks or (len(marks) == 1 and marks[0][0] in "-—–"):
            return chain.group()[0] == "0" and not chain.group().startswith("0.")
        return True

    def _unit(self, numeral: Numeral) -> tuple[Unit, int, int] | None:
        """The unit behind a numeral, where the numeral ends (千 of 12千米 belongs to the unit) and where the unit ends."""
        if self.known is not numeral:
            self.known, self.known_unit = numeral, self._read_unit(numeral)
        return self.known_unit

    def _read_unit(self, numeral: Numeral) -> tuple[Unit, int, int] | None:
        text, end = self.text, numeral.end
        last = text[end - 1]
        if last in "千百兆" and end - numeral.start > 1:
            read = unit_at(text, end - 1)
            if read is not None:
                return read[0], end - 1, read[1]
        read = unit_at(text, end)
        if read is None and last == "两" and end - numeral.start > 1:
            return units()["两"], end - 1, end
        if read is None:
            return None
        if read[0].kind == "place" and not self._counts_place(numeral, read[0], end):
            return None
        return read[0], end, read[1]

    def _counts_place(self, numeral: Numeral, unit: Unit, end: int) -> bool:
        """Whether a noun stands as its own unit (3省4市, 5部门): after Arabic digits, 两, 几, or in a row of such pairs."""
        text, start = self.text, numeral.start
        if numeral.value > 5000 or numeral.bare:
            return False
        if len(unit.name) > 1 or text[start].isdigit() or text[start] in "两几数多":
            return True
        after = RUN.match(text, end + len(unit.name))
        if (after and unit_at(text, after.end())) or text[start - 1 : start] in "省市县区镇乡村街" or numeral.value > 10:
            return True
        return numeral.value > 1 and "、" in text[max(0, start - 9) : start - 1] and text[start - 1] not in "、的"

    def _simple(self, numeral: Numeral) -> Measure | None:
        read = self._unit(numeral)
        if read is None:
            return None
        unit, number_end, end = read
        text, start = self.text, numeral.start
        if text[start:number_end] == "几":
            return None  # 过了几天: no figure that a table could hold
        small_han = not text[start].isascii() and number_end - start == 1 and text[start] in "一二三四五六七八九"
        limit = limits().get(unit.name)
        if limit and not limit.allow(text, start, number_end, end, small_han):
            return self._shorter(numeral, unit, number_end, small_han)
        if unit.name == "分" and _MINUTES.match(text, number_end):
            unit = _MINUTE
        if text[start:number_end] == "一" and not self._counted_one(unit, start, end):
            return None
        if numeral.string and number_end == numeral.end:
            return None
        value, high = (numeral.value, numeral.high) if number_end == numeral.end else self._reread(start, number_end)
        measure = Measure(start, end, value, high, unit, numeral.qualifier, (start, number_end), article=text[start:number_end] == "一")
        if numeral.bare and unit.kind == "time" and text[start] != "半" and text[number_end - 1] not in "多余":
            return None
        if unit.rough:
            measure.qualifier = "approx"
        self._extend(measure)
        return measure

    def _and_a_half(self, numeral: Numeral) -> Measure | None:
        """一个半小时, 两个半月."""
        text, (start, end) = self.text, (numeral.start, numeral.end)
        if numeral.high is not None or not text.startswith("个半", end):
            return None
        unit = next((units()["个" + name] for name in _HALVED if text.startswith(name, end + 2)), None)
        return Measure(start, end + 1 + len(unit.name), numeral.value + 0.5, None, unit, numeral.qualifier, (start, end)) if unit else None

    def _counted_one(self, unit: Unit, start: int, end: int) -> bool:
        """Whether 一 counts and is no article: lengths of time (一周), rates (每季度一次), 其中一个, a number behind its noun (赌档一个,)."""
        text = self.text
        if unit.kind == "time":
            return unit.name in _context()["counted_time"] or text[end : end + 1] in ("半", "零")
        if unit.dimension in ("mass", "length", "area", "volume", "money", "energy", "power") and unit.name not in _context()["idiomatic"]:
            return True
        if unit.name == "番" and text[start - 1 : start] == "翻":
            return True
        before = text[max(0, start - 14) : start]
        clause = re.split(r"[,。;、!?:\n]", before)[-1]
        if "每" in clause or before.endswith("其中"):
            return True
        return bool(unit.kind in ("thing", "body", "person") and text[end : end + 1] in tuple(",。;、") and _NOUN_BEFORE_ONE.search(before))

    def _shorter(self, numeral: Numeral, unit: Unit, number_end: int, small_han: bool) -> Measure | None:
        """A shorter unit where the longest is not allowed (no unit: None)."""
        name = unit.name[:-1]
        shorter = units().get(name) if name else None
        limit = limits().get(name)
        end = number_end + len(name)
        if shorter is None or (limit and not limit.allow(self.text, numeral.start, number_end, end, small_han)):
            return None
        return Measure(numeral.start, end, numeral.value, numeral.high, shorter, numeral.qualifier, (numeral.start, number_end))

    def _reread(self, start: int, end: int) -> tuple[Number, Number | None]:
        match = RUN.fullmatch(self.text, start, end)
        numeral = read_numeral(self.text, match) if match else None
        return (numeral.value, numeral.high) if numeral else (0, None)

    def _extend(self, measure: Measure) -> None:
        """Half, tenths and smaller units behind the unit: 两斤半, 1米8, 3小时20分, 5元6角."""
        text, unit = self.text, measure.unit
        if measure.high is not None or (unit.kind == "ratio" and unit.name != "成") or unit.kind in ("person", "body", "place", "tally"):
            return
        if text.startswith("半", measure.end) and unit.kind != "act" and not fixed_word(text, measure.end):
            measure.value, measure.end = measure.value + 0.5, measure.end + 1
            if unit.name == "分" and text.startswith("钟", measure.end):
                measure.unit, measure.end = units()["分钟"], measure.end + 1
            return
        if unit.name == "个":
            return
        follow = text[measure.end + 1 : measure.end + 2] if text.startswith(("零", "又"), measure.end) else text[measure.end : measure.end + 1]
        if not follow or not (follow.isdigit() or follow in "一二两三四五六七八九十半"):
            return
        offset = text[measure.end : measure.end + 1] in ("零", "又")
        match = RUN.match(text, measure.end + offset)
        if match is None:
            return
        smaller = read_numeral(text, match)
        if smaller is None or smaller.high is not None:
            return
        following = unit_at(text, match.end())
        if following is not None and following[0].name in _context().get(f"joined:{unit.name}", ()):
            self._add(measure, smaller.value, following[0], following[1])
        elif following is None and unit.name in _context()["tenths"] and smaller.value < 10 and match.end() - match.start() == 1 and not offset:
            measure.value, measure.end = round(measure.value + smaller.value / 10, 9), match.end()
        elif following is None and unit.name == "块" and offset and smaller.value < 10:
            measure.value, measure.end = round(measure.value + smaller.value / 100, 9), match.end()

    def _add(self, measure: Measure, amount: Number, unit: Unit, end: int) -> None:
        """Join a smaller unit to a measure; lengths of time go into the smaller unit (200 minutes), other things into the larger (1.8 metres)."""
        larger = measure.unit
        if unit.name == "分":
            unit = _MINUTE if larger.kind == "time" else _CENT if larger.kind == "money" else unit
        if unit.factor is None or larger.factor is None:
            return
        if larger.kind == "time":
            if unit.dimension != larger.dimension:
                return
            measure.value, measure.unit = round(measure.value * larger.factor / unit.factor + amount, 9), unit
        else:
            measure.value = round(measure.value + amount * unit.factor / larger.factor, 9)
        measure.end = end

    def _range(self, numeral: Numeral) -> Measure | None:
        """3—5人, 3米至5米, 3至5万元, 30、40斤."""
        text = self.text
        first = self._unit(numeral)
        at = first[2] if first and first[1] == numeral.end else numeral.end
        link = _LINK.match(text, at)
        listed = link is None and first is None and text.startswith("、", numeral.end)
        if link is None and not listed:
            return None
        match = RUN.match(text, link.end() if link else numeral.end + 1)
        upper = read_numeral(text, match) if match else None
        if match is None or upper is None or upper.high is not None or numeral.high is not None or upper.bare:
            return None
        measure = self._simple(upper)
        if measure is None or (first and first[0].kin != measure.unit.kin) or (first is None and link and link.group() == "到" and measure.unit.kind == "time"):
            return None
        low = numeral.value if first else shared_multiplier(numeral.value, text[numeral.start : numeral.end], text[upper.start : measure.number_at[1]])
        if low >= measure.value or (listed and not _neighbours(low, measure.value)):
            return None
        measure.high, measure.value, measure.start = measure.value, low, numeral.start
        measure.number_at = (numeral.start, measure.number_at[1])
        measure.qualifier = "approx" if listed else "exact"
        return measure

    def _fraction(self, numeral: Numeral) -> Measure | None:
        """三分之二, 百分之九十八点五."""
        text = self.text
        below = text[numeral.start : numeral.end]
        match = RUN.match(text, numeral.end + 2)
        above = read_numeral(text, match) if match else None
        if above is None or numeral.high is not None or not numeral.value:
            return None
        at = (numeral.start, above.end)
        self.position = above.end
        table = {"百": units()["%"], "千": units()["‰"], "万": _TEN_THOUSANDTH, "千万": Unit("", "ratio", "ratio", 1e-5, "%")}
        if below in table:
            measure = Measure(*at, above.value, above.high, table[below], above.qualifier, at)
        else:
            measure = Measure(*at, round(above.value / numeral.value, 9), None, NO_UNIT, "exact", at)
        self._qualify(measure)
        return measure

    def _without_unit(self, numeral: Numeral) -> Measure | None:
        """Numbers that count without a unit: 三大物流园区, 人数达1200, 500余群众, 一半."""
        text, (start, end) = self.text, (numeral.start, numeral.end)
        at = (start, end)
        if _great().match(text, end) and numeral.value <= 20 and not numeral.string and text[start] != "一" and end - start <= 2:
            return Measure(start, end + 1, numeral.value, numeral.high, NO_UNIT, numeral.qualifier, at)
        if start and text[start - 1] in "币金元¥￥B$€£":
            sign = _MONEY_BEFORE.search(text, max(0, start - 3), start)
            if sign:
                unit = units()[_MONEY_SIGNS.get(sign.group(1), sign.group(1))]
                return Measure(start, end, numeral.value, numeral.high, unit, numeral.qualifier, at)
        if numeral.string or numeral.bare:
            return None
        written = text[start:end]
        rough = (written[-1] in "多余" or written[-2:] in _ROUGHLY) and _PLURAL.search(written)
        if rough and "\u4e00" <= text[end : end + 1] <= "\u9fff" and numeral.value >= 10:
            return Measure(start, end, numeral.value, numeral.high, NO_UNIT, numeral.qualifier, at)
        if numeral.value >= 10 and _people().match(text, end) and not text[start:end].endswith("十一"):
            return Measure(start, end, numeral.value, numeral.high, NO_UNIT, numeral.qualifier, at)
        plain = end - start < 8 and (text[start].isdigit() or numeral.value >= 10)
        if plain and _BARE_AFTER.match(text, end) and _announced().search(text, max(0, start - 8), start):
            return Measure(start, end, numeral.value, numeral.high, NO_UNIT, numeral.qualifier, at)
        if text[start] == "一" and text.startswith("一半", start):
            return Measure(start, start + 2, 0.5, None, NO_UNIT, "exact", at)
        return None

    def _signed(self, measure: Measure) -> Measure:
        start = measure.start
        if not start or self.text[start - 1] not in "下负-－":
            return measure
        sign = _SIGN.search(self.text, max(0, start - 3), start)
        if sign:
            measure.start = sign.start()
            measure.value, measure.high = (-measure.value, None) if measure.high is None else (-measure.high, -measure.value)
        return measure

    def _qualify(self, measure: Measure) -> None:
        text = self.text
        mark = trailing_mark(text, measure.end, measure.unit.kind)
        before = reading_of(text, measure.start, bare=measure.number_at[1] - measure.number_at[0] <= 2)
        if mark:
            length, qualifier, inside = mark
            if inside:
                measure.end += length
            measure.qualifier = qualifier
        if before and not (mark and mark[1] in ("min", "max")):
            measure.qualifier = before


def _neighbours(low: Number, high: Number) -> bool:
    """Whether two numbers side by side are one rough number: 30、40, 三、五, 100、200."""
    if low <= 0 or low != int(low) or high != int(high):
        return False
    step = 10 ** (len(str(int(low))) - 1)
    return high - low in (step, 2 * step if low == 3 * step and step == 1 else step) and low % step == 0
