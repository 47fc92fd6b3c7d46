"""`miner run --engine spark` on ``local[2,4]``, and the function for Spark jobs of one's own. Needs pyspark, pandas (for pyspark's own checks) and Java."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from miner.archive import Settings, run
from tests.archive.kills import make_archive, tables

if not os.environ.get("MINER_TEST_SPARK"):
    pytest.importorskip("pyspark", reason="pyspark is not installed")
MASTER = "local[2,4]"


def start(archive, out):
    options = ["--engine", "spark", "--spark-master", MASTER, "--shard-size", "20"]
    command = [sys.executable, "-m", "miner", "run", str(archive), "--out", str(out), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def processes():
    """Process id to (parent, command line)."""
    found = {}
    for process in Path("/proc").iterdir():
        try:
            parent = int((process / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()[1])
            found[int(process.name)] = parent, (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except (OSError, IndexError, ValueError):
            continue
    return found


def spark_workers(driver):
    """The Python workers of Spark below a driver that are at work: they have a process of the pool below them."""
    every = processes()

    def below(pid):
        while pid in every:
            if pid == driver:
                return True
            pid = every[pid][0]
        return False

    return sorted({parent for pid, (parent, command) in every.items() if "spawn_main" in command and "pyspark" in every.get(parent, (0, ""))[1] and below(pid)})


def parts(out):
    return [part for part in (out / "parts").iterdir() if not part.name.startswith(".")] if (out / "parts").exists() else []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_workers_and_the_driver_killed_in_the_middle_the_tables_are_those_of_a_local_run(tmp_path):
    archive, out = tmp_path / "archive", tmp_path / "out"
    make_archive(archive, 240, seed=8)
    run(archive, tmp_path / "calm", Settings())
    process = start(archive, out)
    killed = 0
    while process.poll() is None and len(parts(out)) < 3:
        workers = spark_workers(process.pid)
        if workers and killed < 2:
            time.sleep(1)
            os.kill(random.Random(killed).choice(workers), signal.SIGKILL)
            assert process.poll() is None, "the kill hit a run in progress"
            killed += 1
        time.sleep(0.05)
    assert killed == 2
    assert process.poll() is None, "the run goes on after its workers were killed"
    saved = len(parts(out))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert not (out / "tables").exists()
    again = start(archive, out)
    said = again.communicate()[1]
    assert again.returncode == 1, said
    assert "mined already" in said
    assert saved >= 3
    assert tables(out) == tables(tmp_path / "calm")


def test_a_function_for_jobs_of_ones_own(monkeypatch):
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    import miner.spark
    from miner.document import Hints

    session = SparkSession.builder.master(MASTER).config("spark.ui.enabled", "false").getOrCreate()
    rows = [("a", "8月6日,市市场监管局检查药店12家,发现问题3个。"), ("b", None), ("c", "　")]
    reports = session.createDataFrame(rows, "name string, body string")
    options = {"text_column": "body", "source_column": "name", "hints": Hints(dt.date(2021, 8, 9), "临江市")}
    found = reports.mapInArrow(miner.spark.mine_batches("records", **options), miner.spark.schema("records")).collect()
    assert [(row.source, row.organisation, row.action, row.value, row.item, row.date_from) for row in found] == [
        ("a", "临江市市场监管局", "inspect", 12, "药店", dt.date(2021, 8, 6)), ("a", "临江市市场监管局", "inspect", 3, "问题", dt.date(2021, 8, 6)),
    ]  # fmt: skip
    rejected = reports.mapInArrow(miner.spark.mine_batches("rejects", **options), miner.spark.schema("rejects")).collect()
    assert sorted((row.source, row.reason) for row in rejected) == [("b", "the row holds no text"), ("c", "the file holds no text")]
    session.stop()


def test_a_spark_that_does_not_start_is_named(tmp_path, report_text):
    (tmp_path / "a.txt").write_text(report_text, "utf-8")
    environment = os.environ | {"JAVA_HOME": str(tmp_path / "nowhere")}
    command = [sys.executable, "-m", "miner", "run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--engine", "spark", "--spark-master", MASTER]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 3
    assert "Spark does not start" in done.stderr
