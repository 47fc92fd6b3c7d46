"""Compiles the rooms that mine a report while a wheel is built (mypyc: the same Python, translated to C), where the machine has a C compiler.

The environment variable ``MINER_COMPILE`` chooses: ``auto`` (the default) compiles if it can and else builds the pure Python wheel, ``no`` never compiles,
``yes`` fails where it cannot. Editable installs are always pure. Compiled modules lie beside their sources, which Python takes where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REQUIRED = ["mypy[mypyc]>=2.4,<3", "setuptools>=65"]

SETUP = """
import os, sys
from mypyc.build import mypycify
from setuptools import setup

ours = mypycify(["--config-file=", "--ignore-missing-imports", *sys.argv[2:]], opt_level="2", debug_level="0", multi_file=True, group_name="miner")
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
            self.app.display_warning("no C compiler: building the pure Python wheel, which mines at little more than half the speed")
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
        self.app.display_info(f"compiling {len(modules)} modules; this takes a few minutes")
        subprocess.run([sys.executable, "-c", SETUP, *modules], cwd=folder, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        libraries = [file for pattern in ("*.so", "*.pyd") for place in (folder, folder / "miner") for file in _found(place, pattern)]
        return {str(file): str(file.relative_to(folder)) for file in libraries}


def _found(place: Path, pattern: str) -> list[Path]:
    """The libraries that are part of the outcome: the shared one beside the package, and those within it."""
    return sorted(place.rglob(pattern) if place.name == "miner" else place.glob(pattern))
