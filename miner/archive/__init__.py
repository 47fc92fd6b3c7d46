"""An archive → shards → workers → part files → tables; manifest, resume, engines.

In: the path or address of an archive, or a list of paths. Out: ``OUT/tables``, ``OUT/parts``, ``OUT/manifest.json``. Knows no extraction rule.
"""

from miner.archive.lock import BusyError
from miner.archive.options import Settings
from miner.archive.run import Outlook, Summary, run

__all__ = ["BusyError", "Outlook", "Settings", "Summary", "run"]
