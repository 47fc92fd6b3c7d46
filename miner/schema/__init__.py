"""The one definition of what the product holds: tables, columns, types, codes, labels.

In: ``tables.toml`` and ``codes.toml``. Out: :data:`TABLES`, the code sets and :func:`labels`. Writers, JSON, docs and tests read it; it imports no other room.
"""

from miner.schema.codes import ACTIONS, GRAINS, LABELLED_COLUMNS, MODALITIES, ORGANISATION_TYPES, QUALIFIERS, SCOPES, add_actions
from miner.schema.tables import TABLES, Column, Table

__all__ = ["ACTIONS", "GRAINS", "LABELLED_COLUMNS", "MODALITIES", "ORGANISATION_TYPES", "QUALIFIERS", "SCOPES", "TABLES", "Column", "Table", "add_actions"]
