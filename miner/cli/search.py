"""``miner search``: sentences of a store."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from miner.cli.options import Language
from miner.cli.stores import (
    ActionOption,
    FromOption,
    ItemOption,
    OrganisationOption,
    OutArgument,
    RegionOption,
    ToOption,
    as_json,
    code_of,
    day,
    opened,
    print_table,
    utf8,
)

if TYPE_CHECKING:
    from miner.search import Hit, Hits

_COLUMNS = ("source", "sentence", "start", "end", "published", "region", "title", "text", "marks", "repeat")


class Format(StrEnum):
    """Output formats."""

    table = "table"
    json = "json"
    csv = "csv"


class Order(StrEnum):
    """Orders of hits."""

    date = "date"
    oldest = "oldest"
    relevance = "relevance"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(name="search")(search)


def search(
    out: OutArgument,
    query: Annotated[str, typer.Argument(help="Words that a sentence must hold; may be left out with other conditions.")] = "",
    organisation: OrganisationOption = None,
    action: ActionOption = None,
    item: ItemOption = None,
    region: RegionOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    modality: Annotated[str | None, typer.Option(help="done, ongoing, planned, required or negated.")] = None,
    order: Annotated[Order, typer.Option(help="date: newest report first; oldest; relevance: BM25.")] = Order.date,
    limit: Annotated[int, typer.Option(min=0, help="At most so many hits.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many hits at the beginning.")] = 0,
    facets: Annotated[int, typer.Option(min=0, help="Also count the hits by organisation, action, item, region, month, modality; so many values of each.")] = 0,
    format: Annotated[Format, typer.Option(help="table for people, json and csv for programs.")] = Format.table,
    lang: Annotated[Language, typer.Option(help="Language of labels.")] = Language.en,
) -> None:
    """Find sentences, with the work that they report.

    QUERY: words apart by spaces, a sentence must hold all of them, each as it is written: 消毒 学校.
    "…" holds words together with the spaces between them. OR between two words asks for one of them and binds first:
    药店 检查 OR 巡查 is 药店, and 检查 or 巡查. NOT before a word asks for sentences without it. AND changes nothing.
    The three are in capitals. Everything else is text, every sign of it; no query is an error.
    Traditional or simplified, full-width or not, capitals or not: it does not matter.

    A query finds exactly the sentences that hold its words, be they one character or a hundred, across words and punctuation.
    The conditions on work (--organisation … --modality) hold for one and the same record of the sentence.

    Example: miner search OUT '药店 检查 OR 巡查 NOT 计划' --action inspect --from 2021-01-01
    """
    utf8()
    from miner.schema import LABELLED_COLUMNS, MODALITIES
    from miner.search import Query
    from miner.search import search as find

    kind = code_of(action, LABELLED_COLUMNS["action"])
    asked = Query(query, organisation, kind, item, region, day(date_from), day(date_to), code_of(modality, MODALITIES), None, order.value,
                  limit, offset, facets)
    with opened("search", out) as store:
        found = find(store, asked)
    {Format.table: _table, Format.json: _json, Format.csv: _csv}[format](found, lang)


def _plain(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in _COLUMNS}


def _json(found: Hits, lang: Language) -> None:
    hits = [_plain(hit) | {"heading": hit.heading, "kind": hit.kind, "records": hit.records} for hit in found.hits]
    facets = {name: [vars(facet) for facet in values] for name, values in found.facets.items()}
    typer.echo(as_json({"total": found.total, "hits": hits, "facets_of": found.facets_of, "facets": facets}))


def _csv(found: Hits, lang: Language) -> None:
    """One line per hit; marks as start-end, apart by spaces."""
    import csv
    import sys

    from miner.store.cells import guarded

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*_COLUMNS, "records"))
    for hit in found.hits:
        cells = _plain(hit) | {"marks": " ".join(f"{start}-{end}" for start, end in hit.marks)}
        written = [guarded(cell) if isinstance(cell, str) else cell for cell in cells.values()]
        writer.writerow([*written, len(hit.records)])


def _table(found: Hits, lang: Language) -> None:
    from rich.text import Text

    from miner.schema import LABELLED_COLUMNS, MODALITIES

    for hit in found.hits:
        text = Text(hit.text.replace("\n", " "))
        for start, end in hit.marks:
            text.stylize("bold reverse", start, end)
        typer.echo(f"{hit.published or '----------'}  {hit.region or ''}  {hit.source}#{hit.sentence}{'  (repeat)' if hit.repeat else ''}")
        _echo(text, hit.marks)
        for record in hit.records:
            cells = (record["organisation"] or "", LABELLED_COLUMNS["action"].get(record["action"], {}).get(lang.value, record["action"]),
                     MODALITIES.get(record["modality"], {}).get(lang.value, record["modality"]), record["quantity_text"] or "", record["item"] or "")
            typer.echo(f"    {'*' if record['matches'] else ' '} " + "  ".join(cell for cell in cells if cell))
    typer.echo(f"{found.total} sentences" + (f", {len(found.hits)} shown" if len(found.hits) < found.total else ""), err=True)
    if found.facets:
        rows = [(name, facet.label, facet.value if name == "organisation" else "", facet.hits) for name, facets in found.facets.items() for facet in facets]
        print_table(("facet", "value", "id", "hits"), rows, frozenset({"hits"}))
        if found.facets_of < found.total:
            typer.echo(f"facets are counted over the newest {found.facets_of} hits", err=True)


def _echo(text: Any, marks: tuple[tuple[int, int], ...]) -> None:
    """The sentence with its marks: reversed on a terminal, in 【】 where there is none."""
    import sys

    from rich.console import Console

    if sys.stdout.isatty():
        Console(markup=False, highlight=False).print("  ", text, sep="")
        return
    plain, at = [], 0
    for start, end in marks:
        plain += [text.plain[at:start], "【", text.plain[start:end], "】"]
        at = end
    typer.echo("  " + "".join(plain) + text.plain[at:])
