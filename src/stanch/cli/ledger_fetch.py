"""`stanch ledger fetch`: a chain's blocks from its nodes, into a lake that can be built from."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stanch.app.fetch import Fetched, FetchJob, FetchRequest, urls_in
from stanch.app.fetch import fetch as run
from stanch.cli.interrupt import remembered_interrupt


def fetch(  # noqa: PLR0913 - one parameter for each option
    *,
    chain: Annotated[str, typer.Option(help="The chain, as eip155:1.")],
    out: Annotated[Path, typer.Option(help="Folder of the lake; what it holds is gone on from.")],
    rpc: Annotated[
        list[str] | None, typer.Option(help="A node's URL. Give several: none is trusted alone.")
    ] = None,
    rpc_file: Annotated[
        Path | None,
        typer.Option(help="A file of such URLs, one a line: keys in them stay off the screen."),
    ] = None,
    first: Annotated[int | None, typer.Option("--from-block", min=0)] = None,
    last: Annotated[int | None, typer.Option("--to-block", min=0)] = None,
    behind: Annotated[
        int, typer.Option(min=0, help="Stay so many blocks behind the newest one.")
    ] = 0,
    tokens_only: Annotated[
        bool, typer.Option("--tokens-only", help="Tokens alone, many times as fast.")
    ] = False,
    size: Annotated[
        int, typer.Option("--span", min=1, max=10_000, help="Blocks that are read at once.")
    ] = 50,
) -> None:
    """Read blocks from nodes: coins, fees, tokens and what contracts move.

    Nodes of EVM chains (eip155) and of Bitcoin and its kin (bip122) are read. Stopped at any
    moment, it goes on where it was; a reorganised chain is read again from the fork.

    Build a ledger of it with: stanch ledger build --from parquet LAKE/eip155_1/transfers/*

    Example: stanch ledger fetch --chain eip155:1 --rpc http://127.0.0.1:8545
    --from-block 21895000 --to-block 21895999 --out lake
    """
    urls = [*(rpc or []), *(urls_in(rpc_file) if rpc_file else [])]
    request = FetchRequest(
        chain, urls, out, FetchJob(first, last, behind, size), tokens_only=tokens_only
    )
    console = Console(stderr=True)
    columns = (TextColumn("blocks"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, disable=not console.is_terminal)
    with bar, remembered_interrupt() as check:
        task = bar.add_task("blocks", total=None)

        def hear(done: int, total: int) -> None:
            check()
            bar.update(task, completed=done, total=total)

        done, lake = run(request, hear)
    typer.echo(_summary(done))
    if lake.spans:
        begin, end = lake.spans[0].first, lake.spans[-1].last
        typer.echo(f"{lake.folder}: blocks {begin:,} to {end:,}, {lake.rows:,} transfers")


def _summary(done: Fetched) -> str:
    return "\n".join([f"{done.blocks:,} blocks read, {done.rows:,} transfers", *done.notes])
