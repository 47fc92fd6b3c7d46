"""The JSON interface ``/api/v1``: search, records, counts, reports, organisations, codes.

A version keeps its addresses and the meaning of its fields; fields may be added.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from miner.counts import BY, UNKNOWN
from miner.schema import LABELLED_COLUMNS, TABLES
from miner.search import FACETS, Hit, search
from miner.version import VERSION
from miner.web.asked import Asked, asked
from miner.web.download import shown_records
from miner.web.overview import period
from miner.web.refusals import RefusedError, bounded
from miner.web.settings import DEEPEST, MOST
from miner.web.site import site_of

PREFIX = "/api/v1"
Question = Annotated[Asked, Depends(asked)]
Row = dict[str, Any]


class Fault(BaseModel):
    """What went wrong."""

    code: str
    message: str


class Problem(BaseModel):
    """The body of every answer that is no success."""

    error: Fault


class HitModel(BaseModel):
    """A sentence that was found."""

    source: str
    sentence: int
    start: int = Field(description="Code point of the source text where it begins.")
    end: int
    text: str
    marks: list[list[int]] = Field(description="Start and end in `text` of each passage that the words match.")
    title: str | None
    published: dt.date | None
    region: str | None
    heading: str | None
    kind: str
    repeat: bool = Field(description="Whether it repeats an earlier sentence of the report or the archive.")
    records: list[Row] = Field(description="Rows of the table `records` that rest on it; `matches`: whether a row meets the filters.")


class FacetModel(BaseModel):
    """A value that hits share: put `value` into the filter, show `label`."""

    value: str
    label: str
    hits: int


class SearchModel(BaseModel):
    """Hits."""

    total: int
    offset: int
    hits: list[HitModel]
    facets: dict[str, list[FacetModel]]
    facets_of: int = Field(description="Over how many hits, the newest, the facets were counted.")
    words: list[str]


class RowsModel(BaseModel):
    """Flat rows."""

    columns: list[str]
    rows: list[Row]


class RecordsModel(RowsModel):
    """Records of the hits asked for; ask again from `next`, the hit after them, null after the last."""

    next: int | None


class CountsModel(RowsModel):
    """Counts; `left_out` says how many records were left out and why, `notes` what must be known to read them."""

    left_out: dict[str, int]
    notes: dict[str, int]


class ReportModel(BaseModel):
    """One report: its rows by table."""

    source: str
    tables: dict[str, list[Row]]


class OrganisationsModel(BaseModel):
    """Bodies."""

    organisations: list[Row]


class StatusModel(BaseModel):
    """What is served."""

    version: str
    generation: str = Field(description="Changes whenever the contents of the store change.")
    rows: dict[str, int]


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "A token is needed."}, 404: {"model": Problem, "description": "There is no such thing."},
    414: {"model": Problem, "description": "The question is too long."}, 421: {"model": Problem, "description": "Asked for under a foreign host name."},
    422: {"model": Problem, "description": "A parameter says what cannot be meant."}, 503: {"model": Problem, "description": "It takes too long: narrow it."},
}
api = APIRouter(prefix=PREFIX, responses=_PROBLEMS)


def _told(**schema: Any) -> dict[int | str, dict[str, Any]]:
    return {200: schema}


def answer(said: Any) -> Response:
    """An answer as JSON; dates as ISO strings."""
    return Response(json.dumps(said, ensure_ascii=False, default=_plain, separators=(",", ":")), media_type="application/json")


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _from(offset: int) -> int:
    if offset > DEEPEST:
        raise RefusedError(422, "deep", most=DEEPEST)
    return offset


Limit = Annotated[int, Parameter(ge=0, le=200, description="How many hits.")]
Offset = Annotated[int, Parameter(ge=0, le=DEEPEST, description="How many hits to pass over.")]


@api.get("/search", responses=_told(model=SearchModel), operation_id="search", summary="Sentences with marked evidence and their rows")
def search_hits(request: Request, question: Question, limit: Limit = 20, offset: Offset = 0,
                facets: Annotated[int, Parameter(ge=0, le=100, description="How many values of each facet.")] = 0) -> Response:
    """Find sentences. All filters hold at once, and for one and the same record of a sentence."""
    site = site_of(request)
    query = question.query(limit, _from(offset), facets)
    with bounded(site.store, site.settings.seconds):
        hits = site.cached("api-search", (query,), lambda: search(site.store, query))
    return answer({"total": hits.total, "offset": offset, "hits": [_hit(hit) for hit in hits.hits],
                   "facets": {name: hits.facets[name] for name in FACETS if name in hits.facets}, "facets_of": hits.facets_of, "words": list(hits.words)})


def _hit(hit: Hit) -> Row:
    return {field.name: getattr(hit, field.name) for field in dataclasses.fields(hit)}


@api.get("/records", responses=_told(model=RecordsModel), operation_id="records", summary="Flat rows of the hits, for data frames")
def records(request: Request, question: Question, limit: Annotated[int, Parameter(ge=1, le=MOST, description="How many hits.")] = MOST,
            offset: Offset = 0) -> Response:
    """The rows of the table `records` behind the hits, hit by hit; a sentence without any gives one row with its evidence alone."""
    site = site_of(request)
    rows = shown_records(site, question, limit, _from(offset))
    with bounded(site.store, site.settings.seconds):
        total = site.cached("total", (question.query(0, 0),), lambda: search(site.store, question.query(0, 0))).total
    following = offset + limit if offset + limit < min(total, DEEPEST + 1) else None
    return answer({"columns": list(TABLES["records"].names), "rows": rows, "next": following})


ByName = Literal["month", "year", "organisation", "action", "item", "region", "modality"]


@api.get("/counts", responses=_told(model=CountsModel), operation_id="counts", summary="Counts that count nothing twice")
def counts(request: Request, question: Question, by: Annotated[list[ByName] | None, Parameter(max_length=len(BY), description="Columns to count by.")] = None,
           sum: Annotated[bool, Parameter(description="Add up quantities by unit, rather than count actions.")] = False,
           top: Annotated[int, Parameter(ge=1, le=MOST, description="Only so many rows, the highest.")] = MOST,
           normalised: Annotated[bool, Parameter(description="Add up in base units where a unit has one.")] = False) -> Response:
    """Count work: done, unless another modality is asked for. With month or year, `time` is its first instant, for charts over time."""
    site = site_of(request)
    if question.q:
        raise RefusedError(422, "words_counted")
    columns = tuple(dict.fromkeys(by or []))
    chosen = question.selection(normalised_units=normalised)
    with bounded(site.store, site.settings.seconds):
        found = site.counted(columns, chosen, sum, top)
    over = next((name for name in ("month", "year") if name in columns), None)
    rows = [row | {"time": None if row[over] in (None, UNKNOWN) else f"{period(row[over])[0]}T00:00:00Z"} for row in found.rows] if over else found.rows
    return answer({"columns": [*found.columns, *(["time"] if over else [])], "rows": rows, "left_out": found.left_out, "notes": found.notes})


@api.get("/report", responses=_told(model=ReportModel), operation_id="report", summary="One report with all its rows")
def report(request: Request, source: Annotated[str, Parameter(max_length=1000, description="Name of the report.")]) -> Response:
    """The rows of one report by table."""
    site = site_of(request)
    with bounded(site.store, site.settings.seconds):
        tables = site.store.report(source)
    if tables is None:
        raise RefusedError(404, "no_report", source=source[:200])
    return answer({"source": source, "tables": tables})


@api.get("/organisations", responses=_told(model=OrganisationsModel), operation_id="organisations", summary="Bodies by name")
def organisations(request: Request, name: Annotated[str, Parameter(max_length=200, description="Name or part of one.")] = "",
                  limit: Annotated[int, Parameter(ge=1, le=MOST)] = 100) -> Response:
    """The bodies whose name, or a name used for them, holds `name`; those with most actions first."""
    site = site_of(request)
    with bounded(site.store, site.settings.seconds):
        return answer({"organisations": site.bodies(name.strip(), limit)})


@api.get("/organisation", responses=_told(model=dict[str, Any]), operation_id="organisation", summary="One body")
def organisation(request: Request, id: Annotated[str, Parameter(max_length=200, description="An organisation_id.")]) -> Response:
    """The row of the table `organisations` of one body."""
    site = site_of(request)
    body = site.store.organisation(id)
    if body is None:
        raise RefusedError(404, "no_organisation", id=id[:200])
    return answer(body)


@api.get("/codes", responses=_told(model=dict[str, dict[str, dict[str, str]]]), operation_id="codes", summary="Codes with their labels")
def codes() -> Response:
    """Labels by language, by code, by column."""
    return answer(LABELLED_COLUMNS)


@api.get("/status", responses=_told(model=StatusModel), operation_id="status", summary="What is served")
def status(request: Request) -> Response:
    """Version of the program, state and size of the store."""
    site = site_of(request)
    return answer({"version": VERSION, "generation": site.store.generation(), "rows": site.sizes()})
