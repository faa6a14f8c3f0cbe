"""`stanch feed`: all that a member is told by a desk, each message a line, and none left out."""

import contextlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import Annotated

import typer

from stanch.cli.output import wait_aloud
from stanch.cli.server_options import KeyFileOption, ServerOption
from stanch.cli.session_options import SessionOption, credentials
from stanch.cli.trust_options import DeskKeyOption, MemberOption, PinOption, proved_desk
from stanch.client import Delivery, Pin
from stanch.errors import OutputError


def feed(  # noqa: PLR0913 - one parameter for each option
    *,
    cursor: Annotated[
        Path,
        typer.Option(
            envvar="STANCH_STATE",
            help="File of how far it was read: the --state of other verbs; made if missing.",
        ),
    ],
    follow: Annotated[
        bool, typer.Option("--follow", help="Go on with what comes, until Ctrl-C.")
    ] = False,
    server: ServerOption,
    pin: PinOption,
    desk_key: DeskKeyOption,
    member: MemberOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
) -> None:
    """Print what a desk tells your member, a line of JSON each, from where it stopped.

    A message counts as read once its line is written. Whoever is stopped in between is told it
    again, under the same id. It says that something happened, and proves no order: fetch that by
    `stanch order check`.

    Example: stanch feed --cursor stanch.state --follow
    """
    by, trust = credentials(api_key_file, session), Pin(pin, desk_key, member)
    with (
        contextlib.suppress(KeyboardInterrupt),  # the cursor stands behind what was written
        proved_desk(server, by, trust, cursor) as desk,
    ):
        found = desk.feed()
        for delivery in found.following(wait_aloud) if follow else found.waiting():
            _write(delivery)


def _write(delivery: Delivery) -> None:
    """Write a line, and have it on the disk where it goes to a file: the cursor will be, too."""
    said = {"id": delivery.id, "n": delivery.n, "kind": delivery.kind,
            "subject": delivery.subject, "body": delivery.body,
            "head": delivery.head and delivery.head.text}  # fmt: skip
    try:
        typer.echo(json.dumps(said))
        _settle()
    except BrokenPipeError:
        raise  # nobody reads any more, which is no error
    except OSError as error:
        raise OutputError(f"the line of {delivery.id} was not written: {error.strerror}") from None


def _settle() -> None:
    try:
        handle = sys.stdout.fileno()
    except OSError:
        return  # it goes to memory
    if stat.S_ISREG(os.fstat(handle).st_mode):
        os.fsync(handle)
