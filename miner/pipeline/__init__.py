"""The spaCy pipeline: text → Doc with findings.

In: a source text. Out: a spaCy Doc (one token per character) whose ``doc._.findings`` every component has filled.
"""

from miner.pipeline.batches import Told, batches, no_collection, process, process_batch
from miner.pipeline.load import COMPONENTS, load
from miner.pipeline.spans import show_spans

__all__ = ["COMPONENTS", "Told", "batches", "load", "no_collection", "process", "process_batch", "show_spans"]
