"""`stanch scenario`: simulated data for demonstrations, tests and benchmarks."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stanch.app.scenario import NOTICE, Kind, scenario_request, write_scenario


def scenario(  # noqa: PLR0913 - one parameter for each option
    *,
    out: Annotated[Path, typer.Option(help="Folder to write. It is replaced whole.")],
    kind: Annotated[
        Kind, typer.Option(help="case: a story with its ground truth. load: volume for benchmarks.")
    ] = Kind.CASE,
    transfers: Annotated[
        int | None,
        typer.Option(
            help="Rows of transfers; of a case, about.", show_default="50,000 or 1,000,000"
        ),
    ] = None,
    accounts: Annotated[
        int | None,
        typer.Option(help="Accounts; of a case, about.", show_default="a tenth of the transfers"),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    incidents: Annotated[int, typer.Option(help="Thefts, 1 to 10.")] = 1,
) -> None:
    """Write SIMULATED thefts in lawful traffic, with what really happened."""
    request = scenario_request(kind, transfers, accounts, seed, incidents)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("simulated transfers", total=request.transfers)
        files = write_scenario(
            request, out, lambda done, rows: bar.update(task, completed=done, total=rows)
        )
    typer.echo(NOTICE)
    typer.echo(f"{out}: {', '.join(files)}")
