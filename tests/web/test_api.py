"""The JSON interface, its limits and its errors; its description holds against hostile questions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, settings

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient

from miner.schema import TABLES
from miner.web.app import make_app
from miner.web.settings import Settings

BASE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(str(store))), base_url=BASE) as one:
        yield one


def get(client: TestClient, path: str, **parameters: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_search_gives_hits_marks_rows_and_facets(client: TestClient) -> None:
    found = get(client, "search", q="药店", action="inspect", limit=1, facets=5, **{"from": "2021-07-01", "to": "2021-07-31"})
    assert (found["total"], found["offset"], found["words"]) == (1, 0, ["药店"])
    hit = found["hits"][0]
    assert hit["text"] == "2021年7月6日,临江市市场监管局出动执法人员36人次,检查药店12家,登记隐患3个。"
    assert [hit["text"][first:last] for first, last in hit["marks"]] == ["药店"]
    assert [(r["action"], r["value"], r["matches"]) for r in hit["records"] if r["action"] == "inspect"] == [("inspect", 12, True)]
    assert {f["value"]: f["hits"] for f in found["facets"]["month"]} == {"2021-07": 1}


def test_records_are_those_of_the_table(client: TestClient, store: Path) -> None:
    found = get(client, "records", action="inspect")
    wanted = [row for row in pq.read_table(store / "tables" / "records.parquet").to_pylist() if row["action"] == "inspect"]
    assert found["columns"] == list(TABLES["records"].names)
    assert sorted((r["source"], r["record"], r["value"]) for r in found["rows"]) == sorted((r["source"], r["record"], r["value"]) for r in wanted)
    assert found["next"] is None
    first = get(client, "records", q="2021年", limit=2)
    second = get(client, "records", q="2021年", limit=1000, offset=first["next"])
    everything = get(client, "records", q="2021年")
    assert first["rows"] + second["rows"] == everything["rows"]


def test_counts_count_nothing_twice_and_carry_a_time(client: TestClient) -> None:
    found = get(client, "counts", by=["month", "action"], sum=True)
    rows = {(r["month"], r["action"], r["unit"]): (r["value"], r["time"]) for r in found["rows"]}
    assert rows["2021-07", "inspect", "家"] == (12, "2021-07-01T00:00:00Z")
    assert rows["2021-08", "inspect", "家"] == (24, "2021-08-01T00:00:00Z")
    assert rows["2021-08", "train", "人次"] == (220, "2021-08-01T00:00:00Z")
    assert found["left_out"]["modality"] == 1
    assert found["left_out"]["repeated"] == 2
    assert set(found["columns"]) <= {key for row in found["rows"] for key in row} | {"reported"}


def test_a_report_and_a_body_are_given_whole(client: TestClient) -> None:
    report = get(client, "report", source="2021/七月.txt")
    assert report["tables"]["reports"][0]["title"] == "临江市市场监管局药品检查简报"
    assert len(report["tables"]["sentences"]) == 3
    body = get(client, "organisations", name="应急管理")["organisations"][0]
    assert get(client, "organisation", id=body["organisation_id"])["name"] == "临江市应急管理局"
    assert get(client, "codes")["action"]["inspect"]["zh"] == "检查督导"
    assert get(client, "status")["rows"]["reports"] == 4


@pytest.mark.parametrize(("path", "parameters", "status", "code", "names"), [
    ("search", {"from": "6.8.2021"}, 422, "day", "'6.8.2021' is no day"),
    ("search", {"from": "2021-09-01", "to": "2021-08-01"}, 422, "days", "lies after"),
    ("search", {"action": "walk"}, 422, "code", "unknown code 'walk'; known: organise"),
    ("search", {"limit": 1001}, 422, "parameter", "limit"),
    ("search", {"offset": 10_001}, 422, "parameter", "offset"),
    ("search", {"q": "甲" * 1001}, 422, "parameter", "q"),
    ("search", {"q": "a" * 17_000}, 414, "long", "longer than"),
    ("counts", {"by": "colour"}, 422, "parameter", "by"),
    ("counts", {"q": "检查"}, 422, "words_counted", "take filters"),
    ("report", {"source": "../../etc/passwd"}, 404, "no_report", "etc/passwd"),
    ("report", {}, 422, "parameter", "source"),
    ("organisation", {"id": "x"}, 404, "no_organisation", "'x'"),
    ("nothing", {}, 404, "no_page", "no such page"),
])
def test_errors_name_what_is_wrong(client: TestClient, path: str, parameters: dict[str, Any], status: int, code: str, names: str) -> None:
    answer = client.get(f"/api/v1/{path}", params=parameters)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert names in answer.json()["error"]["message"]


def test_a_store_that_works_too_long_is_stopped(store: Path) -> None:
    with TestClient(make_app(Settings(str(store), seconds=0.0)), base_url=BASE) as hurried:
        from miner.web import refusals

        before, refusals._STEPS = refusals._STEPS, 1
        try:
            answer = hurried.get("/api/v1/search", params={"q": "检查"})
            page = hurried.get("/search", params={"q": "检查", "lang": "zh"})
        finally:
            refusals._STEPS = before
    assert (answer.status_code, answer.json()["error"]["code"], answer.headers["retry-after"]) == (503, "slow", "5")
    assert page.status_code == 503
    assert "耗时超过" in page.text


def test_downloads_hold_the_records_that_are_shown(client: TestClient) -> None:
    plain = client.get("/search.csv", params={"q": "药店", "action": "inspect"})
    assert plain.headers["content-disposition"] == 'attachment; filename="records.csv"'
    rows = list(csv.DictReader(io.StringIO(plain.content.decode("utf-8-sig"))))
    assert sorted(row["value"] for row in rows) == ["12", "15", "15", "9", "9"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/search.xlsx", params={"q": "药店", "action": "inspect", "lang": "zh"}).content))
    cells = list(book.active.values)
    assert cells[0][2:6] == ("机构", "机构类型", "行动类型", "触发词")
    assert {row[4] for row in cells[1:]} == {"检查督导"}
    alone = list(csv.DictReader(io.StringIO(client.get("/search.csv", params={"q": "药品检查简报"}).content.decode("utf-8-sig"))))
    assert [(row["evidence"], row["action"]) for row in alone] == [("临江市市场监管局药品检查简报", "")]


def test_the_description_promises_what_is_answered(store: Path) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(Settings(str(store))))
    seen: dict[str, int] = {}

    @described.parametrize()
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        answer = case.call()
        seen[case.path] = seen.get(case.path, 0) + 1
        assert answer.status_code < 500, (case.formatted_path, case.query, answer.text)
        if answer.status_code == 200:
            case.validate_response(answer, checks=[schemathesis.checks.response_schema_conformance, schemathesis.checks.content_type_conformance])
        else:
            assert set(answer.json()) == {"error"}

    for operation in described.get_all_operations():
        schemathesis_run(operation.ok(), ask)
    assert len(seen) == 8, seen
    assert min(seen.values()) >= 1


def schemathesis_run(operation: Any, ask: Any) -> None:
    """Ask an operation with generated questions."""
    from hypothesis import given

    @given(case=operation.as_strategy())
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    def generated(case: Any) -> None:
        getattr(ask, "__wrapped__", ask)(case)

    generated()


def test_the_docs_pandas_recipe_runs(address: str, store: Path) -> None:
    import re

    from tests.conftest import ROOT

    block = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "web.md").read_text("utf-8"), re.S)
    assert block
    names: dict[str, Any] = {"ADDRESS": address}
    exec(compile(block[1], "docs/web.md", "exec"), names)
    assert names["table"].loc["2021-08", ("inspect", "家")] == 24
    wanted = [row for row in pq.read_table(store / "tables" / "records.parquet").to_pylist() if row["action"] == "inspect" and row["modality"] == "done"]
    assert sorted(names["records"].value) == sorted(row["value"] for row in wanted)
