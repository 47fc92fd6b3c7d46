"""Reports laid out by hand."""

import datetime as dt

import pytest

from miner.components.dates import read_dates
from miner.document.findings import Findings, Hints
from miner.layout.model import Article, Block, Layout, SourceMap


def make(*lines: str, published: dt.date | None = None, kinds: dict[int, str] | None = None) -> Findings:
    """Findings of a report of these lines; the dates are read."""
    text, blocks, sentences, at = "\n".join(lines), [], [], 0
    for index, line in enumerate(lines):
        blocks.append(Block(at, at + len(line), (kinds or {}).get(index, "paragraph")))
        start = at
        for i, character in enumerate(line, at):
            if character in "。!?":
                sentences.append((start, i + 1))
                start = i + 1
        if start < at + len(line):
            sentences.append((start, at + len(line)))
        at += len(line) + 1
    section = -1
    for index, block in enumerate(blocks):
        block.section = section
        if block.kind == "heading":
            section = index
    findings = Findings(Layout(text, text, SourceMap.identity(), blocks, [Article(0, len(text))], sentences), Hints(published=published))
    read_dates(findings)
    return findings


@pytest.fixture
def report():
    """Makes the findings of a report of some lines, its dates read: ``report("line", "line", published=day, kinds={index: kind})``."""
    return make
