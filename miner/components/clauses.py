"""Clauses: the stretches between commas, semicolons, colons and sentence ends, in which a verb finds its subject, object and number first."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"[,，;；:。!?！？\n…]+[”’」』)》]*")


class Clauses:
    """The clauses of a text.

    Parameters
    ----------
    text
        The clean text. A comma between digits (109,418) ends no clause.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, text: str) -> None:
        self.starts, self.ends = [0], []
        length = len(text)
        for match in _END.finditer(text):
            start, end = match.span()
            if text[start] == "," and end < length and text[end].isdigit() and start and text[start - 1].isdigit() and text[end : end + 3].isdigit():
                continue
            self.ends.append(start)
            self.starts.append(end)
        self.ends.append(length)

    def index(self, position: int) -> int:
        """The number of the clause that holds `position`."""
        return bisect_right(self.starts, position) - 1

    def span(self, index: int) -> tuple[int, int]:
        """The clause's ``(start, end)``, its closing mark excluded."""
        return self.starts[index], self.ends[index]
