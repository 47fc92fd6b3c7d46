"""The hand-written decision: where a candidate's name begins, and how likely it is one. The classifier's features build on it.

In: candidates. Out: for each the likely beginning (an index into its words) and a rough score.
"""

from __future__ import annotations

from miner.components.organisations.candidates import BRANDING, Candidate

_ALLOWED = {
    "unit": frozenset("FDdZLRHOQBb"),
    "body": frozenset("FDdZLRHOB"),
    "role": frozenset("FDdZLRHOQBnwb"),
    "open": frozenset("FDdZLRHOQBneuawt0b"),
    "brand": BRANDING,
    "place": frozenset("DdZRneuawO0"),
    "division": frozenset("DdZ"),
}
_AFTER_PLACE = frozenset("DdZRb")


def likely_start(candidate: Candidate) -> int:
    """How many of the candidate's words belong to the name (0: the head alone)."""
    allowed = _ALLOWED[candidate.head.kind]
    taken, placed, length = 0, False, 0
    for index, kind in enumerate(candidate.classes):
        if kind not in allowed or (placed and kind not in _AFTER_PLACE) or length > 14:
            break
        length = candidate.head_start - candidate.starts[index]
        if kind in "DdZL":
            placed = True
        if kind == "L" and index and candidate.classes[index - 1] in "u":
            break
        taken = index + 1
    return taken


def plausible(candidate: Candidate, taken: int) -> bool:
    """Whether the rules alone take the candidate for a definite body."""
    inside = candidate.classes[:taken]
    kind = candidate.head.kind
    if kind == "division" or (kind == "unit" and not taken):
        return False
    if kind in ("body", "role"):
        return True
    if kind == "brand":
        return 1 < candidate.head_start - candidate.starts[taken - 1] < 7 if taken else False
    return any(c in "DdZLRFeuQHO" for c in inside) if kind != "place" else bool(inside) and inside[0] in "Ddeun"
