"""Personas at a desk, by `stanch personas`: hand in, read with another, decide, and take back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.personas import secret as secrets
from stanch.app.personas.handing_in import result_document
from stanch.app.personas.offering import Group, tokens
from stanch.app.personas.tags import write_tags
from stanch.cli.at_desk import at_desk, in_person
from stanch.cli.marking_options import MarkingOption, ReleaseOption, marked
from stanch.cli.output import Row, listed, made, rows_part, tell
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

ClusterArgument = Annotated[str, typer.Argument(metavar="CLUSTER", help="The question's id.")]
VerdictOption = Annotated[str, typer.Option(help="same, different, or unclear: nobody can tell.")]
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept, and can be erased.")]

_QUEUE: Final = ("id", "state", "level", "name", "priority", "bits", "people", "farm")
_RIGHT: Final = ("priority", "bits", "people")
_LINKS: Final = ("a", "b", "level", "bits", "evidence")


@at_desk
def submit(
    desk: Line,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `link` wrote.")],
    *,
    title: Annotated[str, typer.Option(help="What it is called at the desk.")],
    as_json: JsonOption = False,
) -> None:
    """Hand in a result at a desk, for your member alone, and print its id.

    Each operator of two or more records and each farm becomes a question on the queue. Record ids,
    evidence, bits and wallets go there; what the applications say stays here.

    Example: stanch personas submit linked --title "Applications of March"
    """
    done = desk.send("/v1/personas/results", {"title": title}, result_document(folder))
    if not as_json:
        left = f", {done['left_out']:,} left out" if done["left_out"] else ""
        typer.echo(f"{done['clusters']:,} questions queued{left}", err=True)
    made(done, as_json)


@at_desk
def results(desk: Line, *, as_json: JsonOption = False) -> None:
    """List the results that your member handed in, the newest first."""
    columns = ("id", "created", "records", "clusters", "left_out", "title")
    listed(desk.rows("/v1/personas/results"), columns, as_json)


@at_desk
def queue(
    desk: Line,
    *,
    state: Annotated[
        str | None,
        typer.Option(help="queued, read, agreed, differ, confirmed, dismissed, undecided or gone."),
    ] = None,
    level: Annotated[str | None, typer.Option(help="operator or farm.")] = None,
    result: Annotated[str | None, typer.Option(help="Of one result alone, by its id.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the questions of your member, the first by priority first.

    Example: stanch personas queue --state queued
    """
    found = desk.rows("/v1/personas", given(state=state, level=level, result=result))
    rows = found if as_json else (_with_bits(each) for each in found)
    listed(rows, _QUEUE, as_json, _RIGHT)


@at_desk
def show(desk: Line, cluster: ClusterArgument, *, as_json: JsonOption = False) -> None:
    """Show a question: its records, what ties them, and what its readers hold.

    Example: stanch personas show psc-0123456789abcdef
    """
    found = desk.get(f"/v1/personas/{named(cluster)}")
    tell(found, as_json, _lines(found))


@in_person
def judge(
    desk: Line,
    cluster: ClusterArgument,
    *,
    verdict: VerdictOption,
    reason: ReasonOption,
    as_json: JsonOption = False,
) -> None:
    """Say what you hold of a question, as one of its readers. Two people must, who agree.

    Who changes their mind says so again; the newest word of each reader counts.

    Example: stanch personas judge psc-0123456789abcdef --verdict same --reason "One device and
    payee; no flatmates by their addresses."
    """
    body = {"verdict": verdict, "reason": reason}
    done = desk.post(f"/v1/personas/{named(cluster)}/readings", body)
    tell(done, as_json, [f"{cluster} is {done['state']}"])


@in_person
def decide(
    desk: Line,
    cluster: ClusterArgument,
    *,
    verdict: VerdictOption,
    reason: ReasonOption,
    as_json: JsonOption = False,
) -> None:
    """Decide what the readers of a question agree on. `same` opens a case with its wallets as tags.

    Example: stanch personas decide psc-0123456789abcdef --verdict same --reason "Both say so."
    """
    body = {"verdict": verdict, "reason": reason}
    done = desk.post(f"/v1/personas/{named(cluster)}/decision", body)
    lines = [f"{cluster} is {done['state']}", *([done["case"]] if done["case"] else [])]
    if done["untagged"] and not as_json:
        typer.echo(f"no account on a chain, no tag: {', '.join(done['untagged'])}", err=True)
    tell(done, as_json, lines)


