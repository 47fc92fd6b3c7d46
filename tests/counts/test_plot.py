"""Pictures of counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from miner.counts import Counts
from miner.counts import plot as module
from miner.counts.plot import PlotError, chinese_font, plot, specification

COUNTS = Counts(("month", "action", "unit", "events", "records", "value", "high", "approximate", "reported"),
                [{"month": month, "action": action, "unit": unit, "events": 1, "records": 1, "value": value, "high": None, "approximate": 0, "reported": 0}
                 for month, action, unit, value in [("2021-01", "检查督导", "家", 20.0), ("2021-02", "检查督导", "家", 35.0),
                                                    ("2021-02", "查处处罚", "家", 5.0),
                                                    ("unknown", "捐赠", "只", 5000.0), ("2021-02", "捐赠", "只", 300.0)]])


def test_a_panel_for_each_unit_and_the_sums_of_each_bar() -> None:
    panels = specification(COUNTS, ["month", "action"], "zh")["vconcat"]
    assert [panel["encoding"]["y"]["title"] for panel in panels] == ["家", "只"]
    assert panels[0]["data"]["values"] == [{"month": "2021-01", "value": 20, "action": "检查督导"}, {"month": "2021-02", "value": 35, "action": "检查督导"},
                                           {"month": "2021-02", "value": 5, "action": "查处处罚"}]
    assert panels[1]["encoding"]["x"]["sort"] == ["2021-02", "unknown"]


def test_ranked_bars() -> None:
    (panel, _) = specification(COUNTS, ["action"])["vconcat"]
    assert panel["encoding"]["y"]["sort"] == ["检查督导", "查处处罚"] and {bar["action"]: bar["value"] for bar in panel["data"]["values"]}["检查督导"] == 55


@pytest.mark.parametrize("ending", ["png", "svg", "html"])
def test_files(ending: str, tmp_path: Path) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    if ending == "png" and chinese_font() is None:
        pytest.skip("no font with Chinese characters on this machine")
    plot(COUNTS, ["month", "action"], tmp_path / f"counts.{ending}", "zh")
    content = (tmp_path / f"counts.{ending}").read_bytes()
    assert content.startswith({"png": b"\x89PNG", "svg": b"<svg", "html": b"<!DOCTYPE html>"}[ending])
    if ending == "html":
        assert b'src="http' not in content
        assert "检查督导".encode() in content or b"\\u68c0\\u67e5" in content


def test_what_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlotError, match=r"NAME\.png"):
        plot(COUNTS, ["month"], tmp_path / "counts.gif")
    with pytest.raises(PlotError, match="at least one column"):
        plot(COUNTS, [], tmp_path / "counts.svg")
    pytest.importorskip("altair")
    monkeypatch.setattr(module, "chinese_font", lambda: None)
    with pytest.raises(PlotError, match="fonts-noto-cjk"):
        plot(COUNTS, ["month", "action"], tmp_path / "counts.png")


def test_fonts_are_found_without_fontconfig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_families_of_fontconfig", set)
    monkeypatch.setattr(module, "_FOLDERS", (str(tmp_path),))
    assert chinese_font() is None
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "simhei.ttf").write_bytes(b"")
    assert chinese_font() == "SimHei"
