"""A real browser for tests of pages: the system's Chromium, headless, that reports every request it makes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


def chromium() -> str:
    """The path of Chromium; skips the test where there is none."""
    pytest.importorskip("playwright")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@contextmanager
def browser() -> Iterator[Any]:
    """A started browser."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


class Visit:
    """A page with what it asked for and complained of."""

    def __init__(self, started: Any, width: int = 1280, height: int = 900, dark: bool = False, locale: str = "zh-CN") -> None:
        self.context = started.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale=locale)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def faults(self) -> list[str]:
        """The serious and critical faults that axe-core finds on the page as it stands."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{v['id']}: {v['help']}: {n['html'][:200]} {n.get('failureSummary', '')[:300]}" for v in found for n in v["nodes"]
                if v["impact"] in ("serious", "critical")]

    def overflows(self) -> bool:
        """Whether the page is wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def close(self) -> None:
        """Close the page."""
        self.context.close()
