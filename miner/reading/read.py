"""Files and folders → sources and rejects.

In: a path. Out: for every input below it either its source text or the reason why there is none; nothing vanishes, nothing raises.
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from miner.reading.archives import DistinctNames, member_name, tar_members, unpack, unpack_stream, zip_members
from miner.reading.decoding import decode
from miner.reading.documents import read_docx, read_image, read_pdf, read_workbook
from miner.reading.formats import JUNK, format_of, text_kind, unread
from miner.reading.mail import read_mail
from miner.reading.metadata import page_metadata
from miner.reading.model import Limits, Reject, Source, UnreadableError

LIMITS = Limits()
_READERS = {"docx": read_docx, "xlsx": read_workbook, "pdf": read_pdf, "image": read_image}
_TAR = 257, 262
_WORDS = re.compile(r"[^\s\x00-\x1f\u200b-\u200f\ufeff]")


def read(path: str | os.PathLike[str], name: str | None = None, limits: Limits = LIMITS) -> Iterator[Source | Reject]:
    """Read a file, an archive, or every file below a folder.

    Parameters
    ----------
    path
        The file or folder.
    name
        What the source is called; the path as given if None. Files of a folder are called by their path below it.
    limits
        The bounds on size and nesting.

    Yields
    ------
    Source or Reject
        One per report, in the order of the names; at least one per file.
    """
    top = Path(path)
    for file in files_below(top):
        if isinstance(file, Reject):
            yield file
            continue
        below = readable_name(file.relative_to(top)) if file != top else ""
        called = below if name is None and below else "/".join(part for part in (name or readable_name(top), below) if part)
        yield from read_file(file, called, limits)


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
            yield Reject(readable_name(folder), "open", _words(error), "check the permissions")
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
        yield Reject(str(top), "open", _words(error))
        return
    if is_folder:
        yield from walk(top)
    else:
        yield top


def read_file(path: Path, name: str, limits: Limits = LIMITS) -> Iterator[Source | Reject]:
    """Read one file, whatever it is (see :func:`read`); archives are read as streams."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            yield Reject(name, "open", "no regular file")
            return
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(0)
            archive = _archive_kind(name, head)
            if archive:
                yield from _members(file, archive, name, limits, 1)
                return
            if about.st_size > limits.file_bytes:
                yield Reject(name, "open", f"larger than {limits.file_bytes // 2**20} MB", "split it, or raise the limit")
                return
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        yield Reject(name, "open", _words(error), _hint(error))
        return
    yield from read_bytes(data, name, limits)


def _archive_kind(name: str, head: bytes) -> str:
    """``zip``, ``tar`` or ``packed-tar`` if the file is an archive that can be read as a stream; else ""."""
    lower = name.lower()
    if head.startswith(b"PK") and lower.endswith(".zip"):
        return "zip"
    if head[slice(*_TAR)] == b"ustar":
        return "tar"
    if format_of(name, head) == "packed" and (lower.endswith((".tgz", ".tbz2", ".txz")) or ".tar." in lower):
        return "packed-tar"
    return ""


def _members(file: IO[bytes], kind: str, name: str, limits: Limits, depth: int) -> Iterator[Source | Reject]:
    if depth > limits.depth:
        yield Reject(name, "archive", f"archives nested deeper than {limits.depth}", "unpack it")
        return
    if kind == "zip":
        members = zip_members(file, name, limits)
    else:
        head = file.read(8)
        file.seek(0)
        members = tar_members(unpack_stream(file, head) if kind == "packed-tar" else file, name, limits)
    empty = True
    for member in members:
        empty = False
        if isinstance(member, Reject):
            yield member
        else:
            yield from read_bytes(member[1], member[0], limits, depth)
    if empty:
        yield Reject(name, "archive", "the archive holds no files")


def read_bytes(data: bytes, name: str, limits: Limits = LIMITS, depth: int = 0) -> Iterator[Source | Reject]:
    """Read the bytes of one file or archive member.

    Parameters
    ----------
    data
        The bytes.
    name
        What the source is called; its suffix helps where the bytes do not say what they are.
    limits
        The bounds.
    depth
        How many archives are around it.

    Yields
    ------
    Source or Reject
        At least one.
    """
    try:
        yield from _read_bytes(data, name, limits, depth)
    except UnreadableError as error:
        yield error.reject(name)
    except RecursionError:
        yield Reject(name, "convert", "nested too deeply")
    except MemoryError:
        yield Reject(name, "convert", "not enough memory", "split the file")
    except Exception as error:
        yield Reject(name, "convert", f"the file is damaged: {_words(error)}", "open and save it again")


def _read_bytes(data: bytes, name: str, limits: Limits, depth: int) -> Iterator[Source | Reject]:
    if not data:
        raise UnreadableError("decode", "the file is empty")
    form = format_of(name, data)
    kind = _archive_kind(name, data) or (form if form in ("zip", "tar") else "")
    if kind:
        yield from _members(io.BytesIO(data), kind, name, limits, depth + 1)
        return
    if form == "packed":
        if depth >= limits.depth:
            raise UnreadableError("archive", f"archives nested deeper than {limits.depth}", "unpack it")
        inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".bz2", ".xz")) else name
        yield from read_bytes(unpack(data, limits), f"{name}/{inner.rsplit('/', 1)[-1]}", limits, depth + 1)
        return
    if form == "eml":
        yield from _mail(data, name, limits, depth)
        return
    if form in _READERS:
        text, metadata = _READERS[form](data, limits)
        yield _source(name, text, "text", form, None, 0, metadata, limits)
        return
    if form not in ("txt", "md", "html"):
        what, hint = unread(form)
        raise UnreadableError("convert", f"{what} cannot be read", hint)
    text, encoding, replaced = decode(data)
    kind = text_kind(text, form)
    yield _source(name, text, kind, "html" if kind == "html" else form, encoding, replaced, page_metadata(text) if kind == "html" else {}, limits)


def _mail(data: bytes, name: str, limits: Limits, depth: int) -> Iterator[Source | Reject]:
    text, kind, encoding, replaced, metadata, attachments = read_mail(data)
    if text:
        yield _source(name, text, kind, "eml", encoding, replaced, metadata, limits)
    if attachments and depth >= limits.depth:
        yield Reject(name, "archive", f"attachments nested deeper than {limits.depth}")
        return
    distinct = DistinctNames()
    for attached, content in attachments:
        yield from read_bytes(content, distinct(f"{name}/{attached}"), limits, depth + 1)


def _source(name: str, text: str, kind: str, form: str, encoding: str | None, replaced: int, metadata: dict[str, str], limits: Limits) -> Source:
    if not _WORDS.search(text):
        raise UnreadableError("decode", "the file holds no text")
    if len(text) > limits.characters:
        raise UnreadableError("decode", f"longer than {limits.characters} characters", "split it into its reports")
    return Source(name, text, kind, form, encoding, replaced, metadata)


def _words(error: BaseException) -> str:
    words = (error.strerror or "") if isinstance(error, OSError) else str(error)
    return " ".join(words.split())[:200] or type(error).__name__


def _hint(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return "check the permissions"
    return "check the path" if isinstance(error, FileNotFoundError) else ""
