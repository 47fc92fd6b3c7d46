"""Identifiers: strings of digits and letters that neither count nor date anything.

In: clean text. Out: ``findings.identifiers``, spans with their kind.
"""

from miner.components.identifiers.find import find_identifiers

__all__ = ["find_identifiers"]
