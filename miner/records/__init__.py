"""Doc → typed rows with source offsets.

In: a Doc with findings. Out: the JSON object of the contract, and flat rows. Knows nothing of how rows are stored.
"""

from miner.records.report import Report

__all__ = ["Report"]
