"""Makes an archive of any size out of the annotated reports of ``corpora/train`` and ``corpora/dev``, to measure speed, memory and resume on.

usage: python benchmarks/generate_archive.py OUT --reports N [--seed S]        (OUT: a folder, NAME.zip, or NAME.jsonl with the columns id and text)

A generated report keeps the layout of one annotated report (heading, by-line, sections, lists). Half of its sentences give way to sentences of other
reports of the same domain, paragraphs are dropped and added, and inside each sentence the annotated mentions are replaced: numbers by other numbers,
days by other days, the jurisdiction by another division, trade names by invented ones, verbs by verbs of the same action, items by items of the same
domain; one word in seven of the others gives way to one of the same part of speech and length. So texts do not simply repeat, and a cache of the program
is not flattered; how far they repeat is printed at the end (`--measure` prints it without writing anything). Report number i depends on the seed and on
i alone: an archive of 1,000 is the beginning of one of 100,000. The reports are for load tests; they make no sense to a reader and carry no annotation.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from miner.components.divisions import Division, gazetteer
from miner.document.words import tagger
from miner.learning.annotation import AnnotatedReport, read_annotated

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
FOLDER_SIZE = 1000
_SENTENCE = re.compile(r"[^。!?！？\n]*[。!?！？]+[”’」』)》]*|[^。!?！？\n]+|\n")
_DIGITS = re.compile(r"[0-9０-９]+")
_DATE = re.compile(r"(\d{4})年|(\d{1,2})月|(\d{1,2})日|(\d{4})-(\d{1,2})-(\d{1,2})")
_CHINESE = re.compile(r"[二三四五六七八九](?![月日年、,])")
_TRADE = re.compile(r"[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff]{2,8}(?:公司|集团|厂|药店|超市|医院|学校|小学|中学|合作社|商会|协会|基金会|敬老院|养老院))")
_SYLLABLES = (
    "安邦百北滨博昌晨诚川春大德东鼎丰福富光广贵国海汉浩和恒宏洪华辉惠吉佳嘉建江金锦京晶景九君凯康科蓝乐力立利联林龙隆美民明铭南宁鹏平奇启千青庆仁荣融"
    "瑞润三森山尚盛世顺泰天通同万旺威维文西祥晓新信星兴雄旭雅阳益银英永友裕元源远跃云泽展长兆正志中众卓"
)
_MODERN = range(2015, 2025)
_OPEN_CLASSES = ("n", "v", "a", "d", "vn", "nr", "ns", "nz", "s", "b", "i", "l", "t", "z")


@dataclass(frozen=True)
class Sentence:
    """One sentence (or heading, or line end) of a report, with its mentions as ``(start, end, record)``."""

    text: str
    marks: tuple[tuple[int, int, dict[str, Any]], ...]
    home: AnnotatedReport

    @cached_property
    def body(self) -> bool:
        """True for a sentence of running text, which may stand in another report."""
        return len(self.text) >= 12 and self.text[-1] in "。!?！？”’」』)》" and "<" not in self.text and "&" not in self.text


def sentences(report: AnnotatedReport) -> list[Sentence]:
    """The sentences of a report, in order; their texts together are the report."""
    found = []
    marks = [(r["start"], r["end"], r) for r in report.records]
    for match in _SENTENCE.finditer(report.text):
        start, end = match.span()
        inside = tuple((a - start, b - start, r) for a, b, r in marks if start <= a and b <= end)
        found.append(Sentence(match.group(), inside, report))
    return found


class Generator:
    """Makes reports.

    Parameters
    ----------
    reports
        Annotated reports to take sentences from.
    seed
        The same seed gives the same reports.
    """

    def __init__(self, reports: Iterable[AnnotatedReport], seed: int = 1) -> None:
        self.seed = seed
        self.frames = [sentences(report) for report in reports]
        self.pool: dict[str, list[Sentence]] = defaultdict(list)
        items: dict[str, set[str]] = defaultdict(set)
        verbs: dict[tuple[str, int], set[str]] = defaultdict(set)
        words: dict[tuple[str, int], set[str]] = defaultdict(set)
        for frame in self.frames:
            for sentence in frame:
                domain = sentence.home.header["domain"]
                if sentence.body:
                    self.pool[domain].append(sentence)
                for _, _, record in sentence.marks:
                    if record["k"] == "qty" and 2 <= len(record["item"]) <= 6 and "|" not in record["item"]:
                        items[domain].add(record["item"])
                    if record["k"] == "event":
                        verbs[record["type"], len(record["text"])].add(record["text"])
                for word, tag in tagger()(sentence.text):
                    if tag in _OPEN_CLASSES:
                        words[tag, len(word)].add(word)
        self.items = {domain: sorted(known) for domain, known in items.items()}
        self.verbs = {key: sorted(known) for key, known in verbs.items()}
        self.words = {key: sorted(known) for key, known in words.items()}
        self.tagged: dict[str, list[tuple[str, str]]] = {}
        known = gazetteer()
        self.counties = [d for d in known.divisions.values() if len(d.code) == 6 and len(d.full) > 2]

    def report(self, number: int) -> str:
        """The text of report `number`."""
        dice = random.Random(f"{self.seed}/{number}")
        frame = dice.choice(self.frames)
        county = dice.choice(self.counties)
        variation = Variation(self, dice, county)
        pool = self.pool[frame[0].home.header["domain"]]
        out: list[str] = []
        for sentence in frame:
            if not sentence.body or not pool:
                out.append(variation.of(sentence))
                continue
            for _ in range(dice.choices((0, 1, 2, 3), (12, 68, 12, 8))[0]):
                out.append(variation.of(sentence if dice.random() < 0.5 else dice.choice(pool)))
        return "".join(out)


class Variation:
    """How one generated report differs from its models: one county, one shift of days, one set of trade names.

    Parameters
    ----------
    generator
        Whose lists of words are used.
    dice
        The report's random numbers.
    county
        The report's jurisdiction.
    """

    def __init__(self, generator: Generator, dice: random.Random, county: Division) -> None:
        self.generator, self.dice, self.county = generator, dice, county
        self.year = dice.choice(_MODERN)
        self.months, self.days = dice.randrange(12), dice.randrange(28)
        self.trades: dict[str, str] = {}

    def of(self, sentence: Sentence) -> str:
        """The sentence with its mentions replaced."""
        parts, position = [], 0
        for start, end, record in sentence.marks:
            parts += [self._plain(sentence.text[position:start], sentence), self._mention(sentence.text[start:end], record, sentence)]
            position = end
        parts.append(self._plain(sentence.text[position:], sentence))
        return "".join(parts)

    def _plain(self, text: str, sentence: Sentence) -> str:
        """Words between mentions: the jurisdiction, some items and some of the other words are replaced."""
        generator, dice = self.generator, self.dice
        if text not in generator.tagged:
            generator.tagged[text] = tagger()(text)
        text = "".join(
            dice.choice(generator.words[tag, len(word)]) if tag in _OPEN_CLASSES and dice.random() < 1 / 7 and (tag, len(word)) in generator.words else word
            for word, tag in generator.tagged[text]
        )
        jurisdiction = sentence.home.header["jurisdiction"]
        if jurisdiction and jurisdiction in text:
            text = text.replace(jurisdiction, self.county.full)
        words = generator.items.get(sentence.home.header["domain"])
        if words:
            for _, _, record in sentence.marks:
                if record["k"] == "qty" and record["item"] and record["item"] in text and dice.random() < 0.4:
                    text = text.replace(record["item"], dice.choice(words), 1)
        return text

    def _mention(self, text: str, record: dict[str, Any], sentence: Sentence) -> str:
        kind = record["k"]
        if kind == "qty":
            return _CHINESE.sub(self._numeral, _DIGITS.sub(self._number, text))
        if kind == "date":
            return _DATE.sub(self._day, text)
        if kind == "event":
            alike = self.generator.verbs.get((record["type"], len(text)), [text])
            return self.dice.choice(alike) if self.dice.random() < 0.3 else text
        return self._organisation(text, sentence)

    def _number(self, match: re.Match[str]) -> str:
        """As many digits, other ones."""
        digits, dice = match.group(), self.dice
        zero = 0xFF10 if digits[0] >= "０" else 0x30
        least = 0 if digits[0] in "0０" else 1
        return "".join(chr(zero + dice.randrange(least if i == 0 else 0, 10)) for i in range(len(digits)))

    def _numeral(self, match: re.Match[str]) -> str:
        return self.dice.choice("二三四五六七八九")

    def _day(self, match: re.Match[str]) -> str:
        """Another day: the report's year, its months and days shifted by the same amount."""
        year, month, day, iso_year, iso_month, iso_day = match.groups()
        if iso_year:
            return f"{self.year}-{self._month(iso_month):02}-{self._month_day(iso_day):02}"
        if year:
            return f"{self.year}年"
        return f"{self._month(month)}月" if month else f"{self._month_day(day)}日"

    def _month(self, month: str) -> int:
        return (int(month) + self.months - 1) % 12 + 1

    def _month_day(self, day: str) -> int:
        return (int(day) + self.days - 1) % 28 + 1

    def _organisation(self, text: str, sentence: Sentence) -> str:
        """The body's name with the report's county, and with an invented trade name."""
        jurisdiction = sentence.home.header["jurisdiction"] or ""
        if jurisdiction and jurisdiction in text:
            return text.replace(jurisdiction, self.county.full)
        if len(jurisdiction) > 2 and text.startswith(jurisdiction[:-1]):
            return self.county.short + text[len(jurisdiction) - 1 :]
        return _TRADE.sub(self._trade, text, count=1)

    def _trade(self, match: re.Match[str]) -> str:
        name = match.group()
        if name not in self.trades:
            self.trades[name] = "".join(self.dice.choices(_SYLLABLES, k=2))
        return self.trades[name]


