"""The `stanch` command: one file for each group of verbs."""

import sys
from collections.abc import Sequence

import typer

from stanch.cli import ledger, lists, review, screen
from stanch.cli.demo import demo
from stanch.cli.explain import explain
from stanch.cli.report import report
from stanch.cli.scenario import scenario
from stanch.cli.spread import spread
from stanch.cli.trace import trace
from stanch.errors import StanchError

app = typer.Typer(
    help="Follow stolen money across chains to where it can still be stopped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(ledger.app, name="ledger")
app.add_typer(lists.app, name="lists")
app.add_typer(review.app, name="review")
app.add_typer(screen.app, name="screen")
app.command()(trace)
app.command()(explain)
app.command()(report)
app.command()(scenario)
app.command()(demo)

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Errors end in one line on stderr and exit code 2 (usage) or 1."""
    try:
        app(
            args=spread(sys.argv[1:] if arguments is None else list(arguments)),
            standalone_mode=True,
        )
    except StanchError as error:
        print(f"stanch: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except SystemExit as end:  # so Typer ends a command that Ctrl-C stopped, without a word
        if end.code == INTERRUPTED:
            print("stanch: interrupted; nothing was written", file=sys.stderr)
        raise
