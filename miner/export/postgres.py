"""A store → PostgreSQL: the tables of the schema with their keys, a bigram index over the sentences, the rows that count.

Everything happens in one transaction: COPY into temporary tables, rows put in or brought up to date by key, rows that are gone removed. It can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from miner.schema import TABLES
from miner.store import Store
from miner.store.folding import fold
from miner.store.reader import typed

if TYPE_CHECKING:
    import psycopg

_TYPES = {"string": "text", "integer": "bigint", "number": "double precision", "boolean": "boolean", "date": "date", "strings": "text[]",
          "integers": "bigint[]"}
_COUNTED = dict.fromkeys(("source", "organisation", "month", "action", "item", "region", "region_code", "unit", "normalised_unit", "scope",
                          "title", "evidence"), "text")
_COUNTED |= dict.fromkeys(("day", "date_from", "date_to", "published"), "date") | dict.fromkeys(("reported", "approximate", "part"), "boolean")
_COUNTED |= dict.fromkeys(("value", "high", "normalised_value"), "double precision") | {"record": "bigint"}
_MOST_POSITIONS = 16_383  # of a tsvector (postgresql.org/docs/current/textsearch-limits.html); a longer sentence is indexed up to there
_INDEXES = (("records", "normalised_item"), ("records", "action"), ("records", "date_to"), ("records", "organisation"), ("counted", "month"),
            ("organisation_mentions", "organisation_id"), ("reports", "jurisdiction"))


def export(store: Store, dsn: str, schema: str = "miner") -> dict[str, int]:
    """Write a store to a PostgreSQL server.

    Parameters
    ----------
    store
        The store.
    dsn
        Where the server is: ``postgresql://user@host/database`` or ``host=… dbname=…``.
    schema
        The schema (name space) of the tables; it is made if needed.

    Returns
    -------
    dict
        Rows by table.

    Raises
    ------
    ImportError
        If the extra ``postgres`` is not installed.
    psycopg.Error
        If the server refuses.
    """
    import psycopg
    from psycopg import sql

    rows = {}
    with psycopg.connect(dsn) as db:
        db.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        db.execute(sql.SQL("SET LOCAL search_path TO {}, pg_catalog").format(sql.Identifier(schema)))
        db.execute(_query_function())
        for name, columns, key in _tables():
            rows[name] = _put(db, name, columns, key, _rows(store, name, list(columns)))
        db.execute("CREATE INDEX IF NOT EXISTS sentences_grams ON sentences USING gin (grams)")
        for table, column in _INDEXES:
            db.execute(f"CREATE INDEX IF NOT EXISTS {table}_{column} ON {table} ({column})".encode())
    return rows


def _tables() -> Iterator[tuple[str, dict[str, str], tuple[str, ...]]]:
    for name, table in TABLES.items():
        columns = {column.name: _TYPES[column.type] for column in table.columns}
        yield name, columns | ({"grams": "tsvector"} if name == "sentences" else {}), table.key
    yield "counted", _COUNTED, ("source", "record")


def _put(db: psycopg.Connection, name: str, columns: dict[str, str], key: tuple[str, ...], rows: Iterator[list[Any]]) -> int:
    """Bring a table up to date; returns its number of rows."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    keys = ", ".join(f'"{column}"' for column in key)
    definitions = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
    held = ", ".join(f't."{column}"' for column in columns)
    same_key = " AND ".join(f'n."{column}" = t."{column}"' for column in key)
    db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({definitions}, PRIMARY KEY ({keys}))".encode())
    db.execute(f"CREATE TEMP TABLE new_rows ({definitions}) ON COMMIT DROP".encode())
    with db.cursor() as cursor, cursor.copy(f"COPY new_rows ({quoted}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
    db.execute(f"CREATE INDEX ON new_rows ({keys})".encode())
    db.execute(f"DELETE FROM {name} t WHERE NOT EXISTS (SELECT 1 FROM new_rows n WHERE {same_key})".encode())
    excluded = ", ".join(f'excluded."{column}"' for column in columns)
    db.execute(f"""INSERT INTO {name} AS t ({quoted}) SELECT DISTINCT ON ({keys}) {quoted} FROM new_rows ON CONFLICT ({keys}) DO UPDATE SET {changes}
        WHERE ({held}) IS DISTINCT FROM ({excluded})""".encode())
    db.execute("DROP TABLE new_rows")
    found = db.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()
    return found[0] if found else 0


def _rows(store: Store, name: str, columns: list[str]) -> Iterator[list[Any]]:
    quoted = ", ".join(f'"{column}"' for column in columns if column != "grams")
    for row in store.connection().execute(f"SELECT {quoted} FROM v_{name}"):
        cells = typed(row)
        if "grams" in columns:
            cells["grams"] = tsvector(cells["text"])
        yield [_cell(cells[column], column) for column in columns]


def _cell(value: Any, column: str) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")  # PostgreSQL's text holds no NUL
    if isinstance(value, list):
        return [_cell(part, column) for part in value]
    return bool(value) if _COUNTED.get(column) == "boolean" and value is not None else value


def tsvector(text: str) -> str:
    """The text form of a tsvector of the bigrams of a sentence: every two neighbouring characters, then the last one, with their positions."""
    folded = fold(text).replace("\0", "\ufffd")[:_MOST_POSITIONS]
    grams = [folded[at : at + 2] for at in range(len(folded))]
    return " ".join(f"{_lexeme(gram)}:{at}" for at, gram in enumerate(grams, 1))


def _lexeme(gram: str) -> str:
    return "'" + gram.replace("\\", "\\\\").replace("'", "''") + "'"


def _query_function() -> bytes:
    """The function ``words(text)``: the tsquery for sentences that hold a passage, folded as the store folds it."""
    changed = [(chr(code), fold(chr(code))) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000 and fold(chr(code)) != chr(code)]
    old, new = ("".join(column).replace("'", "''") for column in zip(*changed, strict=True))
    return f"""CREATE OR REPLACE FUNCTION words(passage text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    folded text := translate(passage, '{old}', '{new}');
    wanted text := '';
    gram text;
BEGIN
    IF length(folded) = 1 THEN
        RETURN ('''' || replace(replace(folded, '\\', '\\\\'), '''', '''''') || ''':*')::tsquery;
    END IF;
    FOR place IN 1 .. length(folded) - 1 LOOP
        gram := replace(replace(substr(folded, place, 2), '\\', '\\\\'), '''', '''''');
        wanted := wanted || CASE WHEN place = 1 THEN '' ELSE ' <-> ' END || '''' || gram || '''';
    END LOOP;
    RETURN wanted::tsquery;
END $body$""".encode()
