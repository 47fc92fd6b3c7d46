"""A search finds exactly the sentences that hold the words: compared with reading every sentence."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from miner.search import Query, search
from miner.store import Store
from miner.store.folding import fold
from tests.conftest import corpus
from tests.stores import report, store_of

_ALPHABET = "检查檢药店aAＡbB12１２，,。 \u3000\"'*-():^\x00\n\ud800\U00100041𠀀é“市"


@cache
def sentences() -> list[str]:
    """Sentences of the annotated reports, and made up ones of characters that an index could stumble over."""
    real = [line.strip() for file in corpus("train")[:30] for line in re.split(r"(?<=[。;])|\n", file.read_text("utf-8")) if line.strip()]
    made = random.Random(7)
    hard = ["".join(made.choice(_ALPHABET) for _ in range(made.randrange(0, 12))) for _ in range(400)]
    special = ["", " ", '"', "AND", "检查 AND 药店", "a" * 300, "检" * 300, "检查" * 200, "\x00", "检\x00查", "N95口罩n95", "NEAR(a b)", "grams:检查",
               "\U0010fffd"]
    return [text.encode("utf-8", "replace").decode("utf-8") for text in real + hard + special]


@cache
def store() -> Store:
    texts = sentences()
    reports = [report(f"{at:04}.txt", texts[at : at + 37], published=f"20{20 + at % 3}-0{1 + at % 9}-11" if at % 5 else None)
               for at in range(0, len(texts), 37)]
    return store_of(Path(mkdtemp()), reports)


def found(query: str) -> set[tuple[str, int]]:
    hits = search(store(), Query(query, limit=1 << 40))
    assert hits.total == len(hits.hits) == len({(hit.source, hit.sentence) for hit in hits.hits})
    return {(hit.source, hit.sentence) for hit in hits.hits}


def read_all(word: str) -> set[tuple[str, int]]:
    """The oracle: every sentence is read."""
    wanted = fold(word)
    return {(f"{at // 37 * 37:04}.txt", at % 37) for at, text in enumerate(sentences()) if wanted in fold(text)}


@st.composite
def passages(draw: st.DrawFn) -> str:
    """A piece of a sentence, at times changed in one place."""
    text = draw(st.sampled_from([text for text in sentences() if text]))
    start = draw(st.integers(0, len(text) - 1))
    piece = text[start : start + draw(st.integers(1, 60))]
    if draw(st.booleans()):
        at = draw(st.integers(0, len(piece) - 1))
        piece = piece[:at] + draw(st.sampled_from(_ALPHABET)) + piece[at + 1 :]
    return piece


def as_one_word(text: str) -> str | None:
    """The query for a text as it stands, where the language can say it."""
    return f'"{text}"' if '"' not in text and text.strip() else text if not re.search(r'\s|^".+"', text) and text not in ("AND", "OR", "NOT") and text else None


@settings(max_examples=400, deadline=None)
@given(passages() | st.text(alphabet=_ALPHABET, min_size=1, max_size=4) | st.text(min_size=1, max_size=3))
@example("检")
@example("a" * 300)
@example("检查" * 60)
@example("\x00")
@example("检\x00查")
@example("药")
def test_a_passage(text: str) -> None:
    query = as_one_word(text)
    if query is not None:
        assert found(query) == read_all(text)


@settings(max_examples=200, deadline=None)
@given(passages(), passages(), passages(), st.sampled_from(["{0} {1}", "{0} OR {1}", "{0} NOT {1}", "NOT {0}", "{0} {1} OR {2}", "{0} OR {1} NOT {2}",
                                                           "NOT {0} OR {1}", "NOT {0} NOT {1}", "{0} AND {1} AND NOT {2}"]))
def test_words_that_are_bound(a: str, b: str, c: str, form: str) -> None:
    words = [as_one_word(text) for text in (a, b, c)]
    if any(word is None or not re.fullmatch('"[^"]+"', word, re.S) for word in words):
        return
    every, (x, y, z) = read_all(""), (read_all(text) for text in (a, b, c))
    expected = {"{0} {1}": x & y, "{0} OR {1}": x | y, "{0} NOT {1}": x - y, "NOT {0}": every - x, "{0} {1} OR {2}": x & (y | z),
                "{0} OR {1} NOT {2}": (x | y) - z, "NOT {0} OR {1}": every - x - y, "NOT {0} NOT {1}": every - x - y,
                "{0} AND {1} AND NOT {2}": (x & y) - z}[form]
    assert found(form.format(*words)) == expected


@pytest.mark.parametrize("text", ['"' * 9, "'; DROP TABLE words; --", "a*", "^检查", "检查*", "grams:检查", "NEAR(检查 药店, 2)", "{检查}", "-检查", "+检查",
                                  "((((", "\\", "%_",
                                  "\ud800", "\U0010fffd", "检\U00100041"])
def test_hostile_text_is_text(text: str) -> None:
    words = [word.strip('"') or word for word in text.split()]
    if text.startswith('"'):
        words = [text]  # nothing within the marks: they stand for themselves
    assert found(text) == set.intersection(*(read_all(word) for word in words))


@pytest.mark.parametrize("text", ["检" * 10_000, "检查 " * 5_000, '"' * 10_000, "NOT a " * 2_000, " OR ".join(f"词{n}" for n in range(2_000)),
                                  "检 OR " * 2_500, "( " * 5_000,
                                  " ".join(chr(0x4E00 + n) for n in range(5_000)), " ".join(f"NOT 词{n}" for n in range(1_500)),
                                  " ".join(f"检 OR NOT 词{n}" for n in range(1_000))])
def test_ten_thousand_characters_are_answered(text: str) -> None:
    from miner.search.language import parse

    expression = parse(text)
    expected = {(f"{at // 37 * 37:04}.txt", at % 37) for at, sentence in enumerate(sentences()) if expression.holds(fold(sentence))}
    assert found(text) == expected
