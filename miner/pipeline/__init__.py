"""The spaCy pipeline: text → Doc with findings.

In: a source text. Out: a spaCy Doc (one token per character) whose ``doc._.findings`` every component has filled.
"""

from miner.pipeline.load import COMPONENTS, load, process
from miner.pipeline.spans import show_spans

__all__ = ["COMPONENTS", "load", "process", "show_spans"]
