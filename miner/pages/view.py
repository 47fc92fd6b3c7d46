"""The rows of one report → what its page shows."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field

from miner.components.events.shares import SHARE
from miner.pages.marks import Mark, Piece, Row, pieces, place
from miner.pages.wording import Wording


@dataclass(slots=True)
class SentenceView:
    """A sentence: its pieces, and the earlier sentence that it repeats (of this report or, with `repeat_of_source`, of another).

    `told`: the sentence before repeats the same report already, so that the page need not say it again.
    """

    number: int
    pieces: list[Piece]
    repeat_of: int | None = None
    repeat_of_source: str | None = None
    told: bool = False


@dataclass(slots=True)
class ParagraphView:
    """A heading, paragraph or other block (`kind` as in the table ``sentences``)."""

    kind: str
    joined: bool
    sentences: list[SentenceView] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell of a row with where it comes from.

    Attributes
    ----------
    label, value
        What it is and what it says; both in the page's language.
    kind
        The kind of mention behind it, for its colour.
    words, place
        The words of the text behind it and their anchor; None where the text does not say them.
    reason
        Why, in the page's language.
    confidence
        0 to 1, None where nothing was weighed.
    """

    label: str
    value: str
    kind: str = ""
    words: str | None = None
    place: str | None = None
    reason: str = ""
    confidence: float | None = None


@dataclass(slots=True)
class EventView:
    """An action: its anchor, the cells of its flat rows, and the reasons."""

    id: str
    trigger: str
    place: str
    action: str
    modality: str
    modality_code: str
    organisation: str
    days: str
    records: list[Row]
    cells: list[Cell]
    repeated: bool
    confidence: float | None


@dataclass(slots=True)
class MentionView:
    """A mention in the list of all mentions; `used` says whether a row holds it."""

    place: str
    words: str
    value: str
    reason: str
    confidence: float | None
    used: bool


@dataclass(slots=True)
class ReportView:
    """What the page of one report shows; all texts in the page's language."""

    source: str
    title: str
    facts: list[Cell]
    paragraphs: list[ParagraphView]
    events: list[EventView]
    mentions: dict[str, list[MentionView]]
    rows: int


def report_view(tables: dict[str, list[Row]], words: Wording, prefix: str = "") -> ReportView:
    """What the page of one report shows.

    Parameters
    ----------
    tables
        The report's rows, by table: ``reports``, ``sentences``, ``organisation_mentions``, ``dates``, ``quantities``, ``events``, ``records``.
    words
        The language of the page.
    prefix
        Stands before every anchor, where several reports share a page.
    """
    return _Maker(tables, words, prefix).view()


def days(first: dt.date | str | None, last: dt.date | str | None, words: Wording) -> str:
    """A period in words; empty if both ends are unknown."""
    if first is None and last is None:
        return ""
    if first is None:
        return words("until", day=last)
    if last is None:
        return words("since", day=first)
    return str(first) if first == last else f"{first} {words('to')} {last}"


def number(value: float | None) -> str:
    """A number without superfluous zeros, thousands apart."""
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"


def amount(row: Row, words: Wording) -> str:
    """Value, range and unit of a quantity as the row holds them, with its qualifier unless it is exact."""
    if row.get("value") is None:
        return ""
    said = number(row["value"]) + (f"–{number(row['high'])}" if row.get("high") is not None else "") + (row.get("unit") or "")
    qualifier = row.get("qualifier")
    return f"{said} ({words.code('qualifier', qualifier)})" if qualifier and qualifier != "exact" else said


