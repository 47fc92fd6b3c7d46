"""Kills a run again and again, at random moments and in every way, and compares the tables with those of an undisturbed run.

Usage: ``python -m tests.archive.kills --count 30 [--reports 3000] [--seed 1]``. Needs /proc (Linux).

A quarter of the kills come while reports are being mined, half at any moment, the last quarter while the tables are being merged. A kill counts
only if it hit a run in progress: the process was alive, and ended by this kill or, where only a worker was killed, went on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from miner.schema import TABLES
from miner.store.parquet import read_rows
from tests.archive.forms import REPORTS, as_text

WAYS = ("interrupt", "parent", "all", "worker")


def make_archive(folder: Path, reports: int, seed: int) -> None:
    """An archive of files, a zip and a file of JSON Lines, one broken; every report has numbers of its own."""
    chance = random.Random(seed)
    texts = []
    for index in range(reports):
        text = as_text(REPORTS[chance.choice(sorted(REPORTS))])
        varied = "".join(str(chance.randint(1, 9)) if c in "3456789" and chance.random() < 0.3 else c for c in text)
        texts.append(f"{varied}\n值班员登记车辆{index + 11}台次。\n")
    folder.mkdir(parents=True)
    third = reports // 3
    for index, text in enumerate(texts[:third]):
        file = folder / f"{index % 7}" / f"{index}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "more.zip", "w", zipfile.ZIP_DEFLATED) as package:
        for index, text in enumerate(texts[third : 2 * third]):
            package.writestr(f"{index}.txt", text)
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as rows:
        for index, text in enumerate(texts[2 * third :]):
            rows.write((json.dumps({"text": text}, ensure_ascii=False) if index != 5 else "{broken") + "\n")


def tables(out: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables, sorted."""
    return {name: sorted(read_rows(out / "tables" / f"{name}.parquet"), key=repr) for name in TABLES}


def _hear_interrupts() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would the runs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Run:
    """One process of ``miner run`` in a session of its own."""

    def __init__(self, archive: Path, out: Path, options: list[str]) -> None:
        command = [sys.executable, "-m", "miner", "run", str(archive), "--out", str(out), *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_hear_interrupts)
        self.out = out
        self.said: str | None = None
        self.began = time.time()

    def merging(self) -> bool:
        """Whether it is writing tables (a killed run may have left some)."""
        try:
            return (self.out / ".tables").stat().st_mtime >= self.began
        except OSError:
            return False

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        found = []
        for process in Path("/proc").iterdir():
            try:
                about = (process / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()
                if int(about[1]) == self.process.pid and about[0] != "Z" and b"spawn_main" in (process / "cmdline").read_bytes():
                    found.append(int(process.name))
            except (OSError, IndexError, ValueError):
                continue
        return found

    def end(self) -> str:
        """Wait for its end; what it said."""
        if self.said is None:
            self.said = self.process.communicate()[1].decode("utf-8", "replace")
        return self.said

    def alive(self) -> bool:
        return self.process.poll() is None

    def kill(self, way: str, chance: random.Random) -> bool:
        """Kill in one way; whether it hit a run in progress."""
        if not self.alive():
            return False
        if way == "worker":
            workers = self.workers()
            if not workers:
                return False
            os.kill(chance.choice(workers), signal.SIGKILL)
            return self.alive()
        if way == "interrupt":
            os.killpg(self.process.pid, signal.SIGINT)
        elif way == "parent":
            self.process.kill()
        else:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.end()
        return self.process.returncode in (-signal.SIGKILL, -signal.SIGINT, 130)


    def phase(self) -> str:
        """What it is doing."""
        return "merge" if self.merging() else "mine" if self.workers() else "plan"


def wait_for(run: Run, phase: str) -> None:
    """Wait until a run is in a phase, or ends."""
    while run.alive() and run.phase() != phase:
        time.sleep(0.01)


def kill_again_and_again(archive: Path, out: Path, count: int, seed: int, options: list[str], longest: float = 4.0) -> tuple[Counter[str], int]:
    """Kill runs until `count` kills have hit a run in progress, then let it end; between two kills pass at most `longest` seconds.

    Returns
    -------
    (hits, ended)
        How many kills hit by way (and phase); how often a run ended before it was killed, or went on to its end.
    """
    chance = random.Random(seed)
    hits: Counter[str] = Counter()
    ended = 0
    run = Run(archive, out, options)
    while sum(hits.values()) < count:
        if not run.alive():
            ended += 1
            assert ended < 10 * count, f"runs end before they can be killed: {hits}"
            assert run.process.returncode == 1, run.end()
            (out / ".tables.json").unlink()  # so that the next one has tables to merge
            run = Run(archive, out, options)
        wanted = ("mine", "", "", "merge")[4 * sum(hits.values()) // count]
        if wanted:
            wait_for(run, wanted)
        time.sleep(chance.uniform(0, 0.5 if wanted else longest))
        way = chance.choice(WAYS[:3] if wanted == "merge" else WAYS)
        phase = run.phase()
        if run.kill(way, chance):
            hits[f"{way} ({phase})"] += 1
            print(f"kill {sum(hits.values())}: {way} while {phase}, {len(list((out / 'parts').glob('[!.]*')))} parts in place", file=sys.stderr)
        if not run.alive() and run.process.returncode not in (0, 1):
            run = Run(archive, out, options)
    said = run.end()
    assert run.process.returncode == 1, said
    return hits, ended


def main() -> None:
    """The script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shard-size", type=int, default=20)
    given = parser.parse_args()
    options = ["--workers", str(given.workers), "--shard-size", str(given.shard_size)]
    with TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        make_archive(archive, given.reports, given.seed)
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "miner", "run", str(archive), "--out", f"{folder}/calm"], check=False, capture_output=True)
        calm_seconds = time.monotonic() - began
        print(f"undisturbed, one worker: {calm_seconds:.0f} s", file=sys.stderr)
        hits, ended = kill_again_and_again(archive, Path(folder) / "out", given.count, given.seed, options, max(4.0, calm_seconds / 8))
        calm, killed = tables(Path(folder) / "calm"), tables(Path(folder) / "out")
    different = [name for name in TABLES if calm[name] != killed[name]]
    print(f"{sum(hits.values())} kills hit a run in progress: {dict(sorted(hits.items()))}; {ended} runs came to their end in between")
    print(f"rows: {({name: len(rows) for name, rows in killed.items()})}")
    print("tables differ: " + ", ".join(different) if different else "all tables are the same as those of the undisturbed run")
    raise SystemExit(bool(different))


if __name__ == "__main__":
    main()
