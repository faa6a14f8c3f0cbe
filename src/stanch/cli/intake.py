"""`stanch intake`: reports that come in from outside, beside the record of who made them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.group import group
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import Row, cell, fields, made, table, tell
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named
from stanch.errors import UsageError

app = group("intake")

ReportArgument = Annotated[str, typer.Argument(metavar="REPORT", help="The report's id.")]

_LONGEST: Final = 400_000  # bytes: a desk takes 100,000 characters


@app.command()
@at_desk
def add(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    *,
    kind: Annotated[str, typer.Option(help="Who reports: victim, bounty, exchange or other.")],
    contact: Annotated[
        str, typer.Option(help="How to reach them; by it the desk knows them again.")
    ],
    text: Annotated[str | None, typer.Option(help="What they say.")] = None,
    text_file: Annotated[
        Path | None, typer.Option(help="File with what they say, UTF-8; instead of --text.")
    ] = None,
    account: Annotated[
        list[str] | None, typer.Option(help="An account that they name (CAIP-10).")
    ] = None,
    transaction: Annotated[
        list[str] | None, typer.Option(help="A transaction that they name.")
    ] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a report in, and print its id; on stderr, what it seems to repeat, and how often who
    made it was right before.

    Example: stanch intake add --kind victim --contact kim@example.org --text "My wallet was
    emptied." --account eip155:1:0x28c6c06298d514db089934071355e5743bf21d60
    """
    said = {
        "kind": kind, "contact": contact, "text": _words(text, text_file),
        "accounts": account or [], "transactions": transaction or [],
    }  # fmt: skip
    found = desk.post("/v1/reports", {**marked(marking, release), **said})
    made(found, as_json)
    if not as_json:
        typer.echo(f"record: {_record(found['record'])}", err=True)
        for each in found["repeats"]:
            typer.echo(f"repeats: {cell(each)}", err=True)


@app.command(name="list")
@at_desk
def list_(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    *,
    state: Annotated[
        str | None, typer.Option(help="new (nobody has looked), valid, invalid or duplicate.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="victim, bounty, exchange or other.")] = None,
    reporter: Annotated[str | None, typer.Option(help="Id of a reporter: theirs alone.")] = None,
    case: Annotated[str | None, typer.Option(help="Id of the case that they went to.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the reports that you may see, the newest first, each with its reporter's record."""
    query = given(state=state, kind=kind, reporter=reporter, case=case)
    found = list(desk.rows("/v1/reports", query))
    rows = [{**each, "record": _record(each["record"]), **each["body"]} for each in found]
    names = ("id", "created", "kind", "state", "marking", "reporter", "record", "text")
    tell(found, as_json, table(rows, names))


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: ReportArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a report, what it seems to repeat, and how often who made it was right."""
    found = desk.get(f"/v1/reports/{named(id)}")
    tell(found, as_json, _lines(found))


@app.command()
@at_desk
def settle(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: ReportArgument,
    *,
    verdict: Annotated[str, typer.Option(help="valid, invalid or duplicate.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    case: Annotated[str | None, typer.Option(help="Id of the case that it goes to.")] = None,
    same_as: Annotated[
        str | None, typer.Option(metavar="REPORT", help="With duplicate: what it repeats.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a report is worth, once. It counts for or against who made it; a duplicate does not.

    Example: stanch intake settle rep-0123456789abcdef --verdict valid --reason "The transfer is on
    the chain." --case case-0123456789abcdef
    """
    said = {"verdict": verdict, "reason": reason, "case": case, "same_as": same_as}
    path = f"/v1/reports/{named(id)}"
    desk.post(f"{path}/verdict", said)
    where = "" if case is None else f", and went to {case}"
    tell(desk.get(path) if as_json else None, as_json, [f"{id} is {verdict}{where}"])


def _lines(found: Row) -> Iterator[str]:
    body, record = found["body"], _record(found["record"])
    yield from fields({**{name: found[name] for name in found if name != "body"}, "record": record})
    for each in body["text"].split("\n"):
        yield f"text: {cell(each)}"
    for name in ("accounts", "transactions"):
        for each in body[name]:
            yield f"{name.removesuffix('s')}: {cell(each)}"


def _record(record: Mapping[str, Any]) -> str:
    """How often a reporter was right, of their reports that the caller may see."""
    return f"{cell(record['valid'])} valid, {cell(record['invalid'])} invalid"


def _words(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise UsageError("--text or --text-file: give one of them")
    if file is None:
        return text or ""
    try:
        with file.open("rb") as stream:
            data = stream.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            raise UsageError(f"{file}: is longer than {_LONGEST:,} bytes")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is not in UTF-8") from None
