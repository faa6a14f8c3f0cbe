"""What addressees do by `stanch order`, and how far an order has come at each of them."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.order_seeds import write_seeds
from stanch.cli.at_desk import at_desk
from stanch.cli.order_options import AmountOption, OrderArgument, OutOption, smallest_units
from stanch.cli.order_text import understanding
from stanch.cli.output import cell, made, table, tell
from stanch.cli.server_options import JsonOption, json_in
from stanch.client import Event, Reply, proof_in
from stanch.client.line import Line, named
from stanch.errors import UsageError
from stanch.model.desk.orders import Answer


@at_desk
def acknowledge(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Say, as an addressee, that an order was seen. Twice is once.

    Example: stanch order acknowledge ord-0123456789abcdef
    """
    path = f"/v1/orders/{named(id)}"
    desk.post(f"{path}/acknowledge", {})
    tell(desk.items(f"{path}/deliveries") if as_json else None, as_json, ["acknowledged"])


@at_desk
def reply(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: OrderArgument,
    *,
    answer: Annotated[str, typer.Option(help="nothing_found, held, already_gone or refused.")],
    account: Annotated[str | None, typer.Option(help="The account it is about (CAIP-10).")] = None,
    asset: Annotated[str | None, typer.Option(help="The asset (CAIP-19).")] = None,
    amount: AmountOption = None,
    reference: Annotated[
        str | None, typer.Option(help="The customer's account, hashed with a secret salt.")
    ] = None,
    gone_to: Annotated[str | None, typer.Option(help="Where the money had gone.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; with refused.")] = None,
    transaction: Annotated[
        str | None, typer.Option(help="The one in which it happened; proves nothing by itself.")
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(help="Of an issuer: a log of the receipt, as a node gives it (JSON)."),
    ] = None,
    replaces: Annotated[
        str | None, typer.Option(help="The earlier answer; to say again what was said before it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer an order as an addressee. A later answer for an account and asset replaces yours.

    Example: stanch order reply ord-0123456789abcdef --answer held --account eip155:1:0x...
    --asset eip155:1/slip44:60 --amount 3000000000000000000
    """
    if answer not in set(Answer):
        raise UsageError(f"--answer is one of {', '.join(Answer)}")
    number = smallest_units(amount)
    event = None if proof is None else _event(proof, account)
    said = Reply(
        Answer(answer), account, asset, number, reference, gone_to, reason, transaction, event,
        replaces,
    )  # fmt: skip
    path = f"/v1/orders/{named(id)}/replies"
    made(desk.post(path, said.body(), once=said.once()), as_json)


@at_desk
def deliveries(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """List an order's addressees, how far it has come at each, and who is late.

    An addressee sees itself alone. Example: stanch order deliveries ord-0123456789abcdef
    """
    found = desk.items(f"/v1/orders/{named(id)}/deliveries")
    names = ("member", "state", "late", "created", "delivered", "acknowledged", "answered", "due")
    tell(found, as_json, table(found, names, none="it went to nobody"))


@at_desk
def replies(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the answers to an order, the oldest first; those that were replaced do not count.

    An addressee sees its own. Example: stanch order replies ord-0123456789abcdef
    """
    found = desk.items(f"/v1/orders/{named(id)}/replies")
    names = (
        *("id", "created", "member", "answer", "counts", "amount", "asset", "account"),
        *("gone_to", "reason"),
    )
    tell(found, as_json, table(found, names, right=("amount",), none="nobody has answered"))


@at_desk
def seeds(
    desk: Line,
    id: OrderArgument,
    *,
    out: OutOption,
    as_json: JsonOption = False,
) -> None:
    """Write where money had already gone, as addressees say, for `stanch trace --seeds` to go on.

    Example: stanch order seeds ord-0123456789abcdef --out seeds.csv
    """
    path = f"/v1/orders/{named(id)}"
    with understanding():
        incident, replies = str(desk.get(path)["case"]), desk.items(f"{path}/replies")
        written = write_seeds(replies, incident, out)
    for each in written.since_ever:
        said = "names no transaction: give the seed a tx or a time, or all counts that ever came"
        typer.echo(f"{cell(each)}: {said}", err=True)
    lines = [f"{written.seeds} seed{'' if written.seeds == 1 else 's'}, written to {out}"]
    data = {"out": str(out), "seeds": written.seeds, "since_ever": list(written.since_ever)}
    tell(data, as_json, lines)


def _event(file: Path, account: str | None) -> Event:
    """The event in a file; its chain is the account's where the file does not say it."""
    log = json_in(file)
    if not isinstance(log, dict):
        raise UsageError(f"{file}: is no log of a receipt, which is an object")
    chain = log.get("chain") or (account or "").rpartition(":")[0]
    if not isinstance(chain, str) or not chain:
        raise UsageError("--proof: on which chain? Give --account, or put chain into the file")
    return proof_in(chain, log)
