"""A store → files for Elasticsearch or OpenSearch: the mapping of an index, and its documents in the bulk format.

One document for each sentence, with the facts of its report and the records that rest on it. Text is analysed by ``cjk``: bigrams, width and case folded.
The format: elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk, docs.opensearch.org (Bulk API); the same for both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from miner.schema import TABLES
from miner.store import Store

_TYPES = {"string": "keyword", "strings": "keyword", "integer": "long", "integers": "long", "number": "double", "boolean": "boolean", "date": "date"}
_TEXT = {"type": "text", "analyzer": "cjk"}
_NAMED = {"type": "keyword", "fields": {"text": _TEXT}}
_LONG = {"type": "keyword", "index": False, "doc_values": False}
_SENTENCE = ("source", "sentence", "start", "end", "heading", "kind", "text")
_REPORT = ("title", "published", "publisher", "jurisdiction", "jurisdiction_code")
_OF_SENTENCE = ("source", "sentence", "evidence", "title", "published", "jurisdiction")
_RECORD = tuple(column.name for column in TABLES["records"].columns if column.name not in _OF_SENTENCE)
_STEP = 500


def mapping() -> dict[str, Any]:
    """Settings and mapping of the index."""
    fields: dict[str, Any] = {}
    for table, names in (("sentences", _SENTENCE), ("reports", _REPORT)):
        fields |= {column.name: {"type": _TYPES[column.type]} for column in TABLES[table].columns if column.name in names}
    records: dict[str, Any] = {column.name: {"type": _TYPES[column.type]} for column in TABLES["records"].columns if column.name in _RECORD}
    records |= {"organisation_ids": {"type": "keyword"}, "left_out": {"type": "keyword"}, "item": _NAMED, "organisation": _NAMED,
                "organisation_reason": _LONG, "date_reason": _LONG}
    fields |= {"text": _TEXT, "title": _TEXT, "heading": _TEXT, "repeat": {"type": "boolean"}, "records": {"type": "nested", "properties": records}}
    return {"settings": {"number_of_shards": 1}, "mappings": {"dynamic": "strict", "properties": fields}}


def documents(store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    """The id and the content of every document, newest report first."""
    query = f"""SELECT s.id AS sentence_id, {', '.join('p.' + name if name == 'source' else f's."{name}"' for name in _SENTENCE)},
        {', '.join('p.' + name for name in _REPORT)}, s.repeat_of IS NOT NULL OR s.repeat_of_source IS NOT NULL AS repeat
        FROM sentences s JOIN reports p ON p.id = s.report_id WHERE s.id > ? ORDER BY s.id LIMIT {_STEP}"""
    last = -1
    while rows := store.connection().execute(query, (last,)).fetchall():
        records: dict[int, list[dict[str, Any]]] = {}
        for record in store.records("t.sentence_id BETWEEN ? AND ?", (rows[0]["sentence_id"], rows[-1]["sentence_id"])):
            names = (*_RECORD, "organisation_ids", "left_out")
            records.setdefault(record["sentence_id"], []).append({name: record[name] for name in names if record[name] is not None})
        for row in rows:
            cells = {name: row[name] for name in (*_SENTENCE, *_REPORT) if row[name] is not None}
            yield f"{row['source']}#{row['sentence']}", {**cells, "repeat": bool(row["repeat"]), "records": records.get(row["sentence_id"], [])}
        last = rows[-1]["sentence_id"]


def export(store: Store, folder: Path, index: str = "miner", megabytes: int = 50) -> dict[str, int]:
    """Write ``mapping.json`` and ``bulk-0001.ndjson`` … into a folder.

    Parameters
    ----------
    store
        The store.
    folder
        Where to write; made if needed. Files of an earlier export are replaced.
    index
        The name of the index.
    megabytes
        About how large a file becomes at most (a server takes at most 100 MB at once, unless told otherwise).

    Returns
    -------
    dict
        ``documents`` and ``files``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("bulk-*.ndjson"):
        old.unlink()
    (folder / "mapping.json").write_text(json.dumps(mapping(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    number, files, size, file = 0, 0, 0, None
    try:
        for key, content in documents(store):
            lines = "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in ({"index": {"_index": index, "_id": key}}, content)).encode()
            if file is None or size + len(lines) > megabytes * 1_000_000:
                if file is not None:
                    file.close()
                files, size = files + 1, 0
                file = (folder / f"bulk-{files:04}.ndjson").open("wb")
            file.write(lines)
            number, size = number + 1, size + len(lines)
    finally:
        if file is not None:
            file.close()
    return {"documents": number, "files": files}
