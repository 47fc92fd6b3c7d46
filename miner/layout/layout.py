"""Lays out a report (first version)."""

from __future__ import annotations

import re

from miner.layout.model import Article, Block, Layout, SourceMap

_PIECE = re.compile(r"(?P<brk><(?:/?(?:p|div|br|h\d|tr|li|table|td|title)\b)[^<>]*>|(?:[ \t\r\u3000]*\n){2,})|(?P<tag><[^<>]*>)|(?P<nl>[ \t\r\u3000]*\n[ \t\u3000]*)|(?P<ent>&[a-z]+;)|(?P<sp>[ \t\u3000\xa0]+)")
_WIDE = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}
_SENTENCE = re.compile(r"[^。!?;\n]*(?:[。!?;…]+[”’」』)]*|\n|$)")


def lay_out(source: str, kind: str = "text") -> Layout:
    """Lay out a source text (`kind`: ``text`` or ``html``)."""
    clean: list[str] = []
    starts, sources, widths = [], [], []
    length = pos = 0

    def keep(a: int, b: int) -> None:
        nonlocal length
        if a < b:
            starts.append(length)
            sources.append(a)
            widths.append(0)
            clean.append(source[a:b])
            length += b - a

    for m in _PIECE.finditer(source):
        keep(pos, m.start())
        pos = m.end()
        if m.lastgroup == "brk" or (m.lastgroup == "nl" and clean and clean[-1][-1:] in "。!?！？”"):
            if clean and clean[-1] != "\n":
                starts.append(length)
                sources.append(m.start())
                widths.append(m.end() - m.start())
                clean.append("\n")
                length += 1
    keep(pos, len(source))
    if not starts:
        starts, sources, widths = [0], [0], [0]
    text = "".join(clean).translate(_WIDE)
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(at, at + len(line), "heading" if len(line) < 30 and line[-1] not in "。!?;:,” " else "paragraph"))
        at += len(line) + 1
    section = -1
    for i, b in enumerate(blocks):
        b.section = section
        if b.kind == "heading":
            b.level, section = 2, i
    sentences = [(b.start + m.start(), b.start + m.end()) for b in blocks for m in _SENTENCE.finditer(text[b.start : b.end]) if m.end() > m.start()]
    return Layout(source, text, SourceMap(starts, sources, widths), blocks, [Article(0, len(text))], sentences)
