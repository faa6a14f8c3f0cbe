"""How many orders there are, and how long one took."""

from collections.abc import Iterator, Mapping
from typing import Any

from stanch.cli.at_desk import at_desk
from stanch.cli.columns import columns
from stanch.cli.order_options import OrderArgument
from stanch.cli.order_text import lasted, understanding
from stanch.cli.output import cell, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named

_TIMES = ("report_to_order", "order_to_acknowledgement", "order_to_hold")


@at_desk
def counts(desk: Line, *, as_json: JsonOption = False) -> None:
    """Count the orders that you may see, by state."""
    found = desk.get("/v1/orders/counts")
    tell(found, as_json, count_lines(found, "orders"))


@at_desk
def times(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Say how long an order took: from report to order, to acknowledgement, to hold.

    The first line is the order, by whoever was first; then each addressee. In JSON: seconds.

    Example: stanch order times ord-0123456789abcdef
    """
    found = desk.get(f"/v1/orders/{named(id)}/times")
    heads = ("", *(name.replace("_", " ") for name in _TIMES))
    with understanding():
        rows = [("the order", found["order"]), *found["addressees"].items()]
        cells = [[cell(name), *(lasted(each[time]) for time in _TIMES)] for name, each in rows]
    tell(found, as_json, columns(heads, cells, right=heads[1:]))


def count_lines(found: Mapping[str, Any], head: str) -> Iterator[str]:
    """A line for each number."""
    rows = [[cell(name).replace("_", " "), cell(number)] for name, number in found.items()]
    yield from columns((head, "number"), rows, right=("number",))
