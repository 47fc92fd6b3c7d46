"""Party cells and offices of bodies: whose 县人社局机关党委 and 信访局机关党支部 are.

In: names, the names of the report's bodies. Out: names of bodies and of their cells, empty where a name is none of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from miner.components.organisations.bodies import ends
from miner.components.organisations.lexicon import NAMING

CELL = re.compile("(?:机关)?(?:第?[一二三四五六七八九十]+)?" + ends("cell").pattern)
_CELLS = tuple(NAMING["cell"])
WHOLE = tuple(NAMING["whole"])
_HOUSES = ("公司", "集团", "医院", "卫生院", "学校", "中学", "小学", "大学", "学院")
_BARE = 2  # characters of a word that points at a body: the 党支部 of 公司党支部 is that of the body that reports


def house(name: str) -> str:
    """The office, hospital or firm whose party cell or office a name is, empty if it is none of one."""
    if not name.endswith(_CELLS):
        return ""
    body = CELL.sub("", name)
    return body if body.endswith(WHOLE) else ""


def other_house(name: str) -> str:
    """The same where the name says whose cell it is: empty for one of the body that reports (局党组)."""
    body = house(name)
    return body if len(body) > _BARE else ""


def full_cell(text: str, names: Iterable[str]) -> str:
    """The full name of a cell: of the last of `names` that ends as its body does; a firm, hospital or school that is none of them goes by what is said."""
    body = other_house(text)
    owner = next((name for name in names if name.endswith(body)), body if body.endswith(_HOUSES) else "") if body else ""
    return owner + text[len(body) :] if owner else ""
