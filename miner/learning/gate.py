"""The gate: figures pinned on a corpus, with the digests of its files.

In: an evaluation and a gate file (TOML). Out: the reasons why the gate stays shut, or the file renewed. Pins are renewed openly: old and new are
named, and a figure is lowered only with a reason, which the file keeps. Models and code carry no digest: what they do shows in the figures.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from miner.learning.evaluation import Evaluation
from miner.learning.scoring import headline

TOLERANCE = 0.002
"""How far a figure may fall below its pin."""
_ROUNDING = 5e-5
_HEAD = """# Pinned figures and the digests of the reports they were taken on.
# Made by: miner evaluate FOLDER --gate FILE --renew-gate; not to be edited by hand.
"""


class GateError(ValueError):
    """The gate file cannot be used, or must not be renewed like this."""


@dataclass
class Gate:
    """Pinned figures (F1 or accuracy, 0–1), SHA-256 digests by file name, and the record of lowered pins."""

    figures: dict[str, float] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    lowered: list[dict[str, str | float]] = field(default_factory=list)
    tolerance: float = TOLERANCE


def digests(files: Iterable[Path]) -> dict[str, str]:
    """SHA-256 of each file by its name; line ends count as line feeds, so that a checkout on another system gives the same."""
    return {file.name: hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest() for file in sorted(files)}


def read_gate(file: Path) -> Gate:
    """Read a gate file.

    Raises
    ------
    GateError
        If it does not exist or is no gate file.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        return Gate({name: float(value) for name, value in data["figures"].items()}, dict(data["digests"]), list(data.get("lowered", [])),
                    float(data["tolerance"]))
    except FileNotFoundError as fault:
        raise GateError(f"{file} does not exist; make it with --renew-gate") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise GateError(f"{file} is no gate file ({fault})") from fault


def gate_text(gate: Gate) -> str:
    """The gate file's content."""
    lines = [_HEAD, f"tolerance = {gate.tolerance}", "", "[figures]"]
    lines += [f"{_quoted(name)} = {value:.4f}" for name, value in gate.figures.items()]
    lines += ["", "[digests]", *(f"{_quoted(name)} = {_quoted(value)}" for name, value in sorted(gate.digests.items()))]
    for entry in gate.lowered:
        lines += ["", "[[lowered]]", *(f"{key} = {_quoted(value) if isinstance(value, str) else format(value, '.4f')}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def measured(evaluation: Evaluation) -> Gate:
    """The gate that this evaluation would just pass."""
    files = [example.file for example in evaluation.examples]
    return Gate({name: headline(figure) for name, figure in evaluation.figures().items()}, digests(files))


def faults(pinned: Gate, now: Gate) -> list[str]:
    """Why the gate stays shut; empty if it opens."""
    found = []
    for name in sorted({*pinned.digests, *now.digests}):
        if name not in now.digests:
            found.append(f"{name} is pinned, but missing")
        elif name not in pinned.digests:
            found.append(f"{name} is new: it is not pinned")
        elif pinned.digests[name] != now.digests[name]:
            found.append(f"{name} has changed since it was pinned")
    if found:
        found.append("the figures are pinned on other reports: renew the gate openly (--renew-gate)")
    for name, pin in pinned.figures.items():
        value = now.figures.get(name)
        if value is None:
            found.append(f"{name} is pinned at {pin:.4f}, but was not measured")
        elif value < pin - pinned.tolerance - _ROUNDING / 2:
            found.append(f"{name} fell from {pin:.4f} to {value:.4f} (tolerance {pinned.tolerance})")
    return found


def risen(pinned: Gate, now: Gate) -> list[str]:
    """Figures so far above their pins that the pins should be raised."""
    return [f"{name} rose from {pin:.4f} to {now.figures[name]:.4f}" for name, pin in pinned.figures.items()
            if now.figures.get(name, pin) > pin + pinned.tolerance]


def renewed(pinned: Gate | None, now: Gate, reason: str | None = None) -> tuple[Gate, list[str]]:
    """The gate after renewal, and what changed (old -> new).

    Parameters
    ----------
    pinned
        The gate as it stands; None if there is none yet.
    now
        What was measured.
    reason
        Why figures may be lowered; kept in the file beside every figure that is.

    Raises
    ------
    GateError
        If a figure would be lowered, or vanish, without a reason.
    """
    old = pinned or Gate()
    lower = [name for name, pin in old.figures.items() if now.figures.get(name, -1.0) < pin - _ROUNDING]
    if lower and not (reason or "").strip():
        detail = "; ".join(f"{name} {old.figures[name]:.4f} -> {_shown(now.figures.get(name))}" for name in lower)
        raise GateError(f"this would lower {detail}. Say why with --allow-lower REASON; the gate file keeps the reason")
    entries: list[dict[str, str | float]] = [{"figure": name, "from": old.figures[name], "to": now.figures.get(name, 0.0), "reason": (reason or "").strip()}
                                            for name in lower]
    changes = [f"{name}: {_shown(old.figures.get(name))} -> {_shown(now.figures.get(name))}" for name in {**old.figures, **now.figures}
               if old.figures.get(name) != now.figures.get(name)]
    changes += [f"{name}: {_state(old.digests.get(name), now.digests.get(name))}" for name in sorted({*old.digests, *now.digests})
                if old.digests.get(name) != now.digests.get(name)]
    return Gate(now.figures, now.digests, [*old.lowered, *entries], old.tolerance), changes


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def _state(old: str | None, new: str | None) -> str:
    return "report added" if old is None else "report removed" if new is None else f"report changed, {old[:12]} -> {new[:12]}"
