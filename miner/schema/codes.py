"""The closed sets of codes that a row may hold, with their English and Chinese labels (read from ``codes.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

_DATA = tomllib.loads(files("miner.schema").joinpath("codes.toml").read_text("utf-8"))


def _labels(kind: str) -> dict[str, dict[str, str]]:
    return {code: {"en": label[0], "zh": label[1]} for code, label in _DATA[kind].items()}


ACTIONS = _labels("actions")
ORGANISATION_TYPES = _labels("organisation_types")
MODALITIES = _labels("modalities")
QUALIFIERS = _labels("qualifiers")
SCOPES = _labels("scopes")
GRAINS = _labels("grains")

LABELLED_COLUMNS = {
    "action": dict(ACTIONS),
    "modality": MODALITIES,
    "organisation_type": ORGANISATION_TYPES,
    "type": ORGANISATION_TYPES,
    "qualifier": QUALIFIERS,
    "scope": SCOPES,
    "grain": GRAINS,
}
"""Columns whose codes have labels, by column name."""


def add_actions(labels: Mapping[str, Mapping[str, str]]) -> None:
    """Give the action codes of a profile their labels, for everything that this process writes or shows.

    Parameters
    ----------
    labels
        Labels by language, by code; of a shipped code they stand in place of its own.
    """
    for code, said in labels.items():
        LABELLED_COLUMNS["action"][code] = {**ACTIONS.get(code, {}), **said}
