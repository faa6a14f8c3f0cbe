"""The options of whoever runs a desk, the same for every verb."""

from pathlib import Path
from typing import Annotated

import typer

DeskOption = Annotated[
    Path | None, typer.Option("--desk", envvar="STANCH_DESK", help="The desk's folder.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="STANCH_DATABASE",
        help="postgresql://...; without: SQLite in the folder. A password belongs in the variable.",
    ),
]
