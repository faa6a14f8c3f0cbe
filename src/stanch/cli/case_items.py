"""What lies in a case, by `stanch case`: notes, traces and evidence in, items and evidence out."""

import hashlib
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.private_file import private_file
from stanch.app.trace_upload import trace_files
from stanch.cli.at_desk import at_desk
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import fields, made, tell
from stanch.cli.server_options import JsonOption, json_in
from stanch.client.line import Line, named
from stanch.errors import UnreachableError, UsageError

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The case's id.")]
ItemArgument = Annotated[str, typer.Argument(metavar="ITEM", help="The item's id.")]

LARGEST: Final = 25 << 20  # bytes of a file that a desk takes


@at_desk
def add(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CaseArgument,
    *,
    kind: Annotated[str, typer.Option(help="incident, trace, tag, account, sighting or note.")],
    text: Annotated[str | None, typer.Option(help="A note's text.")] = None,
    body: Annotated[
        Path | None, typer.Option(help="JSON file with what the item says, of any kind.")
    ] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add to a case, and print the item's id. Nothing is changed afterwards.

    Example: stanch case add case-0123456789abcdef --kind note --text "Seen at 12:00."
    """
    said = _said(text, body)
    sent = {**marked(marking, release), "kind": kind, "body": said}
    made(desk.post(f"/v1/cases/{named(id)}/items", sent), as_json)


@at_desk
def trace(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CaseArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `stanch trace` wrote.")],
    *,
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
    made(desk.send(f"/v1/cases/{named(id)}/traces", query, accounts), as_json)


@at_desk
def file(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CaseArgument,
    evidence: Annotated[Path, typer.Argument(metavar="FILE", help="What to keep, up to 25 MiB.")],
    *,
    name: Annotated[
        str | None, typer.Option(help="What it is called there, without: as it is here.")
    ] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a file of evidence in a case, byte for byte, and print the item's id.

    Example: stanch case file case-0123456789abcdef receipt.pdf --release mem-japan
    """
    query = {"name": evidence.name if name is None else name, **marked(marking, release)}
    content = _content(evidence)
    made(desk.send(f"/v1/cases/{named(id)}/files", query, content), as_json)


@at_desk
def get(
    desk: Line,
    id: ItemArgument,
    *,
    out: Annotated[Path, typer.Option(help="New file to write, which you alone can read.")],
    as_json: JsonOption = False,
) -> None:
    """Write a file of evidence as it was kept, byte for byte; no file is replaced.

    Example: stanch case get item-0123456789abcdef --out receipt.pdf
    """
    if out.exists():  # before anything is fetched; `private_file` holds to it in any case
        raise UsageError(f"{out}: stands there already, and is not replaced")
    content = desk.read("GET", f"/v1/files/{named(id)}")
    said = desk.get(f"/v1/items/{named(id)}")["body"]
    if hashlib.sha256(content).hexdigest() != said["sha256"]:
        raise UnreachableError(f"what came is not the file of {id}, by its SHA-256; ask again")
    with private_file(out) as stream:
        stream.write(content)
    lines = [f"{len(content):,} bytes, sha256:{said['sha256']}, written to {out}"]
    tell({**said, "out": str(out)}, as_json, lines)


@at_desk
def item(
    desk: Line,
    id: ItemArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show one thing that lies in a case.

    Example: stanch case item item-0123456789abcdef
    """
    found = desk.get(f"/v1/items/{named(id)}")
    tell(found, as_json, fields(found))


def _said(text: str | None, body: Path | None) -> Any:
    if (text is None) == (body is None):
        raise UsageError("--text or --body: give one of them")
    if body is None:
        return {"text": text}
    return json_in(body)


def _content(evidence: Path) -> bytes:
    try:
        with evidence.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{evidence}: cannot be read: {error.strerror}") from None
    if not 0 < len(content) <= LARGEST:
        raise UsageError(f"{evidence}: a desk keeps files from 1 byte to {LARGEST >> 20} MiB")
    return content
