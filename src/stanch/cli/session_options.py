"""Who works at a desk: a person who signed in, or a program with a key."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.private_file import private_file, read_private
from stanch.cli.server_options import KEY, PANEL, api_key
from stanch.client.line import Line
from stanch.client.session import Session
from stanch.errors import OutputError, UsageError

SESSION: Final = "STANCH_SESSION"
SessionOption = Annotated[
    Path | None,
    typer.Option(
        "--session",
        envvar=SESSION,
        help="File with your session, in place of a key: stanch session open.",
        rich_help_panel=PANEL,
    ),
]
# Of verbs that else work in the desk's folder: no variable sends these elsewhere.
ThereOption = Annotated[
    str | None,
    typer.Option(
        "--server",
        help="A desk that runs, in place of the folder: https://desk.example.",
        rich_help_panel=PANEL,
    ),
]


def signed_in(server: str, session: Path | None) -> Line:
    """The line of a person who signed in. Raises UsageError where nobody did."""
    found = None if session is None else kept(session)
    if found is None:
        raise UsageError(
            f"this is for a person who has signed in: stanch session open; --session or "
            f"${SESSION} names the file"
        )
    return Line(server, found)


def either(server: str, key_file: Path | None, session: Path | None) -> Line:
    """The line of who asks. Raises UsageError where nobody does."""
    return Line(server, credentials(key_file, session))


def credentials(key_file: Path | None, session: Path | None) -> str | Session:
    """The key that is named, else the session of who has signed in, else the key in the
    environment. Raises UsageError where there is none of them.
    """
    found = None if session is None or key_file is not None else kept(session)
    if found is not None:
        return found
    if key_file is None and not os.environ.get(KEY):
        raise UsageError(
            f"no session and no API key: stanch session open, or name a key's file with "
            f"--api-key-file, or set ${KEY}"
        )
    return api_key(key_file)


def kept(file: Path) -> Session | None:
    """The session in a file, None where there is no file. Raises UsageError for what is none."""
    with suppress(OSError):
        if not file.exists():
            return None
    data = read_private(file, "sign in anew")
    try:
        return Session.of(data)
    except (ValueError, RecursionError):
        raise UsageError(f"{file}: is no session, as stanch session open writes one") from None


@contextmanager
def place_for(file: Path) -> Iterator[Callable[[Session], object]]:
    """Keep a session where the one before was; there is room for it before a link is used up.

    Raises OutputError.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}.partial")
    with private_file(draft) as stream:
        yield lambda opened: stream.write(opened.text())
    try:
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(f"{file}: cannot be written: {error.strerror}") from None
