"""A verb that has verbs below it, with the line that `stanch --help` has of it."""

import typer

from stanch.cli.panels import VERBS


def group(name: str) -> typer.Typer:
    """An empty one. Called alone it shows its help."""
    app = typer.Typer(help=VERBS[name], no_args_is_help=True)
    app.callback()(_alone)
    return app


def _alone() -> None:
    pass  # with a callback, one verb below a group is still below it
