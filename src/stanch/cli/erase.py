"""`stanch erase`: somebody is forgotten, as the law asks, by a desk's keeper or a member's own."""

from enum import StrEnum
from typing import Annotated, Final

import typer

from stanch.app.desk.keeping import erase as use_case
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption
from stanch.cli.session_options import SessionOption, ThereOption, signed_in
from stanch.client.line import named


class What(StrEnum):
    """What can be erased."""

    PERSON = "person"
    REPORTER = "reporter"
    REVIEW = "review"


_PATHS: Final = {What.PERSON: "people", What.REPORTER: "reporters", What.REVIEW: "reviews"}


def erase(  # noqa: PLR0913 - one parameter for each option
    what: Annotated[What, typer.Argument(metavar="WHAT", help="person, reporter or review.")],
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id at the desk.")],
    *,
    desk: DeskOption = None,
    database: DatabaseOption = None,
    server: ThereOption = None,
    session: SessionOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Forget a person who left, a reporter's words, or a review; the log stays whole.

    It cannot be undone. Backups made before still hold it: make a new one, and let the old ones go.
    With --server a member's administrator who has signed in does so for their own member.

    Example: stanch erase reporter reporter-0123456789abcdef --desk desk
    """
    there = None if server is None else signed_in(server, session)
    if not yes:
        where = "" if server is None else f" at {server}"
        typer.confirm(f"erase {what} {id}{where} for good?", abort=True, err=True)
    if there is None:
        use_case(desk, database, what.value, id)
    else:
        there.read("POST", f"/v1/{_PATHS[what]}/{named(id)}/erasure")
    tell({"what": what.value, "id": id, "erased": True}, as_json, [f"{what} {id} erased"])
