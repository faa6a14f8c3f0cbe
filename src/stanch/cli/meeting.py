"""`stanch meeting`: meetings of a body, what belongs to them, and invitations to them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.body import BodyArgument
from stanch.cli.group import group
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import Row, fields, listed, made, rows_part, save, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named
from stanch.errors import UsageError

app = group("meeting")

MeetingArgument = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting's id.")]
_MEETING: Final = ("id", "number", "local", "zone", "state", "place")
_PARTS: Final = {"open": "open actions of meetings before", "actions": "actions"}


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    id: BodyArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the meetings of a body that you may see, in their order."""
    found = desk.rows(f"/v1/bodies/{named(id)}/meetings")
    listed(found, ("id", "number", "local", "zone", "state", "marking", "place"), as_json)


@app.command()
@at_desk
def new(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: BodyArgument,
    *,
    place: Annotated[str, typer.Option(help="Where.")],
    at: Annotated[
        str | None, typer.Option(help="When, without: by the schedule. 2027-01-12T01:00:00Z.")
    ] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Call the next meeting of a body, and print its id.

    Example: stanch meeting new BODY --place Seoul
    """
    sent = {**marked(marking, release), "place": place, "at": at}
    made(desk.post(f"/v1/bodies/{named(id)}/meetings", sent), as_json)


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: MeetingArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a meeting: open actions of those before, agenda, papers, decisions, actions."""
    found = desk.get(f"/v1/meetings/{named(id)}")
    tell(found, as_json, _lines(found))


@app.command()
@at_desk
def move(
    desk: Line,
    id: MeetingArgument,
    *,
    at: Annotated[str | None, typer.Option(help="When: 2027-01-19T01:00:00Z.")] = None,
    place: Annotated[str | None, typer.Option(help="Where.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Give a meeting another time or place; invite anew then.

    Example: stanch meeting move MEETING --at 2027-01-19T01:00:00Z
    """
    path = f"/v1/meetings/{named(id)}"
    desk.post(f"{path}/move", {"at": at, "place": place})
    to = ", ".join(each for each in (at, place) if each is not None)
    tell(desk.get(path) if as_json else None, as_json, [f"{id} is moved to {to}"])


@app.command()
@at_desk
def cancel(
    desk: Line,
    id: MeetingArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why.")],
    as_json: JsonOption = False,
) -> None:
    """Cancel a meeting; the invitation then cancels it in calendars."""
    path = f"/v1/meetings/{named(id)}"
    desk.post(f"{path}/cancel", {"reason": reason})
    tell(desk.get(path) if as_json else None, as_json, [f"{id} is cancelled"])


@app.command()
@at_desk
def agenda(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: MeetingArgument,
    *,
    topic: Annotated[
        str,
        typer.Option(
            help="review, threats, jurisdictions, industry, sanctions, capacity, press, next, "
            "other."
        ),
    ],
    title: Annotated[str, typer.Option(help="What it is called.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put one more item on the agenda, and print its id."""
    sent = {**marked(marking, release), "topic": topic, "title": title}
    made(desk.post(f"/v1/meetings/{named(id)}/agenda", sent), as_json)


@app.command()
@at_desk
def paper(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: MeetingArgument,
    *,
    title: Annotated[str, typer.Option(help="What it is called.")],
    text: Annotated[str | None, typer.Option(help="What it says.")] = None,
    file: Annotated[
        str | None, typer.Option(metavar="ITEM", help="Id of a file in a case of yours.")
    ] = None,
    topic: Annotated[
        str, typer.Option(help="What it is about: threats and sanctions go into the pack.")
    ] = "other",
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lay a paper before a meeting, a text or a file of evidence, and print its id."""
    sent = {**marked(marking, release), "title": title, "text": text, "file": file, "topic": topic}
    made(desk.post(f"/v1/meetings/{named(id)}/papers", sent), as_json)


@app.command()
@at_desk
def decide(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: MeetingArgument,
    *,
    text: Annotated[str, typer.Option(help="What was decided.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note a decision, and print its id."""
    sent = {**marked(marking, release), "text": text}
    made(desk.post(f"/v1/meetings/{named(id)}/decisions", sent), as_json)


@app.command()
@at_desk
def action(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: MeetingArgument,
    *,
    by: Annotated[str, typer.Option(metavar="MEMBER", help="Which member is to do it.")],
    text: Annotated[str, typer.Option(help="What is to be done.")],
    due: Annotated[str, typer.Option(help="By which day: 2027-03-31.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note an action, and print its id: the next meetings open with it until it ends."""
    sent = {**marked(marking, release), "by": by, "what": text, "due": due}
    made(desk.post(f"/v1/meetings/{named(id)}/actions", sent), as_json)


@app.command()
@at_desk
def end(
    desk: Line,
    id: Annotated[str, typer.Argument(metavar="ACTION", help="The action's id.")],
    *,
    state: Annotated[str, typer.Option(help="done or dropped.")] = "done",
    reason: Annotated[str | None, typer.Option(help="Why; what is dropped needs one.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say that an action is done, or dropped and why."""
    desk.post(f"/v1/actions/{named(id)}/end", {"state": state, "reason": reason})
    tell({"id": id, "state": state, "reason": reason}, as_json, [f"{id} is {state}"])


@app.command()
@at_desk
def invite(
    desk: Line,
    id: MeetingArgument,
    *,
    out: Annotated[Path, typer.Option(help="The calendar file to write: meeting.ics.")],
    address: Annotated[
        list[str] | None,
        typer.Option(metavar="MEMBER=E-MAIL", help="Invite this address; without, agencies alone."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the invitation to a meeting, or its cancelling, as a file that calendars take.

    Example: stanch meeting invite MEETING --out meeting.ics --address mem-jp=desk@example.jp
    """
    pairs = [each.partition("=") for each in address or []]
    if not all(member and at for member, _, at in pairs):
        raise UsageError("--address: to be MEMBER=E-MAIL")
    said = {"addresses": {member: at for member, _, at in pairs}}
    path = f"/v1/meetings/{named(id)}/invitation"
    save(out, desk.read("POST", path, body=said), as_json)


def _lines(found: Row) -> Iterator[str]:
    yield from fields({name: found[name] for name in _MEETING})
    for name in ("open", "actions"):
        names = ("id", "due", "state", "marking", "by", "what")
        yield from rows_part(_PARTS[name], found[name], names)
    yield from rows_part("agenda", found["agenda"], ("id", "place", "topic", "title"))
    yield from rows_part("papers", found["papers"], ("id", "marking", "title", "name"))
    yield from rows_part("decisions", found["decisions"], ("id", "marking", "text"))
