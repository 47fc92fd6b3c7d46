"""The docs' column list, made from the schema: ``python -m miner.schema.docs > docs/columns.md``."""

from __future__ import annotations

from miner.schema.codes import LABELLED_COLUMNS
from miner.schema.tables import TABLES


def column_list() -> str:
    """All tables with their columns, and the codes with their labels, as Markdown."""
    lines = ["# Tables and columns", "", "Made from `miner/schema/tables.toml` and `codes.toml` by `python -m miner.schema.docs`; do not edit.", ""]
    for table in TABLES.values():
        lines += [f"## {table.name} · {table.labels['zh']}", "", f"{table.about} Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
        lines += ["| column | type | label | 中文 | meaning |", "| --- | --- | --- | --- | --- |"]
        lines += [f"| `{c.name}` | {c.type} | {c.labels['en']} | {c.labels['zh']} | {c.about} |" for c in table.columns]
        lines.append("")
    lines += ["## Codes", ""]
    shown: list[int] = []
    for name, codes in LABELLED_COLUMNS.items():
        if id(codes) in shown:
            continue
        shown.append(id(codes))
        lines += [f"### {name}", "", "| code | label | 中文 |", "| --- | --- | --- |"]
        lines += [f"| `{code}` | {label['en']} | {label['zh']} |" for code, label in codes.items()]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(column_list(), end="")
