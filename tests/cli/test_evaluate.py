"""``miner evaluate`` and ``miner corpus`` as a user calls them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from miner.cli.main import app

BODY = "{8月6日},{临江市市场监管局}{检查}{药店}{12家}。\n| 8月6日 | date | 2021-08-06 | day\n| 临江市市场监管局 | org | 临江市市场监管局 | government\n" \
       "| 检查 | act | inspect | done | 临江市市场监管局 | 2021-08-06\n| 药店 | org | 药店 | facility | opt\n" \
       "| 12家 | qty | 12 | 家 | 药店 | exact | one | @检查\n"
HEADER = "---\npublished: 2021-08-07\nyear: 2021\njurisdiction: 临江市\ndomain: market\nlayout: news\ntraps: plans\n---\n"


def miner(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="miner")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two annotated reports; of the second one the program misses an organisation that the text does not name."""
    place = tmp_path / "corpus"
    place.mkdir()
    (place / "a.ann").write_text(HEADER + BODY, "utf-8")
    (place / "b.ann").write_text(HEADER + "{临江市教育局}于{2021年8月5日}{约谈}{3所}学校。{他们}后来也来了。\n"
                                 "| 临江市教育局 | org | 临江市教育局 | government\n"
                                 "| 2021年8月5日 | date | 2021-08-05 | day\n| 约谈 | act | meet | done | 临江市教育局 | 2021-08-05\n"
                                 "| 3所 | qty | 3 | 所 | 学校 | exact | one | @约谈\n| 他们 | org | 无人知晓处 | party\n", "utf-8")
    return place


