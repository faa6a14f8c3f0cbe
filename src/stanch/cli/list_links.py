"""`stanch lists links`: which entries of the lists are one."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.list_links import list_links, write_csv
from stanch.cli.home_option import HomeOption
from stanch.cli.progress import steps


def links(
    *,
    home: HomeOption = None,
    out: Annotated[
        Path | None, typer.Option(help="CSV file to write: each link, with its evidence.")
    ] = None,
) -> None:
    """Show which entries of different lists are one, and which only look so.

    Entries stay as they are; a link says which two are one, and why.

    Example: stanch lists links --home home --out links.csv
    """
    with steps() as step:
        step("linking")
        found = list_links(home)
    for one, other, linked, apart in found.counts():
        typer.echo(f"{one} and {other}: {linked:,} linked, {apart:,} held apart")
    clusters = len(found.clusters)
    typer.echo(f"{clusters:,} cluster{'s' * (clusters != 1)} of entries that are one")
    if out:
        write_csv(found, out)
        typer.echo(f"written to {out}")
