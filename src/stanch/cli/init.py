"""`stanch init`: a new desk, with one administrator who has one link and no password."""

from typing import Annotated

import typer

from stanch.app.desk.desk import NewDesk, create, opened
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.output import show
from stanch.cli.server_options import JsonOption
from stanch.errors import UsageError


def init(  # noqa: PLR0913 - one parameter for each option
    *,
    desk: DeskOption = None,
    name: Annotated[str, typer.Option(help="The desk's name.")],
    member: Annotated[str, typer.Option(help="Name of its first member, a government body.")],
    country: Annotated[str, typer.Option(help="The member's country: KR.")],
    administrator: Annotated[str, typer.Option(help="Name of its first administrator.")],
    member_id: Annotated[
        str | None, typer.Option(help="The first member's id; without: of its name.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a new desk, and print the one-time link of its first administrator.

    Example: stanch init --desk desk --name "Joint desk" --member "Financial Intelligence Unit"
    --country KR --administrator "Kim Min-ji"
    """
    if desk is None:
        raise UsageError("--desk: name a folder for the new desk")
    new = NewDesk(name, member, country, administrator, member_id)
    token = create(desk, database, new)
    with opened(desk, database) as made:
        id, key = made.id, made.key.public.text
    if as_json:
        show({"desk": id, "key": key, "link": token})
        return
    typer.echo(f"desk    {id}\nkey     {key}", err=True)
    typer.echo(f"link, to be used once, by {administrator}:", err=True)
    typer.echo(token)
