"""Dates: found by one grammar on characters, resolved by a calendar solver.

In: clean text and layout. Out: ``findings.dates``, the report's own date and year; :func:`find_dates` for a bare text; :func:`governing_date` for the
components that need to know when.
"""

from miner.components.dates.api import find_dates
from miner.components.dates.frames import governed_days, governing_date
from miner.components.dates.reading import read_dates

__all__ = ["find_dates", "governed_days", "governing_date", "read_dates"]
