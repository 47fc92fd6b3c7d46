"""The files for Elasticsearch and OpenSearch."""

from __future__ import annotations

import json
from pathlib import Path

from miner.archive import Settings, run
from miner.export.elasticsearch import export, mapping
from miner.store import open_store
from miner.store.parquet import read_rows


def test_documents_and_mapping(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", Settings())
    written = export(open_store(tmp_path / "out"), tmp_path / "es", index="reports", megabytes=1)
    assert written == {"documents": 10, "files": 1}
    lines = [json.loads(line) for line in (tmp_path / "es" / "bulk-0001.ndjson").read_text("utf-8").splitlines()]
    actions, documents = lines[::2], lines[1::2]
    sentences = {f"{row['source']}#{row['sentence']}": row for row in read_rows(tmp_path / "out" / "tables" / "sentences.parquet")}
    assert [set(action) for action in actions] == [{"index"}] * len(actions)
    assert {action["index"]["_id"] for action in actions} == set(sentences) and {action["index"]["_index"] for action in actions} == {"reports"}
    for action, document in zip(actions, documents, strict=True):
        assert document["text"] == sentences[action["index"]["_id"]]["text"]
    records = [record for document in documents for record in document["records"]]
    assert len(records) == sum(1 for _ in read_rows(tmp_path / "out" / "tables" / "records.parquet"))
    (first,) = [document for document in documents if document["source"] == "a.txt" and "药店" in document["text"] and document["records"]]
    assert [(record["action"], record["value"], record["item"]) for record in first["records"]] == [
        ("deploy", 36.0, "执法人员"), ("inspect", 12.0, "药店"), ("inspect", 3.0, "问题")]

    fields = mapping()["mappings"]["properties"]  # `strict`: a server refuses what the mapping does not name
    assert {name for document in documents for name in document} <= set(fields)
    assert {name for record in records for name in record} <= set(fields["records"]["properties"])
    assert json.loads((tmp_path / "es" / "mapping.json").read_text("utf-8")) == mapping() and fields["text"]["analyzer"] == "cjk"


def test_files_are_cut_between_documents(archive: Path, tmp_path: Path, monkeypatch) -> None:
    run(archive, tmp_path / "out", Settings())
    monkeypatch.setattr("miner.export.elasticsearch._STEP", 5)
    whole = export(open_store(tmp_path / "out"), tmp_path / "one")
    (tmp_path / "many").mkdir()
    (tmp_path / "many" / "bulk-0099.ndjson").write_text("old", "utf-8")
    assert export(open_store(tmp_path / "out"), tmp_path / "many", megabytes=0) == {"documents": whole["documents"], "files": whole["documents"]}
    cut = b"".join(file.read_bytes() for file in sorted((tmp_path / "many").glob("bulk-*.ndjson")))
    assert cut == (tmp_path / "one" / "bulk-0001.ndjson").read_bytes()
