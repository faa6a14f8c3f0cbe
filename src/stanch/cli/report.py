"""`stanch report`: the page of a trace, drawn anew."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.report import redraw


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder a trace was written to.")],
) -> None:
    """Draw a trace's report.html anew; nothing is traced again."""
    typer.echo(f"report: {redraw(folder)}")