def generate(count: int, seed: int = 1, first: int = 0) -> Iterator[tuple[str, str]]:
    """Generated reports.

    Parameters
    ----------
    count
        How many.
    seed
        The same seed gives the same reports.
    first
        Number of the first one.

    Yields
    ------
    tuple
        The report's name (``0012/report-0012345``) and its text.
    """
    models = [read_annotated(path) for split in ("train", "dev") for path in sorted((CORPORA / split).glob("*.ann"))]
    generator = Generator(models, seed)
    for number in range(first, first + count):
        yield f"{number // FOLDER_SIZE:04}/report-{number:07}", generator.report(number)


def write(reports: Iterable[tuple[str, str]], out: Path) -> None:
    """Write reports as a folder of ``.txt`` files, as a zip (``.zip``) or as JSON lines (``.jsonl``), by the name of `out`."""
    if out.suffix == ".zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, text in reports:
                archive.writestr(zipfile.ZipInfo(f"{name}.txt", (2020, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    elif out.suffix == ".jsonl":
        with out.open("w", encoding="utf-8", newline="\n") as file:
            for name, text in reports:
                file.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    else:
        for name, text in reports:
            path = out / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())


class Repeats:
    """Counts how much of a stream of texts stood in an earlier one: sentences of 12 characters or more, and clauses of 6 or more."""

    def __init__(self) -> None:
        self.characters = self.reports = 0
        self.seen: dict[str, set[int]] = {"sentences": set(), "clauses": set()}
        self.total = {"sentences": 0, "clauses": 0}

    def watch(self, reports: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Pass reports on, and count."""
        for name, text in reports:
            self.reports += 1
            self.characters += len(text)
            for kind, marks, least in (("sentences", r"[。!?！？\n]+", 12), ("clauses", r"[。!?！？\n,，、;；:：]+", 6)):
                found = [hash(part) for part in re.split(marks, text) if len(part) >= least]
                self.total[kind] += len(found)
                self.seen[kind].update(found)
            yield name, text

    def __str__(self) -> str:
        shares = ", ".join(f"{kind} repeated {1 - len(self.seen[kind]) / max(self.total[kind], 1):.1%} of {self.total[kind]}" for kind in self.total)
        return f"{self.reports} reports, {self.characters} characters; {shares}"


def main() -> None:
    """Write the archive and say how varied it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?", help="folder, NAME.zip or NAME.jsonl; must not exist")
    parser.add_argument("--reports", type=int, required=True, help="how many reports")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true", help="write nothing, only say how far the texts repeat")
    given = parser.parse_args()
    repeats = Repeats()
    stream = generate(given.reports, given.seed)
    if given.measure:
        for _ in repeats.watch(stream):
            pass
    elif given.out is None or given.out.exists():
        sys.exit(f"{given.out}: exists already" if given.out else "say where to write, or --measure")
    elif given.reports > 20_000:  # counting keeps every sentence's hash: for large archives --measure does it apart
        write(stream, given.out)
    else:
        write(repeats.watch(stream), given.out)
    if repeats.reports:
        print(repeats)


if __name__ == "__main__":
    main()
