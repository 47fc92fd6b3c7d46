"""Before any route: only reading, only known hosts, only with the token where one is set; on every answer the headers that keep a browser honest."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from miner.web.settings import LONGEST_QUERY, Settings

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """ASGI middleware.

    Parameters
    ----------
    app
        What it guards.
    settings
        Token and hosts.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        refused = self._refusal(scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((name, value) for name, value in _HEADERS if name not in held)]
                if b"cache-control" not in held:
                    message["headers"].append((b"cache-control", b"private, no-cache"))
            elif head and message["type"] == "http.response.body":
                message = {"type": "http.response.body", "body": b"", "more_body": message.get("more_body", False)}
            await send(message)

        if refused:
            await _answer(guarded, *refused)
        else:
            await self.app({**scope, "method": "GET"} if head else scope, receive, guarded)

    def _refusal(self, scope: Scope) -> tuple[int, str, str, dict[str, str]] | None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if self.settings.hosts and _name(host) not in self.settings.hosts:
            return 421, "host", f"this page is not served under the name {host[:100]!r}", {}
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "method", "read-only: only GET and HEAD are answered", {"allow": "GET, HEAD"}
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414, "long", f"the question is longer than {LONGEST_QUERY} bytes", {}
        if self.settings.token and not _knows(headers.get(b"authorization", b""), self.settings.token):
            return 401, "token", "a token is needed: as password, or as Authorization: Bearer", {"www-authenticate": 'Basic realm="miner", charset="UTF-8"'}
        return None


def _name(host: str) -> str:
    """The host without its port."""
    if host.startswith("["):
        return host[1:].split("]")[0]
    return host.rsplit(":", 1)[0] if host.count(":") == 1 else host


def _knows(said: bytes, token: str) -> bool:
    """Whether an Authorization header holds the token: as bearer, or as the password of basic authentication (any user name)."""
    kind, _, value = said.partition(b" ")
    value = value.strip()
    if kind.lower() == b"basic":
        try:
            value = base64.b64decode(value, validate=True).partition(b":")[2]
        except binascii.Error:
            return False
    elif kind.lower() != b"bearer":
        return False
    return hmac.compare_digest(value, token.encode("utf-8"))


async def _answer(send: Any, status: int, code: str, message: str, more: dict[str, str]) -> None:
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    headers = {"content-type": "application/json", "content-length": str(len(body)), **more}
    await send({"type": "http.response.start", "status": status, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]})
    await send({"type": "http.response.body", "body": body})
