"""The pages: search, report, organisation, organisations, overview, the description of the JSON interface."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi import Query as Parameter
from fastapi.responses import HTMLResponse, Response

from miner.counts import NOTES
from miner.counts import REASONS as LEFT_OUT
from miner.pages import environment, report_view
from miner.pages.view import amount, days, number
from miner.pages.wording import Wording, wording
from miner.schema import LABELLED_COLUMNS, MODALITIES
from miner.search import Hits, search
from miner.web import overview
from miner.web.asked import ORDERS, Asked, asked, asked_page
from miner.web.download import as_csv, as_xlsx, shown_records
from miner.web.refusals import RefusedError, bounded
from miner.web.settings import DEEPEST, DOWNLOADED, PAGE
from miner.web.site import Site, site_of

pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ROOM = "miner.web"
FACETS = 12
"""Values of a facet that a page shows."""
SHOWN_BODIES = 100
"""Bodies that a page lists."""
Question = Annotated[Asked, Depends(asked)]
Source = Annotated[str, Parameter(max_length=1000)]
Number = Annotated[int, Parameter()]


def language(request: Request, question: Asked | None = None) -> str:
    """The language of a page: the one asked for, else the one that the browser prefers, else English."""
    chosen = question.lang if question else request.query_params.get("lang")
    if chosen in ("en", "zh"):
        return str(chosen)
    return "zh" if request.headers.get("accept-language", "").strip().lower().startswith("zh") else "en"


def render(request: Request, template_name: str, question: Asked | None, http_status: int = 200, **values: Any) -> HTMLResponse:
    """A page from its template."""
    said = language(request, question)
    words = wording(said, ROOM)
    template = environment(ROOM).get_template(template_name)
    carried = {"lang": question.lang} if question and question.lang else {}
    other = "en" if said == "zh" else "zh"
    values |= {"t": words, "asked": question or Asked(), "site_link": lambda path, **more: path + (f"?{urlencode(more | carried)}" if more or carried else ""),
               "report_link": lambda source, anchor="": f"/report?{urlencode({'source': source} | carried)}{anchor and '#' + anchor}",
               "organisation_link": lambda key: f"/organisation?{urlencode({'id': key} | carried)}",
               "language_link": "/" + request.url.path.lstrip("/") + "?" + request.url.include_query_params(lang=other).query, "amount": amount, "days": days,
               "number": number, "path": request.url.path}
    return HTMLResponse(template.render(values), http_status, {"Content-Language": "zh-CN" if said == "zh" else "en", "Vary": "Accept-Language"})


@pages.get("/")
@pages.get("/search")
def search_page(request: Request, question: Question, page: Number = 1) -> Response:
    """Hits with their evidence and rows; filters with counts beside."""
    site, question = site_of(request), asked_page(question, page)
    hits = found(site, question)
    last = max(1, min(-(-hits.total // PAGE), DEEPEST // PAGE))
    words = wording(language(request, question), ROOM)
    return render(request, "search.html", question, hits=hits, last=last, page=page, facets=facet_links(hits, question, words), page_size=PAGE, deepest=DEEPEST,
                  chips=chips(site, question, words), orders=ORDERS, modalities=list(MODALITIES), actions=list(LABELLED_COLUMNS["action"]),
                  downloaded=DOWNLOADED, sizes=site.sizes() if not (question.q or question.source or question.filters()) else None)


def found(site: Site, question: Asked) -> Hits:
    """The hits of a page with their facets."""
    with bounded(site.store, site.settings.seconds):
        first = question.query(offset=0, facets=FACETS)
        hits = site.cached("hits", (first,), lambda: search(site.store, first))
        if question.page == 1:
            return hits
        later = site.cached("hits", (question.query(),), lambda: search(site.store, question.query()))
    return Hits(hits.total, later.hits, hits.facets, hits.facets_of, hits.words)


def facet_links(hits: Hits, question: Asked, words: Wording) -> dict[str, list[dict[str, Any]]]:
    """The facets as links that add their value to the question."""
    out: dict[str, list[dict[str, Any]]] = {}
    for name, values in hits.facets.items():
        links = []
        for facet in values:
            if name == "month":
                first, last = overview.period(facet.value)
                href, chosen = question.link("/search", date_from=first, date_to=last), (question.date_from, question.date_to) == (first, last)
            else:
                href, chosen = question.link("/search", **{name: facet.value}), getattr(question, name) == facet.value
            label = words.code(name, facet.value) if name in ("action", "modality") else facet.label
            links.append({"label": label, "hits": facet.hits, "href": href, "chosen": chosen})
        if links:
            out[name] = links
    return out


def chips(site: Site, question: Asked, words: Wording) -> list[dict[str, str]]:
    """The filters that are set, each with the address of the question without it."""
    out = []
    for name, value in question.filters().items():
        label = value
        if name == "organisation":
            body = site.store.organisation(value)
            label = body["name"] if body else value
        elif name in ("action", "modality"):
            label = words.code(name, value)
        field = {"from": "date_from", "to": "date_to"}.get(name, name)
        out.append({"name": words(f"filter_{name}"), "label": label, "href": question.link("/search", **{field: None})})
    if question.source:
        out.append({"name": words("filter_source"), "label": question.source, "href": question.link("/search", source=None)})
    return out


@pages.get("/search.csv")
def search_csv(request: Request, question: Question) -> Response:
    """The records of the hits as CSV."""
    return as_csv(shown_records(site_of(request), question), question.lang)


@pages.get("/search.xlsx")
def search_xlsx(request: Request, question: Question) -> Response:
    """The records of the hits as a workbook."""
    return as_xlsx(shown_records(site_of(request), question), question.lang)


@pages.get("/report")
def report_page(request: Request, question: Question, source: Source) -> Response:
    """A report: its text with every mention marked, its rows, the reasons, its neighbours, where else it is told."""
    site = site_of(request)
    with bounded(site.store, site.settings.seconds):
        rows = site.store.report(source)
        if rows is None:
            raise RefusedError(404, "no_report", source=source[:200])
        neighbours, repeats = site.store.neighbours(source), site.store.repeats_of(source)
    view = report_view(rows, wording(language(request, question), ROOM))
    left_out = {row["record"]: row["left_out"] for row in rows["records"] if row.get("left_out")}
    elsewhere: dict[str, list[dict[str, Any]]] = {}
    for row in repeats:
        elsewhere.setdefault(row["other_source"], []).append(row)
    bodies = {row["name"]: row["organisation_id"] for row in rows["organisation_mentions"] if row["organisation_id"]}
    return render(request, "report.html", question, view=view, neighbours=neighbours, elsewhere=elsewhere, left_out=left_out, bodies=bodies, reasons=LEFT_OUT)


@pages.get("/organisations")
def organisations_page(request: Request, question: Question, name: Annotated[str, Parameter(max_length=200)] = "") -> Response:
    """The bodies whose names hold some words, those with most actions first."""
    site = site_of(request)
    with bounded(site.store, site.settings.seconds):
        bodies = site.bodies(name.strip(), SHOWN_BODIES)
    return render(request, "organisations.html", question, bodies=bodies, name=name)


@pages.get("/organisation")
def organisation_page(request: Request, question: Question, id: Annotated[str, Parameter(max_length=200)], page: Number = 1) -> Response:
    """A body: names used, type, place, activity over time, what and how much, where it is named."""
    site = site_of(request)
    words = wording(language(request, question), ROOM)
    its = Asked(organisation=id, lang=question.lang)
    asked_page(its, page)
    with bounded(site.store, site.settings.seconds):
        body = site.store.organisation(id)
        if body is None:
            raise RefusedError(404, "no_organisation", id=id[:200])
        drawn = overview.sections(site, its, words, ("action", "item"))
        sums = overview.amounts(site, its)
        mentions = site.store.mentions(id, PAGE, (page - 1) * PAGE)
    last = max(1, min(-(-body["mentions"] // PAGE), DEEPEST // PAGE))
    return render(request, "organisation.html", its, body=body, sections=drawn, sums=sums, mentions=mentions, page=page, last=last,
                  notes=notes(sums.notes, words),
                  page_link=lambda n: f"/organisation?{urlencode({'id': id, 'page': n} | ({'lang': its.lang} if its.lang else {}))}#mentions")


@pages.get("/overview")
def overview_page(request: Request, question: Question) -> Response:
    """Rows by time, and the most active organisations, actions, items and regions."""
    site = site_of(request)
    words = wording(language(request, question), ROOM)
    with bounded(site.store, site.settings.seconds):
        drawn = overview.sections(site, question, words)
        shown = chips(site, question, words)
    for chip in shown:
        chip["href"] = chip["href"].replace("/search", "/overview", 1)
    return render(request, "overview.html", question, sections=drawn, chips=shown, sizes=site.sizes(), left_out=drawn[0].counts.left_out, reasons=LEFT_OUT,
                  notes=notes({code: n for section in drawn for code, n in section.counts.notes.items()}, words))


def notes(found: dict[str, int], words: Wording) -> list[str]:
    """What must be known to read a count."""
    return [words(f"note_{code}", n=number(n)) for code, n in found.items() if code in NOTES]


@pages.get("/api")
def api_page(request: Request, question: Question) -> Response:
    """The JSON interface, for people: its addresses and parameters."""
    return render(request, "api.html", question, described=request.app.openapi(), quote=quote)
