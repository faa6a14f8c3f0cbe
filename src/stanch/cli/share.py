"""`stanch share`: which rows of a desk lie in which collection, for whom and why."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from stanch.cli.at_desk import at_desk
from stanch.cli.output import Row, fields, listed, tell
from stanch.cli.server_options import JsonOption, given, json_in
from stanch.cli.terms_options import (
    ConfidenceOption,
    CredibilityOption,
    IepOption,
    PapOption,
    ReliabilityOption,
)
from stanch.client.line import Line, named


class Rows(TyperGroup):
    """A group whose first word may be a row: then that is shared."""

    unsaid = "row"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As always, with the verb put in where there is none."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [self.unsaid, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=Rows,
    help="Share rows of a desk into collections, see what is shared, and take it back.",
    no_args_is_help=True,
)

ShareArgument = Annotated[str, typer.Argument(metavar="SHARE", help="The share's id.")]
_COLUMNS = ("id", "created", "kind", "row", "marking", "collection", "to", "ended", "why")


@app.callback()
def share() -> None:
    """Share rows of a desk into collections, see what is shared, and take it back."""


@app.command()
@at_desk
def row(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    row: Annotated[
        str,
        typer.Argument(
            metavar="ROW",
            help="Id of a case, an item, a judgement, an order, a report, a paper with a "
            "designation file, an offer of personas, or an incident of the registry.",
        ),
    ],
    *,
    to: Annotated[str, typer.Option(metavar="COLLECTION", help="Its id, or its alias.")],
    why: Annotated[str, typer.Option(help="Why, in a sentence: it is kept, and in the log.")],
    pap: PapOption = None,
    iep: IepOption = None,
    reliability: ReliabilityOption = "",
    credibility: CredibilityOption = "",
    confidence: ConfidenceOption = "",
    as_json: JsonOption = False,
) -> None:
    """Share a row of your member, and print the share's id. The word `row` may be left out.

    It goes to those members alone who may see it at the desk and read the collection. The same row
    again makes nothing new; after a change it makes new versions. Terms that were said of it before
    hold where no others are said.

    Example: stanch share row case-0123456789abcdef --to stolen-assets --why "Japan asked"
    """
    said = given(
        pap=pap, reliability=reliability or None, credibility=credibility or None,
        confidence=confidence or None,
    )  # fmt: skip
    terms = {**said, **({} if iep is None else {"iep": json_in(iep)})}
    done = desk.post("/v1/shares", {"row": row, "collection": to, "why": why, "terms": terms})
    tell(done, as_json, _done(done))


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    collection: Annotated[str | None, typer.Option(help="Only in this one, by its id.")] = None,
    of: Annotated[str | None, typer.Option(metavar="ROW", help="Only of this row.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List what your member shares, the newest first; what ended too."""
    listed(desk.rows("/v1/shares", given(collection=collection, row=of)), _COLUMNS, as_json)


@app.command(name="show")
@at_desk
def show_(desk: Line, id: ShareArgument, *, as_json: JsonOption = False) -> None:
    """Show a share: what, for whom, why, since when, and why it ended."""
    found = desk.get(f"/v1/shares/{named(id)}")
    tell(found, as_json, fields(found))


@app.command()
@at_desk
def end(
    desk: Line,
    id: ShareArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why it is taken back.")],
    as_json: JsonOption = False,
) -> None:
    """Take back what a share brought, where no other share of yours brings it.

    Who polled it has it: this ends what is handed out from now on.
    """
    desk.post(f"/v1/shares/{named(id)}/end", {"reason": reason})
    tell({"id": id}, as_json, [f"{id} ended"])


@app.command(name="as")
@at_desk
def as_(
    desk: Line,
    member: Annotated[str, typer.Argument(metavar="MEMBER", help="The partner's id.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """List what a partner gets, as far as you see it too: found by the partner's own query."""
    path = f"/v1/shares/as/{named(member)}"
    found = desk.items(path)
    for each in found:
        while each["next"] is not None:
            asked = {"collection": each["collection"], "after": each["next"]}
            (more,) = desk.get(path, asked)["items"]
            each["items"] += more["items"]
            each |= {"more": more["more"], "next": more["next"]}
    tell(found, as_json, _seen(found))


def _done(done: dict[str, Any]) -> Iterator[str]:
    yield f"{done['id']}"
    yield f"{done['objects']:,} objects: {done['came']:,} new, {done['gone']:,} taken back"


def _seen(found: Sequence[Row]) -> Iterator[str]:
    for each in found:
        yield f"{each['collection']}  {each['title']}"
        for one in each["items"]:
            yield f"  {one['id']}  {one.get('modified', '-')}"
