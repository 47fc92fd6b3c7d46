"""Search and counts on a store of any size: time, and recall against reading every sentence.

The store is generated: the annotated reports of ``corpora/train`` and ``corpora/dev`` are mined once, then copied with other numbers, days, divisions, bodies
and an inserted piece of another report in every third sentence (fixed seed), and written through the program's own parts and store.

    python benchmarks/search_speed.py FOLDER --sentences 1000000

A folder that holds a store already is measured as it is. Times are those of the library, one process, warm; ``--readers`` threads ask at once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from miner.archive.order import Ordered
from miner.archive.parts import PART_TABLES, PartInput, load_all, write_part
from miner.archive.plan import Shard
from miner.archive.tables import write_tables
from miner.archive.work import Rows, mine_source
from miner.counts import Selection, count
from miner.document import Hints
from miner.indexing import StoreKeeper
from miner.learning.annotation import read_annotated
from miner.reading import Source
from miner.search import Query, search
from miner.store import Store, open_store
from miner.store.folding import fold

ROOT = Path(__file__).parent.parent
DIVISIONS = ("清河区", "柳林区", "南屏区", "临江市", "安康市", "河西区", "建华区", "丰水县", "东山县", "西湖区", "长宁区", "白云区", "江北区", "新城区",
             "海港区", "平川县")
PER_SHARD = 200


def say(*words: str) -> None:
    """Print at once."""
    print(*words, flush=True)


def mined() -> list[Rows]:
    """The rows of every annotated report."""
    found = []
    for split in ("train", "dev"):
        for file in sorted((ROOT / "corpora" / split).glob("*.ann")):
            source = Source(file.name, read_annotated(file).text, "text", "txt", "utf-8")
            found.append({"rejects": [], **mine_source(source, Hints()).rows()})
    return found


class Variation:
    """Copies of mined reports that differ from them and from each other."""

    def __init__(self, reports: list[Rows], seed: int = 1) -> None:
        self.reports, self.random = reports, random.Random(seed)
        self.pieces = [sentence["text"] for rows in reports for sentence in rows["sentences"] if len(sentence["text"]) > 12]

    def report(self, number: int) -> Rows:
        """The rows of one copy."""
        choice, source = self.random.choice, f"{number // 1000:05}/{number:08}.txt"
        place = f"{choice(DIVISIONS)}{number % 97 or ''}"
        rows = {name: [{**row, "source": source} for row in found] for name, found in choice(self.reports).items()}
        for row in rows["reports"]:
            day = dt.date(2018, 1, 1) + dt.timedelta(self.random.randrange(2400))
            row |= {"published": day, "jurisdiction": place, "jurisdiction_code": None}
        for row in rows["sentences"]:
            row["text"] = self.text(row["text"])
            row["sentence_key"] = self.random.getrandbits(62)
        for row in rows["organisation_mentions"]:
            row["organisation_id"] = "o" + hashlib.sha256(f"{row['name']}{place}".encode()).hexdigest()[:15]
        for row in rows["records"]:
            row |= {"value": row["value"] and float(self.random.randrange(1, 5000)), "published": day, "jurisdiction": place}
            if row["date_to"]:
                row["date_from"] = row["date_to"] = day - dt.timedelta(self.random.randrange(20))
        return rows

    def text(self, text: str) -> str:
        """Other digits; in every third sentence a piece of another."""
        text = re.sub(r"\d", lambda _: str(self.random.randrange(10)), text)
        if self.random.random() < 1 / 3:
            at, piece = self.random.randrange(len(text) + 1), self.random.choice(self.pieces)
            start = self.random.randrange(len(piece) - 8)
            text = text[:at] + piece[start : start + self.random.randrange(3, 9)] + text[at:]
        return text


def generate(out: Path, sentences: int) -> None:
    """Write parts, tables and store."""
    variation, made, number, shards = Variation(mined()), 0, 0, []
    began = time.perf_counter()
    while made < sentences:
        rows: Rows = {name: [] for name in PART_TABLES}
        inputs = []
        for _ in range(PER_SHARD):
            report = variation.report(number)
            for name, found in report.items():
                rows[name] += found
            inputs.append(PartInput(f"{number}\n", tuple(len(report.get(name, ())) for name in PART_TABLES)))
            number += 1
        made += len(rows["sentences"])
        shards.append(f"{len(shards):06}")
        write_part(out / "parts" / shards[-1], Shard(shards[-1], ()), "generated", rows, inputs, {})
    parts = load_all(out / "parts")
    write_tables(out, Ordered((part, index) for part in parts for index in range(len(part.inputs))), "generated", xlsx=False)
    say(f"generated {number} reports, {made} sentences in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    with StoreKeeper(out) as keeper:
        for shard in shards:
            keeper.add(shard)
        added = time.perf_counter()
        keeper.finish(shards)
    size = (out / "reports.db").stat().st_size
    say(f"store: {added - began:.0f} s to take in the shards, {time.perf_counter() - added:.0f} s to finish, {size / 1e6:.0f} MB")


def queries(texts: list[str], length: int, number: int, seed: int) -> list[str]:
    """Passages of Han characters out of random sentences: frequent words come up as often as they are written."""
    chooser, found = random.Random(seed), []
    while len(found) < number:
        text = chooser.choice(texts)
        places = [match.start() for match in re.finditer(rf"(?=[\u4e00-\u9fff]{{{length}}})", text)]
        if places:
            at = chooser.choice(places)
            found.append(text[at : at + length])
    return found


def timed(ask: Callable[[Any], Any], questions: list[Any], readers: int = 1) -> str:
    """Milliseconds: p50, p95, largest."""

    def one(question: Any) -> float:
        began = time.perf_counter()
        ask(question)
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(readers) as pool:
        times = sorted(pool.map(one, questions))
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    return f"p50 {p50:7.1f}  p95 {p95:7.1f}  largest {times[-1]:7.1f} ms  ({len(times)} questions, {readers} at once)"


def recall(store: Store, folded: list[tuple[tuple[str, int], str]], asked: list[str]) -> Iterator[float]:
    """The share of the sentences that hold a word among the hits; hits that do not hold it fail."""
    for word in asked:
        expected = {key for key, text in folded if word in text}
        db = store.connection()
        hits = search(store, Query(word, limit=0))
        found = {(row[0], row[1]) for row in db.execute("SELECT p.source, s.sentence FROM words w JOIN sentences s ON s.id = w.rowid JOIN reports p "
                                                       "ON p.id = s.report_id WHERE w.words MATCH ?", (index_query(word),))}
        assert found <= expected and hits.total == len(found), word
        yield len(found & expected) / len(expected) if expected else 1.0


def index_query(word: str) -> str:
    """What a search asks the index."""
    from miner.search.language import parse

    return parse(word).index_query()[0]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--recall", type=int, default=100, help="queries compared with reading every sentence")
    arguments = parser.parse_args()
    if not (arguments.folder / "reports.db").exists():
        generate(arguments.folder, arguments.sentences)
    store = open_store(arguments.folder)
    folded = [((row[0], row[1]), fold(row[2])) for row in store.connection().execute(
        "SELECT p.source, s.sentence, s.text FROM sentences s JOIN reports p ON p.id = s.report_id")]
    texts = [text for _, text in folded]
    say(f"{len(texts)} sentences")
    regions = [f"{name}{number}" for name in DIVISIONS for number in (1, 20, 55)]
    for length in (1, 2, 4, 8):
        say(f"{length} characters, 20 hits by date    ", timed(lambda q: search(store, Query(q)), queries(texts, length, 300, length)))
    two = queries(texts, 2, 300, 20)
    say("2 characters, 20 by relevance    ", timed(lambda q: search(store, Query(q, order="relevance")), two))
    say("2 characters, with facets        ", timed(lambda q: search(store, Query(q, facets=10)), two))
    say("2 characters and action, facets  ", timed(lambda q: search(store, Query(q, action="inspect", facets=10)), two))
    say("2 characters and region, facets  ", timed(lambda q: search(store, Query(q[0], region=q[1], facets=10)), [*zip(two, regions * 9, strict=False)]))
    say("region alone, facets             ", timed(lambda r: search(store, Query(region=r, facets=10)), regions))
    say("action alone, facets             ", timed(lambda a: search(store, Query(action=a, facets=10)), ["inspect", "serve", "train"] * 5))
    say("nothing asked, facets            ", timed(lambda _: search(store, Query(facets=10)), [0] * 10))
    say("readers at once, facets          ", timed(lambda q: search(store, Query(q, facets=10)), queries(texts, 2, 600, 30), arguments.readers))
    say("readers at once, region, facets  ", timed(lambda q: search(store, Query(q[0], region=q[1], facets=10)), [*zip(two, regions * 9, strict=False)],
                                                     arguments.readers))
    columns = ["month", "organisation", "action", "item", "region"] * 20
    say("overview: prepared counts        ", timed(lambda by: count(store, [by], top=20), columns, arguments.readers))
    say("counts of one region by month    ", timed(lambda r: count(store, ["month"], True, Selection(region=r)), regions))
    say("counts of one item by month      ", timed(lambda i: count(store, ["month"], True, Selection(item=i)), ["口罩", "企业", "药店", "人员"] * 3))
    say("sums by month and action, all    ", timed(lambda _: count(store, ["month", "action"], True), [0] * 3))
    shares = [share for length in (1, 2, 3) for share in recall(store, folded, queries(texts, length, arguments.recall // 3, 40 + length))]
    say(f"recall {statistics.mean(shares):.6f} over {len(shares)} queries of 1 to 3 characters, precision 1")


if __name__ == "__main__":
    main()
