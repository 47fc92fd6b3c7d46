"""What is said of a report's date outside its text: the head of its page or mail, the names of its file and folders, the user.

In: :class:`~miner.document.findings.Hints`. Out: candidates for the own date and evidence for the year. The page's own words count more than the name of its
file; a name counts more than nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from miner.components.dates import calendar as cal
from miner.components.dates.evidence import LAST_YEAR, Evidence
from miner.components.dates.published import Candidate
from miner.document.findings import Hints

#: Weights of candidates (see :mod:`miner.components.dates.published`): the head of a page speaks as its by-line does, a name only where the page is silent.
DECLARED, GIVEN, NAMED = 3.5, 4.5, 0.3
#: Score of the year that a name tells; with nothing else it decides, two week days or the page's own date outvote it.
_NAMED_YEAR, _LATER = 3.2, -3.0

_DECLARED = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)|(?<!\d)(?P<packed>(?:19|20)\d{6})(?!\d)")
_BREAK = r"[-_./年月 ]{1,2}"
_SERIAL = re.compile(r"(?:^|(?<=/))\d{1,3}(?:\.[A-Za-z]{1,5})?$")
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_NAME = re.compile(
    rf"(?<!\d)(?P<y>(?:19[89]|20[0-3])\d)(?:"
    rf"(?P<pm>0[1-9]|1[0-2])(?P<pd>0[1-9]|[12]\d|3[01])(?:[-_T]?\d{{4}}|[-_T]?\d{{6}})?(?!\d)"
    rf"|{_BREAK}(?P<m>{_MONTH}){_BREAK}(?P<d>{_DAY})(?!\d|[年月])"
    rf"|(?P<qm>0[1-9]|1[0-2])(?!\d)"
    rf"|{_BREAK}(?P<n>{_MONTH})(?![\d日期号])"
    rf"|(?!\d))"
)


@dataclass(slots=True)
class Outside:
    """What is said outside the text.

    Attributes
    ----------
    pages
        Statements that count like the page's own.
    names
        Days in names: the own date where the page does not say it.
    evidence
        Evidence for the year that names give.
    latest
        The last day of the most precise span that the names tell.
    """

    pages: list[Candidate] = field(default_factory=list)
    names: list[Candidate] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    latest: dt.date | None = None


def outside(hints: Hints) -> Outside:
    """Weigh what is known of a report's date beside its text."""
    found = Outside()
    declared = _declared_day(hints.declared) if hints.declared else None
    if declared:
        found.pages.append(Candidate(declared.year, declared.month, declared.day, DECLARED, "declared by the head of the page or mail"))
    named = named_span(hints.name) if hints.name else None
    if named:
        first, last = named
        what = "day" if first == last else "month" if first.month == last.month else "year"
        if first == last:
            found.names.append(Candidate(first.year, first.month, first.day, NAMED, "day in the name of the file or its folder"))
        later = dict.fromkeys(range(first.year + 1, LAST_YEAR + 1), _LATER)
        if what == "year":
            later[first.year + 1] = 1.0  # the report on a year is written in the next January
        found.evidence.append(Evidence(f"{what} {_written(first, what)} in the name of the file or its folder", {first.year: _NAMED_YEAR} | later, 0.0))
        found.latest = last
    return found


def given_page(day: dt.date) -> Candidate:
    """The user's own statement, where the page says another day."""
    return Candidate(day.year, day.month, day.day, GIVEN, "given")


def _written(day: dt.date, what: str) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[what]]


def _declared_day(written: str) -> dt.date | None:
    match = _DECLARED.search(written)
    if match is None:
        return None
    if match["packed"]:
        return cal.make_day(int(match["packed"][:4]), int(match["packed"][4:6]), int(match["packed"][6:]))
    return cal.make_day(int(match["y"]), int(match["m"]), int(match["d"]))


def named_span(name: str) -> tuple[dt.date, dt.date] | None:
    """The days that a path tells: of several dates the most precise one, of equal ones the last.

    Parameters
    ----------
    name
        Path and name of a file (``2021/03/15/通报.txt``, ``20210315_简报.txt``, ``2021年3月/通报.txt``).

    Returns
    -------
    (first, last) or None
        A day, a month or a year; both ends included.
    """
    best: tuple[dt.date, dt.date] | None = None
    for span in _spans(name):
        if best is None or span[1] - span[0] <= best[1] - best[0]:
            best = span
    return best


def _spans(name: str) -> Iterator[tuple[dt.date, dt.date]]:
    name = _SERIAL.sub("", name)  # 2021/03/7.txt is the seventh file, not the seventh day
    for match in _NAME.finditer(name):
        year = int(match["y"])
        month, day = match["pm"] or match["m"] or match["qm"] or match["n"], match["pd"] or match["d"]
        exact = cal.make_day(year, int(month), int(day)) if month and day else None
        days = cal.month_days(year, int(month)) if month else None
        if exact:
            yield exact, exact
        elif days and not day:
            yield days
        elif not month and (name[match.end() :][:1] == "年" or name[: match.start()][-1:] in ("", "/")):
            yield dt.date(year, 1, 1), dt.date(year, 12, 31)

