"""`stanch meeting`: meetings of a body, what belongs to them, and invitations to them."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.csv_file import whole_file
from stanch.cli.body import BodyArgument
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    line,
    made,
    show,
    table,
)
from stanch.client.line import named
from stanch.errors import UsageError

app = typer.Typer(
    help="Call meetings of a body, and keep what belongs to them.", no_args_is_help=True
)

MeetingArgument = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting's id.")]


@app.callback()
def meeting() -> None:
    """Call meetings of a body, and keep what belongs to them."""


@app.command(name="list")
def list_(
    id: BodyArgument,
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the meetings of a body that you may see, in their order."""
    found = list(line(server, api_key_file).rows(f"/v1/bodies/{named(id)}/meetings"))
    if as_json:
        show(found)
        return
    table(found, ("id", "number", "local", "zone", "state", "marking", "place"))


@app.command()
def new(  # noqa: PLR0913 - one parameter for each option
    id: BodyArgument,
    *,
    place: Annotated[str, typer.Option(help="Where.")],
    at: Annotated[
        str | None, typer.Option(help="When, without: by the schedule. 2027-01-12T01:00:00Z.")
    ] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Call the next meeting of a body, and print its id.

    Example: stanch meeting new BODY --place Seoul
    """
    sent = {**marked(marking, release), "place": place, "at": at}
    made(line(server, api_key_file).post(f"/v1/bodies/{named(id)}/meetings", sent), as_json)


@app.command(name="show")
def show_(
    id: MeetingArgument,
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a meeting: open actions of those before, agenda, papers, decisions, actions."""
    found = line(server, api_key_file).get(f"/v1/meetings/{named(id)}")
    if as_json:
        show(found)
        return
    table([found], ("id", "number", "local", "zone", "state", "place"))
    for name in ("open", "actions"):
        table(found[name], ("id", "due", "state", "marking", "by", "what"))
    table(found["agenda"], ("id", "place", "topic", "title"))
    table(found["papers"], ("id", "marking", "title", "name"))
    table(found["decisions"], ("id", "marking", "text"))


@app.command()
def move(
    id: MeetingArgument,
    *,
    at: Annotated[str | None, typer.Option(help="When: 2027-01-19T01:00:00Z.")] = None,
    place: Annotated[str | None, typer.Option(help="Where.")] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
) -> None:
    """Give a meeting another time or place; invite anew then."""
    said = {"at": at, "place": place}
    line(server, api_key_file).read("POST", f"/v1/meetings/{named(id)}/move", body=said)


@app.command()
def cancel(
    id: MeetingArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why.")],
    server: ServerOption,
    api_key_file: KeyFileOption = None,
) -> None:
    """Cancel a meeting; the invitation then cancels it in calendars."""
    said = {"reason": reason}
    line(server, api_key_file).read("POST", f"/v1/meetings/{named(id)}/cancel", body=said)


@app.command()
def agenda(  # noqa: PLR0913 - one parameter for each option
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
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put one more item on the agenda, and print its id."""
    sent = {**marked(marking, release), "topic": topic, "title": title}
    made(line(server, api_key_file).post(f"/v1/meetings/{named(id)}/agenda", sent), as_json)


@app.command()
def paper(  # noqa: PLR0913 - one parameter for each option
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
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lay a paper before a meeting, a text or a file of evidence, and print its id."""
    sent = {**marked(marking, release), "title": title, "text": text, "file": file, "topic": topic}
    made(line(server, api_key_file).post(f"/v1/meetings/{named(id)}/papers", sent), as_json)


@app.command()
def decide(  # noqa: PLR0913 - one parameter for each option
    id: MeetingArgument,
    *,
    text: Annotated[str, typer.Option(help="What was decided.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note a decision, and print its id."""
    sent = {**marked(marking, release), "text": text}
    made(line(server, api_key_file).post(f"/v1/meetings/{named(id)}/decisions", sent), as_json)


@app.command()
def action(  # noqa: PLR0913 - one parameter for each option
    id: MeetingArgument,
    *,
    by: Annotated[str, typer.Option(metavar="MEMBER", help="Which member is to do it.")],
    text: Annotated[str, typer.Option(help="What is to be done.")],
    due: Annotated[str, typer.Option(help="By which day: 2027-03-31.")],
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note an action, and print its id: the next meetings open with it until it ends."""
    sent = {**marked(marking, release), "by": by, "what": text, "due": due}
    made(line(server, api_key_file).post(f"/v1/meetings/{named(id)}/actions", sent), as_json)


@app.command()
def end(
    id: Annotated[str, typer.Argument(metavar="ACTION", help="The action's id.")],
    *,
    state: Annotated[str, typer.Option(help="done or dropped.")] = "done",
    reason: Annotated[str | None, typer.Option(help="Why; what is dropped needs one.")] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
) -> None:
    """Say that an action is done, or dropped and why."""
    said = {"state": state, "reason": reason}
    line(server, api_key_file).read("POST", f"/v1/actions/{named(id)}/end", body=said)


@app.command()
def invite(
    id: MeetingArgument,
    *,
    out: Annotated[Path, typer.Option(help="The calendar file to write: meeting.ics.")],
    address: Annotated[
        list[str] | None,
        typer.Option(metavar="MEMBER=E-MAIL", help="Invite this address; without, agencies alone."),
    ] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
) -> None:
    """Write the invitation to a meeting, or its cancelling, as a file that calendars take.

    Example: stanch meeting invite MEETING --out meeting.ics --address mem-jp=desk@example.jp
    """
    pairs = [each.partition("=") for each in address or []]
    if not all(member and at for member, _, at in pairs):
        raise UsageError("--address: to be MEMBER=E-MAIL")
    said = {"addresses": {member: at for member, _, at in pairs}}
    path = f"/v1/meetings/{named(id)}/invitation"
    content = line(server, api_key_file).read("POST", path, body=said)
    with whole_file(out) as draft:
        draft.write_bytes(content)
