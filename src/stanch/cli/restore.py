"""`stanch restore`: a desk from a backup, checked to the last entry of its log."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.desk.keeping import restore as use_case
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption
from stanch.errors import UsageError


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `stanch backup` wrote.")],
    *,
    desk: DeskOption = None,
    database: DatabaseOption = None,
    key_file: Annotated[
        Path | None, typer.Option(help="The desk's desk.key, unless the backup holds it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Restore a desk into a new folder, all of it or nothing.

    Keys and roles that were revoked since the backup hold again: revoke them anew.

    Example: stanch restore 2026-11-26.stanch --desk desk --key-file desk.key
    """
    if desk is None:
        raise UsageError("--desk: name a folder for the desk")
    found = use_case(desk, database, file, key_file)
    said = f"{found.entries:,} entries of the log of {found.desk}, restored to {desk}"
    tell({"desk": found.desk, "entries": found.entries, "folder": str(desk)}, as_json, [said])
