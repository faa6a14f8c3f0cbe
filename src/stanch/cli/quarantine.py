"""`stanch quarantine`: what came from partners and was laid aside, until somebody decides."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.group import group
from stanch.cli.output import cell, fields, listed, save, tell
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

app = group("quarantine")

_COLUMNS = ("id", "created", "state", "size", "object", "reason")
HeldArgument = Annotated[str, typer.Argument(metavar="HELD", help="Its id in the quarantine.")]


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    link: Annotated[str | None, typer.Option(help="Only what this link brought.")] = None,
    state: Annotated[str, typer.Option(help="held, taken or dropped.")] = "held",
    as_json: JsonOption = False,
) -> None:
    """List what was laid aside, the newest first, with the reason for each."""
    found = desk.rows("/v1/quarantine", given(partner=link, state=state))
    listed(found, _COLUMNS, as_json, ("size",))


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: HeldArgument,
    *,
    out: Annotated[
        Path | None, typer.Option(help="Write its bytes to this file, as they came.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what was laid aside and why; with --out its bytes too."""
    path = f"/v1/quarantine/{named(id)}"
    if out is not None:
        save(out, desk.read("GET", f"{path}/bytes"), as_json)
        return
    found: dict[str, Any] = desk.get(path)
    tell(found, as_json, fields(found))


@app.command()
@at_desk
def take(desk: Line, id: HeldArgument, *, as_json: JsonOption = False) -> None:
    """Take it into the collection that it was for, with the fault that it has."""
    _settled(desk, id, "take", as_json)


@app.command()
@at_desk
def drop(desk: Line, id: HeldArgument, *, as_json: JsonOption = False) -> None:
    """Drop it: it stays aside when it comes again."""
    _settled(desk, id, "drop", as_json)


def _settled(desk: Line, id: str, verb: str, as_json: bool) -> None:
    path = f"/v1/quarantine/{named(id)}"
    desk.read("POST", f"{path}/{verb}")
    found = desk.get(path)
    tell(found, as_json, [f"{cell(id)} is {found['state']}"])