class _Maker:
    """Builds the view of one report."""

    def __init__(self, tables: dict[str, list[Row]], words: Wording, prefix: str) -> None:
        self.tables, self.words, self.prefix = tables, words, prefix
        self.users: dict[tuple[str, int], str] = {}
        self.at = {kind: {(row["start"], row["end"]): index for index, row in enumerate(tables[table])}
                   for kind, table in (("organisation", "organisation_mentions"), ("date", "dates"))}
        for row in tables["events"]:
            for kind in ("organisation", "date"):
                index = self._mention(kind, row[f"{kind}_at"])
                if index is not None:
                    self.users.setdefault((kind, index), self._event_id(row))
            for index in row["quantities"] or ():
                self.users.setdefault(("quantity", index), self._event_id(row))

    def view(self) -> ReportView:
        facts = self.tables["reports"][0]
        return ReportView(facts["source"] or "", facts["title"] or facts["source"] or "", self._facts(facts), self._paragraphs(), self._events(),
                          self._mentions(), len(self.tables["records"]))

    def _event_id(self, row: Row) -> str:
        return f"{self.prefix}event-{row['event']}"

    def _id(self, kind: str, index: int) -> str:
        return f"{self.prefix}{kind}-{index}"

    def _mention(self, kind: str, at: list[int] | None) -> int | None:
        return self.at[kind].get((at[0], at[1])) if at else None

    def _facts(self, facts: Row) -> list[Cell]:
        words, out = self.words, []
        place = facts["jurisdiction"], facts["jurisdiction_code"]
        for name, value in (("published", facts["published"]), ("year", facts["year"]), ("jurisdiction", " ".join(filter(None, place))),
                            ("author", facts["author"]), ("publisher", facts["publisher"])):
            reason = words.reason(facts.get(f"{name}_reason"))
            if value or reason:
                out.append(Cell(words.column("reports", name), str(value) if value else words("no_cell"), reason=reason))
        return out

    # the text

    def _paragraphs(self) -> list[ParagraphView]:
        sentences = self.tables["sentences"]
        marks = self._marks(sentences)
        out: list[ParagraphView] = []
        last = None
        for index, row in enumerate(sentences):
            if row["paragraph"] != last:
                out.append(ParagraphView(row["kind"], bool(row["joined"])))
                last = row["paragraph"]
            cut = pieces(row["text"], marks.get(index, ()))
            elsewhere = row.get("repeat_of_source")
            told = elsewhere is not None and index > 0 and sentences[index - 1].get("repeat_of_source") == elsewhere
            out[-1].sentences.append(SentenceView(row["sentence"], cut, row["repeat_of"], elsewhere, told))
        return out

    def _marks(self, sentences: list[Row]) -> dict[int, list[Mark]]:
        starts = [row["start"] for row in sentences]
        found: list[tuple[int, int, str, str, str, str | None]] = []
        for kind, table in (("organisation", "organisation_mentions"), ("date", "dates"), ("quantity", "quantities")):
            for index, row in enumerate(self.tables[table]):
                found.append((row["start"], row["end"], kind, self._id(kind, index), row["text"], self.users.get((kind, index))))
        about = {self._id(kind, index): said for kind in ("organisation", "date", "quantity") for index, said in enumerate(self._values(kind))}
        for row in self.tables["events"]:
            anchor = f"{self.prefix}action-{row['event']}"
            about[anchor] = f"{self.words.code('action', row['action'])} · {self.words.code('modality', row['modality'])}"
            found.append((row["start"], row["end"], "action", anchor, row["trigger"], self._event_id(row)))
        out: dict[int, list[Mark]] = {}
        least: dict[int, int] = {}
        for start, end, kind, anchor, text, target in sorted(found, key=lambda one: (one[0], -one[1])):
            index = max(bisect_right(starts, start) - 1, 0)
            first, last = place(sentences[index], start, end, text, least.get(index, 0))
            least[index] = first
            out.setdefault(index, []).append(Mark(kind, anchor, first, last, about[anchor], target))
        return out

    def _values(self, kind: str) -> list[str]:
        words = self.words
        if kind == "organisation":
            return [f"{row['name']} · {words.code('type', row['type'])}" for row in self.tables["organisation_mentions"]]
        if kind == "date":
            return [days(row["date_from"], row["date_to"], words) or "?" for row in self.tables["dates"]]
        return [" ".join(filter(None, (amount(row, words), row["item"]))) for row in self.tables["quantities"]]

    def _mentions(self) -> dict[str, list[MentionView]]:
        words, out = self.words, {}
        for kind, table in (("organisation", "organisation_mentions"), ("date", "dates"), ("quantity", "quantities")):
            values = self._values(kind)
            out[kind] = [MentionView(self._id(kind, index), row["text"], values[index], self._why(kind, row), row.get("confidence"),
                                     (kind, index) in self.users) for index, row in enumerate(self.tables[table])]
        out["action"] = [MentionView(f"{self.prefix}action-{row['event']}", row["trigger"], words.code("action", row["action"]),
                                     words.reason(row["modality_reason"]), row["confidence"], True) for row in self.tables["events"]]
        return out

    def _why(self, kind: str, row: Row) -> str:
        words = self.words
        if kind != "quantity":
            return words.reason(row["reason"])
        said = []
        if row["scope"] and row["scope"] != "one":
            said.append(words.code("scope", row["scope"]))
        if row["part_of"] is not None:
            said.append(words("part_of", total=self.tables["quantities"][row["part_of"]]["text"]))
        if row["sum_check"]:
            said.append(words(f"sum_{row['sum_check']}"))
        if row["each"]:
            said.append(words("each"))
        if row["normalised_value"] is not None and (row["normalised_unit"] or "") != (row["unit"] or ""):
            said.append(words("means", value=number(row["normalised_value"]), unit=row["normalised_unit"] or ""))
        if row["date_from"] or row["date_to"]:
            said.append(f"{words('own_days')}: {days(row['date_from'], row['date_to'], words)}")
        return "; ".join(said) or words("written")

    # the rows

    def _events(self) -> list[EventView]:
        words = self.words
        records: dict[int, list[Row]] = {}
        for record in self.tables["records"]:
            records.setdefault(record["event"], []).append(record)
        out = []
        for row in self.tables["events"]:
            held = records.get(row["event"], [])
            anchor = f"{self.prefix}action-{row['event']}"
            out.append(EventView(
                self._event_id(row), row["trigger"], anchor, words.code("action", row["action"]), words.code("modality", row["modality"]), row["modality"],
                row["organisation"] or "", days(row["date_from"], row["date_to"], words), [self._record(record) for record in held],
                self._cells(row, anchor, held), any(record["repeated"] for record in held), row["confidence"]))
        return out

    def _record(self, row: Row) -> Row:
        return {"organisation": row["organisation"] or "", "days": days(row["date_from"], row["date_to"], self.words), "amount": amount(row, self.words),
                "item": row["item"] or "", "scope": self.words.code("scope", row["scope"]) if row["scope"] not in (None, "one") else ""}

    def _cells(self, row: Row, anchor: str, records: list[Row]) -> list[Cell]:
        words = self.words
        shares = {record["quantity"]: words("share", body=record["organisation"]) for record in records if record["organisation_reason"] == SHARE}
        cells = [
            Cell(words.column("events", "action"), words.code("action", row["action"]), "action", row["trigger"], anchor,
                 words("trigger_reason", trigger=row["trigger"]), row["confidence"]),
            Cell(words.column("events", "modality"), words.code("modality", row["modality"]), reason=words.reason(row["modality_reason"])),
            self._linked(row, "organisation", "organisation_mentions", "、".join(row["organisations"] or ()) or words("no_cell")),
            self._linked(row, "date", "dates", days(row["date_from"], row["date_to"], words) or words("no_cell")),
        ]
        for index in row["quantities"] or ():
            quantity = self.tables["quantities"][index]
            cells.append(Cell(words.table("quantities"), " ".join(filter(None, (amount(quantity, words), quantity["item"]))),
                              "quantity", quantity["text"], self._id("quantity", index),
                              "; ".join(filter(None, (self._why("quantity", quantity), shares.get(index))))))
        return cells

    def _linked(self, row: Row, kind: str, table: str, value: str) -> Cell:
        """The cell of an actor or a day: where it was taken from, and how that mention was itself read."""
        words = self.words
        index = self._mention(kind, row[f"{kind}_at"])
        cell = Cell(words(kind), value, kind, reason=words.reason(row[f"{kind}_reason"]))
        if index is not None:
            mention = self.tables[table][index]
            cell.words, cell.place, cell.confidence = mention["text"], self._id(kind, index), mention["confidence"]
            read = words.reason(mention["reason"])
            cell.reason = " → ".join(filter(None, (cell.reason, read)))
        return cell
