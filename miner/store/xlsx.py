"""A table as a workbook: frozen header, filter, column widths, real dates and numbers.

The rows are written as XML of their own (SpreadsheetML, ECMA-376 part 1, 18.3: inline strings), column by column, every different value once;
xlsxwriter makes the workbook around them. So the rows of one workbook may also be written by several processes.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from miner.schema import TABLES, Column
from miner.store.cells import cell, content, heading, tables, written

ROWS_PER_SHEET = 1_048_575  # Excel's limit of 1,048,576 less the header
_WIDTHS = {"date": 12, "integer": 9, "number": 12, "boolean": 8}
_WIDE = {"evidence": 60, "title": 30, "organisation": 26, "item": 18, "source": 24, "reason": 30, "text": 40, "quantity_text": 14}
_LONGEST = 32_767  # characters that Excel allows in a cell
_PIECE = 1 << 20
_DAY = 2  # the style of dates: xlsxwriter numbers formats in the order in which they are used, the header's is 1
_EPOCH = dt.date(1899, 12, 31).toordinal()
_LEAP = 59  # Excel takes 1900 for a leap year
_ESCAPED = re.compile(r"[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_CONTROL = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_SAMPLE = re.compile(rb'<row r="2".*?</row>', re.S)


class SheetPart(NamedTuple):
    """Rows of one sheet as XML in a file: the number of the sheet, from 0, how many rows, the file."""

    sheet: int
    rows: int
    file: Path


def write_xlsx(file: Path, name: str, rows: Iterable[dict[str, Any]], language: str | None = None) -> None:
    """Write rows of the table `name` as a workbook; every million rows begin a new sheet.

    Parameters
    ----------
    file
        Where to write.
    name
        The table's name.
    rows
        Its rows.
    language
        ``zh`` or ``en`` for labels instead of column names and codes.
    """
    with TemporaryDirectory(dir=file.parent, prefix=".xlsx-") as scratch:
        join_workbook(file, name, list(write_parts(Path(scratch), "rows", name, tables(name, rows), 0, language)), language)


def write_parts(folder: Path, stem: str, name: str, batches: Iterable[pa.Table | pa.RecordBatch], first: int,
                language: str | None = None) -> Iterator[SheetPart]:
    """Write consecutive rows as XML, for :func:`join_workbook`.

    Parameters
    ----------
    folder, stem
        Where to write, and how the names of the files begin.
    name
        The table's name.
    batches
        The rows, as Arrow tables.
    first
        How many rows of the table stand before them.
    language
        As for :func:`write_xlsx`.

    Yields
    ------
    SheetPart
        One for each sheet that holds some of the rows.
    """
    sheet, at = divmod(first, ROWS_PER_SHEET)
    waiting = iter(batches)
    batch = next(waiting, None)
    while batch is not None:
        file, written_rows = folder / f"{stem}-{sheet}.xml", 0
        with file.open("wb") as out:
            while batch is not None and at + written_rows < ROWS_PER_SHEET:
                some = batch.slice(0, ROWS_PER_SHEET - at - written_rows)
                out.write(content(_xml(name, some, at + written_rows + 2, language)))
                written_rows += some.num_rows
                batch = batch.slice(some.num_rows) if some.num_rows < batch.num_rows else next(waiting, None)
        yield SheetPart(sheet, written_rows, file)
        sheet, at = sheet + 1, 0


def join_workbook(file: Path, name: str, parts: Sequence[SheetPart], language: str | None = None) -> None:
    """Write the workbook of the table `name` around rows that are written as XML, in their order."""
    sheets = [[part for part in parts if part.sheet == number] for number in range(max((part.sheet for part in parts), default=0) + 1)]
    counts = [sum(part.rows for part in listed) for listed in sheets]
    frame = file.with_name(f".{file.name}.frame")
    try:
        _frame(frame, name, counts, language)
        with zipfile.ZipFile(frame) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as out:
            for entry in made.namelist():
                number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry)
                if number:
                    index = int(number[1]) - 1
                    _sheet(out, entry, made.read(entry), sheets[index], counts[index])
                else:
                    out.writestr(_entry(entry), made.read(entry))
    finally:
        frame.unlink(missing_ok=True)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without the time of writing: the same rows make the same sheets."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _frame(file: Path, name: str, counts: Sequence[int], language: str | None) -> None:
    """The workbook without its rows; a date stands in the second row of each sheet, so that their style is there."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    table = TABLES[name]
    try:
        with xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(file.parent)}) as book:
            bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
            for number, count in enumerate(counts, start=1):
                label = table.labels[language or "en"]
                sheet = book.add_worksheet(label if number == 1 else f"{label} {number}")
                sheet.freeze_panes(1, 0)
                for x, column in enumerate(table.columns):
                    sheet.set_column(x, x, _WIDE.get(column.name, _WIDTHS.get(column.type, 14)))
                    sheet.write_string(0, x, heading(column, language), bold)
                sheet.write_number(1, 0, 1, day)
                sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
    except FileCreateError as fault:
        raise OSError(getattr(fault.args[0], "errno", None), getattr(fault.args[0], "strerror", None) or str(fault), str(file)) from None


