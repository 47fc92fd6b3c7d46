"""The words that divisions' names end with, and the levels of government they mean.

In: names of divisions. Out: level words and levels.
"""

from __future__ import annotations

from functools import lru_cache

LEVEL_OF = {"省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture", "地区": "prefecture",
            "区": "county", "县": "county", "旗": "county", "镇": "town", "乡": "town", "街道": "town", "村": "village", "社区": "village"}
ORDER = ("province", "prefecture", "county", "town", "village")
TOWNS = ("镇", "乡", "街道")
COUNTIES = ("县", "区", "市", "旗", "州")
"""What a county may be called, or speak of as its own: 市 and 州 are both."""
_AUTONOMOUS = {"自治县": "县", "自治州": "州", "自治旗": "旗"}
_ENDINGS = ("自治区", "街道", "社区", "地区")


@lru_cache(10_000)
def ending(name: str) -> str:
    """The level word a division's name ends with (街道, 区 …), empty if none."""
    for word in _ENDINGS:
        if name.endswith(word):
            return word
    return name[-1:] if name[-1:] in LEVEL_OF else ""


def level_word(prefix: str) -> str:
    """The level word that the beginning of a name is (区, 自治县 as 县), empty if it is none."""
    return _AUTONOMOUS.get(prefix, prefix if prefix in LEVEL_OF else "")
