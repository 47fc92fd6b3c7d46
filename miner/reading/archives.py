"""Archives → their members, one by one, within limits.

In: a zip or tar file. Out: name and bytes of each member, or the reason why it is not read. Nothing is unpacked to disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from miner.reading.formats import JUNK
from miner.reading.model import Limits, Reject, UnreadableError

Member = tuple[str, bytes] | Reject
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError, IndexError,
)  # fmt: skip
_CLIMBS = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")


class DistinctNames:
    """Gives every file of an archive a name of its own: a second ``a.txt`` is called ``a~2.txt``."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def __call__(self, name: str) -> str:
        """The name, numbered if it was given before."""
        self._times[name] += 1
        if self._times[name] == 1:
            return name
        path = PurePosixPath(name)
        return self(str(path.with_name(f"{path.stem}~{self._times[name]}{path.suffix}")) if path.name else f"{name}~{self._times[name]}")


def member_name(raw: bytes) -> str:
    """A member's name: UTF-8, else GB 18030 (names in zips made on Chinese Windows), else with escapes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _zip_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return member_name(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def _check_name(name: str) -> None:
    if _CLIMBS.search(name.replace("\\", "/")):
        raise UnreadableError("archive", "the member's path leaves the archive", "pack the archive again with relative paths")


def zip_members(file: IO[bytes], archive: str, limits: Limits, first: int = 0, count: int | None = None) -> Iterator[Member]:
    """The members of a zip file.

    Parameters
    ----------
    file
        The archive, open for reading.
    archive
        Its name, which stands before the members' names.
    limits
        The bounds.
    first, count
        Which of its entries; all from the first on if `count` is None.

    Yields
    ------
    (name, bytes) or Reject
        In the archive's order.
    """
    try:
        package = zipfile.ZipFile(file)
        infos = package.infolist()
    except BROKEN as error:
        yield Reject(archive, "archive", f"the zip file is damaged: {_words(error)}", "pack it again")
        return
    left, distinct = limits.total_bytes, DistinctNames()
    end = len(infos) if count is None else first + count
    for number, info in enumerate(infos[:end]):
        if number >= limits.members:
            if number >= first:
                yield Reject(archive, "archive", f"more than {limits.members} members", "split the archive")
            return
        name = _zip_name(info)
        if info.is_dir() or JUNK.search(name):
            continue
        called = distinct(f"{archive}/{_printable(name)}")
        if number < first:
            left -= info.file_size
            continue
        try:
            _check_name(name)
            data = _unzip(package, info, limits, left)
        except UnreadableError as error:
            yield error.reject(called)
        except BROKEN as error:
            yield Reject(called, "archive", f"the member is damaged: {_words(error)}", "pack the archive again")
        else:
            left -= len(data)
            yield called, data


def _unzip(package: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    if info.flag_bits & 1:
        raise UnreadableError("archive", "the member is encrypted", "pack the archive again without a password")
    if info.external_attr >> 28 == 0xA:
        raise UnreadableError("archive", "the member is a symbolic link")
    if info.file_size > 2**20 and info.file_size > limits.ratio * max(1, info.compress_size):
        raise UnreadableError("archive", f"the member is packed more than {limits.ratio} to 1", "raise the limit if the archive is trusted")
    with package.open(info) as member:
        return _bounded(member, limits, left)


def _bounded(file: IO[bytes], limits: Limits, left: int) -> bytes:
    bound = min(limits.file_bytes, left)
    data = file.read(bound + 1)
    if len(data) > bound:
        raise UnreadableError("archive", "more bytes than the limit allows", "raise the limit if the archive is trusted")
    return data


class _Counted(io.RawIOBase):
    """A packed stream that stops after so many unpacked bytes."""

    def __init__(self, file: IO[bytes], bound: int) -> None:
        self.file, self.left = file, bound

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size if 0 <= size <= self.left else self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise UnreadableError("archive", "the archive unpacks to more than the limit allows", "raise the limit if the archive is trusted")
        return data


def unpack_stream(file: IO[bytes], head: bytes) -> IO[bytes]:
    """The unpacking stream of a gz, bz2 or xz file."""
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    return bz2.BZ2File(file) if head.startswith(b"BZh") else lzma.LZMAFile(file)


def tar_members(file: IO[bytes], archive: str, limits: Limits) -> Iterator[Member]:
    """The members of a tar file, read as a stream (see :func:`zip_members`)."""
    counted, distinct = _Counted(file, limits.total_bytes), DistinctNames()
    name = ""
    try:
        with tarfile.open(fileobj=counted, mode="r|", errors="surrogateescape") as package:
            for number, info in enumerate(package):
                if number >= limits.members:
                    yield Reject(archive, "archive", f"more than {limits.members} members", "split the archive")
                    return
                name = member_name(info.name.encode("utf-8", "surrogateescape"))
                if info.isdir() or JUNK.search(name):
                    continue
                called = distinct(f"{archive}/{_printable(name)}")
                try:
                    _check_name(name)
                    data = _untar(package, info, limits)
                except UnreadableError as error:
                    if counted.left < 0:
                        raise
                    yield error.reject(called)
                else:
                    yield called, data
    except UnreadableError as error:
        yield error.reject(archive)
    except BROKEN as error:
        yield Reject(archive, "archive", f"the tar file is damaged: {_words(error)}", "pack it again")


def tar_count(file: IO[bytes], limits: Limits) -> int:
    """How many members :func:`tar_members` would give, as far as the file can be read."""
    count = 0
    try:
        with tarfile.open(fileobj=_Counted(file, limits.total_bytes), mode="r|", errors="surrogateescape") as package:
            for number, info in enumerate(package):
                if number >= limits.members:
                    break
                count += not (info.isdir() or JUNK.search(member_name(info.name.encode("utf-8", "surrogateescape"))))
    except (UnreadableError, *BROKEN):
        pass
    return count


def _untar(package: tarfile.TarFile, info: tarfile.TarInfo, limits: Limits) -> bytes:
    if not info.isreg():
        raise UnreadableError("archive", "the member is no regular file (a link or device)")
    member = package.extractfile(info)
    if member is None or info.size > limits.file_bytes:
        raise UnreadableError("archive", "more bytes than the limit allows", "raise the limit if the archive is trusted")
    return member.read()


def unpack(data: bytes, limits: Limits) -> bytes:
    """The content of a file packed by itself (gz, bz2, xz).

    Raises
    ------
    UnreadableError
        If it is damaged or too large.
    """
    try:
        return _bounded(unpack_stream(io.BytesIO(data), data[:8]), limits, limits.file_bytes)
    except BROKEN as error:
        raise UnreadableError("archive", f"the packed file is damaged: {_words(error)}", "pack it again") from None


def _words(error: BaseException) -> str:
    return re.sub(r"[\x00-\x1f]+", " ", str(error))[:200] or type(error).__name__


def _printable(name: str) -> str:
    return re.sub(r"[\x00-\x1f]", "\ufffd", name.replace("\\", "/")).encode("utf-8", "replace").decode("utf-8")
