"""A table as a workbook: frozen header, filter, column widths, real dates and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from miner.schema import TABLES, Column
from miner.store.cells import cell, heading

ROWS_PER_SHEET = 1_048_575  # Excel's limit of 1,048,576 less the header
_WIDTHS = {"date": 12, "integer": 9, "number": 12, "boolean": 8}
_WIDE = {"evidence": 60, "title": 30, "organisation": 26, "item": 18, "source": 24, "reason": 30, "text": 40, "quantity_text": 14}
_OPTIONS: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767  # characters that Excel allows in a cell


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
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    try:
        with xlsxwriter.Workbook(file, _OPTIONS | {"tmpdir": str(file.parent)}) as book:  # what is left there goes with the folder
            _fill(book, name, rows, language)
    except FileCreateError as fault:
        raise OSError(getattr(fault.args[0], "errno", None), getattr(fault.args[0], "strerror", None) or str(fault), str(file)) from None


def _fill(book: Any, name: str, rows: Iterable[dict[str, Any]], language: str | None) -> None:
    table = TABLES[name]
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet, at, number = None, ROWS_PER_SHEET, 0
    for row in rows:
        if at >= ROWS_PER_SHEET:
            _close(sheet, at, len(table.columns))
            number += 1
            sheet, at = _sheet(book, table.labels[language or "en"], number, table.columns, language, bold), 0
        at += 1
        for x, column in enumerate(table.columns):
            _write(sheet, at, x, cell(column, row[column.name], language), day)
    if sheet is None:
        sheet, at = _sheet(book, table.labels[language or "en"], 1, table.columns, language, bold), 0
    _close(sheet, at, len(table.columns))


def _sheet(book: Any, label: str, number: int, columns: tuple[Column, ...], language: str | None, bold: Any) -> Any:
    sheet = book.add_worksheet(label if number == 1 else f"{label} {number}")
    sheet.freeze_panes(1, 0)
    for x, column in enumerate(columns):
        sheet.set_column(x, x, _WIDE.get(column.name, _WIDTHS.get(column.type, 14)))
        sheet.write_string(0, x, heading(column, language), bold)
    return sheet


def _close(sheet: Any, rows: int, columns: int) -> None:
    if sheet is not None:
        sheet.autofilter(0, 0, max(rows, 1), columns - 1)


def _write(sheet: Any, y: int, x: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(y, x, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(y, x, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(y, x, dt.datetime(value.year, value.month, value.day), day)
    else:
        sheet.write_string(y, x, value[:_LONGEST])
