"""One report gives the same tables in whatever format and encoding it comes; only offsets differ."""

import pytest

from miner.archive import Settings, run
from miner.store.parquet import read_rows
from tests.archive.forms import FORMS, REPORTS

TABLES = ("reports", "articles", "sentences", "organisation_mentions", "dates", "quantities", "events", "records")
#: Where a cell stands, how the file was read, what the archive adds.
ASIDE = {"source", "format", "encoding", "replaced", "length", "start", "end", "quantity_start", "quantity_end", "repeat_of_source", "repeated"}


def tables(folder, source):
    found = {}
    for name in TABLES:
        rows = [row for row in read_rows(folder / "tables" / f"{name}.parquet") if row["source"] == source]
        found[name] = [{key: _plain(key, value) for key, value in row.items() if key not in ASIDE} for row in rows]
    return found


def _plain(key, value):
    if key.endswith("_at"):
        return value is not None
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("name", REPORTS)
def test_tables_are_the_same_in_every_format(name, tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    for file, write in FORMS.values():
        (archive / file).write_bytes(write(REPORTS[name]))
    run(archive, tmp_path / "out", Settings())
    assert list(read_rows(tmp_path / "out" / "tables" / "rejects.parquet")) == []
    plain = tables(tmp_path / "out", "a.txt")
    assert plain["records"]
    assert plain["reports"][0]["title"]
    for source in ("b.txt", "c.zip/in/a.txt", "d.html", "e.docx", "f.html", "g.txt"):
        other = tables(tmp_path / "out", source)
        for table in TABLES:
            assert other[table] == plain[table], (source, table)
