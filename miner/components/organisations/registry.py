"""Which body a name means across an archive: the division it belongs to, its level of government, a stable identifier.

In: a name as the names step gives it and the report's jurisdiction. Out: level, division code, identifier.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from miner.components.divisions import Gazetteer, gazetteer

_NATIONAL = re.compile(
    "^(?:国务院|国家|全国|中国|中共中央|中央|最高人民)|"
    "^(?:外交|国防|教育|科技|公安|民政|司法|财政|水利|农业|商务|文化|卫生|建设|交通|铁道|应急管理|自然资源|生态环境|农业农村|交通运输|环境保护)部")
_LEVEL_WORD = re.compile("(省|自治区|市(?![场政容民])|州|区(?!域)|县|旗)(?=[\u4e00-\u9fff]{2})")
_SIZES = {"省": 2, "自治区": 2, "市": 4, "州": 4, "区": 6, "县": 6, "旗": 6}
_VILLAGE = re.compile(r"(?:村|社区|居委会|村委会|居民委员会|村民委员会)")
_ENDS = frozenset("省市区县州旗盟镇乡道场")
_LONGEST = 15
_PREFECTURE = 4


def leading_division(name: str, jurisdiction_code: str | None = None, places: Gazetteer | None = None) -> tuple[str | None, int]:
    """The code of the lowest division that `name` begins with, and how many characters it takes.

    Parameters
    ----------
    name
        A body's full name.
    jurisdiction_code
        Code of the report's jurisdiction; decides between divisions of one name (朝阳区).
    places
        The gazetteer; the shipped one if None.

    Returns
    -------
    tuple
        The code (None if there is none or several fit) and the length of the divisions at the beginning of the name.
    """
    places = places or gazetteer()
    code, at = None, 0
    while True:
        for size in range(min(_LONGEST, len(name) - at), 1, -1):
            if size > 4 - 2 * (at > 0) and name[at + size - 1] not in _ENDS:
                continue
            word = name[at : at + size]
            codes = places.by_full.get(word) or places.by_common.get(word) or (places.towns.get(word) if size > 2 else None)
            if not codes and at == 0 and size <= 4 and size < len(name):
                codes = places.by_short.get(word)
            below = [c for c in codes or [] if code is None or c.startswith(code)]
            if below:
                code, at = _nearest(below, code or jurisdiction_code), at + size
                break
        else:
            return code, at
        if code is None or at >= len(name):
            return code, at


def in_full(name: str, jurisdiction_code: str | None, places: Gazetteer | None = None) -> str:
    """A name whose level word the report leaves open, with the division that it must mean: 省水利厅 in 黄冈市 is 湖北省水利厅.

    The report's own rows keep the words of the report; this form is for what compares reports.
    """
    word = _LEVEL_WORD.match(name)
    size = _SIZES[word.group(1)] if word else 0
    if not word or not jurisdiction_code or len(jurisdiction_code) < size:
        return name
    places = places or gazetteer()
    division = places.get(jurisdiction_code[:size])
    if division is None or not division.full.endswith(name[0]):
        return name
    return division.full + name[word.end(1) :]


def _nearest(codes: list[str], near: str | None) -> str | None:
    """The one code, or the one that shares most with `near`; None if several share equally."""
    if len(codes) == 1:
        return codes[0]
    shared = [next((size for size in (9, 6, 4, 2) if near and len(near) >= size and code[:size] == near[:size]), 0) for code in codes]
    best = max(shared)
    return codes[shared.index(best)] if best and shared.count(best) == 1 else None


@lru_cache(maxsize=1 << 14)
def level_and_code(name: str, type_: str, jurisdiction_code: str | None = None, places: Gazetteer | None = None) -> tuple[str | None, str | None]:
    """Level of government and division code of a body, each None if it cannot be told.

    Levels: ``national`` | ``province`` | ``prefecture`` | ``county`` | ``town`` | ``village``.
    A company, a hospital or a school has a division but no level of government.
    """
    places = places or gazetteer()
    if _NATIONAL.match(name):
        return ("national" if type_ in ("government", "party", "taskforce", "social") else None), None
    name = in_full(name, jurisdiction_code, places)
    code, length = leading_division(name, jurisdiction_code, places)
    level = places.divisions[code].level if code in places.divisions else "town" if code else None
    if level is not None and _VILLAGE.search(name, length):
        level = "village"
    if type_ in ("company", "facility", "health", "education", "other"):
        level = None
    return level, code


@lru_cache(maxsize=1 << 16)
def organisation_id(name: str, jurisdiction: str | None = None) -> str:
    """A stable identifier of the body that `name` means in a report of `jurisdiction`.

    省水利厅 in a report of 黄冈市 is the body that another report calls 湖北省水利厅.
    Two districts' 商务局 differ, since their names begin with the district; a name without a place (佳惠超市) is taken as one body within one prefecture.
    The same name and jurisdiction give the same identifier in every run.

    Parameters
    ----------
    name
        The full name (``Organisation.name``).
    jurisdiction
        The report's jurisdiction, by name or by code; None if unknown.
    """
    places = gazetteer()
    code = jurisdiction if jurisdiction and jurisdiction.isdigit() else leading_division(jurisdiction, None, places)[0] if jurisdiction else None
    plain = in_full(re.sub(r"[\s“”\"'()（）《》·]", "", name), code, places)
    own, length = leading_division(plain, code, places)
    if _NATIONAL.match(plain):
        scope = ""
    elif length:
        scope = own or ""
    else:
        scope = (code or jurisdiction or "")[:_PREFECTURE] if code else (jurisdiction or "")
    return "o" + hashlib.sha256(f"{scope}|{plain}".encode()).hexdigest()[:15]
