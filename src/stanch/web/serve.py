"""`stanch serve`: the verb that the command line finds here, since faces do not know each other."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.desk.desk import opened
from stanch.errors import UsageError
from stanch.web.beside import working
from stanch.web.config import SETTLED, TAXII, Config, Provider, Rate
from stanch.web.server import serve as run
from stanch.web.tls import of_options


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
    tls_cert: Annotated[
        Path | None,
        typer.Option(help="Certificate in PEM, with those between it and the root; speaks TLS."),
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(help="Its key in PEM, which nobody else can read.")
    ] = None,
    reach: Annotated[
        list[str] | None,
        typer.Option(help="Network that webhooks may go to beside public addresses."),
    ] = None,
    taxii_rate: Annotated[
        int, typer.Option(min=1, help="TAXII requests that one key has a second; twice at once.")
    ] = TAXII,
    settled: Annotated[
        int,
        typer.Option(
            min=0,
            help="Hours that an administrator must have been let in before they may agree to where "
            "webhooks go.",
        ),
    ] = SETTLED,
    oidc_issuer: Annotated[
        str, typer.Option(help="OpenID Connect provider; its secret is in $STANCH_OIDC_SECRET.")
    ] = "",
    oidc_client: Annotated[str, typer.Option(help="What the desk is called there.")] = "",
    registry: Annotated[
        Path | None,
        typer.Option(help="A registry of incidents to show; without: the one that is shipped."),
    ] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Start no worker: `stanch work` runs elsewhere.")
    ] = False,
) -> None:
    """Serve a desk until it is stopped.

    A worker runs beside it, which lets time pass over orders and sends webhooks.
    TLS is spoken with --tls-cert, else by a reverse proxy. Example: stanch serve --desk desk
    """
    certificate = of_options(tls_cert, tls_key)
    config = Config(
        origin=origin or f"http{'s' if certificate else ''}://127.0.0.1:{port}",
        public=public,
        proxies=tuple(proxy or ()),
        certificate=certificate,
        provider=_provider(oidc_issuer, oidc_client, os.environ.get("STANCH_OIDC_SECRET", "")),
        reach=tuple(reach or ()),
        settled_hours=settled,
        taxii=Rate(taxii_rate, 2 * taxii_rate),
        registry=registry,
        lists=home,
    )
    with _to_the_end(), opened(desk, database) as there:
        folder = there.folder.path
        with nullcontext() if no_worker else working(folder, database, config):
            run(there, host, port, config)


@contextmanager
def _to_the_end() -> Iterator[None]:
    """End in order when told to (SIGTERM): the worker first. Uvicorn gives the signal back once it
    has answered what it was asked, and without this the process would be gone at that very moment.
    """
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _provider(issuer: str, client: str, secret: str) -> Provider | None:
    """All three or none: half a provider would be a door that nobody comes through."""
    if not any((issuer, client, secret)):
        return None
    if not all((issuer, client, secret)):
        raise UsageError("a provider is --oidc-issuer, --oidc-client and $STANCH_OIDC_SECRET")
    return Provider(issuer, client, secret)
