"""How long the web pages take on a large store, under readers who ask at the same time.

    python benchmarks/web_load.py make OUT --sentences 1000000    # a store of that size
    python benchmarks/web_load.py load OUT --readers 20           # every kind of page and interface, while `miner serve` answers

The store holds the reports of ``corpora/train`` and ``corpora/dev`` again and again, each time in another division, on other days, with other numbers
(fixed seed), so that words, lengths and rows are those of reports; the full-text index is as large as that of real reports of this number.
Each reader follows links as a person would: a search, a filter, a report, an organisation, the overview, the JSON interface; no reader waits between two.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
_NUMBER = re.compile(r"\d+(?![\d年月日时点:])")
Rows = dict[str, list[dict[str, Any]]]


def originals() -> list[Rows]:
    """The rows of the reports that are multiplied."""
    import miner
    from miner.learning.annotation import read_annotated

    files = [file for split in ("train", "dev") for file in sorted((ROOT / "corpora" / split).glob("*.ann"))]
    return [report.rows() for report in miner.mine(read_annotated(file).text for file in files)]


def divisions() -> list[tuple[str, str]]:
    """Names and codes of counties."""
    from miner.components.divisions import gazetteer

    return [(division.full, code) for code, division in gazetteer().divisions.items() if len(code) == 6]


class Variation:
    """One report told anew: another division, other days, other digits."""

    def __init__(self, rows: Rows, source: str, dice: random.Random, places: list[tuple[str, str]]) -> None:
        self.source, self.shift = source, dt.timedelta(dice.randrange(-2000, 1500))
        self.old, (self.new, self.code) = rows["reports"][0]["jurisdiction"], dice.choice(places)
        digits = list("123456789")
        dice.shuffle(digits)
        self.digits = str.maketrans("123456789", "".join(digits))
        self.salt = dice.getrandbits(60)
        self.rows = {name: [self.row(row) for row in found] for name, found in rows.items()}
        for row in self.rows["reports"]:
            row["jurisdiction"], row["jurisdiction_code"] = self.new, self.code

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row told anew."""
        out = {name: self.cell(name, value) for name, value in row.items()}
        out["source"] = self.source
        if "organisation_id" in out:
            out["organisation_id"] = "o" + hashlib.sha256(f"{out['name']}\n{self.code}".encode()).hexdigest()[:15]
        if out.get("sentence_key") is not None:
            out["sentence_key"] = (out["sentence_key"] ^ self.salt) & (1 << 62) - 1
        return out

    def cell(self, name: str, value: Any) -> Any:
        """A cell told anew."""
        if isinstance(value, dt.date):
            return value + self.shift
        if isinstance(value, str):
            value = value.replace(self.old, self.new) if self.old else value
            return _NUMBER.sub(lambda match: match.group().translate(self.digits), value) if name in ("text", "evidence", "quantity_text") else value
        if isinstance(value, list) and value and isinstance(value[0], str):
            return [part.replace(self.old, self.new) for part in value] if self.old else value
        if name in ("value", "high", "normalised_value") and value and float(value).is_integer():
            return float(str(int(value)).translate(self.digits))
        return value


def make(out: Path, sentences: int) -> None:
    """Make a store of at least so many sentences."""
    from miner.archive.registry import registry
    from miner.indexing import StoreKeeper
    from miner.schema import TABLES
    from miner.store.parquet import merge, write_rows

    base, places, dice = originals(), divisions(), random.Random(7)
    parts, held, shards = out / "parts", 0, []
    while held < sentences:
        rows: Rows = {name: [] for name in TABLES if name != "organisations"}
        for number in range(2_000):
            made = Variation(base[number % len(base)], f"{len(shards):03d}/{number:04d}.txt", dice, places).rows
            for name, found in made.items():
                rows[name] += found
        shards.append(f"{len(shards):03d}")
        held += len(rows["sentences"])
        (parts / shards[-1]).mkdir(parents=True, exist_ok=True)
        for name, found in rows.items():
            write_rows(parts / shards[-1] / f"{name}.parquet", name, found)
        print(f"\r{held:,} sentences", end="", file=sys.stderr, flush=True)
    tables = out / "tables"
    tables.mkdir(exist_ok=True)
    for name in ("reports", "sentences", "organisation_mentions", "events"):
        merge((parts / shard / f"{name}.parquet" for shard in shards), tables / f"{name}.parquet", name)
    write_rows(tables / "organisations.parquet", "organisations", registry(tables))
    with StoreKeeper(out) as keeper:
        keeper.finish(shards, lambda done, total: print(f"\rstore: {done}/{total}", end="          ", file=sys.stderr, flush=True))


WORDS = ("检查", "消毒", "口罩", "药店", "隐患", "志愿者", "学校", "累计", "出动执法人员", "整改", "培训", "发放", "企业", "疫情防控", "食品", "安全 检查", "巡查 OR 督查")


