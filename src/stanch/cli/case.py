"""`stanch case`: cases at a desk, and what lies in them."""

from typing import Annotated, Final

import typer

from stanch.cli.case_items import CaseArgument, add, file, get, item, trace
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    given,
    line,
    listed,
    made,
    show,
    table,
)
from stanch.client.line import named

app = typer.Typer(
    help="Open cases at a desk, fill them, judge, and look into them.", no_args_is_help=True
)

_CASES: Final = ("id", "created", "state", "marking", "owner", "title")
_JUDGED: Final = ("id", "created", "country", "stance", "confidence", "actor", "sources")


@app.callback()
def case() -> None:
    """Open cases at a desk, fill them, judge, and look into them."""


@app.command(name="open")
def open_(  # noqa: PLR0913 - one parameter for each option
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What happened, in a line.")],
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    reported: Annotated[
        str | None, typer.Option(help="When the theft was reported, where before now.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Open a case, and print its id.

    Example: stanch case open "Theft at Upbeat" --release mem-japan
    """
    body = {**marked(marking, release), "title": title, "reported": reported}
    made(line(server, api_key_file).post("/v1/cases", body), as_json)


@app.command(name="list")
def list_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    state: Annotated[str | None, typer.Option(help="open or closed.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the cases that you may see, the newest first."""
    found = line(server, api_key_file).rows("/v1/cases", given(state=state))
    listed(found, _CASES, as_json)


@app.command(name="show")
def show_(
    id: CaseArgument,
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a case with what lies in it, and the judgements on it."""
    desk, path = line(server, api_key_file), f"/v1/cases/{named(id)}"
    found = {
        "case": desk.get(path),
        "items": list(desk.rows(f"{path}/items")),
        "judgements": list(desk.rows(f"{path}/judgements")),
    }
    if as_json:
        show(found)
        return
    table([found["case"]], _CASES)
    table(found["items"], ("id", "created", "kind", "marking", "owner", "body"))
    table(found["judgements"], _JUDGED)


@app.command()
def judge(  # noqa: PLR0913 - one parameter for each option
    id: CaseArgument,
    *,
    actor: Annotated[str, typer.Option(help="Who: Lazarus Group.")],
    confidence: Annotated[str, typer.Option(help="low, moderate or high.")],
    source: Annotated[
        list[str], typer.Option(help="What it rests on, in a sentence; once for each.")
    ],
    stance: Annotated[
        str, typer.Option(help="attributes, suspects, or disputes: that actor did not.")
    ] = "attributes",
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who did it, as your country's body or a researcher, and print the judgement's id.

    Several stand side by side. Whoever changes their mind makes another; both stay, with their
    times.

    Example: stanch case judge case-0123456789abcdef --actor "Lazarus Group" --confidence moderate
    --source "the wallets of an earlier theft"
    """
    said = {"actor": actor, "confidence": confidence, "sources": source, "stance": stance}
    sent = {**marked(marking, release), **said}
    made(line(server, api_key_file).post(f"/v1/cases/{named(id)}/judgements", sent), as_json)


@app.command()
def share(
    id: CaseArgument,
    *,
    marking: MarkingOption,
    release: ReleaseOption = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
) -> None:
    """Give a case of your member another marking, and another list of who may see it.

    The list before counts no more: name all again. What lies in the case keeps its own.

    Example: stanch case share case-0123456789abcdef --marking TLP:AMBER --release mem-japan
    """
    path = f"/v1/cases/{named(id)}/sharing"
    line(server, api_key_file).put(path, marked(marking, release))


@app.command()
def close(
    id: CaseArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why.")],
    server: ServerOption,
    api_key_file: KeyFileOption = None,
) -> None:
    """Close a case of your member: nothing is added to it any more."""
    path = f"/v1/cases/{named(id)}/close"
    line(server, api_key_file).read("POST", path, body={"reason": reason})


@app.command()
def overlaps(
    *,
    account: Annotated[str | None, typer.Option(help="On this account alone (CAIP-10).")] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="MEMBER", help="With this member alone.")
    ] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what others have in their cases on accounts that your member works on too.

    Each side is told of what it may see. Where the other side's work is closed to you, it is they
    who learn of yours.
    """
    query = given(account=account, owner=owner)
    found = line(server, api_key_file).rows("/v1/overlaps", query)
    listed(found, ("id", "created", "kind", "marking", "owner", "case", "account"), as_json)


app.command()(add)
app.command()(trace)
app.command()(file)
app.command()(get)
app.command()(item)
