"""Mining inside a Spark job of your own: a function for ``DataFrame.mapInArrow``.

>>> import miner.spark
>>> rows = reports.mapInArrow(miner.spark.mine_batches("records"), miner.spark.schema("records"))  # doctest: +SKIP

``reports`` is a DataFrame with the columns ``source`` and ``text`` (other names: see :func:`mine_batches`); the result has the columns of the table that is
asked for (docs/columns.md). Needs neither pandas nor anything else on the executors but this package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from miner.document import Hints

_SQL = {"string": "string", "integer": "bigint", "number": "double", "boolean": "boolean", "date": "date", "strings": "array<string>",
        "integers": "array<bigint>"}  # fmt: skip
_REPORTS = 64  # per batch that is given back


def schema(table: str = "records") -> str:
    """The columns of a table as Spark writes a schema.

    Parameters
    ----------
    table
        The name of any table but ``organisations``, which is made of all reports together.
    """
    from miner.schema import TABLES

    return ", ".join(f"`{column.name}` {_SQL[column.type]}" for column in TABLES[table].columns)


def mine_batches(
    table: str = "records", text_column: str = "text", source_column: str | None = "source", hints: Hints | None = None, max_characters: int = 1_000_000
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function that mines the texts of Arrow batches, for ``DataFrame.mapInArrow``.

    Parameters
    ----------
    table
        The table whose rows are wanted: ``records``, ``events``, ``rejects`` …; ask once per table, or persist the texts.
    text_column, source_column
        The columns that hold the text and the name of the report; without a name its key is null.
    hints
        What is known of all reports beforehand.
    max_characters
        Longer texts are not mined and stand in ``rejects``.

    Returns
    -------
    callable
        Takes an iterator of RecordBatches, gives an iterator of RecordBatches with the columns of :func:`schema`. What one text does wrong ends as a row of
        ``rejects``, never as a failed task.
    """

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from miner.store.parquet import arrow_table

        for batch in batches:
            for first in range(0, batch.num_rows, _REPORTS):
                piece = batch.slice(first, _REPORTS)
                names = piece.column(source_column).to_pylist() if source_column else [None] * piece.num_rows
                rows = []
                for text, name in zip(piece.column(text_column).to_pylist(), names, strict=True):
                    rows += _rows(table, text, name, hints, max_characters)
                found = arrow_table(table, rows)
                yield from found.to_batches() or ()

    return work


def _rows(table: str, text: object, name: object, hints: Hints | None, most: int) -> list[dict[str, object]]:
    from miner.archive.work import mine_source
    from miner.reading import Limits, Source, text_kind
    from miner.reading.model import UnreadableError, checked_source

    called = "" if name is None else str(name)
    try:
        if not isinstance(text, str):
            raise UnreadableError("decode", "the row holds no text")
        source = checked_source(Source(called, text, text_kind(text, "txt")), Limits(characters=most))
        rows = mine_source(source, hints).rows()
        return rows[table] if table != "rejects" else []
    except UnreadableError as fault:
        stage, reason, hint = fault.stage, fault.reason, fault.hint
    except Exception as fault:  # one bad report must not fail a task
        stage, reason, hint = "mine", f"{type(fault).__name__}: {fault}", "please report this text as a fault of miner"
    return [{"source": called, "stage": stage, "reason": reason, "hint": hint}] if table == "rejects" else []
