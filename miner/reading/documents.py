"""Formats that hold no plain text → text: Word, spreadsheets, PDF, pictures.

In: the bytes of a file. Out: its text, one line per paragraph or row, cells separated by tabs; and metadata. Each reader imports its library only when called.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from functools import cache
from typing import Any

from miner.reading.model import Limits, UnreadableError

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def missing(module: str, what: str, extra: str) -> UnreadableError:
    """The failure of a format whose library is not installed."""
    return UnreadableError("convert", f"{what} cannot be read: the library {module} is not installed", f"pip install 'miner[{extra}]'")


def check_package(data: bytes, limits: Limits) -> None:
    """Refuse an office package whose parts unpack to more than the limits allow."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableError("convert", "the file is encrypted", "save it without a password")
        if len(parts) > limits.members or sum(part.file_size for part in parts) > limits.file_bytes:
            raise UnreadableError("convert", "the file unpacks to more than the limit allows", "raise the limit if the file is trusted")
        for part in parts:
            if part.file_size > 2**20 and part.file_size > limits.ratio * max(1, part.compress_size):
                raise UnreadableError("convert", f"a part of the file is packed more than {limits.ratio} to 1", "raise the limit if the file is trusted")


def read_docx(data: bytes, limits: Limits) -> tuple[str, dict[str, str]]:
    """Text and metadata of a Word file: paragraphs and table rows in order."""
    try:
        import docx
    except ImportError:
        raise missing("python-docx", "docx", "office") from None
    check_package(data, limits)
    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    for block in document.element.body.iterchildren():
        if block.tag == f"{_W}tbl":
            lines += _table_lines(block)
        else:
            lines += [_paragraph(p) for p in block.iter(f"{_W}p") if not any(around.tag == _FALLBACK for around in p.iterancestors())]
    properties = document.core_properties
    metadata = {"title": properties.title, "author": properties.author}
    return "\n".join(lines), {key: value for key, value in metadata.items() if value and value != "python-docx"}


def _paragraph(paragraph: Any) -> str:
    """The text of one paragraph: runs, line breaks and tabs; deleted text and field codes stay out."""
    pieces = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif node.tag == f"{_W}tab":
            pieces.append(" ")
        elif node.tag not in (f"{_W}p", f"{_W}pPr", _FALLBACK):  # a text box holds paragraphs of its own
            waiting.extend(reversed(node))
    return "".join(pieces)


def _table_lines(table: Any) -> list[str]:
    lines = []
    for row in table.iter(f"{_W}tr"):
        cells = [" ".join(_paragraph(p).replace("\n", " ") for p in cell.iter(f"{_W}p")).strip() for cell in row.iterchildren(f"{_W}tc")]
        lines.append("\t".join(cells))
    return lines


def read_workbook(data: bytes, limits: Limits) -> tuple[str, dict[str, str]]:
    """Text of a workbook: every sheet its name and its rows; empty rows and columns stay out."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise missing("python-calamine", "xlsx", "office") from None
    if data.startswith(b"PK"):
        check_package(data, limits)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines: list[str] = []
    length = 0
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
        body = ["\t".join(cell for cell in map(_cell, row) if cell) for row in rows]
        body = [line for line in body if line]
        length += sum(map(len, body))
        if length > limits.characters:
            raise UnreadableError("convert", "the workbook holds more text than the limit allows", "split it")
        if body:
            lines += [name, *body, ""] if len(workbook.sheet_names) > 1 else [*body, ""]
    return "\n".join(lines), {}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return re.sub(r"\s+", " ", str(value)).strip()


def read_pdf(data: bytes, limits: Limits) -> tuple[str, dict[str, str]]:
    """Text layer and metadata of a PDF; running heads and page numbers stay out."""
    try:
        import pypdfium2
    except ImportError:
        raise missing("pypdfium2", "pdf", "pdf") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("convert", "the PDF is encrypted", "save it without a password") from None
        raise UnreadableError("convert", "the PDF is damaged", "open and save it again with a PDF program") from None
    try:
        pages = [_page_lines(document, number) for number in range(min(len(document), 5000))]
        metadata = {key.lower(): value for key, value in document.get_metadata_dict().items() if key in ("Title", "Author") and value}
        if sum(len(line) for page in pages for line in page) >= 10:
            return "\n".join(line for page in _without_heads(pages) for line in page), metadata
        return "\n".join(recognise(picture) for picture in _pictures(document)), metadata
    finally:
        document.close()


def _page_lines(document: Any, number: int) -> list[str]:
    page = document[number]
    try:
        words = page.get_textpage()
        text = words.get_text_range()
        words.close()
    finally:
        page.close()
    return [line.rstrip() for line in re.split(r"[\r\n]+", text.replace("\ufffe", "").replace("\x02", "")) if line.strip()]


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without first and last lines that stand on most pages, numbers aside."""

    def key(line: str) -> str:
        return re.sub(r"[\d\s]+", "", line)

    edges = Counter(key(line) for page in pages for line in {*page[:1], *page[-1:]})
    often = {words for words, times in edges.items() if times >= 3 and times > len(pages) / 2 and len(words) <= 40}
    number = re.compile(r"\s*(?:[-—–·]\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[-—–·/,，共]\s*\d{0,4}(?:\s*页)?)?\s*")
    cleaned = []
    for page in pages:
        lines = list(page)
        while lines and (number.fullmatch(lines[-1]) or key(lines[-1]) in often):
            lines.pop()
        while lines and (key(lines[0]) in often or (len(pages) > 1 and number.fullmatch(lines[0]))):
            lines.pop(0)
        cleaned.append(lines)
    return cleaned


def _pictures(document: Any) -> list[Any]:
    _recogniser("a PDF without a text layer (a scan)")
    return [document[number].render(scale=2).to_pil() for number in range(min(len(document), 200))]


def read_image(data: bytes, limits: Limits) -> tuple[str, dict[str, str]]:
    """Text recognised in a picture."""
    _recogniser("a picture")
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 200_000_000
    with Image.open(io.BytesIO(data)) as picture:
        return recognise(picture.convert("RGB")), {}


def _recogniser(what: str) -> Any:
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        try:
            from rapidocr import RapidOCR  # type: ignore[import-not-found,no-redef,unused-ignore]
        except ImportError:
            raise missing("rapidocr", what, "ocr") from None
    return RapidOCR


@cache
def _engine() -> Any:
    return _recogniser("a picture")()


def recognise(picture: Any) -> str:
    """The lines of text in a picture, from top to bottom."""
    import numpy

    answer = _engine()(numpy.asarray(picture))
    lines = getattr(answer, "txts", None)
    if lines is None:
        lines = [entry[1] for entry in (answer[0] or [])]
    return "\n".join(lines)
