"""Blocks → sentences.

In: the clean text and its blocks. Out: clean spans; a sentence ends with 。!?; and the closing marks after it, or with its block.
"""

from __future__ import annotations

import re

from miner.layout.model import Block

_END = re.compile(r"[。!?;]+[”’)》】\]]*")


def cut_sentences(text: str, blocks: list[Block]) -> list[tuple[int, int]]:
    """Cut every block into sentences.

    Parameters
    ----------
    text
        The clean text.
    blocks
        Its blocks.

    Returns
    -------
    list of (int, int)
        Clean spans, ascending; together they cover all blocks.
    """
    spans: list[tuple[int, int]] = []
    for block in blocks:
        start = block.start
        for match in _END.finditer(text, block.start, block.end):
            end = match.end()
            if end > start:
                spans.append((start, end))
                start = end
        if start < block.end:
            spans.append((start, block.end))
    return spans
