"""`stanch person`: the people of one's own member, how they come in, and what they may do."""

from typing import Annotated

import typer

from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.group import group
from stanch.cli.output import fields, listed, made, tell
from stanch.cli.secret_out import OutOption, Place, PrintOption, told_once
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

app = group("person")

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
RoleOption = Annotated[
    list[str],
    typer.Option(help="analyst, approver, administrator, auditor or reader; once for each."),
]
_COLUMNS = ("id", "created", "active", "roles", "name", "email")


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    name: Annotated[str | None, typer.Option(help="Only who is called exactly so.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the people of your member, the newest first; e-mail addresses for administrators."""
    found = desk.rows("/v1/people", given(name=name))
    listed(found, _COLUMNS, as_json)


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: PersonArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a person of your member."""
    found = desk.get(f"/v1/people/{named(id)}")
    tell(found, as_json, fields(found))


@app.command()
@at_desk
def add(
    desk: Line,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person is called.")],
    *,
    role: RoleOption,
    email: Annotated[str | None, typer.Option(help="The person's e-mail address.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Add a person, and print their id. They come in by `stanch person link`.

    Example: stanch person add "Kim Jiho" --role analyst --role approver
    """
    said = {"name": name, "roles": role, "email": email}
    made(desk.post("/v1/people", said), as_json)


@app.command()
@in_person
def roles(desk: Line, id: PersonArgument, *, role: RoleOption, as_json: JsonOption = False) -> None:
    """Give a person these roles in place of those they had, from now on.

    Example: stanch person roles per-0123456789abcdef --role analyst --role auditor
    """
    path = f"/v1/people/{named(id)}"
    desk.put(f"{path}/roles", {"roles": role})
    tell(desk.get(path) if as_json else None, as_json, [f"{id} is {', '.join(role)} now"])


@app.command()
@in_person
def link(
    desk: Line,
    id: PersonArgument,
    *,
    out: OutOption = None,
    printed: PrintOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time link by which a person signs in. One made for them before ends.

    Give it to that person by a way that nobody else reads: it is good once, for 24 hours.

    Example: stanch person link per-0123456789abcdef --out jiho.link
    """
    path = f"/v1/people/{named(id)}/link"
    place = Place(out, printed)
    told_once(lambda: desk.post(path, {}), "link", place, as_json)


@app.command()
@at_desk
def remove(
    desk: Line,
    id: PersonArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Let a person go: their sessions, links and API keys end now. It cannot be undone.

    What they signed stays signed, and their own key counts until a directory revokes it.
    """
    if not yes:
        typer.confirm(f"let {id} go for good?", abort=True, err=True)
    desk.read("DELETE", f"/v1/people/{named(id)}")
    tell({"id": id, "active": False}, as_json, [f"{id} is gone"])
