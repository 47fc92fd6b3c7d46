"""Every input ends as a source or as a reject with a reason; the others go on."""

import io
import os
import stat
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from miner.layout import lay_out
from miner.reading import Limits, Reject, Source, read, read_bytes
from tests.fuzz.mutate import mutations

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"


def reject(data: bytes, name: str, limits: Limits | None = None) -> Reject:
    (item,) = read_bytes(data, name, limits or Limits())
    assert isinstance(item, Reject), item
    return item


def zipped(*members: tuple[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return box.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "stage", "reason"),
    [
        (b"", "a.txt", "decode", "empty"),
        (b" \r\n\x00\n", "a.txt", "decode", "no text"),
        (b"\x7fELF" + b"\x00" * 100, "a.txt", "convert", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "convert", ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "convert", "encrypted"),
        (b"Rar!\x1a\x07\x00", "a.rar", "convert", "RAR"),
        (b"{\\rtf1 x}", "a.rtf", "convert", ".rtf"),
        (b"%PDF-1.4 nothing", "a.pdf", "convert", "damaged"),
        (b"PK\x03\x04 nothing", "a.zip", "archive", "damaged"),
        (b"PK\x03\x04 nothing word/", "a.docx", "convert", "damaged"),
        (b"\x1f\x8b\x08 nothing at all", "a.gz", "archive", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data, name, stage, reason):
    item = reject(data, name)
    assert item.source == name
    assert item.stage == stage
    assert reason in item.reason


@pytest.mark.parametrize("name", ["news.docx", "workbook.xlsx", "archive.tar.gz", "bulletin.pdf", "archive_gbk_names.zip"])
def test_truncated_files(name):
    data = (SAMPLES / name).read_bytes()
    for share in (0.3, 0.6, 0.95):
        assert list(read_bytes(data[: int(len(data) * share)], name))


def test_a_legacy_word_file_names_the_way_out():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    assert "--convert-to docx" in reject(data, "a.doc").hint


def test_members_that_climb_out_are_refused_and_the_others_read():
    items = list(read_bytes(zipped(("../x.txt", b"x"), ("/etc/y.txt", b"y"), ("C:/z.txt", b"z"), ("ok.txt", "检查企业3家".encode())), "a.zip"))
    assert [type(item) for item in items] == [Reject, Reject, Reject, Source]
    assert items[3].name == "a.zip/ok.txt"


def test_a_zip_bomb_is_stopped():
    items = list(read_bytes(zipped(("bomb.txt", b"0" * 20_000_000), ("ok.txt", "检查".encode())), "a.zip"))
    assert "packed more than" in items[0].reason
    assert items[1].text == "检查"


def test_limits_of_size_count_and_total():
    assert "longer than 10 characters" in reject(b"x" * 11, "a.txt", Limits(characters=10)).reason
    many = zipped(*((f"{n}.txt", b"abc") for n in range(5)))
    assert "more than 3 members" in list(read_bytes(many, "a.zip", Limits(members=3)))[-1].reason
    assert any(isinstance(item, Reject) and "more bytes" in item.reason for item in read_bytes(many, "a.zip", Limits(total_bytes=7)))


def test_an_encrypted_member_is_named():
    data = bytearray(zipped(("a.txt", b"abc")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in reject(bytes(data), "a.zip").reason


def test_links_in_a_tar_are_not_followed():
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w") as file:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(info)
    assert "link" in reject(box.getvalue(), "a.tar").reason


def test_a_folder_with_everything_that_goes_wrong(tmp_path):
    (tmp_path / "a.txt").write_text("检查企业3家。", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "报告".encode("gbk") + b".txt")).write_text("抽检12批次。", "utf-8")
    locked = tmp_path / "locked.txt"
    locked.write_text("x")
    locked.chmod(0)
    items = {(item.name if isinstance(item, Source) else item.source): item for item in read(tmp_path)}
    assert items["a.txt"].text == "检查企业3家。"
    assert items["报告.txt"].text == "抽检12批次。"
    assert "regular" in items["pipe"].reason
    assert items["gone.txt"].stage == "open"
    assert any("link" in item.reason for item in items.values() if isinstance(item, Reject) and item.source.endswith("loop"))
    assert os.geteuid() == 0 or items["locked.txt"].hint == "check the permissions"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_missing_path_is_a_reject(tmp_path):
    (item,) = read(tmp_path / "nothing.txt")
    assert (item.stage, item.hint) == ("open", "check the path")


@pytest.mark.parametrize(
    "text",
    [
        "\x00检\x00查\x00企业3家",
        "检查\ud800企业",
        "<" * 20_000,
        "<p" * 20_000,
        "<!--" * 20_000,
        "&" * 20_000,
        '<a "' * 10_000,
        "(" * 20_000,
        "“" * 20_000,
        "一、" * 20_000,
        "1 " * 20_000,
        "|" * 20_000,
        "本报讯\n" * 5_000,
        "[x](" * 10_000,
        "**a" * 10_000,
        "<div>" * 20_000,
        "<table><tr><td>" * 5_000,
        "检查,发放\n" * 5_000,
    ],
)
@pytest.mark.parametrize("kind", ["text", "html", "markdown"])
def test_hostile_text_is_laid_out_in_linear_time(text, kind):
    begin = time.process_time()
    lay_out(text, kind)
    assert time.process_time() - begin < 2


def test_some_hundred_mutations_of_every_sample():
    count = 0
    for name, data in mutations(SAMPLES, each=18, seed=7):
        items = list(read_bytes(data, name, Limits(file_bytes=2**24, characters=10**6)))
        assert items or not data, name
        for item in items:
            if isinstance(item, Source):
                lay_out(item.text[:20_000], item.kind)
            else:
                assert item.reason
                assert item.stage in ("open", "archive", "convert", "decode")
        count += 1
    assert count >= 250
