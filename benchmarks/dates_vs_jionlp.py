"""The date component beside jionlp's ``extract_time``: accuracy on a split of ``corpora/`` and speed.

Run: ``python benchmarks/dates_vs_jionlp.py --jionlp-python /path/to/venv/bin/python [--split test]``. jionlp is a dependency of this benchmark only
and lives in an environment of its own (``pip install jionlp``), since it pulls in packages under the GPL; without ``--jionlp-python`` our figures
stand alone.

Both tools get the plain text and the report's true date as anchor; the row "miner, report" works out date and year by itself, as the pipeline does.
A gold date marked ``opt`` is right either way. Resolved means: span overlaps and both days are the gold's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from miner.components.dates import find_dates, read_dates
from miner.components.identifiers import find_identifiers
from miner.document import Findings, Hints
from miner.layout import lay_out
from miner.learning.annotation import AnnotatedReport, read_annotated

CORPORA = Path(__file__).parent.parent / "corpora"
#: Each tool reads everything so often; its fastest round counts, so that neither pays for filling its tables.
ROUNDS = 5
Found = list[tuple[int, int, str | None, str | None]]

JIONLP = """
import json, sys, time
import jionlp
reports = json.load(sys.stdin)

def run(text, base):
    try:
        return jionlp.ner.extract_time(text, time_base=base)
    except Exception:
        return []

rounds = []
for _ in range(ROUNDS):
    start = time.process_time()
    answers = [run(text, base) for text, base in reports]
    rounds.append(time.process_time() - start)
out = []
for found in answers:
    rows = []
    for item in found:
        times = item["detail"].get("time")
        if item["type"] not in ("time_point", "time_span") or not isinstance(times, list):
            continue
        first, last = (None if "inf" in str(t) else str(t)[:10] for t in times[:2])
        rows.append([item["offset"][0], item["offset"][1], first, last])
    out.append(rows)
print(json.dumps({"found": out, "seconds": min(rounds)}))
"""


def score(reports: list[AnnotatedReport], found: list[Found]) -> tuple[float, float]:
    """Span F1 and resolved F1."""
    figures = []
    for resolved in (False, True):
        hits = wanted = spurious = 0
        for report, dates in zip(reports, found, strict=True):
            gold = [record for record in report.records if record["k"] == "date"]
            free = list(dates)
            for record in sorted(gold, key=lambda record: bool(record.get("opt"))):
                near = [d for d in free if d[0] < record["end"] and record["start"] < d[1]]
                match = next((d for d in near if not resolved or record.get("opt") or _same(record, d)), None)
                if match is not None:
                    free.remove(match)
                if not record.get("opt"):
                    wanted += 1
                    hits += match is not None
            optional = [record for record in gold if record.get("opt")]
            spurious += sum(not any(d[0] < o["end"] and o["start"] < d[1] for o in optional) for d in free)
        figures.append(2 * hits / (wanted + hits + spurious) if wanted + hits + spurious else 0.0)
    return figures[0], figures[1]


def _same(record: dict[str, Any], date: tuple[int, int, str | None, str | None]) -> bool:
    return tuple(day[:10] if day else None for day in (record["from"], record["to"])) == date[2:]


def timed(reports: list[AnnotatedReport], run: Callable[[AnnotatedReport], Found]) -> tuple[list[Found], float]:
    """What a tool finds, and the seconds of processor time of its fastest round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = [run(report) for report in reports]
        rounds.append(time.process_time() - start)
    return found, min(rounds)


def bare(report: AnnotatedReport) -> Found:
    """Our component on the bare text with the true date as anchor."""
    return [(d["start"], d["end"], d["date_from"], d["date_to"]) for d in find_dates(report.text, anchor(report))]


def whole(report: AnnotatedReport) -> Found:
    """Our component as the pipeline runs it: layout first, own date and year worked out."""
    findings = Findings(lay_out(report.text), Hints())
    findings.identifiers = find_identifiers(findings.layout.text)
    read_dates(findings)
    span = findings.layout.source_map.span
    return [(*span(d.start, d.end), d.date_from.isoformat() if d.date_from else None, d.date_to.isoformat() if d.date_to else None) for d in findings.dates]


def anchor(report: AnnotatedReport) -> str:
    """The report's true date; the end of its year where it has none."""
    return report.header["published"] or f"{report.header['year'] or 2020}-12-31"


def jionlp(reports: list[AnnotatedReport], python: str) -> tuple[list[Found], float]:
    """What jionlp finds, in its own interpreter; the time is that of its calls alone."""
    work = []
    for report in reports:
        year, month, day = map(int, anchor(report).split("-"))
        work.append((report.text, {"year": year, "month": month, "day": day}))
    done = subprocess.run([python, "-c", f"ROUNDS = {ROUNDS}\n{JIONLP}"], input=json.dumps(work), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return [[(a, b, c, d) for a, b, c, d in rows] for rows in answer["found"]], answer["seconds"]


def main() -> None:
    """Print one line per tool."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--split", default="test")
    arguments.add_argument("--jionlp-python")
    options = arguments.parse_args()
    reports = [read_annotated(path) for path in sorted((CORPORA / options.split).glob("*.ann"))]
    characters = sum(len(report.text) for report in reports)
    results = {"miner, report": timed(reports, whole), "miner, bare text": timed(reports, bare)}
    if options.jionlp_python:
        results["jionlp"] = jionlp(reports, options.jionlp_python)
    print(f"{options.split}: {len(reports)} reports, {characters} characters")
    for name, (found, seconds) in results.items():
        span, resolved = score(reports, found)
        print(f"{name:18} span F1 {span:.3f}  resolved F1 {resolved:.3f}  {characters / seconds / 1000:8.0f} thousand characters/s")


if __name__ == "__main__":
    main()
