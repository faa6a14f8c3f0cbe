"""`stanch ledger`: transfers put in order, once, for every trace that follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.app.build_ledger import Progress as Hearer
from stanch.cli import ledger_fetch, ledger_history
from stanch.cli.group import group
from stanch.cli.interrupt import remembered_interrupt
from stanch.errors import UsageError

app = group("ledger")
app.command()(ledger_fetch.fetch)
app.command()(ledger_history.history)


@app.command()
def build(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[list[Path], typer.Argument(help="Files to read, in this order.")],
    *,
    source: Annotated[str, typer.Option("--from", help="csv, etherscan or parquet.")],
    out: Annotated[Path, typer.Option(help="Folder to write. An older ledger is replaced.")],
    columns: Annotated[
        str,
        typer.Option("--map", help="CSV column names: tx=hash,time=date,from=sender,..."),
    ] = "",
    asset: Annotated[
        str | None, typer.Option(help="Asset of a CSV file: USD, ETH, or CAIP-19.")
    ] = None,
    decimals: Annotated[int | None, typer.Option(help="Decimals of one major unit.")] = None,
    chain: Annotated[str | None, typer.Option(help="Chain of the addresses, as eip155:1.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if any row has to be rejected.")
    ] = False,
) -> None:
    """Put the transfers of FILES in order and write a ledger folder.

    Rows that cannot be used go to rejected.csv in it, with file, row and reason.

    Example: stanch ledger build --from csv payments.csv --asset USD --decimals 2
    --chain eip155:1 --map tx=hash,time=date,from=sender,to=receiver,amount=value --out ledger
    """
    request = LedgerRequest(
        source, tuple(files), out, chain, asset, decimals, _mapping(columns), strict
    )
    with _progress() as progress:
        info = build_ledger(request, progress)
    typer.echo(_summary(info, out))


def _mapping(text: str) -> dict[str, str]:
    """Read `a=b,c=d`. Raises UsageError."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    mapping = {meaning.strip(): column.strip() for meaning, _, column in pairs}
    if not all(equals and meaning.strip() and column.strip() for meaning, equals, column in pairs):
        raise UsageError(f"--map: {text!r} is not of the form tx=hash,time=date")
    if len(mapping) < len(pairs):
        raise UsageError(f"--map: {text!r} names something twice")
    return mapping


@contextmanager
def _progress() -> Iterator[Hearer]:
    """Show on stderr, if it is a terminal, what step a build is at; stop it after Ctrl-C."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}"))
    bar = Progress(*columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal)
    with bar, remembered_interrupt() as check:
        task = bar.add_task("reading", total=None, rows="")

        def hear(step: str, done: int, total: int) -> None:
            check()
            rows = f"{done:,} of {total:,}" if total else f"{done:,}"
            bar.update(task, description=step, completed=done, total=total or None, rows=rows)

        yield hear


def _summary(info: dict[str, Any], out: Path) -> str:
    lines = [
        f"{info['rows']:,} transfers of {info['accounts']:,} accounts in "
        f"{info['assets']:,} asset{'s' * (info['assets'] != 1)}, "
        f"from {info['first_time']} to {info['last_time']}",
        *info["notes"],
        f"written to {out}",
    ]
    if info["rejected"]:
        rows = "row" if info["rejected"] == 1 else "rows"
        lines.insert(1, f"{info['rejected']:,} {rows} rejected: see {out / 'rejected.csv'}")
    return "\n".join(lines)
