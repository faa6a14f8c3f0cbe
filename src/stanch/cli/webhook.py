"""`stanch webhook`: where a member is told of orders; two administrators settle it."""

from typing import Annotated

import typer

from stanch.cli.server_options import JsonOption, KeyFileOption, ServerOption, listed, made
from stanch.cli.session_options import SessionOption, either, signed_in
from stanch.client.line import named

app = typer.Typer(
    help="Say where your member is told of orders: one proposes, another agrees.",
    no_args_is_help=True,
)


@app.callback()
def webhook() -> None:
    """Say where your member is told of orders: one proposes, another agrees."""


@app.command(name="list")
def list_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """List your member's addresses, the newest first: proposed, active and replaced ones."""
    found = either(server, api_key_file, session).items("/v1/webhooks")
    listed(found, ("id", "created", "state", "proposed_by", "agreed_by", "url"), as_json)


@app.command()
def propose(
    url: Annotated[str, typer.Argument(metavar="URL", help="https://hooks.example/stanch.")],
    *,
    server: ServerOption,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose an address, and print its id. The one in use stays until another agrees.

    Example: stanch webhook propose https://hooks.example/stanch
    """
    made(signed_in(server, session).post("/v1/webhooks", {"url": url}), as_json)


@app.command()
def agree(
    id: Annotated[str, typer.Argument(metavar="WEBHOOK", help="The proposed address's id.")],
    *,
    server: ServerOption,
    session: SessionOption = None,
) -> None:
    """Agree to what another administrator proposed: your member is told there from now on.

    Not within a day of being added, given a role or a link: one must not make the second.
    """
    signed_in(server, session).read("POST", f"/v1/webhooks/{named(id)}/agree")
