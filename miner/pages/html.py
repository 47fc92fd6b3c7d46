"""Pages from templates: every text escaped, nothing from another host, no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from miner.pages.view import ReportView
from miner.pages.wording import Wording
from miner.version import VERSION


@cache
def environment(room: str = "miner.pages") -> Environment:
    """The templates of a room, with those of this room beneath them; everything that a template puts in is escaped."""
    from jinja2 import ChoiceLoader

    rooms = dict.fromkeys((room, "miner.pages"))
    made = Environment(loader=ChoiceLoader([PackageLoader(name) for name in rooms]), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)
    made.globals["version"] = VERSION
    return made


def style() -> str:
    """The style sheet that all pages share."""
    return files("miner.pages").joinpath("static/style.css").read_text("utf-8")


def explain_page(views: list[ReportView], words: Wording) -> str:
    """One file of HTML that shows reports with their rows and reasons.

    Its content security policy allows its own style sheet, known by its digest, and nothing else: no script, picture, form or address.

    Parameters
    ----------
    views
        The reports; their anchors must differ (see the `prefix` of :func:`~miner.pages.view.report_view`).
    words
        The language of the page.
    """
    sheet = style()
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment().get_template("explain.html").render(views=views, t=words, sheet=sheet, policy=policy)
