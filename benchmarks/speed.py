"""The ratio that matters: `miner.mine` against `jieba.cut` on the same texts; and where the time goes.

`miner.mine` takes decoded text to rows in memory, Doc included, in one process.

usage: python benchmarks/speed.py [FOLDER ...] [--rounds N]        (FOLDER: .txt or .ann reports; default: corpora/train, corpora/dev, generated reports)

The two run in turn, round by round, in one process, by the clock of the processor, so that other work on the machine does not count; printed are the median
ratios. Above 1 means faster than the tokenizer alone. Reports of a folder are the same in every round, so that what the program remembers (words, sums of
weights) helps it; generated reports are new in every round. Then each component as a share of `jieba.cut`, reading and writing apart, and start-up.

The first line says whether the program is compiled (a built wheel) or pure Python (the checkout, an editable install). To measure the compiled one:
`python -m venv V && V/bin/pip install ".[jieba]" && V/bin/python benchmarks/speed.py`.
"""

from __future__ import annotations

import argparse
import gc
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from generate_archive import generate, write

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
GENERATED = 200
LEAST = 100_000
Clock = time.process_time


def texts(folder: Path) -> list[str]:
    """The reports below a folder, repeated until there are 100,000 characters."""
    from miner.learning.annotation import read_annotated

    found = [read_annotated(path).text for path in sorted(folder.rglob("*.ann"))] or [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    if not found:
        sys.exit(f"{folder}: no .ann or .txt reports")
    return found * -(-LEAST // sum(map(len, found)))


def seconds(call: Callable[..., object], *given: object) -> float:
    """How long a call takes, by the clock of the processor."""
    began = Clock()
    call(*given)
    return Clock() - began


def mine(reports: Iterable[str]) -> None:
    """Mine reports, rows included, as a program does that hands each report's rows on."""
    import miner

    for report in miner.mine(reports):
        report.rows()


def cut_all(reports: Iterable[str]) -> None:
    """Cut reports into words."""
    import jieba

    for text in reports:
        list(jieba.cut(text))


class Stopwatch:
    """Times the steps of `miner.mine` apart."""

    def __init__(self) -> None:
        from miner.pipeline.load import shared

        self.nlp = shared()
        self.spent: dict[str, float] = {}

    def mine(self, reports: list[str]) -> None:
        """Mine, and add up the time of each step."""
        from miner.document import make_doc
        from miner.layout import lay_out
        from miner.pipeline import batches
        from miner.records import Report

        spent, vocab = self.spent, self.nlp.vocab
        steps = [(name, step) for name, step in self.nlp.pipeline if name != "spans"]
        for batch in batches(reports, len):
            gc.disable()  # as miner.mine does
            at = Clock()
            for name, step in (("layout", lay_out), ("Doc", lambda layout: make_doc(vocab, layout)), *steps, ("rows", lambda doc: Report(doc).rows())):
                batch = [step(text) for text in batch]
                now = Clock()
                spent[name] = spent.get(name, 0.0) + now - at
                at = now
            gc.enable()


def compare(name: str, rounds: list[list[str]]) -> None:
    """Mine and cut the texts of each round in turn; print the ratios and the shares."""
    ratios: list[float] = []
    speeds: list[float] = []
    shares: list[dict[str, float]] = []
    for reports in rounds:
        size = sum(map(len, reports))
        mined, cut = seconds(mine, reports), seconds(cut_all, reports)
        watch = Stopwatch()
        watch.mine(reports)
        ratios.append(cut / mined)
        speeds.append(size / mined / 1e6)
        shares.append({step: spent / cut for step, spent in watch.spent.items()})
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    print(f"{name}: miner.mine at {statistics.median(ratios):.2f} of the speed of jieba.cut ({spread}); {statistics.median(speeds):.3f} M characters/s")
    steps = "  ".join(f"{step} {statistics.median(share[step] for share in shares):.2f}" for step in shares[0])
    print(f"  time of each step / time of jieba.cut: {steps}")


def apart() -> None:
    """Reading and writing, without mining."""
    from miner.archive.parts import PART_TABLES
    from miner.pipeline import process
    from miner.reading import read
    from miner.records import Report
    from miner.store.csvfile import write_csv
    from miner.store.parquet import write_rows
    from miner.store.xlsx import write_xlsx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = list(generate(GENERATED, seed=3))
        size = sum(len(text) for _, text in reports)
        write(reports, folder / "in")
        reading = seconds(lambda: [list(read(path)) for path in sorted((folder / "in").rglob("*.txt"))])
        mined = [Report(process(text), name).rows() for name, text in reports]
        rows = {table: [row for found in mined for row in found.get(table, ())] for table in PART_TABLES}
        parquet = seconds(lambda: [write_rows(folder / f"{table}.parquet", table, rows[table]) for table in rows])
        csv = seconds(lambda: write_csv(folder / "records.csv", "records", rows["records"]))
        xlsx = seconds(lambda: write_xlsx(folder / "records.xlsx", "records", rows["records"]))
    print(f"reading {size / reading / 1e6:.1f} M characters/s; writing all tables as Parquet {size / parquet / 1e6:.1f}, "
          f"records as CSV {size / csv / 1e6:.1f}, as XLSX {size / xlsx / 1e6:.1f} M characters of source text/s")


def start_up() -> None:
    """Wall time of fresh processes, the best of three."""
    programs = {
        "miner --help": ["-m", "miner", "--help"],
        "import miner": ["-c", "import miner"],
        "first report": ["-c", "import miner; next(miner.mine(['2021年8月6日,临江市市场监管局检查药店12家。'])).rows()"],
    }
    found = []
    for name, program in programs.items():
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run([sys.executable, *program], check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - began)
        found.append(f"{name} {min(times):.2f} s")
    print("start-up: " + ", ".join(found))


def program() -> str:
    """Which program is measured: the compiled rooms of a built wheel, or pure Python."""
    from miner.components import linear

    pure = str(linear.__file__).endswith(".py")
    return f"miner {'in pure Python' if pure else 'compiled'} ({Path(str(linear.__file__)).parents[1]}), Python {sys.version.split()[0]}"


def main() -> None:
    """Print all ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()

    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    print(program())
    warm = [text for _, text in generate(20, seed=2)]
    for _ in range(2):
        mine(warm)
    for folder in given.folders or [CORPORA / "train", CORPORA / "dev"]:
        reports = texts(folder)
        mine(reports)
        compare(str(folder), [reports] * given.rounds)
    stream = generate(GENERATED * given.rounds, seed=1)
    compare("generated reports, new in every round", [[next(stream)[1] for _ in range(GENERATED)] for _ in range(given.rounds)])
    apart()
    start_up()


if __name__ == "__main__":
    main()
