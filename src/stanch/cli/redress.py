"""`stanch redress`: somebody says that an order blocked them wrongly, and is answered."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.cli.at_desk import at_desk
from stanch.cli.group import group
from stanch.cli.order_numbers import count_lines
from stanch.cli.order_options import OrderArgument
from stanch.cli.order_text import review_line, understanding
from stanch.cli.output import cell, made, table, tell
from stanch.cli.server_options import JsonOption, json_in
from stanch.client.line import Line, named
from stanch.errors import UsageError

app = group("redress")

ReviewArgument = Annotated[str, typer.Argument(metavar="REVIEW", help="The review's id.")]


@app.command()
@at_desk
def ask(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: OrderArgument,
    *,
    requester: Annotated[
        str | None, typer.Option(help="Who says that they were blocked wrongly.")
    ] = None,
    says: Annotated[str | None, typer.Option(help="What they say.")] = None,
    body: Annotated[
        Path | None,
        typer.Option(help="JSON file with requester and says, which other users then cannot read."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for a review of an order, and print its id. The authority must answer within a week.

    An addressee does it for its customer, a government for whoever came to it.

    Example: stanch redress ask ord-0123456789abcdef --requester "Kim, by counsel"
    --says "The account is a baker's."
    """
    said = _said(requester, says, body)
    made(desk.post(f"/v1/orders/{named(id)}/reviews", said), as_json)


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    id: OrderArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the reviews of an order, the oldest first: those that you asked for or must answer."""
    found = desk.items(f"/v1/orders/{named(id)}/reviews")
    names = ("id", "created", "asked_by", "due", "answered", "upheld")
    tell(found, as_json, table(found, names, none="nobody asked for a review of it"))


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: ReviewArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a review: who asked and what they say, by when it is answered, and how it was."""
    found = desk.get(f"/v1/reviews/{named(id)}")
    with understanding():
        lines = [
            review_line(found),
            f"of order {cell(found['order'])}, for {cell(found['owner'])} to answer",
        ]
        lines += [f"  {name}: {_text(found[name])}" for name in ("requester", "says")]
        if found["answered"] is not None:
            lines.append(f"  answer: {_text(found['answer'])}")
    tell(found, as_json, lines)


@app.command()
@at_desk
def answer(
    desk: Line,
    id: ReviewArgument,
    *,
    upheld: Annotated[
        bool,
        typer.Option("--upheld/--not-upheld", help="Whether they are right.", show_default=False),
    ],
    reason: Annotated[str, typer.Option(help="Why; they are told.")],
    as_json: JsonOption = False,
) -> None:
    """Answer a review, once, with a reason: for the order's authority, by another than who asked.

    To uphold it frees nothing by itself: that is a release, signed by all whom the order asks for.

    Example: stanch redress answer rev-0123456789abcdef --not-upheld
    --reason "The transfer is on the chain."
    """
    path = f"/v1/reviews/{named(id)}"
    desk.post(f"{path}/answer", {"upheld": upheld, "reason": reason})
    said = "upheld; the order still holds: sign its release (stanch sign --say release)"
    tell(desk.get(path) if as_json else None, as_json, [said if upheld else "not upheld"])


@app.command()
@at_desk
def counts(desk: Line, *, as_json: JsonOption = False) -> None:
    """Count the reviews that you may see: asked for, answered, upheld, and not in time."""
    found = desk.get("/v1/reviews/counts")
    tell(found, as_json, count_lines(found, "reviews"))


def _text(said: object) -> str:
    """What a person wrote, unless it was erased since."""
    return "(erased)" if said is None else cell(said)


def _said(requester: str | None, says: str | None, body: Path | None) -> Any:
    if body is not None:
        if requester is not None or says is not None:
            raise UsageError("--body has both --requester and --says: give it alone")
        return json_in(body)
    if requester is None or says is None:
        raise UsageError("--requester and --says, or --body: give them")
    return {"requester": requester, "says": says}