class Reader(threading.Thread):
    """Somebody who reads: asks one address after the other and notes how long each took."""

    def __init__(self, port: int, seed: int, until: float, known: dict[str, list[str]], pause: float) -> None:
        super().__init__(daemon=True)
        self.port, self.dice, self.until, self.known, self.pause = port, random.Random(seed), until, known, pause
        self.took: list[tuple[str, float, int]] = []

    def run(self) -> None:
        """Read until the time is up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while time.monotonic() < self.until:
            for kind, address in self.walk():
                began = time.perf_counter()
                connection.request("GET", address, headers={"Accept-Language": "zh-CN"})
                answer = connection.getresponse()
                answer.read()
                self.took.append((kind, time.perf_counter() - began, answer.status))
                if self.pause:
                    time.sleep(self.dice.expovariate(1 / self.pause))

    def walk(self) -> list[tuple[str, str]]:
        """A visit: addresses in the order in which a person would follow them."""
        dice, known = self.dice, self.known
        word, action = dice.choice(WORDS), dice.choice(known["action"])
        body, source, region = dice.choice(known["organisation"]), dice.choice(known["source"]), dice.choice(known["region"])
        year = dice.randrange(2012, 2024)
        return [
            ("search", "/search?" + urlencode({"q": word})),
            ("search, one filter", "/search?" + urlencode({"q": word, "action": action})),
            ("search, two filters", "/search?" + urlencode({"action": action, "from": f"{year}-01-01", "to": f"{year}-12-31"})),
            ("search, page 3", "/search?" + urlencode({"q": word, "page": 3})),
            ("report", "/report?" + urlencode({"source": source})),
            ("organisation", "/organisation?" + urlencode({"id": body})),
            ("search, organisation", "/search?" + urlencode({"organisation": body})),
            ("overview", "/overview"),
            ("overview, region", "/overview?" + urlencode({"region": region})),
            ("overview, action", "/overview?" + urlencode({"action": action})),
            ("organisations", "/organisations"),
            ("organisations, name", "/organisations?" + urlencode({"name": known["name"][dice.randrange(len(known["name"]))][-4:]})),
            ("api search", "/api/v1/search?" + urlencode({"q": word, "limit": 50, "facets": 5})),
            ("api records", "/api/v1/records?" + urlencode({"q": word, "limit": 50})),
            ("api counts", "/api/v1/counts?" + urlencode({"by": "month", "action": action})),
        ]


def sample(port: int) -> dict[str, list[str]]:
    """Bodies, reports, regions and actions of the store to ask for."""
    def ask(path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())

    sources: list[str] = []
    regions: list[str] = []
    for word in WORDS:
        hits = ask("/api/v1/search?" + urlencode({"q": word, "limit": 200, "offset": 200}))["hits"]
        sources += [hit["source"] for hit in hits]
        regions += [hit["region"] for hit in hits if hit["region"]]
    bodies = ask("/api/v1/organisations?limit=1000")["organisations"]
    return {"source": sorted(set(sources)), "region": sorted(set(regions)), "organisation": [body["organisation_id"] for body in bodies],
            "name": [body["name"] for body in bodies], "action": list(ask("/api/v1/codes")["action"])[:25]}


def load(out: Path, readers: int, seconds: float, workers: int, pause: float) -> None:
    """Serve the store and print, for each kind of page, how long readers waited."""
    port = 8799
    served = subprocess.Popen([sys.executable, "-m", "miner", "serve", str(out), "--port", str(port), "--workers", str(workers)], stderr=subprocess.DEVNULL)
    try:
        time.sleep(6)
        known = sample(port)
        until = time.monotonic() + seconds
        crowd = [Reader(port, seed, until, known, pause) for seed in range(readers)]
        for reader in crowd:
            reader.start()
        for reader in crowd:
            reader.join()
    finally:
        served.terminate()
        served.wait(20)
    report([one for reader in crowd for one in reader.took], readers, seconds, workers, pause)


def report(took: list[tuple[str, float, int]], readers: int, seconds: float, workers: int, pause: float) -> None:
    """Print the table."""
    print(f"{readers} readers, {seconds:g} s, {workers} workers, {os.cpu_count()} cores, pause {pause:g} s: {len(took)} answers, {len(took) / seconds:.0f}/s, "
          f"{sum(status >= 400 for _, _, status in took)} refused")
    print(f"{'':24}{'answers':>8}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for kind in [*dict.fromkeys(kind for kind, _, _ in took), "all"]:
        times = sorted(1000 * time for found, time, _ in took if kind in (found, "all"))
        print(f"{kind:24}{len(times):8}{times[len(times) // 2]:9.1f}{times[int(len(times) * 0.95)]:9.1f}{times[-1]:9.1f}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "load"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds that a reader reads before the next page")
    chosen = parser.parse_args()
    if chosen.what == "make":
        make(chosen.out, chosen.sentences)
    else:
        load(chosen.out, chosen.readers, chosen.seconds, chosen.workers, chosen.pause)


if __name__ == "__main__":
    main()
