"""Compiles the rooms that mine a report while a wheel is built (mypyc: the same Python, translated to C), where the machine has a C compiler.

The environment variable ``MINER_COMPILE`` chooses: ``auto`` (the default) compiles if it can and else builds the pure Python wheel, ``no`` never compiles,
``yes`` fails where it cannot. Editable installs are always pure. Compiled modules lie beside their sources, which Python takes where there is none.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REQUIRED = ["mypy[mypyc]>=2.4,<3", "setuptools>=65", "numpy>=1.26"]
"""numpy for its types: without them the compiler refuses the modules that name its arrays."""

SETUP = """
import os, sys
from mypyc.build import mypycify
from setuptools import setup

ours = mypycify(["--config-file=", "--ignore-missing-imports", *sys.argv[1:]], opt_level="2", debug_level="0", multi_file=True, group_name="miner")
setup(name="miner", packages=[], ext_modules=ours, script_args=["-q", "build_ext", "--inplace", "-j", str(os.cpu_count() or 1)])
"""


def wanted() -> str:
    """What ``MINER_COMPILE`` says."""
    said = os.environ.get("MINER_COMPILE", "auto")
    if said not in ("auto", "yes", "no"):
        raise ValueError(f"MINER_COMPILE={said}: it must be auto, yes or no")
    return said


def compiler() -> str | None:
    """The C compiler, None if there is none; Windows finds its own."""
    named = os.environ.get("CC", "").split()
    return sys.executable if os.name == "nt" else next(filter(None, map(shutil.which, [*named[:1], "cc", "gcc", "clang"])), None)


def with_constructors(source: str) -> str:
    """The source of a module whose dataclasses have their ``__init__`` written out, in the empty line behind each class, so that the others keep their numbers.

    The one that ``dataclass`` makes while the program starts stays interpreted, which takes several times as long as a compiled one.
    """
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        made = _constructor(node) if isinstance(node, ast.ClassDef) and not node.bases else None
        if made and isinstance(node, ast.ClassDef) and not lines[node.end_lineno or -1].strip():
            at = node.decorator_list[0].lineno - 1
            lines[at] = lines[at].removesuffix(")") + ", init=False)" if lines[at].endswith(")") else "@dataclass(init=False)"
            lines[node.end_lineno or -1] = " " * (node.col_offset + 4) + made
    return "\n".join(lines)


def with_constants(source: str) -> str:
    """The source of a module whose constants (names in capitals) are marked as ``Final``.

    Compiled code reaches their values at once, those of other names by a look-up in the module at each use.
    """
    lines = source.split("\n")
    future = next((index for index, line in enumerate(lines) if line.startswith("from __future__ import")), None)
    if future is None:
        return source
    lines[future] += "; from typing import Final"
    for node in ast.parse(source).body:
        named = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) and node.value else None
        if not isinstance(named, ast.Name) or not named.id.isupper():
            continue
        at, kind = named.lineno - 1, ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
        rest = lines[at].partition(" = ")[2]
        lines[at] = f"{named.id}: Final{f'[{kind}]' if kind else ''} = {rest}"
    return "\n".join(lines)


def with_plain_zips(source: str) -> str:
    """The source of a module whose ``zip`` checks no lengths: the compiler makes a plain loop of those alone; the pure program goes on checking."""
    for checked in (", strict=True)", ", strict=False)"):
        source = source.replace(checked, ")")
    return source


def _constructor(node: ast.ClassDef) -> str | None:
    """The ``__init__`` of a dataclass in one line; None for other classes, frozen ones and those whose fields are more than defaults and factories."""
    said = [ast.unparse(decorator) for decorator in node.decorator_list]
    if said not in (["dataclass"], ["dataclass()"], ["dataclass(slots=True)"]):
        return None
    taken, kept = [], []
    for field in node.body:
        if isinstance(field, ast.FunctionDef) and field.name in ("__init__", "__post_init__"):
            return None
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        name, kind, default = field.target.id, ast.unparse(field.annotation), field.value
        if kind.startswith("ClassVar"):
            continue
        if isinstance(default, ast.Call) and ast.unparse(default.func) == "field":
            if [given.arg for given in default.keywords] != ["default_factory"]:
                return None
            factory = ast.unparse(default.keywords[0].value)
            taken.append(f"{name}: {kind} | None = None")
            kept.append(f"self.{name} = {({'list': '[]', 'dict': '{}'}).get(factory, factory + '()')} if {name} is None else {name}")
        else:
            taken.append(f"{name}: {kind} = {ast.unparse(default)}" if default else f"{name}: {kind}")
            kept.append(f"self.{name} = {name}")
    return f"def __init__(self, {', '.join(taken)}) -> None: {'; '.join(kept)}" if kept else None


class CompileHook(BuildHookInterface):
    """The build hook; `rooms` in ``pyproject.toml`` names the folders whose modules are compiled."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return REQUIRED if wanted() == "yes" or (wanted() == "auto" and compiler()) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what came out to the wheel."""
        if version == "editable" or wanted() == "no":
            return
        if wanted() == "auto" and not compiler():
            self.app.display_warning("no C compiler: building the pure Python wheel, which mines at two thirds of the speed")
            return
        self.folder = tempfile.mkdtemp(prefix="miner-compiled-")
        try:
            made = self.compiled(Path(self.folder))
        except (OSError, subprocess.CalledProcessError) as error:
            if wanted() == "yes":
                raise
            said = getattr(error, "output", "") or str(error)
            self.app.display_warning(f"the rooms could not be compiled, building the pure Python wheel:\n{said[-2000:]}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"].update(made)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up."""
        shutil.rmtree(getattr(self, "folder", ""), ignore_errors=True)

    def compiled(self, folder: Path) -> dict[str, str]:
        """Compile a copy of the package in `folder`; the compiled files, each with its place in the wheel.

        Raises
        ------
        OSError, subprocess.CalledProcessError
            If that fails.
        """
        shutil.copytree(Path(self.root, "miner"), folder / "miner", ignore=shutil.ignore_patterns("__pycache__", "models"))
        rooms = [folder / room for room in self.config["rooms"]]
        # the few lines of a package's __init__ gain nothing
        modules = sorted(str(file.relative_to(folder)) for room in rooms for file in room.rglob("*.py") if file.name != "__init__.py")
        for module in modules:
            file = folder / module
            file.write_text(with_plain_zips(with_constants(with_constructors(file.read_text("utf-8")))), "utf-8")
        self.app.display_info(f"compiling {len(modules)} modules; this takes a few minutes")
        subprocess.run([sys.executable, "-c", SETUP, *modules], cwd=folder, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        libraries = [file for pattern in ("*.so", "*.pyd") for place in (folder, folder / "miner") for file in _found(place, pattern)]
        left = without_library(modules, [str(file.relative_to(folder)) for file in libraries])
        if left:
            raise OSError(f"no library came out of {', '.join(left)}")
        return {str(file): str(file.relative_to(folder)) for file in libraries}


def without_library(modules: list[str], libraries: list[str]) -> list[str]:
    """The modules beside which no library lies: ``miner/layout/page.py`` without ``miner/layout/page.cpython-311-x86_64-linux-gnu.so``."""
    compiled = {library.replace("\\", "/").split(".")[0] for library in libraries}
    return [module for module in modules if module.replace("\\", "/").removesuffix(".py") not in compiled]


def _found(place: Path, pattern: str) -> list[Path]:
    """The libraries that are part of the outcome: the shared one beside the package, and those within it."""
    return sorted(place.rglob(pattern) if place.name == "miner" else place.glob(pattern))
