"""`stanch order`: block orders at a desk, from the draft to the last answer."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.signing.documents import signed_text, write
from stanch.cli.order_answers import OrderArgument, acknowledge, reply, told
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    cell,
    json_in,
    line,
    made,
    show,
    table,
)
from stanch.cli.trust_options import (
    DeskKeyOption,
    MemberOption,
    PinOption,
    StateOption,
)
from stanch.cli.trust_options import desk as desk_of
from stanch.client import Pin
from stanch.client.line import named

app = typer.Typer(help="Draft, sign, check and answer block orders.", no_args_is_help=True)


@app.callback()
def order() -> None:
    """Draft, sign, check and answer block orders."""


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What it is to be (JSON).")],
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft an order, and print its id. Nobody has signed it yet.

    FILE names case, kind (hold, emergency, issuer), targets (account, asset, amount),
    legal_reference, expires, and more as the desk's OpenAPI document says.

    Example: stanch order draft order.json
    """
    found = line(server, api_key_file).post("/v1/orders", json_in(file))
    made(found, as_json)


@app.command(name="list")
def list_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    state: Annotated[
        str | None,
        typer.Option(help="draft, proposed, in_force, released, expired or withdrawn."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the orders that you may see, the newest first."""
    query = {} if state is None else {"state": state}
    found = list(line(server, api_key_file).rows("/v1/orders", query))
    if as_json:
        show(found)
        return
    table(found, ("id", "created", "kind", "state", "owner", "expires"))


@app.command(name="show")
def show_(  # noqa: PLR0913 - one parameter for each option
    id: OrderArgument,
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    document: Annotated[
        Path | None, typer.Option(help="File to write the order to, for `stanch sign`.")
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option(help="File to write all that was signed to, for `stanch verify`.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the desk says of an order, and per target what was asked, held and proved.

    That is the desk's word. What an order proves is said by `stanch order check`.

    Example: stanch order show ord-0123456789abcdef --document order.json
    """
    desk, path = line(server, api_key_file), f"/v1/orders/{named(id)}"
    for out, part in ((document, "document"), (bundle, "bundle")):
        if out is not None:
            write(out, desk.read("GET", f"{path}/{part}"))
    found, came = desk.get(path), desk.get(f"{path}/targets")
    if as_json:
        show({**found, "targets": came["items"], "held": came["held"], "closed": came["closed"]})
        return
    for name, value in found.items():
        typer.echo(f"{cell(name)}: {cell(value)}")
    for each in told(came):
        typer.echo(each)


@app.command()
def check(  # noqa: PLR0913 - one parameter for each option
    id: OrderArgument,
    *,
    server: ServerOption,
    pin: PinOption,
    desk_key: DeskKeyOption,
    member: MemberOption,
    state: StateOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch an order with all that was signed about it, and say what that proves now.

    Example: stanch order check ord-0123456789abcdef --state stanch.state
    """
    with desk_of(server, api_key_file, Pin(pin, desk_key, member), state) as desk:
        proved = desk.order(id)
    found, held = proved.what, proved.held()
    if as_json:
        said = {"order": found.order.id, "version": found.order.version}
        show({**said, "state": found.tally.state.value, "held": list(held)})
        return
    typer.echo(f"order {found.order.id} of {found.order.authority}: {found.tally.state.value}")
    for each in found.statements:
        typer.echo(f"  {each.said}: {each.person} of {each.member}, {each.at}")
    typer.echo(f"it holds {len(held)} accounts now")
    for account in held:
        typer.echo(f"  {account}")


@app.command()
def send(
    id: OrderArgument,
    statement: Annotated[
        Path, typer.Argument(metavar="STATEMENT", help="What `stanch sign` wrote.")
    ],
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hand in a signed statement: a proposal, concurrence, release or refusal.

    Example: stanch order send ord-0123456789abcdef statement.jws
    """
    body = {"statement": signed_text(statement)}
    found = line(server, api_key_file).post(f"/v1/orders/{named(id)}/statements", body)
    if as_json:
        show(found)
        return
    typer.echo(f"taken; the order is {cell(found.get('state'))}")


app.command()(acknowledge)
app.command()(reply)
