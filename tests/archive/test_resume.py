"""A second run does only what is new, changed or failed; a run that was killed ends like one that was not; changes of program and options are noticed."""

import json
import resource
import shutil
import subprocess
import sys
import zipfile

import pytest

from miner.archive import BusyError, Settings, run
from miner.archive.lock import Lock
from miner.archive.parts import load_all
from miner.archive.versions import differences
from miner.document import Hints
from miner.reading import Limits
from miner.store.parquet import read_rows
from tests.archive.kills import kill_again_and_again, make_archive, tables

REPORT = "2021年8月6日,临江市市场监管局检查药店{}家。\n"


@pytest.fixture
def folder(tmp_path):
    """Nine reports."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(1, 10):
        (folder / f"{number}.txt").write_text(REPORT.format(number + 10), "utf-8")
    return folder


def look(folder, out, **settings):
    """What a run would find to do."""
    outlook = run(folder, out, Settings(shard_size=4, **settings), dry=True).outlook
    return {name: value for name, value in vars(outlook).items() if value and name != "reasons"}


def same_as_at_once(folder, out):
    calm = out.parent / "calm"
    shutil.rmtree(calm, ignore_errors=True)
    run(folder, calm, Settings())
    return tables(out) == tables(calm)


def test_only_new_changed_and_failed_inputs_are_mined_and_removed_ones_disappear(folder, tmp_path):
    out = tmp_path / "out"
    (folder / "a link.txt").symlink_to(tmp_path / "later.txt")
    assert look(folder, out) == {"new": 10}
    assert run(folder, out, Settings(shard_size=4)).worked == 10
    assert look(folder, out) == {"kept": 9, "failed": 1}
    (tmp_path / "later.txt").write_text(REPORT.format(99), "utf-8")
    (folder / "0.txt").write_text(REPORT.format(10), "utf-8")  # first of all: every later input moves by one place
    (folder / "2.txt").write_text(REPORT.format(22), "utf-8")
    (folder / "7.txt").unlink()
    assert look(folder, out) == {"kept": 7, "new": 1, "changed": 2, "removed": 1}
    assert run(folder, out, Settings(shard_size=4)).worked == 3
    assert look(folder, out) == {"kept": 10}
    assert sorted(row["source"] for row in tables(out)["reports"]) == [*(f"{number}.txt" for number in (0, 1, 2, 3, 4, 5, 6, 8, 9)), "a link.txt"]
    assert same_as_at_once(folder, out)
    assert sum(len(part.inputs) for part in load_all(out / "parts")) == 10, "parts hold nothing that is gone"


def test_another_shard_size_keeps_what_is_done(folder, tmp_path):
    run(folder, tmp_path / "out", Settings(shard_size=4))
    assert run(folder, tmp_path / "out", Settings(shard_size=2)).worked == 0


def test_a_change_of_options_is_noticed_and_said(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out, Settings())
    changed = Settings(hints=Hints(jurisdiction="临江市"), limits=Limits(characters=500))
    outlook = run(folder, out, changed, dry=True).outlook
    assert (outlook.redo, outlook.kept, outlook.reasons) == (9, 0, ["options changed (jurisdiction, max characters)"])
    assert run(folder, out, changed).worked == 9
    assert run(folder, out, changed).worked == 0


def test_changes_of_program_models_and_profile_are_told_apart(tmp_path, folder):
    old = {"program": "0.1.0", "code": "1", "models": {"actions": "1", "events": "1"}, "profile": None, "options": {"date": None}}
    assert differences(old, old) == []
    assert differences(old, {**old, "program": "0.2.0", "code": "2"}) == ["the program changed (0.1.0 to 0.2.0)"]
    assert differences(old, {**old, "code": "2"}) == ["the program's code or data changed (version 0.1.0 as before)"]
    assert differences(old, {**old, "models": {"actions": "2", "events": "1"}}) == ["models changed (actions)"]
    assert differences(old, {**old, "profile": "1"}) == ["a profile is given now"]
    assert differences({**old, "profile": "1"}, {**old, "profile": "2"}) == ["the profile changed"]


def test_models_of_ones_own_are_noticed_by_the_command(folder, tmp_path):
    """As a user sees it: other models through the environment; the command says what it mines again and why, and does it."""
    import os

    from miner.components.linear import model_path

    models = tmp_path / "models"
    models.mkdir()
    (models / "actions.json").write_bytes(model_path("actions").read_bytes() + b"\n")
    assert miner("run", folder, "--out", tmp_path / "out").returncode == 0
    environment = os.environ | {"MINER_MODELS": str(models)}
    dry = miner("run", folder, "--out", tmp_path / "out", "--dry-run", env=environment)
    assert dry.stdout == "9 inputs: 9 to be mined again, since models changed (actions)\n"
    done = miner("run", folder, "--out", tmp_path / "out", env=environment)
    assert "miner run: 9 to be mined again, since models changed (actions)\n" in done.stderr
    assert "9 files (9 mined now)" in done.stderr


def miner(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "miner", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False, **options)


def test_the_manifest_tells_inputs_states_and_versions(folder, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    run(folder, tmp_path / "out", Settings())
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (manifest["state"], manifest["inputs_in_all"], manifest["rows"]["rejects"]) == ("complete", 11, 2)
    assert {found["source"]: found["state"] for found in manifest["inputs"][-3:]} == {"9.txt": "mined", "empty.txt": "rejected", "gone.txt": "failed"}
    assert all(len(found["sha256"]) == 64 and found["size"] > 50 for found in manifest["inputs"][:9])
    assert set(manifest["versions"]["models"]) == {"actions", "events", "organisations", "quantities"}


def test_a_damaged_part_is_made_again(folder, tmp_path):
    run(folder, tmp_path / "out", Settings(shard_size=4))
    part = sorted((tmp_path / "out" / "parts").iterdir())[0]
    data = (part / "sentences.parquet").read_bytes()
    (part / "sentences.parquet").write_bytes(data[: len(data) // 2])
    assert run(folder, tmp_path / "out", Settings(shard_size=4)).worked in (1, 4)
    assert same_as_at_once(folder, tmp_path / "out")


def test_tables_that_stand_half_made_are_made_again(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out, Settings())
    (out / "tables").rename(out / ".tables-old")  # killed between the two renames
    run(folder, out, Settings())
    assert same_as_at_once(folder, out)


def test_two_runs_at_a_time_are_refused(folder, tmp_path):
    (tmp_path / "out").mkdir()
    with Lock(tmp_path / "out"):
        with pytest.raises(BusyError, match="another run is at work"):
            run(folder, tmp_path / "out", Settings())
        done = miner("run", folder, "--out", tmp_path / "out")
    assert (done.returncode, "another run is at work" in done.stderr) == (3, True)
    assert run(folder, tmp_path / "out", Settings()).worked == 9


@pytest.mark.parametrize("bound", [3, 30, 60])
def test_a_disk_that_takes_no_more_stops_the_run_and_the_same_command_goes_on(tmp_path, bound):
    """The system refuses files of more than so many kilobytes: first the manifest, then the parts, then the tables cannot be written."""
    archive, out = tmp_path / "archive", tmp_path / "out"
    make_archive(archive, 60, seed=5)

    def bounded():
        resource.setrlimit(resource.RLIMIT_FSIZE, (bound * 1024, bound * 1024))

    stopped = miner("run", archive, "--out", out, "--shard-size", "10", "--workers", "2", preexec_fn=bounded)
    assert stopped.returncode == 3, stopped.stderr
    assert "reports.db: Input/output error" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not (out / "tables").exists()
    assert miner("run", archive, "--out", out, "--shard-size", "10", "--workers", "2").returncode == 1
    assert same_as_at_once(archive, out)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_killed_again_and_again_the_tables_are_those_of_an_undisturbed_run(tmp_path):
    """The short form of ``python -m tests.archive.kills --count 30``; every kill that counts hit a run in progress."""
    archive, out = tmp_path / "archive", tmp_path / "out"
    make_archive(archive, 600, seed=2)
    hits, _ = kill_again_and_again(archive, out, 6, seed=2, options=["--workers", "2", "--shard-size", "20"])
    assert sum(hits.values()) == 6
    assert any("mine" in phase for phase in hits), hits
    assert any("merge" in phase for phase in hits), hits
    assert same_as_at_once(archive, out)
    assert not [found for found in (out / "parts").iterdir() if found.name.startswith(".")], "nothing is left beside"


def test_workers_shards_order_and_interruptions_do_not_change_a_row(tmp_path):
    """One archive as folder, in another order, in other shards, by more workers, grown in steps: the same rows."""
    archive = tmp_path / "archive"
    make_archive(archive, 90, seed=7)
    run(archive, tmp_path / "calm", Settings())
    expected = tables(tmp_path / "calm")
    assert len(expected["reports"]) == 89
    for name, settings in {"two": Settings(shard_size=7, workers=2), "one": Settings(shard_size=1000, workers=1)}.items():
        run(archive, tmp_path / name, settings)
        assert tables(tmp_path / name) == expected, name
    grown = tmp_path / "grown"
    shutil.copytree(archive, grown)
    later = sorted(file for file in grown.rglob("*.txt"))[::2]
    for file in later:
        file.rename(tmp_path / f"{file.parent.name}-{file.name}")
    run(grown, tmp_path / "steps", Settings(shard_size=5))
    for file in later:
        (tmp_path / f"{file.parent.name}-{file.name}").rename(file)
    run(grown, tmp_path / "steps", Settings(shard_size=3, workers=2))
    assert tables(tmp_path / "steps") == expected
    names = [str(file.relative_to(archive)) for file in archive.rglob("*") if file.is_file()]
    listed = subprocess.run([sys.executable, "-m", "miner", "run", "-", "--out", str(tmp_path / "listed")], input="\n".join(reversed(names)), cwd=archive,
                            capture_output=True, text=True, check=False)  # fmt: skip
    assert listed.returncode == 1, listed.stderr
    assert tables(tmp_path / "listed") == expected


def test_a_large_zip_is_cut_in_pieces_that_several_shards_share(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    with zipfile.ZipFile(archive / "a.zip", "w") as package:
        for number in range(250):
            package.writestr(f"{number}.txt", f"2021年8月6日,临江市市场监管局检查药店{number}家。")
    assert run(archive, tmp_path / "out", Settings(shard_size=100)).inputs == 3
    assert len(load_all(tmp_path / "out" / "parts")) == 3
    assert [row["source"] for row in read_rows(tmp_path / "out" / "tables" / "reports.parquet")] == [f"a.zip/{number}.txt" for number in range(250)]


def test_parts_that_overlap_after_a_kill_count_once(folder, tmp_path):
    """Killed between writing the part without the removed input and removing the old part: both are there."""
    out = tmp_path / "out"
    run(folder, out, Settings(shard_size=4))
    before = {part: shutil.copytree(part, tmp_path / part.name) for part in (out / "parts").iterdir()}
    (folder / "2.txt").unlink()
    run(folder, out, Settings(shard_size=4))
    for part, copy in before.items():
        if not part.exists():
            copy.rename(part)
    assert sum(len(part.inputs) for part in load_all(out / "parts")) == 12
    assert look(folder, out) == {"kept": 8, "removed": 1}
    assert run(folder, out, Settings(shard_size=4)).worked == 0
    assert sum(len(part.inputs) for part in load_all(out / "parts")) == 8
    assert same_as_at_once(folder, out)


class Mirror:
    """A follower that holds the sources of every part."""

    def __init__(self):
        self.held = {}

    def begin(self, parts):
        self.held = {id: held for id, held in self.held.items() if id in {part.id for part in parts}}
        for part in parts:
            self.finished(part)

    def finished(self, part):
        self.held[part.id] = [row["source"] for row in read_rows(part.folder / "reports.parquet")]

    def removed(self, ids):
        for id in ids:
            self.held.pop(id, None)

    def sources(self):
        return sorted(source for held in self.held.values() for source in held)

    def end(self, parts, tables):
        assert set(self.held) == {part.id for part in parts}
        assert self.sources() == [row["source"] for row in read_rows(tables / "reports.parquet")]


def test_a_follower_keeps_step(folder, tmp_path):
    out, mirror = tmp_path / "out", Mirror()
    run(folder, out, Settings(shard_size=4), followers=[mirror])
    assert len(mirror.held) == 3
    (folder / "2.txt").unlink()
    (folder / "8.txt").write_text(REPORT.format(88), "utf-8")
    (folder / "new.txt").write_text(REPORT.format(89), "utf-8")
    run(folder, out, Settings(shard_size=4), followers=[mirror])
    (folder / "1.txt").unlink()
    run(folder, out, Settings(shard_size=4))  # without it
    run(folder, out, Settings(shard_size=4), followers=[mirror])
    assert mirror.sources() == ["3.txt", "4.txt", "5.txt", "6.txt", "7.txt", "8.txt", "9.txt", "new.txt"]
