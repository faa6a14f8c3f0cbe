"""`stanch backup`: a desk in one signed file, written while it works."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.desk.keeping import back_up
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write; none is replaced.")],
    *,
    desk: DeskOption = None,
    database: DatabaseOption = None,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="The desk's private key too: who has it is the desk.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a desk to one signed file, while it works. Keep desk.key apart from it.

    Example: stanch backup /media/backup/2026-11-26.stanch --desk desk
    """
    found = back_up(desk, database, file, with_key=with_key)
    said = f"{found.entries:,} entries of the log of {found.desk}, written to {file}"
    tell({"desk": found.desk, "entries": found.entries, "file": str(file)}, as_json, [said])
