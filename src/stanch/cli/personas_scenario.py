"""`stanch personas scenario`: a simulated intake with known answers."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stanch.app.personas.scenario import NOTICE, PersonasRequest, weights_of, write_scenario


def scenario(  # noqa: PLR0913 - one parameter for each option
    *,
    out: Annotated[Path, typer.Option(help="Folder to write. It is replaced whole.")],
    records: Annotated[int, typer.Option(help="Applications, 100 to 5,000,000.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 1,
    operators: Annotated[
        float, typer.Option(help="Share of applications that operators send.")
    ] = 0.0275,
    twice: Annotated[float, typer.Option(help="Share of honest people who apply twice.")] = 0.04,
    paraphrase: Annotated[
        float, typer.Option(help="How much operators reword what they copy, 0 to 1.")
    ] = 0.5,
    sharing: Annotated[
        float, typer.Option(help="What honest people share by accident, 1 as usual, 0 to 5.")
    ] = 1.0,
    cultures: Annotated[
        list[str] | None,
        typer.Option(
            help="Weights of name cultures: CODE=WEIGHT, or equal.", show_default="as usual"
        ),
    ] = None,
) -> None:
    """Write SIMULATED applications: honest people, operators and farms, and who is who.

    Example: stanch personas scenario --out simulated --records 20000 --cultures equal
    """
    try:
        weights = weights_of(cultures or [])
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    request = PersonasRequest(records, seed, operators, twice, paraphrase, sharing, weights)
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*shown, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("simulated applications", total=records)
        files = write_scenario(request, out, lambda done: bar.update(task, completed=done))
    typer.echo(NOTICE)
    typer.echo(f"{out}: {', '.join(files)}")
