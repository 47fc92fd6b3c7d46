"""Conditions, orders, pages and facets of a search, against reading every row."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from miner.archive import Settings, run
from miner.search import Hit, Query, search
from miner.store import Store, open_store
from miner.store.folding import fold
from miner.store.parquet import read_rows

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("conditions")
    run(ROOT / "corpora" / "samples", folder / "OUT", Settings())
    return open_store(folder / "OUT")


def found(store: Store, query: Query) -> list[Hit]:
    hits = search(store, query)
    assert hits.total == len(hits.hits)
    return hits.hits


CONDITIONS = [("action", "inspect", lambda record: record["action"] == "inspect"), ("modality", "done", lambda record: record["modality"] == "done"),
              ("item", "隐患", lambda record: "隐患" in (record["item"], record["normalised_item"])),
              ("organisation", "河西區市场监管局", lambda record: "河西区市场监管局" in record["organisations"]),
              ("region", "临江", lambda record: "临江" in (record["jurisdiction"] or "")),
              ("date_from", date(2021, 2, 1), lambda record: day(record) >= date(2021, 2, 1)),
              ("date_to", date(2021, 3, 31), lambda record: day(record) <= date(2021, 3, 31))]


def day(record: dict) -> date:
    return record["date_to"] or record["date_from"] or record["published"] or date(1, 1, 1)


@pytest.mark.parametrize("text", [None, "检查", "家", "检查 NOT 企业"])
@pytest.mark.parametrize(("first", "second"), [(a, b) for a, b in product(CONDITIONS, CONDITIONS) if a[0] <= b[0]])
def test_two_conditions_hold_for_one_record(store: Store, text: str | None, first: tuple, second: tuple) -> None:
    records = [record for record in read_rows(store.file.parent / "tables" / "records.parquet")
               if day(record) > date(1, 1, 1) or "date" not in first[0] + second[0]]
    words = {None: lambda _: True, "检查 NOT 企业": lambda text: "检查" in text and "企业" not in text}.get(text, lambda sentence: text in sentence)
    expected = {(record["source"], record["sentence"]) for record in records if first[2](record) and second[2](record) and words(fold(record["evidence"]))}
    hits = found(store, Query(text, **{first[0]: first[1], second[0]: second[1]}, limit=1000))
    with_records = {(hit.source, hit.sentence) for hit in hits if any(record["matches"] for record in hit.records)}
    assert with_records == expected
    if {first[0], second[0]} - {"region", "date_from", "date_to"}:
        assert len(hits) == len(expected)  # else sentences without records meet the conditions too
    for order in ("oldest", "relevance"):
        again = found(store, Query(text, **{first[0]: first[1], second[0]: second[1]}, limit=1000, order=order))
        assert {(hit.source, hit.sentence) for hit in again} == {(hit.source, hit.sentence) for hit in hits}


def test_each_facet_is_what_it_would_leave(store: Store) -> None:
    for query in (Query("检查", facets=100), Query("家", action="inspect", facets=100), Query(region="临江市", facets=100)):
        hits = search(store, query)
        assert hits.facets_of == hits.total
        for name, facets in hits.facets.items():
            for facet in facets:
                asked = {name: facet.value}
                if name == "month":
                    year, month = map(int, facet.value.split("-"))
                    asked = {"date_from": date(year, month, 1), "date_to": date(year, month, monthrange(year, month)[1])}
                left = search(store, Query(**(vars(query) | asked | {"facets": 0}))).total
                assert left == facet.hits or (name == "region" and left > facet.hits), (name, facet, left)  # 临江 is a part of 临江市 as well


def test_pages_put_together_are_the_whole(store: Store) -> None:
    for order in ("date", "oldest", "relevance"):
        whole = [(hit.source, hit.sentence) for hit in found(store, Query("检查", order=order, limit=1000))]
        pages = [(hit.source, hit.sentence) for at in range(0, len(whole), 7) for hit in search(store, Query("检查", order=order, limit=7, offset=at)).hits]
        assert pages == whole and len(whole) > 20


def test_relevance_goes_on_by_date_beyond_what_is_ranked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("miner.search.find.RANKED", 10)
    by_date = [(hit.source, hit.sentence) for hit in found(store, Query("检查", limit=1000))]
    pages = [(hit.source, hit.sentence) for at in range(0, len(by_date), 7) for hit in search(store, Query("检查", order="relevance", limit=7, offset=at)).hits]
    assert set(pages[:10]) == set(by_date[:10]) and pages[10:] == by_date[10:]


def test_one_report_alone(store: Store) -> None:
    hits = found(store, Query("检查", source="news.txt", limit=100))
    assert hits and {hit.source for hit in hits} == {"news.txt"}
    assert [hit.sentence for hit in hits] == sorted(hit.sentence for hit in hits)
    assert found(store, Query("检查", source="news.txt", action="inspect", limit=100))
    assert search(store, Query(source="nothing.txt")).total == 0


@pytest.mark.parametrize("wrong", [{"action": "flying"}, {"modality": "maybe"}, {"order": "colour"}, {"limit": -1}, {"offset": 1 << 63}])
def test_what_is_asked_wrongly_is_named(store: Store, wrong: dict) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        search(store, Query("x", **wrong))
