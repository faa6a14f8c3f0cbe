"""`stanch case`: cases at a desk, and what lies in them."""

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.case_evidence import bundle, hand, take
from stanch.cli.case_items import CaseArgument, add, file, get, item, trace
from stanch.cli.case_saw import saw
from stanch.cli.group import group
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import Row, fields, listed, made, rows_part, tell
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

app = group("case")

_CASES: Final = ("id", "created", "state", "marking", "owner", "title")
_JUDGED: Final = ("id", "created", "country", "stance", "confidence", "actor", "sources")


@app.command(name="open")
@at_desk
def open_(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What happened, in a line.")],
    *,
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
    made(desk.post("/v1/cases", body), as_json)


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    state: Annotated[str | None, typer.Option(help="open or closed.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the cases that you may see, the newest first."""
    found = desk.rows("/v1/cases", given(state=state))
    listed(found, _CASES, as_json)


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: CaseArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a case with what lies in it, and the judgements on it."""
    path = f"/v1/cases/{named(id)}"
    found = {
        "case": desk.get(path),
        "items": list(desk.rows(f"{path}/items")),
        "judgements": list(desk.rows(f"{path}/judgements")),
    }
    tell(found, as_json, _lines(found))


@app.command()
@at_desk
def judge(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
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
    made(desk.post(f"/v1/cases/{named(id)}/judgements", sent), as_json)


@app.command()
@at_desk
def share(
    desk: Line,
    id: CaseArgument,
    *,
    marking: MarkingOption,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a case of your member another marking, and another list of who may see it.

    The list before counts no more: name all again. What lies in the case keeps its own.

    Example: stanch case share case-0123456789abcdef --marking TLP:AMBER --release mem-japan
    """
    path = f"/v1/cases/{named(id)}"
    desk.put(f"{path}/sharing", marked(marking, release))
    whom = f", released to {', '.join(release)}" if release else ", released to nobody else"
    tell(desk.get(path) if as_json else None, as_json, [f"{id} is {marking} now{whom}"])


@app.command()
@at_desk
def close(
    desk: Line,
    id: CaseArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why.")],
    as_json: JsonOption = False,
) -> None:
    """Close a case of your member: nothing is added to it any more.

    Example: stanch case close case-0123456789abcdef --reason "All is returned."
    """
    path = f"/v1/cases/{named(id)}"
    desk.post(f"{path}/close", {"reason": reason})
    tell(desk.get(path) if as_json else None, as_json, [f"{id} is closed"])


@app.command()
@at_desk
def overlaps(
    desk: Line,
    *,
    account: Annotated[str | None, typer.Option(help="On this account alone (CAIP-10).")] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="MEMBER", help="With this member alone.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List what others have in their cases on accounts that your member works on too.

    Each side is told of what it may see. Where the other side's work is closed to you, it is they
    who learn of yours.
    """
    query = given(account=account, owner=owner)
    found = desk.rows("/v1/overlaps", query)
    listed(found, ("id", "created", "kind", "marking", "owner", "case", "account"), as_json)


def _lines(found: Row) -> Iterator[str]:
    yield from fields(found["case"])
    items = ("id", "created", "kind", "marking", "owner", "body")
    yield from rows_part("what lies in it", found["items"], items)
    yield from rows_part("judgements", found["judgements"], _JUDGED)


app.command()(add)
app.command()(saw)
app.command()(trace)
app.command()(file)
app.command()(get)
app.command()(item)
app.command()(bundle)
app.command()(hand)
app.command(name="import")(take)
