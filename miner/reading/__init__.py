"""Bytes of one file → source text, its format, how it was decoded, what it says about itself.

In: a path or an address, or bytes with a name. Out: :class:`~miner.reading.model.Source` or :class:`~miner.reading.model.Reject`, at least one per input.
Knows no Chinese grammar.
"""

from miner.reading.formats import Format, formats, text_kind
from miner.reading.model import Columns, Limits, Reject, Source
from miner.reading.places import files_below, readable_name
from miner.reading.read import read, read_bytes, read_file

__all__ = ["Columns", "Format", "Limits", "Reject", "Source", "files_below", "formats", "read", "read_bytes", "read_file", "readable_name", "text_kind"]
