"""The ratio that matters: `miner.mine` (decoded text to rows in memory, Doc included, one process) against `jieba.cut` on the same texts.

usage: python benchmarks/mine_vs_jieba.py [FOLDER] [--rounds N]

The two run in turn, round by round, in one process; the ratio of each round is printed and their median. A ratio above 1 means faster than the tokenizer alone.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpora"


def texts(folder: Path, least: int = 200_000) -> list[str]:
    """The reports below a folder, repeated until there are at least that many characters."""
    from miner.learning.annotation import read_annotated

    found = [read_annotated(path).text for path in sorted(folder.rglob("*.ann"))] or [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    times = -(-least // sum(map(len, found)))
    return found * times


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def main() -> None:
    """Run the rounds and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS / "train")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()

    import jieba

    import miner

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    reports = texts(given.folder)
    size = sum(map(len, reports))
    mine = lambda: [report.rows() for report in miner.mine(reports)]  # noqa: E731
    cut = lambda: [list(jieba.cut(text)) for text in reports]  # noqa: E731
    mine(), cut()  # warm up
    ratios = []
    for number in range(given.rounds):
        a, b = seconds(mine), seconds(cut)
        ratios.append(b / a)
        print(f"round {number + 1}: miner.mine {size / a / 1e6:.3f} M characters/s, jieba.cut {size / b / 1e6:.3f} M characters/s, ratio {b / a:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f} over {len(reports)} reports, {size} characters")


if __name__ == "__main__":
    main()
