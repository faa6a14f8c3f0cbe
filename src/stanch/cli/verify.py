"""`stanch verify`: what an order or evidence proves, to anyone who holds the pin."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.evidence.verifying import is_evidence
from stanch.app.signing.verify import Proof
from stanch.app.signing.verify import verify as use_case
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption
from stanch.cli.verify_evidence import verify_evidence
from stanch.errors import UsageError


def verify(  # noqa: PLR0913 - one parameter for each option
    bundle: Annotated[
        Path, typer.Argument(metavar="BUNDLE", help="Of an order (JSON), or evidence (ZIP).")
    ],
    *,
    pin: Annotated[
        list[str],
        typer.Option(envvar="STANCH_PIN", help="Hash of the first directory, from elsewhere."),
    ],
    desk_key: Annotated[
        list[str] | None,
        typer.Option(envvar="STANCH_DESK_KEY", help="The desk's public key; its log counts then."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Of an order: what it holds at that time; without: now.")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="Of evidence: run its traces again on this ledger.")
    ] = None,
    input: Annotated[
        list[Path] | None,
        typer.Option(help="Labels or seeds that a trace needs and the bundle does not hold."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check an order, or evidence, with all that was signed about it. Needs no desk.

    Nor a network. Of evidence: that nothing was changed or added, whose hands it went through,
    and, with the ledger, that its traces come to the same bytes.

    Example: stanch verify bundle.json --pin sha256:...
    """
    keys = desk_key or []
    if is_evidence(bundle):
        if at is not None:
            raise UsageError("--at is for orders; evidence holds at any time")
        verify_evidence(bundle, (pin, keys), (ledger, input or []), as_json)
        return
    if len(pin) != 1 or len(keys) > 1 or ledger is not None or input:
        raise UsageError("an order is checked with one --pin, and up to one --desk-key")
    proof = use_case(bundle, pin[0], at, keys[0] if keys else None)
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
