"""Source text → articles, headings, paragraphs, sentences in clean text, where every character maps back to the source.

In: the source text of one report and its format. Out: a :class:`~miner.layout.model.Layout`. Knows no organisation, no date.
"""

from miner.layout.layout import lay_out
from miner.layout.model import Article, Block, Layout, Repeat, SourceMap
from miner.layout.repeats import repeated_sentences, sentence_keys

__all__ = ["Article", "Block", "Layout", "Repeat", "SourceMap", "lay_out", "repeated_sentences", "sentence_keys"]


