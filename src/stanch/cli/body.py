"""`stanch body`: bodies and working groups at a desk, who sits in them, what they aim at."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.group import group
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import Row, fields, listed, made, rows_part, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named

app = group("body")

BodyArgument = Annotated[str, typer.Argument(metavar="BODY", help="The body's id.")]


@app.command()
@at_desk
def new(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    *,
    template: Annotated[
        str | None, typer.Option(help="trilateral or korea-australia: what is not said is theirs.")
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEMBER[=AGENCY]", help="Who sits in it, as a co-chair by a template."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    basis: Annotated[str | None, typer.Option(help="The legal basis.")] = None,
    scope: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    rule: Annotated[
        str | None, typer.Option(help="When it meets: RRULE of RFC 5545, FREQ=MONTHLY;INTERVAL=3.")
    ] = None,
    first: Annotated[
        str | None, typer.Option(help="From when the rule counts: 2027-01-01T10:00, in the zone.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone: Asia/Seoul.")] = None,
    minutes: Annotated[int | None, typer.Option(help="How long such a meeting takes.")] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Found a body, and print its id. In amber without --release it is for all who sit in it.

    Example: stanch body new --template trilateral --member mem-us --member mem-jp --member mem-kr
    """
    said: dict[str, Any] = {
        "template": template, "name": name, "basis": basis, "scope": scope, "rule": rule,
        "first": first, "zone": zone, "minutes": minutes,
        "agenda": [] if template is None else None,
    }  # fmt: skip
    sent = {**marked(marking, release), **said, "seats": [_seat(each) for each in member or []]}
    made(desk.post("/v1/bodies", sent), as_json)


@app.command(name="list")
@at_desk
def list_(desk: Line, *, as_json: JsonOption = False) -> None:
    """List the bodies in which your member has, or had, a seat."""
    found = desk.rows("/v1/bodies")
    listed(found, ("id", "zone", "rule", "marking", "owner", "name"), as_json)


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: BodyArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a body: its words, its seats, its targets with their readings, its meetings."""
    path = f"/v1/bodies/{named(id)}"
    found = {
        "body": desk.get(path),
        "seats": list(desk.rows(f"{path}/seats")),
        "targets": list(desk.rows(f"{path}/targets")),
        "meetings": list(desk.rows(f"{path}/meetings")),
    }
    tell(found, as_json, _lines(found))


@app.command()
@at_desk
def seat(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: BodyArgument,
    *,
    member: Annotated[str, typer.Option(metavar="MEMBER", help="Id of the member.")],
    agency: Annotated[str, typer.Option(help="Which agency of it sits there.")],
    role: Annotated[str, typer.Option(help="co-chair, member or observer.")] = "member",
    since: Annotated[
        str | None, typer.Option("--from", help="From when, without: now. Nothing before is seen.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Until when, without: open.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Seat a member in a body, and print the seat's id. Co-chairs do.

    Example: stanch body seat BODY --member mem-au --agency DFAT --role observer
    """
    said = {"member": member, "agency": agency, "role": role, "from": since, "until": until}
    made(desk.post(f"/v1/bodies/{named(id)}/seats", said), as_json)


@app.command()
@at_desk
def unseat(
    desk: Line,
    seat: Annotated[str, typer.Argument(metavar="SEAT", help="The seat's id.")],
    *,
    until: Annotated[str | None, typer.Option(help="When it ends, without: now.")] = None,
    as_json: JsonOption = False,
) -> None:
    """End a seat: nothing that is written after is seen by it."""
    desk.post(f"/v1/seats/{named(seat)}/end", {"until": until})
    tell({"id": seat, "until": until}, as_json, [f"{seat} ends {until or 'now'}"])


@app.command()
@at_desk
def target(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: BodyArgument,
    *,
    measure: Annotated[str, typer.Option(help="What is measured.")],
    unit: Annotated[str, typer.Option(help="In what.")],
    baseline: Annotated[str, typer.Option(help="Where it stands, in digits.")],
    to: Annotated[str, typer.Option(help="Where it is to stand, in digits.")],
    due: Annotated[str, typer.Option(help="By which day: 2027-12-31.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set a target of cooperation, and print its id."""
    said = {"measure": measure, "unit": unit, "baseline": baseline, "target": to, "due": due}
    sent = {**marked(marking, release), **said}
    made(desk.post(f"/v1/bodies/{named(id)}/targets", sent), as_json)


@app.command()
@at_desk
def reading(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: Annotated[str, typer.Argument(metavar="TARGET", help="The target's id.")],
    *,
    value: Annotated[str, typer.Option(help="How it stood, in digits.")],
    day: Annotated[str, typer.Option(help="On which day: 2027-03-31.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note how a target stands, and print the reading's id."""
    sent = {**marked(marking, release), "value": value, "day": day}
    path = f"/v1/body-targets/{named(id)}/readings"
    made(desk.post(path, sent), as_json)


def _lines(found: Row) -> Iterator[str]:
    body = ("id", "name", "basis", "scope", "rule", "zone", "marking")
    yield from fields({name: found["body"][name] for name in body})
    seats = ("id", "since", "until", "role", "member", "agency")
    yield from rows_part("seats", found["seats"], seats)
    targets = ("id", "due", "baseline", "target", "unit", "measure")
    yield from rows_part("targets", found["targets"], targets)
    meetings = ("id", "number", "local", "state", "place")
    yield from rows_part("meetings", found["meetings"], meetings)


def _seat(said: str) -> dict[str, Any]:
    member, _, agency = said.partition("=")
    return {"member": member, "agency": agency or None}
