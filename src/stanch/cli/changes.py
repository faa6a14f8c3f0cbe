"""`stanch changes`: which orders came into force or let go of accounts since a place of the log."""

import contextlib
import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.output import table, tell, wait_aloud
from stanch.cli.server_options import JsonOption
from stanch.client.changes import Changed, following
from stanch.client.changes import since as changed_since
from stanch.client.line import Line


@at_desk
def changes(
    desk: Line,
    *,
    since: Annotated[
        int, typer.Option(min=0, help="Place of the log: a snapshot's, or the last one shown.")
    ] = 0,
    follow: Annotated[
        bool, typer.Option("--follow", help="Print each as JSON as it comes, until Ctrl-C.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List orders that came into force or let go of accounts since a given place.

    Each is shown with how many accounts it holds now.

    That is the desk's word. What an order proves is said by `stanch order check`.

    Example: stanch changes --since 1234 --follow
    """
    if follow:
        with contextlib.suppress(KeyboardInterrupt):
            for each in following(desk, since, wait_aloud):
                typer.echo(json.dumps(_said(each)))
        return
    found = [_said(each) for each in changed_since(desk, since)]
    rows = [{**each, "holds": len(each["held"])} for each in found]
    names = ("n", "order", "kind", "marking", "expires", "holds")
    tell(found, as_json, table(rows, names, right=("n", "holds")))


def _said(changed: Changed) -> dict[str, Any]:
    """As the desk said it: amounts are texts."""
    said = asdict(changed)
    for each in said["held"]:
        each["amount"] = None if each["amount"] is None else str(each["amount"])
    return said
