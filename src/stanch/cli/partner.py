"""`stanch partner`: servers of partners that a desk polls and pushes to over TAXII 2.1."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.private_file import read_private
from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.group import group
from stanch.cli.output import cell, fields, listed, made, part, rows_part, table, tell
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line, named
from stanch.client.taxii import server
from stanch.client.taxii.credential import Credential
from stanch.client.taxii.line import Line as Taxii
from stanch.errors import UnreachableError, UsageError

app = group("partner")

SECRET: Final = "STANCH_PARTNER_SECRET"
_COLUMNS = ("id", "state", "direction", "source", "ended", "due", "failure", "title")
_LOOKS: Final = 0.5  # seconds between two looks whether a poll has ended

LinkArgument = Annotated[str, typer.Argument(metavar="LINK", help="The link's id.")]
WaitOption = Annotated[
    float, typer.Option(min=0, help="Seconds to wait for the worker; 0: do not wait.")
]
SecretOption = Annotated[
    Path | None,
    typer.Option(
        "--secret-file",
        help=f"File that you alone can read with user:password or a token; without: ${SECRET}.",
    ),
]


@app.command()
def look(
    url: Annotated[str, typer.Argument(metavar="URL", help="https://taxii.example/taxii2/.")],
    *,
    secret_file: SecretOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the collections of a server, each with its API root, as they are for you.

    Asked from this machine, not by a desk. Example: stanch partner look https://ex.example/taxii2/
    """
    by = _credential(_secret(secret_file))
    line = Taxii(url, by)
    found = []
    for root in server.roots(line) or [url]:
        there = Taxii(root, by)
        found += [{**each, "root": root} for each in server.collections(there)]
    listed(found, ("root", "id", "can_read", "can_write", "title"), as_json)


@app.command()
@in_person
def add(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    root: Annotated[str, typer.Argument(metavar="ROOT", help="URL of the API root there.")],
    *,
    remote: Annotated[str, typer.Option(help="Id of the collection there.")],
    collection: Annotated[str, typer.Option(help="Id or alias of the collection here.")],
    source: Annotated[str, typer.Option(metavar="MEMBER", help="Who is at the other end.")],
    title: Annotated[str, typer.Option(help="To know the link by.")],
    direction: Annotated[str, typer.Option(help="pull, push or both.")] = "pull",
    widens: Annotated[
        bool,
        typer.Option("--widens", help="AMBER is for all who read the collections, here and there."),
    ] = False,
    every: Annotated[int, typer.Option(help="Seconds between two polls.")] = 900,
    secret_file: SecretOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a link, and print its id. The desk's worker polls it from now on.

    Example: stanch partner add https://ex.example/taxii2/api1/ --remote 91a7b528... --collection
    threats --source mem-japan --title "Japan's desk"
    """
    secret = _secret(secret_file)
    _credential(secret)
    body = {
        "title": title, "root": root, "remote": remote, "collection": collection, "source": source,
        "direction": direction, "widens": widens, "every": every, "secret": secret,
    }  # fmt: skip
    made(desk.post("/v1/partners", body), as_json)


@app.command(name="list")
@at_desk
def list_(desk: Line, *, as_json: JsonOption = False) -> None:
    """List your member's links, the newest first."""
    listed(desk.rows("/v1/partners"), _COLUMNS, as_json)


@app.command(name="show")
@at_desk
def show_(desk: Line, id: LinkArgument, *, as_json: JsonOption = False) -> None:
    """Show a link: where it leads, what came and went, what the partner refused."""
    found = desk.get(f"/v1/partners/{named(id)}")
    tell(found, as_json, _shown(found))


@app.command()
@at_desk
def poll(
    desk: Line, id: LinkArgument, *, wait: WaitOption = 60.0, as_json: JsonOption = False
) -> None:
    """Have the desk's worker poll a link now, and say what came."""
    _now(desk, id, wait, as_json)


@app.command()
@at_desk
def push(
    desk: Line, id: LinkArgument, *, wait: WaitOption = 60.0, as_json: JsonOption = False
) -> None:
    """Have the desk's worker push over a link now, and say what went."""
    if desk.get(f"/v1/partners/{named(id)}")["direction"] == "pull":
        raise UsageError(f"{id} only polls; what is to be pushed needs a link that pushes")
    _now(desk, id, wait, as_json)


@app.command()
@at_desk
def stop(desk: Line, id: LinkArgument, *, as_json: JsonOption = False) -> None:
    """Stop a link: nothing comes and goes until it is started."""
    _turned(desk, id, "stop", as_json)


@app.command()
@in_person
def start(desk: Line, id: LinkArgument, *, as_json: JsonOption = False) -> None:
    """Start a link that was stopped, from where it was."""
    _turned(desk, id, "start", as_json)


@app.command()
@at_desk
def remove(desk: Line, id: LinkArgument, *, as_json: JsonOption = False) -> None:
    """Remove a link and its credential. What came by it stays."""
    desk.read("DELETE", f"/v1/partners/{named(id)}")
    tell({"id": id, "removed": True}, as_json, [f"{cell(id)} is removed"])


def _now(desk: Line, id: str, wait: float, as_json: bool) -> None:
    path = f"/v1/partners/{named(id)}"
    before = desk.get(path)
    due, until = desk.post(f"{path}/poll", None)["due"], time.monotonic() + wait
    found = desk.get(path)
    while found["due"] == due and time.monotonic() < until:
        time.sleep(_LOOKS)
        found = desk.get(path)
    if wait and found["due"] == due:
        raise UnreachableError(f"no worker polled {id} within {wait:g} s: does `stanch work` run?")
    new = {name: count - before["told"][name] for name, count in found["told"].items()}
    if found["failure"]:
        raise UnreachableError(f"{id}: {cell(found['failure'])}")
    tell({**found, "new": new}, as_json, table([new], tuple(new), tuple(new)))


def _turned(desk: Line, id: str, verb: str, as_json: bool) -> None:
    path = f"/v1/partners/{named(id)}"
    desk.read("POST", f"{path}/{verb}")
    found = desk.get(path)
    tell(found, as_json, [f"{cell(id)} is {found['state']}"])


def _shown(found: dict[str, Any]) -> Iterator[str]:
    rest = {name: value for name, value in found.items() if name not in ("told", "refused")}
    yield from fields(rest)
    yield from part("objects", table([found["told"]], tuple(found["told"]), tuple(found["told"])))
    refused = [{"id": id, "why": why} for id, why in found["refused"].items()]
    yield from rows_part("refused by the partner", refused, ("id", "why"))


def _secret(file: Path | None) -> str:
    if file is None:
        return os.environ.get(SECRET, "").strip()
    return read_private(file, "ask for a new secret", 4096).decode("utf-8", "replace").strip()


def _credential(secret: str) -> Credential | None:
    return Credential.of(secret) if secret else None
