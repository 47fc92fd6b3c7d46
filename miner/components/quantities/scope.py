"""What a number stands for: duration, rate, part, total or one; and which total a part belongs to.

In: the measures of a sentence with their items, and what was found before. Out: scope and total of each measure; for totals, whether their parts add up.
The order of the guide holds: duration, rate, part, total, one. The words stand in ``data/scope_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from miner.components.quantities.data_files import words
from miner.components.quantities.spans import Measure
from miner.components.quantities.units import kin_of
from miner.document import Quantity

_CLAUSE_MARKS = ",。;!?\n"
_SENTENCE_ENDS = "。!?！？\n"
_DIVISION = re.compile(r"(?:兵?分|分为|分成)$")
_OUT_OF = re.compile(r"[^,。;]{0,12}(?:中|里)的?[^,。;]{0,4}$")
_REST = re.compile(r"(?:(?:其余|剩余|余下|剩下|另外|其他|其它)的?[^,。;]{0,2}|(?:^|[,;])余)$")
_LONGEST_REST = 6  # characters of a match and the one before it
_OF_THESE = re.compile(r"[^,。;]{0,16}[中里],")
_AMONG_THEM = re.compile(r"(?:^|[,。;])[^,。;]{0,10}[^其]中,?[^,。;]{0,12}$")
_CONCENTRATION = re.compile(r"/(?:升|立方米|m3|m³|L|l|毫升|ml)$")
_LIST_OPENS = frozenset(",:;(。")
_OTHER = re.compile(r"另|此外|累计|同时")
_LOOK_BACK = 40
_LONGEST_SUM = 30


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("scope_words.tsv")[role], key=len, reverse=True)))


def sum_word(before: str) -> bool:
    """Whether the words before a number close a list with its sum."""
    return _pattern("sum").search(before) is not None


@cache
def _outcome() -> re.Pattern[str]:
    """A verb of what became of things counted before, directly before the number."""
    return re.compile(rf"(?:{_pattern('outcome').pattern})(?:了|到位|的|约|完成)?$")


@dataclass(slots=True)
class _Frame:
    """A stretch in which numbers are parts.

    `total` is the measure or quantity that they are parts of; `bracket` is the depth of the bracket
    that opened it; `opened`: by the bracket itself, not by 其中.
    """

    total: int | None
    kin: str
    bracket: int
    first: bool = True
    opened: bool = False


@dataclass(slots=True)
class Scopes:
    """Scopes and totals of the measures of one sentence.

    Parameters
    ----------
    text
        The text of the report.
    begin
        Where the sentence begins.
    measures
        The measures of the sentence.
    earlier
        The quantities of the report before this sentence; indices of totals count from the first of them.
    lent
        Whether each measure counts what an earlier number counts (empty: not known).
    """

    text: str
    begin: int
    measures: Sequence[Measure]
    earlier: Sequence[Quantity]
    lent: Sequence[bool] = ()
    totals: list[int | None] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)

    def read(self) -> list[tuple[str, int | None]]:
        """(scope, index of the total or None) of each measure."""
        self.totals = [None] * len(self.measures)
        self._among()
        self._sums_behind()
        self._sums_before()
        self._outcomes()
        governed = self._governed()
        return [(self._scope(index, governed[index]), self.totals[index]) for index in range(len(self.measures))]

    def _scope(self, index: int, total: bool) -> str:
        measure = self.measures[index]
        kind = measure.unit.kind
        clause = self._clause_before(index)
        if kind == "time":
            return "rate" if _pattern("mean").search(clause) else "total" if total and _pattern("total_sentence").search(clause) else "duration"
        if kind == "ratio" or (kind == "per" and not _CONCENTRATION.search(measure.unit.name)):
            return "rate"
        if _pattern("rate").search(clause) and not _DIVISION.search(clause):
            return "rate"
        if self.totals[index] is not None:
            return "part"
        return "total" if total else "one"

    def _clause_before(self, index: int) -> str:
        """The text of the number's clause before it."""
        if not self.clauses:
            self.clauses = [self._clause_until(measure.start) for measure in self.measures]
        return self.clauses[index]

    def _clause_until(self, start: int) -> str:
        piece = self.text[max(self.begin, start - _LOOK_BACK) : start]
        return piece[max(map(piece.rfind, _CLAUSE_MARKS)) + 1 :]

    def _governed(self) -> list[bool]:
        """Whether a word of totality governs each measure."""
        text, begin = self.text, self.begin
        if begin and text[begin - 1] not in _SENTENCE_ENDS:
            begin = max((text.rfind(mark, max(0, begin - 300), begin) for mark in _SENTENCE_ENDS), default=-1) + 1
            begin = max(begin, self.begin - 300)
        last = self.measures[-1].start
        word = _pattern("total_sentence").search(text, begin, last)
        from_here = word.start() if word else len(text)
        spans = [(m.start(), (text.find(";", m.start(), last) + 1 or last + 1) - 1) for m in _pattern("total_span").finditer(text, begin, last)]
        clause_words = [m.start() for m in _pattern("total_clause").finditer(text, begin, last)]
        result = []
        for index, measure in enumerate(self.measures):
            own = len(self._clause_before(index))
            governed = from_here < measure.start or any(measure.start - own <= at < measure.start for at in clause_words)
            governed = governed or any(a < measure.start <= b for a, b in spans)
            result.append(governed and measure.unit.kind != "place")
        return result

    def _kin(self, index: int) -> str:
        """What a quantity counted from the beginning of the report has in common with others."""
        count = len(self.earlier)
        return self.measures[index - count].unit.kin if index >= count else kin_of(self.earlier[index].unit)

    def _among(self) -> None:
        """Parts after 其中 and in brackets."""
        count = len(self.earlier)
        depth = 0
        frames: list[_Frame] = []
        at = self.begin
        for index, measure in enumerate(self.measures):
            gap = self.text[at : measure.start]
            for position, character in enumerate(gap) if "(" in gap or ")" in gap else ():
                if character == "(":
                    depth += 1
                    if position == 0 and index:
                        frames.append(_Frame(count + index - 1, self.measures[index - 1].unit.kin, depth, opened=True))
                elif character == ")":
                    frames = [frame for frame in frames if frame.bracket < depth]
                    depth = max(0, depth - 1)
            frames = self._in_frame(frames, gap, index, depth)
            at = measure.end

    def _in_frame(self, frames: list[_Frame], gap: str, index: int, depth: int) -> list[_Frame]:
        count, measure = len(self.earlier), self.measures[index]
        kin = measure.unit.kin
        word = _pattern("among").search(gap)
        if index and kin == self.measures[index - 1].unit.kin and self.measures[index - 1].value > measure.value and _OF_THESE.match(gap):
            frames = [*(frame for frame in frames if frame.bracket < depth), _Frame(count + index - 1, kin, depth)]
        elif word and (word.group() == "其中" or "(" in gap):
            enclosing = frames[-1] if frames and frames[-1].bracket == depth and depth else None
            total = enclosing.total if enclosing else self._total_for(index, kin)
            if total is not None:
                frames = [frame for frame in frames if frame.bracket < depth or frame is enclosing]
                frames.append(_Frame(total, self._kin(total), depth))
        elif frames and frames[-1].bracket == depth and (_OTHER.search(gap) or ";" in gap):
            frames = [frame for frame in frames if frame.bracket < depth or frame.opened]
        if frames and frames[-1].bracket <= depth:
            frame = frames[-1]
            if kin == frame.kin or (frame.first and word and word.group() == "其中" and measure.unit.kind not in ("ratio", "time")):
                self.totals[index] = frame.total
                frame.first = False
            elif self._continues(index, frame, gap):
                self.totals[index] = frame.total
            elif measure.unit.kind not in ("ratio", "time", "money") and frame.bracket == depth == 0 and "," in gap:
                frames = frames[:-1]
        elif index and kin == self.measures[index - 1].unit.kin and _OUT_OF.match(gap) and self.measures[index - 1].value > measure.value:
            self.totals[index] = count + index - 1
        elif not index and _REST.search(gap, max(len(gap) - _LONGEST_REST, 0)):
            self.totals[index] = self._total_for(index, kin)
        elif index and self._remainder(index, gap):
            previous = self.totals[index - 1]
            same = previous is not None and previous >= count and self.measures[previous - count].value > measure.value
            self.totals[index] = previous if same else self._total_above(index)
        return frames

    def _continues(self, index: int, frame: _Frame, gap: str) -> bool:
        """Whether a number of another unit goes on the list of parts: 办实事83件,其中解决问题61件、建立机制22项."""
        if not index or self.totals[index - 1] != frame.total or gap[:1] != "、" or "," in gap:
            return False
        return self.measures[index].unit.kind == self.measures[index - 1].unit.kind

    def _outcomes(self) -> None:
        """What became of things counted before: 反馈问题52条,已整改46条. The verb says what was done with them, and the number names no thing of its own."""
        for index, measure in enumerate(self.measures):
            if self.totals[index] is not None or not (self.lent and self.lent[index]) or measure.unit.kind in ("ratio", "time", "money", "physical"):
                continue
            clause = self._clause_before(index)
            if _outcome().search(clause) and not (_pattern("total_sentence").search(clause) or _pattern("total_span").search(clause)):
                self.totals[index] = self._total_above(index)

    def _remainder(self, index: int, gap: str) -> bool:
        """Whether a number is a part because it begins its clause and counts the same, less: 抽测93具,5具无水; or is what remains: 其余8项."""
        measure, previous = self.measures[index], self.measures[index - 1]
        if measure.unit.kin != previous.unit.kin or measure.unit.kind in ("ratio", "time", "money", "physical"):
            return False
        if _REST.search(gap, max(len(gap) - _LONGEST_REST, 0)):
            return self._total_above(index) is not None
        follow = self.text[measure.end : measure.end + 1]
        return gap in (",", ";") and measure.value < previous.value and measure.unit.name == previous.unit.name and follow not in ",、;。"

    def _total_above(self, index: int) -> int | None:
        """The nearest number of the same kind that is larger and no part itself."""
        count = len(self.earlier)
        for candidate in range(index - 1, -1, -1):
            larger = self.measures[candidate].value > self.measures[index].value
            if larger and self.measures[candidate].unit.kin == self.measures[index].unit.kin and self.totals[candidate] is None:
                return count + candidate
        return None

    def _total_for(self, index: int, kin: str) -> int | None:
        """The total that 其中 before measure `index` points back to: the nearest number of the same kind, in this sentence or the one before."""
        count = len(self.earlier)
        for candidate in range(index - 1, -1, -1):
            if self.measures[candidate].unit.kin == kin and self.totals[candidate] is None:
                return count + candidate
        if index:
            return count + index - 1
        for candidate in range(count - 1, max(-1, count - 8), -1):
            if self.begin - self.earlier[candidate].end > 120:
                break
            if self._kin(candidate) == kin and self.earlier[candidate].part_of is None:
                return candidate
        return None

    def _sums_behind(self) -> None:
        """A list closed by its sum: 甲区61个、乙区44个,合计105个."""
        count = len(self.earlier)
        for index in range(2, len(self.measures)):
            measure = self.measures[index]
            gap = self.text[self.measures[index - 1].end : measure.start]
            word = _pattern("sum").search(gap)
            if word is None or len(gap) > _LONGEST_SUM:
                continue
            first = index
            while first and (self._alike(first - 1, index) or self.measures[first - 1].unit.kind == "time"):
                first -= 1
            parts = [part for part in range(first, index) if self._alike(part, index)]
            total = sum(self.measures[i].value for i in parts)
            if len(parts) > 1 and (abs(total - measure.value) < 1e-6 or word.group() == "合计"):
                for part in parts:
                    self.totals[part] = count + index

    def _alike(self, part: int, total: int) -> bool:
        return self.measures[part].unit.kin == self.measures[total].unit.kin and self.totals[part] is None

    def _sums_before(self) -> None:
        """A total whose parts follow without 其中: 抽检37份,合格35份、不合格2份. Only an exact sum tells."""
        count = len(self.earlier)
        for index, measure in enumerate(self.measures[:-2]):
            if measure.value < 4 or measure.unit.kind in ("ratio", "time"):
                continue
            total = 0.0
            parts: list[int] = []
            for follow in range(index + 1, min(len(self.measures), index + _LONGEST_SUM)):
                if self.totals[follow] is not None:
                    continue
                if self.measures[follow].unit.kin != measure.unit.kin or total >= measure.value - 1e-9:
                    break
                total += self.measures[follow].value
                parts.append(follow)
            opening = self.text[measure.end : measure.end + 1]
            if len(parts) > 1 and opening in _LIST_OPENS and abs(total - measure.value) < 1e-6:
                for part in parts:
                    self.totals[part] = count + index
