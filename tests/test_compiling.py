"""What the build does to the sources that it compiles."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def hook() -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SOURCE = '''from dataclasses import dataclass, field


@dataclass(slots=True)
class Item:
    """What a number counts."""

    text: str
    parts: list[str] = field(default_factory=list)
    at: tuple[int, int] | None = None

    def named(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Unit:
    name: str


LAST = 1
'''


def test_a_dataclass_gets_its_constructor_in_the_empty_line_behind_it() -> None:
    made = hook().with_constructors(SOURCE).split("\n")
    changed = {number: line for number, (line, before) in enumerate(zip(made, SOURCE.split("\n"), strict=True)) if line != before}
    assert changed == {
        3: "@dataclass(slots=True, init=False)",
        13: "    def __init__(self, text: str, parts: list[str] | None = None, at: tuple[int, int] | None = None) -> None: "
            "self.text = text; self.parts = [] if parts is None else parts; self.at = at",
    }


def test_both_sources_make_the_same_objects() -> None:
    found = []
    for source in (SOURCE, hook().with_constructors(SOURCE)):
        names: dict[str, Any] = {"__name__": "made"}
        exec(source, names)
        item = names["Item"]
        found.append((repr(item("口罩")), repr(item("口罩", ["口罩"], at=(0, 2))), item("a") == item("a"), item("a").parts is item("a").parts))
    assert found[0] == found[1] == ("Item(text='口罩', parts=[], at=None)", "Item(text='口罩', parts=['口罩'], at=(0, 2))", True, False)


def test_constants_are_marked_as_such_and_nothing_else_is() -> None:
    source = """from __future__ import annotations
import re
_DAYS = re.compile("[一二三]")
LEAST: int = 3
WORDS: dict[str, int] = {
    "半": 1,
}
KINDS: list[str]
found = 1
FIRST, LAST = 1, 2
"""
    made = hook().with_constants(source).split("\n")
    changed = [line for line, before in zip(made, source.split("\n"), strict=True) if line != before]
    assert changed == ["from __future__ import annotations; from typing import Final", '_DAYS: Final = re.compile("[一二三]")', "LEAST: Final[int] = 3",
                       "WORDS: Final[dict[str, int]] = {"]
    values: dict[str, Any] = {}
    exec(hook().with_constants(source), values)
    assert (values["LEAST"], values["WORDS"], values["LAST"]) == (3, {"半": 1}, 2)


def test_the_compiled_copy_checks_no_lengths() -> None:
    source = 'pairs = list(zip("甲乙", [1, 2], strict=True))\nfirsts = list(zip("甲乙", [1], strict=False))\n'
    values: dict[str, Any] = {}
    exec(hook().with_plain_zips(source), values)
    assert (values["pairs"], values["firsts"]) == ([("甲", 1), ("乙", 2)], [("甲", 1)])
    assert "strict" not in hook().with_plain_zips(source)


def test_every_module_of_the_compiled_rooms_stays_python(tmp_path: Path) -> None:
    for file in sorted((ROOT / "miner").rglob("*.py")):
        compile(hook().with_plain_zips(hook().with_constants(hook().with_constructors(file.read_text("utf-8")))), str(file), "exec")


def test_a_module_that_was_left_out_is_told() -> None:
    modules = ["miner/layout/page.py", "miner/layout/pages.py", "miner/records/rows.py"]
    libraries = ["miner/layout/pages.cpython-311-x86_64-linux-gnu.so", "miner\\records\\rows.cp311-win_amd64.pyd", "miner__mypyc.cpython-311.so"]
    assert hook().without_library(modules, libraries) == ["miner/layout/page.py"]


def test_the_compiler_is_given_every_module(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a compiler that writes down what it is told."""
    said = tmp_path / "mypyc" / "build.py"
    said.parent.mkdir()
    said.with_name("__init__.py").touch()
    said.write_text("def mypycify(given, **options):\n    raise SystemExit(' '.join(word for word in given if word.endswith('.py')))\n", "utf-8")
    done = subprocess.run([sys.executable, "-c", hook().SETUP, "miner/a.py", "miner/b.py"], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.stderr.strip() == "miner/a.py miner/b.py"


@pytest.mark.parametrize(("said", "needs"), [("no", False), ("yes", True)])
def test_the_environment_chooses(said: str, needs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINER_COMPILE", said)
    made = hook()
    assert bool(made.CompileHook(str(ROOT), {"rooms": []}, None, None, str(ROOT), "wheel").dependencies()) is needs


def test_without_a_compiler_nothing_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MINER_COMPILE", raising=False)
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    made = hook()
    assert made.CompileHook(str(ROOT), {"rooms": []}, None, None, str(ROOT), "wheel").dependencies() == []


def test_an_unknown_choice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINER_COMPILE", "perhaps")
    with pytest.raises(ValueError, match="MINER_COMPILE=perhaps"):
        hook().wanted()
