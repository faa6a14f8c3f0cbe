"""Where the desk is, and the key to it: from the environment or a file, never an argument."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.private_file import read_private
from stanch.client.line import Line
from stanch.errors import UsageError

KEY: Final = "STANCH_API_KEY"

ServerOption = Annotated[
    str, typer.Option("--server", envvar="STANCH_SERVER", help="The desk: https://desk.example.")
]
KeyFileOption = Annotated[
    Path | None,
    typer.Option("--api-key-file", help=f"File with the API key; without: ${KEY}."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print data for machines.")]


def api_key(file: Path | None) -> str:
    """The key. Raises UsageError where there is none, or others can read its file."""
    if file is None:
        key = os.environ.get(KEY, "")
        if not key:
            raise UsageError(f"no API key: name its file with --api-key-file, or set ${KEY}")
        return key.strip()
    data = read_private(file, "ask for a new key", 4096)
    return data.decode("ascii", "replace").strip()


def line(server: str, key_file: Path | None) -> Line:
    """The line to the desk. Raises UsageError."""
    return Line(server, api_key(key_file))


def show(found: Any) -> None:
    """Data for machines."""
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))


def table(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> None:
    """A line for each row, its columns parted by two blanks; one that is missing is a dash."""
    for row in rows:
        typer.echo("  ".join(cell(row.get(name)) for name in columns))


def fields(found: Mapping[str, Any]) -> None:
    """A line for each field of one thing, behind its name."""
    for name, value in found.items():
        typer.echo(f"{cell(name)}: {cell(value)}")


def listed(found: Iterable[Mapping[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    """Rows as a table, or all that the desk said of them."""
    if as_json:
        show(list(found))
        return
    table(found, columns)


def given(**options: Any) -> dict[str, Any]:
    """The options that were said, by name."""
    return {name: value for name, value in options.items() if value is not None}


def cell(value: object) -> str:
    """A value on one line, without signs that move the cursor or turn what follows."""
    if value is None or value == "":
        return "-"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else " " for char in text)


def made(found: Any, as_json: bool) -> None:
    """The id of what was made, or all that the desk said of it."""
    if as_json:
        show(found)
        return
    typer.echo(found["id"])


def json_in(file: Path) -> Any:
    """The JSON in a file. Raises UsageError."""
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{file}: is no JSON") from None
