"""A run: plan, work, merge. Killed at any moment, the same command goes on from the parts that are whole."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from miner.archive.aside import Aside
from miner.archive.engine import work_all
from miner.archive.follow import Follower
from miner.archive.lock import Lock
from miner.archive.manifest import read_header, write_manifest
from miner.archive.options import Settings
from miner.archive.order import Ordered
from miner.archive.parts import Part, load_all, repack, settle
from miner.archive.plan import list_inputs, listed_inputs, make_shards, shard_id, without
from miner.archive.tables import FEW, tables_made, write_tables
from miner.archive.versions import differences, fingerprint, versions
from miner.components.profile import read_profile
from miner.indexing import StoreKeeper
from miner.reading.places import is_remote
from miner.store.database import FILE
from miner.store.labels import keep_labels

_NEARLY = 0.95  # of the inputs are mined: the processes that write tables are started
Progress = Callable[[int, int], None]


@dataclass
class Outlook:
    """What a run finds to do: numbers of inputs by what became of them since the last run, and what changed in program, models and options.

    Attributes
    ----------
    kept
        Inputs whose rows are there.
    new, changed, failed, redo
        Inputs to be mined: not seen before; with another content; tried before and failed; mined by another program, model, profile or option.
    removed
        Inputs of the last run that are gone.
    reasons
        What changed, in words.
    """

    kept: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    redo: int = 0
    removed: int = 0
    reasons: list[str] = field(default_factory=list)


@dataclass
class Summary:
    """What a run did: inputs in the archive, inputs mined now, rows by table (empty if nothing was run), what it found to do."""

    inputs: int
    worked: int
    rows: dict[str, int]
    outlook: Outlook


def run(
    archive: Path | str | Iterable[str],
    out: Path,
    settings: Settings,
    progress: Progress | None = None,
    say: Callable[[Outlook], None] | None = None,
    followers: Sequence[Follower] = (),
    dry: bool = False,
) -> Summary:
    """Mine an archive into ``out/tables``; parts that an earlier run finished are kept.

    Parameters
    ----------
    archive
        A file, a folder, the address of a store, or a list of paths.
    out
        The folder of the results.
    settings
        The run's settings.
    progress
        Called with (inputs done, inputs in all).
    say
        Called with what is to be done, before it is done.
    followers
        Stores that keep step with the parts.
    dry
        Find out what is to be done, and do nothing.

    Raises
    ------
    FileNotFoundError
        If the archive does not exist.
    BusyError
        If another run is at work in `out`.
    OSError
        If results cannot be written.
    """
    if dry:
        return _Run(archive, out, settings).look(say)
    if isinstance(archive, (str, Path)) and not is_remote(archive) and not Path(archive).exists():
        raise FileNotFoundError(f"{archive} does not exist")
    (out / "parts").mkdir(parents=True, exist_ok=True)
    with Lock(out):
        profile = settings.hints.profile if settings.hints else None
        keep_labels(out, read_profile(Path(profile)).action_labels if profile else {})
        try:
            with StoreKeeper(out) as store:
                return _Run(archive, out, settings, store, followers).run(progress, say)
        except sqlite3.OperationalError as fault:  # a full disk, a folder that cannot be written: what the parts hold is taken in by the next run
            raise OSError(errno.EIO, f"the store cannot be written ({fault})", str(out / FILE)) from fault


class _Run:
    def __init__(self, archive: Path | str | Iterable[str], out: Path, settings: Settings, store: StoreKeeper | None = None,
                 followers: Sequence[Follower] = ()) -> None:
        self.out, self.parts, self.settings, self.store = out, out / "parts", settings, store
        self.followers: Sequence[Follower] = (store, *followers) if store else followers
        self.aside = Aside(0)
        self.began = time.time()
        self.decides = versions(settings.options)
        self.key = fingerprint(self.decides)
        options = settings.options
        if isinstance(archive, (str, Path)):
            self.archive = str(archive)
            found = list_inputs(archive, options.columns, options.limits)
        else:
            self.archive = "-"
            found = listed_inputs(archive, options.columns, options.limits)
        self.inputs = without(found, out)
        self.places: dict[str, tuple[Part, int]] = {}
        self.live: dict[str, Part] = {}
        self.last = read_header(out)

    def look(self, say: Callable[[Outlook], None] | None = None) -> Summary:
        """What there is to do."""
        outlook = self._outlook(load_all(self.parts))
        if say:
            say(outlook)
        return Summary(len(self.inputs), 0, {}, outlook)

    def _outlook(self, parts: list[Part]) -> Outlook:
        """Find the rows that are there; what is missing is what `places` lacks."""
        outlook = Outlook(reasons=differences(self.last["versions"], self.decides) if self.last and "versions" in self.last else [])
        before: dict[str, str] = {}
        failed = set()
        for part in parts:
            if part.decides == self.key:
                self.live[part.id] = part
            for index, given in enumerate(part.inputs):
                place, _, content = given.key.partition("\n")
                before[place] = content
                if part.decides == self.key:
                    self.places[given.key] = part, index
                    if given.retry:
                        failed.add(given.key)
        stale = {given.key for part in parts if part.decides != self.key for given in part.inputs}
        for found in self.inputs:
            if found.key in self.places:
                if found.key in failed:
                    outlook.failed += 1
                else:
                    outlook.kept += 1
            elif found.key in stale:
                outlook.redo += 1
            elif found.place in before:
                outlook.changed += 1
            else:
                outlook.new += 1
        outlook.removed = len(before.keys() - {found.place for found in self.inputs})
        self.todo = [found for found in self.inputs if found.key not in self.places or found.key in failed]
        return outlook

    def run(self, progress: Progress | None, say: Callable[[Outlook], None] | None) -> Summary:
        """Do it."""
        for left in self.out.glob(".manifest.*"):
            left.unlink()
        outlook = self._outlook(load_all(self.parts, sweep=True))
        if say:
            say(outlook)
        summary = Summary(len(self.inputs), 0, {}, outlook)
        for follower in self.followers:
            follower.begin(list(self.live.values()))
        self._record("running", summary)
        try:
            with Aside(max(0, self.settings.workers - 1)) as self.aside:
                self._work(summary, progress)
                self._drop()
                self._tables(summary)
        except BaseException as fault:
            self._record_failure("stopped" if isinstance(fault, KeyboardInterrupt) else "failed", summary, fault)
            raise
        self._record("complete", summary)
        for follower in self.followers:
            if follower is not self.store:
                follower.end(list(self.live.values()), self.out / "tables")
        return summary

    def _work(self, summary: Summary, progress: Progress | None) -> None:
        done, sentences, ending = len(self.inputs) - len(self.todo), 0, False
        if progress:
            progress(done, len(self.inputs))
        shards = make_shards(self.todo, self.settings.shard_size, self.key)
        with closing(work_all(shards, self.parts, self.key, self.settings)) as finished:  # workers end before anything else is done
            for shard, folder in finished:
                part = settle(folder, self.parts, shard.id)
                self.live[part.id] = part
                self.places.update((given.key, (part, index)) for index, given in enumerate(part.inputs))
                for follower in self.followers:
                    follower.finished(part)
                summary.worked += len(shard.inputs)
                sentences += part.count("sentences")
                if sentences >= FEW and not ending and summary.worked > len(self.todo) * _NEARLY:
                    ending = True
                    self.aside.start()
                if progress:
                    progress(done + summary.worked, len(self.inputs))

    def _drop(self) -> None:
        """Remove parts that are no longer wanted; pack those anew of which some inputs are."""
        wanted: dict[str, list[int]] = {}
        for found in self.inputs:
            part, index = self.places[found.key]
            wanted.setdefault(part.id, []).append(index)
        for id, part in list(self.live.items()):
            keep = sorted(wanted.get(id, ()))
            if len(keep) == len(part.inputs):
                continue
            if keep:
                keys = [part.inputs[at].key for at in keep]
                packed = repack(part, keep, self.parts, shard_id(self.key, keys))
                self.live[packed.id] = packed
                self.places |= {key: (packed, index) for index, key in enumerate(keys)}
                for follower in self.followers:
                    follower.finished(packed)
            del self.live[id]
        gone = [folder for folder in self.parts.iterdir() if folder.name not in self.live]
        for folder in gone:
            shutil.rmtree(folder, ignore_errors=True)
        for follower in self.followers:
            follower.removed([folder.name for folder in gone])

    def _tables(self, summary: Summary) -> None:
        """Merge the parts, unless the tables that are there were made of just these rows; the store is settled meanwhile."""
        made = fingerprint({"inputs": [[found.key, self.places[found.key][0].content, self.places[found.key][1]] for found in self.inputs],
                                 "language": self.settings.language, "xlsx": self.settings.xlsx})  # fmt: skip
        known = tables_made(self.out)
        if known and known[0] == made:
            summary.rows.update(known[1])
            self._settle_store(self.out / "tables", lambda name: None)
        else:
            ordered = Ordered(self.places[found.key] for found in self.inputs)
            settings = self.settings
            summary.rows.update(write_tables(self.out, ordered, made, settings.language, settings.xlsx, self.aside, self._settle_store))

    def _settle_store(self, tables: Path, ready: Callable[[str], object]) -> None:
        if self.store:
            self.store.finish(sorted(self.live), tables, ready=ready)

    def _record(self, state: str, summary: Summary, fault: str | None = None) -> None:
        settings = self.settings
        header: dict[str, Any] = {
            "state": state, "fault": fault, "archive": self.archive, "versions": self.decides,
            "began": self.began, "seconds": round(time.time() - self.began, 3), "process": os.getpid(),
            "shard_size": settings.shard_size, "workers": settings.workers, "engine": settings.engine, "report_seconds": settings.report_seconds,
            "files": len({found.path for found in self.inputs}), "inputs_in_all": len(self.inputs), "inputs_to_mine": len(self.todo),
            "inputs_mined": summary.worked, "rows": summary.rows,
        }  # fmt: skip
        write_manifest(self.out, header, self.inputs, self.places)

    def _record_failure(self, state: str, summary: Summary, fault: BaseException) -> None:
        for left in (self.out / ".tables", *self.parts.glob(".*")):  # the disk may be full
            shutil.rmtree(left, ignore_errors=True)
        try:
            self._record(state, summary, None if state == "stopped" else f"{type(fault).__name__}: {fault}")
        except OSError:
            (self.out / f".manifest.{os.getpid()}").unlink(missing_ok=True)  # no room for it; the parts say what is done
