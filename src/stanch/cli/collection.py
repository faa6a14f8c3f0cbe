"""`stanch collection`: collections of STIX objects at a desk, and who reads and writes them."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.collection_import import import_
from stanch.cli.group import group
from stanch.cli.output import Row, fields, listed, made, rows_part, tell
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named
from stanch.errors import UsageError

app = group("collection")

CollectionArgument = Annotated[
    str, typer.Argument(metavar="COLLECTION", help="The collection's id, or its alias.")
]
MemberArgument = Annotated[str, typer.Argument(metavar="MEMBER", help="The member's id.")]
_COLUMNS = ("id", "alias", "purpose", "owner", "reads", "writes", "title")
_GRANTS = ("member", "reads", "writes", "since")
_OBJECTS = ("added", "id", "version", "owner", "marking")


@app.command()
@at_desk
def new(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is called.")],
    *,
    purpose: Annotated[
        str,
        typer.Option(
            help="purpose: for whom you let in. member: yours, to tell others. inbox: yours, into "
            "which all write. body: for all who sit in --body, each from their time on."
        ),
    ] = "purpose",
    body: Annotated[str | None, typer.Option(help="Id of the body it is for.")] = None,
    alias: Annotated[str | None, typer.Option(help="A name for addresses: stolen-assets.")] = None,
    description: Annotated[str, typer.Option(help="What lies in it, in words.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a collection, and print its id. Your member owns it, reads it and writes into it.

    Example: stanch collection new "Stolen assets" --alias stolen-assets
    """
    said = {
        "title": title, "purpose": purpose, "description": description, "alias": alias,
        "body": body,
    }  # fmt: skip
    made(desk.post("/v1/collections", said), as_json)


@app.command(name="list")
@at_desk
def list_(desk: Line, *, as_json: JsonOption = False) -> None:
    """List the collections that your member may read or write."""
    listed(desk.items("/v1/collections"), _COLUMNS, as_json)


@app.command(name="show")
@at_desk
def show_(desk: Line, id: CollectionArgument, *, as_json: JsonOption = False) -> None:
    """Show a collection, and who was let in: all for its owner, for others their own line."""
    path = f"/v1/collections/{named(id)}"
    found = {"collection": desk.get(path), "grants": desk.items(f"{path}/grants")}
    tell(found, as_json, _lines(found))


@app.command()
@at_desk
def grant(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CollectionArgument,
    member: MemberArgument,
    *,
    read: Annotated[bool, typer.Option("--read", help="It reads what lies there.")] = False,
    write: Annotated[bool, typer.Option("--write", help="It writes into it.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Let a member read a collection, write into it, or both, in place of what it was let before.

    Example: stanch collection grant stolen-assets mem-upbeat --read --write
    """
    if not read and not write:
        raise UsageError("--read, --write: say one or both; stanch collection revoke ends them")
    _let(desk, (id, member), (read, write), as_json)


@app.command()
@at_desk
def revoke(
    desk: Line, id: CollectionArgument, member: MemberArgument, *, as_json: JsonOption = False
) -> None:
    """Let a member neither read nor write a collection any more, from now on."""
    _let(desk, (id, member), (False, False), as_json)


@app.command()
@at_desk
def objects(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CollectionArgument,
    *,
    type: Annotated[str | None, typer.Option(help="Only of this type: indicator.")] = None,
    object: Annotated[str | None, typer.Option(help="Only the one of this STIX id.")] = None,
    versions: Annotated[str, typer.Option(help="last, first or all.")] = "last",
    as_json: JsonOption = False,
) -> None:
    """List what lies in a collection, as you see it: when it came, whose it is, how it is marked.

    The objects themselves are read by TAXII 2.1, under /taxii2/ of the desk.
    """
    query = given(type=type, id=object, versions=versions)
    listed(desk.rows(f"/v1/collections/{named(id)}/objects", query), _OBJECTS, as_json)


app.command(name="import")(import_)


def _let(desk: Line, of: tuple[str, str], may: tuple[bool, bool], as_json: bool) -> None:
    id, member = of
    said = {"reads": may[0], "writes": may[1]}
    desk.read("PUT", f"/v1/collections/{named(id)}/grants/{named(member)}", body=said)
    words = " and ".join(word for word, it in zip(("reads", "writes"), may, strict=True) if it)
    tell({"member": member, **said}, as_json, [f"{member} {words or 'is let in no more'}"])


def _lines(found: dict[str, Any]) -> Iterator[str]:
    shown: Row = found["collection"]
    yield from fields(shown)
    yield from rows_part("grants", found["grants"], _GRANTS)
