"""Secrets that a desk tells once: each into a new file of its owner's, or printed where asked for.

What is printed by itself ends up in logs and in the scroll-back of a terminal.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.app.private_file import private_file
from stanch.cli.output import show
from stanch.errors import UnreachableError, UsageError

OutOption = Annotated[
    Path | None, typer.Option("--out", help="New file for the secret; you alone can read it.")
]
PrintOption = Annotated[bool, typer.Option("--print", help="Print the secret, and write no file.")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret is to go: a new file, or what the verb prints."""

    out: Path | None
    printed: bool

    def __post_init__(self) -> None:
        """Raise UsageError unless it is one of the two."""
        if (self.out is None) != self.printed:
            raise UsageError("--out FILE or --print: say one, the desk tells this once")


def told_once(ask: Callable[[], Any], name: str, place: Place, as_json: bool) -> None:
    """Ask the desk once there is a place for what it tells, and put the field `name` there.

    Without --json the id of what was made is printed where there is one; a secret that is printed
    stands alone. Raises what `ask` raises, UsageError, OutputError.
    """
    with ExitStack() as stack:
        stream = None if place.out is None else stack.enter_context(private_file(place.out))
        found = ask()
        secret = found.get(name) if isinstance(found, dict) else None
        if not isinstance(secret, str):
            raise UnreachableError(f"the desk's answer has no {name}")
        rest = {key: value for key, value in found.items() if key != name}
        if stream is not None:
            stream.write(f"{secret}\n".encode())
    if as_json:
        show(found if place.out is None else {**rest, "out": str(place.out)})
        return
    if place.out is None:
        typer.echo(secret)
    if "id" in rest:
        typer.echo(rest["id"], err=place.out is None)
