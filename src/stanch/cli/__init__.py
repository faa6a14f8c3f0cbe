"""The `stanch` command: one file for each group of verbs, loaded when one of them is called."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from stanch import __version__
from stanch.cli.spread import spread
from stanch.cli.verbs import Verbs
from stanch.errors import StanchError

app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _said(version: bool) -> None:
    if version:
        typer.echo(f"stanch {__version__}")
        raise typer.Exit


@app.callback()
def stanch(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_said, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Follow stolen money across chains to where it can still be stopped."""


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
