"""Read-only, known hosts only, with the token where one is set, under a strict policy; and ``miner serve`` says what it opens."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient

from miner.web.app import make_app
from miner.web.settings import Settings

BASE = "http://127.0.0.1"


def client(store: Path, **settings: object) -> TestClient:
    return TestClient(make_app(Settings(str(store), **settings)), base_url=BASE)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "SPAM"])
def test_nothing_can_be_written(store: Path, method: str) -> None:
    for path in ("/", "/api/v1/search", "/static/style.css", "/none"):
        answer = client(store).request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_no_route_takes_anything_but_get(store: Path) -> None:
    assert {tuple(sorted(operations)) for operations in make_app(Settings(str(store))).openapi()["paths"].values()} == {("get",)}


def test_head_answers_without_a_body(store: Path) -> None:
    answer = client(store).head("/overview")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/api/v1/status", "/static/style.css", "/none", "/report?source=none"])
def test_every_answer_carries_the_policy(store: Path, path: str) -> None:
    headers = client(store).get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "access-control-allow-origin" not in headers


def test_no_page_holds_a_script_or_a_style_of_its_own(store: Path) -> None:
    for path in ("/", "/overview", "/search?q=检查", "/organisations", "/api", "/report?source=恶意.txt", "/report?source=none"):
        text = client(store).get(path).text
        assert "<script" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert " onerror=" not in text.replace(" onerror=&#34;", "")


def test_foreign_host_names_are_refused_on_loopback(store: Path) -> None:
    local = client(store, hosts=("localhost", "127.0.0.1", "::1"))
    assert local.get("/").status_code == 200
    assert local.get("/", headers={"host": "localhost:8000"}).status_code == 200
    assert local.get("/", headers={"host": "[::1]:8000"}).status_code == 200
    assert local.get("/", headers={"host": "evil.example"}).status_code == 421
    assert local.get("/", headers={"host": "127.0.0.1.evil.example:8000"}).status_code == 421


def test_with_a_token_nothing_is_told_without_it(store: Path) -> None:
    guarded = client(store, token="钥匙7")
    for path in ("/", "/api/v1/status", "/static/style.css", "/none"):
        answer = guarded.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"].split()[0]) == (401, "Basic")
        assert guarded.get(path, headers={"authorization": "Bearer 钥匙".encode()}).status_code == 401
        assert guarded.get(path, headers={"authorization": "Basic !!"}).status_code == 401
    password = base64.b64encode("任何人:钥匙7".encode()).decode()
    assert guarded.get("/", headers={"authorization": f"Basic {password}"}).status_code == 200
    assert guarded.get("/api/v1/status", headers={"authorization": "Bearer 钥匙7".encode()}).status_code == 200


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "miner", "serve", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_a_folder_without_a_store_is_told(tmp_path: Path) -> None:
    done = serve(str(tmp_path))
    assert done.returncode == 2
    assert "miner serve: " in done.stderr
    assert "reports.db" in done.stderr


def test_an_open_door_is_told(store: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "miner", "serve", str(store), "--host", "0.0.0.0", "--port", "0", "--workers", "1"],
                               stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stderr
        assert "warning: 0.0.0.0 can be reached from other machines; whoever reaches it can read all reports WITHOUT a token" in process.stderr.readline()
    finally:
        process.kill()
        process.wait()


def test_a_page_links_to_this_site_alone(store: Path) -> None:
    import re

    for path in ("/", "//evil.example/x", "/search?q=检查&lang=zh", "/overview"):
        links = re.findall(r'(?:href|action|src)="([^"]*)"', client(store).get(f"{BASE}{path}").text)
        assert links
        assert [link for link in links if not re.match(r"/(?!/)|#", link)] == []
