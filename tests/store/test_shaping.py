"""What a worker leaves for the store is what the store would make of the part itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from miner.archive import Settings, run
from miner.archive.options import Options
from miner.archive.parts import PART_TABLES
from miner.archive.plan import list_inputs, make_shards
from miner.archive.worker import work_shard
from miner.store.parquet import read_rows
from miner.store.shaping import SHAPED, shape, take
from miner.store.writer import Writer

SAMPLES = Path(__file__).parent.parent.parent / "corpora" / "samples"


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    folder = tmp_path_factory.mktemp("part")
    (shard,) = make_shards(list_inputs(SAMPLES), 1000, "decides")
    work_shard(shard, folder / "one", "decides", Options())
    return folder / "one"


def rows_of(part):
    return {name: list(read_rows(part / f"{name}.parquet")) for name in PART_TABLES}


def dumped(file):
    with Writer(file) as writer:
        return [line for line in writer.db.iterdump() if not line.startswith(("INSERT INTO \"words", "INSERT INTO \"sqlite_"))]


def tables(shaped):
    """By table the columns and the rows of a shaped part."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(shaped)
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: db.execute(f"SELECT * FROM {name} ORDER BY rowid") for name in names}
        return {name: ([column[0] for column in rows.description], rows.fetchall()) for name, rows in found.items()}


def test_a_worker_shapes_its_rows_as_their_files_would_be(part):
    left = tables(take(part))
    assert left == tables(shape(rows_of(part)))
    assert left.keys() == {*PART_TABLES, "terms", "actors", "facts", "words"}
    assert all(rows for name, (_, rows) in left.items() if name != "rejects")


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:-1] + b"?", lambda data: b"other program" + data])
def test_what_is_damaged_or_of_another_program_is_not_taken(part, tmp_path, damage):
    (tmp_path / SHAPED).write_bytes(damage((part / SHAPED).read_bytes()))
    assert take(tmp_path) is None


def test_a_store_is_the_same_with_and_without_what_the_worker_left(part, tmp_path):
    with Writer(tmp_path / "with.db") as writer:
        writer.add(part)
    assert not (part / SHAPED).exists()
    with Writer(tmp_path / "without.db") as writer:
        writer.add(part)
    assert dumped(tmp_path / "with.db") == dumped(tmp_path / "without.db")


def test_nothing_is_left_in_the_parts_of_a_run(tmp_path):
    run(SAMPLES, tmp_path / "out", Settings(shard_size=3))
    assert not list((tmp_path / "out").rglob(SHAPED))


def test_indexes_for_searches_are_dropped_for_much_and_made_again(tmp_path, part):
    def indexes(writer):
        return {name for (name,) in writer.db.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}

    with Writer(tmp_path / "store.db") as writer:
        every = indexes(writer)
        writer.add(part)
        assert indexes(writer) < every
        writer.index()
        assert indexes(writer) == every
    with Writer(tmp_path / "store.db") as writer:  # one part more is little beside ten times as much
        writer._held *= 10
        writer.add(part.rename(part.with_name("two")))
        assert indexes(writer) == every
