"""`stanch verify`: what an order proves, to anyone who holds the pin."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.signing.verify import Proof
from stanch.app.signing.verify import verify as use_case
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption


def verify(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="An order's bundle (JSON).")],
    *,
    pin: Annotated[
        str, typer.Option(envvar="STANCH_PIN", help="Hash of the first directory, from elsewhere.")
    ],
    desk_key: Annotated[
        str | None,
        typer.Option(envvar="STANCH_DESK_KEY", help="The desk's public key; its log counts then."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="What it holds at that time; without: now.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check an order with all that was signed about it. Needs no network and no desk.

    Example: stanch verify bundle.json --pin sha256:...
    """
    proof = use_case(bundle, pin, at, desk_key)
    tell(_data(proof), as_json, _lines(proof))


def _lines(proof: Proof) -> Iterator[str]:
    order = proof.order
    yield f"order {order.id} of {order.authority}, version {order.version}: {proof.state}"
    for each in proof.statements:
        yield f"  {each.said}: {each.person} of {each.member}, {each.at}"
    for each in proof.unproven:
        yield f"  does not count: {each.said} of {each.person}: not proved to be said in time"
    if proof.lapses:
        yield f"  an emergency: ends {proof.lapses}"
    yield f"at {proof.at} it holds {len(proof.held)} account{'' if len(proof.held) == 1 else 's'}"
    for account in proof.held:
        yield f"  {account}"


def _data(proof: Proof) -> dict[str, object]:
    def said(statements: object) -> list[dict[str, str]]:
        names = ("said", "member", "person", "at")
        return [{name: str(getattr(each, name)) for name in names} for each in statements]  # type: ignore[attr-defined]

    return {
        "order": proof.order.id,
        "version": proof.order.version,
        "authority": proof.order.authority,
        "state": proof.state,
        "directory": proof.directory,
        "statements": said(proof.statements),
        "unproven": said(proof.unproven),
        "lapses": proof.lapses,
        "at": proof.at,
        "held": list(proof.held),
    }
