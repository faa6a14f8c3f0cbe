"""`stanch review`: two people settle what a hit is, and the same false hit stays away."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from stanch.app import review as use_case
from stanch.app.review_take import take as take_hits
from stanch.cli.group import group
from stanch.cli.home_option import HomeOption
from stanch.cli.output import tell
from stanch.cli.review_text import agreed_line, case_lines, list_line
from stanch.cli.server_options import JsonOption
from stanch.errors import StanchError

app = group("review")

IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A match's id, or as much of it as only that one has.")
]


@app.command()
def take(
    hits: Annotated[
        Path, typer.Argument(metavar="HITS", help="CSV that `stanch screen names` wrote.")
    ],
    *,
    subjects: Annotated[Path, typer.Option(help="The file that was screened.")],
    home: HomeOption = None,
) -> None:
    """Take up the hits of a screening: each becomes a match that is open until two people agree.

    What is known of both sides is kept as it is now. Matches taken up before stay as they are.
    """
    taken = take_hits(home, hits, subjects)
    for refused in taken.refused:
        print(f"{hits}, row {refused.row}: {refused.reason}", file=sys.stderr)
    typer.echo(
        f"{len(taken.new):,} taken up, {len(taken.known):,} known before, "
        f"{len(taken.refused):,} refused"
    )


@app.command(name="list")
def list_(
    *,
    home: HomeOption = None,
    state: Annotated[
        str | None, typer.Option(help=f"Only those: {', '.join(use_case.STATES)}.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List matches, the oldest first."""
    found = use_case.listed(home, state)
    tell(found, as_json, map(list_line, found))


@app.command()
def show(match: IdArgument, *, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show a match: the evidence as it was when it was taken up, and all that people said."""
    found = use_case.shown(home, match)
    tell(found, as_json, case_lines(found))


@app.command()
def decide(
    match: IdArgument,
    *,
    verdict: Annotated[
        str, typer.Option(help="different (somebody else), same, or open (to withdraw).")
    ],
    reason: Annotated[str, typer.Option(help="Why, in words; kept in the home.")],
    by: Annotated[str, typer.Option(help="Your name.")],
    home: HomeOption = None,
) -> None:
    """Say what a match is. It holds when another person says the same."""
    typer.echo(agreed_line(use_case.decide(home, match, use_case.Word(verdict, reason, by))))


@app.command()
def check(
    *,
    home: HomeOption = None,
    noted: Annotated[
        str,
        typer.Option("--noted", help="A seal that an earlier check printed, to be met again."),
    ] = "",
) -> None:
    """Walk along the journal of all reviews: nothing changed, put in or taken out."""
    audit = use_case.audit(home, noted)
    if audit.faults:
        for fault in audit.faults:
            print(fault, file=sys.stderr)
        raise StanchError(f"the journal is not whole: {len(audit.faults)} faults")
    typer.echo(f"{audit.records:,} records, none changed; the last is sealed {audit.last or '-'}")
