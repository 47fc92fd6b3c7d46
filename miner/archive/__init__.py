"""A folder or file → shards → workers → part files → tables; manifest, resume.

In: the path of an archive. Out: ``OUT/tables``, ``OUT/manifest.json``. Knows no extraction rule.
"""

from miner.archive.run import Settings, Summary, run

__all__ = ["Settings", "Summary", "run"]
