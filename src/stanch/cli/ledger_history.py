"""`stanch ledger history`: what an explorer knows of addresses, into files to build from."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stanch.app.fetch_history import ETHERSCAN, HistoryRequest, fetch_history
from stanch.app.private_file import read_private
from stanch.cli.interrupt import remembered_interrupt


def history(  # noqa: PLR0913 - one parameter for each option
    addresses: Annotated[list[str], typer.Argument(help="Addresses.")],
    *,
    chain: Annotated[str, typer.Option(help="The chain, as eip155:1.")],
    out: Annotated[Path, typer.Option(help="Folder of answers; what it holds is gone on from.")],
    url: Annotated[str, typer.Option(help="The explorer's API.")] = ETHERSCAN,
    key_file: Annotated[
        Path | None, typer.Option(help="A file with the API key, readable by you alone.")
    ] = None,
    rate: Annotated[
        float, typer.Option(min=0.01, help="How often a second it may be asked.")
    ] = 4.0,
) -> None:
    """Ask an explorer like Etherscan for the histories of ADDRESSES: coins, tokens, calls.

    Its answers are kept as they came; asked again, only what is new is fetched.

    Build a ledger of them with: stanch ledger build --from etherscan answers/*.json

    Example: stanch ledger history 0x098b716b8aaf21512996dc57eb0615e2383e2f96 --chain eip155:1
    --key-file key.txt --out answers
    """
    instead = "put the key into a file of your own"
    key = read_private(key_file, instead).decode().strip() if key_file else ""
    console = Console(stderr=True)
    with console.status("asking") as status, remembered_interrupt() as check:

        def hear(what: str, rows: int) -> None:
            check()
            status.update(f"{what}: {rows:,} rows")

        found = fetch_history(HistoryRequest(chain, addresses, out, url, key, rate), hear)
    typer.echo(f"{found.rows:,} rows in {len(found.files):,} files of {out}")
