"""`stanch case saw`: what a screening met, as sightings in a case, one for each account."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.stix.screened import Hits, Met, met_in
from stanch.cli.at_desk import at_desk
from stanch.cli.case_items import CaseArgument
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption
from stanch.cli.terms_options import SeenOption
from stanch.client.line import Line, named
from stanch.errors import UsageError

MOST: Final = 1_000  # accounts of one table
_BODY: Final = ("account", "first", "last", "count", "listed")


@at_desk
def saw(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CaseArgument,
    hits: Annotated[
        Path, typer.Argument(metavar="HITS", help="Table that `stanch screen addresses` wrote.")
    ],
    *,
    seen: SeenOption,
    chain: Annotated[
        str, typer.Option(help="Of addresses whose chain the table does not say: eip155:1.")
    ] = "",
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say in a case that your member saw listed addresses, and print the ids of the sightings.

    What lies there already is not added again. `stanch share` passes a sighting on.

    Example: stanch case saw case-0123456789abcdef hits.csv --seen 2026-11-27T00:00:00Z
    """
    first, last = Hits(hits, "", seen).times()
    screened, accounts = met_in(hits)
    bodies = [_body(each, chain, (first, last)) for each in accounts]
    if len(bodies) > MOST:
        raise UsageError(f"{hits}: more than {MOST:,} accounts")
    path = f"/v1/cases/{named(id)}/items"
    mine = {"kind": "sighting", "owner": desk.get("/v1/me")["member"]["id"]}
    there = {_key(row["body"]): row["id"] for row in desk.rows(path, mine)}
    made: list[str] = []
    for body in bodies:
        sent = {**marked(marking, release), "kind": "sighting", "body": body}
        made.append(there.get(_key(body)) or desk.post(path, sent)["id"])
    for why, count in () if as_json else sorted(screened.left.items()):
        typer.echo(f"{count:,} row{'' if count == 1 else 's'} of {hits} left out, {why}", err=True)
    tell({"ids": made, "left_out": dict(sorted(screened.left.items()))}, as_json, made)


def _body(met: Met, chain: str, times: tuple[str, str]) -> dict[str, Any]:
    account = met.account
    if ":" not in account:
        if not chain:
            raise UsageError(f"{account}: the table does not say its chain; say it by --chain")
        account = f"{chain}:{account}"
    listed = ", ".join(sorted(met.listed))[:1_000]
    body = {"account": account, "first": times[0], "last": times[1], "count": met.count}
    return body | ({"listed": listed} if listed else {})


def _key(body: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells sightings apart; a desk writes times to the microsecond."""
    times = tuple(str(body[name]).rstrip("Z0").rstrip(".") for name in ("first", "last"))
    return (str(body["account"]).lower(), *times, body["count"], body.get("listed", ""))
