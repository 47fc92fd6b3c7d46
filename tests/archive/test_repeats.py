"""Sentences that stand a second time, in a report or in the archive, are marked, so that counts can skip them."""

import pyarrow.parquet as pq
import pytest

from miner.archive import Settings, run
from miner.archive.order import Ordered
from miner.archive.parts import load_all
from miner.archive.repeats import merge_marked
from miner.store.parquet import read_rows

FIRST = "2021年3月2日,临江市水务局组织巡查河道36公里,清理漂浮物12吨。"
SHORT = "整改问题9个。"
OTHER = "2021年3月9日,临江市水务局组织巡查河道41公里,清理漂浮物15吨。"


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_text(f"临江市水务局河道巡查\n\n{FIRST}{SHORT}\n", "utf-8")
    (folder / "b.txt").write_text(f"临江市水务局河道清理\n\n{OTHER}\n\n{FIRST}{SHORT}\n\n市水务局还检查泵站5座。\n", "utf-8")
    (folder / "c.html").write_text(f"<html><body><h1>水务周报</h1><p>{FIRST.replace(',', '，')}</p><p>{SHORT}</p><p>{FIRST}{SHORT}</p></body></html>", "utf-8")
    return folder


def rows(out, name):
    return list(read_rows(out / "tables" / f"{name}.parquet"))


def marks(out):
    return {(row["source"], row["text"].replace("，", ",")): row["repeat_of_source"] for row in rows(out, "sentences") if row["repeat_of"] is None}


def test_a_sentence_of_an_earlier_report_names_the_first_that_holds_it(archive, tmp_path):
    run(archive, tmp_path / "out", Settings())
    found = marks(tmp_path / "out")
    assert found["a.txt", FIRST] is found["a.txt", SHORT] is found["b.txt", OTHER] is None
    assert found["b.txt", FIRST] == found["b.txt", SHORT] == found["c.html", FIRST] == "a.txt"


def test_a_sentence_of_the_same_report_names_its_index(archive, tmp_path):
    run(archive, tmp_path / "out", Settings())
    page = [row for row in rows(tmp_path / "out", "sentences") if row["source"] == "c.html"]
    first, again = [row for row in page if row["text"].replace("，", ",") == FIRST]
    assert first["repeat_of"] is None
    assert again["repeat_of"] == first["sentence"]


def test_the_same_words_with_other_figures_are_no_repeat(archive, tmp_path):
    (archive / "d.txt").write_text(f"周报\n\n{FIRST}\n\n{OTHER}\n\n{FIRST.replace('12吨', '13吨')}\n", "utf-8")
    run(archive / "d.txt", tmp_path / "out", Settings())
    assert [row["repeat_of"] for row in rows(tmp_path / "out", "sentences")] == [None] * 4


def test_records_of_repeats_are_marked_and_counts_can_skip_them(archive, tmp_path):
    run(archive, tmp_path / "out", Settings())
    found = rows(tmp_path / "out", "records")
    sentences = {(row["source"], row["sentence"]): row for row in rows(tmp_path / "out", "sentences")}
    for row in found:
        sentence = sentences[row["source"], row["sentence"]]
        assert row["evidence"] == sentence["text"]
        assert row["repeated"] == (sentence["repeat_of"] is not None or sentence["repeat_of_source"] is not None)
    amounts = [row["value"] for row in found if row["unit"] == "吨"]
    assert sorted(amounts) == [12, 12, 12, 12, 15]
    assert sorted(row["value"] for row in found if row["unit"] == "吨" and not row["repeated"]) == [12, 15]


def test_shards_and_workers_and_later_runs_mark_the_same(archive, tmp_path):
    run(archive, tmp_path / "one", Settings())
    run(archive, tmp_path / "two", Settings(shard_size=1, workers=2))
    last = archive / "0.txt"
    run(archive, tmp_path / "grown", Settings(shard_size=2))
    last.write_text(FIRST, "utf-8")
    run(archive, tmp_path / "grown", Settings(shard_size=2))
    assert marks(tmp_path / "grown")["a.txt", FIRST] == "0.txt"
    last.unlink()
    run(archive, tmp_path / "grown", Settings(shard_size=2))
    for name in ("sentences", "records"):
        assert rows(tmp_path / "one", name) == rows(tmp_path / "two", name) == rows(tmp_path / "grown", name)


@pytest.mark.parametrize("bucket", [1, 2, 1000])
def test_the_marks_do_not_depend_on_how_many_sentences_are_sorted_at_once(archive, tmp_path, bucket):
    run(archive, tmp_path / "out", Settings(shard_size=2))
    parts = {place.id: place for place in load_all(tmp_path / "out" / "parts")}
    ordered = Ordered([(parts[shard], index) for shard in dict.fromkeys(_shards(tmp_path / "out")) for index in range(len(parts[shard].inputs))])
    (tmp_path / "again").mkdir()
    assert merge_marked(ordered, tmp_path / "again", bucket) == {name: len(rows(tmp_path / "out", name)) for name in ("sentences", "records")}
    for name in ("sentences", "records"):
        assert pq.read_table(tmp_path / "again" / f"{name}.parquet").equals(pq.read_table(tmp_path / "out" / "tables" / f"{name}.parquet"))
    assert sorted(file.name for file in (tmp_path / "again").iterdir()) == ["records.parquet", "sentences.parquet"]


def _shards(out):
    import json

    return [found["shard"] for found in json.loads((out / "manifest.json").read_text("utf-8"))["inputs"]]


def test_an_archive_without_text_has_empty_tables(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "empty.txt").write_bytes(b"")
    run(tmp_path / "archive", tmp_path / "out", Settings())
    assert rows(tmp_path / "out", "sentences") == rows(tmp_path / "out", "records") == []
