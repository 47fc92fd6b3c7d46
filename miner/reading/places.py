"""Where files lie: folders, single files, lists of paths, stores that fsspec reaches.

In: a path or an address (``s3://bucket/reports``). Out: the files below it, in the order of their names; a file open for reading.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from miner.reading.archives import member_name
from miner.reading.formats import JUNK
from miner.reading.model import Reject, UnreadableError

#: What stores say about the content of a file; the first that is given tells whether it changed.
_STAMPS = ("ETag", "etag", "md5Hash", "md5", "contentHash", "content_md5", "mtime", "LastModified", "last_modified", "updated")


def is_remote(place: str | os.PathLike[str]) -> bool:
    """Whether a place is the address of a store, not a path."""
    return "://" in str(place)


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address and the path on it.

    Raises
    ------
    UnreadableError
        If fsspec, or the library that it needs for this store, is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UnreadableError("open", f"{address} cannot be read: the library fsspec is not installed", "pip install 'miner[remote]'") from None
    try:
        return url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UnreadableError("open", f"{address} cannot be read: {error}", "install the library that fsspec names for this store") from None


def open_place(place: str | os.PathLike[str]) -> IO[bytes]:
    """Open a file for reading.

    Raises
    ------
    OSError, ValueError
        If it cannot be opened.
    UnreadableError
        If it is no regular file, or its store cannot be reached from here.
    """
    if is_remote(place):
        files, path = file_system(str(place))
        opened: IO[bytes] = files.open(path, "rb")
        return opened
    local = Path(place)
    if not stat.S_ISREG(local.stat().st_mode):
        raise UnreadableError("open", "no regular file")
    return local.open("rb")


def length(file: IO[bytes]) -> int:
    """The length of an open file in bytes."""
    if isinstance(file, io.BytesIO):
        return file.getbuffer().nbytes
    try:
        return os.fstat(file.fileno()).st_size
    except (OSError, AttributeError):
        size = getattr(file, "size", None)
        if size is None:
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
        return int(size)


def remote_stamp(address: str) -> tuple[int, str] | None:
    """Size and fingerprint of a remote file from what its store says of it; None where the store says nothing that changes with the content."""
    files, path = file_system(address)
    about = files.info(path)
    told = next((about[key] for key in _STAMPS if about.get(key)), None)
    if told is None or about.get("size") is None:
        return None
    return int(about["size"]), hashlib.sha256(f"{about['size']} {told}".encode()).hexdigest()


def remote_files(address: str) -> Iterator[tuple[str, str]]:
    """Name below the address, and address, of every file of a store below an address; the file itself if it is one.

    Raises
    ------
    UnreadableError
        If the store cannot be reached from here.
    FileNotFoundError
        If nothing is there.
    """
    files, top = file_system(address)
    top = top.rstrip("/")
    if files.isfile(top):
        yield top.rsplit("/", 1)[-1], address
        return
    found = files.find(top)
    if not found:
        raise FileNotFoundError(f"{address} does not exist or is empty")
    for path in sorted(found):
        if not JUNK.search(path):
            yield path.removeprefix(top).lstrip("/"), files.unstrip_protocol(path)


def readable_name(path: Path) -> str:
    """A path as text; bytes of a name that are no valid UTF-8 are read as GB 18030 or escaped."""
    return member_name(os.fsencode(path)) if any("\ud800" <= c <= "\udfff" for c in str(path)) else path.as_posix()


def files_below(top: Path) -> Iterator[Path | Reject]:
    """The files below a folder in the order of their names, every folder once (links may form loops); the path itself if it is a file."""
    seen: set[tuple[int, int]] = set()

    def walk(folder: Path) -> Iterator[Path | Reject]:
        try:
            about = folder.stat()
            if (about.st_dev, about.st_ino) in seen:
                if folder.is_symlink():
                    yield Reject(readable_name(folder), "open", "a link to a folder that is read already")
                return
            seen.add((about.st_dev, about.st_ino))
            entries = sorted(folder.iterdir(), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Reject(readable_name(folder), "open", words(error), "check the permissions")
            return
        for entry in entries:
            if JUNK.search(entry.name) or (entry.name == "__MACOSX"):
                continue
            try:
                folder_within = entry.is_dir()
            except OSError:
                folder_within = False
            if folder_within:
                yield from walk(entry)
            else:
                yield entry

    try:
        is_folder = top.is_dir()
    except (OSError, ValueError) as error:
        yield Reject(str(top), "open", words(error))
        return
    if is_folder:
        yield from walk(top)
    else:
        yield top


def words(error: BaseException) -> str:
    """What an exception says, on one line."""
    said = (error.strerror or "") if isinstance(error, OSError) else str(error)
    return " ".join(said.split())[:200] or type(error).__name__
