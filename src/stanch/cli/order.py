"""`stanch order`: block orders at a desk, from the draft to the last answer."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.signing.documents import signed_text, write
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
from stanch.client import Pin, Reply
from stanch.client.line import named
from stanch.errors import UsageError
from stanch.model.desk.orders import Answer

app = typer.Typer(help="Draft, sign, check and answer block orders.", no_args_is_help=True)

OrderArgument = Annotated[str, typer.Argument(metavar="ORDER", help="The order's id.")]


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
    """Show what the desk says of an order. What it proves is said by `stanch order check`.

    Example: stanch order show ord-0123456789abcdef --document order.json
    """
    desk, path = line(server, api_key_file), f"/v1/orders/{named(id)}"
    for out, part in ((document, "document"), (bundle, "bundle")):
        if out is not None:
            write(out, desk.read("GET", f"{path}/{part}"))
    found = desk.get(path)
    if as_json:
        show(found)
        return
    for name, value in found.items():
        typer.echo(f"{cell(name)}: {cell(value)}")


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


@app.command()
def acknowledge(
    id: OrderArgument, *, server: ServerOption, api_key_file: KeyFileOption = None
) -> None:
    """Say, as an addressee, that an order was seen."""
    line(server, api_key_file).post(f"/v1/orders/{named(id)}/acknowledge", {})
    typer.echo("acknowledged")


@app.command()
def reply(  # noqa: PLR0913 - one parameter for each option
    id: OrderArgument,
    *,
    answer: Annotated[str, typer.Option(help="nothing_found, held, already_gone or refused.")],
    account: Annotated[str | None, typer.Option(help="The account it is about (CAIP-10).")] = None,
    asset: Annotated[str | None, typer.Option(help="The asset (CAIP-19).")] = None,
    amount: Annotated[str | None, typer.Option(help="In the asset's smallest unit.")] = None,
    reference: Annotated[
        str | None, typer.Option(help="The customer's account, hashed with a secret salt.")
    ] = None,
    gone_to: Annotated[str | None, typer.Option(help="Where the money had gone.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; with refused.")] = None,
    transaction: Annotated[
        str | None, typer.Option(help="Of an issuer: the event that proves the freeze.")
    ] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer an order as an addressee.

    Example: stanch order reply ord-0123456789abcdef --answer held --account eip155:1:0x...
    --asset eip155:1/slip44:60 --amount 3000000000000000000
    """
    if answer not in set(Answer):
        raise UsageError(f"--answer is one of {', '.join(Answer)}")
    if amount is not None and not (amount.isascii() and amount.isdigit()):
        raise UsageError("--amount is an integer, in the smallest unit")
    number = None if amount is None else int(amount)
    said = Reply(Answer(answer), account, asset, number, reference, gone_to, reason, transaction)
    path = f"/v1/orders/{named(id)}/replies"
    made(line(server, api_key_file).post(path, said.body(), once=said.once()), as_json)
