"""Tables on disk: Parquet, CSV, XLSX.

In: rows of the schema's tables. Out: files that open in pandas, DuckDB, Excel. Knows nothing of how rows are found.
"""
