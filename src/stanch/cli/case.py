"""`stanch case`: cases at a desk, and what lies in them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.app.trace_upload import trace_files
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    json_in,
    line,
    made,
    show,
    table,
)
from stanch.client.line import named
from stanch.errors import UsageError

app = typer.Typer(help="Open cases at a desk, and look into them.", no_args_is_help=True)

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The case's id.")]


@app.callback()
def case() -> None:
    """Open cases at a desk, and look into them."""


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
    query = {} if state is None else {"state": state}
    found = list(line(server, api_key_file).rows("/v1/cases", query))
    if as_json:
        show(found)
        return
    table(found, ("id", "created", "state", "marking", "owner", "title"))


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
    table([found["case"]], ("id", "created", "state", "marking", "owner", "title"))
    table(found["items"], ("id", "created", "kind", "marking", "owner", "body"))
    table(found["judgements"], ("id", "created", "country", "confidence", "actor", "sources"))


@app.command()
def add(  # noqa: PLR0913 - one parameter for each option
    id: CaseArgument,
    *,
    kind: Annotated[str, typer.Option(help="incident, trace, tag, account or note.")],
    text: Annotated[str | None, typer.Option(help="A note's text.")] = None,
    body: Annotated[
        Path | None, typer.Option(help="JSON file with what the item says, of any kind.")
    ] = None,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add to a case, and print the item's id. Nothing is changed afterwards.

    Example: stanch case add case-0123456789abcdef --kind note --text "Seen at 12:00."
    """
    said = _said(text, body)
    sent = {**marked(marking, release), "kind": kind, "body": said}
    made(line(server, api_key_file).post(f"/v1/cases/{named(id)}/items", sent), as_json)


@app.command()
def trace(  # noqa: PLR0913 - one parameter for each option
    id: CaseArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `stanch trace` wrote.")],
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a trace into a case: its manifest's hash, and the accounts that the money went through.

    Exchanges to whom it is released are told of these accounts, one question at a time.
    Example: stanch case trace case-0123456789abcdef out --marking TLP:GREEN
    """
    manifest, accounts = trace_files(folder)
    query = {"manifest": manifest, **marked(marking, release)}
    made(line(server, api_key_file).send(f"/v1/cases/{named(id)}/traces", query, accounts), as_json)


def _said(text: str | None, body: Path | None) -> Any:
    if (text is None) == (body is None):
        raise UsageError("--text or --body: give one of them")
    if body is None:
        return {"text": text}
    return json_in(body)
