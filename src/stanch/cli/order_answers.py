"""What addressees do by `stanch order`, and how what came of an order's targets is printed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    cell,
    json_in,
    line,
    made,
)
from stanch.client import Event, Reply, proof_in
from stanch.client.line import named
from stanch.errors import UsageError
from stanch.model.desk.orders import Answer

OrderArgument = Annotated[str, typer.Argument(metavar="ORDER", help="The order's id.")]


def acknowledge(
    id: OrderArgument, *, server: ServerOption, api_key_file: KeyFileOption = None
) -> None:
    """Say, as an addressee, that an order was seen."""
    line(server, api_key_file).post(f"/v1/orders/{named(id)}/acknowledge", {})
    typer.echo("acknowledged")


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
        str | None, typer.Option(help="Where it happened on the chain; proves nothing by itself.")
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option(help="Of an issuer: a log of the receipt, as a node gives it (JSON)."),
    ] = None,
    replaces: Annotated[
        str | None, typer.Option(help="The earlier answer; to say again what was said before it.")
    ] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer an order as an addressee. A later answer for an account and asset replaces yours.

    Example: stanch order reply ord-0123456789abcdef --answer held --account eip155:1:0x...
    --asset eip155:1/slip44:60 --amount 3000000000000000000
    """
    if answer not in set(Answer):
        raise UsageError(f"--answer is one of {', '.join(Answer)}")
    if amount is not None and not (amount.isascii() and amount.isdigit()):
        raise UsageError("--amount is an integer, in the smallest unit")
    number = None if amount is None else int(amount)
    event = None if proof is None else _event(proof, account)
    said = Reply(
        Answer(answer), account, asset, number, reference, gone_to, reason, transaction, event,
        replaces,
    )  # fmt: skip
    path = f"/v1/orders/{named(id)}/replies"
    made(line(server, api_key_file).post(path, said.body(), once=said.once()), as_json)


def told(came: Mapping[str, Any]) -> Iterator[str]:
    """What each target came to, a line for it and a line for each thing below it."""
    closed = came["closed"]
    if closed is not None:
        proved = sum(each["proof"] is not None for each in came["items"])
        said = "closed" if closed else "not closed"
        yield f"{said}: {proved} of {len(came['items'])} targets proved frozen"
    for each in came["items"]:
        yield f"target: {cell(each['account'])}"
        yield f"  asked: {cell(each['amount'] or 'all')} of {cell(each['asset'] or 'any asset')}"
        for asset, amount in each["held"].items():
            yield f"  held: {cell(amount)} of {cell(asset)}"
        if not each["held"]:
            yield "  held: nothing"
        if closed is not None:
            yield f"  {_proved(each['proof'])}"


def _proved(proof: Mapping[str, Any] | None) -> str:
    if proof is None:
        return "not proved"
    at = f"transaction {cell(proof['transaction'])}, block {cell(proof['block'])}"
    return f"proved by {cell(proof['event'])}: {at}, as {cell(proof['member'])} answered"


def _event(file: Path, account: str | None) -> Event:
    """The event in a file; its chain is the account's where the file does not say it."""
    log = json_in(file)
    if not isinstance(log, dict):
        raise UsageError(f"{file}: is no log of a receipt, which is an object")
    chain = log.get("chain") or (account or "").rpartition(":")[0]
    if not isinstance(chain, str) or not chain:
        raise UsageError("--proof: on which chain? Give --account, or put chain into the file")
    return proof_in(chain, log)
