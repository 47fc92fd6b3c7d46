"""Small annotated reports for property tests, made by hypothesis: any text, any marks that the format can say."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from miner.learning.annotation import HEADER_KEYS, AnnotatedReport, link_row
from miner.learning.annotation_fields import CODES, SPACE

WORDS = st.text("市区局甲乙检查口罩三12-.#@=·(", min_size=1, max_size=6).filter(lambda word: word != "-")
GAPS = st.text("今日,。与{}| \n|-#@abc①𠮷", max_size=8)
MENTIONS = st.text("检查捐赠12万只 \n{}|#𠮷", min_size=1, max_size=6).filter(lambda m: SPACE.sub("", m) and m[0] not in "{}" and m[-1] not in "{}")
DAYS = st.dates(dt.date(2008, 1, 1), dt.date(2026, 12, 31)).map(str)


def codes(kind: str, name: str):
    return st.lists(st.sampled_from(CODES[kind, name]), min_size=1, max_size=3, unique=True).map("|".join)


def words(*, may_be_empty: bool):
    one = st.one_of(WORDS, st.just("")) if may_be_empty else WORDS
    return st.lists(one, min_size=1, max_size=3, unique=True).map("|".join).filter(lambda name: may_be_empty or name)


@st.composite
def extents(draw):
    """(from, to), each with or without its hour, one or both open."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    hour = draw(st.sampled_from(["", "T08", "T23"]))
    return draw(st.sampled_from([(first + hour, first + hour), (first, last), (None, last), (first, None), (None, None)]))


@st.composite
def mark(draw, kind: str):
    optional = {"opt": True} if draw(st.booleans()) else {}
    if kind != "event" and draw(st.booleans()):
        optional["alt"] = draw(WORDS)
    if kind == "org":
        pron = {"pron": True} if draw(st.booleans()) else {}
        return {"k": "org", "name": draw(words(may_be_empty=True)), "type": draw(codes("org", "type")), **optional, **pron}
    if kind == "date":
        start, end = draw(extents())
        return {"k": "date", "from": start, "to": end, "grain": draw(codes("date", "grain")), **optional}
    if kind == "event":
        return {"k": "event", "type": draw(codes("act", "type")), "modality": draw(codes("act", "modality")), "org": draw(words(may_be_empty=True)),
                "when": draw(st.one_of(st.none(), extents().map(list))), **optional}
    value = draw(st.one_of(st.integers(-50, 10**12), st.integers(0, 10**6).map(lambda n: n / 8)))
    high = draw(st.one_of(st.none(), st.integers(0, 1000).map(lambda more: value + more)))
    return {"k": "qty", "value": value, "hi": high, "unit": draw(st.one_of(st.just(""), WORDS, st.just("元/人"))), "item": draw(words(may_be_empty=True)),
            "qual": draw(codes("qty", "qualifier")), "scope": draw(codes("qty", "scope")), **optional}


@st.composite
def reports(draw):
    """A report with up to eight marks; quantities belong to any act or to none, with days of their own or without."""
    text, records = draw(GAPS), []
    for kind in draw(st.lists(st.sampled_from(["org", "date", "event", "qty"]), max_size=8)):
        mention = draw(MENTIONS)
        record = {**draw(mark(kind)), "text": SPACE.sub("", mention), "start": len(text), "end": len(text) + len(mention)}
        if kind == "event":
            record["trigger"] = record["text"]
        records.append(record)
        text += mention + draw(GAPS.filter(lambda gap: not gap.startswith("}")))
    acts = [i for i, record in enumerate(records) if record["k"] == "event"]
    for record in records:
        if record["k"] == "qty":
            own = draw(st.one_of(st.none(), extents().map(list)))
            link_row(records, record, draw(st.sampled_from(acts)) if acts and draw(st.booleans()) else None, own)
    header = dict.fromkeys(HEADER_KEYS) | {
        "published": draw(st.one_of(st.none(), DAYS)), "year": draw(st.one_of(st.none(), st.integers(2008, 2026))),
        "jurisdiction": draw(st.one_of(st.none(), WORDS)), "domain": draw(WORDS), "layout": draw(WORDS),
        "article": draw(st.lists(st.one_of(WORDS, st.just("")), max_size=3)), "traps": draw(st.sampled_from([None, "plans", "plans, negation"])),
        "origin": draw(st.sampled_from([None, "own"]))}
    return AnnotatedReport("生成", text, header, records)
