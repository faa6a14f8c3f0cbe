"""`stanch webhook`: where a member is told of orders; two administrators settle it."""

from typing import Annotated

import typer

from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.group import group
from stanch.cli.output import cell, listed, made, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named

app = group("webhook")


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    as_json: JsonOption = False,
) -> None:
    """List your member's addresses, the newest first: proposed, active and replaced ones."""
    found = desk.items("/v1/webhooks")
    listed(found, ("id", "created", "state", "proposed_by", "agreed_by", "url"), as_json)


@app.command()
@in_person
def propose(
    desk: Line,
    url: Annotated[str, typer.Argument(metavar="URL", help="https://hooks.example/stanch.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Propose an address, and print its id. The one in use stays until another agrees.

    Example: stanch webhook propose https://hooks.example/stanch
    """
    made(desk.post("/v1/webhooks", {"url": url}), as_json)


@app.command()
@in_person
def agree(
    desk: Line,
    id: Annotated[str, typer.Argument(metavar="WEBHOOK", help="The proposed address's id.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Agree to what another administrator proposed: your member is told there from now on.

    Not within a day of being added, given a role or a link: one must not make the second.
    """
    desk.read("POST", f"/v1/webhooks/{named(id)}/agree")
    (found,) = (each for each in desk.items("/v1/webhooks") if each["id"] == id)
    tell(found, as_json, [f"your member is told at {cell(found['url'])} now"])
