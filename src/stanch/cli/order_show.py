"""`stanch order show`, and the files that leave a desk: what is signed, and what proves it."""

import json
from dataclasses import asdict
from typing import Any

from stanch.app.signing.shown import asked, hands
from stanch.cli.at_desk import at_desk
from stanch.cli.order_options import OrderArgument, OutOption
from stanch.cli.order_text import order_lines, understanding
from stanch.cli.output import save, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named


@at_desk
def show_(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show an order: what it asks, who signed, what came of it at each addressee and in law.

    That is the desk's word. What an order proves is said by `stanch order check`.

    Example: stanch order show ord-0123456789abcdef
    """
    path = f"/v1/orders/{named(id)}"
    document = desk.read("GET", f"{path}/document")
    words = asked(document)
    with understanding():
        found = {**_found(desk, path), "document": json.loads(document)}
        lines = list(order_lines(found, words))
    tell(found, as_json, lines)


@at_desk
def document(
    desk: Line,
    id: OrderArgument,
    *,
    out: OutOption,
    as_json: JsonOption = False,
) -> None:
    """Write the bytes whose hash is signed, for `stanch sign`.

    Example: stanch order document ord-0123456789abcdef --out order.json
    """
    save(out, desk.read("GET", f"/v1/orders/{named(id)}/document"), as_json)


@at_desk
def bundle(
    desk: Line,
    id: OrderArgument,
    *,
    out: OutOption,
    as_json: JsonOption = False,
) -> None:
    """Write an order with all that was signed about it, for `stanch verify`, which needs no desk.

    Example: stanch order bundle ord-0123456789abcdef --out bundle.json
    """
    save(out, desk.read("GET", f"/v1/orders/{named(id)}/bundle"), as_json)


def _found(desk: Line, path: str) -> dict[str, Any]:
    """The order's row, and beside it all that became of it."""
    row, came = desk.get(path), desk.get(f"{path}/targets")
    signed = hands(desk.read("GET", f"{path}/bundle"))
    return {
        **row,
        "signed": [_hand(asdict(each)) for each in signed],
        "releases": desk.items(f"{path}/releases"),
        "targets": came["items"],
        "held": came["held"],
        "closed": came["closed"],
        "deliveries": desk.items(f"{path}/deliveries"),
        "replies": desk.items(f"{path}/replies"),
        "effects": desk.items(f"{path}/effects"),
        "outcomes": list(desk.rows(f"{path}/outcomes", {"sort": "happened"})),
        "reviews": desk.items(f"{path}/reviews"),
    }


def _hand(said: dict[str, Any]) -> dict[str, Any]:
    """A statement without what is the same for all of the order."""
    names = ("said", "member", "person", "at", "reason")
    return {**{name: said[name] for name in names}, "accounts": list(said["targets"])}
