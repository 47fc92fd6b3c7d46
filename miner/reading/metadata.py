"""What a page says about itself: title, date, author, source, from its head.

In: the text of an HTML page. Out: a dictionary of strings as written there.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

_META = re.compile(r"<meta\s([^<>]{1,2000})>", re.I)
_ATTRIBUTE = re.compile(r"""([A-Za-z:_-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})</title", re.I)
_SCRIPT_DATE = re.compile(r"""\b(?:publish_time|createTime|pubtime|publishTime)\s*[=:]\s*["'](\d{4}-\d{2}-\d{2}[^"']{0,15})["']|\bct\s*=\s*["'](\d{10})["']""")
_KEYS = {
    "title": ("articletitle", "og:title", "title"),
    "published": (
        "pubdate", "publishdate", "publish_date", "article:published_time", "og:release_date", "publicationdate", "date", "dc.date", "datepublished",
        "weibo:article:create_at",
    ),
    "author": ("author", "article:author", "og:article:author", "dc.creator"),
    "source": ("contentsource", "source", "mediaid", "og:site_name", "sitename"),
}  # fmt: skip
_HEAD = 200_000


def page_metadata(text: str) -> dict[str, str]:
    """Read a page's metadata.

    Parameters
    ----------
    text
        The page's source.

    Returns
    -------
    dict
        ``title``, ``published``, ``author``, ``source`` where the page gives them.
    """
    head = text[:_HEAD]
    found: dict[str, str] = {}
    for match in _META.finditer(head):
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(match[1])}
        key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        content = html.unescape(attributes.get("content", "")).strip()
        if content:
            found.setdefault(key.lower(), content)
    metadata = {}
    for name, keys in _KEYS.items():
        value = next((found[key] for key in keys if found.get(key)), None)
        if value:
            metadata[name] = value[:500]
    if "title" not in metadata and (titled := _TITLE.search(head)):
        metadata["title"] = html.unescape(titled[1]).strip()
    if "published" not in metadata and (written := _SCRIPT_DATE.search(text[:1_000_000])):
        metadata["published"] = written[1] or (datetime.fromtimestamp(int(written[2]), UTC) + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M")
    return metadata
