"""The formats: how a file is known, who reads it, which library it needs.

In: the first bytes and the name of a file. Out: its format; and the list of formats that ``miner formats`` prints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Format:
    """A format of input.

    Attributes
    ----------
    name
        Its short name.
    suffixes
        The usual endings of file names; the content decides where it says what it is.
    label
        What it is, for people.
    module, extra
        The library that reads it and the extra of this package that installs it; None where none is needed.
    available
        Whether it can be read here and now.
    hint
        What to do if not.
    """

    name: str
    suffixes: tuple[str, ...]
    label: str
    module: str | None = None
    extra: str | None = None
    available: bool = True
    hint: str = ""


_FORMATS = (
    Format("txt", (".txt", ".text", ".csv", ".tsv", ".log"), "plain text, also with stray tags and entities"),
    Format("md", (".md", ".markdown"), "Markdown"),
    Format("html", (".html", ".htm", ".shtml", ".xhtml"), "web page"),
    Format("eml", (".eml", ".mht", ".mhtml"), "mail or saved web page, with attachments"),
    Format("docx", (".docx", ".docm"), "Word document", "docx", "office"),
    Format("xlsx", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "spreadsheet", "python_calamine", "office"),
    Format("pdf", (".pdf",), "PDF with a text layer", "pypdfium2", "pdf"),
    Format(
        "image", (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"), "picture or scanned PDF (text recognition)",
        "rapidocr_onnxruntime|rapidocr", "ocr",
    ),
    Format("zip", (".zip",), "archive of any of these"),
    Format("tar", (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"), "archive of any of these"),
    Format("jsonl", (".jsonl", ".ndjson", ".jsonl.gz"), "JSON Lines, a report per line"),
    Format("parquet", (".parquet",), "Parquet, a report per row"),
    Format("packed", (".gz", ".bz2", ".xz"), "one packed file"),
)
_UNREAD = {
    "doc": ("a legacy Word file (.doc)", "convert it to docx: soffice --headless --convert-to docx FILE"),
    "ppt": ("a presentation", "save it as PDF or text"),
    "rtf": ("a rich text file (.rtf)", "convert it to docx: soffice --headless --convert-to docx FILE"),
    "ofd": ("an OFD document", "convert it to PDF"),
    "rar": ("a RAR archive", "unpack it, or pack it again as zip"),
    "7z": ("a 7-Zip archive", "unpack it, or pack it again as zip"),
    "media": ("sound or film", ""),
    "program": ("a program or library", ""),
    "encrypted": ("an encrypted office file", "save it without a password"),
}
JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/|~\$)")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_LINE = re.compile(rb"\A(?:Return-Path|Received|Delivered-To|MIME-Version|From|To|Subject|Date|Message-ID|X-[A-Za-z-]+|Content-Type): ", re.I)
_PAGE = re.compile(r"<(?:html|body|head)\b|<!doctype\s+html", re.I)


def formats() -> list[Format]:
    """What can be read, and what is missing for the rest.

    Returns
    -------
    list of Format
        All formats; `available` says whether the library is installed, `hint` how to install it.
    """
    listed = []
    for known in _FORMATS:
        present = known.module is None or any(find_spec(module) for module in known.module.split("|"))
        hint = "" if present else f"pip install 'miner[{known.extra}]'"
        listed.append(Format(known.name, known.suffixes, known.label, known.module, known.extra, present, hint))
    return listed


def unread(name: str) -> tuple[str, str]:
    """What a format that is not read is, and what to do about it."""
    return _UNREAD[name]


def format_of(name: str, data: bytes) -> str:
    """The format of a file.

    Parameters
    ----------
    name
        Its name.
    data
        Its content, or at least its first kilobytes.

    Returns
    -------
    str
        The name of a :class:`Format`, or of a format that is known but not read (``doc``, ``rar`` …); ``txt`` where nothing says otherwise.
    """
    head = data[:4096]
    suffix = PurePosixPath(name.lower()).suffix
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package(data, suffix)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return _compound(data, suffix)
    magic = _by_magic(head, suffix)
    if magic:
        return magic
    if suffix in (".md", ".markdown"):
        return "md"
    if suffix in (".eml", ".mht", ".mhtml") or (suffix in ("", ".msg") and _MAIL_LINE.match(head) and b"\n" in head):
        return "eml"
    return "html" if suffix in (".html", ".htm", ".shtml", ".xhtml") else "txt"


def _package(data: bytes, suffix: str) -> str:
    if suffix == ".zip":
        return "zip"
    if b"word/" in data or suffix in (".docx", ".docm"):
        return "docx"
    if b"xl/" in data or b"opendocument.spreadsheet" in data[:200] or suffix in (".xlsx", ".xlsm", ".xlsb", ".ods"):
        return "xlsx"
    if b"ppt/slides" in data:
        return "ppt"
    return "ofd" if b"OFD.xml" in data else "zip"


def _compound(data: bytes, suffix: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument") or suffix in (".doc", ".wps"):
        return "doc"
    return "ppt" if holds("PowerPoint Document") else "xlsx"


def _by_magic(head: bytes, suffix: str) -> str:
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")):
        return "packed"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(_PICTURES[:3]) or (head.startswith(_PICTURES[3:]) and b"\x00" in head[:32]) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(b"Rar!"):
        return "rar"
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"\x7fELF", b"MZ\x90")):
        return "program"
    if head.startswith((b"ID3", b"OggS", b"fLaC")) or head[4:8] == b"ftyp" or head[:4] == b"RIFF":
        return "media"
    return ""


def text_kind(text: str, format_name: str) -> str:
    """How a decoded text is to be laid out: ``html`` if it is a whole page, ``markdown``, else ``text``."""
    if format_name == "md":
        return "markdown"
    return "html" if _PAGE.search(text, 0, 20_000) else "text"
