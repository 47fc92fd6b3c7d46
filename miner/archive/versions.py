"""What decides rows: the program, the models, the profile, the options. Where it changes, all is mined again; what changed is said.

In: the options of a run. Out: a dictionary for the manifest, its fingerprint, and the difference of two of them in words.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miner.components.linear import MODELS, model_path
from miner.version import VERSION

if TYPE_CHECKING:
    from miner.archive.options import Options

#: The rooms whose code and data decide rows; what stands after them (archive, store, commands) only carries rows.
_ROOMS = ("reading", "layout", "document", "components", "pipeline", "records", "schema")
_SUFFIXES = {".py", ".toml", ".tsv", ".txt", ".json"}


def versions(options: Options) -> dict[str, Any]:
    """What decides the rows of a run.

    Parameters
    ----------
    options
        The options of mining, the file of the user's profile among its hints.

    Returns
    -------
    dict
        ``program`` (version), ``code`` (fingerprint of the rooms that decide rows), ``models`` (fingerprint of each), ``profile``, ``options``.
    """
    profile = options.hints.profile if options.hints else None
    package = Path(__file__).resolve().parent.parent
    files = sorted(file for room in _ROOMS for file in (package / room).rglob("*") if file.suffix in _SUFFIXES)
    code = hashlib.sha256()
    for file in files:
        code.update(file.relative_to(package).as_posix().encode() + b"\x00" + file.read_bytes().replace(b"\r\n", b"\n") + b"\x00")
    return {"program": VERSION, "code": code.hexdigest()[:16], "models": _models(), "profile": _digest(Path(profile)) if profile else None,
            "options": options.deciding()}


def _models() -> dict[str, str]:
    package = Path(__file__).resolve().parent.parent
    shipped = package / "models" if (package / "models").is_dir() else package.parent / "models"
    names = {file.stem for folder in (shipped, Path(os.environ.get(MODELS) or shipped)) for file in folder.glob("*.json")}
    return {name: _digest(model_path(name)) for name in sorted(names)}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def fingerprint(decides: dict[str, Any]) -> str:
    """One word for all of it."""
    import json

    return hashlib.sha256(json.dumps(decides, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What changed between two runs, in words."""
    said = []
    if old.get("program") != new["program"]:
        said.append(f"the program changed ({old.get('program')} to {new['program']})")
    elif old.get("code") != new["code"]:
        said.append(f"the program's code or data changed (version {new['program']} as before)")
    models = _changed(old.get("models") or {}, new["models"])
    if models:
        said.append(f"models changed ({', '.join(models)})")
    if old.get("profile") != new["profile"]:
        said.append("no profile is given now" if not new["profile"] else "the profile changed" if old.get("profile") else "a profile is given now")
    options = _changed(old.get("options") or {}, new["options"])
    if options:
        said.append(f"options changed ({', '.join(options)})")
    return said


def _changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [name.replace("_", " ") for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
