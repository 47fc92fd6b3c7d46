"""Which of a report's bodies a shorter name abbreviates: 区市监局 is 区市场监管局, 曹县交警 is 曹县公安局交警大队.

In: a name, the longer names of the report, its bodies and divisions. Out: the longer name, None where none or several fit.
"""

from __future__ import annotations

from miner.components.organisations.abbreviation import abbreviates_end, is_abbreviation
from miner.components.organisations.bodies import TAX, Bodies, local
from miner.components.organisations.cells import house, other_house
from miner.components.organisations.lexicon import NAMING
from miner.components.organisations.places import Places

OFFICES = frozenset(NAMING["office"])
_HEADS = ("中心", "指挥部", "领导小组", "专班", "协会", "联合会")  # heads of which a division has few: 县疫控中心 is 县动物疫病预防控制中心
_COMMANDS, _GROUPS = ("指挥部", "领导小组"), ("组", "办", "办公室", "专班")
_TELLING = 3
_POLICE = tuple(NAMING["police"])


def fuller_names(bodies: Bodies, places: Places) -> dict[str, str]:
    """The names of the report's bodies that abbreviate another one's → that one's; a cell goes with its body (区法院党组, where 区人民法院 is named)."""
    signing = {house(name) for name in bodies.by_name} - {""}  # only its office is named in full: 国家税务总局永春县税务局办公室
    names = sorted({*bodies.by_name, *signing}, key=lambda name: (len(name), name))
    found: dict[str, str] = {}
    for index, name in enumerate(names):
        full = fuller(name, names[index + 1 :], bodies, places)
        body = "" if full else other_house(name)
        if body and body not in bodies.by_name:
            whole = fuller(body, names, bodies, places)
            full = whole + name[len(body) :] if whole else None
        full = full or _of_command(name, names, bodies)
        if full and name in bodies.by_name:
            found[name] = full
    return found


def _of_command(name: str, names: list[str], bodies: Bodies) -> str | None:
    """The full name of a division's command, or of a group of it, where the report names one command in full (区指挥部物资保障组)."""
    place = bodies.place_of(name)
    head = next((head for head in _COMMANDS if name.startswith(head, len(place))), None) if place else None
    if head is None or (len(name) > len(place) + len(head) and not name.endswith(_GROUPS)):
        return None
    fits = [n for n in names if n.startswith(place) and n.endswith(head) and len(n) > len(place) + len(head) and not bodies.place_of(n[len(place) :])
            and bodies.by_name[n].type == "taskforce"]
    return fits[0] + name[len(place) + len(head) :] if len(fits) == 1 else None


def fuller(name: str, names: list[str], bodies: Bodies, places: Places) -> str | None:
    """The one of `names` that a shorter name abbreviates."""
    if name.endswith("税务局"):
        national = [n for n in names if n.startswith(TAX) and local(n).endswith(name) and bodies.core(n) == bodies.core(name)]
        if national:
            return national[0]
    place, core = _place_and_core(name, bodies, places)
    if not place:
        return None
    fits = [n for n in names if n.startswith(place) and (is_abbreviation(core, n[len(place) :]) or n[len(place) :] == "人民" + core)]
    if not fits and len(core) > _TELLING and core.endswith(_HEADS):
        inner = {n: n[len(place) :] for n in names if n.startswith(place) and len(n) > len(name) and not bodies.place_of(n[len(place) :])}
        fits = [n for n, rest in inner.items() if rest.endswith(core) or abbreviates_end(core, rest)]
    if not fits and core.startswith(_POLICE):
        fits = [n for n in names if n.startswith(place + "公安局") and (n.endswith(core) or abbreviates_end(core, n))]
    if core == "分局":
        fits = [n for n in names if n.endswith(name)]  # 东兴区分局: 内江市生态环境局东兴区分局
    if core in OFFICES and not fits:
        fits = [n for n in names if n.startswith(place) and is_abbreviation(core + "局", n[len(place) :])]  # 邳州城管: the 城市管理局
    if core in OFFICES and not fits:
        fits = [n for n in names if n.startswith(place) and core in n[len(place) :] and n.endswith(("局", "院", "队", "公司"))]
        fits = fits[:1] if all(n.startswith(fits[0]) for n in fits[1:]) else []
    return fits[0] if len(fits) == 1 else None


def _place_and_core(name: str, bodies: Bodies, places: Places) -> tuple[str, str]:
    """The divisions that a name begins with, in full, and the rest: 泉州文广新局 is 泉州市 and 文广新局."""
    place = bodies.place_of(name)
    if place:
        return place, name[len(place) :]
    for size in (3, 2):
        if name[:size] in places.gazetteer.by_short and len(name) > size + 1:
            full = places.full(name[:size])
            if full and full in places.named:
                return full, name[size:]
    return "", name
