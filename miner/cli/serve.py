"""``miner serve``: the web pages over a store."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated

import typer

from miner.cli import exits

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(serve)


def serve(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a run.")],
    host: Annotated[str, typer.Option(help="Address to listen on; beyond 127.0.0.1 others in the network can read the reports.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    token: Annotated[str | None, typer.Option(envvar="MINER_TOKEN", help="Answer nobody without it: as password in the browser, or as Bearer token.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = max(1, min(4, os.cpu_count() or 1)),
    seconds: Annotated[float, typer.Option(min=0.05, help="How long the store may work on one answer.")] = 5.0,
) -> None:
    """Show a store in the browser: search, reports, organisations, overview, and a JSON interface under /api/v1. Nothing can be changed through it.

    Needs the extra [web]. Stop with Ctrl-C.
    """
    try:
        import uvicorn

        from miner.web.app import Settings, make_app
    except ImportError as fault:
        typer.echo(f"miner serve: needs the extra [web] ({fault.name} is missing): pip install 'miner[web]'", err=True)
        raise typer.Exit(exits.USAGE) from fault
    from miner.store import StoreError

    local = _is_loopback(host)
    settings = Settings(str(out), token or None, LOOPBACK if local else (), seconds)
    try:
        app = make_app(settings)
    except StoreError as fault:
        typer.echo(f"miner serve: {fault}", err=True)
        raise typer.Exit(exits.USAGE) from fault
    if not local:
        guard = "with the token" if settings.token else "WITHOUT a token (see --token)"
        typer.echo(f"miner serve: warning: {host} can be reached from other machines; whoever reaches it can read all reports {guard}, unencrypted", err=True)
    typer.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C stops)", err=True)
    common = {"host": host, "port": port, "log_level": "warning", "server_header": False, "date_header": True, "timeout_keep_alive": 30,
              "timeout_worker_healthcheck": 120}
    try:
        if workers == 1:
            uvicorn.run(app, **common)  # type: ignore[arg-type]
        else:
            settings.publish()
            uvicorn.run("miner.web.app:published_app", factory=True, workers=workers, **common)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        raise typer.Exit(exits.INTERRUPTED) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
