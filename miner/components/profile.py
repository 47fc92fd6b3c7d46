"""A user's own words: organisations, aliases, suffixes and actions that the shipped lists lack.

In: a TOML file. Out: a checked :class:`Profile`. Example::

    [[organisations]]
    name = "临江市城市运行管理中心"
    type = "government"
    aliases = ["城运中心", "市运管中心"]

    [suffixes]
    facility = ["充电驿站"]
    taskforce = ["攻坚专组"]

    [[action]]
    code = "vaccinate"
    label = { en = "vaccinate animals", zh = "动物免疫" }
    triggers = ["免疫", "补免"]
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from miner.schema.codes import ACTIONS, ORGANISATION_TYPES

KEYS = ("organisations", "suffixes", "action", "replace_actions")
"""What a profile may hold."""

_KEY = re.compile(r"(?P<table>\w+)(?:\[(?P<number>\d+)\])?(?:\.(?P<inner>.+))?")
_HEADER = re.compile(r"\s*\[{1,2}\s*(?P<name>[\w.]+)\s*\]{1,2}")
_ASSIGNED = re.compile(r"\s*(?P<name>[^\s=#]+)\s*=")


class ProfileError(ValueError):
    """A fault in a profile: the file, the line if known, the key and what is wrong there."""

    def __init__(self, path: str, key: str, reason: str, line: int | None = None) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {key}: {reason}")
        self.path, self.key, self.reason, self.line = path, key, reason, line


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A body that the user names: its full name, type code and other names for it."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnAction:
    """An action type of the user: a new code with its labels by language, or a shipped code with more triggers (`replaces`: instead of the shipped ones)."""

    code: str
    triggers: tuple[str, ...]
    labels: dict[str, str] = field(default_factory=dict)
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What a user adds: bodies, suffixes of names with the type that each stands for, and action types (`replace_actions`: instead of all shipped ones)."""

    organisations: tuple[KnownOrganisation, ...] = ()
    suffixes: dict[str, str] = field(default_factory=dict)
    actions: tuple[OwnAction, ...] = ()
    replace_actions: bool = False

    @property
    def names(self) -> dict[str, KnownOrganisation]:
        """Every name and alias → its body."""
        return {word: body for body in self.organisations for word in (body.name, *body.aliases)}

    @property
    def action_labels(self) -> dict[str, dict[str, str]]:
        """Labels by language of the action types that bring any, by code."""
        return {action.code: action.labels for action in self.actions if action.labels}


