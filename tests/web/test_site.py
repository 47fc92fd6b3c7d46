"""Pages of many hits, a store that grows while it is served, answers that are kept."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient

from miner.web.app import make_app
from miner.web.cache import Cache
from miner.web.settings import Settings
from miner.web.warm import Warmer

BASE = "http://127.0.0.1"


def grow(folder: Path, numbers: range) -> None:
    """Mine so many reports, each of one sentence, into the same store."""
    from miner.archive.run import Settings as RunSettings
    from miner.archive.run import run

    (folder / "archive").mkdir(exist_ok=True)
    for number in numbers:
        (folder / "archive" / f"{number:03}.txt").write_text(f"2021年8月6日,临江市市场监管局检查药店{100 + number}家。", "utf-8")
    run(folder / "archive", folder / "out", RunSettings())


def test_hits_stand_on_pages_and_a_new_run_is_noticed(tmp_path: Path) -> None:
    grow(tmp_path, range(45))
    with TestClient(make_app(Settings(str(tmp_path / "out"))), base_url=BASE) as client:
        pages = [client.get("/search", params={"q": "检查药店", "page": page, "lang": "zh"}).text for page in (1, 2, 3)]
        found = [re.findall(r"</mark>(\d+)家", page) for page in pages]
        assert [len(numbers) for numbers in found] == [20, 20, 5]
        assert sorted(number for numbers in found for number in numbers) == [str(100 + number) for number in range(45)]
        assert ['rel="prev"' in page for page in pages] == [False, True, True]
        assert ['rel="next"' in page for page in pages] == [True, True, False]
        assert "第 2 页，共 3 页" in pages[1]
        assert client.get("/search", params={"page": 501}).status_code == 422
        assert client.get("/search", params={"page": 0}).status_code == 422
        before = client.get("/api/v1/status").json()
        grow(tmp_path, range(45, 47))
        after = client.get("/api/v1/status").json()
        assert (before["rows"]["reports"], after["rows"]["reports"]) == (45, 47)
        assert before["generation"] != after["generation"]
        assert "47 个句子" in client.get("/search", params={"q": "检查药店", "lang": "zh"}).text


def test_names_of_bodies_are_found_in_any_script(store: Path) -> None:
    with TestClient(make_app(Settings(str(store))), base_url=BASE) as client:
        for name in ("市场监管局", "市場監管局"):
            assert [body["name"] for body in client.get("/api/v1/organisations", params={"name": name}).json()["organisations"]] == ["临江市市场监管局"]
        assert client.get("/api/v1/organisations", params={"name": "没有"}).json()["organisations"] == []


def test_what_takes_long_is_made_before_it_is_asked_for(store: Path) -> None:
    site = make_app(Settings(str(store))).state.site
    Warmer(site).warm()
    kept = len(site._cache._kept)
    with TestClient(make_app(Settings(str(store))), base_url=BASE) as client:
        client.app.state.site = site
        assert client.get("/overview", params={"action": "inspect"}).status_code == 200
        assert client.get("/overview").status_code == 200
    assert len(site._cache._kept) == kept


def test_an_answer_is_made_once_however_many_ask() -> None:
    cache, made, together = Cache(2), [], threading.Barrier(8)

    def make() -> int:
        made.append(1)
        threading.Event().wait(0.05)
        return 7

    def ask() -> None:
        together.wait()
        assert cache.get("a", make) == 7

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    cache.get("b", make)
    cache.get("c", make)
    cache.get("a", make)
    assert len(made) == 4, "the oldest answer goes first"


def test_an_answer_that_fails_is_not_kept() -> None:
    cache = Cache()

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cache.get("a", fail)
    assert cache.get("a", lambda: 1) == 1
