"""The option that names the home, the same for every verb that keeps state."""

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", envvar="STANCH_HOME", help="Folder in which Stanch keeps state."),
]
