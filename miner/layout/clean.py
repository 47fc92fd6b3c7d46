"""Source text → clean text and its map (first version: tags, entities, white space, character forms)."""

from __future__ import annotations

import html
import re

from miner.layout.model import SourceMap

_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]{0,2000}|!--.*?--|![^<>]*)>", re.S)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
_SPACE = re.compile(r"[\s\u3000\u200b\ufeff]+")
_FULLWIDTH = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}


def surface(source: str) -> str:
    """A piece of source text as a reader sees it: tags, line breaks and entities resolved, characters as they are."""
    text = html.unescape(_TAG.sub("", source)) if "<" in source or "&" in source else source
    return re.sub(r"[\r\n]+", "", text)
