"""Cells of flat formats: lists joined, codes as labels, and no text that a spreadsheet would run as a formula."""

from __future__ import annotations

import datetime as dt
from typing import Any

from miner.schema import LABELLED_COLUMNS, Column

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def heading(column: Column, language: str | None) -> str:
    """A column's heading: its name, or its label where a language is asked for."""
    return column.labels[language] if language else column.name


def cell(column: Column, value: Any, language: str | None) -> Any:
    """The value of a cell: text, number, date or None; codes as labels where a language is asked for."""
    if value is None:
        return None
    if column.type in ("strings", "integers"):
        return "; ".join(str(part) for part in value) if value else None
    if language and column.name in LABELLED_COLUMNS:
        return LABELLED_COLUMNS[column.name].get(value, {}).get(language, value)
    return value


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before ``= + - @``, tab and line breaks (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def plain(column: Column, value: Any, language: str | None) -> str:
    """The cell as CSV text: dates as ISO, whole numbers without a point, text guarded."""
    found = cell(column, value, language)
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        return str(int(found))
    if isinstance(found, dt.date):
        return found.isoformat()
    return guarded(found) if isinstance(found, str) else str(found)
