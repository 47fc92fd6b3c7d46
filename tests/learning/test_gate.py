"""The gate pins figures and digests, and is renewed openly."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.learning.gate import Gate, GateError, digests, faults, gate_text, read_gate, renewed, risen
from miner.learning.quality import MEANINGS

PINNED = Gate({"org.exact": 0.9, "row.exact": 0.5}, {"a.ann": "1" * 64, "b.ann": "2" * 64})


def now(**figures: float) -> Gate:
    return Gate({"org.exact": 0.9, "row.exact": 0.5} | {name.replace("_", "."): value for name, value in figures.items()}, dict(PINNED.digests))


def test_it_opens_for_the_same_figures_and_for_better_ones():
    assert faults(PINNED, now()) == []
    assert faults(PINNED, now(row_exact=0.6)) == []
    assert risen(PINNED, now(row_exact=0.6)) == ["row.exact rose from 0.5000 to 0.6000"]


def test_a_fall_within_the_tolerance_is_let_through_and_no_more():
    assert faults(PINNED, now(org_exact=0.898)) == []
    assert faults(PINNED, now(org_exact=0.8979)) == ["org.exact fell from 0.9000 to 0.8979 (tolerance 0.002)"]


def test_a_figure_that_vanished_is_a_fault():
    assert faults(PINNED, Gate({"org.exact": 0.9}, PINNED.digests)) == ["row.exact is pinned at 0.5000, but was not measured"]


def test_changed_added_and_missing_reports_are_faults():
    found = faults(PINNED, Gate(PINNED.figures, {"a.ann": "3" * 64, "c.ann": "4" * 64}))
    assert found == ["a.ann has changed since it was pinned", "b.ann is pinned, but missing", "c.ann is new: it is not pinned",
                     "the figures are pinned on other reports: renew the gate openly (--renew-gate)"]


def test_renewal_names_old_and_new():
    gate, changes = renewed(PINNED, Gate({"org.exact": 0.92, "row.exact": 0.5}, {"a.ann": "5" * 64, "b.ann": "2" * 64}))
    assert changes == ["org.exact: 0.9000 -> 0.9200", "a.ann: report changed, 111111111111 -> 555555555555"]
    assert (gate.figures, gate.lowered) == ({"org.exact": 0.92, "row.exact": 0.5}, [])


@pytest.mark.parametrize("figures", [{"org.exact": 0.9, "row.exact": 0.4999 - 0.0001}, {"org.exact": 0.9}])
def test_renewal_lowers_no_figure_without_a_reason(figures):
    measured = Gate(figures, PINNED.digests)
    with pytest.raises(GateError, match=r"this would lower row\.exact 0\.5000 -> .*--allow-lower REASON"):
        renewed(PINNED, measured)
    with pytest.raises(GateError):
        renewed(PINNED, measured, "  ")


def test_the_reason_stays_in_the_file(tmp_path):
    gate, _ = renewed(PINNED, now(row_exact=0.4), '标注改正:"其中"的归属')
    gate, _ = renewed(gate, now(row_exact=0.3), "second")
    file = tmp_path / "gate.toml"
    file.write_text(gate_text(gate), "utf-8")
    assert read_gate(file) == gate
    assert [entry["reason"] for entry in tomllib.loads(file.read_text("utf-8"))["lowered"]] == ['标注改正:"其中"的归属', "second"]
    assert gate.lowered[0] == {"figure": "row.exact", "from": 0.5, "to": 0.4, "reason": '标注改正:"其中"的归属'}


def test_the_first_gate_pins_all():
    assert renewed(None, PINNED) == (PINNED, ["org.exact: none -> 0.9000", "row.exact: none -> 0.5000",
                                              "a.ann: report added", "b.ann: report added"])


@pytest.mark.parametrize("content", ["figures", "[figures]\n", "tolerance = 0.1\n[figures]\nx = 'high'\n[digests]\n",
                                     "figures = 3\ntolerance = 1\ndigests = 2\n"])
def test_a_file_that_is_no_gate_is_named(tmp_path, content):
    (tmp_path / "gate.toml").write_text(content, "utf-8")
    with pytest.raises(GateError, match=r"gate\.toml is no gate file"):
        read_gate(tmp_path / "gate.toml")
    with pytest.raises(GateError, match="does not exist; make it with --renew-gate"):
        read_gate(tmp_path / "nowhere.toml")


def test_line_ends_do_not_change_a_digest(tmp_path):
    (tmp_path / "a.ann").write_bytes("甲\n乙\n".encode())
    unix = digests([tmp_path / "a.ann"])
    (tmp_path / "a.ann").write_bytes("甲\r\n乙\r\n".encode())
    assert digests([tmp_path / "a.ann"]) == unix
    (tmp_path / "a.ann").write_bytes("甲\n丙\n".encode())
    assert digests([tmp_path / "a.ann"]) != unix


@given(st.text(max_size=20).filter(str.strip))
def test_any_reason_can_be_kept(reason):
    gate, _ = renewed(PINNED, now(row_exact=0.4), reason)
    assert tomllib.loads(gate_text(gate))["lowered"][0]["reason"] == reason.strip()


def test_our_own_gate_pins_every_figure():
    gate = read_gate(Path(__file__).parents[2] / "corpora" / "gate.toml")
    assert set(gate.figures) == set(MEANINGS)
    assert all(name.endswith(".ann") for name in gate.digests)
