"""The passphrase of a private key: asked, or read from a file or a descriptor, never an argument.

What stands on the command line is seen by every user of the machine, and kept in the shell.
"""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.errors import UsageError

_MOST: Final = 1024  # bytes

FileOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="File with the passphrase; asked for without."),
]
DescriptorOption = Annotated[
    int | None,
    typer.Option("--passphrase-fd", min=0, help="Open descriptor to read the passphrase from."),
]


def passphrase(file: Path | None, descriptor: int | None, *, twice: bool = False) -> str:
    """The passphrase; the line's end does not belong to it. `twice` for a new key.

    Raises UsageError where both are given, or what is given holds none.
    """
    if file is not None and descriptor is not None:
        raise UsageError("--passphrase-file and --passphrase-fd: give one of them")
    if file is None and descriptor is None:
        return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))
    try:
        source: Path | int = file if file is not None else descriptor  # type: ignore[assignment]
        with open(source, "rb", closefd=file is not None) as stream:
            data = stream.read(_MOST + 1)
    except OSError as error:
        raise UsageError(
            f"the passphrase cannot be read: {os.strerror(error.errno or 0)}"
        ) from None
    text = data.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
    if not text or len(data) > _MOST or "\n" in text:
        raise UsageError("the passphrase must stand alone, on one line")
    return text
