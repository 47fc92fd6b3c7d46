"""`miner run` on generated archives: two workers against one, and time per report and memory as the archive grows.

usage: python benchmarks/archive_growth.py [--sizes 1000,10000] [--workers 1,2] [--rounds 1] [--cut CHARACTERS] [--form folder|zip|jsonl] [--folder FOLDER]

Each run is a process of its own; with several rounds the numbers of workers take turns. Printed are, per run, wall time, processor time of the main process,
of the workers, and of the processes that write tables, the highest resident memory of each, then the memory over time and the
sizes of what was written (Linux only: /proc is looked at ten times a second). Where other programs use the machine wall times say little; so the time on as
many idle cores as there are workers (two at least) is derived from the processor times: what runs side by side takes the longest of its processes, or all of
them shared among the cores, whichever is more; what runs alone takes its own time.

`--cut` shortens the reports, for how plan, merging and store alone grow. Archives are written below FOLDER (default: a temporary folder); 100,000 reports and
their results need about 12 GB there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from generate_archive import generate, write

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
TENTHS = 10
WRITTEN = {"parts": "parts/**/*", "Parquet": "tables/*.parquet", "CSV": "tables/*.csv", "XLSX": "tables/*.xlsx", "reports.db": "reports.db"}
HEADINGS = {"reports": 8, "workers": 8, "seconds": 9, "ms/report": 10, "main s": 8, "worker s": 8, "writer s": 8, "idle s": 9,
            "main MB": 8, "worker MB": 9, "writer MB": 9}


@dataclass
class Measured:
    """One run: wall time in seconds, processor seconds by (stage, role), bytes of memory by role, and over time.

    Stages are ``start`` (before the first worker), ``mine``, ``merge`` (the main process alone), ``write`` (beside the processes that write tables).
    """

    seconds: float = 0
    spent: dict[tuple[str, str], float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    course: list[tuple[float, int, int]] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)

    def of(self, role: str) -> float:
        """Processor seconds of ``main``, ``workers`` or ``writers``."""
        return sum(seconds for (_, who), seconds in self.spent.items() if who == role)

    def idle(self, workers: int) -> float:
        """The derived wall time on idle cores, as many as workers, two at least."""
        cores = max(2, workers)

        def together(stage: str, role: str, processes: int) -> float:
            main, others = self.spent.get((stage, "main"), 0.0), self.spent.get((stage, role), 0.0)
            return max(main, others / processes, (main + others) / cores)

        alone = sum(self.spent.get((stage, "main"), 0.0) for stage in ("start", "merge"))
        return alone + together("mine", "workers", workers) + together("write", "writers", max(1, workers - 1))


class Watch:
    """Looks at a process and its descendants."""

    def __init__(self, process: int, out: Path) -> None:
        self.process, self.out, self.roles = process, out, dict[int, str]()
        self.last: dict[int, float] = {}
        self.found = Measured()
        self.stage = "start"

    def look(self, now: float) -> None:
        """Take a sample."""
        pids = [self.process, *self._below(self.process)]
        merging = (self.out / ".tables").exists()
        for pid in pids:
            self.roles[pid] = "main" if pid == self.process else "writers" if merging else "workers"  # who writes tables may start sooner
        alive = {self.roles[pid] for pid in pids}
        self.stage = "write" if "writers" in alive else "mine" if "workers" in alive else "merge" if self.stage != "start" else "start"
        resident: dict[str, list[int]] = {"main": [0], "workers": [0], "writers": [0]}
        for pid in pids:
            role = self.roles[pid]
            try:
                cells = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                spent = (int(cells[11]) + int(cells[12])) / TICKS
                resident[role].append(int(cells[21]) * PAGE)
            except (OSError, IndexError):
                continue
            key = self.stage, role
            self.found.spent[key] = self.found.spent.get(key, 0.0) + spent - self.last.get(pid, 0.0)
            self.last[pid] = spent
        for role, sizes in resident.items():
            self.found.memory[role] = max(self.found.memory.get(role, 0), *sizes)
        self.found.course.append((now, resident["main"][-1], sum(resident["workers"])))

    def _below(self, pid: int) -> list[int]:
        try:
            children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
        except OSError:
            return []
        children = [child for child in children if b"resource_tracker" not in _command(child)]
        return children + [one for child in children for one in self._below(child)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def measured(command: list[str], out: Path) -> Measured:
    """Run a command that writes into `out`."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    watch, done = Watch(process.pid, out), threading.Event()

    def sample() -> None:
        while not done.wait(0.1):
            watch.look(time.perf_counter() - began)

    sampler = threading.Thread(target=sample)
    sampler.start()
    _, told = process.communicate()
    done.set()
    sampler.join()
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: status {process.returncode}\n{told.decode()}")
    found = watch.found
    found.seconds = time.perf_counter() - began
    for name, files in WRITTEN.items():
        found.sizes[name] = sum(file.stat().st_size for file in out.glob(files) if file.is_file())
    return found


