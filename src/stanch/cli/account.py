"""The account of a trace as a terminal shows it: what was stolen, and where it is now."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stanch.app.trace import Traced
from stanch.app.trace_summary import Account, account_of

MOST_LINES = 14
MOST_ACCOUNTS = 12  # tables; the report has all
SIMULATION = " SIMULATION: invented data, no real account, service or transaction "


def show(console: Console, done: Traced, out: Path) -> None:
    """Print the account of a finished trace."""
    manifest = done.manifest
    if manifest["simulation"]:
        console.print(Text(SIMULATION, style="bold black on yellow"))
    books = [(each["id"], asset) for each in manifest["incidents"] for asset in each["assets"]]
    for incident, asset in books[:MOST_ACCOUNTS]:
        console.print()
        _tell(console, account_of(done, incident, asset))
    if len(books) > MOST_ACCOUNTS:
        console.print(f"\nand {len(books) - MOST_ACCOUNTS} more: see the report")
    console.print()
    for notice in manifest["notices"]:
        console.print(Text(f"note: {notice['text']}"))
    console.print(Text(f"traced by {manifest['method']}; {_books(manifest['conservation'])}"))
    console.print(Text(f"report: {out / 'report.html'}"), soft_wrap=True)


def _books(conservation: str) -> str:
    if conservation == "exact":
        return "the sums below each theft are exact to the smallest unit"
    return "amounts report reach and do not add up"


def _tell(console: Console, account: Account) -> None:
    """One table, under a heading that says what there is to be found."""
    amounts = [
        f"{account.stolen} stolen" if account.stolen else "",
        f"{account.converted_in} more from swaps" if account.converted_in else "",
    ]
    said = ", ".join(amount for amount in amounts if amount)
    console.print(Text.assemble((account.incident, "bold"), f"  {said}"))
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("where it is now", overflow="fold")
    table.add_column("")
    table.add_column(account.symbol, justify="right", no_wrap=True)
    table.add_column("share", justify="right", no_wrap=True)
    if account.inferred:
        table.add_column("inferred", justify="right", no_wrap=True)
    for line in account.lines[:MOST_LINES]:
        cells = [line.name, line.what, line.amount, line.share]
        table.add_row(*(Text(cell) for cell in (*cells, *([line.inferred] * account.inferred))))
    console.print(table)
    if len(account.lines) > MOST_LINES:
        console.print(f"and {len(account.lines) - MOST_LINES} smaller: see the report")
