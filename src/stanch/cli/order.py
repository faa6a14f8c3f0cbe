"""`stanch order`: block orders at a desk, from the draft to the last answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.signing.documents import signed_text
from stanch.cli import order_answers, order_law, order_numbers, order_show
from stanch.cli.at_desk import at_desk, believing_no_desk
from stanch.cli.group import group
from stanch.cli.order_options import OrderArgument
from stanch.cli.order_text import taken_lines
from stanch.cli.output import cell, made, table, tell
from stanch.cli.server_options import JsonOption, json_in
from stanch.client import Desk
from stanch.client.line import Line, named
from stanch.errors import UsageError
from stanch.model.desk.orders import OrderKind
from stanch.model.desk.states import OrderState

app = group("order")


@at_desk
def draft(
    desk: Line,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What it is to be (JSON).")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Draft an order, and print its id. Nobody has signed it yet.

    FILE names case, kind (hold, emergency, issuer), targets (account, asset, amount),
    legal_reference, expires, addressees, marking and release; docs/orders.md has one.

    Example: stanch order draft order.json
    """
    found = desk.post("/v1/orders", json_in(file))
    made(found, as_json)


@at_desk
def redraft(
    desk: Line,
    id: OrderArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What it is to be now (JSON).")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Write a draft anew, as long as nobody has signed it, and print its version.

    FILE is all of it, as for `stanch order draft`: what it leaves out is gone.

    Example: stanch order redraft ord-0123456789abcdef order.json
    """
    found = desk.put(f"/v1/orders/{named(id)}", json_in(file))
    tell(found, as_json, [f"version {cell(found['version'])}"])


@at_desk
def drop(
    desk: Line,
    id: OrderArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why it goes.")],
    as_json: JsonOption = False,
) -> None:
    """Withdraw a draft that nobody has signed. What was signed is ended by signatures.

    Example: stanch order drop ord-0123456789abcdef --reason "The account was a mistake."
    """
    path = f"/v1/orders/{named(id)}"
    desk.post(f"{path}/drop", {"reason": reason})
    tell(desk.get(path) if as_json else None, as_json, ["withdrawn"])


@at_desk
def list_(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    *,
    state: Annotated[str | None, typer.Option(help=f"{', '.join(OrderState)}.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"{', '.join(OrderKind)}.")] = None,
    case: Annotated[str | None, typer.Option(help="Id of the case it belongs to.")] = None,
    owner: Annotated[str | None, typer.Option(help="Id of the member that asks for it.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the orders that you may see, the newest first.

    Example: stanch order list --state in_force
    """
    asked = {"state": state, "kind": kind, "case": case, "owner": owner}
    for name, words in (("state", set(OrderState)), ("kind", set(OrderKind))):
        if asked[name] is not None and asked[name] not in words:
            raise UsageError(f"--{name} is one of {', '.join(sorted(words))}")
    query = {name: value for name, value in asked.items() if value is not None}
    found = list(desk.rows("/v1/orders", query))
    names = ("id", "kind", "state", "owner", "case", "created", "expires")
    tell(found, as_json, table(found, names, none="no order"))


@believing_no_desk
def check(desk: Desk, id: OrderArgument, *, as_json: JsonOption = False) -> None:
    """Fetch an order with all that was signed about it, and say what that proves now.

    Example: stanch order check ord-0123456789abcdef --state stanch.state
    """
    proved = desk.order(id)
    found, held = proved.what, proved.held()
    said = {"order": found.order.id, "version": found.order.version}
    data = {**said, "state": found.tally.state.value, "held": list(held)}
    lines = [f"order {found.order.id} of {found.order.authority}: {found.tally.state.value}"]
    lines += [
        f"  {each.said}: {each.person} of {each.member}, {each.at}" for each in found.statements
    ]
    lines += [f"it holds {len(held)} account{'' if len(held) == 1 else 's'} now"]
    lines += [f"  {account}" for account in held]
    tell(data, as_json, lines)


@at_desk
def send(
    desk: Line,
    id: OrderArgument,
    statement: Annotated[
        Path, typer.Argument(metavar="STATEMENT", help="What `stanch sign` wrote.")
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Hand in a signed statement: a proposal, concurrence, release or refusal.

    Example: stanch order send ord-0123456789abcdef statement.jws
    """
    body = {"statement": signed_text(statement)}
    found = desk.post(f"/v1/orders/{named(id)}/statements", body)
    tell(found, as_json, taken_lines(found))


# In the order of an order's life.
_VERBS: Final[dict[str, Callable[..., None]]] = {
    "draft": draft,
    "redraft": redraft,
    "drop": drop,
    "list": list_,
    "counts": order_numbers.counts,
    "show": order_show.show_,
    "document": order_show.document,
    "send": send,
    "check": check,
    "bundle": order_show.bundle,
    "deliveries": order_answers.deliveries,
    "acknowledge": order_answers.acknowledge,
    "reply": order_answers.reply,
    "replies": order_answers.replies,
    "seeds": order_answers.seeds,
    "times": order_numbers.times,
    "effect": order_law.effect,
    "effects": order_law.effects,
    "outcome": order_law.outcome,
    "outcomes": order_law.outcomes,
}
for name, verb in _VERBS.items():
    app.command(name)(verb)
