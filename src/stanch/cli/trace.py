"""`stanch trace`: where the stolen money is now."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stanch.app.trace import TraceCommand, run_trace
from stanch.app.trace_request import reach
from stanch.cli.account import show
from stanch.cli.progress import steps


def trace(  # noqa: PLR0913 - one parameter for each option
    *,
    ledger: Annotated[Path, typer.Option(help="Folder made by stanch ledger build.")],
    seeds: Annotated[
        list[str],
        typer.Option(
            help="Where the theft begins: CSV files (account,tx,time,asset,amount,incident) "
            "or accounts, several after one option."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder to write, whole or not at all.")],
    labels: Annotated[
        list[Path] | None,
        typer.Option(help="TagPacks, CSVs, OFAC lists or folders of them, several at once."),
    ] = None,
    method: Annotated[
        str, typer.Option(help="poison@1, haircut@1, fifo@1, lifo@1 or affinity@1.")
    ] = "affinity@1",
    hops: Annotated[
        int | None, typer.Option(min=1, help="Follow no further than so many transfers.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Look at nothing after this ISO 8601 time.")
    ] = None,
    min_amount: Annotated[
        str | None,
        typer.Option(
            help="Follow no stolen part below this amount of its asset, in major units: 0.1."
        ),
    ] = None,
    stop_at_suspected: Annotated[
        bool, typer.Option(help="Also stop at busy accounts that nobody has named.")
    ] = False,
    parquet: Annotated[bool, typer.Option(help="Write the tables as Parquet too.")] = False,
) -> None:
    """Follow stolen money through a ledger and account for every unit.

    Example: stanch trace --ledger case/ledger --labels tags.csv packs/
    --seeds 0x098b716b8aaf21512996dc57eb0615e2383e2f96 --method lifo@1 --out case/trace
    """
    command = TraceCommand(
        ledger=ledger,
        labels=tuple(labels or ()),
        seeds=tuple(seeds),
        method=method,
        out=out,
        reach=reach(hops, until, min_amount),
        stop_at_suspected=stop_at_suspected,
        parquet=parquet,
    )
    with steps() as step:
        done = run_trace(command, step)
    show(Console(), done, out)
