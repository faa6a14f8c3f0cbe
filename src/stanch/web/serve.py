"""`stanch serve`: the verb that the command line finds here, since faces do not know each other."""

import os
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.desk.desk import opened
from stanch.errors import UsageError
from stanch.web.config import Config, Provider
from stanch.web.server import serve as run


def serve(  # noqa: PLR0913 - one parameter for each option
    *,
    desk: Annotated[
        Path | None, typer.Option("--desk", envvar="STANCH_DESK", help="The desk's folder.")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            envvar="STANCH_DATABASE",
            help="postgresql://...; without: SQLite in the folder. A password belongs in the "
            "variable.",
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at.")] = 8000,
    origin: Annotated[
        str,
        typer.Option(help="How browsers reach it: https://desk.example; without: this machine."),
    ] = "",
    public: Annotated[
        bool, typer.Option("--public", help="Listen elsewhere than on this machine.")
    ] = False,
    home: Annotated[
        Path | None,
        typer.Option(
            envvar="STANCH_HOME", help="A home with sanctions lists, to screen addresses against."
        ),
    ] = None,
    proxy: Annotated[
        list[str] | None, typer.Option(help="Address of a proxy whose X-Forwarded-For is believed.")
    ] = None,
    reach: Annotated[
        list[str] | None,
        typer.Option(help="Network that webhooks may go to beside public addresses."),
    ] = None,
    oidc_issuer: Annotated[
        str, typer.Option(help="OpenID Connect provider; its secret is in $STANCH_OIDC_SECRET.")
    ] = "",
    oidc_client: Annotated[str, typer.Option(help="What the desk is called there.")] = "",
) -> None:
    """Serve a desk until it is stopped.

    TLS is a reverse proxy's business. Example: stanch serve --desk desk --port 8000
    """
    config = Config(
        origin=origin or f"http://127.0.0.1:{port}",
        public=public,
        proxies=tuple(proxy or ()),
        provider=_provider(oidc_issuer, oidc_client, os.environ.get("STANCH_OIDC_SECRET", "")),
        reach=tuple(reach or ()),
    )
    with opened(desk, database) as there:
        run(there, host, port, config)


def _provider(issuer: str, client: str, secret: str) -> Provider | None:
    """All three or none: half a provider would be a door that nobody comes through."""
    if not any((issuer, client, secret)):
        return None
    if not all((issuer, client, secret)):
        raise UsageError("a provider is --oidc-issuer, --oidc-client and $STANCH_OIDC_SECRET")
    return Provider(issuer, client, secret)