def _sheet(out: zipfile.ZipFile, entry: str, xml: bytes, parts: Sequence[SheetPart], count: int) -> None:
    """Write a sheet of the frame with its rows."""
    sample = _SAMPLE.search(xml)
    if sample is None or b' s="%d"' % _DAY not in sample[0]:
        raise RuntimeError("xlsxwriter numbers styles in another order than this module expects")
    head = re.sub(rb'(<dimension ref="A1:[A-Z]+)\d+', rb"\g<1>%d" % (count + 1), xml[: sample.start()], count=1)
    with out.open(_entry(entry), "w", force_zip64=True) as stream:
        stream.write(head)
        for part in parts:
            with part.file.open("rb") as rows:
                while piece := rows.read(_PIECE):
                    stream.write(piece)
        stream.write(xml[sample.end() :])


def _xml(name: str, rows: pa.Table | pa.RecordBatch, first: int, language: str | None) -> pa.Array:
    """Rows as XML; `first` is the number of the first one, counted from 1 with the header."""
    numbers = pa.array(range(first, first + rows.num_rows)).cast(pa.string())
    cells: list[Any] = []
    for x, column in enumerate(TABLES[name].columns):
        values = rows[column.name]
        if isinstance(values, pa.ChunkedArray):
            values = values.combine_chunks()
        found = written(column, values, _writer(column, language))
        cells.append(pc.binary_join_element_wise(f'<c r="{_letters(x)}', numbers, found, ""))
    return pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "", null_handling="skip")


def _writer(column: Column, language: str | None) -> Callable[[Any], str]:
    """What writes a cell from the number of its row on."""
    if column.type == "date":
        return lambda value: f'" s="{_DAY}"><v>{_serial(value)}</v></c>'
    if column.type == "boolean":
        return lambda value: f'" t="b"><v>{value:d}</v></c>'
    if column.type in ("integer", "number"):
        return lambda value: f'"><v>{value:.16G}</v></c>'
    if language and column.type == "string":
        return lambda value: f'" t="inlineStr"><is>{_text(cell(column, value, language))}</is></c>'
    return lambda value: f'" t="inlineStr"><is>{_text(value)}</is></c>'


def _text(text: str) -> str:
    shown = text[:_LONGEST]
    if not _ESCAPED.search(shown):
        return f"<t>{shown}</t>"
    space = ' xml:space="preserve"' if shown[:1].isspace() or shown[-1:].isspace() else ""
    shown = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_CONTROL.sub(r"_x005F\1", shown))
    return f"<t{space}>{shown.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t>"


def _serial(day: dt.date) -> int:
    """Excel's number of a day."""
    number = day.toordinal() - _EPOCH
    return number + (number > _LEAP)


def _letters(x: int) -> str:
    return (_letters(x // 26 - 1) if x > 25 else "") + chr(ord("A") + x % 26)
