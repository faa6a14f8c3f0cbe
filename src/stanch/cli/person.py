"""`stanch person`: the people of one's own member, how they come in, and what they may do."""

from typing import Annotated

import typer

from stanch.cli.secret_out import OutOption, Place, PrintOption, told_once
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    given,
    listed,
    made,
    show,
    table,
)
from stanch.cli.session_options import SessionOption, either, signed_in
from stanch.client.line import named

app = typer.Typer(help="Let people of your own member in, and let them go.", no_args_is_help=True)

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
RoleOption = Annotated[
    list[str],
    typer.Option(help="analyst, approver, administrator, auditor or reader; once for each."),
]
_COLUMNS = ("id", "created", "active", "roles", "name", "email")


@app.callback()
def person() -> None:
    """Let people of your own member in, and let them go."""


@app.command(name="list")
def list_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    name: Annotated[str | None, typer.Option(help="Only who is called exactly so.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the people of your member, the newest first; e-mail addresses for administrators."""
    found = either(server, api_key_file, session).rows("/v1/people", given(name=name))
    listed(found, _COLUMNS, as_json)


@app.command(name="show")
def show_(
    id: PersonArgument,
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a person of your member."""
    found = either(server, api_key_file, session).get(f"/v1/people/{named(id)}")
    if as_json:
        show(found)
        return
    table([found], _COLUMNS)


@app.command()
def add(  # noqa: PLR0913 - one parameter for each option
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person is called.")],
    *,
    role: RoleOption,
    email: Annotated[str | None, typer.Option(help="The person's e-mail address.")] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a person, and print their id. They come in by `stanch person link`.

    Example: stanch person add "Kim Jiho" --role analyst --role approver
    """
    said = {"name": name, "roles": role, "email": email}
    made(either(server, api_key_file, session).post("/v1/people", said), as_json)


@app.command()
def roles(
    id: PersonArgument, *, role: RoleOption, server: ServerOption, session: SessionOption = None
) -> None:
    """Give a person these roles in place of those they had, from now on.

    Example: stanch person roles per-0123456789abcdef --role analyst --role auditor
    """
    path = f"/v1/people/{named(id)}/roles"
    signed_in(server, session).read("PUT", path, body={"roles": role})


@app.command()
def link(  # noqa: PLR0913 - one parameter for each option
    id: PersonArgument,
    *,
    out: OutOption = None,
    printed: PrintOption = False,
    server: ServerOption,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time link by which a person signs in. One made for them before ends.

    Give it to that person by a way that nobody else reads: it is good once, for 24 hours.

    Example: stanch person link per-0123456789abcdef --out jiho.link
    """
    path = f"/v1/people/{named(id)}/link"
    place = Place(out, printed)
    told_once(lambda: signed_in(server, session).post(path, {}), "link", place, as_json)


@app.command()
def remove(
    id: PersonArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
) -> None:
    """Let a person go: their sessions, links and API keys end now. It cannot be undone.

    What they signed stays signed, and their own key counts until a directory revokes it.
    """
    if not yes:
        typer.confirm(f"let {id} go for good?", abort=True)
    either(server, api_key_file, session).read("DELETE", f"/v1/people/{named(id)}")
