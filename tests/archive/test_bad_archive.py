"""What goes wrong in a real archive, with the real command: every file gives rows or a reject that says why, the others go on, status 1, no traceback."""

import io
import json
import os
import random
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from miner.archive import Settings, run
from miner.store.parquet import read_rows
from tests.fuzz.mutate import mutations

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
REPORT = "2021年8月6日,临江市市场监管局检查药店12家。"


def zipped(*members):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two members with one name
        for name, data in members:
            package.writestr(name, data)
    return box.getvalue()


def encrypted_zip():
    data = bytearray(zipped(("a.txt", REPORT.encode())))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def encrypted_pdf():
    """A PDF whose password nobody knows: the check values are arbitrary."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"17" * 32 + b"> /U <" + b"2a" * 32 + b"> >>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00><00>] >>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + table + trailer


def cut(name):
    data = (SAMPLES / name).read_bytes()
    return data[: len(data) // 2]


#: name → (content, stage and words of the reason; None if it is read).
FILES = {
    "empty.txt": (b"", ("decode", "empty")),
    "blank.txt": (b" \n\x00\n", ("decode", "no text")),
    "binary.txt": (random.Random(1).randbytes(50_000), ("decode", "binary")),
    "program": (b"\x7fELF" + b"\x00" * 200, ("convert", "program")),
    "legacy.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ("convert", ".doc")),
    "cut.docx": (cut("news.docx"), ("convert", "damaged")),
    "cut.xlsx": (cut("workbook.xlsx"), ("convert", "damaged")),
    "cut.pdf": (cut("bulletin.pdf"), ("convert", "damaged")),
    "cut.zip": (cut("archive_gbk_names.zip"), ("archive", "damaged")),
    "cut.tar.gz": (cut("archive.tar.gz"), ("archive", "damaged")),
    "locked.pdf": (encrypted_pdf(), ("convert", "encrypted")),
    "locked.zip": (encrypted_zip(), ("archive", "encrypted")),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ("convert", "encrypted")),
    "climbs.zip": (zipped(("../../x.txt", REPORT.encode())), ("archive", "leaves the archive")),
    "bomb.zip": (zipped(("bomb.txt", b"0" * 40_000_000)), ("archive", "packed more than")),
    "huge.txt": (f"{REPORT}\n".encode() * (60_000_000 // len(f"{REPORT}\n".encode()) + 1), ("decode", "longer than")),
    "nul.txt": (REPORT.replace("检查", "检\x00查\x00").encode(), None),
    "surrogate.txt": (b"\xed\xa0\x80" + REPORT.encode() + b"\xed\xb2\x80", None),
    "twice.zip": (zipped(("a.txt", REPORT.encode()), ("a.txt", REPORT.replace("12", "13").encode())), None),
    "ok.txt": (REPORT.encode(), None),
}
READ = {"nul.txt", "surrogate.txt", "twice.zip/a.txt", "twice.zip/a~2.txt", "ok.txt"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad") / "archive"
    folder.mkdir()
    for name, (data, _) in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    for name in (b"\xff\xfe\xfa.txt", "报告".encode("gbk") + b".txt", "报告".encode() + b".txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(REPORT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def mined(archive):
    out = archive.parent / "out"
    done = miner("run", archive, "--out", out)
    return done, {name: {row["source"]: row for row in read_rows(out / "tables" / f"{name}.parquet")} for name in ("reports", "rejects")}


def miner(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "miner", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", errors="replace", check=False, timeout=120
    )


def test_the_command_ends_with_1_and_no_traceback(mined):
    done, _ = mined
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "inputs could not be mined" in done.stderr


@pytest.mark.parametrize("name", [name for name, (_, expected) in FILES.items() if expected])
def test_what_is_not_read_says_where_and_why(mined, name):
    stage, words = FILES[name][1]
    (row,) = [row for source, row in mined[1]["rejects"].items() if source.split("/")[0] == name]
    assert row["stage"] == stage
    assert words in row["reason"]
    assert row["hint"] or name in ("empty.txt", "blank.txt", "program"), "nothing helps these"


def test_links_pipes_and_loops_are_named_and_end(mined):
    rejects = mined[1]["rejects"]
    assert rejects["loop"]["reason"] == "a link to a folder that is read already"
    assert rejects["pipe"]["reason"] == "no regular file"
    assert rejects["gone.txt"]["stage"] == rejects["self.txt"]["stage"] == "open"


def test_all_others_are_read_under_names_of_their_own(mined):
    assert set(mined[1]["reports"]) == READ | {"\\xff\\xfe\\xfa.txt", "报告.txt", "报告~2.txt"}


def test_nothing_ends_as_a_fault_of_the_program(mined):
    assert [row for row in mined[1]["rejects"].values() if row["stage"] == "mine"] == []


def test_extract_answers_for_each(archive, mined):
    done = miner("extract", archive, "--format", "jsonl")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    found = {one["source"]: one for one in map(json.loads, done.stdout.splitlines())}
    _, tables = mined
    assert set(found) == {f"{archive}/{source}" for name in tables for source in tables[name]}
    assert all(("error" in found[f"{archive}/{source}"]) == (name == "rejects") for name in tables for source in tables[name])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    (tmp_path / "archive").mkdir()
    locked = tmp_path / "archive" / "locked.txt"
    locked.write_text(REPORT, "utf-8")
    locked.chmod(0)
    assert miner("run", tmp_path / "archive", "--out", tmp_path / "out").returncode == 1
    (reject,) = read_rows(tmp_path / "out" / "tables" / "rejects.parquet")
    assert (reject["source"], reject["stage"], reject["hint"]) == ("locked.txt", "open", "check the file and its permissions")


def test_a_file_that_may_not_be_read_is_a_reject(tmp_path, monkeypatch):
    """As above for a process that the system refuses nothing: opening is refused here."""
    (tmp_path / "archive").mkdir()
    for name in ("locked.txt", "ok.txt"):
        (tmp_path / "archive" / name).write_text(REPORT, "utf-8")
    opened = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert run(tmp_path / "archive", tmp_path / "out", Settings()).rows["reports"] == 1
    (reject,) = read_rows(tmp_path / "out" / "tables" / "rejects.parquet")
    assert (reject["source"], reject["reason"], reject["hint"]) == ("locked.txt", "Permission denied", "check the file and its permissions")


def test_hundreds_of_mutations_of_the_samples_end_as_rows_or_rejects(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    for number, (name, data) in enumerate(mutations(SAMPLES, each=9, seed=11)):
        (folder / f"{number:04}-{name}").write_bytes(data)
    summary = run(folder, tmp_path / "out", Settings())
    assert summary.inputs >= 200
    tables = {name: list(read_rows(tmp_path / "out" / "tables" / f"{name}.parquet")) for name in ("reports", "rejects")}
    answered = {row["source"].split("/")[0] for rows in tables.values() for row in rows}
    assert answered == {file.name for file in folder.iterdir()}
    assert all(row["reason"] and row["stage"] in ("open", "archive", "convert", "decode") for row in tables["rejects"])
