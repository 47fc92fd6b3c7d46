"""`miner run` on generated archives: two workers against one, and time per report and memory as the archive grows.

usage: python benchmarks/archive_growth.py [--sizes 1000,10000] [--workers 1,2] [--form folder|zip|jsonl] [--folder FOLDER]

Each run is a process of its own. Printed are reports, wall time, milliseconds per report, and the largest sum of resident memory of the process and its
workers (Linux only, sampled ten times a second), for the mining and for the whole run; then the ratios. Archives are written below FOLDER (default: a
temporary folder); the 100,000 reports of `--sizes 1000,10000,100000` need about 0.5 GB there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from generate_archive import generate, write

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident(process: int) -> int:
    """Bytes of resident memory of a process and its descendants; 0 where the system does not tell."""
    try:
        own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return own + sum(resident(int(child)) for child in children)


def measured(command: list[str]) -> tuple[float, int]:
    """Wall time of a command, in seconds, and the largest sum of its resident memory, in bytes."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    highest = 0
    done = threading.Event()

    def sample() -> None:
        nonlocal highest
        while not done.wait(0.1):
            highest = max(highest, resident(process.pid))

    sampler = threading.Thread(target=sample)
    sampler.start()
    _, told = process.communicate()
    done.set()
    sampler.join()
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: status {process.returncode}\n{told.decode()}")
    return time.perf_counter() - began, highest


def main() -> None:
    """Run all sizes with all numbers of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--form", choices=("folder", "zip", "jsonl"), default="folder")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    sizes, workers = ([int(part) for part in text.split(",")] for text in (given.sizes, given.workers))
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        times: dict[tuple[int, int], float] = {}
        print(f"{'reports':>8} {'workers':>8} {'seconds':>9} {'ms/report':>10} {'MB':>7}")
        for size in sizes:
            archive = folder / (f"{size}" if given.form == "folder" else f"{size}.{given.form}")
            write(generate(size), archive)
            for count in workers:
                out = folder / f"out-{size}-{count}"
                command = [sys.executable, "-m", "miner", "run", str(archive), "--out", str(out), "--workers", str(count)]
                times[size, count], memory = measured(command)
                print(f"{size:>8} {count:>8} {times[size, count]:>9.1f} {1000 * times[size, count] / size:>10.2f} {memory / 1e6:>7.0f}", flush=True)
        for size in sizes:
            for count in workers[1:]:
                print(f"{size} reports: {count} workers are {times[size, workers[0]] / times[size, count]:.2f} times as fast as {workers[0]}")
        for count in workers:
            if len(sizes) > 1:
                growth = (times[sizes[-1], count] / sizes[-1]) / (times[sizes[0], count] / sizes[0])
                print(f"{count} workers: time per report at {sizes[-1]} reports is {growth:.2f} times that at {sizes[0]}")


if __name__ == "__main__":
    main()
