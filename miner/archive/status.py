"""How far a run is: read from the manifest's head and the parts, while a run is at work, after it ended, or after it was killed."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

from miner.archive.lock import is_locked
from miner.archive.manifest import read_header
from miner.archive.parts import Part, load_all
from miner.archive.versions import fingerprint
from miner.store.parquet import read_rows


def status(out: Path) -> dict[str, Any]:
    """Facts about the results in a folder.

    Parameters
    ----------
    out
        The folder of the results.

    Returns
    -------
    dict
        ``state`` (``listing``, ``running``, ``merging``, ``complete``, ``stopped``, ``failed``, ``killed``), ``inputs`` (``all``, ``done``, ``left``),
        ``reports``, ``rejects``, ``reasons`` (rejects by stage and reason, most frequent first), ``rate`` (reports per second and worker seconds per report
        of this run), ``seconds_left`` (None where it cannot be told), ``memory_mb`` (of the workers, least and most), ``fault``, ``archive``, ``versions``,
        ``rows``.

    Raises
    ------
    FileNotFoundError
        If no run was ever begun there.
    """
    header = read_header(out)
    if header is None:
        raise FileNotFoundError(f"{out} holds no manifest: no run was begun there, or it is still listing the archive")
    running = is_locked(out)
    decides = fingerprint(header["versions"])
    parts = [part for part in load_all(out / "parts") if part.decides == decides]
    keys = {given.key for part in parts for given in part.inputs}
    total = header["inputs_in_all"]
    done = total if header["state"] == "complete" else min(len(keys), total)
    rates = _rates(parts, header, running)
    return {
        "state": _state(header["state"], running, done == total), "archive": header["archive"], "fault": header.get("fault"), "versions": header["versions"],
        "began": header["began"], "inputs": {"all": total, "done": done, "left": total - done},
        "reports": sum(part.count("reports") for part in parts), "rejects": sum(part.count("rejects") for part in parts), "reasons": _reasons(parts),
        "rate": rates, "seconds_left": round((total - done) / rates["inputs_per_second"]) if running and done < total and rates["inputs_per_second"] else None,
        "memory_mb": _memory(parts), "rows": header["rows"],
    }  # fmt: skip


def _state(written: str, running: bool, all_done: bool) -> str:
    if running and written != "running":
        return "listing"  # the manifest is still that of the run before
    if running:
        return "merging" if all_done else "running"
    return "killed" if written == "running" else written


def _rates(parts: list[Part], header: dict[str, Any], running: bool) -> dict[str, float | None]:
    """Speed of the last run: what it finished, over the time from its beginning to its last part."""
    now = [part for part in parts if part.facts.get("finished", 0) >= header["began"] and not part.facts.get("repacked")]
    last = max((part.facts["finished"] for part in now), default=header["began"])
    seconds = (time.time() if running else last) - header["began"]
    reports, worked = sum(part.count("reports") for part in now), sum(part.facts.get("seconds", 0) for part in now)
    return {"reports_per_second": round(reports / seconds, 2) if reports and seconds > 0 else None,
            "inputs_per_second": round(sum(len(part.inputs) for part in now) / seconds, 3) if now and seconds > 0 else None,
            "worker_seconds_per_report": round(worked / reports, 5) if reports else None}


def _memory(parts: list[Part]) -> list[float] | None:
    told = [part.facts["memory_mb"] for part in parts if part.facts.get("memory_mb")]
    return [min(told), max(told)] if told else None


def _reasons(parts: list[Part]) -> list[dict[str, Any]]:
    counts: Counter[tuple[str, str]] = Counter()
    hints: dict[tuple[str, str], str] = {}
    for part in parts:
        if part.count("rejects"):
            try:
                for row in read_rows(part.folder / "rejects.parquet"):
                    key = row["stage"], row["reason"]
                    counts[key] += 1
                    hints.setdefault(key, row["hint"])
            except OSError:  # the run has just replaced it
                continue
    return [{"stage": key[0], "reason": key[1], "hint": hints[key], "count": count} for key, count in counts.most_common()]
