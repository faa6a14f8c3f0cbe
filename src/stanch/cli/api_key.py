"""`stanch api-key`: how a person's programs come in."""

from typing import Annotated

import typer

from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.group import group
from stanch.cli.output import listed, tell
from stanch.cli.secret_out import OutOption, Place, PrintOption, told_once
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

app = group("api-key")

_COLUMNS = ("id", "created", "expires", "revoked", "used", "person", "scopes", "label")


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    person: Annotated[str | None, typer.Option(help="Only those of this person.")] = None,
    label: Annotated[str | None, typer.Option(help="Only those of exactly this label.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List your keys, or your member's if you are its administrator; never what they are."""
    query = given(person=person, label=label)
    found = desk.rows("/v1/keys", query)
    listed(found, _COLUMNS, as_json)


@app.command()
@in_person
def new(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="To know it by.")],
    *,
    scope: Annotated[
        list[str],
        typer.Option(
            help="read, cases, orders, replies, screen, share, audit or admin; once for each. "
            "The roles of its person count beside it."
        ),
    ],
    days: Annotated[int, typer.Option(help="For how many days, 365 at most.")] = 90,
    person: Annotated[
        str | None, typer.Option(help="Whose, without: yours. Administrators say another's.")
    ] = None,
    out: OutOption = None,
    printed: PrintOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a key, and print its id. The key itself is told this once, and kept nowhere else.

    Example: stanch api-key new "night batch" --scope read --scope screen --out night.key
    """
    said = {"label": label, "scopes": scope, "days": days, "person": person}
    place = Place(out, printed)
    told_once(lambda: desk.post("/v1/keys", said), "token", place, as_json)


@app.command()
@at_desk
def revoke(
    desk: Line,
    id: Annotated[str, typer.Argument(metavar="KEY", help="The key's id, not the key.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """End a key now: yours, or any of your member's if you are its administrator.

    Example: stanch api-key revoke key-0123456789abcdef
    """
    desk.read("DELETE", f"/v1/keys/{named(id)}")
    tell({"id": id, "revoked": True}, as_json, [f"{id} is revoked"])