def read_profile(path: Path) -> Profile:
    """Read and check a profile.

    Raises
    ------
    ProfileError
        If the file is no TOML or says something that cannot be meant; the message names the key.
    OSError
        If the file cannot be read.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(content)
    except UnicodeDecodeError as fault:
        raise ProfileError(str(path), "(file)", f"is not UTF-8: {fault}") from fault
    except tomllib.TOMLDecodeError as fault:
        raise ProfileError(str(path), "(file)", f"is no TOML: {fault}") from fault
    try:
        return parse_profile(data, str(path))
    except ProfileError as fault:
        raise ProfileError(str(path), fault.key, fault.reason, line_of(content, fault.key)) from None


def line_of(content: str, key: str) -> int | None:
    """The line of a profile where a key such as ``organisations[2].type`` stands, that of its table where it is missing, None if it cannot be told."""
    parts = _KEY.fullmatch(key)
    if not parts:
        return None
    table, number, inner = parts["table"], int(parts["number"] or 1), parts["inner"]
    found, seen = None, 0
    for index, line in enumerate(content.split("\n"), 1):
        header = _HEADER.match(line)
        if header:
            if seen == number and header["name"] == table:
                break
            seen += header["name"] == table
            if seen == number and found is None:
                found = index
            inside = header["name"] == table and seen == number
            continue
        name = _ASSIGNED.match(line)
        if name and not seen and name["name"] == table and not parts["number"]:
            return index
        if name and inner and seen == number and inside and name["name"].strip("\"'") == inner:
            return index
    return found


def parse_profile(data: dict[str, Any], path: str = "<profile>") -> Profile:
    """Check a profile's content (see the module's description).

    Raises
    ------
    ProfileError
        If a key is unknown, a type code does not exist, or one alias is given to two bodies.
    """
    for key in data:
        if key not in KEYS:
            raise ProfileError(path, key, f"unknown key; known: {', '.join(KEYS)}")
    listed = data.get("organisations", [])
    if not isinstance(listed, list):
        raise ProfileError(path, "organisations", "must be a list of tables: write [[organisations]]")
    bodies = tuple(_body(entry, f"organisations[{index}]", path) for index, entry in enumerate(listed, 1))
    seen: dict[str, str] = {}
    for index, body in enumerate(bodies, 1):
        for word in (body.name, *body.aliases):
            if seen.setdefault(word, body.name) != body.name:
                raise ProfileError(path, f"organisations[{index}]", f"{word!r} already stands for {seen[word]!r}")
    return Profile(bodies, _suffixes(data.get("suffixes", {}), path), *_actions(data, path))


def _words(value: Any, key: str, path: str, least: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ProfileError(path, key, "must be a list of strings")
    for word in value:
        _check_word(word, key, path, least)
    return tuple(value)


def _check_word(word: str, key: str, path: str, least: int) -> None:
    if len(word) < least:
        raise ProfileError(path, key, f"{word!r} is too short: at least {least} characters")
    if any(character.isspace() for character in word):
        raise ProfileError(path, key, f"{word!r} holds white space")


def _type(value: Any, key: str, path: str) -> str:
    if value not in ORGANISATION_TYPES:
        raise ProfileError(path, key, f"unknown type {value!r}; known: {', '.join(ORGANISATION_TYPES)}")
    return str(value)


def _body(entry: Any, key: str, path: str) -> KnownOrganisation:
    if not isinstance(entry, dict):
        raise ProfileError(path, key, "must be a table with name and type")
    for name in entry:
        if name not in ("name", "type", "aliases"):
            raise ProfileError(path, f"{key}.{name}", "unknown key; known: name, type, aliases")
    for name in ("name", "type"):
        if name not in entry:
            raise ProfileError(path, key, f"lacks {name!r}")
    if not isinstance(entry["name"], str):
        raise ProfileError(path, f"{key}.name", "must be a string")
    _check_word(entry["name"], f"{key}.name", path, 2)
    return KnownOrganisation(entry["name"], _type(entry["type"], f"{key}.type", path), _words(entry.get("aliases", []), f"{key}.aliases", path, 2))


def _suffixes(value: Any, path: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ProfileError(path, "suffixes", "must be a table: type = [suffixes]")
    return {word: _type(kind, f"suffixes.{kind}", path) for kind, listed in value.items() for word in _words(listed, f"suffixes.{kind}", path, 2)}


_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


def _actions(data: dict[str, Any], path: str) -> tuple[tuple[OwnAction, ...], bool]:
    """The action types of a profile, and whether they stand instead of all shipped ones."""
    listed, replace = data.get("action", []), data.get("replace_actions", False)
    if not isinstance(listed, list):
        raise ProfileError(path, "action", "must be a list of tables: write [[action]]")
    if not isinstance(replace, bool):
        raise ProfileError(path, "replace_actions", "must be true or false")
    if replace and not listed:
        raise ProfileError(path, "replace_actions", "leaves no action at all: add [[action]] tables")
    actions = tuple(_action(entry, f"action[{index}]", path) for index, entry in enumerate(listed, 1))
    seen: dict[str, str] = {}
    codes: set[str] = set()
    for index, action in enumerate(actions, 1):
        if action.code in codes:
            raise ProfileError(path, f"action[{index}].code", f"{action.code!r} stands twice")
        codes.add(action.code)
        for word in action.triggers:
            if seen.setdefault(word, action.code) != action.code:
                raise ProfileError(path, f"action[{index}].triggers", f"{word!r} already says {seen[word]!r}")
    return actions, replace


def _action(entry: Any, key: str, path: str) -> OwnAction:
    if not isinstance(entry, dict):
        raise ProfileError(path, key, "must be a table with code, label and triggers")
    known = ("code", "label", "triggers", "replaces")
    for name in entry:
        if name not in known:
            raise ProfileError(path, f"{key}.{name}", f"unknown key; known: {', '.join(known)}")
    code, labels, replaces = entry.get("code"), entry.get("label", {}), entry.get("replaces", False)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise ProfileError(path, f"{key}.code", "must be 2 to 40 small letters, digits and _, a letter first")
    if not isinstance(labels, dict) or not all(name in ("en", "zh") and isinstance(said, str) and said.strip() for name, said in labels.items()):
        raise ProfileError(path, f"{key}.label", 'must be { en = "…", zh = "…" }')
    if code not in ACTIONS and set(labels) != {"en", "zh"}:
        raise ProfileError(path, f"{key}.label", "a new code needs labels in both languages: en and zh")
    if not isinstance(replaces, bool):
        raise ProfileError(path, f"{key}.replaces", "must be true or false")
    if replaces and code not in ACTIONS:
        raise ProfileError(path, f"{key}.replaces", f"there is no shipped action {code!r}; known: {', '.join(ACTIONS)}")
    triggers = _words(entry.get("triggers", []), f"{key}.triggers", path, 1)
    if not triggers:
        raise ProfileError(path, f"{key}.triggers", "lists no trigger")
    return OwnAction(code, triggers, dict(labels), replaces)
