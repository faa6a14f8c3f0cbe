"""`stanch designation`: a proposed sanction, checked, asked about elsewhere, and exported."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.designation import check as checking
from stanch.app.designation.check import Checked, Request
from stanch.app.designation.export import Outputs
from stanch.app.designation.export import export as exporting
from stanch.app.designation.words import as_data, check_lines
from stanch.cli.group import group
from stanch.cli.home_option import HomeOption
from stanch.cli.output import cell, show
from stanch.cli.registry_options import RegistryOption
from stanch.cli.server_options import JsonOption
from stanch.model.desk.marking import Marking

app = group("designation")
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The designation file (TOML).")]
ForOption = Annotated[
    Marking | None,
    typer.Option("--for", help="For readers of this level alone; what is above it is left out."),
]


@app.command()
def check(
    file: FileArgument,
    *,
    level: ForOption = None,
    home: HomeOption = None,
    registry: RegistryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every rule; with a home, say of each subject where it is listed already.

    Ends with exit code 1 where there is a fault. Example: stanch designation check kim.toml --home
    home
    """
    done = checking.check(Request(file, level, home, registry))
    if as_json:
        show(as_data(done))
    else:
        _said(done)
    if done.linted.faults:
        raise typer.Exit(1)


@app.command()
def export(  # noqa: PLR0913 - one parameter for each option
    file: FileArgument,
    *,
    ftm: Annotated[
        Path | None, typer.Option(help="FollowTheMoney entities to write, one a line.")
    ] = None,
    stix: Annotated[Path | None, typer.Option(help="STIX 2.1 bundle to write.")] = None,
    html: Annotated[Path | None, typer.Option(help="Document to write, one page to print.")] = None,
    level: ForOption = None,
    home: HomeOption = None,
    registry: RegistryOption = None,
) -> None:
    """Write a file without a fault as a document and as data, for one level of readers.

    Example: stanch designation export kim.toml --for TLP:GREEN --html kim.html --stix kim.json
    """
    done = exporting(Request(file, level, home, registry), Outputs(ftm, stix, html))
    for text in check_lines(done):
        typer.echo(cell(text))
    for out in (ftm, stix, html):
        if out is not None:
            typer.echo(f"written to {out}")


def _said(done: Checked) -> None:
    for fault in (*done.linted.faults, *done.notices):
        print(cell(str(fault)), file=sys.stderr)
    for text in check_lines(done, full=True):
        typer.echo(text)
