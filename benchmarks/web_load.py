"""How long the web pages take on a large store, under readers who ask at the same time.

    python benchmarks/search_speed.py OUT --sentences 1000000    # makes a store of that size
    python benchmarks/web_load.py OUT --readers 20               # asks every kind of page of `miner serve`

Each reader follows links as a person would (a search, a filter, a report, an organisation, the overview, the JSON interface), for another word, action,
item, body and report each time, and reads for --pause seconds on average before the next; with --pause 0 nobody reads: the most that can be asked.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

WORDS = ("检查", "消毒", "口罩", "药店", "隐患", "志愿者", "学校", "累计", "出动执法人员", "整改", "培训", "发放",
         "企业", "疫情防控", "食品", "安全 检查", "巡查 OR 督查")


class Reader(threading.Thread):
    """Somebody who reads: asks one address after the other and notes how long each took."""

    def __init__(self, port: int, seed: int, until: float, known: dict[str, list[str]], pause: float) -> None:
        super().__init__(daemon=True)
        self.port, self.dice, self.until, self.known, self.pause = port, random.Random(seed), until, known, pause
        self.took: list[tuple[str, float, int]] = []

    def run(self) -> None:
        """Read until the time is up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        time.sleep(self.dice.random() * 10 * self.pause)  # readers do not come all at the same instant
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
        body, source, item = dice.choice(known["organisation"]), dice.choice(known["source"]), dice.choice(known["item"])
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
            ("overview, item", "/overview?" + urlencode({"item": item})),
            ("overview, body", "/overview?" + urlencode({"organisation": body})),
            ("overview, action", "/overview?" + urlencode({"action": action})),
            ("organisations", "/organisations"),
            ("organisations, name", "/organisations?" + urlencode({"name": known["name"][dice.randrange(len(known["name"]))][-4:]})),
            ("api search", "/api/v1/search?" + urlencode({"q": word, "limit": 50, "facets": 5})),
            ("api records", "/api/v1/records?" + urlencode({"q": word, "limit": 50})),
            ("api counts", "/api/v1/counts?" + urlencode({"by": "month", "action": action})),
        ]


def sample(port: int) -> dict[str, list[str]]:
    """Bodies, reports, items and actions of the store to ask for."""
    def ask(path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())

    sources: list[str] = []
    items: list[str] = []
    for word in WORDS:
        hits = ask("/api/v1/search?" + urlencode({"q": word, "limit": 200, "offset": 200}))["hits"]
        sources += [hit["source"] for hit in hits]
        items += [record["normalised_item"] for hit in hits for record in hit["records"] if record["normalised_item"]]
    bodies = ask("/api/v1/organisations?limit=1000")["organisations"]
    return {"source": sorted(set(sources)), "item": sorted(set(items)), "organisation": [body["organisation_id"] for body in bodies],
            "name": [body["name"] for body in bodies], "action": list(ask("/api/v1/codes")["action"])[:25]}


def load(out: Path, readers: int, seconds: float, workers: int, pause: float, warm: float) -> None:
    """Serve the store and print, for each kind of page, how long readers waited."""
    port = 8799
    served = subprocess.Popen([sys.executable, "-m", "miner", "serve", str(out), "--port", str(port), "--workers", str(workers)], stderr=subprocess.DEVNULL)
    try:
        time.sleep(6)
        known = sample(port)
        time.sleep(warm)
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
    parser.add_argument("out", type=Path, help="the folder of a run")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds that a reader reads before the next page")
    parser.add_argument("--warm", type=float, default=0.0, help="seconds to wait first: the server makes the counts that take long")
    chosen = parser.parse_args()
    load(chosen.out, chosen.readers, chosen.seconds, chosen.workers, chosen.pause, chosen.warm)


if __name__ == "__main__":
    main()
