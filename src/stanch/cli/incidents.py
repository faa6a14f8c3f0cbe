"""`stanch incidents`: the registry of incidents, and what is wrong with its files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.registry import check as checking
from stanch.app.registry import count as counting
from stanch.app.registry import count_files, look
from stanch.app.registry.count import Count
from stanch.app.registry.seeds import write_seeds
from stanch.cli.group import group
from stanch.cli.incidents_text import count_lines, incident_lines
from stanch.cli.output import show, table
from stanch.cli.registry_options import (
    DisputedOption,
    RegistryOption,
    ValuationOption,
    counted_in,
)
from stanch.cli.server_options import JsonOption
from stanch.model.registry.words import Bar, By, PlaceRole, Valuation

app = group("incidents")
FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]", help="A registry's folder; the one that is shipped if left out."
    ),
]


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


@app.command()
def seeds(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Incidents, campaigns or strains.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="CSV file to write.")],
    registry: RegistryOption = None,
) -> None:
    """Write where traces begin: the seeds of thefts and of extorted payments, for stanch trace.

    Example: stanch incidents seeds wannacry --out seeds.csv
    """
    found = write_seeds(tuple(names), out, registry)
    for each in found.left:
        print(f"{each} names no account; name it in the file", file=sys.stderr)
    typer.echo(f"{found.seeds:,} seeds, written to {out}")


@app.command()
def count(  # noqa: PLR0913 - one parameter for each option
    *,
    by: Annotated[
        list[By] | None, typer.Option(help="Count by this; given twice, by both. [default: year]")
    ] = None,
    first: Annotated[str, typer.Option(help="From when: 2022, 2022-04, 2022-04-01.")] = "2000",
    last: Annotated[str, typer.Option(help="Until when, included.")] = "2999",
    bar: Annotated[Bar, typer.Option(help="What must stand behind an attribution.")] = Bar.C,
    disputed: DisputedOption = "in",
    place: Annotated[
        PlaceRole, typer.Option(help="Countries by seat, by users, or by loss.")
    ] = PlaceRole.SEAT,
    valuation: ValuationOption = Valuation.THEN,
    registry: RegistryOption = None,
    csv: Annotated[Path | None, typer.Option(help="Write the table to this file too.")] = None,
    svg: Annotated[
        Path | None,
        typer.Option(help="Draw what was stolen to this file, a panel for each first key."),
    ] = None,
    map: Annotated[
        Path | None, typer.Option("--map", help="Draw what was stolen by country to this file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Count incidents and US dollars by year, quarter, country, actor, technique, chain or kind.

    Example: stanch incidents count --by country --by year --svg countries.svg
    """
    asked = Count(
        tuple(by or [By.YEAR]), first, last, bar, place, counted_in(disputed), valuation
    )  # fmt: skip
    found = counting.counted(asked, registry)
    if csv is not None:
        count_files.write_csv(found, csv)
    if svg is not None:
        count_files.write_picture(found, svg)
    if map is not None:
        count_files.write_map(asked, map, registry)
    if as_json:
        show(found)
        return
    for text in count_lines(found):
        typer.echo(text)


def _many(faults: int) -> str:
    return "no fault" if not faults else f"{faults:,} fault{'s' if faults > 1 else ''}"
