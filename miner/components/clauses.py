"""Clauses: the stretches between commas, semicolons, colons and sentence ends, in which a verb finds its subject, object and number first."""

from __future__ import annotations

import re

import numpy as np

_END = re.compile(r"[,，;；:。!?！？\n…]+[”’」』)》]*")


def numbers_at(starts: list[int], length: int) -> list[int]:
    """Which of the stretches that begin at `starts` (ascending) holds each position from 0 to `length`; -1 before the first.

    A list is asked thousands of times per report, and quicker than a search among the starts.
    """
    edges = np.minimum([0, *starts, length + 1], length + 1)
    numbers: list[int] = np.repeat(np.arange(-1, len(starts)), np.diff(edges)).tolist()
    return numbers


class Clauses:
    """The clauses of a text.

    Parameters
    ----------
    text
        The clean text. A comma between digits (109,418) ends no clause.
    """

    __slots__ = ("_numbers", "ends", "starts")

    def __init__(self, text: str) -> None:
        self.starts: list[int] = [0]
        self.ends: list[int] = []
        length = len(text)
        for match in _END.finditer(text):
            start, end = match.span()
            if text[start] == "," and end < length and text[end].isdigit() and start and text[start - 1].isdigit() and text[end : end + 3].isdigit():
                continue
            self.ends.append(start)
            self.starts.append(end)
        self.ends.append(length)
        self._numbers = numbers_at(self.starts, length)

    def index(self, position: int) -> int:
        """The number of the clause that holds `position`."""
        return self._numbers[position]

    def span(self, index: int) -> tuple[int, int]:
        """The clause's ``(start, end)``, its closing mark excluded."""
        return self.starts[index], self.ends[index]
