"""`stanch api-key`: how a person's programs come in."""

from typing import Annotated

import typer

from stanch.cli.secret_out import OutOption, Place, PrintOption, told_once
from stanch.cli.server_options import JsonOption, KeyFileOption, ServerOption, given, listed
from stanch.cli.session_options import SessionOption, either, signed_in
from stanch.client.line import named

app = typer.Typer(
    help="Make keys by which your programs come in at a desk, and revoke them.",
    no_args_is_help=True,
)

_COLUMNS = ("id", "created", "expires", "revoked", "used", "person", "scopes", "label")


@app.callback()
def api_key() -> None:
    """Make keys by which your programs come in at a desk, and revoke them."""


@app.command(name="list")
def list_(  # noqa: PLR0913 - one parameter for each option
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    person: Annotated[str | None, typer.Option(help="Only those of this person.")] = None,
    label: Annotated[str | None, typer.Option(help="Only those of exactly this label.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List your keys, or your member's if you are its administrator; never what they are."""
    query = given(person=person, label=label)
    found = either(server, api_key_file, session).rows("/v1/keys", query)
    listed(found, _COLUMNS, as_json)


@app.command()
def new(  # noqa: PLR0913 - one parameter for each option
    label: Annotated[str, typer.Argument(metavar="LABEL", help="To know it by.")],
    *,
    scope: Annotated[
        list[str],
        typer.Option(
            help="read, cases, orders, replies, screen, share, audit or admin; once each. The roles "
            "of its person count beside it."
        ),
    ],
    days: Annotated[int, typer.Option(help="For how many days, 365 at most.")] = 90,
    person: Annotated[
        str | None, typer.Option(help="Whose, without: yours. Administrators say another's.")
    ] = None,
    out: OutOption = None,
    printed: PrintOption = False,
    server: ServerOption,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key, and print its id. The key itself is told this once, and kept nowhere else.

    Example: stanch api-key new "night batch" --scope read --scope screen --out night.key
    """
    said = {"label": label, "scopes": scope, "days": days, "person": person}
    place = Place(out, printed)
    told_once(lambda: signed_in(server, session).post("/v1/keys", said), "token", place, as_json)


@app.command()
def revoke(
    id: Annotated[str, typer.Argument(metavar="KEY", help="The key's id, not the key.")],
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
) -> None:
    """End a key now: yours, or any of your member's if you are its administrator."""
    either(server, api_key_file, session).read("DELETE", f"/v1/keys/{named(id)}")
