"""The corpus as a whole: checks beyond the format, the traps of every split, the card."""

from __future__ import annotations

from pathlib import Path

import pytest

from miner.learning.annotation import parse_annotated
from miner.learning.corpus import Split, card, check_report, missing_traps, read_splits, traps, with_card

CORPORA = Path(__file__).parents[2] / "corpora"
SPLITS = [CORPORA / name for name in ("train", "dev", "test")]


BODY = "{甲局}来人{3名}。\n| 甲局 | org | 甲局 | government\n| 3名 | qty | 3 | 名 | - | exact | one | -\n"


def content(body: str = BODY, traps: str = "plans", domain: str = "fire") -> str:
    return f"---\nyear: 2020\ndomain: {domain}\nlayout: news\ntraps: {traps}\n---\n{body}"


def faults(text: str) -> list[str]:
    return [str(fault) for fault in check_report(parse_annotated(text, "a.ann"), text)]


def test_a_sound_report_has_no_fault():
    assert faults(content()) == []


def test_an_unknown_trap_is_named_with_its_line():
    (found,) = faults(content(traps="plans, pitfall"))
    assert found.startswith("a.ann:5: unknown trap pitfall; known: several-articles, ")


@pytest.mark.parametrize(("alternative", "sound"), [("甲局", True), ("来人3名", True), ("甲局来", True), ("3", True), ("乙局", False), ("人。", False)])
def test_a_second_span_must_stand_in_the_text_and_overlap_the_first(alternative, sound):
    body = f"{{甲局}}来人{{3名}}。\n| 甲局 | org | 甲局 | government | alt={alternative}\n| 3名 | qty | 3 | 名 | - | exact | one | - | alt={alternative}\n"
    found = faults(content(body))
    overlapping = {"甲局": 1, "甲局来": 1, "来人3名": 1, "3": 1}.get(alternative, 0)
    assert len(found) == 2 - overlapping
    assert bool(overlapping) is sound
    assert all(f"alt={alternative} does not stand in the report" in one for one in found)


def test_traps_must_be_in_every_split():
    split = Split("dev", [parse_annotated(content(traps=", ".join(traps()))), parse_annotated(content(traps="plans, plans"))])
    assert missing_traps([split], 1) == []
    missing = missing_traps([split], 2)
    assert len(missing) == len(traps()) - 1
    assert "dev: negation in 1 of at least 2 reports" in missing
    assert not any("plans" in line for line in missing)


def test_a_folder_without_reports_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"leer holds no \.ann file"):
        read_splits([tmp_path / "leer"])


def test_the_card_counts_every_split_and_all():
    split = Split("train", [parse_annotated(content()), parse_annotated(content(domain="flood"))])
    other = Split("test", [parse_annotated(content(traps="negation"))])
    rows = {cells[1].strip(): [cell.strip() for cell in cells[2:-1]] for line in card([split, other]).splitlines() if (cells := line.split("|"))}
    assert rows["reports"] == ["2", "1", "3"]
    assert rows["characters"] == ["16", "8", "24"]
    assert rows["quantities (right either way)"] == ["2 (0)", "1 (0)", "3 (0)"]
    assert (rows["domain: fire"], rows["domain: flood"]) == (["1", "1", "2"], ["1", "0", "1"])
    assert rows["trap: negation"] == ["0", "1", "1"]
    assert rows["years of work"] == ["2020–2020"] * 3


def test_the_card_goes_to_its_place_on_the_page():
    page = "# A\n<!-- card: made by a command -->\nold\n<!-- /card -->\nB\n"
    assert with_card(page, "| new |\n") == "# A\n<!-- card: made by a command -->\n\n| new |\n\n<!-- /card -->\nB\n"
    with pytest.raises(ValueError, match="no place"):
        with_card("# A", "| new |")


@pytest.fixture(scope="module")
def splits():
    return read_splits(SPLITS)


def test_our_own_reports_can_be_read(splits):
    assert [str(fault) for fault in splits[1]] == []


def test_our_own_corpus_has_its_size(splits):
    reports = [report for split in splits[0] for report in split.reports]
    assert len(reports) >= 120
    assert sum(len(report.text) for report in reports) >= 75_000
    assert len({report.header["domain"] for report in reports}) >= 16


def test_every_trap_stands_twice_in_every_split_of_our_own(splits):
    assert missing_traps(splits[0], 2) == []


def test_no_two_reports_of_our_own_share_a_sentence(splits):
    from miner.learning.overlap import shared_sentences

    reports = [(report.path, report.text) for split in splits[0] for report in split.reports]
    assert [(one.first, one.second) for one in shared_sentences(reports)] == []
