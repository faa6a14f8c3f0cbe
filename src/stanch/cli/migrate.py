"""`stanch migrate`: a desk's database after a new version of Stanch was installed."""

from stanch.app.desk.desk import migrate as use_case
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption


def migrate(
    *, desk: DeskOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Bring a desk's database to this version of Stanch.

    Stop the desk and run `stanch backup` first.
    """
    before, after = use_case(desk, database)
    said = f"schema {after}" if before == after else f"schema {before} is {after} now"
    tell({"before": before, "after": after}, as_json, [said])
