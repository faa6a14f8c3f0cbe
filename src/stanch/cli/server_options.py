"""Where the desk is, and the key to it: from the environment or a file, never an argument."""

import json
import os
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.private_file import read_private
from stanch.errors import UsageError

KEY: Final = "STANCH_API_KEY"
PANEL: Final = "The desk, and who asks"  # these options stand together in each help

ServerOption = Annotated[
    str,
    typer.Option(
        "--server",
        envvar="STANCH_SERVER",
        help="The desk: https://desk.example.",
        rich_help_panel=PANEL,
    ),
]
KeyFileOption = Annotated[
    Path | None,
    typer.Option(
        "--api-key-file",
        help=f"File with an API key; without: ${KEY}.",
        rich_help_panel=PANEL,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def api_key(file: Path | None) -> str:
    """The key in a file, else in the environment. Raises UsageError where others can read it."""
    if file is None:
        return os.environ.get(KEY, "").strip()
    data = read_private(file, "ask for a new key", 4096)
    return data.decode("ascii", "replace").strip()


def json_in(file: Path) -> Any:
    """The JSON in a file. Raises UsageError."""
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{file}: is no JSON") from None


def given(**options: Any) -> dict[str, Any]:
    """The options that were said, by name."""
    return {name: value for name, value in options.items() if value is not None}
