"""Numerals: Arabic, Chinese and mixed writings of numbers. Usable alone; knows no units and no grammar.

In: a string. Out: what number it writes, as value, upper end and qualifier. Three entrances:

* :func:`parse_numeral` reads a string that is a numeral as a whole (``两万五`` → 25000);
* :func:`read_numeral` reads the longest numeral that begins at a position of a longer text;
* :data:`RUN` is the pattern of a stretch that may be a numeral, for scanners.

Writings: 109,418 · 36.5万 · 5万4千6百 · 两万五 · 一亿二千万 · 二〇二〇 · 廿七 · 肆佰叁拾万 · 九十八点五 · 十几 · 三四十 ·
几十 · 上百 · 80多万 · 百余 · 三分之二 · 3又4分之1 · 1.2e3 · 100K · 半.
Full-width and traditional forms are read by :func:`parse_numeral`; the scanners expect normalised text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from miner.schema.numbers import Number

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
FINANCIAL = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"参": 3}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30, "卌": 40}
VAGUE = "几数"
"""Words for an unknown digit from 1 to 9."""
MORE = "多余来"
"""Marks of “and some more” within or after a numeral."""

ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_HAN = "".join(DIGITS) + "".join(TENS) + "十百千万亿兆"
_MONEY = "".join(c for c in FINANCIAL if c != "零")
_FINANCIAL_RUN = (
    rf"(?:[{_MONEY}]?[拾佰仟][{_MONEY}零拾佰仟万亿{_HAN}]*|[{_MONEY}](?=[万亿兆元圆角打]|$)"
    r"|[壹贰叁参肆柒捌玖](?=[十百千])|(?<=[零百千万亿兆])[壹贰叁肆柒捌玖])"
)
_PART = rf"(?:{ARABIC}|[{_HAN}]|几(?!乎|何|率)|数(?=[十百千万亿]))"
_HALF = "半(?=个|天|年|小时|日|月|钟头|斤|亩|米|公斤|吨|公里|里地)"
_POINT = r"(?:(?<=零)点\d+|点[零〇一二三四五六七八九叁]+(?![十百千点]))"
RUN = re.compile(
    rf"{_HALF}|(?:上(?=[百千万亿])|成(?=[百千万]上))?(?:{_FINANCIAL_RUN}|{_PART})(?:{_PART}|[多余来](?=[万亿])|{_FINANCIAL_RUN})*"
    rf"{_POINT}?(?:[多余来](?![自源到访电]))?"
)
"""A stretch that may write one number. Not every match does: :func:`read_numeral` decides."""
_START = re.compile(rf"[\d{_HAN}几数{_MONEY}拾佰仟半上成](?:(?<![上成])|(?<=上)(?=[百千万亿])|(?<=成)(?=[百千万]上))")  # a class leads, for speed
_SINGLE = re.compile(rf"{ARABIC}|.")
_PAIR = re.compile(r"(?<!第)(一两|一二|两三|二三|三四|四五|五六|六七|七八|八九|三五)(?=$|[十百千万亿])")
_TENS_AND_SOME = re.compile(r"[二三四五六七八九廿卅]十?几")
_FRACTION = re.compile(r"(?:(?P<whole>[^又]+)又)?(?P<below>[^分份又]+)(?:分之|[分份])(?P<above>[^分份钟秒]+)")
_RANGE = re.compile(r"(?P<low>[^-—–~～至到、]+)(?P<mark>-+|—+|–|[~～至到、])(?P<high>[^-—–~～至到、]+)")
_E = re.compile(r"(\d+(?:\.\d+)?)(?:[eE]([+-]?\d+)|([KkMG])|\^([+-]?\d+(?:\.\d+)?)|/(\d+))")
_LETTERS = {"K": 1e3, "k": 1e3, "M": 1e6, "G": 1e9}
_FORMS = str.maketrans("０１２３４５６７８９．，％－＋萬億點兩倆貳參陸負餘幾數來個來萬",
                       "0123456789.,%-+万亿点两俩贰参陆负余几数来个来万")
_SPACE = re.compile(r"[\s\u3000]+")
_LARGEST = 10**22


@dataclass(slots=True)
class Numeral:
    """A numeral in a text.

    `value` is the number (the lower end of a range), `high` the upper end or None, `qualifier` ``exact`` or ``approx``. `bare` is True for a multiplier
    without a digit (千, 百万); `string` is True for Chinese digits in a row without multipliers (二〇二〇), which write years and numbers of
    things, seldom amounts.
    """

    start: int
    end: int
    value: Number
    high: Number | None = None
    qualifier: str = "exact"
    bare: bool = False
    string: bool = False


def parse_numeral(text: str) -> dict[str, Any] | None:
    """The number that `text`, as a whole, writes.

    Parameters
    ----------
    text
        A numeral in any writing: Arabic, Chinese, financial, mixed, full-width, traditional, with signs, fractions and ranges; white space is ignored.

    Returns
    -------
    dict or None
        ``{"value": number, "high": number or None, "qualifier": "exact" or "approx"}``; None for what is no numeral. A percentage gives its number as written
        (百分之九十八点五 → 98.5).
    """
    text = _SPACE.sub("", text.translate(_FORMS)) if isinstance(text, str) else ""
    if not text or len(text) > 60:
        return None
    sign = 1
    if text[0] in "-+负" and len(text) > 1:
        sign, text = (1 if text[0] == "+" else -1), text[1:]
    found = _whole(text)
    if found is None:
        return None
    low, high, qualifier = found
    if sign < 0:
        low, high = (-low, None) if high is None else (-high, -low)
    return {"value": low, "high": high, "qualifier": qualifier}


def runs(text: str) -> Iterator[re.Match[str]]:
    """The matches of :data:`RUN` in `text`, from left to right (one look for a first character is cheaper than the whole pattern at every place)."""
    search, match = _START.search, RUN.match
    found = search(text)
    while found:
        run = match(text, found.start())
        if run:
            yield run
        found = search(text, run.end() if run else found.end())


def read_numeral(text: str, match: re.Match[str]) -> Numeral | None:
    """The numeral that a match of :data:`RUN` in `text` writes, or None if it writes none."""
    run = match.group()
    start, end = match.span()
    if run.isdecimal() and run.isascii():
        return Numeral(start, end, int(run)) if len(run) <= 18 else None
    if run == "半":
        return None if start and text[start - 1] in "大多小上下前后" else Numeral(start, end, 0.5)
    if run[0] == "成" or (run[0] == "上" and start and text[start - 1] in "以线网会路街早晚"):
        run, start = run[1:], start + 1
        if run.startswith("上"):
            run, start = run[1:], start + 1
    read = _run(run)
    if read is None:
        return None
    low, high, qualifier = read
    core = run.strip("上" + MORE)
    bare = all(c in SMALL or c in BIG for c in core) and core[0] not in "十拾"
    string = len(core) > 1 and all(c in DIGITS for c in core) and high is None
    return Numeral(start, end, low, high, "approx" if bare else qualifier, bare, string)


def _whole(text: str) -> tuple[Number, Number | None, str] | None:
    """(low, high, qualifier) of a text without sign, or None."""
    if text in ("半", "一半"):
        return 0.5, None, "exact"
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        return _fraction(fraction)
    special = _E.fullmatch(text)
    if special:
        return _special(special)
    match = RUN.fullmatch(text)
    if match:
        return _run(text)
    span = _RANGE.fullmatch(text)
    if span:
        low, high = _run(span["low"]), _run(span["high"])
        if low and high:
            first = shared_multiplier(low[0], span["low"], span["high"])
            if first < high[0]:
                return first, high[0], "approx" if span["mark"] == "、" else "exact"
    return None


def shared_multiplier(value: Number, low: str, high: str) -> Number:
    """The value of the lower end of a range whose multiplier stands at the upper end alone (3至5万 → 30000; 三、四十 → 30)."""
    tail = re.search(r"[十百千万亿兆拾佰仟]+$", high.rstrip(MORE))
    if tail and low[-1:] not in SMALL and low[-1:] not in BIG:
        factor = _amount("1" + tail.group())
        number = _amount(high.rstrip(MORE)[: tail.start()]) if tail.start() else None
        if factor and number and value < number:
            return value * factor
    return value


def _fraction(match: re.Match[str]) -> tuple[Number, Number | None, str] | None:
    if match["below"] in ("百", "佰") and not match["whole"]:
        return _whole(match["above"]) if "分之" not in match["above"] else None
    below, above = _amount(match["below"]), _amount(match["above"].lstrip("负-"))
    whole = _amount(match["whole"]) if match["whole"] else 0
    if not below or above is None or whole is None:
        return None
    return whole + above / below, None, "exact"


def _special(match: re.Match[str]) -> tuple[Number, Number | None, str] | None:
    number, exponent, letter, power, below = match.groups()
    base = float(number)
    if letter:
        return _tidy(base * _LETTERS[letter]), None, "exact"
    if below:
        return (_tidy(base / int(below)), None, "exact") if int(below) else None
    try:
        value = base ** float(power) if power else base * 10.0 ** int(exponent)
    except (OverflowError, ZeroDivisionError):
        return None
    return (_tidy(value), None, "exact") if value < _LARGEST else None


def _run(run: str) -> tuple[Number, Number | None, str] | None:
    """(low, high, qualifier) of a run of numeral characters."""
    core = run
    approx = core[:1] == "上" and len(core) > 1
    if approx:
        core = core[1:]
    if any(mark in core for mark in MORE):
        approx = True
        if not re.fullmatch(rf"(?:[^{MORE}]*[\d十百千万亿兆几拾佰仟廿][{MORE}])+[万亿]*", core):
            return None
        core = re.sub(f"[{MORE}]", "", core)
    if "几" in core or "数" in core:
        low, high = (_amount(re.sub(f"[{VAGUE}]", digit, core)) for digit in "一九")
        if "点" in core or low is None or high is None or len(re.findall(f"[{VAGUE}]", core)) > 1:
            return None
        if _TENS_AND_SOME.search(core):
            low = _amount(re.sub(f"[{VAGUE}]", "", core)) or low
        return low, high, "approx"
    pair = _PAIR.search(core)
    if pair and (pair.start() == 0 or core[pair.start() - 1] in SMALL or core[pair.start() - 1] in BIG):
        before, after = core[: pair.start()], core[pair.end() :]
        low, high = (_amount(before + digit + after) for digit in pair.group())
        if low is not None and high is not None:
            return low, high, "approx"
    value = _amount(core)
    return None if value is None else (value, None, "approx" if approx else "exact")


def _amount(core: str) -> Number | None:
    """The number written by digits and multipliers alone."""
    if not core:
        return None
    if core.isascii():
        try:
            return _tidy(_arabic(core)) if len(core) < 25 else None
        except ValueError:
            return None
    whole, point, decimals = core.partition("点")
    if point:
        base = _amount(whole) if whole else 0
        figures = "".join(str(DIGITS.get(c, FINANCIAL.get(c, c))) for c in decimals)
        if base is None or not figures.isdecimal() or base != int(base):
            return None
        return _tidy(float(f"{int(base)}.{figures}")) if base < 10**15 else float(base)
    if len(core) > 1 and all(c in DIGITS for c in core):
        return int("".join(str(DIGITS[c]) for c in core)) if len(core) <= 18 else None
    return _composed(core)


def _arabic(token: str) -> Number:
    token = token.replace(",", "").replace("，", "")
    return float(token) if "." in token else int(token)


def _composed(core: str) -> Number | None:
    """Digits and multipliers composed: 两千四百五, 1亿2000万, 十万零五十六, 4.78万亿."""
    total: Number = 0
    section: Number = 0
    number: Number | None = None
    big, last, joined = 0, 1, False
    for token in _SINGLE.findall(core):
        digit = DIGITS.get(token, FINANCIAL.get(token))
        if digit == 0 and (section or total or number is None):
            joined, last = False, 1
            if not (section or total):
                number = 0
            continue
        if digit is not None or token[0].isdigit():
            if number:
                return None
            number = digit if digit is not None else _arabic(token)
            joined = last > 10
        elif token in TENS:
            section, number, last = section + TENS[token], None, 1
        elif token in SMALL:
            section += (number or 1) * SMALL[token]
            number, last = None, SMALL[token]
        elif token in BIG:
            if joined and number and number < 10 and section:
                number = number * last // 10
            amount, factor = section + (number or 0), BIG[token]
            if amount == 0 and total == 0:
                amount = 1
            total = (total + amount) * factor if factor >= big and (factor > big or not amount) else total + amount * factor
            section, number, big, last = 0, None, factor, factor
        else:
            return None
        if total > _LARGEST:
            return None
    if number:
        section += number * last // 10 if joined and number < 10 and number == int(number) else number
    return _tidy(total + section)


def _tidy(value: Number) -> Number:
    """An int where the number is whole; noise of binary fractions rounded off."""
    if isinstance(value, int):
        return value
    value = round(value, 9)
    return int(value) if value == int(value) and abs(value) < 2**63 else value
