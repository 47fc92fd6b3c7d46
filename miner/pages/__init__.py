"""Rows of one report → something a person can read: its text with every mention marked, its rows, the reason for each cell.

In: the rows of the schema's tables that one report fills. Out: a :class:`ReportView`, and from it a page of HTML or text for a terminal.
Knows nothing of how rows were found or where they are kept; ``miner explain`` and the web pages share it.
"""

from miner.pages.html import environment, explain_page
from miner.pages.view import ReportView, report_view

__all__ = ["ReportView", "environment", "explain_page", "report_view"]
