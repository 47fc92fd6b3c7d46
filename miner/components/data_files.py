"""Word lists beside the components: read once from TOML files that a domain expert can edit."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml_data(component: str, name: str) -> dict[str, Any]:
    """The content of ``miner/components/COMPONENT/data/NAME.toml``."""
    return tomllib.loads(files("miner.components").joinpath(component, "data", f"{name}.toml").read_text("utf-8"))
