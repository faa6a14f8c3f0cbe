"""What an order is in the law of each country, and what follows the hold: verbs of governments."""

from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.order_options import AmountOption, OrderArgument, smallest_units
from stanch.cli.output import made, table, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named
from stanch.errors import UsageError
from stanch.model.desk.states import Effect

_SAID = tuple(each for each in Effect if each is not Effect.NONE)


@at_desk
def effects(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what an order is in the law of each country.

    Example: stanch order effects ord-0123456789abcdef
    """
    found = desk.items(f"/v1/orders/{named(id)}/effects")
    names = ("jurisdiction", "state", "changed", "reference")
    tell(found, as_json, table(found, names, none="it has no effect in any country"))


@at_desk
def effect(
    desk: Line,
    id: OrderArgument,
    *,
    to: Annotated[str, typer.Option(help=f"{', '.join(_SAID)}.")],
    reference: Annotated[
        str, typer.Option(help="The decision there; needed for binding and refused.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Say what an order is in the law of your own country. Each body speaks for its own law alone.

    Example: stanch order effect ord-0123456789abcdef --to binding --reference "Seoul 2026-1"
    """
    if to not in _SAID:
        raise UsageError(f"--to is one of {', '.join(_SAID)}")
    path = f"/v1/orders/{named(id)}"
    desk.put(f"{path}/effect", {"to": to, "reference": reference})
    tell(desk.items(f"{path}/effects") if as_json else None, as_json, [f"{to} in your country"])


@at_desk
def outcome(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: OrderArgument,
    *,
    stage: Annotated[str, typer.Option(help="seizure, assistance, forfeiture or return.")],
    happened: Annotated[str, typer.Option(help="When: 2026-12-01T09:00:00Z.")],
    asset: Annotated[str | None, typer.Option(help="The asset (CAIP-19).")] = None,
    amount: AmountOption = None,
    court: Annotated[str | None, typer.Option(help="The court or authority.")] = None,
    reference: Annotated[str | None, typer.Option(help="Its number at the court.")] = None,
    note: Annotated[str | None, typer.Option(help="What else is to be known.")] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add what followed the hold, and print its id. Nothing is changed afterwards.

    assistance is mutual legal assistance.

    Example: stanch order outcome ord-0123456789abcdef --stage seizure
    --happened 2026-12-01T09:00:00Z --asset eip155:1/slip44:60 --amount 3000000000000000000
    """
    smallest_units(amount)
    papers: dict[str, Any] = {"court": court, "reference": reference, "note": note}
    body = {
        **marked(marking, release),
        **{"stage": stage, "happened": happened, "asset": asset, "amount": amount},
        "body": {name: text for name, text in papers.items() if text is not None},
    }
    made(desk.post(f"/v1/orders/{named(id)}/outcomes", body), as_json)


@at_desk
def outcomes(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what followed the hold, the earliest first, as far as you may see it.

    Example: stanch order outcomes ord-0123456789abcdef
    """
    query = {"sort": "happened"}
    found = list(desk.rows(f"/v1/orders/{named(id)}/outcomes", query))
    names = ("id", "happened", "stage", "amount", "asset", "owner", "body")
    tell(found, as_json, table(found, names, right=("amount",), none="nothing followed yet"))
