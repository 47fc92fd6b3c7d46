"""How well HTML pages are extracted: miner's layout beside trafilatura and resiliparse, on the pages of ``corpora/samples/pages``.

Usage: ``python benchmarks/html_extraction.py [--verbose]``. Prints for each extractor the share of paragraphs kept, of furniture dropped, of titles
and of date lines found, and its speed. trafilatura and resiliparse are used if installed; neither is needed by miner.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from miner.layout import lay_out
from miner.layout.characters import normalise
from miner.reading.decoding import decode

PAGES = Path(__file__).resolve().parents[1] / "corpora" / "samples" / "pages"


def with_miner(page: str) -> str:
    """The blocks of the layout that are no furniture."""
    layout = lay_out(page, "html")
    return "\n".join(layout.text[block.start : block.end] for block in layout.blocks if block.kind != "furniture")


def extractors() -> dict[str, Callable[[str], str]]:
    """The extractors that are installed."""
    found: dict[str, Callable[[str], str]] = {"miner": with_miner}
    try:
        from trafilatura import extract

        found["trafilatura"] = lambda page: extract(page, include_comments=False, include_tables=True) or ""
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text

        found["resiliparse"] = lambda page: extract_plain_text(page, main_content=True)
    except ImportError:
        pass
    return found


def squeeze(text: str) -> str:
    """Text without white space, in normalised characters."""
    return re.sub(r"\s+", "", normalise(text))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="name what was lost or left in")
    verbose = parser.parse_args().verbose
    expected = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    pages = {name: decode((PAGES / f"{name}.html").read_bytes())[0] for name in expected}
    print(f"{len(pages)} pages, {sum(map(len, pages.values()))} characters")
    print(f"{'extractor':14}{'kept':>8}{'dropped':>9}{'title':>8}{'date':>8}{'M chars/s':>11}")
    for name, extract in extractors().items():
        print(f"{name:14}" + measure(extract, pages, expected, verbose))


def measure(extract: Callable[[str], str], pages: dict[str, str], expected: dict[str, dict], verbose: bool) -> str:  # type: ignore[type-arg]
    """Shares of one extractor, formatted."""
    tally = {"keep": [0, 0], "drop": [0, 0], "title": [0, 0], "date": [0, 0]}
    for page in pages.values():
        extract(page)  # word lists and models are loaded once
    begin = time.perf_counter()
    texts = {name: extract(page) for name, page in pages.items()}
    seconds = time.perf_counter() - begin
    for name, want in expected.items():
        text = squeeze(texts[name])
        for kind in tally:
            for words in want[kind] if isinstance(want[kind], list) else [want[kind]] * bool(want[kind]):
                right = (squeeze(words) in text) != (kind == "drop")
                tally[kind][0] += right
                tally[kind][1] += 1
                if verbose and not right:
                    print(f"   {name}: {kind} {words}")
    shares = "".join(f"{right / total:>8.3f}" + " " * (kind == "drop") for kind, (right, total) in tally.items())
    return f"{shares}{sum(map(len, pages.values())) / seconds / 1e6:>10.2f}"


if __name__ == "__main__":
    main()
