"""`miner status` during a run, after it, and after it was killed."""

import json
import os
import signal
import subprocess
import sys
import time

from miner.archive import Settings, run
from miner.archive.status import status
from tests.archive.kills import Run, make_archive


def asked(out, *arguments):
    return subprocess.run([sys.executable, "-m", "miner", "status", str(out), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


def test_after_a_run(tmp_path, archive):
    run(archive, tmp_path / "out", Settings())
    done = asked(tmp_path / "out", "--format", "json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert (found["state"], found["inputs"], found["reports"], found["rejects"]) == ("complete", {"all": 4, "done": 4, "left": 0}, 3, 1)
    assert found["reasons"] == [{"stage": "decode", "reason": "the file is empty", "hint": "", "count": 1}]
    assert found["rate"]["reports_per_second"] > 0
    text = asked(tmp_path / "out").stdout
    assert "state     complete\n" in text
    assert "4 of 4 done (100.0 %), 0 left" in text
    assert "1 × decode: the file is empty" in text


def test_where_nothing_was_run(tmp_path):
    done = asked(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no run was begun there" in done.stderr


def test_during_a_run_and_after_it_was_killed_and_when_it_goes_on(tmp_path):
    make_archive(tmp_path / "archive", 450, seed=4)
    out = tmp_path / "out"
    process = Run(tmp_path / "archive", out, ["--workers", "1", "--shard-size", "10"])
    during = None
    while process.alive():
        if (out / "manifest.json").exists() and len(list((out / "parts").glob("[!.]*"))) >= 3:
            during = status(out)
            break
        time.sleep(0.02)
    os.kill(process.process.pid, signal.SIGKILL)
    process.end()
    assert during
    assert during["state"] == "running"
    assert during["inputs"]["all"] == 155, "150 files, an empty one, two pieces of a zip and of rows"
    assert 0 < during["inputs"]["done"] < during["inputs"]["all"]
    assert during["seconds_left"] > 0
    after = status(out)
    assert after["state"] == "killed"
    assert after["inputs"]["left"] == after["inputs"]["all"] - after["inputs"]["done"] > 0
    run(tmp_path / "archive", out, Settings(workers=2))
    end = status(out)
    assert (end["state"], end["inputs"]["left"], end["reports"], end["rejects"]) == ("complete", 0, 449, 2)
    assert sorted(reason["reason"].split(":")[0] for reason in end["reasons"]) == ["the file is empty", "the line is no JSON"]
