"""Workers that die or hang cost one report; they are spawned, keep no memory, and end with the run."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from miner.archive import Settings, run
from miner.archive.options import Options
from miner.archive.plan import list_inputs, make_shards
from miner.archive.pool import STRIKES, Pool
from miner.archive.position import TOGETHER
from miner.archive.work import shard_rows
from miner.pipeline.batches import MOST_CHARACTERS
from miner.store.parquet import read_rows
from tests.archive.forms import REPORTS, as_text

_TEXTS = "".join(as_text(REPORTS[name]) for name in sorted(REPORTS))
SLOW = _TEXTS * (MOST_CHARACTERS // len(_TEXTS) + 1)  # seconds of work, and too long for a batch


@pytest.fixture
def folder(tmp_path):
    """Five reports, the third of which takes seconds."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"{number}.txt").write_text(f"2021年8月6日,临江市市场监管局检查药店{number + 10}家。", "utf-8")
    (folder / "3.txt").write_text(SLOW, "utf-8")
    return folder


def rows(out, name):
    return list(read_rows(out / f"{name}.parquet"))


def work_and_kill(folder, parts, kills, where=(2, 0, 0, "mine")):
    """Work the folder as one shard; kill the worker so many times while it stands somewhere, by default at the third report."""
    shards = make_shards(list_inputs(folder), 100, "x")
    killed = set()
    with Pool(1, "x", Options(), 300) as pool:
        watching = threading.Event()

        def watch():
            while not watching.is_set() and len(killed) < kills:
                for worker in list(pool.workers):
                    if worker.position == where and worker.process.pid not in killed and worker.process.is_alive():
                        killed.add(worker.process.pid)
                        os.kill(worker.process.pid, signal.SIGKILL)
                time.sleep(0.02)

        thread = threading.Thread(target=watch)
        thread.start()
        done = list(pool.run(shards, lambda shard: parts / shard.id))
        watching.set()
        thread.join()
    assert len(killed) == kills
    ((_, part),) = done
    return part


def test_a_report_at_which_workers_die_again_and_again_is_rejected_alone(folder, tmp_path):
    part = work_and_kill(folder, tmp_path / "parts", STRIKES)
    assert [row["source"] for row in rows(part, "reports")] == ["1.txt", "2.txt", "4.txt", "5.txt"]
    (reject,) = rows(part, "rejects")
    assert (reject["source"], reject["stage"], reject["reason"]) == ("3.txt", "mine", "the worker process died 3 times over it (SIGKILL)")


def test_a_worker_that_is_killed_once_costs_nothing(folder, tmp_path):
    part = work_and_kill(folder, tmp_path / "parts", 1)
    assert [row["source"] for row in rows(part, "reports")] == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
    assert rows(part, "rejects") == []


def test_reports_of_a_batch_over_which_a_worker_dies_are_mined_one_by_one(folder, tmp_path):
    for number in range(1, 6):
        (folder / f"{number}.txt").write_text(SLOW[: 12_000 + number], "utf-8")
    part = work_and_kill(folder, tmp_path / "parts", 1, where=(0, 0, 0, TOGETHER))
    assert [row["source"] for row in rows(part, "reports")] == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
    assert rows(part, "rejects") == []


def test_the_report_of_a_batch_that_takes_too_long_is_found(folder, tmp_path):
    (folder / "3.txt").write_text(SLOW[:60_000], "utf-8")
    at = []
    done, (reject,) = stopped_work(folder, at, {(0, 0, 0, TOGETHER): "one by one", (2, 0, 0, "mine"): "it takes longer than 1 seconds"})
    assert [row["source"] for row in done["reports"]] == ["1.txt", "2.txt", "4.txt", "5.txt"]
    assert (reject["source"], reject["reason"]) == ("3.txt", "it takes longer than 1 seconds")
    assert [position for position in at if "mine" in position[3]] == [(0, 0, 0, TOGETHER), *((index, 0, 0, "mine") for index in range(5))]


def stopped_work(folder, at, skips):
    """Work the folder as one shard in this process, without some steps; its rows and rejects."""

    def tell(position, name):
        at.append(position)
        return skips.get(position)

    (shard,) = make_shards(list_inputs(folder), 100, "x")
    found, _ = shard_rows(shard, Options(), tell)
    return found, found["rejects"]


def test_a_report_that_takes_too_long_is_rejected_and_tried_again_by_the_next_run(folder, tmp_path):
    out = tmp_path / "out"
    (folder / "3.txt").write_text(SLOW * 5, "utf-8")
    summary = run(folder, out, Settings(workers=1, report_seconds=3))
    assert summary.rows["reports"] == 4
    (reject,) = rows(out / "tables", "rejects")
    assert (reject["source"], reject["stage"], reject["reason"]) == ("3.txt", "mine", "it takes longer than 3 seconds")
    assert run(folder, out, Settings(workers=1)).worked == 1


def test_a_report_that_is_too_long_is_rejected(folder, tmp_path):
    from miner.reading import Limits

    assert run(folder, tmp_path / "out", Settings(workers=1, limits=Limits(characters=1000))).rows["reports"] == 4
    (reject,) = rows(tmp_path / "out" / "tables", "rejects")
    assert (reject["source"], reject["reason"]) == ("3.txt", "longer than 1000 characters")


def test_workers_are_spawned_and_a_script_with_a_guard_can_use_them(folder, tmp_path):
    """A program of the user's own, which starts a thread before (a forked child could hang): nothing of it runs in the workers but its definitions."""
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(f"""
        import multiprocessing, threading, time
        from pathlib import Path
        from miner.archive import Settings, run
        Path({str(tmp_path)!r}, f"imported as {{__name__}} {{time.time_ns()}}").touch()
        if __name__ == "__main__":
            threading.Thread(target=time.sleep, args=(0.5,)).start()
            print(run(Path({str(folder)!r}), Path({str(tmp_path / "out")!r}), Settings(workers=2, shard_size=3)).rows["reports"])
        """),
        "utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("5\n", "")
    assert sorted(file.name.split()[2] for file in tmp_path.glob("imported as *")) == ["__main__", "__mp_main__", "__mp_main__"]


def children(pid):
    found = []
    for process in Path("/proc").iterdir():
        try:
            if int((process / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(process.name))
        except (OSError, IndexError, ValueError):
            continue
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_workers_end_when_their_parent_is_killed(folder, tmp_path):
    process = subprocess.Popen([sys.executable, "-m", "miner", "run", str(folder), "--out", str(tmp_path / "out"), "--workers", "1"])
    began = time.monotonic()
    while not (workers := children(process.pid)) and time.monotonic() - began < 60:
        time.sleep(0.05)
    time.sleep(1)
    process.kill()
    process.wait()
    began = time.monotonic()
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() - began < 60:
        time.sleep(0.1)
    assert workers
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert not [found for found in (tmp_path / "out" / "parts").iterdir() if not found.name.startswith(".")], "an orphan changes nothing"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_of_a_worker_stays_flat(tmp_path):
    """1,200 different reports by one worker in a dozen shards: after the first third it holds at most a tenth more."""
    from miner.archive.parts import load_all
    from tests.archive.kills import make_archive

    make_archive(tmp_path / "archive", 1200, seed=3)
    run(tmp_path / "archive", tmp_path / "out", Settings(workers=1, shard_size=100))
    memory = [part.facts["memory_mb"] for part in sorted(load_all(tmp_path / "out" / "parts"), key=lambda part: part.facts["finished"])]
    assert len(memory) >= 10
    assert max(memory[4:]) < 1.1 * memory[4], memory
