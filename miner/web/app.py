"""The application: its routes, its guard, its errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from miner.pages.html import style
from miner.pages.wording import wording
from miner.store import StoreError
from miner.version import VERSION
from miner.web.api import PREFIX, api
from miner.web.guard import Guard
from miner.web.pages import ROOM, language, pages, render
from miner.web.refusals import RefusedError
from miner.web.settings import Settings
from miner.web.site import Site
from miner.web.warm import Warmer

THREADS = 6
"""Requests that a process works at once; more wait, since they share its processor and each holds a connection of its own."""


class _Guarded(FastAPI):
    """An application behind its guard: outermost, so that answers to faults of the program pass it too."""

    def __init__(self, settings: Settings, **more: Any) -> None:
        super().__init__(**more)
        self._settings = settings

    def build_middleware_stack(self) -> ASGIApp:
        """The application, guarded."""
        return Guard(super().build_middleware_stack(), self._settings)


def make_app(settings: Settings) -> FastAPI:
    """The application over one store.

    Raises
    ------
    miner.store.StoreError
        If there is no store to read.
    """
    app = _Guarded(settings, title="miner", version=VERSION, openapi_url=f"{PREFIX}/openapi.json", docs_url=None, redoc_url=None, lifespan=_lifespan,
                  description="Work reports mined into rows: search, records, counts, reports, organisations. Read-only.")
    app.state.site = Site(settings)
    app.include_router(api)
    app.include_router(pages)
    _serve_files(app)
    _answer_errors(app)
    return app


def published_app() -> FastAPI:
    """The application with the settings that the parent process published (for worker processes)."""
    return make_app(Settings.published())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    warmer = Warmer(app.state.site)
    warmer.start()
    yield
    warmer.stopped.set()
    await anyio.to_thread.run_sync(warmer.join)


def _serve_files(app: FastAPI) -> None:
    static = files(ROOM).joinpath("static")
    kept = {"style.css": (style() + static.joinpath("web.css").read_text("utf-8"), "text/css"),
            "icon.svg": (static.joinpath("icon.svg").read_text("utf-8"), "image/svg+xml")}

    @app.get("/static/{name}", include_in_schema=False)
    async def served(name: str) -> Response:
        if name not in kept:
            raise RefusedError(404, "no_page")
        text, kind = kept[name]
        return Response(text, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(RefusedError)
    async def refused(request: Request, fault: RefusedError) -> Response:
        return _error(request, fault)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, fault: RequestValidationError) -> Response:
        first = fault.errors()[0]
        return _error(request, RefusedError(422, "parameter", name=str(first["loc"][1] if len(first["loc"]) > 1 else first["loc"][0]), reason=first["msg"]))

    @app.exception_handler(HTTPException)
    async def other(request: Request, fault: HTTPException) -> Response:
        return _error(request, RefusedError(fault.status_code, "method" if fault.status_code == 405 else "no_page"))

    @app.exception_handler(Exception)
    async def broken(request: Request, fault: Exception) -> Response:
        return _error(request, RefusedError(500, "fault"))

    @app.exception_handler(StoreError)
    async def gone(request: Request, fault: StoreError) -> Response:
        return _error(request, RefusedError(503, "no_store"))


def _error(request: Request, fault: RefusedError) -> Response:
    headers = {"Retry-After": "5"} if fault.status == 503 else {"Allow": "GET, HEAD"} if fault.status == 405 else {}
    if request.url.path.startswith(PREFIX):
        said: dict[str, Any] = {"error": {"code": fault.code, "message": wording("en", ROOM)(f"error_{fault.code}", **fault.values)}}
        return JSONResponse(said, fault.status, headers)
    message = wording(language(request), ROOM)(f"error_{fault.code}", **fault.values)
    answer = render(request, "error.html", None, fault.status, message=message, status=fault.status)
    answer.headers.update(headers)
    return answer
