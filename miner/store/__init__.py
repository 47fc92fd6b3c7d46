"""Tables on disk: Parquet, CSV, XLSX, and the store ``OUT/reports.db`` (SQLite with a full-text index).

In: rows of the schema's tables. Out: files that open in pandas, DuckDB, Excel; :func:`open_store`. Knows nothing of how rows are found.
"""

from miner.store.reader import Store, StoreError, open_store

__all__ = ["Store", "StoreError", "open_store"]
