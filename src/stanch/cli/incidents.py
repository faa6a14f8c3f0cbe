"""`stanch incidents`: the registry of incidents, and what is wrong with its files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.registry import check as checking
from stanch.app.registry import look
from stanch.cli.incidents_text import incident_lines
from stanch.cli.server_options import JsonOption, show, table

app = typer.Typer(
    help="Look into the registry of incidents, and check its files.", no_args_is_help=True
)
FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]", help="A registry's folder; the one that is shipped if left out."
    ),
]
RegistryOption = Annotated[
    Path | None,
    typer.Option("--registry", help="A registry's folder; the one that is shipped if left out."),
]


@app.callback()
def incidents() -> None:
    """Look into the registry of incidents, and check its files."""


@app.command()
def check(folder: FolderArgument = None, *, as_json: JsonOption = False) -> None:
    """Check every row of a registry: each fault is named with file, line and rule.

    Ends with exit code 1 where there is any. Example: stanch incidents check my-registry
    """
    found = checking.check(folder)
    if as_json:
        show({"rows": found.rows, "faults": list(found.faults)})
    else:
        for fault in found.faults:
            print(fault, file=sys.stderr)
        counts = ", ".join(f"{count:,} {name}" for name, count in found.rows.items())
        typer.echo(f"{counts}: {_many(len(found.faults))}")
    if found.faults:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the tables and their columns as a Data Package (Frictionless Table Schema)."""
    show(checking.schema())


@app.command(name="list")
def list_(
    *,
    registry: RegistryOption = None,
    bar: Annotated[
        str | None, typer.Option(help="Only what reaches this attribution bar: A, B, C, D or X.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the incidents, the oldest first."""
    found = look.listed(registry, bar)
    if as_json:
        show(found)
        return
    rows = [{**each, "usd": "" if each["usd"] is None else f"{each['usd']:,}"} for each in found]
    table(rows, ("incident", "happened", "kind", "bar", "disputed", "usd", "victim"))


@app.command(name="show")
def show_(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Its id: ronin-2022.")],
    *,
    registry: RegistryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show an incident: who says what of it, each figure with its source."""
    found = look.shown(incident, registry)
    if as_json:
        show(found)
        return
    for text in incident_lines(found):
        typer.echo(text)


def _many(faults: int) -> str:
    return "no fault" if not faults else f"{faults:,} fault{'s' if faults > 1 else ''}"
