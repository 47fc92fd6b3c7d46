"""The schema is the one definition: rows, JSON, labels and the docs' column list follow it."""

from pathlib import Path

import pytest

import miner
from miner.schema import ACTIONS, LABELLED_COLUMNS, TABLES
from miner.schema.docs import column_list

ROOT = Path(__file__).parent.parent.parent
CONTRACT = {"reports", "articles", "sentences", "organisation_mentions", "organisations", "dates", "quantities", "events", "records", "rejects"}


def test_all_tables_of_the_contract_are_defined():
    assert set(TABLES) == CONTRACT


def test_every_column_has_labels_in_both_languages_and_a_description():
    for table in TABLES.values():
        for column in table.columns:
            assert column.labels["en"], column
            assert column.labels["zh"], column
            assert column.about.endswith((".", "…")), column
        assert set(table.key) <= set(table.names)


def test_a_column_has_the_same_type_in_every_table():
    types: dict[str, set[str]] = {}
    for table in TABLES.values():
        for column in table.columns:
            types.setdefault(column.name, set()).add(column.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_there_are_26_action_types_with_chinese_labels():
    assert len(ACTIONS) == 26
    assert LABELLED_COLUMNS["action"]["inspect"]["zh"] == "检查督导"


def test_rows_hold_exactly_the_columns_of_their_table(report_text):
    report = next(miner.mine([report_text]))
    for name, rows in report.rows().items():
        assert rows, name
        for row in rows:
            assert sorted(row) == sorted(TABLES[name].names), name


def test_json_objects_hold_exactly_the_columns_without_the_key(report_text):
    found = next(miner.mine([report_text])).to_dict()
    for key in ("organisations", "dates", "quantities", "events", "sentences"):
        table = "organisation_mentions" if key == "organisations" else key
        assert tuple(found[key][0]) == TABLES[table].object_keys()


def test_docs_list_the_columns():
    written = (ROOT / "docs" / "columns.md").read_text("utf-8")
    assert written == column_list(), "run: python -m miner.schema.docs > docs/columns.md"


def test_a_wrong_type_in_the_definition_is_named():
    from miner.schema.tables import _column

    with pytest.raises(ValueError, match="column x has the unknown type 'text'"):
        _column("x", ["text", "X", "某", "What."])
