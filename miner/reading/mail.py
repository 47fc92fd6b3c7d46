"""Mails and saved web pages (MIME) → a text and the attachments.

In: the bytes of an eml or mht file. Out: the text of its body with its subject, its metadata, and its attachments as members.
"""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from miner.reading.decoding import decode
from miner.reading.model import UnreadableError


def read_mail(data: bytes) -> tuple[str, str, str | None, int, dict[str, str], list[tuple[str, bytes]]]:
    """Read a mail.

    Parameters
    ----------
    data
        The file's bytes.

    Returns
    -------
    text, kind, encoding, replaced, metadata, attachments
        The body as text (the subject above a plain one) or page source, how it was decoded, title, date and sender, and the attached files.

    Raises
    ------
    UnreadableError
        If it holds neither text nor attachments.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    metadata = _metadata(message)
    plain = page = None
    attachments: list[tuple[str, bytes]] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            continue
        name = _header(part, "filename")
        if name and part.get_content_disposition() == "attachment":
            attachments.append((name.replace("/", "_"), body))
        elif part.get_content_type() == "text/plain" and plain is None:
            plain = (body, part.get_content_charset())
        elif part.get_content_type() == "text/html" and page is None:
            page = (body, part.get_content_charset())
    chosen = plain if plain and plain[0].strip() else page
    if chosen is None:
        if attachments:
            return "", "text", None, 0, metadata, attachments
        raise UnreadableError("convert", "the mail holds no text")
    text, encoding, replaced = decode(chosen[0], chosen[1])
    if chosen is page:
        return text, "html", encoding, replaced, metadata, attachments
    title = metadata.get("title")
    return (f"{title}\n\n{text}" if title and title not in text[:200] else text), "text", encoding, replaced, metadata, attachments


def _header(part: EmailMessage, what: str) -> str:
    try:
        return (part.get_filename() or "") if what == "filename" else str(part[what] or "")
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _metadata(message: EmailMessage) -> dict[str, str]:
    metadata = {}
    for key, header in (("title", "subject"), ("author", "from")):
        if value := " ".join(_header(message, header).split()):
            metadata[key] = value
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        metadata["published"] = parsedate_to_datetime(_header(message, "date")).date().isoformat()
    return metadata
