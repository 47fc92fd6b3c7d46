"""Where the work on a shard stands: what a worker tells before each step, and by what the pool says which steps to leave out."""

from __future__ import annotations

from collections.abc import Callable

Position = tuple[int, int, int, str]
"""Index of the input, of its member, of the member's source; and the step: ``open``, ``read``, ``mine``, or :data:`TOGETHER` for the reports of a batch, the
first of which stands there."""
TOGETHER = "mine together"
Skips = dict[Position, str]
"""Steps to leave out, with the reason."""
At = Callable[[Position, str], str | None]
"""Told before each step where the work stands, and the name of what is there; returns why the step must be left out, None to do it."""
