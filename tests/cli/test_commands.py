"""The commands as a user calls them: in a process of their own."""

import json
import subprocess
import sys

import pytest


def miner(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "miner", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False, **options)


def test_help_teaches():
    done = miner("--help")
    assert done.returncode == 0
    assert "miner run FOLDER --out OUT" in done.stdout


def test_help_imports_no_heavy_library():
    code = "import sys; sys.argv = ['miner', '--help']\ntry:\n    from miner.cli.main import main; main()\nexcept SystemExit: pass\n" \
           "heavy = {'spacy', 'pyarrow', 'numpy', 'pandas', 'sklearn', 'xlsxwriter'} & set(sys.modules); assert not heavy, heavy"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_run_writes_tables_and_says_what_was_rejected(tmp_path, archive):
    done = miner("run", archive, "--out", tmp_path / "out", "--lang", "zh")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "empty.txt" in done.stderr
    assert "\x1b" not in done.stderr  # no progress bar without a terminal
    header = (tmp_path / "out" / "tables" / "records.csv").read_text("utf-8-sig").splitlines()[0]
    assert header.startswith("来源文件,记录序号,机构,机构类型,行动类型")


def test_run_without_rejects_ends_with_0(tmp_path, archive):
    (archive / "empty.txt").unlink()
    assert miner("run", archive, "--out", tmp_path / "out").returncode == 0


def test_run_on_nothing_says_so(tmp_path):
    done = miner("run", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "nowhere does not exist" in done.stderr
    assert not (tmp_path / "out").exists()


def test_extract_prints_one_object_per_report_in_order_and_goes_on_after_a_fault(archive):
    paths = [archive / "b.txt", archive / "empty.txt", archive / "nowhere.txt", archive / "a.txt"]
    done = miner("extract", *paths, "--format", "jsonl")
    assert done.returncode == 1
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["source"] for one in found] == [str(path) for path in paths]
    assert [sorted(one) for one in found[1:3]] == [["error", "source"]] * 2
    assert sorted(found[1]["error"]) == ["reason", "stage"]
    assert found[0]["encoding"] == "gb18030"
    assert found[3]["quantities"][1]["text"] == "12家"


def test_extract_text_prints_what_offsets_point_into(archive, report_text):
    done = miner("extract", archive / "a.txt", "--text")
    assert (done.returncode, done.stdout) == (0, report_text + "\n")


def test_extract_table_is_for_people(archive):
    done = miner("extract", archive / "a.txt", "--lang", "zh")
    assert done.returncode == 0
    assert "检查督导" in done.stdout
    assert "药店" in done.stdout


@pytest.mark.parametrize("command", ["run", "extract", "train"])
def test_every_command_has_a_help_page(command):
    done = miner(command, "--help")
    assert done.returncode == 0
    assert f"Usage: miner {command}" in done.stdout.replace("python -m miner", "miner")
