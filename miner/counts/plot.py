"""Counts → a picture: PNG, SVG, or a HTML page that needs no other host (extra ``plot``: Altair and vl-convert).

A PNG has its letters drawn here, so the machine needs a font with Chinese characters; an SVG or HTML page is drawn where it is looked at.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from miner.counts.model import UNKNOWN, Counts
from miner.schema import TABLES

KINDS = (".png", ".svg", ".html")
MOST_BARS, MOST_UNITS = 30, 4
_COLOURS = ("#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d")  # Vega's tableau10
_GREY = "#bab0ac"
FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "SimHei",
         "Noto Serif CJK SC", "Heiti SC", "STHeiti", "SimSun", "Songti SC", "Droid Sans Fallback", "AR PL UMing CN", "AR PL UKai CN")
"""Fonts with simplified Chinese characters on Linux, Windows and macOS, in the order in which they are chosen."""
_FILES = {"Noto Sans CJK SC": "NotoSansCJK*", "WenQuanYi Micro Hei": "wqy-microhei*", "WenQuanYi Zen Hei": "wqy-zenhei*", "Microsoft YaHei": "msyh*",
          "PingFang SC": "PingFang*", "SimHei": "simhei*", "SimSun": "simsun*", "Heiti SC": "STHeiti*"}
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "C:/Windows/Fonts", "/System/Library/Fonts", "/Library/Fonts")
_WORDS = {"en": {"events": "actions", "others": "others", "month": "Month", "year": "Year", "region": "Region", "some": "{} of {} units"},
          "zh": {"events": "行动数", "others": "其他", "month": "月份", "year": "年份", "region": "辖区", "some": "{1} 种单位中的 {0} 种"}}


class PlotError(Exception):
    """The picture cannot be drawn; the message says why and what to do."""


def plot(counts: Counts, by: list[str], file: Path, language: str = "en") -> None:
    """Draw counts: over months or years as stacked bars, else as ranked bars; a panel for each unit.

    Parameters
    ----------
    counts
        What was counted.
    by
        The columns it was counted by; the first two are drawn.
    file
        ``NAME.png``, ``NAME.svg`` or ``NAME.html``.
    language
        ``en`` or ``zh``, for the titles of the axes.

    Raises
    ------
    PlotError
        If the file's kind is not known, nothing was counted, the extra is missing, or a PNG lacks a Chinese font.
    """
    kind = file.suffix.lower()
    if kind not in KINDS:
        raise PlotError(f"{file}: a plot is one of NAME{', NAME'.join(KINDS)}")
    if not by or not counts.rows:
        raise PlotError("nothing to draw: count by at least one column" if not by else "nothing to draw: no row was counted")
    try:
        import altair as alt
        import vl_convert  # noqa: F401 - writes the files
    except ImportError:
        raise PlotError("plots need an extra: pip install 'miner[plot]'") from None
    font = chinese_font()
    if font is None and kind == ".png" and any(not str(cell).isascii() for row in counts.rows for cell in row.values()):
        raise PlotError("no font with Chinese characters was found, so a PNG would show boxes: install one (Debian, Ubuntu: apt install fonts-noto-cjk) "
                        "or draw NAME.svg or NAME.html, which use the fonts of whoever looks at them")
    chart = alt.Chart.from_dict(specification(counts, by, language, font))
    options: dict[str, dict[str, Any]] = {".html": {"inline": True}, ".png": {"ppi": 144}, ".svg": {}}
    chart.save(str(file), **options[kind])


def specification(counts: Counts, by: list[str], language: str = "en", font: str | None = None) -> dict[str, Any]:
    """The Vega-Lite specification of a plot."""
    sums = "value" in counts.columns
    measure = "value" if sums else "events"
    first, colour = by[0], by[1] if len(by) > 1 else None
    rows = [{name: row[name] if row[name] not in (None, "") else "–" for name in (*by[:2], *(["unit"] if sums else []))} | {measure: row[measure] or 0}
            for row in counts.rows]
    units = _largest(rows, "unit", measure, MOST_UNITS, by_number=True) if sums else []
    number = len({row["unit"] for row in rows}) if sums else 0
    rows = [row for row in rows if not sums or row["unit"] in units]
    if colour:
        kept = _largest(rows, colour, measure, len(_COLOURS), by_number=sums)
        rows = [row | {colour: row[colour] if row[colour] in kept else _WORDS[language]["others"]} for row in rows]
    colours = [value for value in _largest(rows, colour, measure, len(rows), by_number=sums) if value != _WORDS[language]["others"]] if colour else []
    panels = [_panel([row for row in rows if row["unit"] == unit], first, colour, measure, unit, language) for unit in units] or [
        _panel(rows, first, colour, measure, None, language)]
    fonts = ", ".join(dict.fromkeys([font or FONTS[0], *FONTS[:6], "sans-serif"]))
    found: dict[str, Any] = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "vconcat": panels, "config": {"font": fonts, "background": "white"}}
    if colour:
        scale = {"domain": [*colours, _WORDS[language]["others"]][: len(_COLOURS) + 1], "range": [*_COLOURS[: len(colours)], _GREY]}
        for panel in panels:
            panel["encoding"]["color"]["scale"] = scale
    return found | ({"title": _WORDS[language]["some"].format(len(units), number)} if number > len(units) else {})


def _panel(rows: list[dict[str, Any]], first: str, colour: str | None, measure: str, unit: str | None, language: str) -> dict[str, Any]:
    words, time = _WORDS[language], first in ("month", "year")
    shown = sorted({row[first] for row in rows}, key=lambda value: (value == UNKNOWN, value)) if time else _largest(rows, first, measure, MOST_BARS)
    sums: dict[tuple, float] = {}
    for row in rows:
        if row[first] in shown:
            key = (row[first], row[colour] if colour else None)
            sums[key] = sums.get(key, 0) + row[measure]
    data = [{first: key, measure: value} | ({colour: part} if colour else {}) for (key, part), value in sums.items()]
    category = {"field": first, "type": "nominal", "sort": list(shown), "title": _label(first, language), "axis": {"labelLimit": 220, "labelOverlap": time}}
    number = {"field": measure, "type": "quantitative", "stack": "zero", "title": unit if unit is not None else words["events"]}
    encoding: dict[str, Any] = {"x": category, "y": number} if time else {"x": number, "y": category}
    if colour:
        encoding["color"] = {"field": colour, "type": "nominal", "title": _label(colour, language), "legend": {"labelLimit": 220}}
    size = {"width": max(240, 26 * len(shown)), "height": 260} if time else {"width": 420, "height": {"step": 20}}
    return {"data": {"values": data}, "mark": {"type": "bar", "tooltip": True}, "encoding": encoding, **size}


def _largest(rows: list[dict[str, Any]], name: str, measure: str, most: int, by_number: bool = False) -> list[Any]:
    """The values of a column with the largest sums, or with `by_number` those of most rows."""
    sums: dict[Any, float] = {}
    for row in rows:
        sums[row[name]] = sums.get(row[name], 0) + (1 if by_number else row[measure])
    return sorted(sums, key=lambda value: (-sums[value], str(value)))[:most]


def _label(name: str, language: str) -> str:
    return next((column.labels[language] for column in TABLES["records"].columns if column.name == name), _WORDS[language].get(name, name))


def chinese_font() -> str | None:
    """The family name of an installed font with Chinese characters, None if there is none."""
    families = _families_of_fontconfig()
    found = next((name for name in FONTS if name in families), None)
    if found or families:
        return found or min(families)
    for name, pattern in _FILES.items():
        if any(next(Path(folder).expanduser().rglob(pattern), None) for folder in _FOLDERS if Path(folder).expanduser().is_dir()):
            return name
    return None


def _families_of_fontconfig() -> set[str]:
    """The families that fontconfig knows to hold Chinese."""
    program = shutil.which("fc-list")
    if program is None:
        return set()
    try:
        listed = subprocess.run([program, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False, encoding="utf-8").stdout
    except (OSError, subprocess.SubprocessError):
        return set()
    return {name.strip() for line in listed.splitlines() for name in line.split(",") if name.strip()}
