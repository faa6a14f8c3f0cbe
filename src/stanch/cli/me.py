"""`stanch me`: who one is at a desk, and being told by e-mail that something waits."""

from typing import Annotated, Any

import typer

from stanch.cli.server_options import JsonOption, KeyFileOption, ServerOption, fields, show, table
from stanch.cli.session_options import SessionOption, either, signed_in

app = typer.Typer(
    help="See who you are at a desk, and choose to be told by e-mail that something waits.",
    no_args_is_help=True,
)

_PATH = "/v1/me/notices"


@app.callback()
def me() -> None:
    """See who you are at a desk, and choose to be told by e-mail that something waits."""


@app.command(name="show")
def show_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the desk's id, yours, your member, your roles and what your key may be used for."""
    desk = either(server, api_key_file, session)
    found = {"desk": desk.get("/v1/health")["desk"], **desk.get("/v1/me")}
    if as_json:
        show(found)
        return
    said = {**found, "member": found["member"]["id"]}
    for name in ("roles", "scopes"):
        said[name] = " ".join(found[name])
    fields(said)


@app.command()
def notices(
    *, server: ServerOption, session: SessionOption = None, as_json: JsonOption = False
) -> None:
    """Show where you are told by e-mail, whether, and whether the address is proved yours."""
    _say(signed_in(server, session).get(_PATH), as_json)


@app.command()
def notify(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Your e-mail address.")],
    *,
    off: Annotated[bool, typer.Option("--off", help="Be told no more; it stays known.")] = False,
    server: ServerOption,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Be told at an address. A code is sent there first, which `stanch me confirm` takes.

    Example: stanch me notify kim@fiu.example
    """
    said = {"address": address, "on": not off}
    _say(signed_in(server, session).put(_PATH, said), as_json)


@app.command()
def confirm(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As the e-mail has it.")],
    *,
    server: ServerOption,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prove by the code that the address is yours. It is good for half an hour and five tries.

    Example: stanch me confirm 7KQ2-XH4M-9TPA
    """
    _say(signed_in(server, session).post(f"{_PATH}/code", {"code": code}), as_json)


@app.command()
def forget(*, server: ServerOption, session: SessionOption = None) -> None:
    """Have your address forgotten; you are told no more."""
    signed_in(server, session).read("DELETE", _PATH)


def _say(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        show(found)
        return
    table([found], ("address", "on", "verified"))
