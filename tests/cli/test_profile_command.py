"""``--profile`` and ``miner profile check`` as a user calls them."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from miner.archive import Settings, run
from miner.components.profile import parse_profile
from miner.document import Hints

GOOD = """# 临江市
[[organisations]]
name = "临江市城市运行管理中心"
type = "government"
aliases = ["城运中心"]

[suffixes]
facility = ["充电驿站"]
"""
TEXT = "8月6日,城运中心检修路灯60盏。8月7日,城运中心关停青松充电驿站。"


def miner(*arguments):
    return subprocess.run([sys.executable, "-m", "miner", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def profile(tmp_path):
    file = tmp_path / "profile.toml"
    file.write_text(GOOD, "utf-8")
    return file


def test_check_says_what_a_profile_adds(profile):
    done = miner("profile", "check", profile)
    assert done.returncode == 0
    assert done.stdout == f"{profile}: 1 organisations with 1 aliases, 1 suffixes, 0 actions; it can be used\n"


@pytest.mark.parametrize(("added", "remark"), [
    ('taskforce = ["工作专班"]', "suffix 工作专班: known already, of the same type"),
    ('education = ["养老院"]', "suffix 养老院: known already as facility; with this profile it is education"),
])
def test_check_remarks_what_adds_nothing_or_changes_a_type(profile, added, remark):
    profile.write_text(GOOD + added, "utf-8")
    done = miner("profile", "check", profile)
    assert done.returncode == 0
    assert remark in done.stdout


@pytest.mark.parametrize(("old", "new", "said"), [
    ('type = "government"', 'type = "bureau"', ":4: organisations[1].type: unknown type 'bureau'"),
    ('aliases = ["城运中心"]', 'alias = ["城运中心"]', ":5: organisations[1].alias: unknown key"),
    ('type = "government"\n', "", ":2: organisations[1]: lacks 'type'"),
    ("[suffixes]", "[suffix]", ":7: suffix: unknown key"),
    ('["充电驿站"]', '"充电驿站"', ":8: suffixes.facility: must be a list of strings"),
    ("[suffixes]", "[suffixes", "(file): is no TOML"),
])
def test_a_fault_names_file_line_and_key_and_ends_with_2(profile, old, new, said):
    profile.write_text(GOOD.replace(old, new), "utf-8")
    done = miner("profile", "check", profile)
    assert done.returncode == 2
    assert f"{profile}" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("command", ["run", "extract", "check"])
def test_a_missing_profile_is_named_by_every_command(tmp_path, command):
    report = tmp_path / "a.txt"
    report.write_text(TEXT, "utf-8")
    arguments = {"run": ("run", report, "--out", tmp_path / "out", "--profile"), "extract": ("extract", report, "--profile"), "check": ("profile", "check")}
    done = miner(*arguments[command], tmp_path / "none.toml")
    assert done.returncode == 2
    assert "none.toml: No such file" in done.stderr
    assert not (tmp_path / "out").exists()


def test_extract_finds_the_profiles_bodies(tmp_path, profile):
    report = tmp_path / "a.txt"
    report.write_text(TEXT, "utf-8")
    done = miner("extract", report, "--format", "jsonl", "--profile", profile)
    found = json.loads(done.stdout)["organisations"]
    assert [(one["text"], one["name"], one["type"]) for one in found] == [
        ("城运中心", "临江市城市运行管理中心", "government"), ("城运中心", "临江市城市运行管理中心", "government"),
        ("青松充电驿站", "青松充电驿站", "facility")]


def test_a_changed_profile_mines_anew_and_the_manifest_tells_which_it_was(tmp_path, profile):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")

    def mined():
        return run(tmp_path / "in", tmp_path / "out", Settings(hints=Hints(profile=str(profile)))).worked

    assert mined() == 1
    first = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["versions"]["profile"]
    assert mined() == 0
    profile.write_text(GOOD.replace("城运中心", "市运管中心"), "utf-8")
    assert mined() == 1
    second = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["versions"]["profile"]
    assert first and second and first != second


@pytest.mark.parametrize("name", ["docs/profile.md", "README.md", "README.zh.md"])
def test_the_example_in_the_documentation_can_be_used(name):
    text = (Path(__file__).parents[2] / name).read_text("utf-8")
    examples = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert examples
    for example in examples:
        assert parse_profile(tomllib.loads(example)).organisations
