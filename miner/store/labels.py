"""Labels of action types that a profile added: kept beside the tables, so that whoever reads a store can name its codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from miner.schema import add_actions

FILE = "codes.json"
"""In the folder of a run; there only where a profile adds labels."""


def keep_labels(out: Path, labels: Mapping[str, Mapping[str, str]]) -> None:
    """Use the labels of a run from now on, and keep them in its folder.

    Parameters
    ----------
    out
        The folder of the run.
    labels
        Labels by language, by code; without any, what an earlier run left is removed.
    """
    file = out / FILE
    if not labels:
        file.unlink(missing_ok=True)
        return
    add_actions(labels)
    beside = out / f".{FILE}"
    beside.write_text(json.dumps({"action": labels}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    beside.replace(file)


def use_labels(out: Path) -> None:
    """Use the labels that the run of a folder left, where it left any."""
    file = out / FILE
    if file.is_file():
        add_actions(json.loads(file.read_text("utf-8"))["action"])
