"""`stanch me`: who one is at a desk, and being told by e-mail that something waits."""

from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.group import group
from stanch.cli.output import fields, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line

app = group("me")

_PATH = "/v1/me/notices"


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show the desk's id, yours, your member, your roles and what your key may be used for."""
    found = {"desk": desk.get("/v1/health")["desk"], **desk.get("/v1/me")}
    said = {**found, "member": found["member"]["id"]}
    for name in ("roles", "scopes"):
        said[name] = " ".join(found[name])
    tell(found, as_json, fields(said))


@app.command()
@in_person
def notices(desk: Line, *, as_json: JsonOption = False) -> None:
    """Show where you are told by e-mail, whether, and whether the address is proved yours."""
    _say(desk.get(_PATH), as_json)


@app.command()
@in_person
def notify(
    desk: Line,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Your e-mail address.")],
    *,
    off: Annotated[bool, typer.Option("--off", help="Be told no more; it stays known.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Be told at an address. A code is sent there first, which `stanch me confirm` takes.

    Example: stanch me notify kim@fiu.example
    """
    said = {"address": address, "on": not off}
    _say(desk.put(_PATH, said), as_json)


@app.command()
@in_person
def confirm(
    desk: Line,
    code: Annotated[str, typer.Argument(metavar="CODE", help="As the e-mail has it.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Prove by the code that the address is yours. It is good for half an hour and five tries.

    Example: stanch me confirm 7KQ2-XH4M-9TPA
    """
    _say(desk.post(f"{_PATH}/code", {"code": code}), as_json)


@app.command()
@in_person
def forget(desk: Line, *, as_json: JsonOption = False) -> None:
    """Have your address forgotten; you are told no more."""
    desk.read("DELETE", _PATH)
    tell(desk.get(_PATH) if as_json else None, as_json, ["your address is forgotten"])


def _say(found: dict[str, Any], as_json: bool) -> None:
    tell(found, as_json, fields(found))
