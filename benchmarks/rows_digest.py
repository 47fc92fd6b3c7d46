"""Did a change of code change a row? Digests of everything mined from the corpora, the samples, generated reports and any folder of one's own.

usage: python benchmarks/rows_digest.py --save BEFORE.json [FOLDER ...]     before the change
       python benchmarks/rows_digest.py --compare BEFORE.json               after it; names every report whose rows changed, status 1 if there are any

The digest of a report covers `Report.to_dict()` and all of `Report.rows()`, in order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from generate_archive import generate

import miner
from miner.learning.annotation import read_annotated

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
GENERATED = 300


def texts(folders: list[Path]) -> Iterator[tuple[str, str]]:
    """Name and text of every report."""
    for split in ("train", "dev"):
        for path in sorted((CORPORA / split).glob("*.ann")):
            yield f"{split}/{path.stem}", read_annotated(path).text
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            yield str(path), path.read_bytes().decode("utf-8", "replace")
    for name, text in generate(GENERATED, seed=7):
        yield f"generated/{name}", text


def digests(folders: list[Path]) -> dict[str, str]:
    """The digest of each report; the samples are read as files, with their formats."""
    found = {}
    for name, text in texts(folders):
        report = next(iter(miner.mine([text])))
        found[name] = hashlib.sha256(json.dumps([report.to_dict(), report.rows()], ensure_ascii=False, default=str).encode()).hexdigest()
    os.chdir(CORPORA)  # so that the names of sources are the same wherever the project lies
    for path in sorted(Path("samples").rglob("*")):
        if path.is_file():
            for number, report in enumerate(miner.extract(path)):
                rows = json.dumps([report.to_dict(), report.rows()], ensure_ascii=False, default=str).replace(f"{path}", path.name)
                found[f"{path.name}#{number}"] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def main() -> None:
    """Save or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="further folders of .txt reports")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--save", type=Path)
    way.add_argument("--compare", type=Path)
    given = parser.parse_args()
    if given.save:
        found = digests(given.folders)
        given.save.write_text(json.dumps({"folders": [str(folder) for folder in given.folders], "digests": found}, indent=0), "utf-8")
        print(f"{len(found)} reports")
        return
    before = json.loads(given.compare.read_text("utf-8"))
    found = digests([Path(folder) for folder in before["folders"]])
    changed = [name for name in {**before["digests"], **found} if before["digests"].get(name) != found.get(name)]
    print(f"{len(found)} reports, {len(changed)} changed", *changed[:20], sep="\n")
    sys.exit(1 if changed else 0)


if __name__ == "__main__":
    main()
