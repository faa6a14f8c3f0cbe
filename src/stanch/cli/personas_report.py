"""`stanch personas report`: a result of linking as a page for people."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.personas import secret as secrets
from stanch.app.personas.intake import open_intake
from stanch.app.personas.report import NAME, Telling, write_report
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption


def report(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `link` wrote.")],
    *,
    intake: Annotated[
        Path | None, typer.Option(help="Intake folder: then masked values stand beside records.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Key file of the intake.")] = None,
    language: Annotated[str, typer.Option(help="en, ko or ja.")] = "en",
    plain: Annotated[bool, typer.Option("--plain", help="Show values as they are.")] = False,
    out: Annotated[
        Path | None, typer.Option(help=f"File to write. [default: {NAME} in DIR]")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Draw clusters as a page without any network: records, what ties them, where the pay goes.

    It is a question, not a verdict, and says so first.

    Example: stanch personas report linked --intake intake --language ko
    """
    opened = None if intake is None else open_intake(intake, secrets.opened(key))
    to = out or folder / NAME
    found = write_report(folder, opened, Telling(language, plain), to)
    shown, left = len(found.clusters), found.left_out
    said = f"{shown:,} clusters shown, {left:,} left out, written to {to}"
    tell({"out": str(to), "shown": shown, "left_out": left}, as_json, [said])
