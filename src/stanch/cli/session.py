"""`stanch session`: a person signs in at a desk by a one-time link, and out again."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.cli.at_desk import in_person
from stanch.cli.group import group
from stanch.cli.output import fields, tell
from stanch.cli.server_options import JsonOption, ServerOption
from stanch.cli.session_options import SessionOption, kept, place_for
from stanch.client.line import Line
from stanch.client.sign_in import sign_in, sign_out
from stanch.errors import UsageError

app = group("session")

_MOST: Final = 4096  # bytes of a link


@app.command(name="open")
def open_(
    *,
    server: ServerOption,
    session: SessionOption = None,
    link_file: Annotated[
        Path | None,
        typer.Option(help="File with the link or its token, - for standard input; without: asked."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Sign in by a one-time link, and write the session to a file that you alone can read.

    It ends after 30 minutes in which nothing is done, after 12 hours in any case. The link is used
    up; a session that the file held ends.

    Example: stanch session open --link-file link --session ~/.stanch-session
    """
    if session is None:
        raise UsageError("--session: name a file for the session, or set $STANCH_SESSION")
    link, before = _link(link_file), kept(session)
    with place_for(session) as keep:
        opened = sign_in(server, link, before)
        keep(opened)
    with closing(Line(server, opened)) as desk:
        _say(desk, opened.expires, as_json)


@app.command(name="show")
@in_person
def show_(desk: Line, *, as_json: JsonOption = False) -> None:
    """Show who has signed in, and until when at most."""
    _say(desk, desk.get("/v1/session")["expires"], as_json)


@app.command()
def end(*, session: SessionOption = None, as_json: JsonOption = False) -> None:
    """Sign out, and remove the file."""
    found = None if session is None else kept(session)
    if session is None or found is None:
        raise UsageError("nobody has signed in: --session or $STANCH_SESSION names no session")
    sign_out(found)
    session.unlink(missing_ok=True)
    said = [f"signed out of {found.server}; {session} is removed"]
    tell({"server": found.server, "file": str(session), "ended": True}, as_json, said)


def _say(desk: Line, expires: str, as_json: bool) -> None:
    me = desk.get("/v1/me")
    found = {
        "person": me["person"],
        "member": me["member"]["id"],
        "roles": " ".join(me["roles"]),
        "expires": expires,
    }
    tell(found, as_json, fields(found))


def _link(file: Path | None) -> str:
    if file is None:
        return str(typer.prompt("One-time link", hide_input=True, err=True))
    try:
        if str(file) == "-":
            return sys.stdin.read(_MOST)
        with file.open("rb") as stream:
            return stream.read(_MOST).decode("ascii", "replace")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