def tell(size: int, workers: int, found: Measured) -> None:
    """Print what a run took."""
    cells = [f"{size:>8}", f"{workers:>8}", f"{found.seconds:>9.1f}", f"{1000 * found.seconds / size:>10.2f}"]
    cells += [f"{found.of(role):>8.1f}" for role in ("main", "workers", "writers")] + [f"{found.idle(workers):>9.1f}"]
    cells += [f"{found.memory.get('main', 0) / 1e6:>8.0f}", f"{found.memory.get('workers', 0) / 1e6:>9.0f}", f"{found.memory.get('writers', 0) / 1e6:>9.0f}"]
    print(" ".join(cells), flush=True)


def tell_course(found: Measured) -> None:
    """Print processor time by stage, memory over time, and sizes."""
    print("  seconds of processor: " + ", ".join(f"{stage} {role} {seconds:.1f}" for (stage, role), seconds in found.spent.items()))
    course = found.course
    some = [course[min(len(course) - 1, len(course) * step // TENTHS)] for step in range(TENTHS + 1)] if course else []
    print("  MB of main and workers: " + ", ".join(f"{main / 1e6:.0f}+{others / 1e6:.0f} at {at:.0f} s" for at, main, others in some))
    print("  MB written: " + ", ".join(f"{name} {size / 1e6:.0f}" for name, size in found.sizes.items()), flush=True)


def main() -> None:
    """Run all sizes with all numbers of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--cut", type=int, help="characters that are left of each report")
    parser.add_argument("--form", choices=("folder", "zip", "jsonl"), default="folder")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    sizes, workers = ([int(part) for part in text.split(",")] for text in (given.sizes, given.workers))
    runs: dict[tuple[int, int], list[Measured]] = {}
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        print(" ".join(f"{heading:>{width}}" for heading, width in HEADINGS.items()))
        for size in sizes:
            archive = folder / (f"{size}" if given.form == "folder" else f"{size}.{given.form}")
            write(((name, text[: given.cut]) for name, text in generate(size)), archive)
            for count in workers * given.rounds:
                out = folder / "out"
                command = [sys.executable, "-m", "miner", "run", str(archive), "--out", str(out), "--workers", str(count)]
                found = measured(command, out)
                subprocess.run(["rm", "-rf", str(out)], check=True)
                runs.setdefault((size, count), []).append(found)
                tell(size, count, found)
                tell_course(found)
    wall = {key: median(found.seconds for found in all_) for key, all_ in runs.items()}
    idle = {(size, count): median(found.idle(count) for found in all_) for (size, count), all_ in runs.items()}
    for size in sizes:
        for count in workers[1:]:
            print(f"{size} reports: {count} workers are {wall[size, workers[0]] / wall[size, count]:.2f} times as fast as {workers[0]} by the clock, "
                  f"{idle[size, workers[0]] / idle[size, count]:.2f} times on idle cores (derived)")
    for count in workers:
        if len(sizes) > 1:
            growth = [(times[sizes[-1], count] / sizes[-1]) / (times[sizes[0], count] / sizes[0]) for times in (wall, idle)]
            print(f"{count} workers: time per report at {sizes[-1]} reports is {growth[0]:.2f} times that at {sizes[0]} by the clock, {growth[1]:.2f} derived")


if __name__ == "__main__":
    main()
