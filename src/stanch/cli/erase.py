"""`stanch erase`: whoever keeps a desk has somebody forgotten, as the law asks."""

from enum import StrEnum
from typing import Annotated

import typer

from stanch.app.desk.keeping import erase as use_case
from stanch.cli.desk_options import DatabaseOption, DeskOption


class What(StrEnum):
    """What can be erased."""

    PERSON = "person"
    REPORTER = "reporter"
    REVIEW = "review"


def erase(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="person, reporter or review.")],
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id at the desk.")],
    *,
    desk: DeskOption = None,
    database: DatabaseOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a person who left, a reporter's words, or a review; the log stays whole and says so.

    It cannot be undone. Backups made before still hold it: make a new one, and let the old ones go.

    Example: stanch erase reporter reporter-0123456789abcdef --desk desk
    """
    if not yes:
        typer.confirm(f"erase {what} {id} for good?", abort=True)
    use_case(desk, database, what.value, id)
    typer.echo(f"{what} {id} erased")
