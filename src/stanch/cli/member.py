"""`stanch member`: who is at a desk."""

from typing import Annotated

import typer

from stanch.cli.server_options import JsonOption, KeyFileOption, ServerOption, line, show, table

app = typer.Typer(help="See who is at a desk.", no_args_is_help=True)


@app.callback()
def member() -> None:
    """See who is at a desk."""


@app.command(name="list")
def list_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    kind: Annotated[
        str | None,
        typer.Option(help="government, exchange, issuer, platform or researcher."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the members of a desk."""
    query = {} if kind is None else {"kind": kind}
    found = list(line(server, api_key_file).rows("/v1/members", query))
    if as_json:
        show(found)
        return
    table(found, ("id", "kind", "country", "founding", "name"))
