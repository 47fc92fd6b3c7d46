"""What a request asks for: the parameters that pages and JSON interface share, checked; and addresses of other questions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query as Parameter

from miner.counts import Selection
from miner.schema import LABELLED_COLUMNS, MODALITIES
from miner.search import Query
from miner.web.refusals import RefusedError
from miner.web.settings import DEEPEST, LONGEST, PAGE

ORDERS = ("date", "oldest", "relevance")
FILTERS = ("organisation", "action", "item", "region", "from", "to", "modality")
"""The filters, in the order in which they are shown."""


@dataclass(frozen=True)
class Asked:
    """A question, as its address says it; empty parameters are None."""

    q: str | None = None
    organisation: str | None = None
    action: str | None = None
    item: str | None = None
    region: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    modality: str | None = None
    source: str | None = None
    order: str = "date"
    page: int = 1
    lang: str | None = None

    def query(self, limit: int = PAGE, offset: int | None = None, facets: int = 0) -> Query:
        """The search for it."""
        first = (self.page - 1) * PAGE if offset is None else offset
        return Query(self.q, self.organisation, self.action, self.item, self.region, self.date_from, self.date_to, self.modality, self.source, self.order,
                     limit, first, facets)

    def selection(self, **rules: Any) -> Selection:
        """The same work, to be counted (words are not looked for); work done unless another modality is asked for."""
        return Selection(self.organisation, self.action, self.item, self.region, self.date_from, self.date_to, self.source, self.modality or "done", **rules)

    def parameters(self) -> dict[str, str]:
        """What stands in its address."""
        out = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value is not None and value != one.default:
                out[{"date_from": "from", "date_to": "to"}.get(one.name, one.name)] = str(value)
        return out

    def link(self, path: str, **changes: Any) -> str:
        """The address of this question with changes, on its first page unless the page is among them."""
        asked = replace(self, **{"page": 1} | changes)
        said = urlencode(asked.parameters())
        return f"{path}?{said}" if said else path

    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name, value in self.parameters().items() if name in FILTERS}


def _text(name: str, about: str) -> Any:
    return Annotated[str | None, Parameter(max_length=LONGEST[name], description=about)]


def _day(name: str, value: str | None) -> dt.date | None:
    if not value or not value.strip():
        return None
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        raise RefusedError(422, "day", name=name, value=value[:40]) from None


def _code(name: str, value: str | None, known: Any) -> str | None:
    if not value:
        return None
    if value not in known:
        raise RefusedError(422, "code", name=name, value=value[:40], known=", ".join(known))
    return value


def asked(
    q: _text("q", "Words that the sentence holds; several by spaces; quotes for a phrase, OR, NOT.") = None,  # type: ignore[valid-type]
    organisation: _text("organisation", "An organisation_id, or a name or part of one.") = None,  # type: ignore[valid-type]
    action: _text("action", "Code of an action type (see /api/v1/codes).") = None,  # type: ignore[valid-type]
    item: _text("item", "What is counted or measured.") = None,  # type: ignore[valid-type]
    region: _text("region", "A division by its name, or by its statistical code, which holds all below it.") = None,  # type: ignore[valid-type]
    first: Annotated[str | None, Parameter(alias="from", max_length=20, description="First day of the work, YYYY-MM-DD.")] = None,
    last: Annotated[str | None, Parameter(alias="to", max_length=20, description="Last day of the work, included, YYYY-MM-DD.")] = None,
    modality: _text("modality", "done, ongoing, planned, required or negated.") = None,  # type: ignore[valid-type]
    source: _text("source", "Name of one report.") = None,  # type: ignore[valid-type]
    order: _text("order", "date (newest first), oldest or relevance.") = None,  # type: ignore[valid-type]
    lang: Annotated[str | None, Parameter(max_length=8, description="en or zh: the language of texts and labels.")] = None,
) -> Asked:
    """The question of a request.

    Raises
    ------
    RefusedError
        If a parameter says what cannot be meant; the error names it.
    """
    days = _day("from", first), _day("to", last)
    if days[0] and days[1] and days[0] > days[1]:
        raise RefusedError(422, "days", first=days[0], last=days[1])
    return Asked(_own(q), _own(organisation), _code("action", action, LABELLED_COLUMNS["action"]), _own(item), _own(region), *days,
                 _code("modality", modality, MODALITIES), source or None, _code("order", order, ORDERS) or "date",
                 lang=lang if lang in ("en", "zh") else None)


def asked_page(question: Asked, page: int) -> Asked:
    """The question with the page asked for.

    Raises
    ------
    RefusedError
        If no hit is shown that far.
    """
    if page < 1 or (page - 1) * PAGE >= DEEPEST:
        raise RefusedError(422, "deep", most=DEEPEST)
    return replace(question, page=page)


def _own(value: str | None) -> str | None:
    value = value.strip() if value else None
    return value or None