def found(folder: Path, *options) -> dict:
    done = miner("evaluate", folder, "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_figures_as_json_with_breakdowns_and_mistakes(folder):
    shown = found(folder, "--by", "organisation", "--by", "layout", "--errors", "5")
    assert shown["reports"] == 2
    assert shown["figures"]["qty.value_unit"] == {"P": 1.0, "R": 1.0, "F1": 1.0, "tp": 2, "fp": 0, "fn": 0}
    assert shown["figures"]["org.exact"]["fn"] == 1
    assert shown["by"]["organisation"]["party"]["org.exact"]["R"] == 0.0
    assert shown["by"]["layout"]["news"] == shown["figures"]
    assert [m["text"] for m in shown["errors"] if (m["kind"], m["what"]) == ("org", "missed")] == ["他们"]


def test_figures_as_a_table(folder):
    done = miner("evaluate", folder, "--by", "organisation", "--errors", "1")
    assert done.returncode == 0
    assert done.stdout.startswith("2 reports, 54 characters\n")
    assert "qty.value_unit         F1 1.000  P 1.000  R 1.000  (tp 2 fp 0 fn 0)\n" in done.stdout
    assert "party                       0.000 (   1)" in done.stdout
    assert "b:23 org missed: 他们 [name=无人知晓处 type=party]" in done.stdout


def test_what_was_mined_can_be_kept_and_scored_again(folder, tmp_path):
    first = found(folder, "--write-predictions", tmp_path / "mined.jsonl")
    lines = (tmp_path / "mined.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["a", "b"]
    assert found(folder, "--predictions", tmp_path / "mined.jsonl") == first
    (tmp_path / "mined.jsonl").write_text(lines[0], "utf-8")
    done = miner("evaluate", folder, "--predictions", tmp_path / "mined.jsonl")
    assert "nothing was mined from b" in done.stderr


def test_the_guides_form_gives_the_same_figures(folder, tmp_path):
    assert miner("corpus", "export", folder, "--format", "jsonl", "--out", tmp_path / "gold").returncode == 0
    assert found(tmp_path / "gold", "--by", "domain") == found(folder, "--by", "domain")


def test_the_gate_opens_shuts_and_is_renewed_openly(folder, tmp_path):
    gate = tmp_path / "gate.toml"
    done = miner("evaluate", folder, "--gate", gate)
    assert (done.returncode, "make it with --renew-gate" in done.stderr) == (1, True)
    done = miner("evaluate", folder, "--gate", gate, "--renew-gate")
    assert done.returncode == 0
    assert "gate: qty.value_unit: none -> 1.0000" in done.stderr
    assert "gate: open" in miner("evaluate", folder, "--gate", gate).stderr

    report = folder / "a.ann"
    report.write_text(report.read_text("utf-8").replace("12 | 家", "13 | 家"), "utf-8")
    done = miner("evaluate", folder, "--gate", gate)
    assert done.returncode == 1
    assert "gate: a.ann has changed since it was pinned" in done.stderr
    assert "gate: qty.value_unit fell from 1.0000 to 0.5000" in done.stderr

    before = gate.read_text("utf-8")
    done = miner("evaluate", folder, "--gate", gate, "--renew-gate")
    assert done.returncode == 1
    assert "this would lower" in done.stderr
    assert gate.read_text("utf-8") == before
    done = miner("evaluate", folder, "--gate", gate, "--renew-gate", "--allow-lower", "slip in the gold")
    assert done.returncode == 0
    assert "gate: qty.value_unit: 1.0000 -> 0.5000" in done.stderr
    assert {"figure": "qty.value_unit", "from": 1.0, "to": 0.5, "reason": "slip in the gold"} in tomllib.loads(gate.read_text("utf-8"))["lowered"]
    assert miner("evaluate", folder, "--gate", gate).returncode == 0


@pytest.mark.parametrize(("arguments", "status", "message"), [
    (["nowhere"], 2, "nowhere holds neither .ann files nor gold/*.gold.jsonl"),
    (["corpus", "--renew-gate"], 2, "--renew-gate and --allow-lower need --gate FILE"),
    (["corpus", "--predictions", "nowhere.jsonl"], 2, "nowhere.jsonl: No such file"),
    (["corpus", "--predictions", "corpus/a.ann"], 2, "a.ann:1: "),
])
def test_wrong_usage_is_told(folder, monkeypatch, arguments, status, message):
    monkeypatch.chdir(folder.parent)
    done = miner("evaluate", *arguments)
    assert done.returncode == status
    assert message in done.stderr


def test_a_faulty_report_stops_the_evaluation_and_is_named(folder):
    (folder / "c.ann").write_text(HEADER + "{甲局", "utf-8")
    done = miner("evaluate", folder)
    assert done.returncode == 1
    assert "c.ann:9: a mark is not closed" in done.stderr


def test_check_names_every_faulty_file_and_line(folder):
    assert miner("corpus", "check", folder).returncode == 0
    (folder / "c.ann").write_text(HEADER + "{甲局", "utf-8")
    (folder / "d.ann").write_text(HEADER.replace("plans", "pitfall") + "文", "utf-8")
    done = miner("corpus", "check", folder)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.split(": ")[0].rsplit("/", 1)[-1] for line in lines] == ["c.ann:9", "d.ann:7"]
    assert "3 reports could be read; 2 faults" in done.stderr


def test_check_demands_traps(folder):
    done = miner("corpus", "check", folder, "--traps", "2")
    assert done.returncode == 1
    assert "corpus: negation in 0 of at least 2 reports" in done.stdout
    assert "plans" not in done.stdout


def test_overlap_ends_with_1_when_a_sentence_is_shared(folder, tmp_path):
    assert miner("corpus", "overlap", folder).returncode == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.ann").write_text(HEADER + "<p>8月6日，临江市市场监管局检查药店12家！</p>\n", "utf-8")
    done = miner("corpus", "overlap", folder, other)
    assert done.returncode == 1
    assert "sentence\tcorpus/a.ann\tother/z.ann\t8月6日临江市市场监管局检查药店12家\n" in done.stdout


def test_card_is_printed_or_put_into_a_page(folder, tmp_path):
    done = miner("corpus", "card", folder)
    assert "| reports | 2 | 2 |" in done.stdout
    page = tmp_path / "page.md"
    page.write_text("# Corpus\n<!-- card -->\n<!-- /card -->\n", "utf-8")
    assert miner("corpus", "card", folder, "--into", page).returncode == 0
    assert "| reports | 2 | 2 |" in page.read_text("utf-8")


@pytest.mark.parametrize("format", ["label-studio", "doccano", "jsonl"])
def test_export_and_import_give_the_same_records(folder, tmp_path, format):
    from miner.learning.annotation import read_annotated

    assert miner("corpus", "export", folder, "--format", format, "--out", tmp_path / "out").returncode == 0
    done = miner("corpus", "import", tmp_path / "out", "--format", format, "--out", tmp_path / "back")
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    for name in ("a.ann", "b.ann"):
        assert read_annotated(tmp_path / "back" / name) == read_annotated(folder / name)
    again = miner("corpus", "import", tmp_path / "out", "--format", format, "--out", tmp_path / "back")
    assert again.returncode == 1
    assert "a.ann is there already; --overwrite replaces it" in again.stderr
    assert miner("corpus", "import", tmp_path / "out", "--format", format, "--out", tmp_path / "back", "--overwrite").returncode == 0


def test_one_report_that_cannot_be_imported_does_not_stop_the_others(folder, tmp_path):
    file = tmp_path / "out.jsonl"
    miner("corpus", "export", folder, "--format", "doccano", "--out", file)
    first, second = file.read_text("utf-8").splitlines()
    file.write_text(first.replace('"label": "org:government"', '"label": "org:bureau"', 1) + "\n" + second, "utf-8")
    done = miner("corpus", "import", file, "--format", "doccano", "--out", tmp_path / "back")
    assert done.returncode == 1
    assert "a: '临江市市场监管局' at 5: unknown type 'bureau'" in done.stderr
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["b.ann"]


def test_label_config_is_xml():
    import xml.etree.ElementTree as ET

    assert ET.fromstring(miner("corpus", "label-config").stdout).tag == "View"


CORPUS_COMMANDS = ("check", "overlap", "card", "export", "import", "label-config")


@pytest.mark.parametrize("command", [["evaluate"], ["corpus"], *(["corpus", name] for name in CORPUS_COMMANDS)])
def test_every_command_has_a_help_page(command):
    done = miner(*command, "--help")
    assert done.returncode == 0
    assert f"miner {' '.join(command)}" in done.stdout
