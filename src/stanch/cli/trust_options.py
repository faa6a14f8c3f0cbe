"""Whom one believes at a desk: told by other ways than the desk's own."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.cli.server_options import PANEL
from stanch.client import Desk, Pin
from stanch.client.session import Session

PinOption = Annotated[
    str,
    typer.Option(
        "--pin",
        envvar="STANCH_PIN",
        help="Hash of the first directory of keys.",
        rich_help_panel=PANEL,
    ),
]
DeskKeyOption = Annotated[
    str,
    typer.Option(
        "--desk-key",
        envvar="STANCH_DESK_KEY",
        help="The desk's public key.",
        rich_help_panel=PANEL,
    ),
]
MemberOption = Annotated[
    str,
    typer.Option(
        "--member", envvar="STANCH_MEMBER", help="Your member's id.", rich_help_panel=PANEL
    ),
]
StateOption = Annotated[
    Path,
    typer.Option(
        "--state",
        envvar="STANCH_STATE",
        help="File of what was seen of the desk; made if missing.",
        rich_help_panel=PANEL,
    ),
]


def proved_desk(server: str, by: str | Session, pin: Pin, state: Path) -> Desk:
    """The desk, once its directory holds from the pin. Raises UsageError, SignatureError."""
    found = Desk(server, by, pin, state)
    found.directory()
    return found