@in_person
def take_back(
    desk: Line, cluster: ClusterArgument, *, reason: ReasonOption, as_json: JsonOption = False
) -> None:
    """Take a decision back: the question is queued and read anew, what was offered is withdrawn.

    Example: stanch personas take-back psc-0123456789abcdef --reason "The device was a library's."
    """
    done = desk.post(f"/v1/personas/{named(cluster)}/taking-back", {"reason": reason})
    tell(done, as_json, [f"{cluster} is {done['state']}"])


@at_desk
def labels(
    desk: Line,
    cluster: ClusterArgument,
    *,
    out: Annotated[Path, typer.Option(help="CSV to write.")],
    as_json: JsonOption = False,
) -> None:
    """Write the wallets of a confirmed operator or farm as labels for `stanch trace --labels`.

    Example: stanch personas labels psc-0123456789abcdef --out tags.csv
    """
    count = write_tags(desk.get(f"/v1/personas/{named(cluster)}"), out)
    tell({"out": str(out), "rows": count}, as_json, [f"{count:,} wallets, written to {out}"])


@in_person
def offer(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    cluster: ClusterArgument,
    intake: Annotated[Path, typer.Argument(metavar="INTAKE", help="Folder that `ingest` wrote.")],
    *,
    group: Annotated[str, typer.Option(help="Name of the group that is to know them.")],
    group_key: Annotated[Path, typer.Option(help="Its key, of `stanch stix group-key`.")],
    key: Annotated[Path | None, typer.Option(help="Key file of the intake.")] = None,
    marking: MarkingOption = "TLP:AMBER",
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Offer the identifiers of a confirmed operator to a group, and print the offer's id.

    Mailboxes, phones, handles, wallets and accounts go as an HMAC under the group's key, which the
    desk does not get. `stanch share` then puts the offer into a collection.

    Example: stanch personas offer psc-0123456789abcdef intake --group wg-4 --group-key wg-4.key
    --release mem-japan
    """
    path = f"/v1/personas/{named(cluster)}"
    records = [each["record"] for each in desk.get(path)["said"]["records"]]
    found = tokens(intake, secrets.opened(key), records, Group(group, group_key))
    sent = {**marked(marking, release), "group": group, "identifiers": found.identifiers}
    done = desk.post(f"{path}/indicators", sent)
    for line in () if as_json else _left(found.missing, found.left):
        typer.echo(line, err=True)
    tell({**done, "missing": found.missing, "left": found.left}, as_json, [done["id"]])


@in_person
def forget(
    desk: Line,
    record: Annotated[str, typer.Argument(metavar="RECORD_ID", help="As your member has it.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Have a desk forget a record that you erased from an intake, in all questions of your member.

    Where nothing was decided yet, the others are read anew; what was offered of it is withdrawn.
    For administrators.

    Example: stanch personas forget R000017
    """
    done = desk.post("/v1/personas/erasure", {"record": record})
    lines = [f"{record} is forgotten", *done["clusters"]]
    tell(done, as_json, lines)


def _with_bits(row: Row) -> dict[str, Any]:
    return {**row, "bits": _bits(row["microbits"])}


def _bits(microbits: int) -> str:
    return f"{microbits / 1_000_000:.2f}"


def _lines(found: Row) -> Iterator[str]:
    said = found["said"]
    yield f"one {found['level']}? {found['name']}: a question, not a verdict"
    yield f"{found['state']}, priority {found['priority']}, {found['people']} records"
    if found["case"]:
        yield f"case: {found['case']}"
    records = [{**_with_bits(each), "why": "; ".join(each["reasons"])} for each in said["records"]]
    yield from rows_part("records", records, ("record", "priority", "bits", "why"))
    links = [{**_with_bits(each), "evidence": _evidence(each)} for each in said["links"]]
    yield from rows_part("what ties them", links, _LINKS)
    yield from rows_part("pay", said["wallets"], ("account", "role", "record", "via"))
    words = ("created", "act", "verdict", "person", "reason")
    yield from rows_part("what was said", found["words"], words)


def _evidence(link: Row) -> str:
    return ", ".join(f"{each['evidence']} {_bits(each['microbits'])}" for each in link["evidence"])


def _left(missing: list[str], left: dict[str, int]) -> Iterator[str]:
    if missing:
        yield f"not in the intake any more: {', '.join(missing)}"
    for kind, count in sorted(left.items()):
        yield f"{count:,} of kind {kind} left out: not in the form in which others have it"
