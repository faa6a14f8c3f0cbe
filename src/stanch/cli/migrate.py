"""`stanch migrate`: a desk's database after a new version of Stanch was installed."""

import typer

from stanch.app.desk.desk import migrate as use_case
from stanch.cli.desk_options import DatabaseOption, DeskOption


def migrate(*, desk: DeskOption = None, database: DatabaseOption = None) -> None:
    """Bring a desk's database to this program's schema.

    Stop the desk and run `stanch backup` first.
    """
    before, after = use_case(desk, database)
    typer.echo(f"schema {after}" if before == after else f"schema {before} is {after} now")
