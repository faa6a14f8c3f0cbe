"""`stanch member`: who is at a desk, and who is to be."""

from typing import Annotated

import typer

from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.group import group
from stanch.cli.output import fields, listed, made, tell
from stanch.cli.secret_out import OutOption, Place, PrintOption, told_once
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

app = group("member")

MemberArgument = Annotated[str, typer.Argument(metavar="MEMBER", help="The member's id.")]
KINDS = "government, exchange, issuer, platform or researcher."
_COLUMNS = ("id", "kind", "country", "founding", "name")


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    kind: Annotated[str | None, typer.Option(help=KINDS)] = None,
    country: Annotated[str | None, typer.Option(help="Its code in ISO 3166: KR.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the members of a desk."""
    query = given(kind=kind, country=country)
    found = desk.rows("/v1/members", query)
    listed(found, _COLUMNS, as_json)


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: MemberArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a member."""
    found = desk.get(f"/v1/members/{named(id)}")
    tell(found, as_json, fields(found))


@app.command()
@at_desk
def add(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the member is called.")],
    *,
    kind: Annotated[str, typer.Option(help=KINDS)],
    country: Annotated[str, typer.Option(help="Its code in ISO 3166, or its name: KR.")],
    founding: Annotated[
        bool, typer.Option("--founding", help="A government that decides who else joins.")
    ] = False,
    id: Annotated[str | None, typer.Option(help="mem-upbeat; without: of its name.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Add a member, and print its id. Administrators of founding governments do.

    Once there is a directory, it says who founds, and --founding is refused.

    Example: stanch member add Upbeat --kind exchange --country KR
    """
    said = {"name": name, "kind": kind, "country": country, "founding": founding, "id": id}
    made(desk.post("/v1/members", said), as_json)


@app.command()
@in_person
def first(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: MemberArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person is called.")],
    *,
    email: Annotated[str | None, typer.Option(help="The person's e-mail address.")] = None,
    out: OutOption = None,
    printed: PrintOption = False,
    as_json: JsonOption = False,
) -> None:
    """Give a member that has nobody its first administrator, and take their one-time link.

    Give the link to that person by a way that nobody else reads: it is good once, for 24 hours.

    Example: stanch member first mem-upbeat "Song Mina" --out mina.link
    """
    path, said = f"/v1/members/{named(id)}/first", {"name": name, "email": email}
    place = Place(out, printed)
    told_once(lambda: desk.post(path, said), "link", place, as_json)
