"""What people write for a body, a region, an item → the values that the store holds. Script, width and letter case do not matter."""

from __future__ import annotations

import sqlite3

from miner.store.folding import fold


def organisation_ids(db: sqlite3.Connection, wanted: str) -> list[str]:
    """The ids of the bodies that an organisation_id means, or a name or part of one."""
    if not wanted:
        return []
    if db.execute("SELECT 1 FROM organisations WHERE organisation_id = ?", (wanted,)).fetchone():
        return [wanted]
    query = "SELECT organisation_id FROM organisations WHERE instr(folded, ?) ORDER BY organisation_id"
    return [row[0] for row in db.execute(query, (fold(wanted),))]


def regions(db: sqlite3.Connection, wanted: str) -> list[str]:
    """The jurisdictions that a division's name (or part of one) or statistical code means, and those below it."""
    if not wanted:
        return []
    names: set[str] = set()
    codes = [wanted] if wanted.isascii() and wanted.isdigit() else []
    if not codes:
        names = {row[0] for row in db.execute("SELECT value FROM terms WHERE kind = 'region' AND instr(folded, ?)", (fold(wanted),))}
        for name in sorted(names):
            query = "SELECT DISTINCT jurisdiction_code FROM reports WHERE jurisdiction = ? AND jurisdiction_code IS NOT NULL"
            codes += [row[0] for row in db.execute(query, (name,))]
    for code in codes:
        query = "SELECT DISTINCT jurisdiction FROM reports WHERE jurisdiction_code >= ? AND jurisdiction_code < ? AND jurisdiction IS NOT NULL"
        names |= {row[0] for row in db.execute(query, (code, code + ":"))}
    return sorted(names)


def items(db: sqlite3.Connection, wanted: str) -> list[str]:
    """The items that equal a word, folded."""
    return [row[0] for row in db.execute("SELECT value FROM terms WHERE kind = 'item' AND folded = ? ORDER BY value", (fold(wanted),))]
